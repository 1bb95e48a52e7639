"""An address with something beside it is read down; its labels and amounts stay beside it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docextract.document import Box, Word
from docextract.readers.geometry import reading_order

SELLER = ("Tarn Paper Ltd", "14 Mill Row", "Harrow HD4 7QX")
BUYER = ("Cold Wharf Cafe", "Unit 6, Cold Wharf", "Saltmere SM2 9TD")
BANK = ("Valley Bank", "IBAN GB33 BUKB 2020", "BIC BUKBGB22")


def run(text: str, x: float, y: float) -> list[Word]:
    """Words from (x, y) on, of type of 10 points."""
    words = []
    for token in text.split():
        end = x + len(token) * 5
        words.append(Word(token, Box(x, y, end, y + 7)))
        x = end + 2.5
    return words


def columns(*texts: tuple[str, ...], at: tuple[float, ...] = (40, 220, 400)) -> list[list[Word]]:
    """Lines of columns, level with each other."""
    return [
        run(text, x, 100 + 12 * number)
        for x, column in zip(at, texts, strict=False)
        for number, text in enumerate(column)
        if text
    ]


def read(runs: list[list[Word]]) -> list[str]:
    return [" ".join(word.text for word in line) for line in reading_order.order_lines(runs)]


def test_three_blocks_side_by_side_are_read_one_after_the_other():
    assert read(columns(SELLER, BUYER, BANK)) == [*SELLER, *BUYER, *BANK]


def test_headings_stay_with_their_blocks():
    blocks = columns(("FROM", *SELLER), ("BILLED TO", *BUYER), ("HOW TO PAY", *BANK))
    assert read(blocks) == ["FROM", *SELLER, "BILLED TO", *BUYER, "HOW TO PAY", *BANK]


def test_headings_a_little_above_their_blocks_stay_with_them():
    heads = [run("Von", 40, 85), run("Rechnung an", 220, 85)]
    assert read([*heads, *columns(SELLER, BUYER)]) == ["Von", *SELLER, "Rechnung an", *BUYER]


def test_an_address_beside_data_without_colons_is_read_down():
    data = ("Kunde 7815", "Datum 26.12.2023", "Rechnung 89/23")
    address = ("Blumenhaus Wald", "In den Wiesen 11b", "28226 Aue")
    assert read(columns(address, data)) == [*address, *data]
    assert read(columns(data, address)) == [*data, *address]


def test_what_stands_beside_an_address_may_be_longer():
    data = ("Order 1", "Date 2 May 2024", "Account 7", "Agent 12", "Contract 9")
    assert read(columns(BUYER, data))[:3] == [*BUYER]


def test_the_labels_of_an_address_stay_on_its_lines():
    labels = ("Name", "Street", "Town")
    assert read(columns(labels, SELLER)) == [
        f"{label} {line}" for label, line in zip(labels, SELLER, strict=True)
    ]


def test_a_form_with_labels_before_its_address_stays_rows():
    labels, other = ("Agency", "Address", "Buyer"), ("Advertiser 7", "Product 12", "Office 9")
    address = ("Pike Media", "41 Lantern St, Port Ellery, WA 98999", "Tobias Renquist")
    assert read(columns(labels, address, other, at=(40, 100, 320))) == [
        " ".join(row) for row in zip(labels, address, other, strict=True)
    ]


def test_rows_with_amounts_stay_rows_though_they_name_an_address():
    texts, amounts = ("Delivery to", "Lindenweg 4", "80333 Munich"), ("12.00", "3.50", "15.50")
    assert read(columns(texts, amounts)) == [
        f"{text} {amount}" for text, amount in zip(texts, amounts, strict=True)
    ]


def test_a_table_without_an_address_stays_rows():
    names, numbers = ("Blue paper", "Red ink", "Pen"), ("71234", "81234", "91234")
    assert read(columns(names, numbers)) == [
        f"{name} {number}" for name, number in zip(names, numbers, strict=True)
    ]


@pytest.mark.parametrize(
    "address",
    [
        ("Muster GmbH", "Hauptstr. 5", "80333 München"),
        ("SARL Dupont", "12 rue de Rivoli", "75001 Paris"),
        ("Talleres Sol, S.L.", "Calle Mayor, 5", "28013 Madrid"),
        ("Acme Inc.", "350 Fifth Ave", "New York, NY 10118"),
    ],
    ids=lambda address: address[2],
)
def test_addresses_of_many_countries_are_known(address):
    other = ("Reference 4711", "Page 1", "Agent 12")
    assert read(columns(address, other)) == [*address, *other]


cells = st.sampled_from(("", "Name", "80333 München", "Hauptstr. 5", "12.50", "Muster GmbH", "7"))


@given(st.lists(st.tuples(cells, cells, cells), min_size=1, max_size=8))
def test_no_word_is_lost_or_doubled(rows):
    made = columns(*zip(*rows, strict=True))
    if made:
        found = sorted(word.text for line in reading_order.order_lines(made) for word in line)
        assert found == sorted(word.text for part in made for word in part)


def test_a_block_that_begins_above_the_other_keeps_its_first_lines():
    block = (*SELLER, "Fax 1", "Tel 2", "Mail 3")
    right = [run(text, 400, 76 + 12 * at) for at, text in enumerate(block)]
    left = [run(text, 40, 101 + 12 * at) for at, text in enumerate((*BUYER, "Spain"))]
    assert read([run("INVOICE", 40, 40), *right, *left]) == ["INVOICE", *BUYER, "Spain", *block]
