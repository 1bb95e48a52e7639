"""The invoices of the samples."""

from datetime import date
from decimal import Decimal

from sample_docs.make.facts.firms import Firm
from sample_docs.make.facts.identifiers import british_vat_id, german_vat_id, iban
from sample_docs.make.facts.invoice import Invoice, Line


def line(description: str, quantity: str, unit: str, price: str, rate: str) -> Line:
    """A `Line` from the figures as one would type them."""
    return Line(description, Decimal(quantity), unit, Decimal(price), Decimal(rate))


LARKSPUR = Invoice(
    number="LS-2026-0417",
    issued=date(2026, 4, 9),
    due=date(2026, 5, 9),
    seller=Firm(
        "Larkspur Studio Ltd",
        ("14 Quillmaker Row", "Harrowden", "HD4 7QX"),
        phone="01632 960417",
        email="accounts@larkspur.example",
        web="www.larkspur.example",
        vat_id=british_vat_id("7235108"),
        iban=iban("GB", "LKSP20451977310284"),
        bic="LKSPGB2X",
        bank="Harrowden & Fenn Bank",
    ),
    buyer=Firm(
        "Pemberley Garden Tools plc",
        ("Unit 6, Coldbrook Wharf", "Saltmere", "SM2 9TD"),
        vat_id=british_vat_id("4410926"),
        contact="Ms Odile Tranter",
    ),
    currency="GBP",
    lines=(
        line("Brand refresh: logo and colour system", "1", "job", "2400.00", "20"),
        line("Spring catalogue, layout of 48 pages", "48", "pages", "32.50", "20"),
        line("Product photography, studio day", "2.5", "days", "680.00", "20"),
        line("Picture retouching", "36", "pcs", "9.75", "20"),
        line("Spring catalogue, printed copies (zero-rated)", "1500", "copies", "1.18", "0"),
    ),
    references=(("Your order", "PGT/88213"), ("Project", "Spring 2026")),
)

NORDLICHT = Invoice(
    number="RE-2026-10583",
    issued=date(2026, 3, 17),
    due=date(2026, 4, 16),
    seller=Firm(
        "Nordlicht Bürobedarf GmbH",
        ("Möwenstieg 27", "21999 Altenwerder"),
        phone="040 66969-210",
        email="rechnung@nordlicht-buero.example",
        web="www.nordlicht-buero.example",
        vat_id=german_vat_id("29948817"),
        iban=iban("DE", "209990050004418207"),
        bic="NLBKDEHHXXX",
        bank="Hansische Kontorbank",
    ),
    buyer=Firm(
        "Grünfeld & Söhne Maschinenbau KG",
        ("Industriestraße 114", "39999 Börderoda"),
        vat_id=german_vat_id("81203376"),
        contact="Frau Käthe Wölm",
    ),
    currency="EUR",
    lines=(
        line("Schreibtischstuhl „Ergo Plus“, schwarz", "6", "Stück", "289.90", "19"),
        line("Höhenverstellbarer Schreibtisch 160 × 80 cm, Buche", "4", "Stück", "618.00", "19"),
        line("Kopierpapier A4, 80 g/m², Karton zu 2.500 Blatt", "25", "Karton", "21.45", "19"),
        line("Toner schwarz, 7.500 Seiten", "8", "Stück", "74.20", "19"),
        line("Fachbuch „Büro richtig einrichten“", "3", "Stück", "38.32", "7"),
        line("Anlieferung und Aufbau", "5.5", "Std.", "58.00", "19"),
    ),
    references=(
        ("Kundennummer", "K-40772"),
        ("Bestellnummer", "GS-7719/26"),
        ("Lieferdatum", "12.03.2026"),
    ),
)

_PARTS = (
    ("Hex bolt M8 x 40, zinc plated, box of 100", "box", "14.80"),
    ("Flange nut M8, stainless, box of 100", "box", "19.25"),
    ("Spring washer M8, box of 200", "box", "6.40"),
    ("Ball bearing 6204-2RS", "ea", "8.95"),
    ("Timing belt, 25 mm, per foot", "ft", "11.30"),
    ("Cable tie 300 mm, black, bag of 100", "bag", "7.85"),
    ("Safety gloves, size 9, pair", "pr", "4.60"),
    ("Cutting fluid, 1 gallon", "gal", "31.75"),
    ("Drill bit HSS 6.5 mm", "ea", "3.15"),
    ("Limit switch, roller lever", "ea", "27.40"),
    ("Terminal block, 12-way", "ea", "5.55"),
    ("Hose clamp 1/2 inch, box of 50", "box", "22.10"),
    ("Pneumatic fitting 1/4 NPT", "ea", "2.95"),
    ("Warning label, high voltage, roll", "roll", "16.20"),
)
_SIZES = ("", ", grade A", ", heavy duty", ", export packing")


