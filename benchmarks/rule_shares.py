"""For each rule and type of field, how many of its candidates were right.

    python benchmarks/rule_shares.py [--generated 100]

`accuracy.py --rules` prints it, on a training part; this prints it of invented documents, which
have kinds and fields that no set has. docextract/extraction/rule_precision.py has such a table.
"""

import argparse
import sys
from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from docextract import resources
from docextract.document import Document, Kind, Value
from docextract.evaluation.inputs.sides import Found
from docextract.evaluation.metrics.equality import Level, holds
from docextract.pipeline import build
from docextract.schema import Schema
from docextract.training.data.corpora.sheets import FIELD_SETS
from docextract.training.fitting.cases import Case, invented
from docextract.training.fitting.labelled_sets import Example

#: Columns that the sets state as codes ("C62") where a page has words.
CODED = frozenset({"unit"})

Shares = defaultdict[tuple[str, str], Counter[bool]]


def rule_shares(
    examples: Sequence[Example],
    documents: Sequence[Document | None],
    schemas: Sequence[Schema],
    name: str,
) -> str:
    """The lines of the table, over the fields and the columns that the set knows."""
    layout, counts = FIELD_SETS[name], Shares(Counter)
    schema = next(schema for schema in schemas if schema.name == layout.kind)
    for example, doc in zip(examples, documents, strict=True):
        answers = {**example.answers, **_columns(example)}
        for value in _once(doc.candidates if doc else (), schema):
            if value.field in answers:
                found = Found(value.value, value.raw)
                right = any(
                    holds(
                        Level.NORMALISED,
                        schema.field(value.field),
                        found,
                        answer,
                        month_first=layout.month_first,
                    )
                    for answer in answers[value.field]
                )
                counts[rule_of(value, schema)][right] += 1
    return _lines(counts)


def of_cases(cases: Sequence[Case], schemas: Sequence[Schema]) -> str:
    """The lines of the table, over the fields that stand once in a document."""
    counts = Shares(Counter)
    given = {"schemas": tuple(schemas)}
    stages = [build({"use": use, "model": ""}, given) for use in ("entities", "fields")]
    for case in cases:
        docs = [case.document.add(kind=Kind(case.kind, 1.0, origin="given"))]
        for stage in stages:
            docs = stage(docs)
        schema = next(schema for schema in schemas if schema.name == case.kind)
        for value in _once(docs[0].candidates, schema):
            if value.field in case.answers:
                right = case.has(schema.field(value.field), value)
                counts[rule_of(value, schema)][right] += 1
    return _lines(counts)


def _lines(counts: Shares) -> str:
    return "\n".join(
        f'    ("{rule}", "{kind}"): {count[True] / count.total():.2f},  # of {count.total()}'
        for (rule, kind), count in sorted(counts.items())
    )


def rule_of(value: Value, schema: Schema) -> tuple[str, str]:
    """The rule and the type that `trust.SHARES` is keyed by."""
    rule = value.origin.removeprefix("rule:").partition(" '")[0].partition(' "')[0]
    return rule, schema.field(value.field).type.value


def _columns(example: Example) -> dict[str, tuple[str, ...]]:
    """The true cells of each column that is stated as printed, whatever their rows."""
    rows = example.rows or ()
    return {
        f"line_items.{column}": tuple(cell for row in rows if (cell := row.get(column)))
        for column in (rows[0] if rows else ())
        if column not in CODED
    }


def _once(values: Sequence[Value], schema: Schema) -> list[Value]:
    """A rule that says one thing several times says it once, but for the cells of rows."""
    known = {
        (value.field, value.row, rule_of(value, schema), value.value): value for value in values
    }
    return list(known.values())


def main() -> None:
    """Print the table of invented documents."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--generated", type=int, default=100, help="documents of each kind")
    options = parser.parse_args()
    schemas = [Schema.load(path) for path in resources.available("schemas").values()]
    print(of_cases(list(invented(options.generated)), schemas))


if __name__ == "__main__":
    main()
