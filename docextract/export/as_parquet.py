"""Parquet: records.parquet and line_items.parquet, with typed columns."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from docextract.export.columns import SCALE, Cell, Column, Sort, clean, storable
from docextract.export.files import atomic
from docextract.export.rows import Add, Target
from docextract.export.tables import Layout, Write

if TYPE_CHECKING:
    import pyarrow as pa

#: Rows that are held and written together: enough for columns to compress well.
_GROUP = 10_000


@contextmanager
def tables(target: Target) -> Iterator[Add]:
    """records.parquet and line_items.parquet; errors are in errors.csv."""
    options = target.options
    layout = Layout(target.used, options.confidences, options.review)
    with (
        _table(target.out / "records.parquet", layout.record_columns) as record_row,
        _table(target.out / "line_items.parquet", layout.line_columns) as line_row,
    ):
        yield layout.adder(record_row, line_row)


@contextmanager
def _table(path: Path, columns: Sequence[Column]) -> Iterator[Write]:
    import pyarrow as pa
    from pyarrow import parquet

    shape = pa.schema([pa.field(column.name, _type(column.sort)) for column in columns])
    held: list[list[Cell]] = []
    with atomic(path) as part, parquet.ParquetWriter(part, shape) as writer:

        def flush() -> None:
            writer.write_table(_group(held, shape))
            held.clear()

        def write(cells: Sequence[Cell]) -> None:
            held.append([_cell(cell) for cell in cells])
            if len(held) == _GROUP:
                flush()

        yield write
        flush()


def _group(rows: Sequence[Sequence[Cell]], shape: "pa.Schema") -> "pa.Table":
    import pyarrow as pa

    made = [pa.array([row[at] for row in rows], field.type) for at, field in enumerate(shape)]
    return pa.Table.from_arrays(made, schema=shape)


def _type(sort: Sort) -> "pa.DataType":
    import pyarrow as pa

    match sort:
        case Sort.NUMBER:
            return pa.decimal128(38, SCALE)
        case Sort.INTEGER:
            return pa.int64()
        case Sort.SHARE:
            return pa.float64()
        case Sort.BOOLEAN:
            return pa.bool_()
        case Sort.DATE:
            return pa.date32()
        case Sort.TIME:
            return pa.time64("us")
    return pa.string()


def _cell(cell: Cell) -> Cell:
    return clean(cell) if isinstance(cell, str) else storable(cell)
