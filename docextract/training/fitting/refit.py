"""Refits the scorer on documents that a model did not learn from, near the weights it had."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from docextract.resolution.scoring.scorer import Scorer
from docextract.schema import Schema
from docextract.training.data.examples import Example
from docextract.training.fitting.cases import case_of_example, solved
from docextract.training.fitting.scorer_data import choices
from docextract.training.fitting.scorer_fit import fit

#: Documents from which weights are refitted; fewer cannot tell what sources are worth.
LEAST_DOCUMENTS = 30


def refitted(
    known: Scorer, examples: Sequence[Example], schemas: Mapping[str, Schema], model: str
) -> Scorer:
    """The scorer with weights that these documents moved; as it was where they are too few.

    Args:
        known: The weights to stay near.
        examples: Documents that the model was not trained on.
        schemas: Kind -> its schema.
        model: The model's folder.
    """
    own = [one for one in examples if one.kind in schemas]
    if len(own) < LEAST_DOCUMENTS:
        return known
    cases = [case_of_example(one, one.kind or "") for one in own]
    found = list(choices(solved(cases, schemas, model), schemas))
    made = fit(found, known) if found else known
    return replace(made, documents=known.documents + len(own))
