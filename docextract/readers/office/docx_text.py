"""Text of a DOCX paragraph, as Word prints it with all changes accepted."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

#: The namespace of word processing, as lxml writes it before a name.
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"

#: Element -> the character that it prints. A page that Word began by itself when it last
#: printed the document is a page here too, so that page numbers agree.
_PRINTED = {
    W + "tab": "\t",
    W + "ptab": "\t",
    W + "cr": "\n",
    W + "noBreakHyphen": "-",
    W + "lastRenderedPageBreak": "\f",
}
#: What is not printed in the line: deleted text, properties, codes of fields, comments, text
#: boxes (which follow as blocks), and the picture that stands in for newer drawings.
_UNPRINTED = frozenset(
    {
        W + "del",
        W + "moveFrom",
        W + "pPr",
        W + "rPr",
        W + "instrText",
        W + "delText",
        W + "txbxContent",
        W + "sdtPr",
        W + "footnoteRef",
        _MC + "Fallback",
    }
)


def paragraph_text(element: "_Element") -> str:
    r"""The text of a paragraph: "\n" for line breaks, "\f" for page breaks."""
    return "".join(_printed(element))


def _printed(element: "_Element") -> Iterator[str]:
    for child in element:
        tag = child.tag
        if tag == W + "t":
            yield child.text or ""
        elif tag == W + "br":
            yield "\f" if child.get(W + "type") == "page" else "\n"
        elif tag in _PRINTED:
            yield _PRINTED[tag]
        elif tag not in _UNPRINTED and not (tag == W + "r" and _is_hidden(child)):
            yield from _printed(child)


def _is_hidden(run: "_Element") -> bool:
    return is_enabled(run.find(f"{W}rPr/{W}vanish"))


def is_enabled(switch: "_Element | None") -> bool:
    """Whether an on-off property is present and not switched off."""
    return switch is not None and switch.get(W + "val", "1") not in {"0", "false", "off"}


def text_boxes(paragraph: "_Element") -> Iterator["_Element"]:
    """The contents of text boxes anchored in a paragraph, not the boxes within these."""
    for box in paragraph.iter(W + "txbxContent"):
        around = {ancestor.tag for ancestor in _between(box, paragraph)}
        if not around & {W + "txbxContent", _MC + "Fallback", W + "del"}:
            yield box


def _between(inner: "_Element", outer: "_Element") -> Iterator["_Element"]:
    for ancestor in inner.iterancestors():
        if ancestor is outer:
            return
        yield ancestor
