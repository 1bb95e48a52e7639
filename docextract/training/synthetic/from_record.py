"""Synthetic documents of a given record: its values replace the random facts.

Each function is a `FactsOverride` for a kind's `draw` when `data`, a record's, and `text`, what a
record does not hold, are bound. What neither holds stays random.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, time
from decimal import Decimal
from random import Random
from typing import Any

from docextract.training.synthetic.facts import identifiers as ids
from docextract.training.synthetic.facts.addresses import Address
from docextract.training.synthetic.facts.goods import Article
from docextract.training.synthetic.facts.notation import round_to_cents
from docextract.training.synthetic.facts.parties import Party, named_party
from docextract.training.synthetic.invoice.facts import Invoice, InvoiceRow, Tax, random_number
from docextract.training.synthetic.kinds.agreement import Agreement
from docextract.training.synthetic.kinds.form import Form
from docextract.training.synthetic.kinds.letter import Letter
from docextract.training.synthetic.kinds.medical import Report
from docextract.training.synthetic.paper.cursor import LayoutCursor
from docextract.training.synthetic.receipt.facts import Receipt, ReceiptItem

#: Banks that do not exist, by country.
_BANKS = {"DE": "Bankhaus Silberkranich", "GB": "Heron & Wake Bank", "US": "Heron Trust"}

RecordData = Mapping[str, Any]


def parse_exact(text: str) -> RecordData:
    """Parse a record's data from JSON: numbers as they are written, with two decimals at least."""
    data: RecordData = json.loads(text, parse_float=_exact, parse_int=_exact)["data"]
    return data


def _exact(digits: str) -> Decimal:
    value = Decimal(digits)
    places = -int(value.as_tuple().exponent)
    return value if places > 2 else value.quantize(Decimal("0.01"))


def record_date(data: RecordData, field: str) -> date:
    """A date field of the record."""
    return date.fromisoformat(data[field])


def tax_totals(data: RecordData) -> tuple[Tax, ...]:
    """Tax base and amount at each rate; rows without a rate have the invoice's."""
    bases: dict[Decimal, Decimal] = {}
    for row in data["line_items"]:
        rate = _rate(data, row)
        bases[rate] = bases.get(rate, Decimal(0)) + row["net_amount"]
    return tuple(
        Tax(rate, base, round_to_cents(base * rate / 100)) for rate, base in sorted(bases.items())
    )


def _rate(data: RecordData, row: RecordData) -> Decimal:
    rate = data["tax_rate"] if row["tax_rate"] is None else row["tax_rate"]
    return Decimal(f"{rate.normalize():f}")


def _party(data: RecordData, who: str, country: str) -> Party:
    """A party of the record; what it does not hold is random, seeded by the name."""
    private = bool(data.get(f"{who}_private"))
    name = data[f"{who}_name"]
    place = _address(data[f"{who}_address"], country)
    made = named_party(Random(name), name, country, private=private, place=place)
    iban = data.get(f"{who}_iban") or made.iban.replace(" ", "")
    return replace(
        made,
        vat_id=data.get(f"{who}_vat_id") or made.vat_id,
        iban=" ".join(iban[at : at + 4] for at in range(0, len(iban), 4)),
        phone=data.get(f"{who}_phone") or made.phone,
        bank=_BANKS.get(country, made.bank),
    )


def _address(text: str, country: str) -> Address:
    """The lines of an address, as the country parts them, and its town."""
    *lines, last = text.split(", ")
    if country == "DE":
        return Address((*lines, last), last.partition(" ")[2], country)
    if country == "US":
        return Address((*lines[:-1], f"{lines[-1]}, {last}"), lines[-1], country)
    return Address((*lines, last), lines[-1] if len(lines) > 1 else last.split()[0], country)


def invoice_from_record(facts: Invoice, data: RecordData, text: RecordData) -> Invoice:
    """Replace parties, dates, rows and totals by the record's."""
    rng = Random(data["invoice_number"])
    issued, due = record_date(data, "issue_date"), record_date(data, "due_date")
    earlier = issued - facts.issued
    country = facts.seller.country
    buyer = _party(data, "buyer", country)
    return replace(
        facts,
        notation=replace(facts.notation, currency=data["currency"]),
        credit=False,
        number=data["invoice_number"],
        order_number=random_number(rng, issued, facts.language),
        delivery_number=random_number(rng, issued, facts.language),
        issued=issued,
        due=due,
        days=(due - issued).days,
        delivered=facts.delivered + earlier,
        ordered=facts.ordered + earlier,
        seller=_party(data, "seller", country),
        buyer=buyer,
        ship_to=buyer,
        rows=tuple(_row(rng, data, row) for row in data["line_items"]),
        taxes=tax_totals(data),
        freight=Decimal(0),
        net=data["net_total"],
        tax=data["tax_total"],
        gross=data["grand_total"],
    )


def _row(rng: Random, data: RecordData, row: RecordData) -> InvoiceRow:
    good = Article(row["description"], "", row["unit"] or "", row["unit_price"], whole=False)
    return InvoiceRow(
        position=row["position"] or "",
        article=ids.random_from_pattern(rng, "##-####"),
        good=good,
        quantity=row["quantity"],
        discount=Decimal(0),
        net=row["net_amount"],
        rate=_rate(data, row),
    )


