"""OCR confusions in numbers: variants with letters for digits and with other separators.

Pure text: which of the readings offered here is the right one only a check can tell.
"""

import re
from collections.abc import Iterator

#: Letter -> the digit that it is taken for, and that is taken for it.
DIGIT_LOOKALIKES = {
    **dict.fromkeys("OoQ", "0"),
    **dict.fromkeys("lI|", "1"),
    "Z": "2",
    "S": "5",
    "G": "6",
    "B": "8",
}
#: Digit -> the capitals that it is taken for, in numbers that have capitals.
_LETTERS = {"0": "O", "1": "IL", "2": "Z", "5": "S", "6": "G", "8": "B"}
_AS_DIGITS = str.maketrans(DIGIT_LOOKALIKES)
#: Digit as read -> the digits that may have been printed. Counted on 520 receipts, six times or
#: more each (`docextract.training.augmentation.ocr_confusions`); 1 and 7, which OCR of other print
#: takes for each other, were not counted there.
_PRINTED = {"0": "68", "1": "7", "3": "8", "5": "6", "6": "58", "7": "1", "8": "6", "9": "8"}
_FIGURE = "[0-9" + re.escape("".join(DIGIT_LOOKALIKES)) + "]"
#: A number of which at least the form is there: two decimals behind a mark, or a digit in it.
_NUMBER = re.compile(
    rf"[-–+(]*(?:RM|Rp|[$€£¥₹])?(?P<number>{_FIGURE}(?:{_FIGURE}|[.,'](?=.))*?[.,]{_FIGURE}{{2}}"
    rf"|(?=[^0-9]*[0-9]){_FIGURE}+)[)€$£%-]*"
)
_MARK = re.compile(r"[.,]")
_OTHER = {".": ",", ",": "."}
#: Digits that end without decimals.
_BARE = re.compile(r"[0-9](?:[0-9.,' ]*[0-9])?")


def letters_to_digits(word: str) -> str:
    """Replace the letters in a word's number by digits; a word without any is the same.

    Its length stays. A word that has not the form of a number ("SOLE", "B2B-7") is left alone.
    """
    found = _NUMBER.fullmatch(word)
    if not found:
        return word
    start, end = found.span("number")
    return f"{word[:start]}{found['number'].translate(_AS_DIGITS)}{word[end:]}"


def separator_variants(text: str, decimal: str | None = None) -> Iterator[str]:
    """Variants of an amount that OCR may have read as `text`: with other separators.

    Each mark on its own may be the other one, and the decimal mark may have been dropped: the
    document's, "." or ",", or either where `decimal` does not say.
    """
    for found in _MARK.finditer(text):
        yield f"{text[: found.start()]}{_OTHER[found[0]]}{text[found.end() :]}"
    number = _BARE.search(text)
    if number and len(number[0]) > 2 and number[0][-2:].isdigit() and number[0][-3].isdigit():
        at = number.end() - 2
        for mark in decimal or ".,":
            yield f"{text[:at]}{mark}{text[at:]}"


def identifier_variants(number: str) -> Iterator[str]:
    """Variants of an identifier that OCR may have read as `number`: letters and digits swapped.

    One sign is another one, or all letters that look like one digit are that digit ("OO" is 00).
    The first two signs are a country's letters in most identifiers and are changed on their own.
    """
    for at, sign in enumerate(number):
        for other in _LETTERS.get(sign, DIGIT_LOOKALIKES.get(sign, "1" if sign == "L" else "")):
            yield f"{number[:at]}{other}{number[at + 1 :]}"
    head, body = number[:2], number[2:].replace("L", "I")
    for digit in _LETTERS:
        letters = "".join(sign for sign in body if DIGIT_LOOKALIKES.get(sign) == digit)
        if len(letters) > 1:
            yield head + body.translate({ord(sign): digit for sign in letters})
    yield head + body.translate(_AS_DIGITS)


def digit_variants(number: str) -> Iterator[str]:
    """Variants with one digit replaced by one that OCR confuses it with: "88" for "83"."""
    for at, sign in enumerate(number):
        for other in _PRINTED.get(sign, ""):
            yield f"{number[:at]}{other}{number[at + 1 :]}"
