"""Nodes of a JSON Schema: resolves references and nullable types, rejects what is unsupported."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from docextract.errors import ConfigError

#: Vocabulary keyword for what only docextract understands; others ignore unknown keywords.
EXTENSION_KEY = "x-docextract"

#: Keywords that say how else a value might be built; a record has one shape.
_UNSUPPORTED = (
    *("oneOf", "not", "if", "then", "else", "dependentSchemas", "dependentRequired"),
    *("patternProperties", "propertyNames", "prefixItems", "contains", "$dynamicRef"),
)
#: What the keywords that are read must be.
_SHAPES: Mapping[str, tuple[type, ...]] = {
    "properties": (Mapping,),
    "required": (list, tuple),
    "enum": (list, tuple),
    "anyOf": (list, tuple),
    "allOf": (list, tuple),
    "type": (str, list, tuple),
    "$ref": (str,),
    "format": (str,),
    "pattern": (str,),
    "title": (str,),
    "description": (str,),
    EXTENSION_KEY: (Mapping,),
}
#: More than any honest chain of references; a longer one goes in a circle.
_LONGEST_CHAIN = 20


@dataclass(frozen=True)
class Node:
    """A part of a JSON Schema, the whole that its references lead into, and where it stands."""

    part: Any
    doc: Mapping[str, Any]
    at: str
    in_rows: bool = False

    @property
    def type(self) -> str:
        """Its JSON type; an object or an array may go without saying."""
        implied = "object" if "properties" in self.part else "array" if "items" in self.part else ""
        return str(self.part.get("type", implied))

    def step(self, *keys: str) -> "Node":
        """The part under these keys."""
        part = self.part
        for key in keys:
            part = part[key]
        return replace(self, part=part, at="/".join((self.at, *keys)))

    def error(self, message: str) -> ConfigError:
        """What is wrong here."""
        return ConfigError(f"JSON Schema at {self.at}: {message}")

    def extension(self) -> dict[str, Any]:
        """What stands under "x-docextract"."""
        return dict(self.part.get(EXTENSION_KEY, {}))

    def resolved(self) -> "Node":
        """The same part with references followed and the choice of null left out.

        `nullable` in the answer's part says whether null was a choice.
        """
        node = self
        for _ in range(_LONGEST_CHAIN):
            _check(node)
            if (part := _simpler(node)) is None:
                return node
            node = replace(node, part=part)
        raise self.error("references go in a circle")


def _check(node: Node) -> None:
    """Refuse a part that is not understood, or is no JSON Schema at all."""
    if not isinstance(node.part, Mapping):
        raise node.error("an object is needed here")
    if unknown := next((key for key in _UNSUPPORTED if key in node.part), None):
        raise node.error(f"{unknown!r} is not supported")
    for key, shapes in _SHAPES.items():
        if key in node.part and not isinstance(node.part[key], shapes):
            raise node.error(f"{key!r} cannot be {node.part[key]!r}")
    for option in (*node.part.get("anyOf", ()), *node.part.get("allOf", ())):
        if not isinstance(option, Mapping):
            raise node.error(f"{option!r} is not a schema")


def _simpler(node: Node) -> Mapping[str, Any] | None:
    """The part with one reference or choice resolved; None where there is none."""
    part = dict(node.part)
    if "$ref" in part:
        return {**_referred(node, part.pop("$ref")), **part}
    if "allOf" in part:
        parts = part.pop("allOf")
        if len(parts) != 1:
            raise node.error("'allOf' with more than one part is not supported")
        return {**parts[0], **part}
    if "anyOf" in part:
        options = part.pop("anyOf")
        rest = [option for option in options if option != {"type": "null"}]
        null = {"nullable": True} if len(rest) < len(options) else {}
        return {**_only(node, rest), **part, **null}
    if isinstance(part.get("type"), list | tuple):
        types = part.pop("type")
        rest = [{"type": name} for name in types if name != "null"]
        null = {"nullable": True} if "null" in types else {}
        return {**_only(node, rest), **part, **null}
    return None


def _only(node: Node, options: Sequence[Mapping[str, Any]]) -> Mapping[str, Any]:
    """The one option; of a number and a text, the number: the text is there to keep it exact."""
    if len(options) == 1:
        return options[0]
    if all(option.get("type") in ("number", "integer", "string") for option in options):
        numbers = [option for option in options if option["type"] == "number"]
        if numbers:
            return numbers[0]
    raise node.error("a value of several types is not supported, but for null")


def _referred(node: Node, reference: str) -> Mapping[str, Any]:
    """The part that a reference such as #/$defs/Line names (RFC 6901)."""
    if not reference.startswith("#"):
        raise node.error(f"{reference!r} leads out of the document; only # references are followed")
    found: Any = node.doc
    for key in reference[1:].split("/")[1:]:
        name = key.replace("~1", "/").replace("~0", "~")
        if not isinstance(found, Mapping) or name not in found:
            raise node.error(f"there is no {reference!r}")
        found = found[name]
    if not isinstance(found, Mapping):
        raise node.error(f"{reference!r} is no schema")
    return found
