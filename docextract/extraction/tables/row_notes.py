"""Notes under a row: lines about it that are no part of its description."""

import re
from collections.abc import Sequence

from docextract.document import Placed

#: What leads to a number of the article, of its delivery or of its piece: "Serial no. 4711".
_NUMBERED = (
    r"e\.?a\.?n|gtin|gln|sku|s/n|serial|ref|réf|hs code|lot|charge|chargen|batch"
    r"|(?:art|artikel|item|article|product|produkt|mat|material|serien|lieferschein|auftrags"
    r"|serial|chargen|bestell|zolltarif|delivery note|order|tariff)"
    r"\W{0,3}(?:nr|no|n°|nummer|number)"
    r"|lieferschein|delivery note|bon de livraison|albarán|lote"
    r"|(?:n|no|núm|num)[.°º ]{0,3}(?:de )?(?:série|serie|lot|lote|pedido|commande)"
)
#: What is promised of it: "2 years warranty", "Lieferzeit 3 Tage".
_PROMISED = (
    r"(?:garantie|gewährleistung|garantía|warranty|lieferzeit|lead time|délai|plazo)\b\D{0,15}\d"
    r"|\d+[ -]?(?:years?|months?|jahre?|monate?|ans?|mois|años?|meses)\W+(?:of |de )?"
    r"(?:warranty|garantie|gewährleistung|garantía)"
)
#: Also a label with what it says ("GTIN: 4012345001235"), a bullet, a number alone.
_NOTE = re.compile(
    rf"\s*(?:[*•·▪►‣]|[^:\d(]{{2,40}}:\s*\S|(?i:(?:{_NUMBERED})\b\W*\S*\d)|(?i:{_PROMISED})"
    r"|\d{8,14}\s*(?:\(\w+\))?$)"
)


def is_note(words: Sequence[Placed]) -> bool:
    """Whether the words of a line that follows a description say more than what it is."""
    return bool(_NOTE.match(" ".join(one.word.text for one in words)))


def without_notes(words: Sequence[Placed]) -> list[Placed]:
    """The words of a cell up to the first of its further lines that is a note."""
    lines: dict[object, list[Placed]] = {}
    for one in words:
        lines.setdefault(one.line, []).append(one)
    kept: list[Placed] = []
    for line in lines.values():
        if kept and is_note(line):
            break
        kept += line
    return kept
