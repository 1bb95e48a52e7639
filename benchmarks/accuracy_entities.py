"""How many names are found whole, on sets of sentences.

    python benchmarks/accuracy_entities.py --data DIR [--limit N] [--sets gum,wikigold]
        [--labels PERSON,ORG,LOC] [--tokens] [--model FOLDER] [--baseline] [--json FILE]

`DIR/entities/NAME/` holds a set: tokens, and spans of them with a label. A span counts when its
label and both borders are right; what is found of labels that a set does not annotate is left
out. Words are as a document prints them, with punctuation at their ends: tokens that a set parted
("@", "anna") are joined again, unless --tokens takes them as they are. --limit takes sentences
evenly from all of a set.

--baseline adds a list of the names seen in the training parts, with patterns
(baseline_entities.py).
"""

import argparse
import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import numpy as np
from rich.console import Console
from rich.table import Table

from benchmarks.baseline_entities import Gazetteer, Sentence
from docextract.document import Document
from docextract.evaluation.inputs.truth_and_prediction import Entity
from docextract.evaluation.metrics.bootstrap import interval
from docextract.evaluation.metrics.entities import count_spans
from docextract.evaluation.metrics.scores import EXPECTED, FOUND, Counts, f1, precision, recall
from docextract.pipeline import Pipeline
from docextract.training.data.corpora import read_json_lines
from docextract.training.data.corpora.detokenisation import detokenised
from docextract.training.fitting.given_words import sentence

#: The English sets, and of which labels each marks every name.
SETS = {
    "gum": frozenset({"PERSON", "LOC", "ORG", "DATE"}),
    "re3d": frozenset({"PERSON", "ORG", "LOC", "DATE", "MONEY", "QUANTITY", "IDENTIFIER"}),
    "wikigold": frozenset({"PERSON", "LOC", "ORG", "MISC"}),
    "wnut17": frozenset({"PERSON", "LOC", "ORG", "PRODUCT", "MISC"}),
    "broad-twitter": frozenset({"PERSON", "LOC", "ORG"}),
    "crossner": frozenset({"PERSON", "ORG", "LOC", "EVENT", "MISC"}),
    "sec-filings": frozenset({"PERSON", "ORG", "LOC"}),
    "cuad-entities": frozenset({"ORG"}),
    "wikiann-en": frozenset({"PERSON", "LOC", "ORG"}),
}
#: Sets whose figure says little, and why.
DOUBTFUL = {
    "cuad-entities": "only parties are marked",
    "wikiann-en": "marked by machine",
}
#: Sentences that the stage gets at once.
TOGETHER = 256

Find = Callable[[Sequence[Sentence]], list[frozenset[Entity]]]


def main() -> None:
    """Print the table of the pipeline and, where it is asked for, of the baseline."""
    options = _options()
    asked = frozenset(options.labels.split(","))
    sets = {name: sentences(options, name, "dev") for name in options.sets.split(",")}
    ways: dict[str, Find] = {
        "pipeline": by_stage(Pipeline.load(options.pipeline, model=options.model))
    }
    if options.baseline:
        ways["list, patterns"] = by_list(options)
    made = {
        way: {name: measured(part, find(part), asked & SETS[name]) for name, part in sets.items()}
        for way, find in ways.items()
    }
    console = Console(width=options.width)
    console.rule(f"{options.labels}: strict F1")
    console.print(table(made))
    if options.json:
        told = {
            way: {name: scores(one) for name, one in summed(counts).items()}
            for way, counts in made.items()
        }
        options.json.write_text(json.dumps(told, indent=1) + "\n", "utf-8")


