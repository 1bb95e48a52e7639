"""Writes the samples, their expected records and the table in README.md."""

import sys
from pathlib import Path

from sample_docs.make.catalogue import SAMPLES, table
from sample_docs.make.facts.record import dump

FOLDER = Path(__file__).parents[1]
START, END = "<!-- table -->\n", "<!-- end of table -->"


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
    readme = FOLDER / "README.md"
    before, rest = readme.read_text("utf-8").split(START)
    after = rest.split(END)[1]
    readme.write_text(f"{before}{START}{table()}{END}{after}", "utf-8")


main(sys.argv[1] if len(sys.argv) > 1 else "")
