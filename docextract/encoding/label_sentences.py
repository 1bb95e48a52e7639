"""Label sentences of a schema: the texts of its fields and its kind that the encoder compares."""

from docextract.models.bi_encoder.entity_labels import row_sentence
from docextract.schema import FieldType, Schema


def field_label_sentence(schema: Schema, path: str) -> str:
    """The label sentence of the field at `path`; for a field of rows, that of a single row."""
    field = schema.field(path)
    name = path.rpartition(".")[2].replace("_", " ")
    description = field.description or f"{name}, in a {schema.name.replace('_', ' ')}"
    return row_sentence(description) if field.type is FieldType.ROWS else description


def kind_label_sentences(schema: Schema) -> tuple[str, ...]:
    """The label sentences that describe documents of this kind, at least one."""
    description = schema.description or f"A {schema.name.replace('_', ' ')}."
    return schema.kind.descriptions or (description,)
