"""Detokenisation: joins a data set's tokens to words as printed, punctuation at their ends.

Sets cut punctuation off; a reader of documents gives words between blanks.
"""

from collections.abc import Sequence

#: Tokens that stand at the end of the word before, and those that begin the word after.
_CLOSING = frozenset(
    [".", ",", ";", ":", "!", "?", ")", "]", "}", "%", "”", "’", "...", "…", "),", ").", "''"]
) | frozenset(["'s", "’s", "n't", "'re", "'ve", "'ll", "'d", "'m"])
_OPENING = frozenset(["(", "[", "{", "$", "#", "@", "„", "‘", "``", '("'])
#: Opens a quotation in English, closes one in German.
_HIGH = "“"


def detokenised(tokens: Sequence[str], *, hyphens: bool) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """Join tokens to words; the words, and for every token the number of its word.

    Args:
        tokens: Of one sentence.
        hyphens: Whether a hyphen or a slash that is a token of its own joins its neighbours.
    """
    words: list[str] = []
    places: list[int] = []
    joins = quoted = False
    german = "„" in tokens
    for token in tokens:
        inside = hyphens and token in ("-", "/", "'")
        straight = token == '"'
        closes = token in _CLOSING or inside or (straight and quoted)
        closes = closes or (token == _HIGH and german)
        if words and (joins or closes):
            words[-1] += token
        else:
            words.append(token)
        places.append(len(words) - 1)
        joins = token in _OPENING or inside or (straight and not quoted)
        joins = joins or (token == _HIGH and not german)
        quoted ^= straight
    return tuple(words), tuple(places)
