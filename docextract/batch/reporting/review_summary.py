"""Review summary: how many values and documents of a run are accepted without human review."""

from collections.abc import Iterable
from dataclasses import dataclass

from docextract.export import ExportRow, loads


@dataclass(frozen=True)
class ReviewSummary:
    """What is accepted of all documents in the outputs, so that `target` of it is right.

    Of `untouched` documents all values are accepted, nothing of weight is wrong and nothing that
    the schema requires is missing. What failed, or is of no known kind, is none of them. Of
    `unreachable` fields, such as "invoice.total", no value is ever sure enough.
    """

    target: float
    values: int
    accepted: int
    documents: int
    untouched: int
    unreachable: tuple[str, ...]


def summarise_review(rows: Iterable[ExportRow], target: float) -> ReviewSummary:
    """Count accepted values and documents, over all documents of a run."""
    values = accepted = documents = untouched = 0
    unreachable: dict[str, None] = {}
    for row in rows:
        documents += 1
        review = loads(row.json).get("review") if row.json else None
        if review:
            values += review["values"]
            accepted += review["accepted"]
            untouched += not review["fields"]
            unreachable |= dict.fromkeys(f"{row.kind}.{name}" for name in review["unreachable"])
    return ReviewSummary(target, values, accepted, documents, untouched, tuple(sorted(unreachable)))
