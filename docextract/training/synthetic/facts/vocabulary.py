"""What documents call things: the lists in `words/`, by kind and language."""

import tomllib
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

_FOLDER = Path(__file__).parents[1] / "words"


@cache
def loaded(name: str) -> dict[str, Any]:
    """The lists of "invoice.de" and the like."""
    return tomllib.loads((_FOLDER / f"{name}.toml").read_text("utf-8"))


def word(rng: Random, kind: str, language: str, thing: str) -> str:
    """One of the words for a thing; may be ""."""
    return str(rng.choice(loaded(f"{kind}.{language}")[thing]))
