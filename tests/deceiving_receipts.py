"""Receipts made to deceive: what was handed over, saved or added by hand stands by the total."""

from tests.deceiving import Case

_CAFE = {"merchant_name": "Corner Cafe", "date": "2025-05-17", "time": "13:42:00"}

RECEIPTS = (
    Case(
        "a tip was written below the total",
        "receipt",
        (
            """\
Corner Cafe
12 Elm Street
Date: 17 May 2025    Time: 13:42

Soup               6.00
Sandwich           8.00
Coffee             4.00

Subtotal          $18.00
Tax                $1.80
Total             $19.80
Tip                $3.00
Total paid        $22.80""",
        ),
        {
            **_CAFE,
            "currency": "USD",
            "subtotal": "18.00",
            "tax": "1.80",
            "tip": "3.00",
            "total": "19.80",
            "amount_paid": "22.80",
        },
    ),
    Case(
        "what was handed over and the change stand above the total",
        "receipt",
        (
            """\
Corner Cafe
12 Elm Street
Date: 17 May 2025    Time: 13:42

Soup               6.00
Sandwich           8.00

Cash tendered     $20.00
Change             $6.00
Total             $14.00
Thank you""",
        ),
        {
            **_CAFE,
            "currency": "USD",
            "total": "14.00",
            "amount_paid": "20.00",
            "change": "6.00",
        },
    ),
    Case(
        "the tax is in the total, and there is no net",
        "receipt",
        (
            """\
Bäckerei Sonne
Marktstr. 4
80331 München
17.05.2025    13:42

Brezel             1,20
Brot               4,80

SUMME              6,00 EUR
inkl. 7% MwSt      0,39
Bar               10,00
Rückgeld           4,00""",
        ),
        {
            "merchant_name": "Bäckerei Sonne",
            "date": "2025-05-17",
            "time": "13:42:00",
            "currency": "EUR",
            "tax": "0.39",
            "total": "6.00",
            "amount_paid": "10.00",
            "change": "4.00",
        },
    ),
    Case(
        "what was saved is called a total too",
        "receipt",
        (
            """\
Corner Cafe
12 Elm Street
Date: 17 May 2025    Time: 13:42

Soup               6.00
Sandwich           8.00
Member offer      -4.00

Total savings     $4.00
Total items        2
Total             $10.00
Visa              $10.00
Points balance    1,410""",
        ),
        {**_CAFE, "currency": "USD", "total": "10.00", "amount_paid": "10.00"},
    ),
    Case(
        "OCR took figures of the total for letters",
        "receipt",
        (
            """\
Corner Cafe
12 Elm Street
Date: 17 May 2025    Time: 13:42

Soup               6.00
Sandwich           8.00
Coffee             4.00

Subtotal          $18.00
Tax                $1.80
Total             $l9.8O
Cash              $20.00
Change             $0.20""",
        ),
        {
            **_CAFE,
            "currency": "USD",
            "subtotal": "18.00",
            "tax": "1.80",
            "total": "19.80",
            "amount_paid": "20.00",
            "change": "0.20",
        },
        via="tesseract",
    ),
)
