"""All samples, and how each is made from its record."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from docextract.training.synthetic.from_record import letter_from_record, tax_totals
from docextract.training.synthetic.paper.render import pdf_bytes
from docextract.training.synthetic.produce import SyntheticDocument, synthetic_document
from sample_docs.make import holders, office, pages, paper
from sample_docs.make.records import data_of, filled, laid_out, text_of

Pages = Callable[[], SyntheticDocument]


@dataclass(frozen=True)
class Sample:
    """One file of the folder; README.md says what it shows.

    `inside` are the paths of the documents in it, "" being the file itself; `pages` lays out those
    that are drawn.
    """

    name: str
    make: Callable[[], bytes]
    inside: tuple[str, ...] = ("",)
    pages: Mapping[str, Pages] = field(default_factory=dict)

    def record_of(self, path: str) -> str:
        """The name of a document's record."""
        return ".".join(part for part in (self.name, path) if part)


#: The name of the mail's attachment.
ATTACHED = "Rechnung-2026-0091.pdf"
#: What the XML of one e-invoice states; its page prints the sum that follows from its lines.
OTHER_TOTAL = "6170.53"
#: Bytes of the broken file that arrived; its pages lie behind them.
BROKEN_OFF = 18_000
PASSWORD = "kranich-2026"


def _pdf(made: SyntheticDocument) -> bytes:
    return pdf_bytes(made.sheet)


def _drawn(
    name: str, made: int | Pages, brought: Callable[[SyntheticDocument], bytes] = _pdf, **how: Any
) -> Sample:
    """A sample whose record a seed of the generator lays out, brought to a file somehow."""
    page = laid_out(name, made, **how) if isinstance(made, int) else made
    return Sample(name, lambda: brought(page()), pages={"": page})


def _scan(
    how: Callable[..., bytes], seed: int, **more: Any
) -> Callable[[SyntheticDocument], bytes]:
    return lambda made: how(_pdf(made), seed, **more)


def _e_invoice(made: SyntheticDocument, said: str = "") -> bytes:
    data = data_of("factur-x.pdf")
    stated = said or data["grand_total"]
    xml = filled("factur-x.xml", "factur-x.pdf", taxes=tax_totals(data), said=stated)
    return pages.holding(made, "factur-x.xml", xml)


def _encrypted() -> bytes:
    text = text_of("encrypted.pdf")
    override = partial(letter_from_record, data=text, text=text)
    return pages.locked(
        synthetic_document("letter", 700118, fiction=True, override=override), PASSWORD
    )


_OFFICE = laid_out("invoice-de.pdf", 701370)
_TRANSLATION = laid_out("factur-x.pdf", 700921)
_MAILED = laid_out(f"mail.eml.{ATTACHED}", 700845)
_BOOKSHOP = laid_out("bundle.zip.receipt.pdf", 700711)


def _bundle() -> bytes:
    review = str(text_of("bewertung.txt")["text"]).replace("\n", "\r\n")
    members = {"receipt.pdf": _pdf(_BOOKSHOP()), "bewertung.txt": review.encode("cp1252")}
    return holders.zipped(members)


def _spots() -> SyntheticDocument:
    return synthetic_document("ad_buy", 706031, fiction=True, weekly=True)


SAMPLES: tuple[Sample, ...] = (
    _drawn("invoice-en.pdf", 750480),
    _drawn("invoice-de.pdf", _OFFICE),
    _drawn("invoice-three-pages.pdf", 703846, carries=True),
    _drawn("factur-x.pdf", _TRANSLATION, _e_invoice),
    _drawn("factur-x-other-total.pdf", _TRANSLATION, partial(_e_invoice, said=OTHER_TOTAL)),
    _drawn("ad-buy.pdf", _spots),
    _drawn("nda.pdf", 700251, pages.signed),
    _drawn("receipt-scan.png", 744628, _scan(paper.scanned_receipt, 3)),
    _drawn("receipt-photo.jpg", 701422, _scan(paper.photographed_receipt, 5)),
    _drawn("letter-turned-90.jpg", 700041, _scan(paper.scanned_page, 21, turned=90, skew=0.4)),
    _drawn("form-turned-180.jpg", 702278, _scan(paper.scanned_page, 31, turned=180, skew=-0.6)),
    _drawn("form-fillable.pdf", 701133, pages.fillable),
    _drawn("medical-report.tiff", 709801, _scan(paper.faxed, 12)),
    _drawn("contract-scan.pdf", 701654, lambda made: paper.scanned_pdf(pages.signed(made), 44)),
    Sample("patent.pdf", lambda: pages.patent("patent.pdf")),
    Sample("contract.docx", lambda: office.contract("contract.docx")),
    Sample("letter-de.odt", lambda: office.letter("letter-de.odt")),
    Sample("invoice.xlsx", lambda: office.invoice("invoice.xlsx")),
    Sample("offer-de.pptx", lambda: office.offer("offer-de.pptx")),
    Sample("offer.html", lambda: filled("offer.html", "offer.html")),
    Sample("review.md", lambda: str(text_of("review.md")["text"]).encode()),
    Sample(
        "mail.eml",
        lambda: holders.mail("mail.eml", ATTACHED, _pdf(_MAILED())),
        inside=("", ATTACHED),
        pages={ATTACHED: _MAILED},
    ),
    Sample(
        "bundle.zip",
        _bundle,
        inside=("receipt.pdf", "bewertung.txt"),
        pages={"receipt.pdf": _BOOKSHOP},
    ),
    Sample("broken.pdf", lambda: _pdf(_OFFICE())[:BROKEN_OFF]),
    Sample("encrypted.pdf", _encrypted),
)
