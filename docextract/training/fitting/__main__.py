"""Fits what is shipped beside the weights of the model.

    python -m docextract.training.fitting rules  --data DIR [--synthetic 60]
    python -m docextract.training.fitting scorer --data DIR [--synthetic 40] [--model default]

`rules` counts how often each rule is right and writes docextract/extraction/rule_precision.json;
`scorer` fits the scorer and writes scoring.json into the model's folder. The model's scores come
only from documents that it did not learn from: the held-out part of the training sets, and
synthetic documents of a seed of their own. Both print what they come to, the scorer by five-fold
cross-validation over documents. With --dry-run nothing is written.
"""

import argparse
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from importlib import resources as files
from pathlib import Path

import numpy as np

from docextract import resources
from docextract.extraction import rule_precision
from docextract.resolution.scoring.scorer import Least, Scorer
from docextract.schema import Schema
from docextract.training.data.sources import SYNTHETIC_SHARES
from docextract.training.fitting.cases import Solved, invented, labelled, solved
from docextract.training.fitting.check_fit import fit_checks, tied
from docextract.training.fitting.rule_counts import counted
from docextract.training.fitting.scorer_data import Choice, choices
from docextract.training.fitting.scorer_fit import Vector, fit, least_of, predicted

#: Kinds of which the shipped model learns from real documents.
KINDS = ("receipt", "invoice", "ad_buy", "nda", "contract")
FOLDS = 5
#: Values from which a level of a weight is told to have enough of them.
ENOUGH = 40


def main() -> None:
    """Count or fit, report, and write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("what", choices=["rules", "scorer"])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--synthetic", type=int, default=40, help="documents of each kind")
    parser.add_argument("--model", default="default", help="its name or folder")
    parser.add_argument("--dry-run", action="store_true", help="write nothing")
    options = parser.parse_args()
    schemas = {
        one.name: one for one in map(Schema.load, resources.available_resources("schemas").values())
    }
    if options.what == "rules":
        count_rules(options, schemas)
    else:
        fit_scorer(options, schemas)


def count_rules(options: argparse.Namespace, schemas: dict[str, Schema]) -> None:
    """Count the rules' candidates, and write the table."""
    cases = [
        *labelled(options.data, held_out=False),
        *labelled(options.data, held_out=True),
        *invented(options.synthetic),
    ]
    made = counted(solved(cases, schemas, ""), schemas)
    for rule, types in made.items():
        for kind, (right, total) in types.items():
            print(f"{rule:45} {kind:10} {right / total:5.2f}  of {total}")
    if not options.dry_run:
        text = json.dumps(made, indent=1, sort_keys=True)
        path = files.files("docextract.extraction").joinpath(rule_precision.NAME)
        Path(str(path)).write_text(text + "\n", "utf-8")


def fit_scorer(options: argparse.Namespace, schemas: dict[str, Schema]) -> None:
    """Fit weights, then checks, then the least confidence; report and write."""
    held = [*labelled(options.data, held_out=True), *invented(options.synthetic, KINDS)]
    beside = list(solved(held, schemas, options.model))
    others = [kind for kind in SYNTHETIC_SHARES if kind not in KINDS]
    alone = [
        *labelled(options.data, held_out=False),
        *held,
        *invented(options.synthetic, others),
    ]
    bare = list(solved(alone, schemas, ""))
    known = list(choices(beside, schemas))
    found = [*known, *choices(bare, schemas)]
    least = cross_validated(known, found)
    scorer = replace(fit(found), kinds=frozenset(KINDS), least=least)
    scorer = with_checks(scorer, beside, schemas)
    print(f"weights: {len(scorer.weights)}, ambiguous {scorer.ambiguous:.2f}")
    print(f"kept from: {scorer.least!r}; checks: {scorer.checks!r}")
    _tell_few(found)
    if not options.dry_run:
        scorer.save(resources.find_model(options.model))


def with_checks(scorer: Scorer, found: list[Solved], schemas: dict[str, Schema]) -> Scorer:
    """The scorer with what outcomes of checks are worth beside its scores."""
    parts = tied(found, schemas, scorer)
    print(f"checks: {len(parts)} groups of fields that checks tie together")
    return replace(scorer, checks=fit_checks(parts))


def cross_validated(known: Sequence[Choice], found: Sequence[Choice]) -> Least:
    """From where on values are kept, and how good the scorer is, by folds of documents.

    Args:
        known: The choices with the model beside, which are scored.
        found: All choices.
    """
    names = sorted({one.document for one in found})
    fold = dict(zip(names, np.random.default_rng(0).permutation(len(names)) % FOLDS, strict=True))
    made: list[tuple[Choice, Vector]] = []
    for number in range(FOLDS):
        scorer = fit([one for one in found if fold[one.document] != number])
        part = [one for one in known if fold[one.document] == number]
        made += zip(part, predicted(part, scorer), strict=True)
    sure = np.clip(np.concatenate([shares for _, shares in made]), 1e-6, 1 - 1e-6)
    truth = np.concatenate([np.array(one.right, float) for one, _ in made])
    loss = -float(np.mean(truth * np.log(sure) + (1 - truth) * np.log(1 - sure)))
    print(f"{len(truth)} candidates of {len(known)} fields: log loss {loss:.3f}, cross-validated")
    least = {}
    for name, many in (("one", False), ("many", True)):
        own = [(one, p) for one, p in made if one.many == many and not one.is_cell]
        least[name] = least_of([one for one, _ in own], [shares for _, shares in own])
    return Least(**least)


def _tell_few(found: list[Choice]) -> None:
    """Which types and fields have so few values that they go by the level above."""
    levels = Counter(
        name.partition("|")[2]
        for one in found
        for told in one.features
        for name in {f"|{name.partition('|')[2]}" for name in told if "|" in name}
    )
    few = sorted(name for name, count in levels.items() if count < ENOUGH)
    print(f"fewer than {ENOUGH} candidates, near the level above: {', '.join(few)}")


if __name__ == "__main__":
    main()
