"""Tesseract's languages: those installed on this machine, and the argument that selects some."""

import re
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from docextract.errors import MissingDependency

_USUAL = ("eng", "deu")
_LISTED = re.compile(r'in "(.+?)"')
_SECONDS = 30  # to answer a question about itself


@dataclass(frozen=True)
class Tessdata:
    """The folder with Tesseract's languages, and their codes ("osd" left out)."""

    folder: Path
    codes: tuple[str, ...]


def installed_languages() -> Tessdata:
    """The languages of the Tesseract program on the path.

    Raises MissingDependency when there is no such program.
    """
    try:
        done = subprocess.run(
            ("tesseract", "--list-langs"),
            capture_output=True,
            text=True,
            timeout=_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise MissingDependency(
            "the program Tesseract is not here; try: sudo apt install tesseract-ocr"
        ) from error
    return parse_language_list(done.stdout or done.stderr)


def parse_language_list(answer: str) -> Tessdata:
    """Parse the answer of `tesseract --list-langs`: a line with the folder, then the codes."""
    first, *codes = answer.splitlines() or [""]
    folder = _LISTED.search(first)
    names = tuple(code.strip() for code in codes if code.strip() not in {"", "osd"})
    return Tessdata(Path(folder[1]) if folder else Path(), names)


def language_argument(requested: Sequence[str], installed: Sequence[str]) -> str:
    """Tesseract's language argument ("eng+deu") for the requested codes.

    Without any: those of English and German that are installed, else the first one.
    Both together read English as well as English alone, German far better, for an eighth more
    CPU (docs/decisions/ocr-routing.md).
    Raises MissingDependency naming the packages of those that are missing.
    """
    if missing := [code for code in requested if code not in installed]:
        packages = " ".join(f"tesseract-ocr-{code.replace('_', '-').lower()}" for code in missing)
        known = ", ".join(installed) or "none"
        raise MissingDependency(
            f"Tesseract has no {', '.join(missing)} here (it has: {known}); "
            f"try: sudo apt install {packages}"
        )
    if requested:
        return "+".join(requested)
    if not installed:
        raise MissingDependency(
            "Tesseract has no language here; try: sudo apt install tesseract-ocr-eng"
        )
    return "+".join(code for code in _USUAL if code in installed) or installed[0]
