"""True values are found on the words that print them, through OCR's mistakes and line breaks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docextract.schema import Schema
from docextract.training.data.alignment.align import align_document

SCHEMA = Schema.model_validate(
    {
        "name": "bill",
        "fields": {
            "number": {"type": "code", "anchors": ["bill no"]},
            "date": {"type": "date", "anchors": ["date"]},
            "due": {"type": "date", "anchors": ["due"]},
            "shop": {"type": "name"},
            "parties": {"type": "name", "many": True},
            "address": {"type": "address"},
            "total": {"type": "money", "anchors": ["total"], "not_anchors": ["sub total"]},
            "net": {"type": "money", "anchors": ["sub total"]},
            "term": {"type": "duration"},
            "rows": {
                "type": "rows",
                "fields": {
                    "position": {"type": "code", "anchors": ["pos"]},
                    "text": {"type": "text", "anchors": ["item"]},
                    "count": {"type": "number", "anchors": ["qty"]},
                    "price": {"type": "money", "anchors": ["price"]},
                    "amount": {"type": "money", "anchors": ["amount"]},
                },
            },
        },
    }
)


def marked(aligned, field):
    texts = aligned.example.passage.texts
    return [
        " ".join(texts[mark.start : mark.end])
        for mark in aligned.example.marks
        if mark.label == f"bill.{field}"
    ]


def align(document, field, *values, **options):
    return align_document(document, {field: values}, SCHEMA, **options)


@pytest.mark.parametrize(
    ("field", "value", "line", "printed"),
    [
        ("date", "2024-05-03", "Date: 3 May 2024 13:40", "3 May 2024"),
        ("date", "2024-05-03", "Date:03/05/2024", "Date:03/05/2024"),
        ("date", "03/05/2024", "Date 03/05/202413:40 Till 4", "03/05/202413:40"),
        ("total", "1234.5", "Total EUR 1.234,50", "1.234,50"),
        ("total", "-12.00", "Total (12.00)", "(12.00)"),
        ("number", "AB-1234", "Bill No: AB 1234", "AB 1234"),
        ("number", "AB-1234567", "Bill No AB-I234567", "AB-I234567"),
        ("shop", "Harbour & Sons Ltd", "to HARB0UR & SONS LTD today", "HARB0UR & SONS LTD"),
        ("term", "2 years", "for two (2) years from now", "two (2) years"),
    ],
)
def test_a_value_is_found_as_it_is_printed(doc, field, value, line, printed):
    aligned = align(doc("Corner Shop", line, "Thanks"), field, value)
    assert marked(aligned, field) == [printed]
    assert aligned.example.asked == {f"bill.{field}"}
    assert not aligned.unaligned


def test_a_name_goes_on_in_the_next_line(doc):
    aligned = align(doc("between Harbour and", "Partners Limited, a company"), "shop",
                    "Harbour and Partners Limited")  # fmt: skip
    assert marked(aligned, "shop") == ["Harbour and Partners Limited,"]


def test_an_address_in_a_column_is_marked_piece_by_piece(doc):
    page = doc(
        "Seller              Buyer",
        "12 Kiln Lane        9 Dock Road",
        "Northwick AB1 2CD   Southport EF3 4GH",
    )
    aligned = align(page, "address", "9 Dock Road, Southport EF3 4GH")
    assert marked(aligned, "address") == ["9 Dock Road", "Southport EF3 4GH"]


def test_an_amount_is_taken_from_the_line_with_its_label(doc):
    page = doc("Coffee   6.50", "Sub total   6.50", "Total   6.50", "Card   6.50")
    (total,) = align(page, "total", "6.50").example.marks
    (net,) = align(page, "net", "6.50").example.marks
    assert [page.words[mark.start].line for mark in (total, net)] == [2, 1]


def test_an_amount_that_is_printed_often_and_never_at_a_label_is_not_aligned(doc):
    aligned = align(doc(*["Coffee   6.50"] * 5), "total", "6.50")
    assert not aligned.example.marks
    assert not aligned.example.asked
    assert aligned.unaligned[0][1:] == ("total", "6.50", 1.0)


def test_a_date_belongs_to_the_label_before_it_rather_than_to_that_above(doc):
    page = doc("Date         Due", "03.05.2024   03.05.2024", "Due 03.05.2024")
    (mark,) = align(page, "due", "2024-05-03").example.marks
    assert page.words[mark.start].line == 2


def test_the_order_of_day_and_month_in_the_truth_is_an_option(doc):
    page = doc("Date 03/05/2024")
    assert marked(align(page, "date", "03/05/2024", month_first=True), "date") == ["03/05/2024"]
    assert not align(doc("Date 3 May 2024"), "date", "03/05/2024", month_first=True).example.marks


def test_every_repeat_of_a_name_is_marked_but_not_the_address_of_its_site(doc):
    page = doc("Harbour Books", "www.harbourbooks.example", "Thanks from HARBOUR BOOKS")
    assert marked(align(page, "shop", "Harbour Books"), "shop") == [
        "Harbour Books",
        "HARBOUR BOOKS",
    ]


def test_all_values_of_a_field_must_be_found_for_it_to_be_asked(doc):
    aligned = align(doc("between Harbour Books and others"), "parties", "Harbour Books", "Kiln Ltd")
    assert aligned.example.asked == frozenset()
    assert [missed.value for missed in aligned.unaligned] == ["Kiln Ltd"]


def test_no_value_is_known_to_be_absent(doc):
    aligned = align(doc("Total 6.50"), "shop")
    assert aligned.example.asked == {"bill.shop"}
    assert not aligned.example.marks


def test_a_likeness_below_the_threshold_is_reported_with_its_ratio(doc):
    (missed,) = align(doc("Harbour Boats", "Total 6.50"), "shop", "Kiln Lane Books").unaligned
    assert 0 < missed.best_ratio < 0.82


ROWS = [
    {"position": "1", "text": "Folding chair", "count": "1", "price": "12.00", "amount": "12.00"},
    {"position": "2", "text": "Oak table top", "count": "2", "price": "30.00", "amount": "60.00"},
]
TABLE = (
    "Pos   Item              Qty     Price      Amount",
    "1     Folding chair     1       12.00      12.00",
    "2     Oak               2       30.00      60.00",
    "      table top",
    "Total                                      72.00",
)


def test_equal_numbers_of_a_row_are_told_apart_by_their_columns(doc):
    aligned = align_document(doc(*TABLE), {}, SCHEMA, rows={"rows": ROWS})
    words = doc(*TABLE).words
    place = {
        column: [words[m.start].word.box.x0 for m in aligned.example.marks if m.label == column]
        for column in ("bill.rows.position", "bill.rows.count", "bill.rows.price")
    }
    assert place["bill.rows.position"] == [50, 50]
    assert place["bill.rows.count"] == [50 + 6 * 24] * 2
    assert place["bill.rows.price"] == [50 + 6 * 32] * 2
    assert marked(aligned, "rows.amount") == ["12.00", "60.00"]
    assert not aligned.unaligned


def test_a_row_reaches_from_its_first_word_to_its_last_over_lines(doc):
    aligned = align_document(doc(*TABLE), {}, SCHEMA, rows={"rows": ROWS})
    assert marked(aligned, "rows") == [
        "1 Folding chair 1 12.00 12.00",
        "2 Oak 2 30.00 60.00 table top",
    ]
    assert marked(aligned, "rows.text") == ["Folding chair", "Oak", "table top"]


def test_a_column_with_a_missing_value_is_not_asked_for(doc):
    rows = [ROWS[0], {**ROWS[1], "price": "31.00"}]
    aligned = align_document(doc(*TABLE), {}, SCHEMA, rows={"rows": rows})
    assert "bill.rows.price" not in aligned.example.asked
    assert {"bill.rows", "bill.rows.amount"} <= aligned.example.asked
    assert ("rows.price", "31.00") in {missed[1:3] for missed in aligned.unaligned}


def test_rows_of_another_document_are_not_aligned(doc):
    rows = [{"text": "Garden hose", "amount": "19.99"}, {"text": "Watering can", "amount": "8.75"}]
    aligned = align_document(doc(*TABLE), {}, SCHEMA, rows={"rows": rows})
    assert not aligned.example.marks
    assert not aligned.example.asked


WORD = st.text("abcdefghjkmnpqrtuvwxyz", min_size=3, max_size=9)


@given(st.lists(WORD, min_size=12, max_size=40, unique=True), st.data())
def test_a_name_is_found_wherever_it_stands(words, data):
    from conftest import page_of

    from docextract.document import Document

    size = data.draw(st.integers(2, 4))
    start = data.draw(st.integers(0, len(words) - size))
    breaks = data.draw(st.lists(st.booleans(), min_size=len(words), max_size=len(words)))
    lines, line = [], []
    for word, ends in zip(words, breaks, strict=True):
        line.append(word)
        if ends:
            lines.append(" ".join(line))
            line = []
    page = page_of(*lines, " ".join(line))
    document = Document("made.pdf", pages=(page,))
    aligned = align(document, "shop", " ".join(words[start : start + size]))
    assert (start, start + size) in {(mark.start, mark.end) for mark in aligned.example.marks}
