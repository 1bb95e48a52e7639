"""Word lists for labels and phrases, by kind of document and language, from `words/`."""

import tomllib
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

_FOLDER = Path(__file__).parents[1] / "words"


@cache
def word_lists(name: str) -> dict[str, Any]:
    """Load the word lists of "invoice.de" and the like."""
    return tomllib.loads((_FOLDER / f"{name}.toml").read_text("utf-8"))


def random_word(rng: Random, kind: str, language: str, thing: str) -> str:
    """A random word or phrase for a thing; may be ""."""
    return str(rng.choice(word_lists(f"{kind}.{language}")[thing]))
