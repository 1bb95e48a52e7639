"""Catalogue of labelled data sets: where they lie, their licences, and their loaders.

A set is a folder `<folder>/train.jsonl.gz` and `dev.jsonl.gz` below the data folder. Whether a
model that is given away may be trained on one is a column of the table, and `load` refuses the
others.
"""

import gzip
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Literal

from docextract.errors import ConfigError, InputError
from docextract.training.data.corpora import contracts, entities, field_examples, kinds
from docextract.training.data.examples import Example

Split = Literal["train", "dev"]
_Read = Callable[[str, Sequence[Mapping[str, Any]]], Iterator[Example]]


@dataclass(frozen=True)
class Corpus:
    """Catalogue entry of a labelled data set.

    Attributes:
        folder: Below the data folder.
        read: Rows of its files -> examples.
        licence: As the set's publisher states it.
        may_train: Whether a model that is given away may be trained on it.
    """

    folder: str
    read: _Read
    licence: str
    may_train: bool = True

    def file(self, data: Path, split: Split) -> Path:
        """The part's file, which is hashed to say what was learnt from."""
        return data / self.folder / f"{split}.jsonl.gz"


def _fields(name: str, licence: str, *, may_train: bool = True) -> Corpus:
    return Corpus(f"fields/{name}", field_examples.read, licence, may_train)


def _entities(name: str, licence: str) -> Corpus:
    return Corpus(f"entities/{name}", entities.read, licence)


def _kinds(folder: str, licence: str) -> Corpus:
    return Corpus(folder, kinds.read, licence)


CORPORA: Mapping[str, Corpus] = {
    "receipts-sroie": _fields("receipts-sroie", "CC BY 4.0"),
    "adbuys": _fields("adbuys", "MIT (labels), public files of the FCC"),
    "einvoices": _fields("einvoices", "Apache-2.0, BSD"),
    "ndas": _fields("ndas", "none stated (labels), public filings of the SEC"),
    "invoices-1000": _fields("invoices-1000", "CC BY 4.0 (origin, not verified)"),
    "einvoices-more": _fields("einvoices-more", "Apache-2.0, MIT, BSD-3-Clause"),
    "invoices-rendered": _fields(
        "invoices-rendered", "Apache-2.0, EUPL-1.2, CC BY 4.0, BSD-3-Clause (data)"
    ),
    "invoices-hand": _fields("invoices-hand", "Apache-2.0, MIT"),
    "invoices-1000-items": _fields("invoices-1000-items", "CC BY 4.0 (origin, not verified)"),
    "receipts-sroie-items": _fields("receipts-sroie-items", "CC BY 4.0, MIT (rows)"),
    "receipts-de": _fields("receipts-de", "CC BY 4.0"),
    "receipts-indo": _fields("receipts-indo", "none stated", may_train=False),
    "anatem": _entities("anatem", "CC BY-SA 3.0"),
    "bc5cdr": _entities("bc5cdr", "CC BY 4.0"),
    "broad-twitter": _entities("broad-twitter", "CC BY 4.0"),
    "crossner": _entities("crossner", "MIT, CC BY-SA 3.0 (text)"),
    "cuad-entities": _entities("cuad-entities", "CC BY 4.0"),
    "german-ler": _entities("german-ler", "CC BY 4.0"),
    "germeval": _entities("germeval", "CC BY 4.0"),
    "gum": _entities("gum", "CC BY 4.0, CC BY-SA 3.0 (part of the texts)"),
    "ncbi-disease": _entities("ncbi-disease", "public domain"),
    "re3d": _entities("re3d", "public domain, OGL 3.0, CC BY 3.0 AU, CC BY-SA 3.0"),
    "sec-filings": _entities("sec-filings", "CC BY 3.0"),
    "usaddress": _entities("usaddress", "MIT"),
    "wikiann-de": _entities("wikiann-de", "CC BY-SA"),
    "wikiann-en": _entities("wikiann-en", "CC BY-SA"),
    "wikigold": _entities("wikigold", "CC BY 4.0"),
    "wnut17": _entities("wnut17", "CC BY 4.0"),
    "doctypes": _kinds("classes/doctypes", "CC BY 4.0, MIT, public filings"),
    "doctypes-text": _kinds("classes/doctypes-text", "CC BY 4.0, Apache-2.0, CC BY 2.5"),
    "patents": _kinds("classes/patents", "MIT, texts free of copyright"),
    "sentiment": _kinds("classes/sentiment", "CC BY 4.0"),
    "medical-sections": _kinds("classes/medical-sections", "CC BY 4.0"),
    "cuad": _kinds("clauses/cuad", "CC BY 4.0"),
    "contracts": Corpus("clauses/cuad", contracts.read, "CC BY 4.0"),
    "gum-texts": _kinds("entities/gum", "CC BY 4.0, CC BY-SA 3.0 (part of the texts)"),
    "wikigold-texts": _kinds("entities/wikigold", "CC BY 4.0"),
    "re3d-texts": _kinds("entities/re3d", "public domain, OGL 3.0, CC BY 3.0 AU, CC BY-SA 3.0"),
    "germeval-texts": _kinds("entities/germeval", "CC BY 4.0"),
}


def load(data: Path, names: Sequence[str], split: Split) -> list[Example]:
    """Load the examples of the named sets, set after set, each in a fixed order.

    Args:
        data: The folder that holds the sets.
        names: Of `CORPORA`.
        split: The part of each set.

    Raises:
        ConfigError: a name is not known, or the set may not be trained on and `split` is "train".
        InputError: a set's file is missing or is not what it should be.
    """
    for name in names:
        _permit(name, split)
    made: list[Example] = []
    for name in names:
        path = CORPORA[name].file(data, split)
        made += CORPORA[name].read(name, read_json_lines(path))
    return made


def _permit(name: str, split: Split) -> None:
    if name not in CORPORA:
        near = get_close_matches(name, CORPORA, 1)
        hint = f"; did you mean {near[0]}?" if near else f"; there are: {', '.join(CORPORA)}"
        raise ConfigError(f"no data set {name!r}{hint}")
    if split == "train" and not CORPORA[name].may_train:
        raise ConfigError(
            f"data set {name!r} may not be trained on: its licence is {CORPORA[name].licence!r}; "
            "leave it out, its dev part can be used to measure"
        )


def read_json_lines(path: Path) -> list[Mapping[str, Any]]:
    """Read a gzipped file of JSON lines. Raises InputError that names the file."""
    try:
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            return [json.loads(line) for line in lines]
    except OSError as error:
        raise InputError(f"cannot read {path}: {error.strerror or error}") from error
    except (ValueError, EOFError) as error:
        raise InputError(f"{path} is not a file of JSON lines: {error}") from error
