"""Loss functions: span and document kind losses of labelled windows.

Each (window, label) that was asked adds the negative log likelihood of its starts, insides and
ends, and of candidate spans: the true ones, the same with their borders moved, and the wrong
ones that the model itself finds likeliest. A label that is printed often in a window counts by
the square root of how often. Labels that a data set does not annotate add nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor
from torch.nn.functional import binary_cross_entropy_with_logits, cross_entropy

from docextract.models.bi_encoder.batching import collate, to_device
from docextract.models.bi_encoder.decoding import start_end_pairs
from docextract.models.bi_encoder.encoded_passage import UNKNOWN
from docextract.models.bi_encoder.network import BiEncoder, span_base_logits
from docextract.training.data.windows import LabelledWindow, Span

#: How much each inside counts beside starts and ends: there are many more of them.
INSIDE = 0.15
#: How much a document's kind counts beside one of its fields, whose loss is a sum over words.
KIND = 3.0
#: How much an asked label without a span counts towards the number that a step's loss is the
#: mean over.
ABSENT = 0.3
#: Wrong spans of a window that the scorer is trained on, the model's own likeliest.
MOST_WRONG = 48
#: How the borders of true spans are moved to make wrong ones.
SHIFTS = ((-1, 0), (1, 0), (0, -1), (0, 1), (-1, -1), (1, 1), (-2, 0), (0, 2), (2, 0), (0, -2))


@dataclass(frozen=True)
class LabelVectors:
    """Encoded label sentences of a batch, (L, H) and (K, H), and each label's row in them."""

    labels: Tensor
    label_at: Mapping[str, int]
    kinds: Tensor
    kind_at: Mapping[str, int]


def batch_loss(model: BiEncoder, found: Sequence[LabelledWindow], vectors: LabelVectors) -> Tensor:
    """The summed loss of a micro-batch of windows, a scalar."""
    batch = to_device(collate([item.window for item in found]), vectors.labels.device)
    states: Tensor = model(batch)
    total = states.new_zeros(())
    for row, item in enumerate(found):
        within = states[row, : len(item.window.ids)]
        if item.asked:
            total = total + _spans(model, item, within, vectors)
        if item.kind is not None:
            total = total + KIND * _kind(model, item.kind, within, vectors)
    return total


def loss_weight(item: LabelledWindow) -> float:
    """The window's weight in the number by which a batch's loss is normalised."""
    present = len({span.label for span in item.spans})
    return present + ABSENT * (len(item.asked) - present) + KIND * (item.kind is not None)


def _kind(model: BiEncoder, kind: str, states: Tensor, vectors: LabelVectors) -> Tensor:
    """Cross-entropy over the kinds asked and "unknown", which is right for any other kind."""
    logits = model.kind_parts(states, vectors.kinds).mean(0)
    at = (
        len(vectors.kind_at) if kind == UNKNOWN else vectors.kind_at.get(kind, len(vectors.kind_at))
    )
    return cross_entropy(logits[None], torch.tensor([at], device=logits.device))


def _spans(model: BiEncoder, item: LabelledWindow, states: Tensor, vectors: LabelVectors) -> Tensor:
    heads, tails = states[item.window.heads], states[item.window.tails]
    labels = vectors.labels[[vectors.label_at[label] for label in item.asked]]
    start = model.start(heads, labels)
    inside = model.inside((heads + tails) / 2, labels)
    end = model.end(tails, labels)
    at = {label: n for n, label in enumerate(item.asked)}
    truth = _truth(item.spans, at, start)
    counts = [0] * len(at)
    for span in item.spans:
        counts[at[span.label]] += 1
    shares = torch.tensor([max(1, count) ** -0.5 for count in counts], device=start.device)
    total = sum(
        (
            part
            * (binary_cross_entropy_with_logits(logits, wanted, reduction="none") * shares).sum()
            for part, logits, wanted in zip(
                (1.0, INSIDE, 1.0), (start, inside, end), truth, strict=True
            )
        ),
        start=start.new_zeros(()),
    )
    label, first, last, wanted = _choices(item.spans, at, (start, inside, end))
    if not len(label):
        return total
    sums = torch.cat((inside.new_zeros(1, inside.shape[1]), inside.cumsum(0)))
    within = (sums[last, label] - sums[first, label]) / (last - first)
    base = span_base_logits(start[first, label], within, end[last - 1, label])
    logits = model.span_logits(model.span_features(heads, tails, first, last), base, labels[label])
    each = binary_cross_entropy_with_logits(logits, wanted, reduction="none")
    return total + (each * shares[label]).sum()


def _truth(
    spans: Sequence[Span], at: Mapping[str, int], like: Tensor
) -> tuple[Tensor, Tensor, Tensor]:
    """(W, L) ones where a span starts, goes on and ends."""
    start, inside, end = (np.zeros(like.shape, np.float32) for _ in range(3))
    for label, first, last in spans:
        start[first, at[label]] = inside[first:last, at[label]] = end[last - 1, at[label]] = 1
    made = [torch.from_numpy(part).to(like.device) for part in (start, inside, end)]
    return made[0], made[1], made[2]


def _choices(
    spans: Sequence[Span], at: Mapping[str, int], logits: tuple[Tensor, Tensor, Tensor]
) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Spans for the scorer: (N,) labels, firsts, lasts, and 1.0 for those that are true."""
    words = len(logits[0])
    true = {(at[label], first, last) for label, first, last in spans}
    wrong: dict[tuple[int, int, int], None] = {}
    for label, first, last in sorted(true):
        for before, behind in SHIFTS:
            moved_span = (label, first + before, last + behind)
            if 0 <= moved_span[1] < moved_span[2] <= words and moved_span not in true:
                wrong[moved_span] = None
    rows = torch.stack(start_end_pairs(*logits), 1).tolist()
    likely = [(row[0], row[1], row[2]) for row in rows if (row[0], row[1], row[2]) not in true]
    if len(likely) > MOST_WRONG:
        start, _, end = (part.detach() for part in logits)
        columns = torch.tensor(likely)
        score = start[columns[:, 1], columns[:, 0]] + end[columns[:, 2] - 1, columns[:, 0]]
        likely = [likely[n] for n in score.topk(MOST_WRONG).indices.tolist()]
    wrong.update(dict.fromkeys(likely))
    every = [*sorted(true), *wrong]
    made = torch.tensor(every, dtype=torch.long, device=logits[0].device).reshape(-1, 3)
    wanted = torch.tensor([float(n < len(true)) for n in range(len(every))], device=made.device)
    return made[:, 0], made[:, 1], made[:, 2], wanted
