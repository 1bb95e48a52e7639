"""E-invoice attachments of a PDF: Factur-X, ZUGFeRD, XRechnung.

It belongs to the document that shows the same invoice, so it is no member of a container, which
would be a second record of it.
"""

from ctypes import c_ulong
from typing import TYPE_CHECKING

from docextract.document import Issue, Stated
from docextract.errors import InputError, MalformedInput, TooLargeInput, UnsupportedInput
from docextract.readers.e_invoice.parser import parse_e_invoice, syntax_rank
from docextract.readers.options import ReadOptions
from docextract.readers.text.xml import parse_xml

if TYPE_CHECKING:
    from lxml.etree import _Element
    from pypdfium2 import PdfAttachment, PdfDocument

#: The names that the standards give the attachment, in lower case: ZUGFeRD 1.0 and 2.0, Factur-X
#: 1.0, and XRechnung within it. One of these that cannot be read is told; any other is let be.
_NAMES = frozenset({"factur-x.xml", "zugferd-invoice.xml", "xrechnung.xml"})


def find_e_invoice(
    pdf: "PdfDocument", options: ReadOptions
) -> tuple[Stated | None, tuple[Issue, ...]]:
    """The statements of the e-invoice in the PDF, and issues of attachments named like one.

    Every attached XML file is looked at, whatever its name; of several e-invoices the one in the
    newest syntax counts. A bad one is an issue and does not make the PDF unreadable.
    """
    roots: list[tuple[int, _Element, str]] = []
    issues: list[Issue] = []
    for at in range(min(pdf.count_attachments(), options.max_members)):
        attachment = pdf.get_attachment(at)
        name = _name(attachment)
        if not name.lower().endswith(".xml"):
            continue
        try:
            roots.append((*_ranked(parse_xml(_content(attachment, options))), name))
        except InputError as error:
            if name.lower() in _NAMES:
                issues.append(Issue("read", error.category, f"the attached {name}: {error}"))
    if not roots:
        return None, tuple(issues)
    _, root, name = min(roots, key=lambda one: one[0])
    return parse_e_invoice(root, name), tuple(issues)


def _ranked(root: "_Element") -> tuple[int, "_Element"]:
    """The root behind its rank. Raises UnsupportedInput."""
    place = syntax_rank(root)
    if place is None:
        raise UnsupportedInput(f"{root.tag} is no e-invoice of a known syntax")
    return place, root


def _name(attachment: "PdfAttachment") -> str:
    from pypdfium2 import PdfiumError

    try:
        return str(attachment.get_name())
    except PdfiumError:  # it has none
        return ""


def _content(attachment: "PdfAttachment", options: ReadOptions) -> bytes:
    """The attached file. Raises MalformedInput, or TooLargeInput over `max_attached`."""
    from pypdfium2 import PdfiumError, raw

    size = c_ulong()
    raw.FPDFAttachment_GetFile(attachment.raw, None, 0, size)
    if size.value > options.max_attached:
        raise TooLargeInput(
            f"{size.value / 2**20:.0f} MB is over the limit of {options.max_attached / 2**20:.0f} "
            "MB; raise max_attached in the pipeline's [read] table"
        )
    try:
        return bytes(attachment.get_data())
    except PdfiumError as error:
        raise MalformedInput("it is damaged and does not open") from error
