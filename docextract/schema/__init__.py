"""Document schemas: which fields the record of a kind has, how they are found and checked.

A schema comes from a TOML file (schemas/*.toml), from a pydantic model or from a JSON Schema; all
three end as the same frozen `Schema`, and unknown keys are rejected with the known ones named.
"""

from docextract.schema.fields import Bound, FieldSchema, FieldType, Pattern
from docextract.schema.schema import NAME, Check, KindSchema, Schema

__all__ = [
    "NAME",
    "Bound",
    "Check",
    "FieldSchema",
    "FieldType",
    "KindSchema",
    "Pattern",
    "Schema",
]
