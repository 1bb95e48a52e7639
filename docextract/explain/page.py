"""A record as one page for a browser: the values beside the document, and over it their boxes.

Nothing is loaded and nothing runs but the style and the script that stand in the page: its
Content-Security-Policy has their hashes. Whatever comes from the document is escaped.
"""

import hashlib
from base64 import b64encode
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

from docextract.document import Box, Place
from docextract.drawing import HIGH_CONFIDENCE
from docextract.errors import ConfigError
from docextract.explain.evidence import Explained, explained, plain, told
from docextract.explain.lookup import select
from docextract.explain.manifest import made_by, read_options
from docextract.explain.pictures import document_of, pictures, source_of
from docextract.explain.terminal import box
from docextract.export.files import atomic
from docextract.export.record_reading import places_of
from docextract.show import Json

#: Under this a value is more likely wrong than right.
FAIR = 0.5
#: What the colours mean, by the names that the style has for them.
LEVELS = {
    "sure": f"{HIGH_CONFIDENCE:.2f} or more",
    "fair": f"{FAIR:.2f} to {HIGH_CONFIDENCE:.2f}",
    "poor": f"under {FAIR:.2f}",
}
_PNG = b"\x89PNG"


@dataclass(frozen=True)
class Asked:
    """What is to be on the page; see the command's help."""

    out: Path
    field: str = ""
    source: Path | None = None
    all_pages: bool = False
    password: str = ""


@dataclass(frozen=True)
class Mark:
    """Boxes over one page, for what in the lists carries the same `key`.

    `level` is one of LEVELS, or "quiet" for what is only shown when it is pointed at. `name` is
    the mark's own: the links of the lists lead to "b-" and the key, the mark on the first page.
    """

    name: str
    key: str
    level: str
    label: str
    boxes: tuple[Box, ...]


@dataclass(frozen=True)
class Sheet:
    """A page of the document: its picture as a data: address, its size in points, its marks."""

    number: int
    width: float
    height: float
    read_by: str
    picture: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True)
class Entry:
    """A value in the lists, with the key and level of its marks."""

    key: str
    level: str
    one: Explained


def write(path: Path, record: Json, asked: Asked) -> None:
    """Write the page of a record.

    Raises:
        UsageError: there is no such field, or nothing tells where the document lies.
        InputError: the document's file is gone, cannot be read or has changed.
        ConfigError: the page cannot be written.
    """
    entries = _entries(select(explained(record), asked.field))
    marks = [*_marks(entries), *_marks_of_kind(record["kind"])]
    numbers = _numbers(record, entries, all_pages=asked.all_pages)
    source = source_of(asked.out, record, asked.source)
    options = read_options(asked.out, asked.password)
    drawn = pictures(source, document_of(record, numbers), options)
    html = page(record, entries, _sheets(record, drawn, marks), made_by(asked.out))
    try:
        with atomic(path) as part:
            part.write_text(html, "utf-8")
    except OSError as error:
        raise ConfigError(f"cannot write {path}: {error.strerror}") from error


def page(record: Json, entries: Sequence[Entry], sheets: Sequence[Sheet], made: str) -> str:
    """The page's HTML."""
    from jinja2 import Environment, StrictUndefined
    from markupsafe import Markup

    made_of = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    made_of.filters |= {"plain": plain, "box": box, "told": told}
    style, script = _part("page.css"), _part("page.js")
    return made_of.from_string(_part("page.html.jinja")).render(
        record=record,
        made_by=made,
        sheets=sheets,
        fields=[entry for entry in entries if not entry.one.column and entry.one.found],
        tables=_tables(entries),
        empty=[entry.one.path for entry in entries if not entry.one.column and not entry.one.value],
        levels=LEVELS,
        counts={level: sum(entry.level == level for entry in entries) for level in LEVELS},
        style=Markup(style),  # ours, word for word
        script=Markup(script),
        hashes={"style": _hash(style), "script": _hash(script)},
    )


def level_of(confidence: float) -> str:
    """Which colour a confidence has."""
    return "sure" if confidence >= HIGH_CONFIDENCE else "fair" if confidence >= FAIR else "poor"


def _entries(found: Sequence[Explained]) -> list[Entry]:
    return [
        Entry(f"v{number}", level_of(one.found.confidence) if one.found else "", one)
        for number, one in enumerate(found, 1)
    ]


def _tables(entries: Sequence[Entry]) -> dict[str, dict[str, Any]]:
    """Nested field -> its columns that hold anything, in the record's order, and its rows."""
    made: dict[str, dict[str, Any]] = {}
    for entry in entries:
        if entry.one.column:
            table = made.setdefault(entry.one.name, {"columns": {}, "rows": {}})
            table["rows"].setdefault(entry.one.row, {})[entry.one.column] = entry
            filled = bool(entry.one.value) or table["columns"].get(entry.one.column, False)
            table["columns"][entry.one.column] = filled
    for table in made.values():
        table["columns"] = [name for name, filled in table["columns"].items() if filled]
    return made


def _marks(entries: Sequence[Entry]) -> Iterator[tuple[Place, Mark]]:
    for entry in entries:
        if entry.one.found is None:
            continue
        label = f"{entry.one.path}: {entry.one.value}"
        yield from _placed(entry.key, entry.level, label, entry.one.found.places)
        for number, rival in enumerate(entry.one.rivals, 1):
            label = f"not {entry.one.path}: {rival.found.value}"
            yield from _placed(f"{entry.key}-{number}", "quiet", label, rival.found.places)


def _marks_of_kind(kind: Json) -> Iterator[tuple[Place, Mark]]:
    for number, word in enumerate(kind["words"], 1):
        yield from _placed(f"k{number}", "quiet", plain(kind["label"]), places_of(word))


def _placed(
    key: str, level: str, label: str, found: Sequence[Place]
) -> Iterator[tuple[Place, Mark]]:
    """One mark for each page, with the first place on it."""
    for number in dict.fromkeys(place.page for place in found):
        here = [place for place in found if place.page == number]
        name = f"b-{key}" if number == found[0].page else f"b-{key}-page-{number}"
        yield here[0], Mark(name, key, level, label, tuple(place.box for place in here))


def _numbers(record: Json, entries: Sequence[Entry], *, all_pages: bool) -> set[int]:
    """The pages to draw: those that a value stands on, or the first where there is none."""
    every = [page["number"] for page in record["document"]["page_details"]]
    found = [entry.one.found for entry in entries if entry.one.found]
    marked = {place.page for one in found for place in one.places}
    return set(every) if all_pages else marked or set(every[:1])


def _sheets(
    record: Json, drawn: Mapping[int, bytes], marks: Sequence[tuple[Place, Mark]]
) -> list[Sheet]:
    return [
        Sheet(
            page["number"],
            float(page["width"]),
            float(page["height"]),
            plain(page["read_by"]),
            _address(drawn[page["number"]]),
            tuple(mark for place, mark in marks if place.page == page["number"]),
        )
        for page in record["document"]["page_details"]
        if page["number"] in drawn
    ]


def _address(picture: bytes) -> str:
    kind = "png" if picture.startswith(_PNG) else "jpeg"
    return f"data:image/{kind};base64,{b64encode(picture).decode()}"


def _part(name: str) -> str:
    return resources.files("docextract.explain").joinpath(name).read_text("utf-8")


def _hash(text: str) -> str:
    return b64encode(hashlib.sha256(text.encode()).digest()).decode()
