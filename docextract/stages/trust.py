"""How far each rule is to be trusted: the share of its candidates that were right."""

from collections.abc import Mapping

from docextract.schema import FieldType

#: For a rule that was not measured on this type of field.
UNMEASURED = 0.3

SHARES: Mapping[tuple[str, str], float] = {
    ("entity first DATE", "date"): 0.85,  # of 908
    ("entity first TIME", "time"): 0.43,  # of 63
    ("entity first, again DATE", "date"): 0.09,  # of 138
    ("heading", "address"): 0.77,  # of 665
    ("heading", "name"): 0.80,  # of 735
    ("heading, again", "address"): 0.04,  # of 113
    ("heading, again", "name"): 0.04,  # of 735
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
    ("label below, short", "address"): 0.85,  # of 218
    ("label below, short", "code"): 0.00,  # of 32
    ("label below, short", "date"): 0.59,  # of 87
    ("label below, short", "money"): 0.20,  # of 109
    ("label below, short", "name"): 0.84,  # of 295
    ("label below, short, again", "code"): 0.00,  # of 39
    ("label below, short, again", "date"): 0.36,  # of 33
    ("label below, short, again", "money"): 0.07,  # of 30
    ("label below, short, inside", "money"): 0.11,  # of 18
    ("label right, long", "code"): 0.75,  # of 230
    ("label right, long", "date"): 0.85,  # of 293
    ("label right, long", "money"): 0.89,  # of 535
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
    ("label right, loose, short", "money"): 0.38,  # of 93
    ("label right, loose, short, again", "code"): 0.00,  # of 5
    ("label right, loose, short, inside", "code"): 0.00,  # of 9
    ("label right, loose, short, inside", "money"): 0.08,  # of 12
    ("label right, other, long", "date"): 0.03,  # of 186
    ("label right, other, long, inside", "date"): 0.00,  # of 6
    ("label right, other, loose, long", "date"): 0.06,  # of 18
    ("label right, other, loose, short", "money"): 0.80,  # of 5
    ("label right, other, loose, short, inside", "code"): 0.00,  # of 6
    ("label right, other, short", "date"): 0.00,  # of 22
    ("label right, other, short", "money"): 0.11,  # of 188
    ("label right, other, short, again", "money"): 0.00,  # of 32
    ("label right, short", "address"): 0.00,  # of 57
    ("label right, short", "code"): 0.76,  # of 21
    ("label right, short", "currency"): 1.00,  # of 44
    ("label right, short", "date"): 1.00,  # of 281
    ("label right, short", "iban"): 0.94,  # of 84
    ("label right, short", "money"): 0.78,  # of 460
    ("label right, short", "name"): 0.73,  # of 125
    ("label right, short, again", "address"): 0.00,  # of 10
    ("label right, short, again", "code"): 0.18,  # of 11
    ("label right, short, again", "money"): 0.28,  # of 90
    ("label right, short, again", "name"): 0.04,  # of 26
    ("label right, short, inside", "code"): 0.00,  # of 33
    ("label right, short, inside", "date"): 0.72,  # of 74
    ("label right, short, inside", "money"): 0.45,  # of 98
    ("label right, short, inside, again", "date"): 0.20,  # of 61
    ("label right, short, inside, again", "money"): 0.04,  # of 26
    ("label right, unmarked, short", "name"): 0.01,  # of 78
    ("label right, unmarked, short, again", "name"): 0.00,  # of 72
    ("pattern 1", "code"): 1.00,  # of 19
    ("pattern 1", "date"): 0.90,  # of 317
    ("pattern 1", "duration"): 0.20,  # of 183
    ("pattern 1", "name"): 0.55,  # of 209
    ("pattern 1", "text"): 0.82,  # of 195
    ("pattern 1, again", "date"): 0.06,  # of 54
    ("pattern 1, again", "duration"): 0.14,  # of 140
    ("pattern 1, again", "name"): 0.02,  # of 453
    ("pattern 1, again", "text"): 0.20,  # of 5
    ("pattern 2", "date"): 0.71,  # of 334
    ("pattern 2", "name"): 0.41,  # of 182
    ("pattern 2", "text"): 0.83,  # of 190
    ("pattern 2, again", "date"): 0.27,  # of 323
    ("pattern 2, again", "name"): 0.03,  # of 126
    ("pattern 2, again", "text"): 0.40,  # of 5
    ("recipient", "address"): 0.21,  # of 129
    ("recipient", "name"): 0.23,  # of 130
    ("recipient, again", "address"): 0.58,  # of 111
    ("recipient, again", "name"): 0.50,  # of 132
    ("sign", "currency"): 1.00,  # of 19
}


def share(rule: str, kind: FieldType) -> float:
    """The confidence of a candidate that `rule` found for a field of this type."""
    return SHARES.get((rule, kind.value), UNMEASURED)
