"""How far each rule is to be trusted: the share of its candidates that were right.

Measured on the training parts of six labelled sets with their own words (520 scanned receipts,
185 advertising orders, 50 e-invoices, 216 non-disclosure agreements, 100 generated invoices, 65
photographed receipts) by `benchmarks/accuracy.py --split train --given-words --given-kind
--rules`, the counts of the sets added. A candidate counts once a document, field and value. Rules
that found nothing there, or fewer than ten values, were measured on 540 invented documents, by
`benchmarks/rule_shares.py --generated 60`.

"party section" and "recipient window" were counted on the 32 e-invoices of which there is a file,
as the reader reads it.

A rule's name says where the value was found. For labels: "short" is a label of one word, "long"
one of several; "inside" stands within a segment, not at its beginning; "loose" has words between
label and value; "other" is the value at the other end where several stand at one label; "again"
is whatever a rule says of a field after the first value.
"""

from collections.abc import Mapping

from docextract.document import Origin
from docextract.schema import FieldType

#: For a rule that was not measured on any type of field: no more than worth a look.
UNMEASURED = 0.3

SHARES: Mapping[tuple[str, str], float] = {
    ("entity ADDRESS heading", "address"): 0.63,  # of 434
    ("entity ADDRESS heading, again", "address"): 0.00,  # of 55
    ("entity DATE first", "date"): 0.89,  # of 908
    ("entity DATE first, again", "date"): 0.08,  # of 135
    ("entity IBAN first", "iban"): 0.94,  # of 87
    ("entity INVOICE_NUMBER first", "code"): 0.99,  # of 172
    ("entity MONEY largest", "money"): 0.88,  # of 181
    ("entity MONEY largest, again", "money"): 0.11,  # of 87
    ("entity ORDER_NUMBER first", "code"): 0.28,  # of 102
    ("entity ORDER_NUMBER first, again", "code"): 0.07,  # of 15
    ("entity TIME first", "time"): 0.43,  # of 63
    ("entity VAT_ID first", "vat_id"): 0.80,  # of 15
    ("heading", "address"): 0.80,  # of 522
    ("heading", "name"): 0.83,  # of 590
    ("heading, again", "address"): 0.10,  # of 70
    ("heading, again", "name"): 0.06,  # of 590
    ("heading, labelled", "address"): 0.71,  # of 139
    ("heading, labelled", "name"): 0.69,  # of 144
    ("heading, labelled, again", "address"): 0.07,  # of 40
    ("heading, labelled, again", "name"): 0.03,  # of 134
    ("label below, long", "code"): 0.96,  # of 50
    ("label below, long", "date"): 0.62,  # of 209
    ("label below, long", "money"): 0.64,  # of 89
    ("label below, long, again", "date"): 0.11,  # of 264
    ("label below, long, inside", "date"): 0.67,  # of 51
    ("label below, long, inside", "money"): 0.80,  # of 10
    ("label below, other, long", "date"): 0.04,  # of 96
    ("label below, other, short", "code"): 0.00,  # of 5
    ("label below, other, short", "date"): 0.11,  # of 54
    ("label below, other, short, again", "date"): 0.10,  # of 10
    ("label below, short", "address"): 0.94,  # of 236
    ("label below, short", "code"): 0.00,  # of 32
    ("label below, short", "date"): 0.59,  # of 87
    ("label below, short", "money"): 0.20,  # of 109
    ("label below, short", "name"): 0.96,  # of 299
    ("label below, short, again", "code"): 0.00,  # of 39
    ("label below, short, again", "date"): 0.36,  # of 33
    ("label below, short, again", "money"): 0.07,  # of 30
    ("label below, short, again", "name"): 0.00,  # of 5
    ("label below, short, inside", "money"): 0.11,  # of 19
    ("label right, long", "code"): 0.75,  # of 230
    ("label right, long", "date"): 0.97,  # of 293
    ("label right, long", "money"): 0.89,  # of 579
    ("label right, long", "vat_id"): 1.00,  # of 48
    ("label right, long, again", "code"): 0.98,  # of 55
    ("label right, long, again", "money"): 0.40,  # of 60
    ("label right, long, again", "vat_id"): 0.00,  # of 10
    ("label right, long, inside", "code"): 0.31,  # of 13
    ("label right, long, inside", "date"): 0.95,  # of 21
    ("label right, long, inside", "money"): 0.83,  # of 24
    ("label right, long, inside, again", "code"): 0.00,  # of 5
    ("label right, loose, long", "date"): 0.21,  # of 19
    ("label right, loose, long", "money"): 0.64,  # of 33
    ("label right, loose, long, inside", "date"): 0.71,  # of 7
    ("label right, loose, short", "code"): 0.35,  # of 17
    ("label right, loose, short", "money"): 0.62,  # of 56
    ("label right, loose, short, again", "code"): 0.00,  # of 5
    ("label right, loose, short, inside", "code"): 0.00,  # of 9
    ("label right, loose, short, inside", "money"): 0.17,  # of 12
    ("label right, other, long", "date"): 0.03,  # of 186
    ("label right, other, long, inside", "date"): 0.00,  # of 6
    ("label right, other, loose, long", "date"): 0.06,  # of 18
    ("label right, other, loose, short", "money"): 0.50,  # of 6
    ("label right, other, loose, short, inside", "code"): 0.00,  # of 6
    ("label right, other, short", "date"): 0.00,  # of 22
    ("label right, other, short", "money"): 0.07,  # of 188
    ("label right, other, short, again", "money"): 0.00,  # of 32
    ("label right, short", "address"): 0.00,  # of 31
    ("label right, short", "code"): 0.76,  # of 21
    ("label right, short", "currency"): 1.00,  # of 44
    ("label right, short", "date"): 1.00,  # of 281
    ("label right, short", "iban"): 0.94,  # of 84
    ("label right, short", "money"): 0.81,  # of 504
    ("label right, short", "name"): 0.72,  # of 126
    ("label right, short, again", "address"): 0.00,  # of 8
    ("label right, short, again", "code"): 0.18,  # of 11
    ("label right, short, again", "money"): 0.26,  # of 85
    ("label right, short, again", "name"): 0.03,  # of 29
    ("label right, short, inside", "code"): 0.00,  # of 33
    ("label right, short, inside", "date"): 0.72,  # of 74
    ("label right, short, inside", "money"): 0.45,  # of 98
    ("label right, short, inside, again", "date"): 0.20,  # of 61
    ("label right, short, inside, again", "money"): 0.04,  # of 27
    ("label right, unmarked, short", "name"): 0.02,  # of 47
    ("label right, unmarked, short, again", "name"): 0.00,  # of 45
    ("party section", "address"): 0.89,  # of 56
    ("party section", "name"): 1.00,  # of 28
    ("party section", "vat_id"): 1.00,  # of 31
    ("pattern 1", "code"): 1.00,  # of 19
    ("pattern 1", "date"): 0.90,  # of 317
    ("pattern 1", "duration"): 0.59,  # of 64
    ("pattern 1", "name"): 0.80,  # of 148
    ("pattern 1", "text"): 0.99,  # of 195
    ("pattern 1, again", "date"): 0.06,  # of 54
    ("pattern 1, again", "duration"): 0.00,  # of 6
    ("pattern 1, again", "name"): 0.11,  # of 44
    ("pattern 2", "date"): 0.71,  # of 334
    ("pattern 2", "duration"): 0.17,  # of 118
    ("pattern 2", "name"): 0.74,  # of 113
    ("pattern 2", "text"): 0.99,  # of 190
    ("pattern 2, again", "date"): 0.27,  # of 323
    ("pattern 2, again", "duration"): 0.07,  # of 45
    ("pattern 2, again", "name"): 0.14,  # of 22
    ("pattern 3", "duration"): 0.21,  # of 136
    ("pattern 3, again", "duration"): 0.27,  # of 62
    ("recipient, labelled", "address"): 0.52,  # of 128
    ("recipient, labelled", "name"): 0.53,  # of 129
    ("recipient, labelled, again", "address"): 0.43,  # of 7
    ("recipient, labelled, again", "name"): 0.38,  # of 8
    ("sign", "currency"): 1.00,  # of 19
    ("recipient window", "address"): 1.00,  # of 3
    ("recipient window", "name"): 1.00,  # of 3
    ("row", "code"): 1.00,  # of 129
    ("row", "money"): 0.99,  # of 278
    ("row", "number"): 1.00,  # of 137
    ("row", "percent"): 0.98,  # of 131
    ("row", "text"): 0.99,  # of 140; units are not counted, which the truth has as codes
    # Of invented documents alone.
    ("entity ADDRESS first", "address"): 0.72,  # of 53
    ("entity ADDRESS first, again", "address"): 0.21,  # of 14
    ("entity DATE last", "date"): 0.81,  # of 58
    ("entity DATE last, again", "date"): 0.00,  # of 47
    ("entity EMAIL first", "email"): 1.00,  # of 40
    ("entity GTIN first", "code"): 1.00,  # of 32
    ("entity MONEY first", "money"): 0.61,  # of 59
    ("entity MONEY first, again", "money"): 0.65,  # of 34
    ("entity PHONE first", "phone"): 1.00,  # of 30
    ("entity PHONE top", "phone"): 0.97,  # of 35
    ("entity PRODUCT_NUMBER first", "code"): 1.00,  # of 25
    ("entity TIME first, again", "time"): 0.00,  # of 10
    ("label below, long", "address"): 0.38,  # of 13
    ("label below, long", "name"): 0.97,  # of 33
    ("label below, short", "text"): 1.00,  # of 23
    ("label below, short, inside", "code"): 0.43,  # of 14
    ("label right, long", "address"): 0.88,  # of 16
    ("label right, long", "email"): 1.00,  # of 24
    ("label right, long", "name"): 0.99,  # of 73
    ("label right, long", "phone"): 1.00,  # of 13
    ("label right, loose, short", "date"): 0.82,  # of 17
    ("label right, loose, short", "iban"): 0.90,  # of 10
    ("label right, loose, short, inside", "date"): 0.60,  # of 10
    ("label right, short", "phone"): 1.00,  # of 47
    ("label right, short", "text"): 0.98,  # of 44
    ("label right, short", "time"): 1.00,  # of 10
    ("label right, short, inside", "iban"): 0.82,  # of 11
    ("label section", "text"): 0.59,  # of 82
    ("pattern 3", "date"): 0.70,  # of 10
    ("pattern 3", "name"): 0.91,  # of 11
    ("pattern 3", "text"): 0.85,  # of 13
    ("pattern 4", "name"): 1.00,  # of 10
    ("pattern 4", "text"): 0.00,  # of 17
    ("recipient", "address"): 0.64,  # of 66
    ("recipient", "name"): 0.85,  # of 68
    ("recipient, again", "address"): 0.00,  # of 12
    ("recipient, again", "name"): 0.06,  # of 54
    ("sender line", "address"): 0.43,  # of 21
    ("sender line", "name"): 0.52,  # of 21
    ("title", "name"): 0.60,  # of 55
    ("title", "text"): 0.86,  # of 58
}


def share(origin: Origin, kind: FieldType) -> float:
    """The confidence of a candidate that a rule found for a field of this type.

    Of a rule that was not measured on the type, its mean over the types that it was measured on.
    """
    rule = ", ".join((origin.name, *origin.traits))
    if (rule, kind.value) in SHARES:
        return SHARES[rule, kind.value]
    others = [share for (name, _), share in SHARES.items() if name == rule]
    return sum(others) / len(others) if others else UNMEASURED
