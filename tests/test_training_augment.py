"""However words are changed, joined, cut and dropped, the marks stay on the words they were on."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docextract.models.bi_encoder.passage import Passage
from docextract.training.augmentation.augment import (
    add_ocr_errors,
    augment,
    jitter_boxes,
    shift_and_scale,
)
from docextract.training.augmentation.typesetting import typeset_text
from docextract.training.augmentation.word_edits import EditedWord, apply_word_edits
from docextract.training.data.examples import Example, Mark
from docextract.values import typed


def sign(number):
    """A letter of which no mistake of OCR makes another one, for each word its own."""
    return chr(0x4E00 + number)


def numbered(words, marks=(), *, lines=None, boxes=True):
    count = len(words)
    edges = np.linspace(0, 900, count + 1, dtype=np.float32)
    box = np.stack([edges[:-1], np.full(count, 10), edges[1:], np.full(count, 20)], axis=1)
    passage = Passage(
        tuple(words),
        box.astype(np.float32) if boxes else None,
        np.asarray(lines if lines is not None else [0] * count, np.int32),
    )
    return Example("made", "test", "made", passage, tuple(marks), frozenset(m.label for m in marks))


@st.composite
def marked_examples(draw):
    count = draw(st.integers(1, 40))
    words = [2 * sign(n) + "TIL:" + 2 * sign(n) for n in range(count)]
    spans = draw(st.lists(st.tuples(st.integers(0, count - 1), st.integers(1, 5)), max_size=6))
    marks = [
        Mark(f"kind.{n}", start, min(count, start + size)) for n, (start, size) in enumerate(spans)
    ]
    lines = np.cumsum(draw(st.lists(st.booleans(), min_size=count, max_size=count)))
    return numbered(words, marks, lines=lines)


@given(marked_examples(), st.integers(0, 2**32), st.floats(0, 5))
@settings(max_examples=200, deadline=None)
def test_after_any_mistakes_of_ocr_a_mark_covers_the_words_of_its_value(example, seed, amount):
    made = add_ocr_errors(example, np.random.default_rng(seed), amount=amount)
    assert len(made.passage) == len(made.passage.boxes) == len(made.passage.lines)
    new = {mark.label: mark for mark in made.marks}
    for old in example.marks:
        assert old.label in new  # the words of a value are never dropped
        mark = new[old.label]
        here = "".join(made.passage.texts[mark.start : mark.end])
        elsewhere = "".join(made.passage.texts[: mark.start] + made.passage.texts[mark.end :])
        for number in range(old.start, old.end):
            assert here.count(sign(number)) >= 3  # one letter may be lost
            assert sign(number) not in elsewhere


@given(marked_examples(), st.data())
def test_words_joined_cut_and_dropped_by_hand_keep_their_marks(example, data):
    fates = data.draw(
        st.lists(
            st.sampled_from(["keep", "drop", "cut", "join"]),
            min_size=len(example.passage),
            max_size=len(example.passage),
        )
    )
    pieces = []
    for at, fate in enumerate(fates):
        if fate == "cut":
            pieces += [
                EditedWord(f"{at}a", at, at + 1, (0, 0.5)),
                EditedWord(f"{at}b", at, at + 1, (0.5, 1)),
            ]
        elif fate == "join" and pieces and pieces[-1].last == at:
            pieces[-1] = EditedWord(pieces[-1].text, pieces[-1].first, at + 1)
        elif fate != "drop":
            pieces.append(EditedWord(str(at), at, at + 1))
    made = apply_word_edits(example, pieces)
    for label in {mark.label for mark in example.marks}:
        old = {n for m in example.marks if m.label == label for n in range(m.start, m.end)}
        new = {n for m in made.marks if m.label == label for n in range(m.start, m.end)}
        right = {n for n, piece in enumerate(pieces) if old & set(range(piece.first, piece.last))}
        assert new == right
    assert (made.passage.boxes[:, 2:] >= made.passage.boxes[:, :2]).all()


@given(st.integers(0, 2**32), st.sampled_from(["RM152.00", "27/06/2018", "1,234.50", "$5,200"]))
def test_a_marked_amount_or_date_keeps_its_value_and_its_type(seed, printed):
    kind = "date" if "/" in printed else "money"
    example = numbered(["TOTAL:", printed, "ROUNDED"], [Mark("receipt.total", 1, 2)])
    made = add_ocr_errors(example, np.random.default_rng(seed), amount=10)
    (mark,) = made.marks
    (word,) = made.passage.texts[mark.start : mark.end]
    assert typed.parse_value(kind, word) == typed.parse_value(kind, printed)


def test_the_row_of_a_table_does_not_protect_the_words_between_its_values():
    words = ["1", *["FILLER"] * 400, "9.00"]
    marks = [
        Mark("invoice.line_items", 0, 402),
        Mark("invoice.line_items.position", 0, 1),
        Mark("invoice.line_items.net_amount", 401, 402),
    ]
    made = add_ocr_errors(numbered(words, marks), np.random.default_rng(0), amount=3)
    assert len(made.passage) < 402
    assert made.marks[0] == Mark("invoice.line_items", 0, len(made.passage))


def test_without_mistakes_nothing_changes():
    example = numbered(["Total", "12.00"], [Mark("receipt.total", 1, 2)])
    made = add_ocr_errors(example, np.random.default_rng(0), amount=0)
    assert made.passage.texts == example.passage.texts
    assert made.marks == example.marks


def test_letters_are_misread_about_as_often_as_was_measured():
    rng = np.random.default_rng(0)
    words = ["TAX", "INVOICE", "LOT", "50,", "SELANGOR"] * 2000
    made = add_ocr_errors(numbered(words, lines=range(len(words))), rng)
    kept = [text for text in made.passage.texts if text in set(words)]
    assert 0.94 < len(kept) / len(words) < 0.985


@given(marked_examples(), st.integers(0, 2**32))
@settings(deadline=None)
def test_any_layout_stays_on_the_page_and_its_boxes_are_not_inside_out(example, seed):
    rng = np.random.default_rng(seed)
    for made in (jitter_boxes(example, rng), shift_and_scale(example, rng), augment(example, rng)):
        boxes = made.passage.boxes
        assert boxes.min() >= 0
        assert boxes.max() <= 1000
        assert (boxes[:, 2:] >= boxes[:, :2]).all()


def test_a_layout_is_moved_as_a_whole():
    example = numbered(["a", "b", "c"])
    old = example.passage.boxes
    new = shift_and_scale(example, np.random.default_rng(3)).passage.boxes
    scale = (new[2, 2] - new[0, 0]) / (old[2, 2] - old[0, 0])
    assert scale != pytest.approx(1)
    assert np.diff(new[:, 0]) == pytest.approx(scale * np.diff(old[:, 0]), rel=1e-3)


@given(st.lists(st.text("abc", min_size=1, max_size=12), min_size=1, max_size=300), st.integers(0))
@settings(deadline=None)
def test_a_text_that_is_set_has_its_words_in_lines_that_do_not_overlap(words, seed):
    lines = np.arange(len(words)) // 7
    example = numbered(words, [Mark("entity.ORG", 0, 1)], lines=lines, boxes=False)
    made = typeset_text(example, np.random.default_rng(seed))
    boxes, numbers_ = made.passage.boxes, made.passage.lines
    assert made.passage.texts == example.passage.texts
    assert made.marks == example.marks
    assert (np.diff(numbers_) >= 0).all()
    same = np.diff(numbers_) == 0
    assert (boxes[1:, 0] >= boxes[:-1, 2])[same].all()
    assert (boxes[1:, 1] == boxes[:-1, 1])[same].all()
    assert ((np.diff(lines) > 0) <= (np.diff(numbers_) > 0)).all()


def test_a_text_that_has_a_layout_keeps_it():
    example = numbered(["a", "b"])
    assert typeset_text(example, np.random.default_rng(0)) is example


def test_the_same_seed_gives_the_same_example():
    example = numbered([f"WORD{n}" for n in range(50)])
    one, two = (augment(example, np.random.default_rng(7)) for _ in range(2))
    assert one.passage.texts == two.passage.texts
    assert np.array_equal(one.passage.boxes, two.passage.boxes)
