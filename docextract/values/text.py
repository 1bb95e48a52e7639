"""Cleaning of names, addresses and codes: stray punctuation and blanks removed, words kept."""

import re

#: What tables, leaders and OCR leave at the ends of a value. A full stop may belong to it
#: ("Sdn. Bhd."), so it stays at the end.
_STRAY = " \t\n\f\r\u00a0:;,|*_=~•·–—-'\"“”„«»‹›"
_PAIRS = (("(", ")"), ("[", "]"), ("{", "}"), ("<", ">"))
_LABEL = re.compile(r"(?i:no|nr|num|number|nummer|ref)\s*[.:]+\s*|[#№:]+\s*")


def trim_text(text: str) -> str | None:
    """One line, without stray punctuation or half a pair of brackets at its ends."""
    line = " ".join(text.split()).strip(_STRAY).lstrip(".")
    for opening, closing in _PAIRS:
        if line.startswith(opening) and closing not in line:
            line = line[1:]
        if line.endswith(closing) and opening not in line:
            line = line[:-1]
    return line.strip(_STRAY) or None


def clean_name(text: str) -> str | None:
    """A person's or organisation's name; None when it has no letter."""
    line = trim_text(text)
    return line if line and any(char.isalpha() for char in line) else None


def clean_address(text: str) -> str | None:
    """A postal address on one line: its printed lines joined by ", "."""
    parts = (trim_text(line) for line in re.split(r"[\n\f\r]+", text))
    line = re.sub(r"\s*,[\s,]*", ", ", ", ".join(part for part in parts if part))
    return line if any(char.isalpha() for char in line) else None


def clean_code(text: str) -> str | None:
    """A reference number ("# 4711-A" is "4711-A"); None without letter or digit."""
    line = trim_text(text) or ""
    line = trim_text(_LABEL.sub("", line, count=1) if _LABEL.match(line) else line) or ""
    return line if any(char.isalnum() for char in line) else None
