"""Layout cursor of a till receipt: prints lines down a paper roll."""

from dataclasses import dataclass
from decimal import Decimal
from random import Random

from docextract.training.synthetic.facts.vocabulary import word_lists
from docextract.training.synthetic.paper.fonts import Style, text_width
from docextract.training.synthetic.paper.sheet import Ink, Inks, Sheet, wrap_text
from docextract.training.synthetic.receipt.facts import Receipt


@dataclass
class ReceiptRoll:
    """Drawing state of a receipt: roll, margins, style; `y` is the baseline of what comes next."""

    rng: Random
    sheet: Sheet
    facts: Receipt
    style: Style
    left: float
    right: float
    y: float
    beside: str
    centred: bool

    def chance(self, share: float) -> bool:
        """True in this share of cases."""
        return self.rng.random() < share

    def word(self, thing: str) -> str:
        """One of the words for a thing; Malaysia's tax and currency stay there."""
        words: list[str] = word_lists(f"receipt.{self.facts.language}")[thing]
        if self.facts.country != "MY":
            words = [word for word in words if "GST" not in word and "RM" not in word]
        text = self.rng.choice(words)
        if self.style.family == "Courier" and self.chance(0.5):
            return text.upper().replace("{R}", "{r}")
        return text

    def ink(self, text: str, label: str = "", row: int = -1) -> Ink:
        """A labelled text that is an occurrence of its own."""
        return self.sheet.ink(text, label, row)

    def move_down(self, lines: float = 1.0) -> None:
        """Feed the paper."""
        self.y += self.style.size * 1.25 * lines

    def head(self, inks: Inks | Ink | str, style: Style | None = None) -> None:
        """Print a line of the head, centred or not, wrapped."""
        used = style or self.style
        for line in wrap_text(inks, used, self.right - self.left):
            if self.centred:
                self.sheet.write(((self.left + self.right) / 2, self.y), line, used, align="c")
            else:
                self.sheet.write((self.left, self.y), line, used)
            self.y += used.size * 1.25

    def text(self, inks: Inks | Ink | str) -> None:
        """Print a line at the left, wrapped."""
        for line in wrap_text(inks, self.style, self.right - self.left):
            self.sheet.write((self.left, self.y), line, self.style)
            self.move_down()

    def split(
        self, left: Inks | Ink | str, right: Inks | Ink | str, style: Style | None = None
    ) -> None:
        """Print a text at the left and one at the right; on two lines if there is no room."""
        used = style or self.style
        end = self.sheet.write((self.left, self.y), left, used)
        text = (
            right
            if isinstance(right, str)
            else " ".join(i.text for i in ([right] if isinstance(right, Ink) else right))
        )
        if end + text_width(text.replace("\x00", ""), used) + 6 > self.right:
            self.y += used.size * 1.25
        self.sheet.write((self.right, self.y), right, used, align="r")
        self.y += used.size * 1.25

    def dashes(self) -> None:
        """Print a separator of two sections."""
        way = self.rng.choice(("dash", "line", "space", "equals", "none"))
        if way in ("dash", "equals"):
            mark = "-" if way == "dash" else "="
            count = int((self.right - self.left) / text_width(mark, self.style))
            self.sheet.write((self.left, self.y), mark * count, self.style)
            self.move_down()
        elif way == "line":
            self.sheet.horizontal_line(self.left, self.y - 0.5 * self.style.size, self.right)
            self.move_down(0.7)
        elif way == "space":
            self.move_down(0.6)

    def money(
        self, amount: Decimal, label: str, row: int = -1, beside: str | None = None
    ) -> list[Ink]:
        """An amount with its currency as the till has it; the label is on the digits."""
        before, amounts, after = self.facts.notation.money(
            amount, self.beside if beside is None else beside
        )
        inks = [Ink(before)] if before else []
        inks.append(self.ink(amounts, label, row))
        return [*inks, Ink(after)] if after else inks
