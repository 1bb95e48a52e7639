"""Companies and their numbers: names with legal forms, tax numbers, bank accounts."""

import string
from dataclasses import dataclass
from random import Random

from docextract.training.generator import people
from docextract.training.generator.people import Address, last_name, person, printable

_FORMS = {
    "DE": ("GmbH", "GmbH", "GmbH & Co. KG", "AG", "KG", "OHG", "e.K.", "UG (haftungsbeschränkt)",
           "GbR", "eG", "SE", "mbH", "e.V.", "PartG mbB", ""),
    "AT": ("GmbH", "GmbH", "Ges.m.b.H.", "AG", "OG", "KG", "e.U.", ""),
    "CH": ("AG", "GmbH", "SA", "Sàrl", "& Co.", "Genossenschaft", ""),
    "US": ("Inc.", "LLC", "Corp.", "Co.", "Ltd.", "LP", "Inc", ", Inc.", ", LLC", ""),
    "GB": ("Ltd", "Limited", "PLC", "LLP", "Ltd.", "& Sons", "& Sons Ltd", ""),
    "FR": ("SARL", "SAS", "SA", "EURL", "SNC", "S.A.S.", "S.A.R.L.", "SASU", "et Fils", ""),
    "ES": ("S.L.", "S.A.", "SL", "S.L.U.", "S.Coop.", "SLP", ""),
    "IT": ("S.r.l.", "S.p.A.", "S.n.c."), "NL": ("B.V.", "BV", "N.V.", "VOF"),
    "MY": ("SDN BHD", "SDN. BHD.", "(M) SDN BHD", "ENTERPRISE", "TRADING", "SDN BHD", "HOLDINGS BHD"),
}  # fmt: skip
_GERMAN_TRADES = [
    "Metallbau",
    "Elektrotechnik",
    "Bürobedarf",
    "Maschinenbau",
    "Haustechnik",
    "Gartenbau",
    "Druckerei",
    "Verlag",
    "Logistik",
    "Spedition",
    "Autohaus",
    "Bäckerei",
    "Apotheke",
    "Möbelhaus",
    "Softwarehaus",
    "Gebäudereinigung",
    "Baustoffe",
    "Sanitär",
    "Heizungsbau",
    "Dachdeckerei",
    "Tischlerei",
    "Schreinerei",
    "Malerbetrieb",
    "Werbeagentur",
    "Steuerberatung",
    "Unternehmensberatung",
    "Ingenieurbüro",
    "Medizintechnik",
    "Labortechnik",
    "Messtechnik",
    "Kältetechnik",
    "Stahlhandel",
    "Weinhandel",
    "Getränkemarkt",
    "Fleischerei",
    "Blumenhaus",
    "Fahrschule",
    "Reisebüro",
    "Versicherungsmakler",
    "Hausverwaltung",
    "Immobilien",
    "Sicherheitsdienst",
    "Veranstaltungstechnik",
    "Textilpflege",
    "Optik",
    "Hörakustik",
    "Zahntechnik",
    "Verpackungen",
    "Kunststofftechnik",
    "Werkzeugbau",
    "Antriebstechnik",
    "Hydraulik",
    "Solartechnik",
    "Netzwerktechnik",
    "Systemhaus",
    "IT-Service",
    "Fotostudio",
    "Tonstudio",
    "Übersetzungen",
    "Seminare",
    "Catering",
    "Stadtwerke",
    "Energieversorgung",
    "Telekommunikation",
]
_ENGLISH_TRADES = [
    "Consulting",
    "Engineering",
    "Logistics",
    "Supplies",
    "Printing",
    "Plumbing",
    "Electrical",
    "Construction",
    "Landscaping",
    "Catering",
    "Software",
    "Systems",
    "Solutions",
    "Services",
    "Industries",
    "Trading",
    "Imports",
    "Foods",
    "Bakery",
    "Brewing",
    "Furniture",
    "Interiors",
    "Design",
    "Media",
    "Studios",
    "Marketing",
    "Security",
    "Cleaning",
    "Roofing",
    "Flooring",
    "Motors",
    "Automotive",
    "Freight",
    "Transport",
    "Packaging",
    "Plastics",
    "Steel",
    "Tools",
    "Instruments",
    "Medical",
    "Dental",
    "Optical",
    "Pharmacy",
    "Books",
    "Publishing",
    "Photography",
    "Translation",
    "Legal",
    "Accounting",
    "Insurance",
    "Realty",
    "Energy",
    "Solar",
]
_FRENCH_TRADES = [
    "Menuiserie",
    "Plomberie",
    "Électricité",
    "Maçonnerie",
    "Boulangerie",
    "Imprimerie",
    "Transports",
    "Conseil",
    "Ingénierie",
    "Informatique",
    "Nettoyage",
    "Jardinage",
    "Peinture",
    "Couverture",
    "Chauffage",
    "Mécanique",
    "Garage",
    "Librairie",
    "Pharmacie",
    "Ameublement",
    "Décoration",
    "Traiteur",
    "Vins",
    "Fournitures",
    "Bureautique",
    "Sécurité",
    "Communication",
    "Édition",
    "Formation",
]
_SPANISH_TRADES = [
    "Suministros",
    "Construcciones",
    "Transportes",
    "Carpintería",
    "Fontanería",
    "Electricidad",
    "Informática",
    "Imprenta",
    "Talleres",
    "Muebles",
    "Jardinería",
    "Limpiezas",
    "Asesoría",
    "Ingeniería",
    "Comercial",
    "Distribuciones",
    "Bodegas",
    "Papelería",
]
_TRADES = {
    "de": _GERMAN_TRADES, "en": _ENGLISH_TRADES, "fr": _FRENCH_TRADES, "es": _SPANISH_TRADES,
}  # fmt: skip
_LANGUAGE = {"DE": "de", "AT": "de", "CH": "de", "FR": "fr", "ES": "es"}
_SYLLABLES = [
    "al",
    "an",
    "ar",
    "bel",
    "bra",
    "ca",
    "cor",
    "dal",
    "dex",
    "el",
    "en",
    "fer",
    "fi",
    "ga",
    "gen",
    "hel",
    "hyd",
    "in",
    "is",
    "ka",
    "kor",
    "la",
    "len",
    "lo",
    "lum",
    "ma",
    "mer",
    "min",
    "na",
    "nex",
    "no",
    "nov",
    "or",
    "pal",
    "pro",
    "qua",
    "ra",
    "rex",
    "ri",
    "sa",
    "sol",
    "ta",
    "tec",
    "ten",
    "ti",
    "to",
    "tra",
    "tri",
    "ul",
    "va",
    "ven",
    "ver",
    "vi",
    "xo",
    "za",
    "zen",
]
_ENDINGS = ("a", "o", "ex", "on", "is", "um", "ix", "eo", "tec", "soft", "med", "con", "net", "lab")
_BANKS = {
    "DE": ("Sparkasse {}", "Volksbank {} eG", "Commerzbank", "Deutsche Bank", "Postbank", "VR Bank {}",
           "Kreissparkasse {}", "Raiffeisenbank {} eG", "HypoVereinsbank", "GLS Bank", "ING"),
    "AT": ("Erste Bank", "Raiffeisenbank {}", "Bank Austria", "BAWAG", "Oberbank"),
    "CH": ("UBS Switzerland AG", "Kantonalbank {}", "PostFinance", "Raiffeisen {}"),
    "FR": ("BNP Paribas", "Crédit Agricole", "Société Générale", "Crédit Mutuel", "La Banque Postale"),
    "ES": ("Banco Santander", "BBVA", "CaixaBank", "Banco Sabadell", "Bankinter"),
    "GB": ("Barclays", "Lloyds Bank", "NatWest", "HSBC UK"), "US": ("Wells Fargo", "Chase Bank"),
    "IT": ("Intesa Sanpaolo", "UniCredit"), "NL": ("ING Bank", "Rabobank"), "MY": ("MAYBANK", "CIMB BANK"),
}  # fmt: skip
#: Length of what follows the check digits of an IBAN, and how many letters it begins with.
_IBAN = {"DE": (18, 0), "AT": (16, 0), "CH": (17, 0), "FR": (23, 0), "ES": (20, 0), "GB": (18, 4),
         "IT": (23, 1), "NL": (14, 4)}  # fmt: skip
