"""Training sources of the shipped model: data sets, synthetic documents, sampling weights."""

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate
from pathlib import Path

from docextract.models.bi_encoder.passage import Passage
from docextract.training.augmentation.augment import augment, jitter_boxes
from docextract.training.data import corpora
from docextract.training.data.corpora.own_readings import examples_from_own_reader
from docextract.training.data.examples import Example
from docextract.training.data.mixture import TrainingSource
from docextract.training.data.split import split_by_group
from docextract.training.reporting.model_provenance import DataSet, hashed_data_set
from docextract.training.synthetic import synthetic_examples

#: Data set -> its share of the word pieces that training samples. By what is to be learnt rather
#: than by size: a share much above a set's size would overfit to it.
SHARES: Mapping[str, float] = {
    "receipts-sroie": 0.10,
    "adbuys": 0.08,
    "einvoices": 0.04,
    "invoices-1000": 0.04,
    "ndas": 0.06,
    "contracts": 0.04,
    "gum": 0.04,
    "re3d": 0.03,
    "wikigold": 0.02,
    "wnut17": 0.03,
    "broad-twitter": 0.06,
    "crossner": 0.02,
    "sec-filings": 0.01,
    "cuad-entities": 0.01,
    "german-ler": 0.015,
    "germeval": 0.01,
    "usaddress": 0.005,
    "bc5cdr": 0.02,
    "doctypes": 0.05,
    "doctypes-text": 0.05,
    "gum-texts": 0.01,
    "wikigold-texts": 0.01,
    "re3d-texts": 0.005,
}
#: Sets that are learnt from as our own reader reads them, too, for as large a share.
READ_AGAIN = ("receipts-sroie", "einvoices")
#: Kind -> share of synthetic documents of it.
SYNTHETIC_SHARES: Mapping[str, float] = {
    "invoice": 0.18,
    "receipt": 0.05,
    "ad_buy": 0.02,
    "nda": 0.01,
    "contract": 0.01,
    "letter": 0.02,
    "medical_report": 0.02,
    "product_offer": 0.01,
    "form": 0.01,
}
#: Synthetic documents for each hundredth of share.
SYNTHETIC_DOCUMENTS = 200
#: Words of a text that a kind is told by.
MOST_WORDS = 220
#: Held-out examples of a source that validation uses during training, of at most so many words.
MOST_LOOKED_AT, LONGEST_LOOKED_AT = 10, 700
#: Words of a source's held out examples by which it is said at the end what scores are worth.
MOST_HELD = 15_000


@dataclass
class BaseTrainingData:
    """Training sources and held-out examples of other vendors, templates and articles.

    Attributes:
        sources: Each source with its share.
        validation: Held out; they select the best weights during training.
        calibration: Held out, more of them; scores are evaluated and calibrated on them at the end.
        data: The data sets, for made.json.
    """

    sources: list[TrainingSource] = field(default_factory=list)
    validation: list[Example] = field(default_factory=list)
    calibration: list[Example] = field(default_factory=list)
    data: list[DataSet] = field(default_factory=list)


def collect_training_data(
    data: Path, readings: Path, *, without: Sequence[str] = (), seed: int = 0
) -> BaseTrainingData:
    """Load all sources but those in `without`, and hold examples of each out.

    Args:
        data: Folder of the data sets.
        readings: Cache folder for what our own reader reads, since reading takes an hour.
        without: Names of data sets.
        seed: Of the splits and of the synthetic documents.
    """
    made = BaseTrainingData()
    for name, share in SHARES.items():
        if name not in without:
            _add_data_set(made, data, readings, TrainingSource(name, (), share, augment), seed)
    for number, (kind, share) in enumerate(SYNTHETIC_SHARES.items()):
        count = round(100 * share * SYNTHETIC_DOCUMENTS)
        invented = list(synthetic_examples(count, seed + number, (kind,)))
        made.sources.append(TrainingSource(f"invented {kind}", invented, share, augment))
    held = list(
        synthetic_examples(
            4 * len(SYNTHETIC_SHARES), seed + len(SYNTHETIC_SHARES), tuple(SYNTHETIC_SHARES)
        )
    )
    made.validation += held[: 2 * len(SYNTHETIC_SHARES)]
    made.calibration += held
    return made


def _add_data_set(
    made: BaseTrainingData, data: Path, readings: Path, source: TrainingSource, seed: int
) -> None:
    name = source.name
    examples = [_short(one) for one in corpora.load(data, [name], "train")]
    training, held = split_by_group(examples, share=0.1, seed=seed)
    made.sources.append(replace(source, examples=training))
    brief = [one for one in held if len(one.passage) <= LONGEST_LOOKED_AT]
    made.validation += brief[:MOST_LOOKED_AT]
    made.calibration += _so_many_words(held)
    if name in READ_AGAIN:
        again = list(_read_again(data, name, readings))
        read = list(_of_groups_of(training, again))
        made.sources.append(TrainingSource(f"{name}, read", read, source.share, jitter_boxes))
        made.calibration += _so_many_words(list(_of_groups_of(held, again)))
    corpus = corpora.CORPORA[name]
    counts = {"training": len(training), "validation": len(held)}
    file = corpus.file(data, "train")
    made.data.append(
        hashed_data_set(name, file.parent, [file], licence=corpus.licence, examples=counts)
    )


def _read_again(data: Path, name: str, readings: Path) -> Iterable[Example]:
    corpus = corpora.CORPORA[name]
    rows = corpora.read_json_lines(corpus.file(data, "train"))
    kept = readings / f"{name}.jsonl"
    return examples_from_own_reader(
        name, data / corpus.folder, rows, kept, workers=os.cpu_count() or 1
    )


def _of_groups_of(part: Iterable[Example], examples: Iterable[Example]) -> Iterator[Example]:
    groups = {one.group for one in part}
    return (one for one in examples if one.group in groups)


def _so_many_words(examples: Sequence[Example]) -> list[Example]:
    """The first of them, up to the one with which they have MOST_HELD words."""
    behind = [0, *accumulate(len(one.passage) for one in examples)]
    return [one for one, words in zip(examples, behind, strict=False) if words < MOST_HELD]


def _short(example: Example) -> Example:
    """A text that only has a kind, cut: its beginning tells, and long ones would fill the steps."""
    passage = example.passage
    if example.asked or len(passage) <= MOST_WORDS:
        return example
    boxes = None if passage.boxes is None else passage.boxes[:MOST_WORDS]
    cut = Passage(passage.texts[:MOST_WORDS], boxes, passage.lines[:MOST_WORDS])
    return replace(example, passage=cut)
