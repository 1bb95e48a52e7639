import hashlib
import io
import re
import zipfile
from base64 import b64decode, b64encode
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from made_results import bill, value
from made_runs import found_in, run_of
from PIL import Image
from typer.testing import CliRunner

from docextract import readers
from docextract.batch.ledger import Ledger
from docextract.batch.source_lookup import SourceLocation, locate_source
from docextract.cli import app
from docextract.document import Document, Kind, RecordTree, Result, Review, Step
from docextract.errors import ExitCode
from docextract.explain.page import level_of
from docextract.explain.page_renderer import MOST_PIXELS
from docextract.readers import ReadOptions, Source
from tests.made_values import make_span

HOSTILE = "<script>alert(1)</script>"
VOID = {"meta", "img", "col", "br", "link", "rect"}


class Seen(HTMLParser):
    """The elements of a page, its text, and whether every element is closed."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.open: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if not {"style", "script"} & set(self.open):
            self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for found, attributes in self.elements if found == tag]

    def marks(self) -> dict[str, list[str]]:
        """Key of a mark -> its classes."""
        made = [one for one in self.all("a") if "mark" in (one.get("class") or "")]
        return {str(one["data-key"]): str(one["class"]).split() for one in made}


def draw(out: Path, file: str, *more: object, code: int = ExitCode.OK) -> tuple[str, str]:
    """The page that the command writes, and what it says, white space as one blank."""
    page = out.parent / "page.html"
    arguments = ["explain", str(out), file, "--html", str(page), *map(str, more)]
    done = CliRunner(env={"COLUMNS": "300"}).invoke(app, arguments)
    assert done.exit_code == code, done.output
    said = " ".join(done.output.split())
    return (page.read_text("utf-8") if code == ExitCode.OK else ""), said


def read(path: Path, name: str = "", members: tuple[str, ...] = ()) -> Document:
    document = readers.read(Source(name or path.name, path, None, members), ReadOptions()).document
    assert document
    return document


def billed(document: Document, **raws: str) -> Result:
    """A bill with these values, each of them as it stands in the text."""
    evidence = {name: value(document, name, raw, raw) for name, raw in raws.items()}
    return bill(document, raws, evidence)


@pytest.fixture
def note(tmp_path) -> Path:
    """A text file: a format without page images."""
    path = tmp_path / "in" / "note.txt"
    path.parent.mkdir()
    path.write_text(f"Number B-7\nStatus {HOSTILE}\nTotal 12.50\n")
    return path


@pytest.fixture
def out(note, tmp_path) -> Path:
    """A run over that file."""
    document = read(note)
    rival = value(document, "total", "B-7", "B-7")
    total = replace(
        value(document, "total", "12.50", "12.50", alternatives=(rival,)), confidence=0.4
    )
    made = billed(document, number="B-7", status=HOSTILE)
    assert made.record
    assert made.document
    kind = Kind("bill", 0.99, words=(make_span(0, 6, "bill", 1.0, "rule:decide"),))
    evidence = RecordTree({**dict(made.record.evidence.items()), "total": total})
    record = replace(made.record, evidence=evidence)
    done = replace(made, document=made.document.add(kind=kind, record=record))
    out = run_of(tmp_path / "out", done)
    found_in(out, "note.txt", note)
    return out


def test_the_page_is_well_formed_and_needs_nothing_from_elsewhere(out):
    html, _ = draw(out, "note.txt")
    seen = Seen(html)
    assert seen.open == []
    assert not {"link", "iframe", "object", "form", "base"} & {tag for tag, _ in seen.elements}
    for _, attributes in seen.elements:
        for name in ("src", "href", "xlink:href", "srcset", "action"):
            address = attributes.get(name) or "#"
            assert address.startswith(("#", "data:image/png;base64,", "data:image/jpeg;base64,"))
        assert not [name for name in attributes if name.startswith("on") or name == "style"]
    assert "url(" not in html
    assert "//" not in re.sub(r"data:[^\"]*|// .*$", "", html, flags=re.MULTILINE)


def test_only_the_pages_own_style_and_script_may_run(out):
    html, _ = draw(out, "note.txt")
    (policy,) = [
        one["content"]
        for one in Seen(html).all("meta")
        if one.get("http-equiv") == "Content-Security-Policy"
    ]
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    assert rules["default-src"] == "'none'"
    assert rules["img-src"] == "data:"
    assert "unsafe" not in policy
    for part in ("style", "script"):
        (text,) = re.findall(f"<{part}>(.*?)</{part}>", html, re.DOTALL)
        digest = hashlib.sha256(text.encode()).digest()
        assert rules[f"{part}-src"] == f"'sha256-{b64encode(digest).decode()}'"


def test_what_a_document_says_is_never_markup(out):
    html, _ = draw(out, "note.txt")
    assert "<script>alert" not in html
    assert HOSTILE in Seen(html).text
    assert len(Seen(html).all("script")) == 1


def test_every_value_has_its_box_in_the_colour_of_its_confidence(out):
    marks = Seen(draw(out, "note.txt")[0]).marks()
    values = {key: classes[1] for key, classes in marks.items() if "quiet" not in classes}
    assert sorted(values.values()) == ["poor", "sure", "sure"]


def test_values_for_review_are_marked_with_the_reason(note, tmp_path):
    document = read(note)
    reason = 'ambiguous: can also be read as "<b>'
    evidence = {
        "number": value(document, "number", "B-7", "B-7", review=()),
        "total": value(document, "total", "12.50", "12.50", review=(reason,)),
        "lines": [
            {
                "text": None,
                "amount": value(
                    document, "lines.amount", "12.50", "12.50", row=0, review=("less sure",)
                ),
            }
        ],
    }
    lines = [{"text": None, "amount": "12.50"}]
    made = bill(document, {"number": "B-7", "total": "12.50", "lines": lines}, evidence)
    assert made.record and made.document
    record = replace(made.record, review=Review(0.99, 3, 1, ("total",)))
    out = run_of(tmp_path / "out", replace(made, document=made.document.add(record=record)))
    found_in(out, "note.txt", note)
    seen = Seen(draw(out, "note.txt")[0])
    marked = [one["title"] for one in seen.all("span") if one.get("class") == "look"]
    assert marked == [f"for review: {reason}", "for review: less sure"]
    assert "1 of 3 values accepted at 0.99" in seen.text


def test_nothing_is_marked_where_nobody_asked_for_acceptance(out):
    seen = Seen(draw(out, "note.txt")[0])
    assert not [one for one in seen.all("span") if one.get("class") == "look"]
    assert "accepted" not in seen.text


def test_the_columns_of_rows_stand_in_the_order_of_the_schema(note, tmp_path):
    document = read(note)
    amount = value(document, "lines.amount", "12.50", "12.50", row=0)
    text = value(document, "lines.text", "B-7", "B-7", row=1)
    evidence = {"lines": [{"text": None, "amount": amount}, {"text": text, "amount": None}]}
    rows = [{"text": None, "amount": "12.50"}, {"text": "B-7", "amount": None}]
    out = run_of(tmp_path / "out", bill(document, {"lines": rows}, evidence))
    found_in(out, "note.txt", note)
    html, _ = draw(out, "note.txt")
    assert html.index('<th scope="col">text</th>') < html.index('<th scope="col">amount</th>')


def test_boxes_lie_where_the_record_says(out, note):
    document = read(note)
    (place,) = document.places(*value(document, "number", "B-7", "B-7").spans[0])
    rects = Seen(draw(out, "note.txt")[0]).all("rect")
    assert [
        one
        for one in rects
        if float(one["x"] or 0) == pytest.approx(place.box.x0 - 1.5, abs=0.1)
        and float(one["y"] or 0) == pytest.approx(place.box.top - 1.5, abs=0.1)
    ]


def test_a_value_and_its_box_lead_to_each_other(out):
    seen = Seen(draw(out, "note.txt")[0])
    names = {attributes["id"] for _, attributes in seen.elements if "id" in attributes}
    for key, classes in seen.marks().items():
        assert f"b-{key}" in names
        assert f"#b-{key}" in {one.get("href") for one in seen.all("a")}
        if "quiet" not in classes:
            assert f"r-{key}" in names


def test_what_lost_and_what_decided_the_kind_can_be_pointed_at(out):
    marks = Seen(draw(out, "note.txt")[0]).marks()
    assert sorted(key for key, classes in marks.items() if "quiet" in classes) == ["k1", "v4-1"]


def test_what_became_of_a_value_is_told_after_who_found_it(note, tmp_path):
    document = read(note)
    found = value(document, "number", "B-7", "B-7")
    mended = found.corrected(Step.REPAIRED, "OCR look-alikes", "8-7")
    out = run_of(tmp_path / "out", bill(document, evidence={"number": mended}))
    found_in(out, "note.txt", note)
    told = "; then repaired by the check stage, as OCR takes such signs for each other"
    assert f"rule 'anchor', fields stage{told}" in Seen(draw(out, "note.txt")[0]).text


def test_only_the_field_that_is_asked_for_has_boxes(out):
    seen = Seen(draw(out, "note.txt", "total")[0])
    assert [key for key in seen.marks() if key.startswith("v") and "-" not in key] == ["v1"]


@pytest.mark.parametrize(
    ("confidence", "level"), [(0.8, "sure"), (0.79, "fair"), (0.5, "fair"), (0.49, "poor")]
)
def test_a_confidence_has_one_of_three_colours(confidence, level):
    assert level_of(confidence) == level


def scan(path: Path, doc, *, size: tuple[int, int] = (850, 1100)) -> Document:
    """A red picture, and a document of one page as OCR could have read it."""
    Image.new("RGB", size, "red").save(path, dpi=(100, 100))
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    (page,) = doc("Total 12.50").pages
    page = replace(page, width=size[0] * 0.72, height=size[1] * 0.72)
    return Document(path.name, sha256, "image/png", (page,))


def picture(html: str) -> Image.Image:
    (source,) = [one["src"] or "" for one in Seen(html).all("img")]
    return Image.open(io.BytesIO(b64decode(source.partition(",")[2])))


def test_a_page_image_is_drawn_within_a_number_of_pixels(doc, tmp_path):
    document = scan(tmp_path / "scan.png", doc, size=(1700, 1700))
    out = run_of(tmp_path / "out", billed(document, status="12.50"))
    html, _ = draw(out, "scan.png", "--source", tmp_path / "scan.png")
    image = picture(html).convert("RGB")
    assert image.width * image.height <= MOST_PIXELS
    assert image.getpixel((5, 5))[0] > 200
    assert max(image.getpixel((5, 5))[1:]) < 60


def paged(tmp_path) -> Path:
    """A run over a text of three pages with a value on the second."""
    path = tmp_path / "long.txt"
    path.write_text("first\fTotal 12.50\fthird")
    document = read(path)
    assert len(document.pages) == 3
    out = run_of(tmp_path / "out", billed(document, status="12.50"))
    found_in(out, "long.txt", path)
    return out


@pytest.mark.parametrize(("option", "pages"), [([], [2]), (["--all-pages"], [1, 2, 3])])
def test_pages_without_evidence_are_drawn_only_when_asked_for(tmp_path, option, pages):
    html, _ = draw(paged(tmp_path), "long.txt", *option)
    assert [int(n) for n in re.findall(r'<figure id="page-(\d+)"', html)] == pages


def test_a_document_without_values_shows_its_first_page(note, tmp_path):
    out = run_of(tmp_path / "out", bill(read(note)))
    html, _ = draw(out, "note.txt", "--source", note)
    assert len(Seen(html).all("img")) == 1
    assert "Not found" in html


def test_a_file_that_changed_is_refused(out, note):
    note.write_text("Number B-8\n")
    _, said = draw(out, "note.txt", code=ExitCode.INPUT)
    assert "has changed since the record was made" in said
    assert not (out.parent / "page.html").exists()


def test_a_file_that_is_gone_is_refused_until_its_new_place_is_given(out, note):
    moved = note.rename(note.with_name("moved.txt"))
    _, said = draw(out, "note.txt", code=ExitCode.INPUT)
    assert "note.txt" in said
    assert "No such file or directory; give the file with --source" in said
    assert "Number" in draw(out, "note.txt", "--source", moved)[0]


def test_without_a_ledger_the_source_must_be_given(out):
    (out / "ledger.sqlite").unlink()
    _, said = draw(out, "note.txt", code=ExitCode.USAGE)
    assert "does not tell where note.txt lies; give it with --source" in said


def test_a_ledger_that_is_none_is_refused(out):
    (out / "ledger.sqlite").write_text("not a database, whatever its name says" * 40)
    _, said = draw(out, "note.txt", code=ExitCode.CONFIG)
    assert "cannot read the ledger" in said


def test_a_document_inside_another_is_drawn(note, tmp_path):
    inner, outer = io.BytesIO(), tmp_path / "in" / "all.zip"
    with zipfile.ZipFile(inner, "w") as archive:
        archive.write(note, "sub/note.txt")
    with zipfile.ZipFile(outer, "w") as archive:
        archive.writestr("in.zip", inner.getvalue())
    name, members = "all.zip/in.zip/sub/note.txt", ("in.zip", "sub/note.txt")
    out = run_of(tmp_path / "out", billed(read(outer, name, members), number="B-7"))
    found_in(out, "all.zip", outer, *members)
    assert locate_source(out, name) == SourceLocation(outer, members)
    assert "B-7" in draw(out, "sub/note.txt")[0]
    assert "B-7" in draw(out, "sub/note.txt", "--source", note)[0]


def test_the_folder_of_the_run_is_left_as_it_is(out):
    before = {path.name: path.read_bytes() for path in out.iterdir()}
    draw(out, "note.txt")
    assert {path.name: path.read_bytes() for path in out.iterdir()} == before


def test_a_ledger_that_a_run_is_writing_can_be_asked(out, note):
    with Ledger(out, "pipeline") as ledger:
        ledger.record_document("new.txt", "content")
        ledger.commit(at_once=True)
        assert locate_source(out, "note.txt") == SourceLocation(note)
        assert locate_source(out, "other.txt") is None
