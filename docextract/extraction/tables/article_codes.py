"""Article codes that share a column with the description, and are no part of it.

Invoices print them before the name ("[E-17] Lamp", "4711 Lamp") or in a line of their own over it.
"""

import re
from collections.abc import Mapping, Sequence

from docextract.document import Placed

#: A code in brackets, as Odoo prints it.
_BRACKETED = re.compile(r"\[[^\]\s]+\]")
#: A code has three digits at least; letters and marks may stand between them.
_CODE = re.compile(r"(?=(?:\D*\d){3})[A-Z0-9][A-Z0-9./_-]+:?")
#: A year or a number of pieces may begin a description; of so many digits it is a code.
_LONG = re.compile(r"(?=(?:\D*\d){4})(?!(?:19|20)\d\d$).+")

#: Column -> the words of its cell.
Cells = Mapping[str, list[Placed]]
#: The words of each row in the column of text.
Texts = Sequence[Sequence[Placed]]


def without_codes(rows: Sequence[Cells], column: str) -> list[dict[str, list[Placed]]]:
    """The rows without the codes that stand first in this column, in every row.

    One row alone may begin with any number; a code in brackets or on a line of its own is one
    even so.
    """
    kept = _kept([row.get(column, ()) for row in rows])
    return [
        {**row, column: words} if column in row else dict(row)
        for row, words in zip(rows, kept, strict=True)
    ]


def _kept(texts: Texts) -> list[list[Placed]]:
    made = [_unbracketed(words) for words in texts]
    filled = [words for words in made if words]
    if filled and all(map(_is_over, filled)):
        return [_rest(words, len(_first_line(words))) for words in made]
    if len(filled) > 1 and all(map(_leads, filled)) and _differ(filled):
        return [_rest(words, 1) for words in made]
    return made


def _unbracketed(words: Sequence[Placed]) -> list[Placed]:
    leads = len(words) > 1 and _BRACKETED.fullmatch(words[0].word.text)
    return [*words[1:]] if leads else [*words]


def _rest(words: Sequence[Placed], count: int) -> list[Placed]:
    return [*words[count:]]


def _first_line(words: Sequence[Placed]) -> list[Placed]:
    return [one for one in words if one.line == words[0].line]


def _is_over(words: Sequence[Placed]) -> bool:
    """Whether the first line is a code, and something follows."""
    line = _first_line(words)
    return len(line) == 1 < len(words) and bool(_CODE.fullmatch(line[0].word.text))


def _leads(words: Sequence[Placed]) -> bool:
    """Whether the first word is a code, and words follow on its line."""
    text = words[0].word.text
    more = "".join(one.word.text for one in words[1:])
    known = _CODE.fullmatch(text) and _LONG.fullmatch(text)
    return bool(known) and sum(map(str.isalpha, more)) > 1


def _differ(texts: Texts) -> bool:
    return len({words[0].word.text for words in texts}) == len(texts)
