"""Content sniffing: whether a text is HTML, XML or mail, from its beginning."""

import re

#: What may stand before the first tag: declarations, processing instructions, comments.
_BEFORE = re.compile(r"\A(?:\ufeff|\s+|<\?.*?\?>|<!--.*?-->)*", re.S)
_PAGE = re.compile(r"<!doctype\s+html|<(?:\w+:)?html[\s>]|<(?:head|body)[\s>]", re.I)
_FRAGMENT = re.compile(
    r"<(?:meta|title|style|table|div|span|p|h[1-6]|ul|ol|font|center|br|b|a|section|article)[\s/>]",
    re.I,
)
#: A first tag that names its vocabulary; "<" alone may begin any text.
_NAMED = re.compile(r"<[\w.:-]+\s[^<>]*\bxmlns\b")
_POSTMARK = re.compile(r"From \S{1,300} .{0,60}\d\d:\d\d.{0,60}\r?\n[!-9;-~]+:")
_HEADER = re.compile(r"([!-9;-~]+):[ \t]*(.*(?:\r?\n[ \t].*)*)(?:\r?\n|\Z)")
_ENVELOPE = frozenset({"from", "to", "cc", "subject", "date", "sender", "reply-to"})
#: Headers that a program writes: a memo has "From:" and "To:" as well.
_TRACE = frozenset(
    {"received", "return-path", "message-id", "mime-version", "content-type", "delivered-to"}
)


def is_html(text: str, *, fragments: bool) -> bool:
    """Whether it begins as a page of HTML does.

    `fragments`: or as a piece of one, which Markdown may do too.
    """
    start = _BEFORE.match(text)
    at = start.end() if start else 0
    fragments = fragments and not _declares_xml(text)
    return bool(_PAGE.match(text, at) or (fragments and _FRAGMENT.match(text, at)))


def is_xml(text: str) -> bool:
    """Whether it begins with an XML declaration, or with a tag in a namespace."""
    start = _BEFORE.match(text)
    at = start.end() if start else 0
    return _declares_xml(text) or bool(_NAMED.match(text, at))


def _declares_xml(text: str) -> bool:
    return text.lstrip("\ufeff \r\n\t").startswith("<?xml")


def is_mail(text: str) -> bool:
    """Whether it begins with the headers of a mail as it was sent."""
    names = set()
    at = 0
    while match := _HEADER.match(text, at):
        names.add(match[1].lower())
        at = match.end()
    return bool(names & _ENVELOPE) and bool(names & _TRACE)


def is_mailbox(text: str) -> bool:
    """Whether it is a file of many mails, each after a "From " line."""
    return bool(_POSTMARK.match(text))
