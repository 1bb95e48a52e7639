"""Quantisation of the PP-OCR networks for OpenVINO, without a change of what they read.

* Convolutions compute in 8 bits where the range of their input is known (Jacob et al.,
  "Quantization and training of neural networks", 2018): weights by output channel, inputs by the
  ranges in `ranges.json`, which `docextract.ocr.ppocr.activation_ranges` measured on real pages.
* The recogniser scores only the letters that are asked for: most of its 18,710 classes are
  East Asian.

What that costs and brings: docs/decisions/ocr-routing.md. The weights themselves are those of
the rapidocr wheel; a wheel with other weights than the measured ones is run as it is.
"""

import hashlib
import json
import unicodedata
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

#: Convolution's name -> least and greatest value of its input.
ActivationRanges = Mapping[str, tuple[float, float]]

_TABLE = Path(__file__).with_name("ranges.json")
_LEVELS = 256
_WIDE = "WFH"  # Unicode's East Asian widths: wide, full-width, half-width
_EAST_ASIAN = (
    "chi",
    "jpn",
    "script/Han",
    "script/Japanese",
)  # how Tesseract's codes for them begin


def kept_classes(alphabet: Sequence[str], languages: Sequence[str]) -> list[int]:
    """Indices of the classes to distinguish: without East Asian letters, unless asked for.

    The blank at 0 is always among them.
    """
    if any(code.startswith(_EAST_ASIAN) for code in languages):
        return list(range(len(alphabet)))
    return [
        index
        for index, letter in enumerate(alphabet)
        if not letter or unicodedata.east_asian_width(letter) not in _WIDE
    ]


@cache
def measured_ranges(path: Path) -> ActivationRanges:
    """The measured ranges of the network in this file; none for one that was not measured."""
    table = json.loads(_TABLE.read_text("utf-8"))
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    return {name: (low, high) for name, (low, high) in table.get(digest, {}).items()}


def quantise(model: Any, measured: ActivationRanges) -> None:
    """Quantise the convolutions of an OpenVINO model whose activation ranges are known."""
    from openvino import opset13

    coarse: dict[tuple[str, int], Any] = {}
    for node in model.get_ordered_ops():
        name = node.get_friendly_name()
        if node.get_type_name() != "Convolution" or name not in measured:
            continue
        source = node.input_value(0)
        key = (source.get_node().get_friendly_name(), source.get_index())
        if key not in coarse:
            low, high = align_zero(*measured[name])
            coarse[key] = _rounded(opset13, source, low, high, _LEVELS)
        node.input(0).replace_source_output(coarse[key])
        node.input(1).replace_source_output(_rounded_weights(opset13, node.input_value(1)))
    model.validate_nodes_and_infer_types()


def align_zero(low: float, high: float) -> tuple[float, float]:
    """Widen and shift a range so that zero is exactly one of its 256 levels.

    Padding is made of zeros; were zero between two levels, every border would be off.
    """
    low, high = min(low, 0.0), max(high, 1e-6)
    step = (high - low) / (_LEVELS - 1)
    zero = round(-low / step)
    return -zero * step, (_LEVELS - 1 - zero) * step


def with_argmax(model: Any, keep: Sequence[int]) -> Any:
    """The recogniser with an argmax at its end: (class, probability) for each step.

    Both have the shape (lines, steps). Classes count along `keep`.
    """
    import numpy as np
    from openvino import Model, opset13

    made = _narrowed(opset13, model.get_results()[0].input_value(0), keep)
    one = opset13.constant(np.array(1, dtype=np.int32))
    best = opset13.topk(made, one, 2, "max", "none", index_element_type="i32")
    last = opset13.constant(np.array([2], dtype=np.int32))
    answers = [opset13.squeeze(best.output(index), last) for index in (1, 0)]
    return Model(answers, model.get_parameters(), "recogniser")


def _narrowed(opset: Any, scores: Any, keep: Sequence[int]) -> Any:
    """The scores of these classes alone, computed without the others where that can be done."""
    import numpy as np

    bias = _before(scores.get_node().input_value(0))
    product = _before(bias.input_value(0)) if bias.get_type_name() == "Add" else bias
    if product.get_type_name() != "MatMul":  # another network's tail: compute all, keep some
        axis = opset.constant(np.array(2, dtype=np.int32))
        return opset.gather(scores, opset.constant(np.array(keep, dtype=np.int32)), axis)
    weights = opset.constant(_data(product.input_value(1))[:, keep])
    offsets = opset.constant(_data(bias.input_value(1))[..., keep])
    made = opset.matmul(product.input_value(0), weights, False, False)
    return opset.softmax(opset.add(made, offsets), 2)


def _before(output: Any) -> Any:
    """The node that computed this output, past nodes that only hand it on."""
    node = output.get_node()
    while node.get_type_name() == "Identity":
        node = node.input_value(0).get_node()
    return node


def _data(output: Any) -> Any:
    return output.get_node().get_data()


def _rounded(opset: Any, source: Any, low: Any, high: Any, levels: int) -> Any:
    import numpy as np

    ends = [opset.constant(np.float32(end)) for end in (low, high, low, high)]
    return opset.fake_quantize(source, *ends, levels).output(0)


def _rounded_weights(opset: Any, source: Any) -> Any:
    """Each output channel in 255 levels that are symmetric around zero."""
    import numpy as np

    weights = _data(source).astype(np.float32)
    most = np.abs(weights).max(axis=(1, 2, 3), keepdims=True) + np.float32(1e-9)
    return _rounded(opset, opset.constant(weights), -most, most, _LEVELS - 1)
