"""Memory use of worker processes."""

import os
from collections.abc import Sequence

import psutil


def resident_memory(groups: Sequence[int]) -> dict[int, int]:
    """Resident memory of each process group, in bytes; 0 for a group that has ended.

    A worker leads a group of its own, and the programs that it starts belong to it.
    """
    found = dict.fromkeys(groups, 0)
    for pid in psutil.pids():
        group = _group(pid)
        if group in found:
            found[group] += _size(pid)
    return found


def _group(pid: int) -> int:
    try:
        return os.getpgid(pid)
    except OSError:  # it has ended in the meantime, or is not ours to ask about
        return -1


def _size(pid: int) -> int:
    try:
        return int(psutil.Process(pid).memory_info().rss)
    except psutil.Error:  # it has ended in the meantime
        return 0
