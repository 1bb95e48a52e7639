"""A record: one value a field, in the shape of its schema."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Self, TypeAlias

from docextract.document.provenance import Typed
from docextract.document.value import Value

#: A row of a table: column -> its value, None where it is empty.
Row: TypeAlias = Mapping[str, Value | None]
#: What stands for a field: its value, its values where it can have many, its rows, or nothing.
Node: TypeAlias = Value | tuple[Value, ...] | tuple[Row, ...] | None
#: The same as plain data.
Data: TypeAlias = Typed | list[Typed] | list[dict[str, Typed | None]] | None
#: What a JSON text says.
Json: TypeAlias = "bool | int | float | Decimal | str | list[Json] | Mapping[str, Json] | None"
#: Makes a value of its field's path, its row, what the data says, and what the evidence says.
FromJson: TypeAlias = Callable[[str, int | None, Json, Json], Value]


@dataclass(frozen=True, slots=True)
class Review:
    """How much of a record can go on without a person, who wants `target` of its values right.

    `values` counts those of the record and `accepted` those that are taken as they are. `fields`
    need a look: paths of fields, and the category of an issue that is no field's; "kind" where
    nothing was found. None: the document passes untouched. Of `unreachable` fields no value is
    ever sure enough.
    """

    target: float
    values: int
    accepted: int
    fields: tuple[str, ...] = ()
    unreachable: tuple[str, ...] = ()


class RecordTree:
    """The values of a record by their fields, in the order of the schema.

    `tree["total"]` is a `Value` or None, `tree["parties"]` a tuple of values, and
    `tree["line_items"]` a tuple of rows, each a mapping of columns.
    """

    def __init__(self, fields: Mapping[str, Node]) -> None:
        self._fields = dict(fields)

    @classmethod
    def from_json(
        cls, data: Mapping[str, Json], evidence: Mapping[str, Json], read: FromJson
    ) -> Self:
        """The tree of a record's data and evidence, as JSON has them: two trees of one shape.

        Args:
            data: What there is; the tree takes its shape and order.
            evidence: What is said of it. `read` gets None for what it says nothing of.
            read: Makes the values.

        Raises:
            ValueError: the data has not the shape of a record.
        """
        return cls(
            {name: _node(name, part, evidence.get(name), read) for name, part in data.items()}
        )

    def __getitem__(self, field: str) -> Node:
        return self._fields[field]

    def __iter__(self) -> Iterator[str]:
        return iter(self._fields)

    def __len__(self) -> int:
        return len(self._fields)

    def __contains__(self, field: object) -> bool:
        return field in self._fields

    def __eq__(self, other: object) -> bool:
        return isinstance(other, RecordTree) and self._fields == other._fields

    __hash__ = None  # type: ignore[assignment]  # rows are mappings

    def __repr__(self) -> str:
        return f"RecordTree({self._fields!r})"

    def items(self) -> Iterator[tuple[str, Node]]:
        """Every field with what stands for it."""
        return iter(self._fields.items())

    def get(self, field: str) -> Node:
        """What stands for a field; None too where the tree has no such field."""
        return self._fields.get(field)

    def value(self, field: str) -> Value | None:
        """The value of a field that has one; None where it has none, or is of another sort."""
        node = self._fields[field]
        return node if isinstance(node, Value) else None

    def rows(self, field: str) -> tuple[Row, ...]:
        """The rows of a field; none where it is of another sort."""
        node = self._fields[field]
        parts = node if isinstance(node, tuple) else ()
        return tuple(part for part in parts if not isinstance(part, Value))

    def values(self) -> Iterator[Value]:
        """Every value there is, field by field, row by row."""
        for node in self._fields.values():
            yield from _values(node)

    def map(self, change: Callable[[Value], Value]) -> "RecordTree":
        """The tree with every value changed."""
        return RecordTree({name: _mapped(node, change) for name, node in self._fields.items()})

    @property
    def data(self) -> dict[str, Data]:
        """The typed values alone, in the same shape."""
        return {name: _data(node) for name, node in self._fields.items()}


def _node(field: str, part: Json, proof: Json, read: FromJson) -> Node:
    if not isinstance(part, list):
        return None if part is None else read(field, None, part, proof)
    known = proof if isinstance(proof, list) else []
    proofs = [*known, *(None for _ in part[len(known) :])]
    pairs = list(zip(part, proofs, strict=False))
    if not any(isinstance(one, Mapping) for one in part):
        return tuple(read(field, None, one, said) for one, said in pairs if one is not None)
    return tuple(_row(field, number, one, said, read) for number, (one, said) in enumerate(pairs))


def _row(field: str, number: int, row: Json, proof: Json, read: FromJson) -> Row:
    if not isinstance(row, Mapping):
        raise ValueError(f"{field}: rows and values are mixed in one list")
    said = proof if isinstance(proof, Mapping) else {}
    return {
        column: None if cell is None else read(f"{field}.{column}", number, cell, said.get(column))
        for column, cell in row.items()
    }


def _values(node: Node) -> Iterator[Value]:
    if isinstance(node, Value):
        yield node
    for part in node if isinstance(node, tuple) else ():
        if isinstance(part, Value):
            yield part
        else:
            yield from (cell for cell in part.values() if cell)


def _mapped(node: Node, change: Callable[[Value], Value]) -> Node:
    if isinstance(node, Value):
        return change(node)
    if node is None:
        return None
    values = tuple(change(part) for part in node if isinstance(part, Value))
    rows = tuple(
        {column: change(cell) if cell else None for column, cell in part.items()}
        for part in node
        if not isinstance(part, Value)
    )
    return values or rows


def _data(node: Node) -> Data:
    if isinstance(node, Value):
        return node.value
    if node is None:
        return None
    rows = [
        {column: cell.value if cell else None for column, cell in part.items()}
        for part in node
        if not isinstance(part, Value)
    ]
    return rows or [part.value for part in node if isinstance(part, Value)]


@dataclass(frozen=True)
class Record:
    """The result: values in exactly the schema's shape.

    `evidence` has each value with all that speaks for it, `data` the typed values alone.
    `review` is None where nobody asked which values are accepted.
    """

    schema: str
    version: str
    evidence: RecordTree
    review: Review | None = None

    @cached_property
    def data(self) -> Mapping[str, Data]:
        """The typed values, in the schema's shape."""
        return self.evidence.data
