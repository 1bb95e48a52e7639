"""OCR: CPU and wall seconds a page, word F1 and memory, per engine, against bare Tesseract.

    python benchmarks/speed_ocr.py --data DIR [--pages 70] [--part dev] [--engines auto,rapidocr]

`DIR/fields/SET/PART.jsonl.gz` lists documents with their words, and their files. Six kinds of page
are mixed: receipts and invoices as images with the words that the set gives, and pages of PDFs
drawn at 100 or 200 dpi, turned by half a degree, with noise and JPEG artefacts, where the PDF's
own text is the truth. F1 is over the multiset of words, case and punctuation aside.

Each engine reads every page in one process after the other; the floor, the `tesseract` command
with OMP_THREAD_LIMIT=1, runs one process a core, as people run it over a folder. The engines take
turns block by block, so that a slow minute of the machine hits them all. CPU seconds include
child processes and leave out what it takes to load an engine; memory is the peak of the engine's
process.
"""

import argparse
import gzip
import io
import json
import multiprocessing
import os
import random
import re
import resource
import subprocess
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean
from typing import Any

import numpy as np
import pypdfium2
from PIL import Image

from docextract.ocr.page import read_page

FLOOR = "tesseract command"
ENGINES = ("auto", "rapidocr", "tesserocr", "tesseract")
_BLOCK = 10
_SEED = 7
_SKEW, _NOISE, _JPEG_QUALITY = 0.5, 6.0, 85
_FEW_WORDS = 60  # a page with fewer is a cover sheet

#: Set -> share of the pages, and dpi where a PDF is to be drawn.
MIX: dict[tuple[str, int], int] = {
    ("receipts-sroie", 0): 24,
    ("invoices-1000", 0): 8,
    ("ndas", 200): 16,
    ("adbuys", 100): 8,
    ("adbuys", 200): 6,
    ("einvoices", 200): 8,
}


@dataclass(frozen=True)
class Sample:
    """A page image, encoded, and the words that are on it."""

    kind: str
    picture: bytes
    dpi: float
    words: tuple[str, ...]


@dataclass(frozen=True)
class Reading:
    """What one engine made of one page."""

    kind: str
    f1: float
    cpu: float
    wall: float
    peak_mb: float
    read_by: str = ""


def samples(data: Path, part: str, count: int) -> list[Sample]:
    """About `count` pages of the mix, the same ones at each call."""
    whole = sum(MIX.values())
    found: list[Sample] = []
    for (name, dpi), share in MIX.items():
        wanted = max(1, round(count * share / whole))
        made = _drawn(data, name, part, dpi) if dpi else _images(data, name, part)
        found += [sample for sample, _ in zip(made, range(wanted), strict=False)]
    return found


def _documents(data: Path, name: str, part: str) -> list[dict[str, Any]]:
    with gzip.open(data / "fields" / name / f"{part}.jsonl.gz", "rt") as lines:
        found = [document for line in lines if (document := json.loads(line))["file"]]
    random.Random(_SEED).shuffle(found)
    return found


def _images(data: Path, name: str, part: str) -> Iterator[Sample]:
    for document in _documents(data, name, part):
        picture = (data / "fields" / name / document["file"]).read_bytes()
        words = tuple(word[0] for word in document["pages"][0]["words"])
        yield Sample(name, picture, 150, words)


def _drawn(data: Path, name: str, part: str, dpi: int) -> Iterator[Sample]:
    noise = np.random.default_rng(_SEED)
    for index, document in enumerate(_documents(data, name, part)):
        with pypdfium2.PdfDocument(data / "fields" / name / document["file"]) as pdf:
            page = pdf[index % len(pdf)]
            words = tuple(page.get_textpage().get_text_bounded().split())
            picture = page.render(scale=dpi / 72).to_pil()
        if len(words) >= _FEW_WORDS:
            yield Sample(f"{name} {dpi} dpi", _scanned(picture, noise), dpi, words)


def _scanned(picture: Image.Image, noise: np.random.Generator) -> bytes:
    turned = picture.convert("L").rotate(_SKEW, Image.Resampling.BICUBIC, fillcolor=255)
    grey = np.asarray(turned, dtype=np.float32) + noise.normal(0, _NOISE, turned.size[::-1])
    out = io.BytesIO()
    Image.fromarray(np.clip(grey, 0, 255).astype(np.uint8)).save(out, "JPEG", quality=_JPEG_QUALITY)
    return out.getvalue()


def word_f1(read: Sequence[str], truth: Sequence[str]) -> float:
    """F1 over the multisets of words, case and punctuation aside; 1.0 when both are empty."""
    found, wanted = _bag(read), _bag(truth)
    both, total = (found & wanted).total(), found.total() + wanted.total()
    return 2 * both / total if total else 1.0


