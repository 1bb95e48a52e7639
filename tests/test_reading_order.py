"""Words as drawn -> lines as read."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docextract.document import Box, Word
from docextract.readers.geometry import reading_order


def run(text: str, x: float, y: float, size: float = 10) -> list[Word]:
    """Words from (x, y) on, half a `size` a letter, as high as capitals of that size."""
    words = []
    for token in text.split():
        end = x + len(token) * size / 2
        words.append(Word(token, Box(x, y, end, y + 0.7 * size)))
        x = end + size / 4
    return words


def read(*runs: list[Word], tables=()) -> list[str]:
    found = reading_order.order_lines(runs, tables)
    return [" ".join(word.text for word in line) for line in found]


PROSE = [
    "the supplier shall deliver all",
    "goods at the agreed place and",
    "the buyer shall inspect them at",
    "once and tell of any defect in",
    "writing within seven days of it",
    "or else the goods are accepted",
]


def test_label_and_value_that_were_drawn_apart_become_one_line():
    labels = [run("Total", 50, 100), run("Date", 50, 120)]
    values = [run("12.50", 300, 100), run("1 May", 300, 120)]
    assert read(*labels, *values) == ["Total 12.50", "Date 1 May"]


def test_columns_of_prose_are_read_one_after_the_other():
    rows = [run(text, x, 100 + 12 * n) for n, text in enumerate(PROSE) for x in (50, 320)]
    assert read(*rows) == PROSE * 2


def test_a_line_above_and_one_below_two_columns_frame_them():
    columns = [run(text, x, 100 + 12 * n) for n, text in enumerate(PROSE) for x in (50, 320)]
    title = run("Terms and conditions of sale that reach over both of the columns here", 60, 80)
    foot = run("Page 1 of a document whose footer reaches over both of the columns", 60, 190)
    found = read(foot, *columns, title)
    assert found[1:-1] == PROSE * 2
    assert found[0].startswith("Terms") and found[-1].startswith("Page 1")


def test_three_columns_are_read_from_left_to_right():
    texts = [
        "we sell what you buy",
        "and you pay for it",
        "all in good time then",
        "so be it here now",
    ]
    rows = [run(t, x, 100 + 12 * n) for n, t in enumerate(texts) for x in (40, 220, 400)]
    assert read(*rows) == texts * 3


def test_rows_of_a_table_stay_together():
    cells = [
        ("1", "Blue paper", "2", "3.00"),
        ("2", "Red ink", "1", "9.50"),
        ("3", "Pen", "4", "8.00"),
    ]
    drawn = [
        run(text, x, 100 + 14 * n)
        for x, column in zip((50, 90, 300, 400), zip(*cells, strict=True), strict=True)
        for n, text in enumerate(column)
    ]
    assert read(*drawn) == [" ".join(row) for row in cells]


def test_an_address_beside_invoice_data_is_a_block_of_its_own():
    address = ["Example Ltd", "12 Long Road", "Springfield"]
    data = [("Invoice no.:", "A-17"), ("Date:", "1 May 2020"), ("Due:", "31 May 2020")]
    drawn = [run(text, 50, 100 + 14 * n) for n, text in enumerate(address)]
    for n, (label, value) in enumerate(data):
        drawn += [run(label, 320, 100 + 14 * n), run(value, 430, 100 + 14 * n)]
    assert read(*drawn) == [*address, *(" ".join(pair) for pair in data)]


def test_blocks_whose_rows_are_not_level_are_not_mixed():
    left = [run(text, 50, 100 + 17 * n) for n, text in enumerate(["one", "two", "three", "four"])]
    right = [run(text, 300, 104 + 17 * n) for n, text in enumerate(["alpha", "beta", "gamma"])]
    assert read(*right, *left) == ["one", "two", "three", "four", "alpha", "beta", "gamma"]


def test_columns_whose_lines_are_not_level_are_read_one_after_the_other():
    rows = [
        run(text, x, 100 + 12 * n + shift)
        for n, text in enumerate(PROSE)
        for x, shift in ((50, 0), (320, 6))
    ]
    assert read(*rows) == PROSE * 2


def test_a_table_beside_text_is_not_mixed_with_it():
    left = [run(text, 50, 100 + 14 * n) for n, text in enumerate(["Seller Ltd", "Road 1", "Town"])]
    cells = [("Order", "17"), ("Week", "4"), ("Clerk", "Ann")]
    right = []
    for n, (label, value) in enumerate(cells):
        right += [run(label, 300, 100 + 14 * n), run(value, 400, 100 + 14 * n)]
    table = Box(295, 95, 500, 140)
    assert read(*left, *right, tables=[table]) == [
        *("Seller Ltd", "Road 1", "Town"),
        *("Order 17", "Week 4", "Clerk Ann"),
    ]


def test_a_ruled_table_is_never_parted():
    left = [run(text, 50, 100 + 17 * n) for n, text in enumerate(["one", "two", "three", "four"])]
    right = [run(text, 300, 104 + 17 * n) for n, text in enumerate(["alpha", "beta", "gamma"])]
    table = Box(40, 90, 500, 200)
    found = read(*right, *left, tables=[table])
    assert found == ["one", "alpha", "two", "beta", "three", "gamma", "four"]


def test_labels_without_a_neighbour_do_not_part_a_form():
    labels = ["Agency:", "Contact:", "Address:", "Town:"]
    drawn = [run(text, 50, 100 + 14 * n) for n, text in enumerate(labels)]
    drawn += [run("Ann", 200, 107), run("Bob", 200, 121), run("Road", 200, 135)]
    assert read(*drawn)[0] == "Agency:"
    assert read(*drawn)[1] == "Ann"


@pytest.mark.parametrize("mark", ["-", ".", "'"])
def test_small_marks_belong_to_their_line(mark):
    y = {"-": 103, ".": 106, "'": 100}[mark]
    small = [Word(mark, Box(200, y, 203, y + 1))]
    assert read(run("Total due", 50, 100), small, run("12.50", 300, 100)) == [
        f"Total due {mark} 12.50"
    ]


def test_a_tall_word_does_not_join_the_two_lines_beside_it():
    tall = run("SALE", 50, 100, size=40)
    found = read(tall, run("first line", 300, 102), run("second line", 300, 118))
    assert not any("first" in line and "second" in line for line in found)


@given(
    st.lists(st.tuples(st.integers(0, 500), st.integers(0, 700), st.integers(1, 30)), max_size=60)
)
def test_no_word_is_lost_or_doubled(places):
    words = [
        Word(str(n), Box(x, y, x + size, y + size / 2)) for n, (x, y, size) in enumerate(places)
    ]
    found = [
        word for line in reading_order.order_lines([[word] for word in words]) for word in line
    ]
    assert sorted(found, key=id) == sorted(words, key=id)


def test_drawn_order_does_not_matter_for_a_form():
    rows = [
        [run(f"Label{n}", 50, 100 + 14 * n), run(f"{n}.00", 300, 100 + 14 * n)] for n in range(9)
    ]
    drawn = [piece for row in rows for piece in row]
    expected = read(*drawn)
    random.Random(1).shuffle(drawn)
    assert read(*drawn) == expected == [f"Label{n} {n}.00" for n in range(9)]
