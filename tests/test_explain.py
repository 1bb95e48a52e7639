import json
import re
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from made_results import bill, full_bill, value
from made_runs import run_of
from typer.testing import CliRunner

from docextract.cli import app
from docextract.document import CheckResult, Document, Issue, Kind, Result, Step, Value
from docextract.errors import ExitCode
from docextract.explain.evidence import Found, explained, plain
from docextract.explain.lookup import find
from docextract.explain.reasons import found_by, values_of, why_lost
from tests.made_values import make_span, make_tree, make_value, said


def explain(*arguments: object, code: int = ExitCode.OK) -> str:
    """What the command prints, white space as one blank; an error's message when one is due."""
    done = CliRunner(env={"COLUMNS": "400"}).invoke(app, ["explain", *map(str, arguments)])
    assert done.exit_code == code, done.output
    return " ".join(done.output.split())


@pytest.fixture
def out(doc, tmp_path):
    """A run of one bill, of two pages, with everything that a record can have."""
    made = full_bill(doc)
    kind = Kind(
        "bill", 0.98765, (("note", 0.01),), (make_span(0, 4, "bill", 1.0, "rule:decide"),), "rules"
    )
    assert made.document
    document = replace(made.document, kind=kind, name="2024/may.pdf")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "run.json").write_text(
        json.dumps(
            {
                "versions": {"docextract": "9.8.7"},
                "pipeline": {"name": "bills", "fingerprint": "abcdef0123456789", "read": {}},
            }
        )
    )
    return run_of(tmp_path / "out", replace(made, name="2024/may.pdf", document=document))


@pytest.mark.parametrize(
    "part",
    [
        "2024/may.pdf",
        "docextract 9.8.7, pipeline bills (abcdef01)",
        "page 1 595.0 x 842.0 points, read by text-layer (no text layer)",
        "kind bill 0.99",
        "by rules, classify stage",
        "rather than note 0.0100",
        "words “Bill” (page 1), by rule:decide",
        "issues check check: the lines do not add up",
        "total 12.50 0.88 text “12.50” where page 2, characters 55-60",
        "box page 2, 86.0, 78.0 to 116.0, 88.0 points",
        "by rule 'anchor', fields stage",
        "for + sum(lines.amount) == total",
        "not 10.00 0.88 “10.00”, page 2, rule 'anchor'",
        "issue check: the lines do not add up",
        "issued 2024-05-31",
        "parties[1] Jürgen",
        "[1].amount 2.50 0.88 2.50 2",
        "not found: at, copies, paid, status",
    ],
)
def test_every_part_of_the_evidence_is_printed(out, part):
    assert part in explain(out, "2024/may.pdf")


def test_only_the_field_that_is_asked_for_is_printed(out):
    said = explain(out, "may.pdf", "total")
    assert said.startswith("total 12.50")
    assert "issued" not in said
    assert "kind" not in said


@pytest.mark.parametrize("field", ["lines[1].amount", "lines.amount"])
def test_a_cell_is_asked_for_by_its_row_and_column(out, field):
    assert explain(out, "may.pdf", field).startswith("lines[1].amount 2.50 0.88 text “2.50”")


def test_a_field_that_is_asked_for_is_not_cut(doc, tmp_path):
    document = doc("word " * 100)
    text = document.text
    out = run_of(
        tmp_path,
        bill(document, {"status": text}, {"status": value(document, "status", text, text)}),
    )
    assert text in explain(out, "made.pdf", "status")
    assert text not in explain(out, "made.pdf")


def test_a_field_without_a_value_says_so_and_why(doc, tmp_path):
    issue = Issue("check", "missing", "no number was found", field="number")
    out = run_of(tmp_path, bill(doc("Bill").add(issues=(issue,))))
    said = explain(out, "made.pdf", "number")
    assert said == "number not found issue missing: no number was found"


@pytest.mark.parametrize(
    ("field", "message"),
    [
        ("totl", "no field 'totl'; did you mean total"),
        ("lines.amuont", "did you mean lines.amount"),
        ("lines[7].amount", "lines has no row 7: it has 1, counted from 1"),
        ("total[", "write it like total, line_items.net_amount"),
    ],
)
def test_a_field_that_there_is_not_is_asked_back_about(out, field, message):
    assert message in explain(out, "may.pdf", field, code=ExitCode.USAGE)


def named(doc, *names: str) -> list:
    return [bill(replace(doc("Bill"), name=name)) for name in names]


@pytest.mark.parametrize(
    ("file", "path"),
    [
        ("a/x.pdf", "a/x.pdf"),
        ("y.pdf", "b/c/y.pdf"),
        ("c/y.pdf", "b/c/y.pdf"),
        ("mail.eml/in.pdf", "mail.eml/in.pdf"),
        ("some/where/inbox/b/x.pdf", "b/x.pdf"),
        ("./a/x.pdf", "a/x.pdf"),
    ],
)
def test_a_document_is_found_by_its_path_or_the_end_of_it(doc, tmp_path, file, path):
    results = named(doc, "a/x.pdf", "b/x.pdf", "x.pdf.bak", "b/c/y.pdf", "mail.eml/in.pdf")
    assert find(run_of(tmp_path, *results), file)["document"]["path"] == path


