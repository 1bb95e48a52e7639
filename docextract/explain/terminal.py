"""What there is to say of a record, for a terminal."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from docextract.document import Place
from docextract.explain.evidence import Explained, Found, plain, told
from docextract.show import Json

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.text import Text

#: Longer texts are cut where all of a record is printed; a field that is asked for has it whole.
WIDEST = 160
#: The cells of a table are a line each where all of a record is printed, and their texts shorter.
_CELL = 40
#: The colours of `docextract show`, and signs for those who cannot tell them apart.
_OUTCOMES = {True: ("for", "+", "green"), False: ("against", "-", "red"), None: ("open", "?", "")}

Line = tuple[str, "Text"]


def heading(record: Json, made_by: str) -> Iterator["RenderableType"]:
    """The document, how its pages were read, and its kind with what decided."""
    from rich.text import Text

    document = record["document"]
    yield Text(plain(document["path"]), style="bold")
    lines: list[Line] = [
        ("file", Text(f"{document['media_type']}, {document['status']}")),
        ("sha-256", Text(document["sha256"])),
    ]
    if made_by:
        lines.append(("made by", Text(made_by)))
    for page in document["page_details"]:
        lines.append((f"page {page['number']}", Text(_page(page))))
    yield _grid(lines)
    yield from _kind(record["kind"])
    if record["issues"]:
        yield Text("\nissues", style="bold")
        yield _grid([(plain(one["stage"]), Text(told(one), "yellow")) for one in record["issues"]])


def overview(found: Sequence[Explained]) -> Iterator["RenderableType"]:
    """All values: a part for each, a line for each cell of a table, and what was not found."""
    from rich.text import Text

    for one in (one for one in found if one.found and not one.column):
        yield from detail(one, widest=WIDEST)
    for name in dict.fromkeys(one.name for one in found if one.column):
        yield Text(f"\n{name}", style="bold")
        yield _cells([one for one in found if one.name == name and one.found])
    empty = [one.path for one in found if not one.found and not one.column]
    if empty:
        yield Text("\nnot found: ", style="bold").append(", ".join(empty), style="not bold")


def detail(one: Explained, *, widest: int = 0) -> Iterator["RenderableType"]:
    """One value with all its evidence; `widest` 0 cuts nothing."""
    from rich.text import Text

    title = Text(f"\n{one.path}", style="bold")
    if one.found is None:
        yield title.append("   not found", style="not bold yellow")
        yield _grid([("issue", Text(issue, "yellow")) for issue in one.issues])
        return
    title.append(f"   {_cut(one.value, widest)}", style="not bold cyan")
    yield title.append(f"   {one.found.confidence:.2f}", style="not bold")
    yield _grid([*_read(one.found, widest), *_judged(one), *_rivals(one, widest)])


def _page(page: Json) -> str:
    turned = f", turned by {page['rotation']}°" if page["rotation"] else ""
    level = f", levelled by {page['skew']}°" if page["skew"] else ""
    why = f" ({plain(page['reason'])})" if page["reason"] else ""
    size = f"{page['width']} x {page['height']} points"
    return f"{size}, read by {plain(page['read_by'])}{why}{turned}{level}"


def _kind(kind: Json) -> Iterator["RenderableType"]:
    from rich.text import Text

    title = Text("\nkind", style="bold").append(f"   {plain(kind['label'])}", style="not bold cyan")
    yield title.append(f"   {kind['confidence']:.2f}", style="not bold")
    runners = [f"{plain(one['label'])} {one['confidence']:.4f}" for one in kind["runners_up"]]
    lines: list[Line] = [("by", Text(f"{plain(kind['origin'])}, classify stage"))]
    if runners:
        lines.append(("rather than", Text(", ".join(runners))))
    for origin in dict.fromkeys(word["origin"] for word in kind["words"]):
        words = [word for word in kind["words"] if word["origin"] == origin]
        shown = ", ".join(f"“{plain(word['text'])}” (page {word['page']})" for word in words)
        lines.append(("words", Text(f"{shown}, by {plain(origin)}")))
    yield _grid(lines)


def _read(found: Found, widest: int) -> Iterator[Line]:
    from rich.text import Text

    yield "text", Text(f"“{_cut(found.text, widest)}”")
    yield "where", Text(found.where)
    for place in found.places:
        yield "box", Text(box(place))
    yield "by", Text(f"{found.by}, fields stage{found.then}")


def box(place: Place) -> str:
    """A box in words."""
    x0, top, x1, bottom = place.box.x0, place.box.top, place.box.x1, place.box.bottom
    return f"page {place.page}, {x0:.1f}, {top:.1f} to {x1:.1f}, {bottom:.1f} points"


def _judged(one: Explained) -> Iterator[Line]:
    from rich.text import Text

    if one.terms:
        yield "sum", Text("; ".join(one.terms))
    for check in one.checks:
        word, sign, style = _OUTCOMES[check.holds]
        said = f": {check.message}" if check.message else ""
        yield word, Text(f"{sign} {check.rule}{said}", style)
    for issue in one.issues:
        yield "issue", Text(issue, "yellow")


def _rivals(one: Explained, widest: int) -> Iterator[Line]:
    from rich.text import Text

    for rival in one.rivals:
        found = rival.found
        why = f": {rival.why}" if rival.why else ""
        line = Text(_cut(found.value, widest)).append(f"   {found.confidence:.2f}{why}")
        line.append(f"\n“{_cut(found.text, widest)}”, {found.on}, {found.by}{found.then}")
        yield "not", line


def _cells(found: Sequence[Explained]) -> "RenderableType":
    from rich.box import SIMPLE_HEAD
    from rich.table import Table
    from rich.text import Text

    made = Table("cell", "value", box=SIMPLE_HEAD, show_edge=False)
    made.add_column("sure", justify="right")
    made.add_column("text")
    made.add_column("page", justify="right")
    made.add_column("characters")
    made.add_column("checks")
    for one in found:
        assert one.found
        spans = ", ".join(f"{start}-{end}" for start, end in one.found.spans)
        cells = (
            one.path.removeprefix(one.name),
            _cut(one.value, _CELL),
            f"{one.found.confidence:.2f}",
            _cut(one.found.text, _CELL),
            str(one.found.page or ""),
            spans,
            " ".join(_OUTCOMES[check.holds][1] for check in one.checks),
        )
        made.add_row(*map(Text, cells))
    return made


def _grid(lines: Sequence[Line]) -> "RenderableType":
    from rich.table import Table
    from rich.text import Text

    made = Table.grid(padding=(0, 2))
    made.add_column(width=12, justify="right")
    made.add_column(overflow="fold")
    for name, text in lines:
        made.add_row(Text(name, style="dim"), text)
    return made


def _cut(text: str, widest: int) -> str:
    return text if not widest or len(text) <= widest else text[: widest - 1] + "…"
