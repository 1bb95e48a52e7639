from hypothesis import given
from hypothesis import strategies as st

from docextract.document import Box, Word
from docextract.ocr.line_grouping import group_lines, group_rows


def row(text: str, *, x: float = 50, y: float = 50, height: float = 10) -> list[Word]:
    """Words of 6 points a letter; blanks keep their width."""
    words, at = [], 0
    for token in text.split(" "):
        if token:
            box = Box(x + 6 * at, y, x + 6 * (at + len(token)), y + height)
            words.append(Word(token, box))
        at += len(token) + 1
    return words


def text(found) -> list[str]:
    return [" ".join(word.text for word in line) for line in found]


def test_a_label_and_its_far_away_amount_are_one_line():
    assert text(group_lines(row("TOTAL                                12.50"))) == ["TOTAL 12.50"]


def test_words_come_left_to_right_whatever_order_they_are_found_in():
    assert text(group_lines(list(reversed(row("one two three"))))) == ["one two three"]


def test_rows_come_top_to_bottom():
    words = [*row("second", y=64), *row("third", y=78), *row("first", y=50)]
    assert text(group_lines(words)) == ["first", "second", "third"]


def test_a_large_word_beside_small_ones_is_on_their_row():
    words = [*row("Total:", y=53, height=8), *row("9.90", x=200, y=48, height=18)]
    assert text(group_lines(words)) == ["Total: 9.90"]


def test_rows_that_drift_by_a_third_of_their_height_stay_rows():
    words = [*row("left", y=50), *row("middle", x=200, y=52), *row("right", x=400, y=53)]
    assert text(group_lines(words)) == ["left middle right"]


LEFT = [
    "the quick brown fox jumps over",
    "a lazy dog that sleeps all day",
    "beside the river and it dreams",
    "of other rivers and of cats so",
    "that the morning finds it late",
    "for breakfast and quite hungry",
]
RIGHT = [
    "meanwhile in another town some",
    "people met and talked of a fox",
    "that had been seen a long time",
    "ago near the old mill where no",
    "one goes any more because they",
    "fear the dark and the wet wood",
]


def two_columns(*, drift: float = 0) -> list[Word]:
    words = []
    for number, (left, right) in enumerate(zip(LEFT, RIGHT, strict=True)):
        words += row(left, y=100 + 14 * number)
        words += row(right, x=300, y=100 + 14 * number + drift)
    return words


def test_two_columns_of_prose_are_read_one_after_the_other():
    assert text(group_lines(two_columns())) == [*LEFT, *RIGHT]


def test_two_columns_whose_lines_are_not_level_are_still_apart():
    assert text(group_lines(two_columns(drift=5))) == [*LEFT, *RIGHT]


def test_a_heading_over_two_columns_comes_first_and_a_footer_last():
    words = [
        *row("A heading that runs over both of the columns below it", y=60),
        *two_columns(),
        *row("and a footer that does the same at the end of the page", y=220),
    ]
    found = text(group_lines(words))
    assert found[0].startswith("A heading")
    assert found[1:-1] == [*LEFT, *RIGHT]
    assert found[-1].startswith("and a footer")


def test_a_table_stays_in_rows():
    items = ["1 x Coffee", "2 x Tea", "1 x Apple pie", "3 x Water", "1 x Juice", "2 x Cake"]
    words = []
    for number, item in enumerate(items):
        words += row(item, y=100 + 14 * number) + row(f"{number}.50", x=350, y=100 + 14 * number)
    assert text(group_lines(words)) == [f"{item} {n}.50" for n, item in enumerate(items)]


def test_no_words_make_no_lines():
    assert group_lines([]) == ()


boxes = st.builds(
    lambda x, y, width, height: Box(x, y, x + width, y + height),
    st.floats(0, 600),
    st.floats(0, 800),
    st.floats(1, 200),
    st.floats(1, 40),
)
found_words = st.lists(st.builds(Word, st.text("ab1", min_size=1, max_size=8), boxes), max_size=40)


@given(found_words)
def test_no_word_is_lost_or_doubled(words):
    assert sorted(map(repr, words)) == sorted(
        repr(word) for line in group_lines(words) for word in line
    )


@given(found_words)
def test_every_row_runs_from_left_to_right(words):
    for line in group_rows(words):
        assert [w.box.x0 for w in line] == sorted(w.box.x0 for w in line)
