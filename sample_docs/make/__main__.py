"""Writes the samples and their expected records beside this package."""

import sys
from pathlib import Path

from sample_docs.make.catalogue import SAMPLES
from sample_docs.make.facts.record import dump

FOLDER = Path(__file__).parents[1]


def main(wanted: str) -> None:
    """Write every sample whose name contains `wanted`."""
    for sample in SAMPLES:
        if wanted not in sample.name:
            continue
        data = sample.make()
        (FOLDER / sample.name).write_bytes(data)
        for name, record in sample.files().items():
            (FOLDER / name).write_bytes(dump(record))
        print(f"{len(data):>9,}  {sample.name}")


main(sys.argv[1] if len(sys.argv) > 1 else "")
