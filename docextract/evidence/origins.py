"""Groups of sources that err independently, and the method of a rule."""

from collections.abc import Mapping

from docextract.document import Origin, SourceType

#: Sources that read a value in the same way count as one. Of all others a name of their own.
_GROUPS: Mapping[SourceType, str] = {
    SourceType.RULE: "rules",
    SourceType.QR: "code",
    SourceType.BARCODE: "code",
}


def source_group(origin: Origin) -> str:
    """Who read a value: "rules", "model", "form", "code", "xml", "person"."""
    return _GROUPS.get(origin.source, str(origin.source))


def method(origin: Origin) -> str:
    """By what sort of sign: "label", "pattern", "entity", ...; of what is no rule, its source."""
    return origin.name.partition(" ")[0] if origin.source is SourceType.RULE else origin.source
