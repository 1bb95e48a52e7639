"""Training examples: the words of a document with labelled spans and the document's kind."""

from dataclasses import dataclass

from docextract.models.bi_encoder.passage import Passage


@dataclass(frozen=True)
class Mark:
    """A labelled span: words [start, end) of the passage carry a value of the label.

    A label is "receipt.total", "invoice.line_items" (a whole row), "invoice.line_items.quantity"
    or "entity.PERSON".
    """

    label: str
    start: int
    end: int


@dataclass(frozen=True)
class Example:
    """A labelled document.

    Attributes:
        name: Tells it from others of its source.
        source: The data set that it is from.
        group: What must not be on both sides of a split: a vendor, a template, an article.
        passage: Its words.
        marks: Which words carry what; several of one label when it is printed several times.
        asked: The labels that are annotated: one of them without a mark is known to be absent,
            any other label is unknown and nothing is learnt of it.
        kind: The document's kind, "unknown" for one of no kind; None: not labelled.
        language: ISO 639-1.
    """

    name: str
    source: str
    group: str
    passage: Passage
    marks: tuple[Mark, ...] = ()
    asked: frozenset[str] = frozenset()
    kind: str | None = None
    language: str = "en"
