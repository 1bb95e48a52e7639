"""Whether the words that are named as having decided a document's kind did decide it.

    python benchmarks/deletion.py --data DIR [--model default] [--limit 40]

The words with the largest parts in the score of the kind are taken away, and as many others at
random; the share of documents is printed whose score falls more by the former, and both mean
falls. That is the deletion test of Samek et al., "Evaluating the visualization of what a deep
neural network has learned" (IEEE TNNLS 2017), or comprehensiveness of DeYoung et al., "ERASER"
(ACL 2020).
"""

import argparse
import math
import os
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from docextract import resources
from docextract.encoding.label_sentences import kind_label_sentences
from docextract.models.bi_encoder.encoded_passage import UNKNOWN
from docextract.models.bi_encoder.inference import BiEncoderEngine
from docextract.models.bi_encoder.passage import Passage
from docextract.schema import Schema
from docextract.training.data import corpora

SETS = ("doctypes", "doctypes-text")
#: Of a document's words, the share that is taken away.
SHARES = (0.05, 0.1, 0.2)
#: Random choices whose fall is averaged.
DRAWS = 5
#: Words of a document that are looked at.
MOST_WORDS = 300


def main() -> None:
    """Print one row for each share of words."""
    given = _options()
    engine = BiEncoderEngine(resources.find_model(given.model))
    schemas = [Schema.load(path) for path in resources.available_resources("schemas").values()]
    sentences = {schema.name: kind_label_sentences(schema) for schema in schemas}
    rng = np.random.default_rng(0)
    examples = [one for one in corpora.load(given.data, SETS, "dev") if len(one.passage) > 20]
    chosen = [examples[n] for n in rng.permutation(len(examples))[: given.limit]]
    falls = [one for e in chosen if (one := fall(engine, e.passage, sentences, rng))]
    print(f"{len(falls)} documents whose kind is known\n")
    print("| words taken away | fall by parts | fall by chance | larger by parts |")
    print("|--:|--:|--:|--:|")
    for n, share in enumerate(SHARES):
        told, random = (np.array([one[n][part] for one in falls]) for part in (0, 1))
        larger = (told > random).mean()
        print(f"| {share:.0%} | {told.mean():.3f} | {random.mean():.3f} | {larger:.3f} |")


def fall(
    engine: BiEncoderEngine,
    passage: Passage,
    sentences: Mapping[str, Sequence[str]],
    rng: np.random.Generator,
) -> list[tuple[float, float]] | None:
    """By how much the log odds of the kind fall, for each share: without its words, by chance.

    None for a document of no kind.
    """
    passage = _kept(passage, np.arange(min(len(passage), MOST_WORDS)))
    (reading,) = engine.encode([passage])
    shares = reading.kind_probabilities(sentences)
    kind = max(shares, key=lambda name: shares[name])
    if kind == UNKNOWN:
        return None
    ranked = np.argsort(-reading.word_attributions(sentences, kind), kind="stable")
    made = []
    for share in SHARES:
        count = max(1, round(share * len(passage)))
        gone = [ranked[:count], *(rng.permutation(len(passage))[:count] for _ in range(DRAWS))]
        left = [_kept(passage, np.setdiff1d(np.arange(len(passage)), one)) for one in gone]
        after = [_log_odds(one.kind_probabilities(sentences)[kind]) for one in engine.encode(left)]
        before = _log_odds(shares[kind])
        made.append((before - after[0], before - sum(after[1:]) / DRAWS))
    return made


def _kept(passage: Passage, words: Sequence[int]) -> Passage:
    boxes = None if passage.boxes is None else passage.boxes[words]
    return Passage(tuple(passage.texts[n] for n in words), boxes, passage.lines[words])


def _log_odds(share: float) -> float:
    bounded = min(1 - 1e-6, max(1e-6, share))
    return math.log(bounded / (1 - bounded))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", type=Path, default=os.environ.get("DOCEXTRACT_DATA"))
    parser.add_argument("--model", default="default")
    parser.add_argument("--limit", type=int, default=100)
    options = parser.parse_args()
    if not options.data:
        parser.error("give --data, or set DOCEXTRACT_DATA")
    return options


if __name__ == "__main__":
    main()
