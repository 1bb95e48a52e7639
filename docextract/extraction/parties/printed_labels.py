"""Labels that forms and viewers print before a party's name, address and its parts."""

from collections.abc import Sequence

from docextract.layout.labels import fold_label
from docextract.schema import FieldType

_LABELS = {
    FieldType.NAME: (
        "name company firma firmenname unternehmen companyname firmname nom raisonsociale société "
        "entreprise nombre razónsocial empresa nombrecompleto namefirma unternehmensname "
        "tradingname legalname dénomination"
    ),
    FieldType.ADDRESS: (
        "address anschrift adresse postanschrift street straße streetaddress postaladdress "
        "adressepostale dirección domicilio"
    ),
}
#: The labels of a party's own name and address, folded.
LABELS = {kind: frozenset(map(fold_label, words.split())) for kind, words in _LABELS.items()}
#: Labels of the parts of an address, as the viewers of e-invoices print them.
_PARTS = {
    "street": (
        "straße/hausnummer straßeundhausnummer straße1 straßenname adresszeile1 anschrift1 "
        "street/number addressline1 streetaddress1 rue rueetnuméro lignedadresse1 calle"
    ),
    "more": "adresszeile2 adresszusatz straße2 anschrift2 addressline2 complémentdadresse",
    "postcode": "plz postleitzahl postcode postalcode zip zipcode codepostal códigopostal cp",
    "city": "ort ortsname stadt city town ville commune localité ciudad localidad población",
    "town": "plz/ort plzort plz/stadt postcode/city codepostal/ville",
}
#: Label -> the part of an address that it names.
PART_OF = {fold_label(label): part for part, labels in _PARTS.items() for label in labels.split()}
_STREETS = frozenset(label for label, part in PART_OF.items() if part == "street")
#: The same labels, those of a street with those of an address: what a line of it has.
OWN = {**LABELS, FieldType.ADDRESS: LABELS[FieldType.ADDRESS] | _STREETS}
#: All of them.
KNOWN: frozenset[str] = frozenset[str](PART_OF).union(*LABELS.values())


def lead(words: Sequence[str]) -> int:
    """How many of the first words of a line are a label, with others behind it; 0 for none."""
    counts = range(len(words) - 1, 0, -1)
    return next((count for count in counts if fold_label("".join(words[:count])) in KNOWN), 0)
