"""Drawing of e-invoice viewer printouts: sections of labels with values."""

from collections.abc import Sequence
from dataclasses import dataclass

from docextract.training.synthetic.facts.identifiers import random_digits
from docextract.training.synthetic.facts.parties import Party
from docextract.training.synthetic.facts.vocabulary import random_word
from docextract.training.synthetic.invoice.blocks import InvoiceDraft
from docextract.training.synthetic.paper.sheet import Ink, Inks, wrap_text

Pair = tuple[str, Inks]


@dataclass(frozen=True)
class ViewerStyle:
    """Style of a viewer's printout: colons, columns, heads of sections.

    Attributes:
        colon: After a label.
        aligned: Values stand in a column of their own, this many points from the left.
        head: "tint", "rule", "bold" or "plain".
        split: Postal code and town have labels of their own.
        banded: Every second pair stands on grey.
        code: The country's code stands before the postal code.
        beside: How amounts name their currency.
    """

    colon: str
    aligned: float
    head: str
    split: bool
    banded: bool
    code: bool
    beside: str


class ViewerPrintout:
    """An e-invoice viewer's printout being drawn."""

    def __init__(self, bill: InvoiceDraft) -> None:
        self.bill, self.cursor = bill, bill.cursor
        rng = bill.cursor.rng
        self.look = ViewerStyle(
            colon=rng.choice((":", ":", " :", "", "\t:")),
            aligned=rng.choice((0.0, 90.0, 120.0, 150.0, 190.0)),
            head=rng.choice(("tint", "rule", "bold", "bold", "plain")),
            split=rng.random() < 0.4,
            banded=rng.random() < 0.25,
            code=rng.random() < 0.5,
            beside=rng.choice(("", "", bill.cursor.notation.beside, "code after")),
        )

    def word(self, thing: str) -> str:
        """One of the words for a thing."""
        return random_word(self.cursor.rng, "viewer", self.bill.facts.language, thing)

    def pair(self, thing: str, value: Ink | str) -> Pair:
        """A label and its value."""
        return self.word(thing), [Ink(value) if isinstance(value, str) else value]

    def section(self, title: str, rows: Sequence[Pair]) -> None:
        """A head and pairs below it, over the whole width."""
        self.part((self.cursor.left, self.cursor.right), title, rows)

    def part(self, edges: tuple[float, float], title: str, rows: Sequence[Pair]) -> None:
        """The same between two edges."""
        cursor = self.cursor
        cursor.ensure_space(min(len(rows) + 2, 6) * cursor.line)
        self._head(edges, title)
        for number, (label, value) in enumerate(rows):
            cursor.ensure_space(cursor.line)
            if self.look.banded and number % 2:
                top = cursor.y - 0.95 * cursor.style.size
                cursor.sheet.fill_rectangle((edges[0], top, edges[1], top + cursor.line), 0.95)
            self._pair(edges, label, value)
        cursor.move_down(cursor.rng.choice((0.6, 1.0, 1.4)))

    def _head(self, edges: tuple[float, float], title: str) -> None:
        cursor, way = self.cursor, self.look.head
        if not title:
            return
        if way == "tint":
            top = cursor.y - 1.05 * cursor.style.size
            cursor.sheet.fill_rectangle(
                (edges[0] - 2, top, edges[1], top + 1.4 * cursor.style.size), 0.88
            )
        style = cursor.style if way == "plain" else cursor.style.in_bold
        colon = ":" if way in ("plain", "bold") and cursor.chance(0.5) else ""
        end = cursor.sheet.write((edges[0], cursor.y), title + colon, style)
        if way == "rule":
            cursor.sheet.horizontal_line(
                edges[0], cursor.y + 2, edges[1] if cursor.chance(0.5) else end
            )
        cursor.move_down(1.3)

    def _pair(self, edges: tuple[float, float], label: str, value: Inks) -> None:
        cursor = self.cursor
        x = edges[0]
        if not label:
            indent = self.look.aligned if self.look.split or self.look.banded else 0.0
            cursor.sheet.write((x + indent, cursor.y), value, cursor.style)
            cursor.move_down()
            return
        colon = self.look.colon
        text = label + (colon if "\t" not in colon else "")
        end = cursor.sheet.write((x, cursor.y), text, cursor.style)
        begin = max(end + 6, x + min(self.look.aligned, 0.55 * (edges[1] - x)))
        if "\t" in colon:  # the colons stand below each other
            begin = cursor.sheet.write((begin, cursor.y), ":", cursor.style) + 6
        for line in wrap_text(value, cursor.style, edges[1] - begin):
            cursor.sheet.write((begin, cursor.y), line, cursor.style)
            cursor.move_down()

    def party(self, party: Party, who: str, *, full: bool = True) -> list[Pair]:
        """What a section says of a party."""
        cursor, ink = self.cursor, self.bill.ink
        rows: list[Pair] = []
        if cursor.chance(0.5):
            rows.append(self.pair("number", random_digits(cursor.rng, cursor.rng.randint(5, 9))))
        if cursor.chance(0.2):
            rows.append(self.pair("global", f"40{random_digits(cursor.rng, 11)} (GLN)"))
        name = ink(party.name, f"{who}_name" if who else "")
        labelled = self.look.split or cursor.chance(0.5)
        rows.append((self.word("name") if labelled else "", [name]))
        rows += self._address(party, who, labelled=labelled)
        if full and cursor.chance(0.35):
            rows.append(self.pair("contact", party.contact))
            rows.append(self.pair("phone", party.phone))
        if full and cursor.chance(0.4):
            rows.append(self.pair("mail", party.email))
        if who == "seller" and cursor.chance(0.5):
            rows.append(self.pair("tax_number", party.tax_number))
        if cursor.chance(0.85 if who == "seller" else 0.4) and not party.person:
            rows.append(self.pair("vat_id", ink(party.vat_id, f"{who}_vat_id" if who else "")))
        return rows

    def _address(self, party: Party, who: str, *, labelled: bool) -> list[Pair]:
        part = self.bill.ink("").part
        label = f"{who}_address" if who else ""
        *streets, town = (Ink(line, label, -1, part) for line in party.address.lines)
        rows: list[Pair] = [
            (self.word("street") if labelled and not at else "", [line])
            for at, line in enumerate(streets)
        ]
        code, _, city = town.text.partition(" ")
        if self.look.split and city and party.country in ("DE", "AT", "CH", "FR", "ES", "IT"):
            rows.append((self.word("code"), [town._replace(text=code)]))
            rows.append((self.word("city"), [town._replace(text=city)]))
            rows.append((self.word("country"), [Ink(party.country)]))
        elif self.look.code:
            rows.append(("", [Ink(party.country), town]))
        else:
            rows.append(("", [town]))
        return rows
