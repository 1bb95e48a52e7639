"""Speed and memory, in one run: text layers, OCR, folders, start-up.

    python benchmarks/speed.py --data DIR [--parts text,ocr,folder,start] [--pages 500]

text    words with boxes from PDFs' text layers against bare PDFium text (speed_text.py)
ocr     engines and `auto` against `tesseract` commands on all cores, with word F1 (speed_ocr.py)
folder  `docextract run` over one long scan and over the same pages as single scans: pages a
        second, the share of all cores' time that was used, the largest worker
start   seconds until `docextract --help` is there, against a bare interpreter

Each part takes its turns inside itself, so that a slow minute of the machine hits all rows alike.
Ratios and CPU seconds travel between machines; wall seconds do not.
"""

import argparse
import io
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import speed_ocr
import speed_text
from PIL import Image

#: Reading only: the stages run in the parent and are not what is measured here.
PIPELINE = 'description = "Reads, and that is all."\n'
ROUNDS = 7


def text(data: Path) -> None:
    """Print the table of text layers."""
    print("\n| reader | pages | CPU s/page | x floor (min-max) |\n|---|--:|--:|--:|")
    for row in speed_text.rows(data, passes=3):
        ratios = f"{row.ratio:.2f} ({row.least:.2f}-{row.most:.2f})"
        print(f"| {row.reader} | {row.pages} | {row.cpu_seconds:.5f} | {ratios} |")


def ocr(data: Path) -> None:
    """Print the table of OCR engines."""
    print()
    print(speed_ocr.report(speed_ocr.measure(data)))


def folder(data: Path, pages: int) -> None:
    """Print how well a run over scans uses the machine."""
    drawn = [Image.open(io.BytesIO(s.picture)) for s in speed_ocr.samples(data, "dev", 60)]
    scans = [drawn[n % len(drawn)].convert("L") for n in range(pages)]
    print("\n| scans | pages | pages/s | CPU s/page | cores busy | largest worker MB |")
    print("|---|--:|--:|--:|--:|--:|")
    with tempfile.TemporaryDirectory() as made:
        place = Path(made)
        (place / "read.toml").write_text(PIPELINE)
        (place / "single").mkdir()
        for n, scan in enumerate(scans[: max(1, pages // 5)]):
            # Equal contents are read once, so each page gets a mark of its own.
            scan.putpixel((0, 0), n % 256)
            scan.save(place / "single" / f"{n:04}.png", dpi=(200, 200))
        scans[0].save(
            place / "long.pdf", save_all=True, append_images=scans[1:], resolution=200, quality=85
        )
        _run("one long scan", place / "long.pdf", place)
        _run("single scans", place / "single", place)


def _run(name: str, source: Path, place: Path) -> None:
    out = place / f"out-{source.name}"
    command = [sys.executable, "-c", "from docextract.cli import main; main()", "run"]
    command += [source, "-o", out, "-p", place / "read.toml", "--document-timeout", "3600", "-q"]
    before, began = _children(), time.perf_counter()
    subprocess.run([str(part) for part in command], check=True)
    wall, cpu = time.perf_counter() - began, _children() - before
    found = json.loads((out / "run.json").read_text())
    pages, peak = found["pages"], found["peak_memory_of_a_worker_mb"]
    busy = cpu / wall / len(os.sched_getaffinity(0))
    print(f"| {name} | {pages} | {pages / wall:.2f} | {cpu / pages:.2f} | {busy:.0%} | {peak} |")


def _children() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def start() -> None:
    """Print how long the command line takes to answer."""
    program = "from docextract.cli import main; main()"
    commands = {
        "bare interpreter": ["-c", "pass"],
        "docextract --help": ["-c", program, "--help"],
        "docextract run --help": ["-c", program, "run", "--help"],
        "import docextract": ["-c", "import docextract"],
    }
    found: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(ROUNDS):
        for name, arguments in commands.items():
            began = time.perf_counter()
            subprocess.run([sys.executable, *arguments], stdout=subprocess.DEVNULL, check=True)
            found[name].append(time.perf_counter() - began)
    print("\n| start | seconds, median (min-max) |\n|---|--:|")
    for name, seconds in found.items():
        middle = statistics.median(seconds)
        print(f"| {name} | {middle:.2f} ({min(seconds):.2f}-{max(seconds):.2f}) |")


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the parts that are asked for."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--data", type=Path, default=os.environ.get("DOCEXTRACT_DATA"))
    parser.add_argument("--parts", default="text,ocr,folder,start")
    parser.add_argument("--pages", type=int, default=100, help="of the long scan")
    options = parser.parse_args(arguments)
    parts = options.parts.split(",")
    if options.data is None and parts != ["start"]:
        parser.error("give --data DIR, or set DOCEXTRACT_DATA")
    if "text" in parts:
        text(options.data)
    if "ocr" in parts:
        ocr(options.data)
    if "folder" in parts:
        folder(options.data, options.pages)
    if "start" in parts:
        start()


if __name__ == "__main__":
    main()
