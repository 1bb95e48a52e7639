"""What the samples say: their records, and running text that records do not hold."""

import json
import tomllib
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from docextract.training.synthetic.from_record import FACTS_FROM_RECORD, RecordData, parse_exact
from docextract.training.synthetic.produce import SyntheticDocument, synthetic_document

HERE = Path(__file__).parent
FOLDER = HERE.parent
_TEMPLATES = Environment(
    loader=FileSystemLoader(HERE / "templates"), autoescape=True, undefined=StrictUndefined,
    trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True,
)  # fmt: skip


@cache
def data_of(name: str) -> RecordData:
    """The data of a sample's record."""
    return parse_exact((FOLDER / f"{name}.expected.json").read_text("utf-8"))


@cache
def text_of(name: str) -> RecordData:
    """The running text of a sample, if it has any."""
    texts: dict[str, RecordData] = tomllib.loads((HERE / "texts.toml").read_text("utf-8"))
    return texts.get(name, {})


def filled(template: str, name: str, **more: Any) -> bytes:
    """A template with the record and the text of a sample in their places."""
    values = {**data_of(name), **text_of(name), **more}
    return _TEMPLATES.get_template(template).render(values).encode()


def laid_out(name: str, seed: int, **how: Any) -> Callable[[], SyntheticDocument]:
    """Makes the page of a sample's record, as the seed lays it out."""
    return lambda: synthetic_document(
        _kind(name), seed, fiction=True, **how,
        override=partial(FACTS_FROM_RECORD[_kind(name)], data=data_of(name), text=text_of(name)),
    )  # fmt: skip


def _kind(name: str) -> str:
    kind: str = json.loads((FOLDER / f"{name}.expected.json").read_text("utf-8"))["kind"]
    return kind