def sentences(options: argparse.Namespace, name: str, split: str) -> list[Sentence]:
    """A part of a set; of the dev part every n-th, so that at most --limit are left."""
    found = read_json_lines(options.data / "entities" / name / f"{split}.jsonl.gz")
    if split == "dev" and options.limit:
        found = found[:: -(-len(found) // options.limit)]
    return [_sentence(row, apart=options.tokens) for row in found]


def _sentence(row: Any, *, apart: bool) -> Sentence:
    words, places = tuple(row["tokens"]), tuple(range(len(row["tokens"])))
    if not apart:
        words, places = detokenised(words, hyphens=False)
    spans = (
        Entity(label, places[first], places[last - 1] + 1) for first, last, label in row["spans"]
    )
    return Sentence(row["id"], words, frozenset(spans))


def by_stage(pipeline: Pipeline) -> Find:
    """The pipeline's own stage."""
    (stage,) = [s for s in pipeline.stages if type(s).__name__ == "Entities"]

    def find(part: Sequence[Sentence]) -> list[frozenset[Entity]]:
        docs = [sentence(one.words, one.name) for one in part]
        parts = (docs[at : at + TOGETHER] for at in range(0, len(docs), TOGETHER))
        return [frozenset(_of_words(doc)) for some in parts for doc in stage(some)]

    return find


def _of_words(doc: Document) -> Iterator[Entity]:
    """The document's spans, of words instead of code points."""
    numbers = {placed.start: number for number, placed in enumerate(doc.words)}
    for span in doc.entities:
        words = [numbers[placed.start] for placed in doc.words_of(span.start, span.end)]
        yield Entity(span.label, words[0], words[-1] + 1)


def by_list(options: argparse.Namespace) -> Find:
    """The baseline, from the training parts of the sets that mark every name."""
    whole = [name for name in SETS if name not in DOUBTFUL]
    gazetteer = Gazetteer([one for name in whole for one in sentences(options, name, "train")])
    return lambda part: [gazetteer(one.words) for one in part]


def measured(
    part: Sequence[Sentence], found: Sequence[frozenset[Entity]], labels: Iterable[str]
) -> Counts:
    """(D, 5): the counts of each sentence."""
    documents = [(one.name, one.spans, made) for one, made in zip(part, found, strict=True)]
    counts: Counts = count_spans(documents, set(labels)).counts.sum(axis=1)
    return counts


def summed(counts: dict[str, Counts]) -> dict[str, Counts]:
    """The sets, all of them together, and those together of which the figure says much."""
    sure = [one for name, one in counts.items() if name not in DOUBTFUL]
    more = {"all sets": np.concatenate(list(counts.values()))}
    return {**counts, **more, **({"all but doubtful": np.concatenate(sure)} if sure else {})}


def scores(counts: Counts) -> dict[str, Any]:
    """The figures of counts (D, 5)."""
    sums = counts.sum(axis=0)
    shares = {"precision": float(precision(sums)), "recall": float(recall(sums))}
    return {"wanted": int(sums[EXPECTED]), "found": int(sums[FOUND]), **shares} | {
        "f1": interval(counts, f1)._asdict()
    }


def table(made: dict[str, dict[str, Counts]]) -> Table:
    """One line a set and way of finding, and all sets together."""
    table = Table("set", "by", box=None, pad_edge=False)
    for heading in ("sentences", "wanted", "found", "F1", "95 %", "precision", "recall"):
        table.add_column(heading, justify="right")
    rows = {way: summed(counts) for way, counts in made.items()}
    for name in next(iter(rows.values())):
        for way, counts in rows.items():
            told = scores(counts[name])
            table.add_row(
                f"{name} ({DOUBTFUL[name]})" if name in DOUBTFUL else name,
                way,
                *(str(n) for n in (len(counts[name]), told["wanted"], told["found"])),
                f"{told['f1']['value']:.3f}",
                f"{told['f1']['low']:.2f}-{told['f1']['high']:.2f}",
                f"{told['precision']:.3f}",
                f"{told['recall']:.3f}",
            )
    for way, counts in made.items():
        each = [scores(one)["f1"]["value"] for name, one in counts.items() if name not in DOUBTFUL]
        mean = f"{sum(each) / len(each):.3f}" if each else ""
        table.add_row("mean of sets but doubtful", way, "", "", "", mean)
    return table


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    add: Any = parser.add_argument
    add("--data", type=Path, default=os.environ.get("DOCEXTRACT_DATA"))
    add("--sets", default=",".join(SETS))
    add("--labels", default="PERSON,ORG,LOC")
    add("--limit", type=int, help="only so many sentences of each set")
    add("--tokens", action="store_true", help="the set's own tokens for words")
    add("--pipeline", default="default", help="a name or a .toml file")
    add("--model", default="", help="a trained model in place of the pipeline's")
    add("--baseline", action="store_true")
    add("--json", type=Path)
    add("--width", type=int, default=100)
    options = parser.parse_args()
    if not options.data:
        parser.error("give --data, or set DOCEXTRACT_DATA")
    options.data = Path(options.data)
    return options


if __name__ == "__main__":
    main()
