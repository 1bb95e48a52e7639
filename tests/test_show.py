"""What `docextract show` prints of a record, and which values it marks for a person to look at."""

from decimal import Decimal
from io import StringIO

import pytest
from rich.console import Console

from docextract import show
from docextract.export.record import dumps, loads, record_json
from tests.made_results import bill, value

LONG = "confidence 0.8765 below 0.93, the threshold for 0.99 precision"


@pytest.fixture
def printed(doc):
    """`printed(total=(...), review=...)`: what is shown of a bill with these reasons for review."""

    def run(*, total, cells=((), ()), review=None):
        document = doc("Bill 7", "Pen 5.00", "Ink 7.00", "Total 12.00")
        rows = [("Pen", "5.00"), ("Ink", "7.00")]
        lines = [
            {
                "text": value(document, "lines.text", text, text, row=at, review=()),
                "amount": value(
                    document, "lines.amount", raw, Decimal(raw), row=at, review=cells[at]
                ),
            }
            for at, (text, raw) in enumerate(rows)
        ]
        evidence = {
            "total": value(document, "total", "12.00", Decimal("12.00"), review=total),
            "lines": lines,
        }
        data = {
            "total": Decimal("12.00"),
            "lines": [{"text": text, "amount": Decimal(raw)} for text, raw in rows],
        }
        result = bill(document, data, evidence)
        made = loads(dumps(record_json(result)))
        if review:
            made["review"] = review
        console = Console(width=200, file=StringIO())
        for table in show.tables(made):
            console.print(table)
        return console.file.getvalue().splitlines()

    return run


def line(lines, word):
    return next(one for one in lines if word in one)


def test_a_value_for_review_is_marked_with_its_reason_in_short(printed):
    found = line(printed(total=(LONG,)), "total")
    assert "12.00 ?" in found
    assert found.rstrip().endswith("confidence 0.8765 below 0.93")


def test_further_reasons_are_counted(printed):
    found = line(printed(total=(LONG, "check failed: the lines do not add up")), "total")
    assert found.rstrip().endswith("confidence 0.8765 below 0.93 (+1)")


def test_an_accepted_value_is_not_marked(printed):
    lines = printed(total=())
    assert "for review" in "\n".join(lines)
    assert "?" not in "\n".join(lines)


def test_nothing_is_said_of_review_where_nobody_asked(printed):
    lines = printed(total=None, cells=(None, None))
    assert "for review" not in "\n".join(lines)
    assert "?" not in "\n".join(lines)


def test_a_cell_for_review_is_marked_and_equal_reasons_are_told_once(printed):
    lines = printed(total=(), cells=((LONG,), (LONG,)))
    assert "5.00 ?" in line(lines, "Pen")
    assert "7.00 ?" in line(lines, "Ink")
    told = [one.strip() for one in lines if "amount, " in one]
    assert told == ["amount, rows 1, 2: confidence 0.8765 below 0.93"]


def test_the_heading_says_how_many_values_are_accepted(printed):
    review = {"target": 0.99, "values": 5, "accepted": 4, "fields": ["total"], "unreachable": []}
    assert "4 of 5 values accepted at 0.99" in printed(total=(LONG,), review=review)[0]
