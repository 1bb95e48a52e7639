"""How many fields come out right, on labelled data sets.

    python benchmarks/accuracy.py --data DIR [--split dev] [--sets receipts-sroie,adbuys]
        [--given-words] [--given-kind] [--workers 2] [--errors N] [--rules]

`DIR/fields/NAME/` holds a data set (see truth.py). Documents are read from their files by the
real reader with its default OCR, unless --given-words takes the set's own words; documents
without a file are left out unless it does. The kind is found by the classify stage, unless
--given-kind gives it. Metrics are defined in scoring.py; "all" adds the counts of all fields.
Line items are scored column by column as a set of values, their order ignored.

--errors N lists the first N wrong values of each field. --rules prints, for each rule and type of
field, how many of its candidates were right: the table in docextract/stages/trust.py.
"""

import argparse
import os
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.scoring import Score, is_right, letters, score, total
from benchmarks.truth import Example, examples
from docextract import readers, resources
from docextract.document import Document, Kind, Value
from docextract.errors import InputError
from docextract.pipeline import Stage, build
from docextract.readers import ReadOptions, Source
from docextract.schema import Schema
from docextract.training.corpora.sheets import FIELD_SETS


@dataclass
class Tally:
    """What came of one data set."""

    scores: dict[str, Score] = field(default_factory=lambda: defaultdict(Score))
    errors: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    rules: dict[tuple[str, str], Counter[bool]] = field(
        default_factory=lambda: defaultdict(Counter)
    )
    documents: int = 0
    unread: int = 0
    kinds: int = 0


def main() -> None:
    """Evaluate every set and print its table."""
    options = _options()
    schemas = tuple(Schema.load(path) for path in resources.available("schemas").values())
    for name in options.sets.split(","):
        found = evaluate(name, schemas, options)
        print(report(name, found))
        if options.rules:
            print(rule_table(found))
        for path, lines in sorted(found.errors.items()) if options.errors else ():
            print(f"\n-- {path}", *lines[: options.errors], sep="\n   ")


def evaluate(name: str, schemas: Sequence[Schema], options: argparse.Namespace) -> Tally:
    """Run the stages over one data set and score what they find."""
    wanted = list(examples(options.data, name, options.split))[: options.limit]
    if not options.given_words:
        wanted = [example for example in wanted if example.path]
    tally = Tally(documents=len(wanted))
    read = _given(wanted) if options.given_words else _read(wanted, options.workers)
    pairs = [(example, doc) for example, doc in read if doc is not None]
    tally.unread = len(wanted) - len(pairs)
    kind = FIELD_SETS[name].kind
    docs = _think([doc for _, doc in pairs], schemas, kind if options.given_kind else None)
    for (example, _), doc in zip(pairs, docs, strict=True):
        tally.kinds += doc.kind is not None and doc.kind.label == kind
        judge(example, doc, next(s for s in schemas if s.name == kind), name, tally)
    return tally


def _given(wanted: Sequence[Example]) -> Iterator[tuple[Example, Document | None]]:
    return ((example, example.given) for example in wanted)


def _read(wanted: Sequence[Example], workers: int) -> Iterator[tuple[Example, Document | None]]:
    with ProcessPoolExecutor(workers) as pool:
        yield from zip(wanted, pool.map(_read_one, wanted), strict=True)


def _read_one(example: Example) -> Document | None:
    assert example.path
    source, options = Source.of(example.path), ReadOptions()
    try:
        reading = readers.read(source, options)
        return readers.finish(source, reading.document, options) if reading.document else None
    except InputError as error:
        print(f"{example.name}: {error}", file=sys.stderr)
        return None


def _think(docs: list[Document], schemas: Sequence[Schema], kind: str | None) -> list[Document]:
    given = {"schemas": tuple(schemas), "device": "auto"}
    names = ("entities", "fields", "check") if kind else ("classify", "entities", "fields", "check")
    stages: list[Stage] = [build({"use": name}, given) for name in names]
    if kind:
        docs = [replace(doc, kind=Kind(kind, 1.0, origin="given")) for doc in docs]
    for stage in stages:
        docs = stage(docs)
    return docs


