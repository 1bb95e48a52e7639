"""What run.json tells of how the records of a run were made."""

import json
from pathlib import Path
from typing import Any

from docextract.explain.evidence import plain
from docextract.readers import ReadOptions


def made_by(out: Path) -> str:
    """Which version and pipeline made the records; "" where no run.json tells."""
    run = _run(out)
    try:
        pipeline = run["pipeline"]
        version, fingerprint = run["versions"]["docextract"], pipeline["fingerprint"][:8]
        return plain(f"docextract {version}, pipeline {pipeline['name']} ({fingerprint})")
    except (KeyError, TypeError):
        return ""  # a records.jsonl can stand alone


def read_options(out: Path, password: str) -> ReadOptions:
    """The limits that the run had, so that what it could read can be drawn; else the usual ones."""
    try:
        limits = {
            name: value
            for name, value in _run(out)["pipeline"]["read"].items()
            if name.startswith("max_") and name in ReadOptions.__dataclass_fields__
        }
    except (KeyError, TypeError, AttributeError):
        limits = {}
    return ReadOptions(password=password, **limits)


def _run(out: Path) -> Any:
    path = (out if out.is_dir() else out.parent) / "run.json"
    try:
        return json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
