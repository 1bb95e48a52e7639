"""Run metadata for run.json: versions, pipeline and options."""

import platform
import subprocess
from dataclasses import asdict
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from docextract import __version__
from docextract.batch.options import RunOptions
from docextract.pipeline import Pipeline

#: Packages whose version can change what is read.
_PACKAGES = ("openvino", "pypdfium2", "pytesseract", "rapidocr", "spacy", "torch", "transformers")


def run_metadata(pipeline: Pipeline, options: RunOptions) -> dict[str, Any]:
    """Versions, pipeline and options, ready for JSON. Passwords stay out of it."""
    reading = {key: value for key, value in asdict(pipeline.options).items() if key != "password"}
    return {
        "versions": {
            "docextract": __version__,
            "python": platform.python_version(),
            "platform": platform.platform(),
            "tesseract": _tesseract(),
            **{name: _version(name) for name in _PACKAGES},
        },
        "pipeline": {"name": pipeline.name, "fingerprint": pipeline.fingerprint, "read": reading},
        "options": {**asdict(options), "formats": [_no_password(f) for f in options.formats]},
    }


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def _tesseract() -> str | None:
    try:
        said = subprocess.run(
            ["tesseract", "--version"], check=False, capture_output=True, text=True, timeout=10
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return said.stdout.partition("\n")[0].removeprefix("tesseract ") or None


def _no_password(form: str) -> str:
    """A format's name, or a database's URL without who may write to it."""
    scheme, separator, rest = form.partition("://")
    return f"{scheme}{separator}{rest.rpartition('@')[2]}" if separator else form
