"""Speed of reading text layers: bare PDFium, docextract's words with boxes, and two others.

    python benchmarks/speed_text.py --data DIR [--passes 3]

DIR is searched for PDFs in fields/{ndas,adbuys,einvoices}/files, or anywhere below it when it has
no such folders. Readers take turns file by file in one process, so that whatever else the machine
does hits all of them; ratios are taken pass by pass against bare PDFium of the same pass.
"""

import argparse
import os
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from resource import RUSAGE_CHILDREN, RUSAGE_SELF, getrusage
from statistics import median

import pdfplumber
from pypdfium2 import PdfDocument

from docextract.readers.options import ReadOptions
from docextract.readers.pdf import reader as pdf

_FOLDERS = ("ndas", "adbuys", "einvoices")
_SAMPLE = 10  # pdfplumber reads every tenth file, or it would take an hour

Reader = Callable[[Path], int]


@dataclass(frozen=True)
class Row:
    """One reader's figures: medians over the passes, and the range of the ratio to the floor.

    `seconds` and `cpu_seconds` are per page, children's time included.
    """

    reader: str
    pages: int
    seconds: float
    cpu_seconds: float
    ratio: float
    least: float
    most: float


@dataclass
class _Clock:
    pages: int = 0
    seconds: float = 0.0
    cpu: float = 0.0

    def time(self, reader: Reader, path: Path) -> None:
        """Add one reading of the file."""
        began, cpu = time.perf_counter(), _cpu()
        self.pages += reader(path)
        self.seconds += time.perf_counter() - began
        self.cpu += _cpu() - cpu


def _cpu() -> float:
    usages = map(getrusage, (RUSAGE_SELF, RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


def bare(path: Path) -> int:
    """PDFium's text and nothing else: the floor."""
    with PdfDocument(path.read_bytes()) as document:
        for number in range(len(document)):
            with closing(document[number]) as page, closing(page.get_textpage()) as text:
                text.get_text_range()
        return len(document)


def words(path: Path) -> int:
    """docextract: words with boxes in reading order, tables, and which pages need OCR."""
    content = pdf.read(path.read_bytes(), ReadOptions())
    return len(content.pages or ())


def pdftotext(path: Path) -> int:
    """Poppler's program, with boxes."""
    subprocess.run(["pdftotext", "-bbox", str(path), os.devnull], check=True, capture_output=True)
    return 0  # it does not tell how many pages there were


def plumber(path: Path) -> int:
    """Words with boxes by pdfplumber."""
    with pdfplumber.open(path) as document:
        for page in document.pages:
            page.extract_words()
            page.close()
        return len(document.pages)


def files(data: Path) -> list[Path]:
    """The PDFs to read, sorted by path."""
    folders = [data / "fields" / name / "files" for name in _FOLDERS]
    found = [path for folder in folders for path in folder.glob("*.pdf")]
    return sorted(found or data.rglob("*.pdf"))


def rows(data: Path, passes: int) -> Iterator[Row]:
    """Measure; the floor's row comes first, and the sample's floor before pdfplumber's."""
    paths = files(data)
    fast: dict[str, Reader] = {"pypdfium2, text only": bare, "docextract": words}
    if shutil.which("pdftotext"):
        fast["pdftotext -bbox"] = pdftotext
    yield from _measured(fast, paths, passes)
    slow: dict[str, Reader] = {"pypdfium2, sample": bare, "pdfplumber, sample": plumber}
    yield from _measured(slow, paths[::_SAMPLE], 1)


def _measured(readers: dict[str, Reader], paths: list[Path], passes: int) -> Iterator[Row]:
    for reader in readers.values():  # imports and the disk's cache are not what is measured
        reader(paths[0])
    clocks = [{name: _Clock() for name in readers} for _ in range(passes)]
    for clock in clocks:
        for path in paths:
            for name, reader in readers.items():
                clock[name].time(reader, path)
    floor = next(iter(readers))
    pages = clocks[0][floor].pages
    for name in readers:
        ratios = [clock[name].cpu / clock[floor].cpu for clock in clocks]
        yield Row(
            reader=name,
            pages=pages,
            seconds=median(clock[name].seconds / pages for clock in clocks),
            cpu_seconds=median(clock[name].cpu / pages for clock in clocks),
            ratio=median(ratios),
            least=min(ratios),
            most=max(ratios),
        )


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, default=os.environ.get("DOCEXTRACT_DATA"))
    parser.add_argument("--passes", type=int, default=3)
    arguments = parser.parse_args()
    if arguments.data is None:
        parser.error("give --data DIR, or set DOCEXTRACT_DATA")
    print("| reader | pages | s/page | CPU s/page | x floor, CPU (min-max) |")
    print("|---|--:|--:|--:|--:|")
    for row in rows(arguments.data, arguments.passes):
        print(
            f"| {row.reader} | {row.pages} | {row.seconds:.5f} | {row.cpu_seconds:.5f} "
            f"| {row.ratio:.2f} ({row.least:.2f}-{row.most:.2f}) |"
        )


if __name__ == "__main__":
    main()