_TOP = {"DE": "de", "AT": "at", "CH": "ch", "FR": "fr", "ES": "es", "GB": "co.uk", "US": "com",
        "IT": "it", "NL": "nl", "MY": "com.my"}  # fmt: skip
_PLAIN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "é": "e", "è": "e", "ñ": "n"})


@dataclass(frozen=True)
class Party:
    """A company or a person: what letterheads, address blocks and footers say of it."""

    name: str
    address: Address
    contact: str
    vat_id: str
    tax_number: str
    phone: str
    email: str
    web: str
    bank: str
    iban: str
    bic: str
    register: str
    person: bool = False

    @property
    def country(self) -> str:
        """ISO code."""
        return self.address.country


def company(rng: Random, country: str) -> Party:
    """A firm of the country."""
    return _with_numbers(rng, firm_name(rng, country), country, person_too=False)


def someone(rng: Random, country: str) -> Party:
    """A private person."""
    return _with_numbers(rng, person(rng, country), country, person_too=True)


def firm_name(rng: Random, country: str) -> str:
    """Of a family, a trade, a place or none of them; with a legal form, mostly."""
    language = _LANGUAGE.get(country, "en")
    trade, family = rng.choice(_TRADES[language]), last_name(country)
    if country == "MY":
        return _malaysian_name(rng)
    core = rng.choice((
        f"{trade} {family}", f"{family} {trade}", f"{family} & {last_name(country)}", family,
        f"{family} + {last_name(country)} {trade}", f"{trade} {people.town(country)}",
        f"{coined(rng)} {trade}", coined(rng), f"{coined(rng)} {people.town(country)}",
        f"{coined(rng)}-{trade}" if language == "de" else f"{coined(rng)} {trade}",
        _letters(rng, rng.randint(2, 4)) + " " + trade, f"{family}{rng.choice(('werk', ' Group', 'bau'))}",
        f"{printable(people.faker_of(country).first_name())} {family}",
    ))  # fmt: skip
    form = rng.choice(_FORMS[country])
    name = f"{core}{form}" if form.startswith(",") else f"{core} {form}".strip()
    return name.upper() if rng.random() < 0.06 else name