def _parts() -> tuple[Line, ...]:
    """54 different rows, so that the table runs over three pages."""
    rows = []
    for number in range(54):
        name, unit, price = _PARTS[number % len(_PARTS)]
        size = number // len(_PARTS)
        dearer = Decimal(price) + Decimal("1.35") * size
        quantity = str(number * 7 % 11 + 1)
        rows.append(Line(f"{name}{_SIZES[size]}", Decimal(quantity), unit, dearer, Decimal("8.25")))
    return tuple(rows)


BRASSWELL = Invoice(
    number="300714",
    issued=date(2026, 2, 27),
    due=date(2026, 3, 29),
    seller=Firm(
        "Brasswell Industrial Supply, Inc.",
        ("2200 Foundry Parkway", "Millrace, OH 45099"),
        phone="(614) 555-0138",
        email="billing@brasswell.example",
        web="brasswell.example",
    ),
    buyer=Firm(
        "Tallgrass Conveyor Works LLC",
        ("87 Prairie Loop", "Ansel Junction, KS 66999"),
        contact="Accounts Payable",
    ),
    currency="USD",
    lines=_parts(),
    references=(("P.O. No.", "TCW-55021"), ("Ship via", "Bluebonnet Freight"), ("Terms", "Net 30")),
    prints_rates=False,
)

KESTREL = Invoice(
    number="2026/0091",
    issued=date(2026, 5, 4),
    due=date(2026, 5, 18),
    seller=Firm(
        "Übersetzungsbüro Turmfalke",
        ("Inh. Jana Öztürk-Lehr", "Kastanienhof 3", "04999 Pleißenau"),
        phone="030 23125 917",
        email="jana@turmfalke.example",
        vat_id=german_vat_id("30557194"),
        iban=iban("DE", "860999000071524366"),
        bic="PLNBDE8LXXX",
        bank="Pleißenauer Bürgerbank",
    ),
    buyer=Firm(
        "Museum für Uhrenkunde Pleißenau e. V.",
        ("Marktgasse 8", "04999 Pleißenau"),
        contact="Herrn Dr. Emil Brandauer",
    ),
    currency="EUR",
    lines=(
        line("Übersetzung Ausstellungskatalog DE–EN, Normzeilen", "1240", "Zeilen", "1.65", "19"),
        line("Korrektorat der Bildunterschriften", "4.5", "Std.", "62.00", "19"),
    ),
    references=(("Ihr Auftrag vom", "21.04.2026"),),
)

STURMVOGEL = Invoice(
    number="2026/0107",
    issued=date(2026, 6, 11),
    due=date(2026, 6, 25),
    seller=KESTREL.seller,
    buyer=Firm(
        "Reederei Sturmvogel GmbH",
        ("Deichtor 5", "21999 Altenwerder"),
        vat_id=german_vat_id("27740163"),
        contact="Frau Silke Brahms",
    ),
    currency="EUR",
    lines=(
        line("Übersetzung Bordhandbuch DE–EN, Normzeilen", "2310", "Zeilen", "1.65", "19"),
        line("Fachlektorat Sicherheitshinweise", "6.5", "Std.", "74.00", "19"),
        line("Gedrucktes Belegexemplar", "2", "Stück", "28.50", "7"),
    ),
    references=(("Ihr Auftrag vom", "18.05.2026"),),
)

CIDERHOUSE = Invoice(
    number="CH-1180",
    issued=date(2026, 6, 2),
    due=date(2026, 7, 2),
    seller=Firm(
        "Ciderhouse Catering Co.",
        ("9 Orchard Terrace", "Fallowbridge, VT 05999"),
        phone="(802) 555-0162",
        email="hello@ciderhouse.example",
    ),
    buyer=Firm("Fallowbridge Public Library", ("1 Common Street", "Fallowbridge, VT 05999")),
    currency="USD",
    lines=(
        line("Buffet lunch, per guest", "85", "guests", "24.50", "9"),
        line("Non-alcoholic drinks package", "85", "guests", "6.25", "9"),
        line("Linen and glassware hire", "1", "set", "310.00", "9"),
        line("Serving staff", "18", "hours", "32.00", "9"),
    ),
    references=(("Event", "Donor luncheon, May 30, 2026"),),
    prints_rates=False,
)
