"""Infers columns from their cells where the header names none, or a wrong one.

A head may be a word that no schema knows, or one that stands over codes here and over descriptions
there ("Artikel", "Item"). The cells tell: a check of the schema that holds row after row names
columns of numbers, and words name the column of text.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from itertools import combinations, permutations

from docextract.document import Placed, Typed
from docextract.extraction.context import Case
from docextract.extraction.tables.columns import NUMERIC, Header, cells, is_header
from docextract.extraction.tables.total_lines import left_out, totals
from docextract.schema import Check, FieldSchema, FieldType

#: Lines under a head that are looked at. A judgement: what holds in so many holds in the rest.
LOOKED_AT = 30
#: Columns of numbers without a name that are tried as others.
TRIED = 4
#: Letters of a word that is no code and no unit.
LETTERS = 3
#: Type of a column -> what it may be instead, and the form of number that tells.
_FORMS = {
    FieldType.MONEY: (FieldType.PERCENT, re.compile("%")),
    FieldType.CODE: (FieldType.NUMBER, re.compile(r"^\d+[.,]\d\d$")),
}
#: What a column without a name is called here.
_UNNAMED = "?"
#: What a number in any column is read as.
NUMBER = FieldSchema(type=FieldType.NUMBER)

#: Column -> its words on a line.
_Line = Mapping[str, Sequence[Placed]]


def by_cells(case: Case, name: str, header: Header) -> Header:
    """The header of the field of rows `name`, its columns named as their cells want it."""
    rows = case.schema.fields[name]
    for named in (_by_words, _by_form, _by_checks):
        under = _Under(case, name, rows, header)
        header = named(under, header)
    return header


@dataclass(frozen=True)
class _Under:
    """What stands under a header."""

    case: Case
    name: str
    rows: FieldSchema
    header: Header

    @cached_property
    def lines(self) -> list[_Line]:
        """The cells of each line down to a total, columns without a name numbered."""
        columns = [
            replace(column, name=column.name or f"{_UNNAMED}{at}")
            for at, column in enumerate(self.header.columns)
        ]
        header = replace(self.header, columns=tuple(columns))
        return list(self._lines(header))

    def _lines(self, header: Header) -> Iterator[_Line]:
        left = LOOKED_AT
        for level in self.case.sheet.rows(header.page):
            if level[0].vertical or min(one.box.y for one in level) <= header.bottom:
                continue
            left -= 1
            if not left or totals(self.case, level) or is_header(self.case, self.name, level):
                return
            if not left_out(self.case, self.rows, level):
                yield cells(self.case, self.rows, header, level)

    @property
    def checks(self) -> list[Check]:
        """The checks of each row."""
        return [check for check in self.case.schema.checks if check.each == self.name]

    @cached_property
    def numbers(self) -> list[dict[str, Decimal]]:
        """The numbers of each line that has two of them."""
        made = [
            {
                name: value
                for name, words in line.items()
                if isinstance(value := self._number(name, words), Decimal)
            }
            for line in self.lines
        ]
        return [line for line in made if len(line) > 1]

    def _number(self, name: str, words: Sequence[Placed]) -> Typed | None:
        column = self.rows.fields.get(name, NUMBER)
        if column.type not in NUMERIC:
            return None
        stretch = (words[0].start, words[-1].end)
        return next((value for _, value in self.case.readings(column, stretch)), None)


def _renamed(header: Header, names: Mapping[str, str]) -> Header:
    """The header with columns, by their names or numbers, called otherwise."""
    columns = [
        replace(column, name=names.get(column.name or f"{_UNNAMED}{at}", column.name))
        for at, column in enumerate(header.columns)
    ]
    return replace(header, columns=tuple(columns))


def _by_words(under: _Under, header: Header) -> Header:
    """The required column of text is where the words are, if codes stand where it was taken to be.

    Only a column without a name can be it instead.
    """
    wanted = [
        name
        for name, column in under.rows.fields.items()
        if column.required and column.type is FieldType.TEXT
    ]
    worded: dict[str, int] = {}
    for line in under.lines:
        for name, words in line.items():
            if name in wanted or name.startswith(_UNNAMED):
                worded[name] = worded.get(name, 0) + sum(map(is_word, words))
    best = max(worded, key=lambda name: worded[name], default="")
    known = [column.name for column in header.columns if column.name in wanted]
    if len(wanted) != 1 or not best or best in wanted or worded[best] < len(under.numbers) / 2:
        return header
    if known and worded.get(known[0], 0):
        return header
    return _renamed(header, {best: wanted[0], **dict.fromkeys(known, "")})


def is_word(placed: Placed) -> bool:
    """Whether it is a word of a text: no code, no unit, no number."""
    text = placed.word.text
    return sum(map(str.isalpha, text)) >= LETTERS and not any(map(str.isdigit, text))


def _by_form(under: _Under, header: Header) -> Header:
    known = {column.name for column in header.columns}
    return _renamed(header, twins(under.rows, known, under.lines))


def twins(rows: FieldSchema, known: Collection[str], lines: Sequence[_Line]) -> dict[str, str]:
    """Columns -> those with the same label whose form of number their cells have.

    A column of money may hold percentages, one of positions quantities.
    """
    names: dict[str, str] = {}
    for name, column in rows.fields.items():
        wanted, form = _FORMS.get(column.type, (None, None))
        if form is None or not any(
            form.search(placed.word.text) for line in lines for placed in line.get(name, ())
        ):
            continue
        for other, twin in rows.fields.items():
            alike = twin.type is wanted and not set(twin.anchors).isdisjoint(column.anchors)
            if alike and other not in known:
                names[name] = other
                break
    return names


def _by_checks(under: _Under, header: Header) -> Header:
    """Columns of numbers named so that a check of the schema holds in most rows.

    As few names as possible change, and none where the check holds as often without.
    """
    for check in under.checks:
        names = _best(under, check)
        if names:
            return _renamed(header, names)
    return header


def _best(under: _Under, check: Check) -> Mapping[str, str]:
    """The new names under which a check holds in most lines, more than now and more than half."""
    known = {column.name for column in under.header.columns}
    wanted = [name for name in under.rows.fields if name in check.expression.names]
    unnamed = sorted({name for line in under.numbers for name in line if name[0] == _UNNAMED})
    most, best = _holding(under, check, {}), dict[str, str]()
    for names in _changes(wanted, unnamed[:TRIED]):
        freed = {name: "" for name in names.values() if name in known}
        holding = _holding(under, check, freed | names)
        if holding > most:
            most, best = holding, freed | names
    return best if most * 2 > len(under.numbers) else {}


def _changes(wanted: Sequence[str], unnamed: Sequence[str]) -> Iterator[dict[str, str]]:
    """Every way to call columns without a name by wanted ones, few changes first."""
    for size in range(1, 1 + min(len(wanted), len(unnamed))):
        for names in combinations(wanted, size):
            for columns in permutations(unnamed, size):
                yield dict(zip(columns, names, strict=True))


def _holding(under: _Under, check: Check, names: Mapping[str, str]) -> int:
    """In how many lines a check holds when columns are called so."""
    lines = [
        {names.get(name, name): value for name, value in line.items()} for line in under.numbers
    ]
    return sum(check.expression.holds(line, tolerance=check.tolerance) is True for line in lines)
