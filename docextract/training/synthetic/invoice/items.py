"""Draws the line items of an invoice as a table."""

from collections.abc import Mapping
from decimal import Decimal

from docextract.training.synthetic.invoice.blocks import InvoiceDraft
from docextract.training.synthetic.invoice.facts import InvoiceRow
from docextract.training.synthetic.paper.cursor import Cell, Column, draw_table, random_table_style
from docextract.training.synthetic.paper.sheet import Ink

#: Column -> (share of the width, alignment, how often it is there).
_COLUMNS = {
    "position": (0.6, "l", 0.6),
    "article": (1.2, "l", 0.35),
    "description": (4.2, "l", 1.0),
    "quantity": (0.8, "r", 0.97),
    "unit": (0.7, "l", 0.55),
    "price": (1.25, "r", 0.94),
    "discount": (0.9, "r", 1.0),
    "rate": (0.9, "r", 0.4),
    "amount": (1.35, "r", 1.0),
    "gross_amount": (1.3, "r", 0.06),
}
_ORDERS = (
    "position article description quantity unit price discount rate amount gross_amount",
    "quantity unit article description price discount rate amount gross_amount",
    "position quantity unit description article price discount amount rate",
    "description quantity unit price rate discount amount",
    "article description price quantity unit discount rate amount gross_amount",
    "position description rate quantity unit price discount amount",
    "quantity description rate price discount amount",
)


def draw_items(bill: InvoiceDraft) -> None:
    """Draw the table of line items with random columns."""
    cursor, facts = bill.cursor, bill.facts
    chosen = {key for key, (_, _, share) in _COLUMNS.items() if cursor.chance(share)}
    if all(row.discount == 0 for row in facts.rows):
        chosen.discard("discount")
    keys = [key for key in cursor.rng.choice(_ORDERS).split() if key in chosen]
    merged = "unit" not in keys and cursor.chance(0.35)  # "2 Std." in one cell
    headers = {key: bill.label(key) for key in keys}
    if cursor.chance(0.15):
        headers = {key: text.upper() for key, text in headers.items()}
    centred = cursor.chance(0.1)
    columns = [
        Column(
            key,
            headers[key],
            _COLUMNS[key][0] * cursor.rng.uniform(0.85, 1.2),
            "c" if centred and key != "description" else _COLUMNS[key][1],
        )
        for key in keys
    ]
    beside = cursor.rng.choice(("", "", cursor.notation.beside))
    places = Cells(
        bill,
        beside,
        merged=merged,
        percent=cursor.rng.choice((" %", "%", "")),
        glued=cursor.chance(0.5),
        form=cursor.rng.choice(("count", "count", "plain")),
    )
    rows = [places.row(at, row) for at, row in enumerate(facts.rows)]
    draw_table(
        cursor,
        columns,
        rows,
        random_table_style(cursor.rng),
        places.carried if bill.carries else None,
    )


class Cells:
    """Formats the rows of one table, all alike."""

    def __init__(
        self, bill: InvoiceDraft, beside: str, *, merged: bool, percent: str, glued: bool, form: str
    ) -> None:
        self._bill, self._beside, self._merged = bill, beside, merged
        self._percent, self._glued, self._form = percent, glued, form

    def row(self, at: int, row: InvoiceRow) -> Mapping[str, Cell]:
        """The cells of row `at`."""
        ink, cursor = self._bill.ink, self._bill.cursor
        quantity: list[Ink] = [ink(self._number(row), "line_items.quantity", at)]
        if self._merged:
            quantity.append(ink(row.good.unit, "line_items.unit", at))
        return {
            "position": [ink(row.position, "line_items.position", at)],
            "article": [ink(row.article, "", at)],
            "description": self._description(at, row),
            "quantity": [quantity],
            "unit": [ink(row.good.unit, "line_items.unit", at)],
            "price": [cursor.money(row.good.price, "line_items.unit_price", at, self._beside)],
            "discount": [
                Ink(
                    f"{cursor.notation.count(row.discount)}{self._percent or ' %'}"
                    if row.discount
                    else "",
                    "",
                    at,
                )
            ],
            "rate": [
                ink(f"{cursor.notation.count(row.rate)}{self._percent}", "line_items.tax_rate", at)
            ],
            "amount": [cursor.money(row.net, "line_items.net_amount", at, self._beside)],
            "gross_amount": [cursor.money(row.gross, "", at, self._beside)],
        }

    def carried(self, count: int, end: bool) -> Mapping[str, Cell]:
        """What the first `count` rows come to, at the end of a page or on the next."""
        word = self._bill.word("carried" if end else "brought")
        net = sum((row.net for row in self._bill.facts.rows[:count]), Decimal(0))
        amount = self._bill.cursor.money(net, beside=self._beside)
        return {"description": [Ink(word)], "amount": [amount]}

    def _number(self, row: InvoiceRow) -> str:
        notation = self._bill.cursor.notation
        if self._form == "plain" and row.quantity == row.quantity.quantize(row.good.price):
            return notation.plain(row.quantity)
        return notation.count(row.quantity)

    def _description(self, at: int, row: InvoiceRow) -> Cell:
        ink, good = self._bill.ink, row.good
        lines: list[Ink]
        if good.detail and self._glued:
            lines = [
                ink(
                    f"{good.name}, {good.detail}"
                    if self._form == "count"
                    else f"{good.name} {good.detail}",
                    "line_items.description",
                    at,
                )
            ]
        elif good.detail:
            first = ink(good.name, "line_items.description", at)
            lines = [first, first._replace(text=good.detail)]
        else:
            lines = [ink(good.name, "line_items.description", at)]
        if row.note:
            lines.append(ink(row.note, "", at))
        return lines