def _malaysian_name(rng: Random) -> str:
    words = [
        "UNI",
        "GREAT",
        "GOLDEN",
        "STAR",
        "JAYA",
        "MEGA",
        "SUPER",
        "LUCKY",
        "SYARIKAT",
        "PERNIAGAAN",
        "RESTORAN",
        "KEDAI",
        "POPULAR",
        "MEWAH",
        "EVER",
        "FRESH",
        "SUNNY",
        "HARDWARE",
        "BOOK",
        "MART",
        "STATIONERY",
        "BAKERY",
        "ELECTRICAL",
        "PHARMACY",
        "MACHINERY",
        "FOOD",
        "CAFE",
        "AIK",
        "HUP",
        "SENG",
        "HENG",
        "TECK",
        "LEE",
        "ONG",
        "TAN",
        "LIM",
        "CHUAN",
        "SOON",
        "HOCK",
        "WAH",
        "KEE",
        "YONG",
        "FATT",
        "KIM",
        "GUAN",
        "MENG",
        "LOONG",
    ]
    name = " ".join(rng.sample(words, rng.randint(2, 4)))
    return f"{name} {rng.choice(_FORMS['MY'])}"


def coined(rng: Random) -> str:
    """A name that means nothing."""
    word = "".join(rng.choices(_SYLLABLES, k=rng.randint(1, 3))) + rng.choice(_ENDINGS)
    return word.upper() if rng.random() < 0.15 else word.capitalize()


def _letters(rng: Random, count: int) -> str:
    return "".join(rng.choices(string.ascii_uppercase, k=count))


def digits(rng: Random, count: int) -> str:
    """So many, the first no zero."""
    return str(rng.randint(1, 9)) + "".join(rng.choices(string.digits, k=count - 1))


def _with_numbers(rng: Random, name: str, country: str, *, person_too: bool) -> Party:
    address = people.address(rng, country)
    contact = person(rng, country)
    short = "".join(c for c in name.lower().translate(_PLAIN) if c.isascii() and c.isalnum())[:18]
    domain = f"{short or 'post'}.{_TOP[country]}"
    mailbox = rng.choice(
        ("info", "office", "kontakt", "mail", "service", "rechnung", "buchhaltung")
    )
    bank = rng.choice(_BANKS[country]).format(address.city)
    return Party(
        name=name,
        address=address,
        contact=contact,
        vat_id=vat_id(rng, country),
        tax_number=tax_number(rng, country),
        phone=phone(rng, country),
        email=f"{mailbox}@{domain}",
        web=rng.choice((f"www.{domain}", f"https://{domain}", domain)),
        bank=bank,
        iban=iban(rng, country),
        bic=bic(rng, country),
        register=register(rng, country, address.city),
        person=person_too,
    )


def phone(rng: Random, country: str) -> str:
    """In a customary grouping."""
    area, number = rng.randint(20, 9999), digits(rng, rng.randint(4, 8))
    if country == "DE":
        return rng.choice((
            f"0{area} {number}", f"0{area} / {number}", f"+49 {area} {number}", f"0{area}-{number}",
            f"+49 (0){area} {number[:3]} {number[3:]}", f"(0{area}) {number}", f"0{area}/{number}-0",
        )).strip()  # fmt: skip
    if country == "US":
        a, b, c = rng.randint(201, 989), rng.randint(200, 999), rng.randint(0, 9999)
        return rng.choice(("({}) {}-{:04}", "{}-{}-{:04}", "{}.{}.{:04}", "+1 {} {} {:04}")).format(
            a, b, c
        )
    if country == "MY":
        return rng.choice(
            (
                f"0{rng.randint(3, 9)}-{digits(rng, 8)}",
                f"0{rng.randint(3, 9)}-{digits(rng, 4)} {digits(rng, 4)}",
            )
        )
    return printable(people.faker_of(country).phone_number())