def test_a_path_that_is_exactly_one_documents_is_not_ambiguous(doc, tmp_path):
    out = run_of(tmp_path, *named(doc, "x.pdf", "a/x.pdf"))
    assert find(out, "x.pdf")["document"]["path"] == "x.pdf"


def test_a_name_that_several_documents_have_is_asked_back_about(doc, tmp_path):
    out = run_of(tmp_path, *named(doc, "a/x.pdf", "b/x.pdf"))
    said = explain(out, "x.pdf", code=ExitCode.USAGE)
    assert "x.pdf can be a/x.pdf, b/x.pdf; give more of the path" in said


def test_an_unknown_document_gets_a_guess(doc, tmp_path):
    out = run_of(tmp_path, *named(doc, "2024/invoice.pdf"))
    assert "did you mean invoice.pdf?" in explain(out, "invioce.pdf", code=ExitCode.USAGE)
    said = explain(out, "2024/invioce.pdf", code=ExitCode.USAGE)
    assert "did you mean 2024/invoice.pdf?" in said
    assert "there are: invoice.pdf" in explain(out, "qqq", code=ExitCode.USAGE)


def test_a_document_that_failed_says_why(doc, tmp_path):
    out = run_of(tmp_path, *named(doc, "a.pdf"))
    (out / "errors.csv").write_text(
        "path,status,stage,category,page,message\nb/l.pdf,failed,read,encrypted,,a password\n"
    )
    said = explain(out, "l.pdf", code=ExitCode.USAGE)
    assert "could not be read: encrypted: a password" in said


@pytest.mark.parametrize("content", [None, "no records\n"])
def test_a_folder_that_no_run_wrote_is_refused(tmp_path, content):
    if content:
        (tmp_path / "records.jsonl").write_text(content)
    explain(tmp_path, "a.pdf", code=ExitCode.CONFIG)


def hostile(doc) -> Document:
    return doc("Total 12.50\x1b[2J\x9b31m\u202eevil[red]")


def test_nothing_in_a_document_reaches_the_terminal_as_a_command(doc, tmp_path):
    document = hostile(doc)
    word = document.words[1].word.text
    kind = Kind("bill", 1.0, words=(make_span(6, 10 + len(word), "bill", 1.0, "rule:decide"),))
    issue = Issue("check", "check", f"bad {word}", field="status")
    checked = value(document, "status", word, word, checks=(CheckResult(word, False, word),))
    origin = replace(checked.origin, name="label right", label=f"'{word}'")
    checked = replace(
        checked,
        evidence=(replace(checked.first, origin=origin),),
        alternatives=(checked,),
    )
    made = bill(replace(document, name="\x1b]0;x\x07.pdf"), {"status": word}, {"status": checked})
    assert made.document
    done = replace(made, document=replace(made.document, kind=kind).add(issues=(issue,)))
    run = CliRunner().invoke(app, ["explain", str(run_of(tmp_path, done)), ".pdf"])
    assert run.exit_code == ExitCode.USAGE  # the name as the records have it begins with a control
    for asked in ([], ["status"]):
        said = (
            CliRunner().invoke(app, ["explain", str(tmp_path), "\x1b]0;x\x07.pdf", *asked]).output
        )
        assert "12.50[2J31mevil[red]" in said
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", said)


@pytest.mark.parametrize(
    ("given", "line"),
    [
        (None, ""),
        (True, "true"),
        (Decimal("12.50"), "12.50"),
        (Decimal("1E+3"), "1000"),
        ("a\nb \t c\n", "a ⏎ b c"),
        ("a\x00\x1b[1m\u2067b", "a[1mb"),
        ("a\udce9", "a\\udce9"),
    ],
)
def test_values_become_harmless_lines(given, line):
    assert plain(given) == line


@pytest.mark.parametrize(
    ("page", "spans", "where"),
    [
        (2, ((3, 9), (20, 24)), "page 2, characters 3-9, 20-24"),
        (1, (), "page 1"),  # a ticked box
        (None, (), "on no page"),  # stated in the XML alone
    ],
)
def test_a_place_is_told_whether_there_are_words_or_not(page, spans, where):
    assert Found("5", "5", page, spans, (), 1.0, "").where == where


@pytest.mark.parametrize(
    ("origin", "words"),
    [
        (
            "rule:label right, long 'Amount due'",
            "rule 'label right, long' at 'Amount due' "
            "(right of its label, a label of several words)",
        ),
        ("rule:pattern 2", "rule 'pattern 2' (words that the schema has a pattern for)"),
        ("rule:some new one", "rule 'some new one'"),
        ("model:default@0a1b2c3d 0.87", "model default, version 0a1b2c3d, score 0.87"),
        ("xml:BT-112", "the XML of the e-invoice, BT-112"),
        ("form:Total", "the form field, Total"),
        ("person", "a person, who wrote it into the record"),
        ("spacy:patterns", "spacy, patterns"),
    ],
)
def test_an_origin_is_told_in_words(origin, words):
    assert found_by(said(origin, "5", "5")) == words


