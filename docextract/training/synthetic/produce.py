"""Many documents, each from its own seed."""

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
from docextract.training.synthetic.paper.sheet import Sheet, sound
from docextract.training.synthetic.reading import read
from docextract.training.synthetic.receipt import layout as receipt

SOURCE = "generator"


@dataclass(frozen=True)
class Produced:
    """A document as it is laid out, and as the model reads it."""

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


def documents(count: int, seed: int, kinds: Sequence[str] = KINDS) -> Iterator[Example]:
    """So many labelled documents; the same seed gives the same ones."""
    for made in produced(count, seed, kinds):
        yield made.example


def produced(count: int, seed: int, kinds: Sequence[str] = KINDS) -> Iterator[Produced]:
    """The same with the sheets that they are printed on, kinds by turns."""
    for number in range(count):
        kind = kinds[number % len(kinds)]
        yield one(kind, seed * 1_000_003 + number)


def one(kind: str, seed: int, *, fiction: bool = False, **wanted: Any) -> Produced:
    """The document of this kind and seed.

    Args:
        kind: One of `KINDS`.
        seed: Of all chance.
        fiction: Telephone numbers and domains are of those that nobody can have.
        wanted: What the kind's `draw` takes beside chance.
    """
    with ids.fiction() if fiction else nullcontext():
        return _one(kind, seed, wanted)


def _one(kind: str, seed: int, wanted: Mapping[str, Any]) -> Produced:
    rng = Random(f"{kind} {seed}")
    people.seeded(rng)
    draw, fields = _MAKERS[kind]
    facts, sheet = draw(rng, **wanted)
    while not sound(sheet):  # chance put one text on another, or past the edge: another try
        facts, sheet = draw(rng, **wanted)
    passage, marks = read(sheet, kind)
    name = f"{kind}-{seed}"
    example = Example(
        name=name, source=SOURCE, group=name, passage=passage, marks=marks,
        asked=frozenset(f"{kind}.{field}" for field in fields), kind=kind, language=facts.language,
    )  # fmt: skip
    return Produced(sheet, example, facts)
