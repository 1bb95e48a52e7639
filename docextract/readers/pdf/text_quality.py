"""Text layer quality: whether the text layer of a page is readable or garbled.

Fonts without a usable encoding give letters of another alphabet, shifted letters or none at all;
poor OCR gives soup. Each test looks for something that readable text of any kind does not have.
The limits were set on 1,902 text layers of orders, contracts and invoices (OCR of bad quality
among them) and on copies of the same text with shifted letters; the numbers stand beside them.
"""

import re

#: Fewer letters than this are no basis for a share.
_LETTERS = 80
#: Share of characters without a meaning. In readable layers: none to 0.001.
_WEIRD = 0.05
#: Share of the twelve letters that are commonest in European languages taken together. Readable
#: layers: 0.59 and up, half of them over 0.79; letters shifted by 1, 3 or 29 places: 0.55 or less
#: on 95 % of pages.
_COMMON = 0.56
#: Share of impossible words. Readable layers: 0.125 or less; the three among them that no
#: person can read: 0.18 to 0.36.
_IMPOSSIBLE = 0.15
#: Characters from each of three places of a long text; reading all of it took as long as PDFium.
_SAMPLE = 600

_COMMON_LETTERS = "etaoinsrlhdc"
#: Replacement and private-use characters, control characters but for line ends, non-characters.
_MEANINGLESS = re.compile(
    "[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ue000-\uf8ff\ufffd\uffff\U000f0000-\U0010ffff]"
)
_CID = re.compile(r"\(cid:\d+\)")
_OTHER = re.compile(r"[^\x00-\x7f]")
_SYLLABLES = re.compile(r"[A-Za-z]{3,}")
_BROKEN = re.compile(
    r"[A-Za-z][!\"$<>\[\]\\^`{}~£§€°•][A-Za-z]"  # a sign amid letters: "Urh{or"
    r"|[a-z][A-Z]+[a-z]+[A-Z]"  # capitals come and go: "wJAcjEt"
    # no vowel, and no code in capitals: "hvDrb"
    r"|\b(?=[A-Z]*[a-z])[b-df-hj-np-tv-xzB-DF-HJ-NP-TV-XZ]{3,}\b"
)


def garbled_reason(text: str) -> str:
    """The reason why the text of a page is unreadable, or "" for readable text."""
    visible = len(text) - text.count(" ") - text.count("\n") - text.count("\r")
    if not visible:
        return ""
    if len(_MEANINGLESS.findall(text)) > _WEIRD * visible:
        return "characters without a meaning"
    if sum(map(len, _CID.findall(text))) > _WEIRD * visible:
        return "numbers of glyphs in place of letters"
    sample = _sample(text)
    lower = sample.lower()
    letters = sum(map(lower.count, "abcdefghijklmnopqrstuvwxyz"))
    if letters < _LETTERS or letters < len(_OTHER.findall(sample)):
        return ""  # too little to tell, or another script
    if sum(map(lower.count, _COMMON_LETTERS)) < _COMMON * letters:
        return "letters in proportions that no language has"
    if len(_BROKEN.findall(sample)) > _IMPOSSIBLE * len(_SYLLABLES.findall(sample)):
        return "words that cannot be"
    return ""


def _sample(text: str) -> str:
    """The text, or a sample of its start, middle and end."""
    if len(text) <= 3 * _SAMPLE:
        return text
    middle = len(text) // 2
    return f"{text[:_SAMPLE]} {text[middle : middle + _SAMPLE]} {text[-_SAMPLE:]}"