def receipt_from_record(facts: Receipt, data: RecordData, text: RecordData) -> Receipt:
    """Replace merchant, items and totals by the record's; `text` has tax `rates`, if several."""
    rates = text.get("rates", ())
    rng = Random(data["merchant_name"])
    items = tuple(_bought(rng, row) for row in data["line_items"])
    total, tax = data["total"], data["tax"]
    net = data["subtotal"] or total - tax
    sums = replace(
        facts.sums,
        rate=(tax / net * 100).quantize(Decimal("0.1")),
        included=data["subtotal"] is None,
        subtotal=data["subtotal"] or total,
        tax=tax,
        tip=data["tip"] or Decimal(0),
        rounding=Decimal(0),
        total=total,
        taxes=tuple(_taxed(items, rates, rate) for rate in sorted(set(rates))),
    )
    return replace(
        facts,
        notation=replace(facts.notation, currency=data["currency"]),
        merchant=_party(data, "merchant", facts.country),
        day=record_date(data, "date"),
        moment=time.fromisoformat(data["time"]),
        items=items,
        sums=sums,
        cash=data["amount_paid"] + (data["change"] or 0),
    )


def _bought(rng: Random, row: RecordData) -> ReceiptItem:
    count, amount = row["quantity"], row["amount"]
    quantity = int(count) if count == int(count) else count
    price = amount if row["unit_price"] is None else row["unit_price"]
    return ReceiptItem(ids.random_digits(rng, 6), row["description"], quantity, price, amount)


def _taxed(
    items: Sequence[ReceiptItem], rates: Sequence[int], rate: int
) -> tuple[Decimal, Decimal, Decimal]:
    amount = sum((i.amount for i, of in zip(items, rates, strict=True) if of == rate), Decimal(0))
    return Decimal(rate), amount, round_to_cents(amount * rate / (100 + rate))


def letter_from_record(facts: Letter, data: RecordData, text: RecordData) -> Letter:
    """Replace parties, date and subject by the record's, and the body by `text`."""
    country = facts.sender.country
    sender, recipient = (_party(data, who, country) for who in ("sender", "recipient"))
    return replace(
        facts,
        sender=sender,
        recipient=replace(recipient, person=True),
        day=record_date(data, "date"),
        subject=data["subject"],
        reference=data["reference"],
        signer=sender.contact,
        greeting=text["greeting"],
        paragraphs=text["paragraphs"],
    )


def form_from_record(facts: Form, data: RecordData, text: RecordData) -> Form:
    """Replace the answers by the record's."""
    country = facts.who.country
    known = {"who_name": data["applicant_name"], "who_address": data["address"]}
    who = _party({**known, "who_phone": data["phone"], "who_private": True}, "who", country)
    return replace(
        facts,
        who=replace(who, email=data["email"]),
        title=data["form_title"],
        number=data["form_number"],
        born=record_date(data, "date_of_birth"),
        signed=record_date(data, "date_signed"),
    )


def _typed(cursor: LayoutCursor, text: RecordData) -> LayoutCursor:
    """With the font size that `text` asks for, if any: a larger one takes more pages."""
    size = text.get("size", cursor.style.size)
    leading = text.get("leading", cursor.leading)
    return replace(cursor, leading=leading, style=cursor.style._replace(size=size))


def medical_report_from_record(facts: Report, data: RecordData, text: RecordData) -> Report:
    """Replace patient, dates and findings by the record's, and the history by `text`."""
    texts = ("institution", "physician", "examination", "findings", "impression")
    return replace(
        facts,
        cursor=_typed(facts.cursor, text),
        history=text["history"],
        **{field: data[field] for field in texts},
        patient=data["patient_name"],
        number=data["patient_id"],
        born=record_date(data, "date_of_birth"),
        day=record_date(data, "report_date"),
    )


def agreement_from_record(facts: Agreement, data: RecordData, text: RecordData) -> Agreement:
    """Replace parties, dates and law by the record's, and the clauses by `text`."""
    country = facts.first.country
    first, second = (named_party(Random(name), name, country) for name in data["parties"])
    day = record_date(data, "effective_date" if facts.nda else "agreement_date")
    return replace(
        facts,
        cursor=_typed(facts.cursor, text),
        first=first,
        second=second,
        names=tuple(text["names"]),
        title=data.get("title") or text["title"],
        day=day,
        term=data.get("term", ""),
        law=data["jurisdiction" if facts.nda else "governing_law"],
        start=day if facts.nda else record_date(data, "effective_date"),
        end=facts.end if facts.nda else record_date(data, "expiration_date"),
        clauses=tuple(text["clauses"]),
    )


#: Kind -> the function that replaces its facts.
FACTS_FROM_RECORD: Mapping[str, Callable[..., Any]] = {
    "invoice": invoice_from_record,
    "receipt": receipt_from_record,
    "letter": letter_from_record,
    "form": form_from_record,
    "medical_report": medical_report_from_record,
    "nda": agreement_from_record,
    "contract": agreement_from_record,
}