def vat_id(rng: Random, country: str) -> str:
    """With the check digits that exist; every third in groups."""
    nine = digits(rng, 9)
    if country == "DE":
        return _spaced(rng, "DE", _german_vat(nine[:8]), (3, 3, 3))
    if country == "AT":
        return f"ATU{_austrian_vat(digits(rng, 7))}"
    if country == "CH":
        body = f"CHE-{nine[:3]}.{nine[3:6]}.{nine[6:]}"
        return f"{body} MWST" if rng.random() < 0.6 else body
    if country == "FR":
        siren = _luhn(nine[:8])
        return _spaced(rng, "FR", f"{(12 + 3 * (int(siren) % 97)) % 97:02}{siren}", (2, 3, 3, 3))
    if country == "ES":
        return f"ES{rng.choice('AB')}{digits(rng, 8)}"
    if country == "IT":
        return f"IT{_luhn(digits(rng, 10))}"
    if country == "NL":
        return f"NL{nine}B{rng.randint(1, 20):02}"
    if country == "US":
        return f"{nine[:2]}-{nine[2:]}"
    if country == "MY":
        return f"00{digits(rng, 10)}"
    return _spaced(rng, "GB", nine, (3, 4, 2))


def _spaced(rng: Random, prefix: str, body: str, groups: tuple[int, ...]) -> str:
    if rng.random() < 0.8:
        return prefix + body
    parts, at = [prefix], 0
    for group in groups:
        parts.append(body[at : at + group])
        at += group
    return " ".join(parts)


def _german_vat(eight: str) -> str:
    """ISO 7064, modulus 11,10."""
    check = 10
    for digit in eight:
        total = (check + int(digit)) % 10 or 10
        check = 2 * total % 11
    return eight + str((11 - check) % 10)


def _austrian_vat(seven: str) -> str:
    total = sum(sum(divmod(int(d) * (1 + at % 2), 10)) for at, d in enumerate(seven))
    return seven + str((10 - (total + 4) % 10) % 10)


def _luhn(body: str) -> str:
    total = 0
    for at, digit in enumerate(reversed(body)):
        doubled = int(digit) * (2 if at % 2 == 0 else 1)
        total += doubled - 9 if doubled > 9 else doubled
    return body + str((10 - total % 10) % 10)


def tax_number(rng: Random, country: str) -> str:
    """The national one, beside the VAT id."""
    one = digits(rng, 11)
    if country == "DE":
        return rng.choice((f"{one[:3]}/{one[3:6]}/{one[6:]}", f"{one[:2]}/{one[2:5]}/{one[5:10]}",
                           f"{one[:3]} {one[3:7]} {one[7:]}", f"{one[:3]}/{one[3:7]}/{one[7:]}"))  # fmt: skip
    if country == "FR":
        return f"{one[:3]} {one[3:6]} {one[6:9]} {digits(rng, 5)}"
    return one[:9]


def iban(rng: Random, country: str) -> str:
    """With right check digits, in groups of four, mostly; "" where the country has none."""
    if country not in _IBAN:
        return ""
    length, letters = _IBAN[country]
    body = "".join(rng.choices(string.ascii_uppercase, k=letters)) + digits(rng, length - letters)
    number = "".join(str(int(c, 36)) for c in f"{body}{country}00")
    whole = f"{country}{98 - int(number) % 97:02}{body}"
    if rng.random() < 0.25:
        return whole
    return " ".join(whole[at : at + 4] for at in range(0, len(whole), 4))


def bic(rng: Random, country: str) -> str:
    """Eight or eleven characters."""
    last = rng.choice(
        ("", "XXX", "".join(rng.choices(string.ascii_uppercase + string.digits, k=3)))
    )
    return f"{_letters(rng, 4)}{country}{rng.choice(('FF', 'DE', 'MM', '2L', 'PP'))}{last}"


def register(rng: Random, country: str, city: str) -> str:
    """Where the firm is registered, as footers say it."""
    number = digits(rng, rng.randint(4, 6))
    if country in ("DE", "AT"):
        return rng.choice(
            (
                f"Amtsgericht {city} HRB {number}",
                f"HRB {number}, AG {city}",
                f"Registergericht: {city}, HRA {number}",
            )
        )
    if country == "FR":
        return f"RCS {city} B {digits(rng, 9)}"
    if country == "GB":
        return f"Registered in England No. {digits(rng, 8)}"
    return f"Reg. No. {number}"
