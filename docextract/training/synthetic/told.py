"""Invented documents that say what a record says: its facts in the place of invented ones.

Each function makes a `stated.Teller` for a kind's `draw` when `data`, a record's, and `text`, what
a record does not hold, are bound. What neither tells stays invented.
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
from docextract.training.synthetic.facts.goods import Good
from docextract.training.synthetic.facts.notation import cents
from docextract.training.synthetic.facts.parties import Party, party
from docextract.training.synthetic.invoice.facts import Invoice, Row, Tax, number
from docextract.training.synthetic.kinds.agreement import Agreement
from docextract.training.synthetic.kinds.form import Form
from docextract.training.synthetic.kinds.letter import Letter
from docextract.training.synthetic.kinds.medical import Report
from docextract.training.synthetic.paper.cursor import Desk
from docextract.training.synthetic.receipt.facts import Bought, Receipt

#: Banks that do not exist, by country.
_BANKS = {"DE": "Bankhaus Silberkranich", "GB": "Heron & Wake Bank", "US": "Heron Trust"}

Data = Mapping[str, Any]


def exact(text: str) -> Data:
    """A record's data from JSON: numbers as they are written, with two places at least."""
    data: Data = json.loads(text, parse_float=_exact, parse_int=_exact)["data"]
    return data


def _exact(digits: str) -> Decimal:
    value = Decimal(digits)
    places = -int(value.as_tuple().exponent)
    return value if places > 2 else value.quantize(Decimal("0.01"))


def day_of(data: Data, field: str) -> date:
    """A date of the record."""
    return date.fromisoformat(data[field])


def taxes_of(data: Data) -> tuple[Tax, ...]:
    """What is owed at each rate; rows without a rate have the invoice's."""
    bases: dict[Decimal, Decimal] = {}
    for row in data["line_items"]:
        rate = _rate(data, row)
        bases[rate] = bases.get(rate, Decimal(0)) + row["net_amount"]
    return tuple(Tax(rate, base, cents(base * rate / 100)) for rate, base in sorted(bases.items()))


def _rate(data: Data, row: Data) -> Decimal:
    rate = data["tax_rate"] if row["tax_rate"] is None else row["tax_rate"]
    return Decimal(f"{rate.normalize():f}")


def _party(data: Data, who: str, country: str) -> Party:
    """A party of the record; what is not told of it is invented, always the same."""
    private = bool(data.get(f"{who}_private"))
    name = data[f"{who}_name"]
    place = _address(data[f"{who}_address"], country)
    made = party(Random(name), name, country, private=private, place=place)
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


def invoice(invented: Invoice, data: Data, text: Data) -> Invoice:
    """With the record's parties, days, rows and sums."""
    rng = Random(data["invoice_number"])
    issued, due = day_of(data, "issue_date"), day_of(data, "due_date")
    earlier = issued - invented.issued
    country = invented.seller.country
    buyer = _party(data, "buyer", country)
    return replace(
        invented,
        manner=replace(invented.manner, currency=data["currency"]),
        credit=False,
        number=data["invoice_number"],
        order_number=number(rng, issued, invented.language),
        delivery_number=number(rng, issued, invented.language),
        issued=issued,
        due=due,
        days=(due - issued).days,
        delivered=invented.delivered + earlier,
        ordered=invented.ordered + earlier,
        seller=_party(data, "seller", country),
        buyer=buyer,
        ship_to=buyer,
        rows=tuple(_row(rng, data, row) for row in data["line_items"]),
        taxes=taxes_of(data),
        freight=Decimal(0),
        net=data["net_total"],
        tax=data["tax_total"],
        gross=data["grand_total"],
    )


def _row(rng: Random, data: Data, row: Data) -> Row:
    good = Good(row["description"], "", row["unit"] or "", row["unit_price"], whole=False)
    return Row(
        position=row["position"] or "",
        article=ids.shaped(rng, "##-####"),
        good=good,
        quantity=row["quantity"],
        discount=Decimal(0),
        net=row["net_amount"],
        rate=_rate(data, row),
    )


