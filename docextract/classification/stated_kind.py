"""The kind that a file states as data, as an e-invoice does: certain, whatever its pages say."""

from collections.abc import Collection

from docextract.document import Document, Kind


def kind_of(doc: Document, names: Collection[str]) -> Kind | None:
    """The kind that a document states, if it is one of these."""
    if doc.stated is None or doc.stated.kind not in names:
        return None
    return Kind(doc.stated.kind, 1.0, origin=doc.stated.reason)
