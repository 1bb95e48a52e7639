"""Entry points of the generator: synthetic documents of all kinds, each from its own seed."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from random import Random
from typing import Any

from docextract.training.data.examples import Example
from docextract.training.synthetic.facts import identifiers as ids
from docextract.training.synthetic.facts import people
from docextract.training.synthetic.invoice import layout as invoice
from docextract.training.synthetic.kinds import ad_buy, agreement, form, letter, medical, offer
from docextract.training.synthetic.paper.sheet import Sheet, has_no_overlaps
from docextract.training.synthetic.reading import read_sheet
from docextract.training.synthetic.receipt import layout as receipt

SOURCE = "generator"


@dataclass(frozen=True)
class SyntheticDocument:
    """A synthetic document: its laid-out sheet, its training example and its facts."""

    sheet: Sheet
    example: Example
    facts: Any


#: Kind -> (what draws it, its fields).
_MAKERS: Mapping[str, tuple[Callable[..., tuple[Any, Sheet]], Sequence[str]]] = {
    invoice.KIND: (invoice.draw, invoice.FIELDS),
    receipt.KIND: (receipt.draw, receipt.FIELDS),
    letter.KIND: (letter.draw, letter.FIELDS),
    medical.KIND: (medical.draw, medical.FIELDS),
    offer.KIND: (offer.draw, offer.FIELDS),
    form.KIND: (form.draw, form.FIELDS),
    ad_buy.KIND: (ad_buy.draw, ad_buy.FIELDS),
    agreement.NDA: (agreement.draw_nda, agreement.NDA_FIELDS),
    agreement.CONTRACT: (agreement.draw_contract, agreement.CONTRACT_FIELDS),
}
#: All kinds that can be made.
KINDS = tuple(_MAKERS)


def synthetic_examples(count: int, seed: int, kinds: Sequence[str] = KINDS) -> Iterator[Example]:
    """Training examples of synthetic documents; the same seed gives the same ones."""
    for made in synthetic_documents(count, seed, kinds):
        yield made.example


def synthetic_documents(
    count: int, seed: int, kinds: Sequence[str] = KINDS
) -> Iterator[SyntheticDocument]:
    """Synthetic documents with the sheets that they are printed on, kinds by turns."""
    for number in range(count):
        kind = kinds[number % len(kinds)]
        yield synthetic_document(kind, seed * 1_000_003 + number)


def synthetic_document(
    kind: str, seed: int, *, fiction: bool = False, **wanted: Any
) -> SyntheticDocument:
    """The synthetic document of this kind and seed.

    Args:
        kind: One of `KINDS`.
        seed: Of all random choices.
        fiction: Telephone numbers and domains are of those that nobody can have.
        wanted: What the kind's `draw` takes beside the random generator.
    """
    with ids.fiction() if fiction else nullcontext():
        return _one(kind, seed, wanted)


def _one(kind: str, seed: int, wanted: Mapping[str, Any]) -> SyntheticDocument:
    rng = Random(f"{kind} {seed}")
    people.seed_names(rng)
    draw, fields = _MAKERS[kind]
    facts, sheet = draw(rng, **wanted)
    while not has_no_overlaps(
        sheet
    ):  # chance put one text on another, or past the edge: another try
        facts, sheet = draw(rng, **wanted)
    passage, marks = read_sheet(sheet, kind)
    name = f"{kind}-{seed}"
    example = Example(
        name=name, source=SOURCE, group=name, passage=passage, marks=marks,
        asked=frozenset(f"{kind}.{field}" for field in fields), kind=kind, language=facts.language,
    )  # fmt: skip
    return SyntheticDocument(sheet, example, facts)
