"""What the ablation switches off, one thing at a time.

A generator or a correction is left out of its list; what is within one, or in the check stage, is
replaced where its module names it; features of the scorer lose their weights, the others stay as
they were fitted.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from typing import Any
from unittest.mock import patch

from docextract.extraction.corrections import CORRECTIONS
from docextract.extraction.parties import letterhead
from docextract.extraction.rules import RULES
from docextract.resolution.scoring.scorer import Scorer

_PACKAGE = "docextract.extraction"
_TABLES = f"{_PACKAGE}.tables"
_PARTIES = f"{_PACKAGE}.parties"


@dataclass(frozen=True)
class Switch:
    """One thing that can be off.

    Attributes:
        name: What it is called in the table.
        area: The part of the table.
        generators: Generators of rules that are left out.
        within: The generator that must run again under the patches.
        corrections: Corrections that are left out.
        patches: "module:name" -> what stands there meanwhile.
        scorer: What becomes of the scorer.
        model: Whether the model's values are there.
    """

    name: str
    area: str
    generators: frozenset[str] = frozenset()
    within: str = ""
    corrections: frozenset[str] = frozenset()
    patches: Mapping[str, Any] = field(default_factory=dict)
    scorer: Callable[[Scorer], Scorer] | None = None
    model: bool = True

    @contextmanager
    def off(self) -> Iterator[None]:
        """With the patches in place."""
        with ExitStack() as stack:
            for place, instead in self.patches.items():
                module, _, name = place.partition(":")
                stack.enter_context(patch(f"{module}.{name}", instead))
            yield


def _nothing(*_: Any, **__: Any) -> Iterator[Any]:
    return iter(())


def _no(*_: Any, **__: Any) -> bool:
    return False


def _none(*_: Any, **__: Any) -> None:
    return None


def _empty(*_: Any, **__: Any) -> dict[str, str]:
    return {}


def _first(first: Any, *_: Any) -> Any:
    return first


def _last(*given: Any) -> Any:
    return given[-1]


def _places(kept: str) -> Mapping[str, Any]:
    """Of the two places where a party may stand, the other one with nothing in it."""
    return {**dict.fromkeys(letterhead._PLACES, _nothing), kept: letterhead._PLACES[kept]}


def _party(name: str, **patches: Any) -> Switch:
    return Switch(name, "parties", within="by_party", patches=_in(_PARTIES, patches))


def _table(name: str, **patches: Any) -> Switch:
    return Switch(name, "line items", within="by_row", patches=_in(_TABLES, patches))


def _in(package: str, patches: Mapping[str, Any]) -> dict[str, Any]:
    """Patches by "package.module:name", given as keywords by "module__name"."""
    return {f"{package}.{key.replace('__', ':', 1)}": one for key, one in patches.items()}


PARTIES: tuple[Switch, ...] = (
    _party("heading", letterhead___PLACES=_places("recipient")),
    _party("recipient", letterhead___PLACES=_places("heading")),
    _party("return-address line", letterhead__sender=_none, address_block__sender=_none),
    _party("recipient window", letterhead___windows=_nothing),
    _party("recipient without window", letterhead___addresses=_nothing),
    _party("columns that tell how to be reached", letterhead___is_reached=_no),
    _party("party blocks", letterhead___in_block=_nothing),
    _party("sections", letterhead__by_section=_nothing),
    _party("sections: by form", sections___formed=_nothing),
    _party("sections: by label", sections___labelled=_nothing),
    _party("sections: parts of an address", sections___parts=_empty),
    _party("sections: values in a column", sections___in_columns=_first),
    _party("sections: labels without a colon", sections___worded=_first),
    _party("house number apart", address_block___housed=lambda _, line: line.end),
    _party("legal form on the next line", address_block___completes=_no),
)

TABLES: tuple[Switch, ...] = (
    _table("ruled tables", line_items___gridded=_nothing),
    _table("headed tables", line_items___headed=_nothing),
    _table("headless tables", line_items___bare=_nothing),
    _table("row patterns", line_items___patterned=_nothing),
    _table("row patterns: parts above and below", row_regex___joins_above=_no),
    _table("article codes", line_items__without_codes=lambda rows, _: list(rows)),
    _table("column inference", line_items__by_cells=_last),
    _table("column inference: by words", column_inference___by_words=_last),
    _table("column inference: by form", column_inference___by_form=_last),
    _table("column inference: by checks", column_inference___by_checks=_last),
    _table("column inference: in ruled tables", line_items__twins=_empty),
    _table("notes", line_items__without_notes=_first, row_builder__is_note=_no),
    _table(
        "total lines",
        line_items__totals=_no,
        row_builder__totals=_no,
        row_regex__totals=_no,
        headless__totals=_no,
        column_inference__totals=_no,
    ),
    _table(
        "sums carried over",
        line_items__left_out=_no,
        row_builder__left_out=_no,
        row_regex__left_out=_no,
        column_inference__left_out=_no,
    ),
    _table("running heads and feet", line_items__running=lambda _: frozenset()),
    _table("columns within another", line_items___with_shared=_last),
    _table("rows without words left out", line_items__complete=_last),
    _table("heads a line over or under", columns___between=lambda *_: []),
    _table("heads that go on without names", columns___tail=lambda *given: given[2].bottom),
    _table("heads broken over lines", columns___stack=lambda *given: (given[2], given[2])),
    _table("ruled or headed: whole rows", line_items___whole=_no),
    _table("ruled or headed: sums", line_items___sums=_no),
)

GENERATORS: tuple[Switch, ...] = (
    Switch("model", "generators", model=False),
    Switch("all rules", "generators", generators=frozenset(rule.__name__ for rule in RULES)),
    *(Switch(rule.__name__, "generators", generators=frozenset({rule.__name__})) for rule in RULES),
)

CORRECTED: tuple[Switch, ...] = tuple(
    Switch(one.name, "corrections", corrections=frozenset({one.name})) for one in CORRECTIONS
)


def _weights(**weights: float) -> Callable[[Scorer], Scorer]:
    def changed(scorer: Scorer) -> Scorer:
        return replace(scorer, checks=scorer.checks.model_copy(update=weights))

    return changed


def _without(*features: str) -> Callable[[Scorer], Scorer]:
    """A scorer without the weights of these features, whose names they are or begin with."""

    def changed(scorer: Scorer) -> Scorer:
        kept = {
            name: weight
            for name, weight in scorer.weights.items()
            if name.partition("|")[0].partition(":")[0] not in features
        }
        return replace(scorer, weights=kept)

    return changed


def _pooled(level: str) -> Callable[[Scorer], Scorer]:
    """A scorer without what it learnt at a level: of types of fields, or of single fields."""

    def changed(scorer: Scorer) -> Scorer:
        kept = {name: weight for name, weight in scorer.weights.items() if _level(name) != level}
        return replace(scorer, weights=kept)

    return changed


def _level(name: str) -> str:
    _, _, at = name.partition("|")
    return "field" if "." in at else "type" if at else "all"


def _least_of_nothing(scorer: Scorer) -> Scorer:
    return replace(scorer, least=scorer.least.model_copy(update={"one": 0.0, "many": 0.0}))


CHECKED: tuple[Switch, ...] = (
    Switch("equations", "checks", scorer=_weights(equation_holds=0.0, equation_fails=0.0)),
    Switch("orders", "checks", scorer=_weights(order_holds=0.0, order_fails=0.0)),
    Switch("distinct parties", "checks", scorer=_weights(same_party=0.0)),
    Switch("least confidence", "checks", scorer=_least_of_nothing),
    Switch(
        "check digits and ranges",
        "checks",
        patches={
            "docextract.resolution.record_builder:with_check_digits": _last,
            "docextract.resolution.record_builder:with_range": _last,
        },
    ),
    Switch("OCR repair", "checks", patches={"docextract.extraction.ocr_variants:is_ocr": _no}),
    Switch(
        "proposals",
        "checks",
        patches={
            "docextract.resolution.ocr_repair.repair:proposed": lambda record, *_: (record, ())
        },
    ),
)


def _feature(name: str, *features: str) -> Switch:
    return Switch(name, "features of the scorer", scorer=_without(*features))


FEATURES: tuple[Switch, ...] = (
    _feature("which rule", "rule"),
    _feature("rules' precision", "rules", "by_rules"),
    _feature("model's score", "model", "by_model"),
    _feature("several sorts of rules", "ways"),
    _feature("rule and model together", "both"),
    _feature("model is silent", "model_silent"),
    _feature("others contradict", "model_against", "rules_against"),
    _feature("part and whole", "part", "whole"),
    _feature("given for the other party", "rival_model", "rival_rules"),
    _feature("complete address", "complete"),
    _feature("check digits", "digits_right", "digits_wrong"),
    _feature("out of range", "out_of_range"),
    _feature("corrected", "completed", "shortened"),
    _feature("page and height", "later_page", "height"),
    Switch("level of types", "features of the scorer", scorer=_pooled("type")),
    Switch("level of fields", "features of the scorer", scorer=_pooled("field")),
)

#: Everything that can be off, in the order of the table.
SWITCHES: tuple[Switch, ...] = (
    *GENERATORS,
    *PARTIES,
    *TABLES,
    *CORRECTED,
    *CHECKED,
    *FEATURES,
)
