"""From the encoder's states to spans: what is made once must score as if it were made anew."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from docextract.models.bi_encoder.decoding import (
    MAX_ENDS_PER_START,
    MIN_BOUNDARY_LOGIT,
    start_end_pairs,
)
from docextract.models.bi_encoder.featurisation import MAX_PIECES_PER_WORD, word_pieces
from docextract.models.bi_encoder.inference import BiEncoderEngine
from docextract.models.bi_encoder.passage import Passage

LABELS = ("shop: who sold", "day: when it was", "total: what is to pay")


@pytest.fixture
def engine(tiny_model):
    return BiEncoderEngine(tiny_model, device="cpu")


@pytest.fixture
def reading(engine):
    """Of a passage of several windows."""
    words = " ".join(f"w{n % 7} at {n}" for n in range(40))
    return engine.encode([Passage.of_text(words)])[0]


def by_definition(model, part, labels, span):
    """The probability of a candidate, with nothing shared between words, spans and labels."""
    import torch

    from docextract.models.bi_encoder.network import span_base_logits

    at, first, last = span.label, span.first - part.window.first, span.last - part.window.first
    heads, tails, label = part.heads, part.tails, labels[at : at + 1]
    inside = model.inside((heads + tails)[first:last] / 2, label).mean()
    start, end = model.start(heads[first], label)[0], model.end(tails[last - 1], label)[0]
    bounds = torch.tensor([first]), torch.tensor([last])
    features = model.span_features(heads, tails, *bounds)
    return model.span_logits(features, span_base_logits(start, inside, end), label).sigmoid().item()


@pytest.mark.model
def test_spans_score_as_one_span_and_one_label_by_itself_would(engine, reading):
    import torch

    found = reading.spans(LABELS, least=0.0)
    assert len(reading._parts) > 2
    assert {span.label for span in found} == {0, 1, 2}
    with torch.inference_mode():
        labels = engine.label_vectors(LABELS)
        for span in found[::7]:
            (part,) = [p for p in reading._parts if span.first in range(*p.window.own)]
            told = by_definition(engine.model, part, labels, span)
            assert span.score == pytest.approx(told, abs=1e-5)


@pytest.mark.model
def test_a_reading_says_the_same_of_a_label_whatever_was_asked_before(engine, reading):
    alone = engine.encode([Passage.of_text(" ".join(f"w{n % 7} at {n}" for n in range(40)))])[0]
    reading.spans(LABELS)
    reading.kind_probabilities({"slip": ("A slip.",), "letter": ("A letter.", "A note.")})
    one = reading.spans(LABELS[1:2])
    assert one == alone.spans(LABELS[1:2])
    kinds = {"slip": ("A slip.",)}
    assert reading.kind_probabilities(kinds) == alone.kind_probabilities(kinds)


LOGITS = st.lists(st.integers(-6, 3), min_size=9, max_size=9)


@given(LOGITS, LOGITS, LOGITS)
def test_each_start_has_its_best_ends_behind_it(start, inside, end):
    import torch

    columns = [torch.tensor(part, dtype=torch.float32)[:, None] for part in (start, inside, end)]
    found: dict[int, list[int]] = {}
    for label, first, last in torch.stack(start_end_pairs(*columns), 1).tolist():
        assert label == 0
        found.setdefault(first, []).append(last)
    assert set(found) <= {n for n in range(9) if start[n] > MIN_BOUNDARY_LOGIT}
    for first in (n for n in range(9) if start[n] > MIN_BOUNDARY_LOGIT):
        lasts = [n + 1 for n in range(first, 9) if end[n] > MIN_BOUNDARY_LOGIT]
        worth = {last: end[last - 1] + np.mean(inside[first:last]) for last in lasts}
        best = sorted(worth.values(), reverse=True)[:MAX_ENDS_PER_START]
        # By their worth: of ends that are worth the same either may be taken.
        taken = sorted((worth[last] for last in set(found.get(first, ()))), reverse=True)
        assert taken == pytest.approx(best, abs=1e-5)


def test_a_word_has_the_same_pieces_wherever_it_stands(engine):
    texts = ["milk", "ab" * MAX_PIECES_PER_WORD, "milk", " ", "Milk", "ab" * MAX_PIECES_PER_WORD]
    made = word_pieces(texts, engine.tokenizer)
    assert made == [word_pieces([text], engine.tokenizer)[0] for text in texts]
    assert [len(ids) for ids in made] == [4, MAX_PIECES_PER_WORD, 4, 1, 4, MAX_PIECES_PER_WORD]
