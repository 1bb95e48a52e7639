"""Writes the samples."""

import sys

from sample_docs.make.catalogue import SAMPLES
from sample_docs.make.records import FOLDER

wanted = sys.argv[1] if len(sys.argv) > 1 else ""
for sample in SAMPLES:
    if wanted in sample.name:
        data = sample.make()
        (FOLDER / sample.name).write_bytes(data)
        print(f"{len(data):>9,}  {sample.name}")
