"""Calibration of the quantisation: measures the activation ranges of the PP-OCR networks.

    python -m docextract.ocr.ppocr.activation_ranges PAGES


PAGES is a folder of page images. Run it again when the rapidocr wheel brings other weights; the
ranges shipped here come from 22 pages (receipts, invoices, rasterised contracts; 176 lines).
"""

import argparse
import hashlib
import json
import random
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docextract.ocr.image.preparation import normalise_mode
from docextract.ocr.ppocr.detector import Detector, network_input
from docextract.ocr.ppocr.engine import bgr_array, crop_line, orient_corners
from docextract.ocr.ppocr.networks import NetworkName, import_openvino, model_file
from docextract.ocr.ppocr.quantisation import ActivationRanges
from docextract.ocr.ppocr.recogniser import network_batch, padded_width

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, np.dtype[Any]]

_LINES_A_PAGE = 8
_SEED = 1


def measure_ranges(part: NetworkName, inputs: Iterable["Array"]) -> ActivationRanges:
    """Name of each convolution -> the least and greatest value that reaches it.

    Each is the mean over the inputs of what they reach: a lone outlier would make all the
    levels coarser, and clipping it harms one place of one page.
    """
    import numpy as np

    vino = import_openvino()
    opset13, core = vino.opset13, vino.Core()
    model = core.read_model(model_file(part))
    nodes = [node for node in model.get_ordered_ops() if node.get_type_name() == "Convolution"]
    axes = opset13.constant(np.arange(4))
    ends = (opset13.reduce_min, opset13.reduce_max)
    probes = [end(node.input_value(0), axes, False) for node in nodes for end in ends]
    compiled = core.compile_model(vino.Model(probes, model.get_parameters(), "probe"), "CPU")
    seen = [[float(value) for value in compiled([given]).values()] for given in inputs]
    means = np.mean(seen, axis=0).reshape(-1, 2).tolist()
    names = [node.get_friendly_name() for node in nodes]
    return {name: (low, high) for name, (low, high) in zip(names, means, strict=True)}


def page_arrays(folder: Path) -> Iterator["Array"]:
    """The images of the folder, sorted by name, shape (height, width, 3)."""
    from PIL import Image

    for path in sorted(folder.iterdir()):
        with Image.open(path) as opened:
            yield bgr_array(normalise_mode(opened))


def sample_lines(page: "Array", detector: Detector, draw: random.Random) -> Iterator["Array"]:
    """A random sample of a page's lines, as input of the recogniser."""
    found = list(detector.find(page))
    for corners in draw.sample(found, min(_LINES_A_PAGE, len(found))):
        cut = crop_line(page, orient_corners(corners))
        yield network_batch([cut], padded_width(cut.shape[1]))


def main() -> None:
    """Writes the table beside this module."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pages", type=Path, help="a folder of page images")
    folder = parser.parse_args().pages
    detector, draw = Detector(), random.Random(_SEED)
    table = {
        _digest("det"): measure_ranges("det", map(network_input, page_arrays(folder))),
        _digest("rec"): measure_ranges(
            "rec",
            (line for page in page_arrays(folder) for line in sample_lines(page, detector, draw)),
        ),
    }
    rounded = {
        digest: {name: [round(end, 4) for end in ends] for name, ends in ranges.items()}
        for digest, ranges in table.items()
    }
    Path(__file__).with_name("ranges.json").write_text(json.dumps(rounded, indent=1) + "\n")


def _digest(part: NetworkName) -> str:
    return hashlib.sha256(model_file(part).read_bytes()).hexdigest()


if __name__ == "__main__":
    main()
