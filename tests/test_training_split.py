"""What is learnt from and what is held out never share a vendor, a template or an article."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docextract.models.bi_encoder.passage import Passage
from docextract.training.data.examples import Example
from docextract.training.data.split import split_by_group

named = st.lists(
    st.tuples(st.sampled_from(["receipts", "letters"]), st.sampled_from("abcdefgh")), max_size=60
)


def examples(groups):
    words = Passage.of_text("one word")
    return [
        Example(f"{source}-{n}", source, group, words) for n, (source, group) in enumerate(groups)
    ]


def groups_of(found):
    return {(one.source, one.group) for one in found}


@given(named, st.floats(0, 0.99), st.integers(0, 5))
def test_every_example_is_on_one_side_and_no_group_on_both(groups, share, seed):
    every = examples(groups)
    train, held = split_by_group(every, share=share, seed=seed)
    assert not groups_of(train) & groups_of(held)
    assert sorted(one.name for one in [*train, *held]) == sorted(one.name for one in every)


@given(named, st.randoms())
def test_the_order_of_the_examples_changes_nothing(groups, order):
    every = examples(groups)
    mixed = list(every)
    order.shuffle(mixed)
    assert groups_of(split_by_group(every)[1]) == groups_of(split_by_group(mixed)[1])


def test_the_share_held_out_is_about_the_share_asked_for():
    held = split_by_group(examples([("receipts", str(n % 200)) for n in range(1000)]), share=0.1)[1]
    assert 80 <= len(held) <= 100


def test_a_source_of_two_groups_gives_its_smaller_one():
    train, held = split_by_group(
        examples([("letters", "a"), ("letters", "a"), ("letters", "b")]), share=0.1
    )
    assert [one.group for one in held] == ["b"]
    assert [one.group for one in train] == ["a", "a"]


def test_a_source_of_one_group_is_learnt_from():
    assert split_by_group(examples([("letters", "a")] * 3), share=0.5)[1] == []


def test_another_seed_holds_out_other_groups():
    every = examples([("receipts", str(n)) for n in range(100)])
    assert groups_of(split_by_group(every, seed=1)[1]) != groups_of(
        split_by_group(every, seed=2)[1]
    )


def test_a_share_of_all_is_refused():
    with pytest.raises(ValueError, match="share must be"):
        split_by_group([], share=1.0)


def test_a_group_of_two_sources_is_on_one_side():
    every = examples([(source, str(n)) for source in ("letters", "receipts") for n in range(40)])
    train, held = split_by_group(every, share=0.2)
    assert {one.group for one in train}.isdisjoint({one.group for one in held})
    assert len(held) == 16
