"""What the model is asked for, in words: the sentences of a schema's fields and of its kind."""

from docextract.models.bi_encoder.entity_labels import row_sentence
from docextract.schema import FieldType, Schema


def field_sentence(schema: Schema, path: str) -> str:
    """The label of the field at `path`; of a field of rows it is one row that is asked for."""
    field = schema.field(path)
    name = path.rpartition(".")[2].replace("_", " ")
    told = field.description or f"{name}, in a {schema.name.replace('_', ' ')}"
    return row_sentence(told) if field.type is FieldType.ROWS else told


def kind_sentences(schema: Schema) -> tuple[str, ...]:
    """What documents of this kind are like, at least one sentence."""
    told = schema.description or f"A {schema.name.replace('_', ' ')}."
    return schema.kind.descriptions or (told,)
