"""E-invoice parser: the typed values that the XML of an invoice states.

The XML is read as it is and not validated against its standard: what a sender got wrong
elsewhere does not make its total less of a statement.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from docextract.document import Stated, Statement, Typed
from docextract.readers.e_invoice.terms import (
    CREDIT_NOTE_CODES,
    HEADER_TERMS,
    LINE_TERMS,
    OLD_NAMES,
    SYNTAXES,
    Syntax,
    Term,
)

if TYPE_CHECKING:
    from lxml.etree import XPath, _Element

#: A decimal of XML Schema, with at most as many digits as an amount can need.
_NUMBER = re.compile(r"[+-]?(?:\d{1,18}(?:\.\d{0,12})?|\.\d{1,12})")
#: "20260317" (format 102 of UN/EDIFACT 2379) and "2026-03-17"; a time or a zone may follow.
_DATE = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)")
#: To how much the price of one unit is rounded, where the XML has that of several.
_PRICE_STEP = Decimal("0.000001")


class _Read(NamedTuple):
    """A statement, and the element of the stripped copy that it begins with."""

    element: "_Element"
    statement: Statement


def syntax_rank(root: "_Element") -> int | None:
    """The index of the root's syntax, the preferred one first; None when it is no e-invoice."""
    fitting = (at for at, syntax in enumerate(SYNTAXES) if root.tag.startswith(syntax.root))
    return next(fitting, None)


def parse_e_invoice(root: "_Element", file: str = "") -> Stated | None:
    """The statements of an e-invoice, in the order of its elements; None when the XML is none.

    Args:
        root: The root element; it is left as it is.
        file: The name of the attachment that it is from.
    """
    found = syntax_rank(root)
    if found is None:
        return None
    syntax, plain = SYNTAXES[found], _stripped(root)
    read = [*_terms(plain, HEADER_TERMS, syntax)]
    for row, line in enumerate(_path(syntax.lines)(plain)):
        read += _per_unit(list(_terms(line, LINE_TERMS, syntax, row)))
    order = {element: at for at, element in enumerate(plain.iter("*"))}
    code = next((_text(one) for one in _path(syntax.type_code)(plain)), "")
    return Stated(
        kind="invoice",
        reason=f"xml:BT-3 {code}".rstrip(),
        file=file,
        values=tuple(one.statement for one in sorted(read, key=lambda one: order[one.element])),
        is_credit=code in CREDIT_NOTE_CODES or syntax.root.endswith("CreditNote"),
    )


def _stripped(root: "_Element") -> "_Element":
    """A copy whose names have no namespaces and are those of the later versions."""
    copy = deepcopy(root)
    for element in copy.iter("*"):
        name = element.tag.rpartition("}")[2]
        element.tag = OLD_NAMES.get(name, name)
    return copy


def _terms(
    element: "_Element", terms: Sequence[Term], syntax: Syntax, row: int | None = None
) -> Iterator[_Read]:
    """What each term states: the first of its elements that has a value."""
    for term in terms:
        field = f"line_items.{term.field}" if term.field and row is not None else term.field
        for found in _path(term.cii if syntax.is_cii else term.ubl)(element):
            pieces = _lines_of(found, syntax) if term.form == "address" else [found]
            value = _FORMS[term.form](pieces)
            if value not in (None, ""):
                parts = tuple((_name(piece), _text(piece)) for piece in _in_order(found, pieces))
                yield _Read(_owner(found)[0], Statement(term.number, field, value, parts, row))
                break


def _lines_of(address: "_Element", syntax: Syntax) -> list["_Element"]:
    """The elements of an address in the order of print, a town behind its postal code.

    The country, which mail within it does not print, is left out.
    """
    return [one for place in syntax.address for one in _path(place)(address)]


def _in_order(found: Any, pieces: Sequence[Any]) -> Sequence[Any]:
    """The pieces as they follow each other in the file."""
    if len(pieces) < 2:
        return pieces
    wanted = set(pieces)
    return [one for one in found.iter("*") if one in wanted]


def _owner(found: Any) -> tuple["_Element", str]:
    """An element and "", or the element that has an attribute and the attribute's name."""
    name: str = getattr(found, "attrname", "")
    return (found.getparent(), name) if name else (found, "")


def _name(found: Any) -> str:
    """The name of an element, or of an attribute behind that of its element."""
    element, attribute = _owner(found)
    return f"{element.tag} {attribute}".rstrip()


def _text(found: Any) -> str:
    """The text of an element or of an attribute, on one line."""
    return " ".join(((found if isinstance(found, str) else found.text) or "").split())


def _number(pieces: Sequence[Any]) -> Decimal | None:
    text = _text(pieces[0])
    return Decimal(text) if _NUMBER.fullmatch(text) else None


def _date(pieces: Sequence[Any]) -> date | None:
    match = _DATE.match(_text(pieces[0]))
    try:
        return date(*map(int, match.groups())) if match else None
    except ValueError:
        return None


def _address(pieces: Sequence[Any]) -> str:
    """One line: its parts joined by ", ", but a town by a blank to its postal code."""
    line = ""
    for piece in pieces:
        joint = " " if line and piece.tag == "CityName" else ", " if line else ""
        line += joint + _text(piece) if _text(piece) else ""
    return line


_FORMS: Mapping[str, Callable[[Sequence[Any]], Typed | None]] = {
    "text": lambda pieces: _text(pieces[0]),
    "number": _number,
    "date": _date,
    "address": _address,
}


def _per_unit(cells: Sequence[_Read]) -> Iterator[_Read]:
    """The cells of a line; a price of several units (BT-149) becomes that of one."""
    stated = {one.statement.term: one.statement.value for one in cells}
    units = stated.get("BT-149")
    for cell in cells:
        price = cell.statement.value
        if (
            cell.statement.term == "BT-146"
            and isinstance(price, Decimal)
            and isinstance(units, Decimal)
            and units not in (0, 1)
        ):
            of_one = (price / units).quantize(_PRICE_STEP)
            yield cell._replace(statement=replace(cell.statement, value=of_one))
        else:
            yield cell


@cache
def _path(place: str) -> "XPath":
    from lxml.etree import XPath

    return XPath(place)