def _bag(words: Sequence[str]) -> Counter[str]:
    return Counter(token for word in words for token in re.findall(r"[^\W_]+", word.casefold()))


def read_sample(engine: str, sample: Sample) -> Reading:
    """One page by one engine, in this process."""
    image = Image.open(io.BytesIO(sample.picture))
    image.load()
    wall, cpu = time.perf_counter(), _cpu()
    page = read_page(image, dpi=sample.dpi, engine=engine)
    cpu, wall = _cpu() - cpu, time.perf_counter() - wall
    words = [word.text for line in page.lines for word in line]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return Reading(sample.kind, word_f1(words, sample.words), cpu, wall, peak, page.read_by)


def floor(block: Sequence[Sample], workers: int) -> list[Reading]:
    """The block by bare `tesseract` commands, one process a core."""
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(workers) as pool:
        paths = []
        for number, sample in enumerate(block):
            path = Path(folder, f"{number}.png")
            Image.open(io.BytesIO(sample.picture)).save(path)
            paths.append(path)
        wall, cpu = time.perf_counter(), _cpu()
        texts = list(pool.map(_command, paths))
        wall, cpu = (time.perf_counter() - wall) / len(block), (_cpu() - cpu) / len(block)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    return [
        Reading(sample.kind, word_f1(text.split(), sample.words), cpu, wall, peak)
        for sample, text in zip(block, texts, strict=True)
    ]


def _command(path: Path) -> str:
    done = subprocess.run(
        ("tesseract", path, "-"),
        env={**os.environ, "OMP_THREAD_LIMIT": "1"},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


def _cpu() -> float:
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in used)


def measure(
    data: Path, *, part: str = "dev", pages: int = 70, engines: Sequence[str] = ENGINES
) -> dict[str, list[Reading]]:
    """Engine (and `FLOOR`) -> its readings, over the same pages."""
    mixed = samples(data, part, pages)
    random.Random(_SEED).shuffle(mixed)
    found: dict[str, list[Reading]] = defaultdict(list)
    # Spawned, not forked: an engine's memory must be its own.
    context = multiprocessing.get_context("spawn")
    pools = {name: ProcessPoolExecutor(1, mp_context=context) for name in engines}
    for name, pool in pools.items():
        pool.submit(read_sample, name, mixed[0]).result()  # loads the engine, unmeasured
    for start in range(0, len(mixed), _BLOCK):
        block = mixed[start : start + _BLOCK]
        found[FLOOR] += floor(block, os.cpu_count() or 1)
        for name, pool in pools.items():
            found[name] += [pool.submit(read_sample, name, sample).result() for sample in block]
    for pool in pools.values():
        pool.shutdown()
    return dict(found)


def report(found: dict[str, list[Reading]]) -> str:
    """A Markdown table: a row an engine, the F1 of each kind of page last."""
    kinds = sorted({reading.kind for reading in found[FLOOR]})
    base = fmean(reading.cpu for reading in found[FLOOR])
    lines = [
        "| engine | CPU s/page | x floor | wall s/page | peak MB | F1 | "
        + " | ".join(kinds)
        + " |",
        "|---|" + "--:|" * (5 + len(kinds)),
    ]
    for name, readings in found.items():
        cpu = fmean(reading.cpu for reading in readings)
        cells = [
            f"{cpu:.2f}",
            f"{cpu / base:.2f}",
            f"{fmean(reading.wall for reading in readings):.2f}",
            f"{max(reading.peak_mb for reading in readings):.0f}",
            f"{fmean(reading.f1 for reading in readings):.3f}",
            *(f"{fmean(r.f1 for r in readings if r.kind == kind):.3f}" for kind in kinds),
        ]
        lines.append(f"| {name} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def main() -> None:
    """Prints the table, and which engine `auto` chose how often."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument(
        "--data", type=Path, default=os.environ.get("DOCEXTRACT_DATA"), help="the data folder"
    )
    parser.add_argument("--pages", type=int, default=sum(MIX.values()))
    parser.add_argument("--part", default="dev", help="train or dev")
    parser.add_argument("--engines", default=",".join(ENGINES))
    options = parser.parse_args()
    if not options.data:
        parser.error("--data, or the environment variable DOCEXTRACT_DATA, names the data folder")
    found = measure(
        Path(options.data),
        part=options.part,
        pages=options.pages,
        engines=options.engines.split(","),
    )
    print(report(found))
    if "auto" in found:
        print("\nauto chose:", dict(Counter(reading.read_by for reading in found["auto"])))


if __name__ == "__main__":
    main()
