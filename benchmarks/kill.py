"""Kill a run at random moments, then let it end: the outputs must be an undisturbed one's.

    python benchmarks/kill.py FOLDER [--times 10] [--seed 0] [-- options of docextract run]

Exits 1 when a file differs, when a document is there twice, or when a worker outlives its parent.
"""

import argparse
import json
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import psutil

#: What must be equal to the byte. Times are in run.json alone.
OUTPUTS = ("records.jsonl", "records.csv", "line_items.csv", "errors.csv")
#: Exit codes of a run that came to its end.
ENDED = (0, 5, 6)


def main() -> int:
    """Run undisturbed, run killed, compare."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--times", type=int, default=10)
    parser.add_argument("--seed", type=int, default=0)
    ours = sys.argv[1:]
    at = ours.index("--") if "--" in ours else len(ours)
    given, options = parser.parse_args(ours[:at]), ours[at + 1 :]
    moments = random.Random(given.seed)
    with tempfile.TemporaryDirectory() as folder:
        whole, killed = Path(folder, "whole"), Path(folder, "killed")
        began = time.perf_counter()
        code = start(given.folder, whole, options).wait()
        seconds = time.perf_counter() - began
        print(f"undisturbed: exit code {code} after {seconds:.1f} s")
        for number in range(given.times):
            after = moments.uniform(0, seconds / 2)
            process = start(given.folder, killed, options)
            print(f"kill {number + 1:2} after {after:5.1f} s: {kill(process, after)}")
        last = start(given.folder, killed, options).wait()
        wrong = differences(whole, killed, codes=(code, last))
    print("\n".join(wrong) or f"all equal: {', '.join(OUTPUTS)}")
    return 1 if wrong else 0


def start(folder: Path, out: Path, options: Sequence[str]) -> "subprocess.Popen[bytes]":
    """A run in a process of its own."""
    program = Path(sys.executable).with_name("docextract")
    command = [program, "run", folder, "-o", out, "-q", *options]
    return subprocess.Popen(command, stderr=subprocess.DEVNULL)


def kill(process: "subprocess.Popen[bytes]", after: float) -> str:
    """Kill a run after some seconds; say what was left of it."""
    try:
        return f"had ended with exit code {process.wait(timeout=after)}"
    except subprocess.TimeoutExpired:
        family = psutil.Process(process.pid).children(recursive=True)
        process.kill()
        process.wait()
    _, left = psutil.wait_procs(family, timeout=5)
    if left:
        raise SystemExit(f"outlived their parent: {[' '.join(p.cmdline()) for p in left]}")
    return f"killed, and {len(family)} processes ended with it"


def differences(whole: Path, killed: Path, *, codes: tuple[int, int]) -> list[str]:
    """What is wrong with the outputs of the killed run; nothing when all is well."""
    wrong = [f"exit codes differ: {codes}"] if codes[0] != codes[1] or codes[0] not in ENDED else []
    for name in OUTPUTS:
        if (whole / name).read_bytes() != (killed / name).read_bytes():
            wrong.append(f"{name} differs")
    with (killed / "records.jsonl").open(encoding="utf-8") as lines:
        paths = [json.loads(line)["document"]["path"] for line in lines]
    if len(paths) != len(set(paths)):
        wrong.append("a document is there twice")
    return wrong


if __name__ == "__main__":
    sys.exit(main())