def receipt(invented: Receipt, data: Data, text: Data) -> Receipt:
    """With the record's merchant, articles and sums; the text has their `rates`, if several."""
    rates = text.get("rates", ())
    rng = Random(data["merchant_name"])
    items = tuple(_bought(rng, row) for row in data["line_items"])
    total, tax = data["total"], data["tax"]
    net = data["subtotal"] or total - tax
    sums = replace(
        invented.sums,
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
        invented,
        manner=replace(invented.manner, currency=data["currency"]),
        merchant=_party(data, "merchant", invented.country),
        day=day_of(data, "date"),
        moment=time.fromisoformat(data["time"]),
        items=items,
        sums=sums,
        cash=data["amount_paid"] + (data["change"] or 0),
    )


def _bought(rng: Random, row: Data) -> Bought:
    count, amount = row["quantity"], row["amount"]
    quantity = int(count) if count == int(count) else count
    price = amount if row["unit_price"] is None else row["unit_price"]
    return Bought(ids.digits(rng, 6), row["description"], quantity, price, amount)


def _taxed(
    items: Sequence[Bought], rates: Sequence[int], rate: int
) -> tuple[Decimal, Decimal, Decimal]:
    amount = sum((i.amount for i, of in zip(items, rates, strict=True) if of == rate), Decimal(0))
    return Decimal(rate), amount, cents(amount * rate / (100 + rate))


def letter(invented: Letter, data: Data, text: Data) -> Letter:
    """With the record's parties, day and subject, and the text."""
    country = invented.sender.country
    sender, recipient = (_party(data, who, country) for who in ("sender", "recipient"))
    return replace(
        invented,
        sender=sender,
        recipient=replace(recipient, person=True),
        day=day_of(data, "date"),
        subject=data["subject"],
        reference=data["reference"],
        signer=sender.contact,
        greeting=text["greeting"],
        paragraphs=text["paragraphs"],
    )


def form(invented: Form, data: Data, text: Data) -> Form:
    """With the record's answers."""
    country = invented.who.country
    told = {"who_name": data["applicant_name"], "who_address": data["address"]}
    who = _party({**told, "who_phone": data["phone"], "who_private": True}, "who", country)
    return replace(
        invented,
        who=replace(who, email=data["email"]),
        title=data["form_title"],
        number=data["form_number"],
        born=day_of(data, "date_of_birth"),
        signed=day_of(data, "date_signed"),
    )


def _typed(desk: Desk, text: Data) -> Desk:
    """In the type that the text asks for, if any: a larger one takes more pages."""
    size = text.get("size", desk.style.size)
    leading = text.get("leading", desk.leading)
    return replace(desk, leading=leading, style=desk.style._replace(size=size))


def medical(invented: Report, data: Data, text: Data) -> Report:
    """With what the record says and the history of the text."""
    texts = ("institution", "physician", "examination", "findings", "impression")
    return replace(
        invented,
        desk=_typed(invented.desk, text),
        history=text["history"],
        **{field: data[field] for field in texts},
        patient=data["patient_name"],
        number=data["patient_id"],
        born=day_of(data, "date_of_birth"),
        day=day_of(data, "report_date"),
    )


def agreement(invented: Agreement, data: Data, text: Data) -> Agreement:
    """With the record's parties, days and law, and the clauses of the text."""
    country = invented.first.country
    first, second = (party(Random(name), name, country) for name in data["parties"])
    day = day_of(data, "effective_date" if invented.nda else "agreement_date")
    return replace(
        invented,
        desk=_typed(invented.desk, text),
        first=first,
        second=second,
        names=tuple(text["names"]),
        title=data.get("title") or text["title"],
        day=day,
        term=data.get("term", ""),
        law=data["jurisdiction" if invented.nda else "governing_law"],
        start=day if invented.nda else day_of(data, "effective_date"),
        end=invented.end if invented.nda else day_of(data, "expiration_date"),
        clauses=tuple(text["clauses"]),
    )


#: Kind -> what tells it.
TELLERS: Mapping[str, Callable[..., Any]] = {
    "invoice": invoice,
    "receipt": receipt,
    "letter": letter,
    "form": form,
    "medical_report": medical,
    "nda": agreement,
    "contract": agreement,
}
