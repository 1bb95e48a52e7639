"""Entity taggers: the built-in rules, a user's EntityRuler patterns, and spaCy packages.

The rules read the raw text and need no tokens, so spaCy is not even imported for them alone;
`docextract.spacy_components.rules` makes them a component of any spaCy pipeline. A user's own
EntityRuler patterns and any spaCy package or folder are spaCy pipelines of their own here.
"""

import hashlib
from bisect import bisect_right, insort
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING

from docextract.document import Origin, SourceType, Span
from docextract.entities.entity_rule import NAMED
from docextract.entities.finders import ranges_around_digits
from docextract.entities.patterns import ENTITY_RULES
from docextract.errors import ConfigError, MissingDependency

if TYPE_CHECKING:
    from spacy.language import Language

#: spaCy's models give no probability. Below every rule that sees the context, above bare
#: numbers: a guess, to be replaced by a measured figure for a model that is used in earnest.
SPACY_CONFIDENCE = 0.7

#: Code points that spaCy reads at once: a few pages, far under its limit of 1,000,000, so that
#: its memory does not grow with the document.
MAX_WINDOW_CHARS = 20_000

#: Labels of other models -> labels here. Those not named here are kept as they are.
LABEL_ALIASES: Mapping[str, str] = {
    "PER": "PERSON",
    "GPE": "LOC",
    "FAC": "LOC",
    "LOCATION": "LOC",
    "ORGANIZATION": "ORG",
    "ORGANISATION": "ORG",
    "CARDINAL": "NUMBER",
}


def find_entities(text: str) -> list[Span]:
    """Entities that the built-in rules find in `text`, in order and without overlaps."""
    stretches = ranges_around_digits(text)
    found = (
        Span(start, end, rule.label, rule.confidence, Origin(SourceType.RULE, rule.name))
        for rule in ENTITY_RULES
        for start, end in rule.find(text, stretches)
    )
    return resolve_overlaps(found)


def resolve_overlaps(spans: Iterable[Span]) -> list[Span]:
    """Spans without overlaps, in order: the most confident wins, then the longest, the first."""
    taken: list[tuple[int, int]] = []
    chosen = []
    for span in sorted(spans, key=lambda s: (-s.confidence, s.start - s.end, s.start)):
        at = bisect_right(taken, (span.start, span.end))
        clear_before = at == 0 or taken[at - 1][1] <= span.start
        if clear_before and (at == len(taken) or span.end <= taken[at][0]):
            insort(taken, (span.start, span.end))
            chosen.append(span)
    return sorted(chosen, key=lambda span: span.start)


def text_windows(text: str) -> Iterator[tuple[int, str]]:
    """(offset, part) of at most MAX_WINDOW_CHARS code points that cover `text` without overlaps.

    Cut at a page's end; within a page longer than that at a line's end, else at a blank.
    """
    start = 0
    while start < len(text):
        end = min(len(text), start + MAX_WINDOW_CHARS)
        if end < len(text):
            cuts = (text.rfind(mark, start + 1, end) for mark in "\f\n ")
            end = next((cut for cut in cuts if cut > start), end)
        yield start, text[start:end]
        start = end


class RuleTagger:
    """Tags with the built-in rules and a user's patterns (JSON Lines for spaCy's EntityRuler)."""

    def __init__(self, language: str = "xx", patterns: Path | None = None) -> None:
        self._language = language
        self._patterns = patterns

    @cached_property
    def fingerprint(self) -> str:
        """SHA-256, in hexadecimal, of the rules' source and the user's patterns."""
        folder = Path(__file__).parent
        sources = [*folder.glob("*.py"), *(folder.parent / "values").rglob("*.py")]
        digest = hashlib.sha256(self._language.encode())
        for path in (*sorted(sources), *([self._patterns] if self._patterns else [])):
            digest.update(_bytes(path))
        return digest.hexdigest()

    def __call__(self, text: str) -> list[Span]:
        """The entities of one text, in order and without overlaps."""
        found = find_entities(text)
        if self._patterns is None:
            return found
        named = _ents(self._nlp, text, NAMED, Origin(SourceType.SPACY, "patterns"))
        return resolve_overlaps((*named, *found))

    @cached_property
    def _nlp(self) -> "Language":
        import spacy
        from spacy.pipeline import EntityRuler

        try:
            nlp = spacy.blank(self._language)
        except ImportError as error:
            raise ConfigError(f"spaCy has no language {self._language!r}; xx is any") from error
        ruler = nlp.add_pipe("entity_ruler")
        assert isinstance(ruler, EntityRuler) and self._patterns is not None
        try:
            ruler.from_disk(self._patterns)
        except (OSError, ValueError, KeyError) as error:
            raise ConfigError(
                f"cannot read the patterns {self._patterns}: {error}; each line is "
                '{"label": "PRODUCT", "pattern": "..."} as spaCy documents for its EntityRuler'
            ) from error
        return nlp


class SpacyTagger:
    """Tags with an installed spaCy package or a saved spaCy folder. Loads at the first call."""

    def __init__(self, name: str) -> None:
        self._name = name

    @cached_property
    def fingerprint(self) -> str:
        """The package's name and version; for a folder SHA-256 of its files."""
        folder = Path(self._name)
        if folder.is_dir():
            digest = hashlib.sha256()
            for path in sorted(path for path in folder.rglob("*") if path.is_file()):
                digest.update(path.relative_to(folder).as_posix().encode() + _bytes(path))
            return digest.hexdigest()
        try:
            return f"{self._name} {version(self._name)}"
        except PackageNotFoundError as error:
            raise self._missing() from error

    def __call__(self, text: str) -> list[Span]:
        """The entities of one text, in order."""
        meta = self._nlp.meta
        name = f"{meta['lang']}_{meta['name']} {meta['version']}"
        return _ents(self._nlp, text, SPACY_CONFIDENCE, Origin(SourceType.SPACY, name))

    @cached_property
    def _nlp(self) -> "Language":
        import spacy

        try:
            return spacy.load(self._name)
        except OSError as error:  # what spaCy raises for a name or folder it does not know
            raise self._missing() from error
        except (ValueError, ImportError) as error:
            raise ConfigError(f"cannot load the spaCy package {self._name}: {error}") from error

    def _missing(self) -> MissingDependency:
        return MissingDependency(
            f"no spaCy package or folder {self._name!r} here; try: pip install {self._name}"
        )


def _ents(nlp: "Language", text: str, confidence: float, origin: Origin) -> list[Span]:
    offsets, stretches = zip(*text_windows(text), strict=True) if text else ((), ())
    return [
        Span(
            offset + ent.start_char,
            offset + ent.end_char,
            LABEL_ALIASES.get(ent.label_, ent.label_),
            confidence,
            origin,
        )
        for offset, doc in zip(offsets, nlp.pipe(stretches), strict=True)
        for ent in doc.ents
    ]


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise ConfigError(f"cannot read {path}: {error.strerror}") from error
