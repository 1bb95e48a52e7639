"""Measures the ranges of activations that `quantisation` computes with.

    python -m docextract.ocr.ppocr.calibrate PAGES


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

from docextract.ocr.image.preparation import plain
from docextract.ocr.ppocr.detector import Detector, shrunk
from docextract.ocr.ppocr.engine import along_text, bgr, strip
from docextract.ocr.ppocr.networks import Part, model_file, openvino
from docextract.ocr.ppocr.quantisation import Ranges
from docextract.ocr.ppocr.recogniser import bucket, stacked

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, np.dtype[Any]]

_LINES_A_PAGE = 8
_SEED = 1


def measure(part: Part, inputs: Iterable["Array"]) -> Ranges:
    """Name of each convolution -> the least and greatest value that reaches it.

    Each is the mean over the inputs of what they reach: a lone outlier would make all the
    levels coarser, and clipping it harms one place of one page.
    """
    import numpy as np

    vino = openvino()
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


def pages(folder: Path) -> Iterator["Array"]:
    """The images of the folder, sorted by name, shape (height, width, 3)."""
    from PIL import Image

    for path in sorted(folder.iterdir()):
        with Image.open(path) as opened:
            yield bgr(plain(opened))


def lines(page: "Array", detector: Detector, draw: random.Random) -> Iterator["Array"]:
    """Some lines of a page, as the recogniser wants them."""
    found = list(detector.find(page))
    for corners in draw.sample(found, min(_LINES_A_PAGE, len(found))):
        cut = strip(page, along_text(corners))
        yield stacked([cut], bucket(cut.shape[1]))


def main() -> None:
    """Writes the table beside this module."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pages", type=Path, help="a folder of page images")
    folder = parser.parse_args().pages
    detector, draw = Detector(), random.Random(_SEED)
    table = {
        _digest("det"): measure("det", map(shrunk, pages(folder))),
        _digest("rec"): measure(
            "rec", (line for page in pages(folder) for line in lines(page, detector, draw))
        ),
    }
    rounded = {
        digest: {name: [round(end, 4) for end in ends] for name, ends in ranges.items()}
        for digest, ranges in table.items()
    }
    Path(__file__).with_name("ranges.json").write_text(json.dumps(rounded, indent=1) + "\n")


def _digest(part: Part) -> str:
    return hashlib.sha256(model_file(part).read_bytes()).hexdigest()


if __name__ == "__main__":
    main()
