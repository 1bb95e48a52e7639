"""Printed characters made alike before they are read: widths, blanks, dashes, apostrophes."""

import unicodedata

#: Longer text is no single value; reading it would only cost time.
MAX_LENGTH = 200

_ALIKE = str.maketrans(
    {
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe63\uff0d", "-"),
        **dict.fromkeys("\u2018\u2019\u02bc\u00b4\u0060\u2032", "'"),
        "\u00ad": "",  # soft hyphen
        "\u200b": "",  # zero-width space
        # A raised digit is a footnote or a power, never a digit of the number before it.
        **{raised: f"^{digit}" for digit, raised in enumerate("⁰¹²³⁴⁵⁶⁷⁸⁹")},
    }
)


def plain(text: str) -> str:
    """`text` with one kind of blank, dash, apostrophe and digit; "" when it is over MAX_LENGTH.

    For comparing and reading only: lengths change, so offsets do not survive.
    """
    if len(text) > MAX_LENGTH:
        return ""
    return " ".join(unicodedata.normalize("NFKC", text.translate(_ALIKE)).split())


def folded(text: str) -> str:
    """`plain` without case and accents: "Février" and "FEVRIER" become "fevrier"."""
    parts = unicodedata.normalize("NFKD", plain(text).casefold())
    return "".join(char for char in parts if not unicodedata.combining(char))
