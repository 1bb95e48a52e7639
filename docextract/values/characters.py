"""Character normalisation: widths, blanks, dashes, apostrophes, case and accents."""

import unicodedata

#: Longer text is no single value; reading it would only cost time.
MAX_LENGTH = 200

#: Marks that steer the direction of print and show nothing. Embeddings and overrides stay where
#: they are: what one of them turns round does not say what it seems to, and so is no value.
_UNSEEN = "\u00ad\u200b\u200c\u200d\u200e\u200f\u061c\u2060\ufeff"
_ALIKE = str.maketrans(
    {
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe63\uff0d", "-"),
        **dict.fromkeys("\u2018\u2019\u02bc\u00b4\u0060\u2032", "'"),
        **dict.fromkeys(_UNSEEN, ""),
    }
)


def normalise_text(text: str) -> str:
    """`text` with one kind of blank, dash, apostrophe and digit; "" when it is over MAX_LENGTH.

    For comparing and reading only: lengths change, so offsets do not survive.
    """
    if len(text) > MAX_LENGTH:
        return ""
    if not text.isascii():
        text = "".join(map(_apart, text.translate(_ALIKE)))
        text = unicodedata.normalize("NFKC", text)
    return " ".join(text.translate(_ALIKE).split())


def _apart(char: str) -> str:
    """A raised, lowered or circled digit is a power or a footnote, never one of the number."""
    return f"^{char}" if unicodedata.category(char) == "No" else char


def fold_text(text: str) -> str:
    """`normalise_text` without case and accents: "Février" and "FEVRIER" become "fevrier"."""
    parts = unicodedata.normalize("NFKD", normalise_text(text).casefold())
    # The dotless i matches "i" in patterns that ignore case, so it must be one here.
    return "".join(char for char in parts if not unicodedata.combining(char)).replace("ı", "i")