def total(amount: Decimal, confidence: float, **more: Any) -> Value:
    return make_value("total", str(amount), amount, confidence, **more)


@pytest.mark.parametrize(
    ("rival", "check", "why"),
    [
        ((Decimal(9), 0.9), ("net + tax == total", True), "with it, net + tax == total would not"),
        ((Decimal(9), 0.4), ("net + tax == total", False), "less sure"),
        ((Decimal(9), 0.4), ("check digits", True), "less sure"),
        ((Decimal(9), 0.9), ("net + tax == total", None), ""),
        ((Decimal(12), 0.4), ("net + tax == total", True), "less sure"),
    ],
)
def test_why_a_rival_lost_is_said_where_it_is_known(rival, check, why):
    data = {"net": Decimal(10), "tax": Decimal(2), "total": Decimal(12)}
    taken = total(Decimal(12), 0.8, checks=(CheckResult(*check),))
    found = why_lost(total(*rival), taken, data)
    assert found.startswith(why)
    assert bool(found) == bool(why)


def test_a_check_over_a_table_can_be_what_a_rival_fails():
    taken = total(Decimal(3), 0.8, checks=(CheckResult("sum(lines.amount) == total", True),))
    lines = [{"amount": Decimal(1)}, {"amount": Decimal(2)}]
    values = values_of(make_tree({"total": taken}, {"lines": lines}))
    assert "would not hold" in why_lost(total(Decimal(4), 0.9), taken, values)


def test_the_sum_that_decided_is_told_in_words_without_what_is_small(doc, tmp_path):
    made = doc("Total 12.50")
    terms = (("model", 2.119), ("rule:label right", 0.4), ("height", -0.04), ("checks", -2.3))
    total = replace(value(made, "total", "12.50", Decimal("12.50")), terms=terms)
    found = bill(made, {"total": total.value}, {"total": total})
    said = explain(run_of(tmp_path / "out", found), "made.pdf", "total")
    told = "checks -2.3; how sure the model is +2.1; found by this rule (label right) +0.4"
    assert said.endswith(f"sum {told}")
    assert "page it stands" not in said


def test_an_issue_of_a_row_is_told_at_the_cells_of_that_row(doc, tmp_path):
    document = doc("Tea 2.50", "Cup 10.00")
    cells = [value(document, "lines.amount", raw, Decimal(raw)) for raw in ("2.50", "10.00")]
    issue = Issue("check", "check", "row 2: amounts differ", field="lines")
    rows = [{"text": None, "amount": cell.value} for cell in cells]
    made = bill(
        document.add(issues=(issue,)),
        {"lines": rows},
        {"lines": [{"text": None, "amount": cell} for cell in cells]},
    )
    found = {one.path: one for one in explained(find(run_of(tmp_path, made), "made.pdf"))}
    assert found["lines[1].amount"].issues == ()
    assert found["lines[2].amount"].issues == ("check: row 2: amounts differ",)


def corrected(document: Document) -> Result:
    """A bill whose status was completed, and another of which was, too."""
    text = document.text
    found = make_value("status", "one", "one", 0.9, ((0, 3),), "model:default@0a1b2c3d 0.95")
    whole = found.corrected(Step.COMPLETED, "down to the town", "one two", text, ((0, 7),))
    rival = whole.corrected(Step.REPAIRED, "some new rule", "one too")
    return bill(document, evidence={"status": replace(whole, alternatives=(rival,))})


def test_what_became_of_a_value_is_told_after_who_found_it(doc, tmp_path):
    out = run_of(tmp_path, corrected(doc("one two")))
    said = explain(out, "made.pdf", "status")
    by = "model default, version 0a1b2c3d, score 0.95"
    assert f"by {by}, fields stage; then completed down to the town" in said
    assert f"page 1, {by}; then completed down to the town; then repaired: some new rule" in said


def test_a_record_that_no_run_wrote_is_refused(doc, tmp_path):
    out = run_of(tmp_path, bill(doc("Bill"), {"status": "new"}))
    path = out / "records.jsonl"
    path.write_text(path.read_text().replace('"spans":', '"stretches":'))
    said = explain(out, "made.pdf", code=ExitCode.CONFIG)
    assert "the record of made.pdf: this is not the record of a run" in said


def test_a_value_that_a_person_wrote_into_a_record_is_told_as_such(doc, tmp_path):
    out = run_of(tmp_path, bill(doc("Bill")))
    path = out / "records.jsonl"
    path.write_text(
        path.read_text().replace('"status": null, "lines"', '"status": "new", "lines"', 1)
    )
    said = explain(out, "made.pdf", "status")
    assert said.startswith("status new 1.00")
    assert "by a person, who wrote it into the record" in said
