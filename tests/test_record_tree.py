"""The values of a record by their fields; who said them; and that all of it is typed."""

import dataclasses
import typing
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

import docextract
from docextract import document
from docextract.document import (
    Evidence,
    Origin,
    Record,
    RecordTree,
    SourceType,
    Step,
    Value,
    readings,
)
from tests.made_values import make_value, otherwise

NET, TAX = make_value("net", "4", Decimal(4)), make_value("tax", "1", Decimal(1))
CELL = make_value("rows.price", "4", Decimal(4), row=0)
TREE = RecordTree(
    {
        "net": NET,
        "note": None,
        "tags": (TAX, NET),
        "none": (),
        "rows": ({"price": CELL, "what": None}, {"price": None, "what": NET}),
    }
)


def test_values_are_found_at_every_depth_in_order():
    assert list(TREE.values()) == [NET, TAX, NET, CELL, NET]


def test_data_has_the_same_shape():
    assert TREE.data == {
        "net": Decimal(4),
        "note": None,
        "tags": [Decimal(1), Decimal(4)],
        "none": [],
        "rows": [{"price": Decimal(4), "what": None}, {"price": None, "what": Decimal(4)}],
    }
    assert Record("bill", "1", TREE).data == TREE.data


def test_a_change_reaches_every_value_and_leaves_the_shape():
    made = TREE.map(lambda value: dataclasses.replace(value, confidence=0.1))
    assert {value.confidence for value in made.values()} == {0.1}
    assert made.data == TREE.data
    assert TREE["net"] == NET


def test_a_field_is_a_value_or_rows_or_neither():
    assert (TREE.value("net"), TREE.value("tags"), TREE.value("note")) == (NET, None, None)
    assert [len(TREE.rows(name)) for name in TREE] == [0, 0, 0, 0, 2]
    assert (len(TREE), "net" in TREE, "gross" in TREE) == (5, True, False)
    assert (TREE.get("net"), TREE.get("gross")) == (NET, None)


def test_trees_are_equal_when_their_values_are():
    assert RecordTree(dict(TREE.items())) == TREE
    assert RecordTree({"net": NET}) != TREE


def test_a_correction_speaks_in_its_own_name_and_after_whom_it_corrects():
    found = make_value("net", "4", Decimal(4), 0.9, ((0, 1),), "model:m@1 0.9")
    made = found.corrected(Step.COMPLETED, "next line", Decimal(45), "4\n5", ((0, 1), (8, 9)))
    assert [str(one) for one in made.chain] == ["model:m@1 0.90", "rule:next line"]
    assert (made.value, made.raw, made.spans) == (Decimal(45), "4\n5", ((0, 1), (8, 9)))
    assert str(made.origin) == "rule:next line"
    assert (made.first.value, made.first.raw) == (Decimal(4), "4")
    again = made.corrected(Step.REPAIRED, "OCR look-alikes", Decimal(46))
    assert (again.raw, again.spans, len(again.chain)) == (made.raw, made.spans, 3)


def test_others_who_say_the_same_are_no_part_of_the_chain():
    other = Evidence(Origin(SourceType.FORM, "Net"), Decimal(4), "4,00")
    joined = dataclasses.replace(NET, evidence=(*NET.evidence, other))
    assert joined.chain == NET.evidence
    assert str(joined.origin) == "rule:label right"


def test_the_other_meanings_of_words_are_told_from_what_lost():
    second = otherwise(NET, Decimal(5))
    value = dataclasses.replace(NET, alternatives=(second, TAX))
    assert list(readings(value)) == [second]


names = st.text(st.characters(codec="utf-8", exclude_characters=",:'\""), min_size=1)


@given(
    st.builds(
        Origin,
        st.just(SourceType.RULE),
        names.map(str.strip),
        st.lists(names.map(str.strip), max_size=3).map(tuple),
        st.text().map(repr) | st.just(""),
    )
    | st.builds(Origin, st.sampled_from([*SourceType][1:]), st.text())
)
def test_an_origin_can_be_read_from_its_text(origin):
    assert Origin.parse(str(origin)) == origin


def test_unknown_text_is_the_name_of_a_rule():
    assert str(Origin.parse("somebody")) == "rule:somebody"


def parts_of(annotation: object) -> set[object]:
    """An annotation and all that it is made of, aliases resolved."""
    found, waiting = set(), [annotation]
    while waiting:
        part = waiting.pop()
        if isinstance(part, list | tuple):  # the arguments of a Callable
            waiting += part
        elif part not in found:
            found.add(part)
            waiting += typing.get_args(part)
    return found


PUBLIC = {
    *(getattr(document, name) for name in document.__all__),
    *(getattr(docextract, name) for name in docextract.__all__),
}


@pytest.mark.parametrize(
    "noun",
    sorted((one for one in PUBLIC if dataclasses.is_dataclass(one)), key=lambda one: one.__name__),
)
def test_no_public_noun_has_a_part_of_any_type(noun):
    for name, annotation in typing.get_type_hints(noun).items():
        assert typing.Any not in parts_of(annotation), name


@pytest.mark.parametrize("noun", [RecordTree, Record, Value, Evidence, Origin])
def test_nothing_about_provenance_takes_or_gives_what_has_no_type(noun):
    for name, member in vars(noun).items():
        call = member.fget if isinstance(member, property) else getattr(member, "__func__", member)
        call = getattr(member, "func", call)  # a cached property
        if callable(call) and getattr(call, "__module__", "").startswith("docextract"):
            hints = typing.get_type_hints(call)
            assert all(typing.Any not in parts_of(one) for one in hints.values()), name
