"""The table of an invoice's goods and services."""

from collections.abc import Mapping
from decimal import Decimal

from docextract.training.synthetic.invoice.blocks import Bill
from docextract.training.synthetic.invoice.facts import Row
from docextract.training.synthetic.paper.cursor import Cell, Column, look_of, table
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


def items(bill: Bill) -> None:
    """The table of what is charged for."""
    desk, facts = bill.desk, bill.facts
    chosen = {key for key, (_, _, share) in _COLUMNS.items() if desk.chance(share)}
    if all(row.discount == 0 for row in facts.rows):
        chosen.discard("discount")
    keys = [key for key in desk.rng.choice(_ORDERS).split() if key in chosen]
    merged = "unit" not in keys and desk.chance(0.35)  # "2 Std." in one cell
    headers = {key: bill.label(key) for key in keys}
    if desk.chance(0.15):
        headers = {key: text.upper() for key, text in headers.items()}
    centred = desk.chance(0.1)
    columns = [
        Column(
            key,
            headers[key],
            _COLUMNS[key][0] * desk.rng.uniform(0.85, 1.2),
            "c" if centred and key != "description" else _COLUMNS[key][1],
        )
        for key in keys
    ]
    beside = desk.rng.choice(("", "", desk.manner.beside))
    places = Cells(
        bill,
        beside,
        merged=merged,
        percent=desk.rng.choice((" %", "%", "")),
        glued=desk.chance(0.5),
        form=desk.rng.choice(("count", "count", "plain")),
    )
    rows = [places.row(at, row) for at, row in enumerate(facts.rows)]
    table(desk, columns, rows, look_of(desk.rng), places.carried if bill.carries else None)


class Cells:
    """Writes the rows of one table, all alike."""

    def __init__(
        self, bill: Bill, beside: str, *, merged: bool, percent: str, glued: bool, form: str
    ) -> None:
        self._bill, self._beside, self._merged = bill, beside, merged
        self._percent, self._glued, self._form = percent, glued, form

    def row(self, at: int, row: Row) -> Mapping[str, Cell]:
        """The cells of row `at`."""
        ink, desk = self._bill.ink, self._bill.desk
        quantity: list[Ink] = [ink(self._number(row), "line_items.quantity", at)]
        if self._merged:
            quantity.append(ink(row.good.unit, "line_items.unit", at))
        return {
            "position": [ink(row.position, "line_items.position", at)],
            "article": [ink(row.article, "", at)],
            "description": self._description(at, row),
            "quantity": [quantity],
            "unit": [ink(row.good.unit, "line_items.unit", at)],
            "price": [desk.money(row.good.price, "line_items.unit_price", at, self._beside)],
            "discount": [
                Ink(
                    f"{desk.manner.count(row.discount)}{self._percent or ' %'}"
                    if row.discount
                    else "",
                    "",
                    at,
                )
            ],
            "rate": [
                ink(f"{desk.manner.count(row.rate)}{self._percent}", "line_items.tax_rate", at)
            ],
            "amount": [desk.money(row.net, "line_items.net_amount", at, self._beside)],
            "gross_amount": [desk.money(row.gross, "", at, self._beside)],
        }

    def carried(self, count: int, end: bool) -> Mapping[str, Cell]:
        """What the first `count` rows come to, at the end of a page or on the next."""
        word = self._bill.word("carried" if end else "brought")
        net = sum((row.net for row in self._bill.facts.rows[:count]), Decimal(0))
        amount = self._bill.desk.money(net, beside=self._beside)
        return {"description": [Ink(word)], "amount": [amount]}

    def _number(self, row: Row) -> str:
        manner = self._bill.desk.manner
        if self._form == "plain" and row.quantity == row.quantity.quantize(row.good.price):
            return manner.plain(row.quantity)
        return manner.count(row.quantity)

    def _description(self, at: int, row: Row) -> Cell:
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
