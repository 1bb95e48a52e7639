"""Rules for line items: from ruled tables, under headers, without headers, by patterns."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from docextract.document import Placed, Stretch, Typed
from docextract.extraction.context import Case, Found
from docextract.extraction.labels.beside_label import by_label
from docextract.extraction.tables.article_codes import without_codes
from docextract.extraction.tables.column_inference import by_cells, twins
from docextract.extraction.tables.columns import NUMERIC, Header, header_on
from docextract.extraction.tables.headless import bare_header
from docextract.extraction.tables.line_roles import WHOLE, digits, running, summed, worded
from docextract.extraction.tables.row_builder import Line, Row, RowTable, add, complete
from docextract.extraction.tables.row_notes import without_notes
from docextract.extraction.tables.row_regex import pattern_rows
from docextract.extraction.tables.ruled import Cells, grid_rows
from docextract.extraction.tables.total_lines import left_out, totals
from docextract.schema import FieldSchema, FieldType

#: Finds the header of a field of rows on a page.
HeaderOf = Callable[[Case, str, int], Header | None]


def by_row(case: Case) -> Iterator[Found]:
    """The cells of every field of rows: of tables, else under heads of columns, else by pattern.

    Where the reader's tables and the heads differ, the way counts that has what every row must
    have, and whose column adds up to a sum that is printed with its label. Patterns are not let
    in on that: on receipts theirs adds up to the wrong one of several sums often enough to make
    the total worse (0.868 to 0.856 on 520).
    """
    for name, rows in case.schema.fields.items():
        if rows.type is FieldType.ROWS:
            ways = [list(way(case, name, rows)) for way in (_gridded, _headed)]
            known = [found for found in ways if found]
            if len(known) > 1:
                known = [found for found in known if _whole(rows, found)] or known
                known = [found for found in known if _sums(case, name, found)] or known
            yield from known[0] if known else _without_heads(case, name, rows)


def whole(rows: FieldSchema, cells: Iterable[tuple[int | None, str]]) -> bool:
    """Whether every row has the columns that all rows have.

    `cells` are numbers of rows with paths ("line_items.amount").
    """
    wanted = {name for name, column in rows.fields.items() if column.required}
    having: dict[int | None, set[str]] = {}
    for row, path in cells:
        having.setdefault(row, set()).add(path.partition(".")[2])
    return all(wanted <= columns for columns in having.values())


def _whole(rows: FieldSchema, found: Sequence[Found]) -> bool:
    return whole(rows, [(cell.row, cell.path) for cell in found])


def _sums(case: Case, name: str, found: Sequence[Found]) -> bool:
    return adds_up(case, name, [(cell.path, cell.value) for cell in found])


def adds_up(case: Case, name: str, cells: Sequence[tuple[str, Typed]]) -> bool:
    """Whether a column comes to what a check of the schema wants it to, as its label says.

    `cells` are paths ("line_items.amount") with their values.
    """
    checks = [check.expression.names for check in case.schema.checks if not check.each]
    sums = {path for names in checks for path in names if path.startswith(f"{name}.")}
    wanted = {path for names in checks if names & sums for path in names - sums}
    printed = {one.value for one in by_label(case) if one.path in wanted}
    return any(_sum(cells, path) in printed for path in sums)


def _sum(cells: Sequence[tuple[str, Typed]], path: str) -> Decimal | None:
    numbers = [value for at, value in cells if at == path and isinstance(value, Decimal)]
    return sum(numbers, Decimal()) if numbers else None


def _gridded(case: Case, name: str, rows: FieldSchema) -> Iterator[Found]:
    """Rows of ruled tables and of the tables of office files, wrapped ones joined."""
    made: list[Row] = []
    lines = list(grid_rows(case, name, rows))
    called = twins(rows, {column for line in lines for column in line}, lines)
    for filled in lines:
        words = {
            called.get(column, column): _kept(case, rows, part) for column, part in filled.items()
        }
        words = {
            column: without_notes(part) if rows.fields[column].type is FieldType.TEXT else part
            for column, part in words.items()
            if part
        }
        starts = sorted({case.sheet.at(one.start).start for part in words.values() for one in part})
        level = [case.sheet.at(start) for start in starts]
        if level and totals(case, level):
            break
        if level:
            _join(made, rows, Line.of(words, level))
    yield from _cells_of(case, name, rows, made)


def _join(made: list[Row], rows: FieldSchema, line: Line) -> None:
    """Begin a row with a line of a ruled table, or add it to the last one: rulings part them."""
    begins = digits(rows, line.words)
    if not made or begins & digits(rows, made[-1].words):
        made.append(Row(line.words, line.bottom))
    else:
        add(made[-1], rows, line.words, frozenset(rows.fields))


def _kept(case: Case, rows: FieldSchema, words: Sequence[Placed]) -> list[Placed]:
    """The words of a cell without those of a sum carried over, which may share its box."""
    lines = {placed.line: case.sheet.row(case.sheet.at(placed.start)) for placed in words}
    return [placed for placed in words if not left_out(case, rows, lines[placed.line])]


def _patterned(case: Case, name: str, rows: FieldSchema) -> Iterator[Found]:
    for number, groups in enumerate(pattern_rows(case, name, rows)):
        for column, stretch in groups.items():
            yield from _cell(case, f"{name}.{column}", [stretch], number, "row pattern")


def _headed(case: Case, name: str, rows: FieldSchema) -> Iterator[Found]:
    """Rows under headers, counted through all pages.

    A table without totals yet goes on at the top of the next page, under a header or without.
    """
    return _under(case, name, rows, _told)


def _told(case: Case, name: str, page: int) -> Header | None:
    header = header_on(case, name, page)
    return by_cells(case, name, header) if header else None


def _without_heads(case: Case, name: str, rows: FieldSchema) -> list[Found]:
    """Rows that no heads tell: of columns that add up, else by pattern, else of any columns."""
    bare = list(_bare(case, name, rows))
    return bare if bare and _sums(case, name, bare) else [*_patterned(case, name, rows)] or bare


def _bare(case: Case, name: str, rows: FieldSchema) -> Iterator[Found]:
    """The same of a table without heads."""
    return _under(case, name, rows, bare_header)


def _under(case: Case, name: str, rows: FieldSchema, header_of: HeaderOf) -> Iterator[Found]:
    table = RowTable(case, name, rows, summed(case, name), running(case.sheet))
    header: Header | None = None
    for page in case.sheet.doc.pages:
        own = header_of(case, name, page.number)
        header = own or (replace(header, page=page.number, bottom=0.0) if header else None)
        if header and table.ends_under(header):
            header = None
    yield from _cells_of(case, name, rows, table.made)


def _cells_of(case: Case, name: str, rows: FieldSchema, made: Sequence[Row]) -> Iterator[Found]:
    kept: Sequence[Cells] = [row.words for row in complete(rows, made)]
    for column in worded(rows):
        kept = without_codes(kept, column)
    typed = [
        [
            found
            for column, words in _with_shared(rows, cells).items()
            for found in _cell(case, f"{name}.{column}", _spans(words), 0, "row")
        ]
        for cells in kept
    ]
    # One number alone beside rows of more is a sum whose label was not known.
    fewest = min(WHOLE, max(map(len, typed), default=0))
    for number, row in enumerate(row for row in typed if len(row) >= fewest):
        yield from (cell._replace(row=number) for cell in row)


def _with_shared(
    rows: FieldSchema, words: Mapping[str, list[Placed]]
) -> Mapping[str, list[Placed]]:
    """The cells, and those of columns whose words stand `within` another: "20 pcs"."""
    found = dict(words)
    for name, column in rows.fields.items():
        shared = column.within.rpartition(".")[2]
        if name not in words and shared in words:
            last = [one for one in words[shared] if not _signs(one, str.isdigit)]
            if last and _signs(last[0], str.isalpha):
                found[name] = last
    return found


def _signs(placed: Placed, test: Callable[[str], bool]) -> bool:
    return any(test(sign) for sign in placed.word.text)


def _cell(
    case: Case, path: str, spans: Sequence[Stretch], number: int, rule: str
) -> Iterator[Found]:
    """The typed value of a cell: all of its text, or the first number or code in it."""
    column = case.schema.field(path)
    if column.type in NUMERIC or column.type in (FieldType.DATE, FieldType.CODE):
        for span in spans:
            for found, typed in case.readings(column, span):
                yield case.found(path, [found], typed, rule)._replace(row=number)
                return
        return
    typed_text = case.type(column, " ".join(case.sheet.text[a:b] for a, b in spans))
    if typed_text is not None:
        yield case.found(path, spans, typed_text, rule)._replace(row=number)


def _spans(words: Sequence[Placed]) -> list[Stretch]:
    """The stretches that words cover: those next to each other in the text are one."""
    spans: list[Stretch] = []
    for placed in sorted(words, key=lambda one: one.start):
        if spans and placed.start == spans[-1][1] + 1:
            spans[-1] = (spans[-1][0], placed.end)
        else:
            spans.append((placed.start, placed.end))
    return spans
