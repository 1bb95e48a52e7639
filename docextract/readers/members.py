"""Safe file names for the documents inside a container or a mail."""

import re
from collections.abc import Iterable
from pathlib import PurePosixPath

#: Not allowed in file names somewhere, or not printed.
_UNSAFE = re.compile(
    r'[\x00-\x1f\x7f-\x9f<>:"|?*\u200b-\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]'
)
_DRIVE = re.compile(r"\A[A-Za-z]:(?=[\\/])")
#: Names that Windows keeps for devices, whatever follows the dot.
_DEVICE = re.compile(r"(?i)\A(con|prn|aux|nul|com\d|lpt\d)(?=\.|\Z)")
_LONGEST = 120  # characters of one part; file systems take 255 bytes


def member_names(names: Iterable[str], *, otherwise: str = "member") -> tuple[str, ...]:
    """Safe names, one for each given, all different even where case does not count.

    Forward slashes part folders; nothing is absolute or leads upwards. The second
    "invoice.pdf" is "invoice-2.pdf". `otherwise` is the name where nothing is left of one.
    """
    taken: set[str] = set()
    made = []
    for name in names:
        path = PurePosixPath(_harmless(name) or otherwise)
        found, n = path, 1
        while str(found).casefold() in taken:
            n += 1
            found = path.with_name(f"{path.stem}-{n}{path.suffix}")
        taken.add(str(found).casefold())
        made.append(str(found))
    return tuple(made)


def _harmless(name: str) -> str:
    parts = _DRIVE.sub("", name).replace("\\", "/").split("/")
    return "/".join(part for part in map(_part, parts) if part)


def _part(part: str) -> str:
    part = _DEVICE.sub(r"_\1", _UNSAFE.sub("_", part).strip(" ."))
    if len(part) > _LONGEST:
        suffix = PurePosixPath(part).suffix[:20]
        part = part[: _LONGEST - len(suffix)].rstrip(" .") + suffix
    return part
