"""Fits the table of confidences that is shipped: docextract/confidence/shipped.json.

    python benchmarks/fit_confidence.py --data DIR [--held-out] [--sets receipts-sroie,adbuys]
        [--given-words] [--pipeline NAME] [--model FOLDER] [--workers 2] [--limit N]
        [--output FILE]

Documents are read (those without a file: the words of the set), their kind is found and they are
compared with the truth as accuracy.py does
it. What a table is fitted on must be new to whatever gave the scores: --held-out takes the
documents of the training parts that the shipped model's training held back (training/data/split.py,
with the share and the seed of training/data/sources.py). Without it the training parts are taken
whole, which is right for a pipeline without a model only, and a little hopeful for its rules,
whose shares were measured there.

What is printed is measured by cross-validation over documents, as `docextract calibrate` does.
"""

import argparse
import os
import sys
from collections.abc import Collection, Iterator, Sequence
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from rich.console import Console

from benchmarks import accuracy
from docextract.confidence.fit import Known
from docextract.evaluation import calibrate_command as calibrating
from docextract.pipeline import Pipeline
from docextract.training.data import corpora
from docextract.training.data.split import split_by_group
from docextract.training.fitting.labelled_sets import examples

#: Where `resources.find_confidence_table` finds it.
SHIPPED = Path(__file__).resolve().parents[1] / "docextract" / "confidence" / "shipped.json"
#: The share of examples and the seed of training/data/sources.py.
HELD, SEED = 0.1, 0


def main() -> None:
    """Read the sets, fit, print and save."""
    options = _options()
    pipeline = Pipeline.load(options.pipeline, model=options.model)
    known: dict[str, list[Known]] = {}
    sources = []
    for name in options.sets.split(","):
        only = held_out(options.data, name) if options.held_out else None
        found = {}
        for done in read(name, pipeline, options, only):
            made_of = accuracy.pairs(name, done)
            found |= calibrating.known_values(made_of, accuracy.rules(name, pipeline))
        known |= {f"{name}/{document}": values for document, values in found.items()}
        part = "held out" if options.held_out else "training part"
        sources.append(f"{name} ({part}): {len(found)} documents")
        print(sources[-1], file=sys.stderr, flush=True)
    made = calibrating.fit_and_validate(known, sources=sources)
    made.table.save(options.output)
    Console(width=options.width).print(*calibrating.tables(made), sep="\n")
    print(f"written to {options.output}")


def read(
    name: str, pipeline: Pipeline, options: argparse.Namespace, only: Collection[str] | None
) -> Iterator[accuracy.Done]:
    """The documents of a set, from their files; those without one from the set's words."""
    yield accuracy.run(name, pipeline, options, only=only)
    if not options.given_words:
        bare = {one.name for one in examples(options.data, name, "train") if not one.path}
        given = argparse.Namespace(**{**vars(options), "given_words": True})
        yield accuracy.run(name, pipeline, given, only=bare if only is None else bare & {*only})


def held_out(data: Path, name: str) -> Collection[str]:
    """The names of the documents that the shipped model was not trained on."""
    _, held = split_by_group(list(corpora.load(data, [name], "train")), share=HELD, seed=SEED)
    return {example.name for example in held}


def _options(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    add = partial(parser.add_argument)
    add("--data", type=Path, default=os.environ.get("DOCEXTRACT_DATA"))
    add("--held-out", action="store_true", help="only what the model was not trained on")
    add("--sets", default="receipts-sroie,adbuys,einvoices,ndas,invoices-1000")
    add("--given-words", action="store_true")
    add("--pipeline", default="default", help="a name or a .toml file")
    add("--model", default="", help="a trained model in place of the pipeline's")
    add("--workers", type=int, default=1)
    add("--limit", type=int, help="only the first documents of each set")
    add("--output", type=Path, default=SHIPPED)
    add("--width", type=int, default=100, help="of the tables")
    options = parser.parse_args(arguments)
    if not options.data:
        parser.error("give --data, or set DOCEXTRACT_DATA")
    # Tables are not fitted on development parts; of e-invoices the page alone is of interest.
    options.data, options.split, options.original = Path(options.data), "train", False
    return options


if __name__ == "__main__":
    main()
