"""Who read a value and by what evidence, as its origin says."""

from collections.abc import Mapping

#: How an origin begins -> its source. Every other origin is a rule's, over what is printed.
_SOURCES: Mapping[str, str] = {
    "model": "model",
    "form": "form",
    "qr": "code",
    "barcode": "code",
    "xml": "xml",
}


def way_of(origin: str) -> str:
    """The kind of evidence that an origin speaks of: "label", "pattern", "entity", "model" ..."""
    return origin.removeprefix("rule:").partition(" ")[0].partition(":")[0].rstrip(",")


def source_of(origin: str) -> str:
    """Who read a value, by its origin: "rules", "model", "form", "code" or "xml"."""
    return _SOURCES.get(way_of(origin), "rules")
