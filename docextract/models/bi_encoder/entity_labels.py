"""Label sentences of the entity types that the bi-encoder recognises in any document."""

from collections.abc import Mapping

#: Entity type -> the sentence that stands for it. A schema's fields bring their own.
ENTITY_SENTENCES: Mapping[str, str] = {
    "PERSON": "person: the name of a person",
    "ORG": "organisation: the name of a company, institution, party or other organisation",
    "LOC": "location: the name of a place, city, country, region or building",
    "ADDRESS": "address: a postal address with street, number, postal code and city",
    "DATE": "date: a day, month or year",
    "MONEY": "money: an amount with its currency",
    "QUANTITY": "quantity: a number with its unit of measure",
    "PRODUCT": "product: the name of a product, brand or model",
    "IDENTIFIER": "identifier: a number or code that identifies something",
    "EVENT": "event: the name of an event such as a war, contest or conference",
    "LAW": "law: a statute, regulation or court decision",
    "MISC": "other name: a nationality, work, language or other proper name",
    "DISEASE": "disease: a disease, disorder or symptom",
    "CHEMICAL": "chemical: a drug or chemical substance",
    "ANATOMY": "anatomy: a part of the body, an organ, tissue or cell",
}


def row_sentence(description: str) -> str:
    """The label sentence of a whole table row, from the description of its group of fields."""
    return f"one row of {description}"