def judge(example: Example, doc: Document, schema: Schema, name: str, tally: Tally) -> None:
    """Add one document's fields to the tally."""
    layout = FIELD_SETS[name]
    evidence = doc.record.evidence if doc.record and doc.record.schema == schema.name else {}
    for path, answers in example.answers.items():
        part = evidence.get(path)
        values = part if isinstance(part, list) else [part] if part else []
        made = score(schema.field(path), values, answers, month_first=layout.month_first)
        tally.scores[path] += made
        if made.right < max(made.found, made.wanted):
            told = "; ".join(f"{value.value!s} <{value.origin}>" for value in values)
            tally.errors[path].append(f"{example.name}: {list(answers)} != {told or 'nothing'}")
        said = {
            (rule_of(value, schema), value.value): value
            for value in doc.candidates
            if value.field == path
        }
        for (rule, _), value in said.items():
            right = any(
                is_right(schema.field(path), value, answer, layout.month_first)
                for answer in answers
            )
            tally.rules[rule][right] += 1
    if example.rows is not None:
        judge_rows(example, evidence.get("line_items", ()), schema, tally)


def judge_rows(
    example: Example,
    rows: Sequence[Mapping[str, Value | None]],
    schema: Schema,
    tally: Tally,
) -> None:
    """Add one document's line items to the tally."""
    assert example.rows is not None
    for path, made in row_scores(rows, example.rows).items():
        tally.scores[path] += made
        column = path.partition(".")[2]
        cells = [value for row in rows if (value := row[column])]
        if made.right < max(made.found, made.wanted):
            wanted = [row.get(column) for row in example.rows]
            told = [str(value.value) for value in cells]
            tally.errors[path].append(f"{example.name}: {wanted} != {told}")
        for rule in {rule_of(value, schema) for value in cells}:
            tally.rules[rule] += Counter({True: made.right, False: made.found - made.right})


def row_scores(
    rows: Sequence[Mapping[str, Value | None]], truth: Sequence[Mapping[str, str | None]]
) -> dict[str, Score]:
    """The counts of each column: how many of its values are among the truth's."""
    made = {}
    for column in truth[0]:
        if column == "unit":  # the truth has UN/ECE codes, which are not printed
            continue
        wanted = Counter(_plain(row[column]) for row in truth if row.get(column) is not None)
        found = Counter(_plain(str(v.value)) for row in rows if (v := row.get(column)))
        right = (wanted & found).total()
        made[f"line_items.{column}"] = Score(right, right, found.total(), wanted.total())
    return made


def _plain(text: Any) -> str:
    try:
        return f"{float(text):.4f}"
    except ValueError:
        return letters(str(text))


def rule_of(value: Value, schema: Schema) -> tuple[str, str]:
    """The rule and the type that `trust.SHARES` is keyed by."""
    rule = value.origin.removeprefix("rule:").partition(" '")[0].partition(' "')[0]
    return rule, schema.field(value.field).type.value


def report(name: str, tally: Tally) -> str:
    """The table of one data set."""
    lines = [
        f"\n{name}: {tally.documents} documents, {tally.unread} not read, "
        f"kind right {tally.kinds / max(1, tally.documents - tally.unread):.3f}",
        f"{'field':28} {'wanted':>6} {'found':>6} {'exact':>6} {'prec':>6} {'recall':>6} {'F1':>6}",
    ]
    rows = {"all fields": total(s for path, s in tally.scores.items() if "." not in path)}
    items = [made for path, made in tally.scores.items() if "." in path]
    if items:
        rows["all columns"] = total(items)
    for path, made in [*tally.scores.items(), *rows.items()]:
        lines.append(
            f"{path:28} {made.wanted:6} {made.found:6} {made.exact_recall:6.3f} "
            f"{made.precision:6.3f} {made.recall:6.3f} {made.f1:6.3f}"
        )
    return "\n".join(lines)


def rule_table(tally: Tally) -> str:
    """Each rule and type with the share of its candidates that were right."""
    return "\n".join(
        f'    ("{key[0]}", "{key[1]}"): {counts[True] / counts.total():.2f},  # of {counts.total()}'
        for key, counts in sorted(tally.rules.items())
    )


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, default=os.environ.get("DOCEXTRACT_DATA"))
    parser.add_argument("--split", default="dev", choices=["train", "dev"])
    parser.add_argument("--sets", default="receipts-sroie,adbuys,einvoices,ndas")
    parser.add_argument("--given-words", action="store_true")
    parser.add_argument("--given-kind", action="store_true")
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--limit", type=int, help="only the first documents of each set")
    parser.add_argument("--errors", type=int, default=0)
    parser.add_argument("--rules", action="store_true")
    options = parser.parse_args()
    if not options.data:
        parser.error("give --data, or set DOCEXTRACT_DATA")
    return options


if __name__ == "__main__":
    main()
