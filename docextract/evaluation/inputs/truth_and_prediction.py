"""Data types of an evaluation: ground truth and prediction of a document.

Both are made from files or from documents in memory; nothing here knows which.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from docextract.document import UNKNOWN, Document, RecordTree, SourceType, Typed, Value


class Entity(NamedTuple):
    """A labelled stretch of a document's text: code points [start, end)."""

    label: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class PredictedValue:
    """A value that a run found.

    `text` is what is printed, and `value` what was made of it; a value from JSON or CSV is text
    where it was a date. `confidence` is in [0, 1], None where the run did not say; `score` is what
    it was before a table of confidences, None where there was none.
    """

    value: Typed
    text: str = ""
    confidence: float | None = None
    page: int | None = None
    origin: str = ""
    score: float | None = None

    @classmethod
    def of(cls, value: Value, document: Document) -> "PredictedValue":
        """The same of a document in memory."""
        places = document.places_of(value)
        page = places[0].page if places else None
        said = value.chain[-1]
        # What a person wrote into a record is not a run's to be sure of.
        confidence = None if said.origin.source is SourceType.PERSON else value.confidence
        return cls(value.value, value.raw, confidence, page, str(said), value.score)


#: The rows of a table: column -> the cell.
TrueRows = tuple[Mapping[str, str | None], ...]
FoundRows = tuple[Mapping[str, PredictedValue | None], ...]


@dataclass(frozen=True)
class Truth:
    """The ground truth of a document, as far as it is known.

    Attributes:
        name: Its path, relative to the folder of documents.
        fields: Field -> the right answers: none means that the document has no such value; a
            field that is missing here is not known and not scored.
        rows: Field -> its rows. A column that is missing in the first row is not scored.
        kind: A schema's name or "unknown"; None where it is not known.
        entities: None where they are not labelled.
        source: Where the document is from, for a table of sources.
    """

    name: str
    fields: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    rows: Mapping[str, TrueRows] = field(default_factory=dict)
    kind: str | None = None
    entities: frozenset[Entity] | None = None
    source: str = ""


@dataclass(frozen=True)
class Prediction:
    """What a run found in a document.

    `unknown` is the probability that the document is of no kind, in [0, 1]; 0 where it is not
    among the kinds that the run named. `read_by` is how its pages were read, "several" where
    that differs; `pages` counts them.
    """

    name: str
    fields: Mapping[str, tuple[PredictedValue, ...]] = field(default_factory=dict)
    rows: Mapping[str, FoundRows] = field(default_factory=dict)
    kind: str = UNKNOWN
    unknown: float = 0.0
    entities: frozenset[Entity] = frozenset()
    read_by: str = "not said"
    pages: int = 0

    @classmethod
    def of(cls, document: Document) -> "Prediction":
        """What a pipeline's stages put into a document."""
        kind = document.kind
        shares = dict(kind.runners_up) if kind else {}
        if kind:
            shares[kind.label] = kind.confidence
        tree = document.record.evidence if document.record else RecordTree({})
        fields, rows = parts_of(tree, document)
        return cls(
            document.name,
            fields,
            rows,
            kind.label if kind else UNKNOWN,
            shares.get(UNKNOWN, 0.0),
            frozenset(Entity(span.label, span.start, span.end) for span in document.entities),
            read_by(page.read_by for page in document.pages),
            len(document.pages),
        )


def read_by(pages: Any) -> str:
    """How all pages were read, where it is one way."""
    ways = set(pages)
    return ways.pop() if len(ways) == 1 else "several" if ways else "not said"


def parts_of(
    tree: RecordTree, document: Document
) -> tuple[dict[str, tuple[PredictedValue, ...]], dict[str, FoundRows]]:
    """What was found for the fields that are no tables, and for those that are.

    Args:
        tree: The values of a record.
        document: Where they stand; one without pages, where the values say so themselves.
    """
    fields: dict[str, tuple[PredictedValue, ...]] = {}
    rows: dict[str, FoundRows] = {}
    for name, node in tree.items():
        if table := tree.rows(name):
            rows[name] = tuple(
                {
                    key: PredictedValue.of(cell, document) if cell else None
                    for key, cell in row.items()
                }
                for row in table
            )
        else:
            parts = node if isinstance(node, tuple) else (node,)
            values = [part for part in parts if isinstance(part, Value)]
            fields[name] = tuple(PredictedValue.of(value, document) for value in values)
    return fields, rows
