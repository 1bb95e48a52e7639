"""Character encoding detection: bytes -> text."""

import codecs
import re
from collections.abc import Iterator
from unicodedata import category

#: Longest first: UTF-32's little-endian mark begins with UTF-16's.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
#: As much as is looked at to find the encoding; a multiple of 4 keeps UTF-32 whole.
_SAMPLE = 64 * 1024
#: Western 8-bit encodings: Windows, Macintosh, MS-DOS. In doubt the first.
_WESTERN = ("cp1252", "mac_roman", "cp850")
#: Control characters that no text has; random bytes have 10 % of them.
_CONTROL = re.compile(r"[\x00-\x06\x0e-\x1a\x1c-\x1f\x7f]")
#: Text from a faulty program has a stray one here and there.
_MOST_CONTROL = 0.01
#: More letters outside ASCII than this are another script than the Latin one.
_MOST_ACCENTS = 0.45
#: Accented letters of Western Europe, and those that fill whole texts: the same byte may be
#: one of these in one encoding and one of those in another.
_ACCENTS = frozenset("äöüßàâáãåæçèéêëìíîïñòóôõøœùúûýÿ")
_FREQUENT = frozenset("äöüßàåçèéñóøæ")
_CAPITALS = frozenset("ÄÖÜÉÀÅØÆÇÑ")
_OPENING = frozenset("¿¡«‘‚“„")
_BETWEEN = frozenset("’·\xa0")
_SIGNS = _OPENING | _BETWEEN | frozenset("€£¥§©®°±²³µ»–—…”•™ªº½¼¾×")


def detect_encoding(data: bytes) -> str | None:
    """The name of a text's encoding; None when the bytes are no text.

    Marks of order first, then UTF-16 and UTF-32 by the places of their zeros, then UTF-8, then
    Western 8-bit encodings by which gives plausible letters, then what charset-normalizer says.
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            return name
    sample = data[:_SAMPLE]
    zeros = sample.count(0)
    if zeros > len(sample) * _MOST_CONTROL:
        return next((name for name in _wide(sample) if _is_text(sample, name)), None)
    if _is_text(sample, "utf-8"):
        return "utf-8"
    if not _is_text(sample, "latin-1"):
        return None  # control characters are the same in all that is left
    return _western(sample) or _other(sample) or "cp1252"


def decode_text(data: bytes) -> str | None:
    """Decode bytes with the detected encoding, None when they are no text. Faults become U+FFFD."""
    name = detect_encoding(data)
    return None if name is None else data.decode(name, "replace")


def decode_declared(data: bytes, declared: str | None) -> str:
    """Decode bytes that are known to be text and declare, perhaps wrongly, their encoding.

    Valid UTF-8 is believed before the declaration: nothing else looks like it by chance.
    """
    marked = any(data.startswith(mark) for mark, _ in _MARKS)
    for name in () if marked else ("utf-8", _meant(declared)):
        try:
            text = data.decode(name)
        except (ValueError, LookupError):  # UnicodeError is a ValueError; so is a bad name's
            continue
        if "\0" not in text:
            return text
    guessed = decode_text(data)
    return data.decode("cp1252", "replace") if guessed is None else guessed


def _meant(declared: str | None) -> str:
    """The encoding to use for a declared one: who says Latin-1 or ASCII writes Windows-1252.

    So decide browsers too (WHATWG Encoding, section 4.2). Python's own escapes are not meant.
    """
    try:
        name = codecs.lookup(declared or "utf-8").name
    except (ValueError, LookupError):
        return "utf-8"
    if name in {"iso8859-1", "ascii"}:
        return "cp1252"
    return "utf-8" if name in {"unicode-escape", "raw-unicode-escape", "utf-7"} else name


def _wide(sample: bytes) -> Iterator[str]:
    """Encodings of more than a byte a character that fit the places of the zeros."""
    places = [sample[n::4].count(0) for n in range(4)]
    quarter = len(sample) / 4
    if places[0] > 0.9 * quarter and places[1] > 0.9 * quarter:
        yield "utf-32-be"
    if places[3] > 0.9 * quarter and places[2] > 0.9 * quarter:
        yield "utf-32-le"
    even, odd = places[0] + places[2], places[1] + places[3]
    yield "utf-16-be" if even > odd else "utf-16-le"


def _is_text(sample: bytes, name: str) -> bool:
    try:
        # The sample may end inside a character.
        text = codecs.getincrementaldecoder(name)().decode(sample)
    except UnicodeDecodeError:
        return False
    strange = len(_CONTROL.findall(text))
    if name.startswith("utf-"):
        strange += sum(category(letter) in {"Cn", "Co"} for letter in text if letter > "\xff")
    return strange <= len(text) * _MOST_CONTROL


def _western(sample: bytes) -> str | None:
    """The Western encoding that gives the most plausible letters; None for another script."""
    letters = [byte for byte in sample if byte > 0x7F or chr(byte).isalpha()]
    if sum(byte > 0x7F for byte in letters) > _MOST_ACCENTS * len(letters) and len(letters) > 20:
        return None
    scores = {name: _plausible(sample.decode(name, "replace")) for name in _WESTERN}
    best = max(_WESTERN, key=lambda name: scores[name])
    return best if scores[best] >= 0.8 else None


def _plausible(text: str) -> float:
    """The share of characters outside ASCII that stand where Western text has them."""
    total, likely = 0, 0.0
    for before, found, after in re.findall(r"(?<=(.))([^\x00-\x7f])(?=(.))", f" {text} ", re.S):
        total += 1
        if found in _ACCENTS:
            likely += 0 if after.isupper() else 1 if found in _FREQUENT else 0.9
        elif found in _CAPITALS:
            likely += not before.islower()
        elif found in _SIGNS:
            opens = found in _BETWEEN or (found in _OPENING and not before.isalpha())
            likely += opens or not after.islower()
    return likely / total if total else 1.0


def _other(sample: bytes) -> str | None:
    from charset_normalizer import from_bytes

    best = from_bytes(sample).best()
    return best.encoding if best else None
