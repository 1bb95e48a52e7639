"""Metrics of entities: strict span F1, as seqeval defines it.

A span is right when its label, its start and its end are all those of a true span; micro-F1 is
over all spans of all documents (Nakayama, seqeval, 2018, which follows the conlleval script of
Tjong Kim Sang and De Meulder, CoNLL-2003). Data sets annotate different labels: what is found
of other labels is left out, since nothing is known about it.
"""

from collections.abc import Collection, Iterable, Sequence

import numpy as np

from docextract.evaluation.inputs.truth_and_prediction import Entity
from docextract.evaluation.metrics.scores import EXPECTED, FOUND, RIGHT, WIDTH, CountTable


def count_spans(
    documents: Sequence[tuple[str, Iterable[Entity], Iterable[Entity]]], labels: Collection[str]
) -> CountTable:
    """Counts by document and label; `documents` are (name, true spans, found spans).

    Only spans of `labels` count. The three levels of the counts are the same: strict.
    """
    names = tuple(sorted(labels))
    counts = np.zeros((len(documents), len(names), WIDTH), dtype=np.int64)
    for row, (_, true, found) in enumerate(documents):
        expected, made = set(true), set(found)
        for at, label in enumerate(names):
            yes = {span for span in expected if span.label == label}
            said = {span for span in made if span.label == label}
            counts[row, at, EXPECTED], counts[row, at, FOUND] = len(yes), len(said)
            counts[row, at, RIGHT:] = len(yes & said)
    return CountTable(tuple(name for name, _, _ in documents), names, counts)
