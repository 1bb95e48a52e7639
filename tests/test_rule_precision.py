"""How likely a rule is right: counts by rule and type, smoothed towards the level above."""

import ast
import re
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

import pytest

from docextract import extraction, resources
from docextract.document import Origin, SourceType
from docextract.extraction import rule_precision
from docextract.extraction.rule_precision import PRIOR_VALUES, precision, rule_key
from docextract.schema import FieldType, Schema

TABLE = {
    "label right, short": {"money": (90, 100), "date": (10, 20)},
    "label right, long": {"money": (50, 50)},
    "label right, short, again": {"money": (1, 50)},
    "sign": {"currency": (30, 30)},
}
#: Rules that none of the documents with known answers has a value of: they go by all rules.
UNCOUNTED = {"label list", "row pattern"}


@pytest.fixture
def counts(monkeypatch):
    """The counts above in the place of the shipped ones."""
    for cached in (rule_precision._sum, rule_precision._overall):
        cached.cache_clear()
    with monkeypatch.context() as patch:
        patch.setattr(rule_precision, "_table", lambda: TABLE)
        yield
    for cached in (rule_precision._sum, rule_precision._overall):
        cached.cache_clear()


def rule(key: str) -> Origin:
    name, *traits = key.split(", ")
    return Origin(SourceType.RULE, name, tuple(traits))


def smoothed(*pairs: tuple[int, int]) -> float:
    """The share of the last pair, held near that of the pairs before it."""
    share = pairs[0][0] / pairs[0][1]
    for right, count in pairs[1:]:
        share = (right + PRIOR_VALUES * share) / (count + PRIOR_VALUES)
    return share


ALL = (90 + 10 + 50 + 1 + 30, 100 + 20 + 50 + 50 + 30)
#: Of "label right", whatever its traits, as a first choice.
LABELS = (150, 170)


def test_a_rule_that_was_counted_often_is_as_right_as_it_was(counts):
    found = precision(rule("label right, short"), FieldType.MONEY)
    assert found == pytest.approx(smoothed(ALL, LABELS, (100, 120), (90, 100)))
    assert found == pytest.approx(0.9, abs=0.01)


def test_a_type_that_was_never_seen_goes_by_the_rule_on_all_types(counts):
    found = precision(rule("label right, short"), FieldType.CODE)
    assert found == pytest.approx(smoothed(ALL, LABELS, (100, 120)))


def test_an_unknown_trait_falls_back_to_the_rule_of_that_name(counts):
    found = precision(rule("label right, short, loose"), FieldType.MONEY)
    assert found == pytest.approx(smoothed(ALL, LABELS))


def test_a_second_choice_is_not_judged_by_first_ones(counts):
    found = precision(rule("label right, long, again"), FieldType.MONEY)
    assert found == pytest.approx(smoothed(ALL, (1, 50)))
    assert found < precision(rule("label right, long"), FieldType.MONEY) / 2


def test_an_unknown_rule_is_as_right_as_all_of_them(counts):
    assert precision(rule("hearsay"), FieldType.MONEY) == pytest.approx(ALL[0] / ALL[1])


def test_the_printed_label_is_no_part_of_what_counts_are_kept_by():
    assert rule_key(Origin(SourceType.RULE, "label right", ("short",), "'Total'")) == (
        "label right, short"
    )


def test_the_shipped_counts_are_right_ones_of_all():
    for rule_name, types in rule_precision._table().items():
        for kind, (right, count) in types.items():
            assert 0 <= right <= count > 0, (rule_name, kind)
            assert kind in set(FieldType)


# The names in the sources


def trees() -> Iterator[ast.Module]:
    for path in Path(extraction.__file__).parent.rglob("*.py"):
        yield ast.parse(path.read_text("utf-8"))


def literals(node: ast.expr) -> Iterator[str]:
    """The names that an expression can be, "*" for what is not known before it runs."""
    match node:
        case ast.Constant(value=str(text)):
            yield text
        case ast.JoinedStr(values=parts):
            yield "".join(str(p.value) if isinstance(p, ast.Constant) else "*" for p in parts)
        case ast.IfExp(body=one, orelse=other):
            yield from literals(one)
            yield from literals(other)
        case ast.BinOp(left=one):
            yield from literals(one)
        case ast.Tuple(elts=parts):
            for part in parts:
                yield from literals(part)


def parameters() -> dict[str, dict[str, int]]:
    """Function -> its parameters that name rules, and the place of each in a call."""
    made: dict[str, dict[str, int]] = {}
    for tree in trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef):
                names = [one.arg for one in node.args.args if one.arg != "self"]
                own = {name: at for at, name in enumerate(names) if name in ("rule", "side")}
                if own:
                    made[node.name] = own
    return made


def emitted() -> set[str]:
    """Every name that a rule of the sources can give a value, with "*" for what varies."""
    takes, found = parameters(), set()
    for tree in trees():
        for node in ast.walk(tree):
            match node:
                case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name), args=args):
                    for parameter, at in takes.get(name, {}).items():
                        prefix = "label " if parameter == "side" else ""
                        given = [text for one in args[at : at + 1] for text in literals(one)]
                        found |= {f"{prefix}{text}" for text in given}
                case ast.Assign(targets=[ast.Name(id="rule" | "sides")], value=value):
                    found |= set(literals(value))
                case ast.FunctionDef(returns=ast.expr() as kind) if "[Place]" in ast.unparse(kind):
                    for inner in ast.walk(node):
                        match inner:
                            case ast.Yield(value=ast.Tuple(elts=[first, *_])):
                                found |= set(literals(first))
    return {text.partition(", ")[0] for text in found} - {"*"}


def test_the_search_of_the_sources_finds_every_sort_of_rule():
    assert {
        *("label right", "label below", "label above", "label section", "label list"),
        *("entity * *", "pattern *", "sign", "title", "row", "row pattern"),
        *("party block", "party section", "sender line", "heading"),
        *("recipient", "recipient on top", "recipient window"),
    } <= emitted()


def test_every_rule_that_can_find_a_value_has_counts():
    counted = {key.partition(", ")[0] for key in rule_precision._table()}
    lacking = {name for name in emitted() if not any(fnmatch(one, name) for one in counted)}
    assert lacking == UNCOUNTED


def test_every_entity_and_pattern_of_the_shipped_schemas_has_counts():
    counted = {key.partition(", ")[0] for key in rule_precision._table()}
    for schema in map(Schema.load, resources.available_resources("schemas").values()):
        for name, field in schema.fields.items():
            if field.type not in (FieldType.CURRENCY, FieldType.ROWS):
                wanted = {f"entity {label} {field.place}" for label in field.entities}
                wanted |= {f"pattern {rank}" for rank in range(1, len(field.patterns) + 1)}
                assert wanted <= counted, f"{schema.name}.{name}"


def test_no_counts_are_kept_of_rules_that_there_are_no_more():
    names = emitted()
    for key in rule_precision._table():
        name = key.partition(", ")[0]
        assert any(re.fullmatch(one.replace("*", ".+"), name) for one in names), key
