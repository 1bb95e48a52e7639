"""Rehearsal data against catastrophic forgetting: synthetic documents of the other kinds.

A model that sees one kind only soon takes everything for it, and forgets the fields of the others
(McCloskey and Cohen, "Catastrophic interference", 1989; to mix in what was learnt before is
Robins' rehearsal, 1995, and to invent it his pseudo-rehearsal).
"""

from collections.abc import Collection
from importlib.util import find_spec

from docextract.errors import MissingDependency
from docextract.training.augmentation.label_paraphrases import LabelSentences
from docextract.training.data.examples import Example

#: Of the word pieces that training sees; a judgement: enough of each kind in every few steps.
SHARE = 0.25
#: Documents: 13 of each of nine kinds, made in 2 seconds.
COUNT = 120


def rehearsal_examples(
    own: Collection[str], sentences: LabelSentences, *, seed: int = 0
) -> list[Example]:
    """Synthetic documents of all kinds but `own` whose labels all have a label sentence.

    Raises MissingDependency when what measures their print is not installed.
    """
    if find_spec("reportlab") is None:
        raise MissingDependency(
            "training invents documents of other kinds with reportlab, which is not here; "
            "try: pip install reportlab"
        )
    from docextract.training.synthetic import KINDS, synthetic_examples

    kinds = [kind for kind in KINDS if kind not in own and kind in sentences.kinds]
    made = synthetic_examples(COUNT, seed, kinds) if kinds else ()
    return [example for example in made if example.asked <= sentences.labels.keys()]
