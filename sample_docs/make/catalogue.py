"""The table of all samples: file, what it shows, how it is made, what a person reads off it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from sample_docs.make import archive, paper
from sample_docs.make.draw import (
    ad_buy,
    contract,
    contract_docx,
    factur_x,
    form,
    invoice_din,
    invoice_ledger,
    invoice_studio,
    invoice_xlsx,
    letter,
    letter_odt,
    medical,
    nda,
    offer_pptx,
    patent,
    till,
    web,
)
from sample_docs.make.facts import (
    ad_buys,
    agreements,
    forms,
    invoices,
    letters,
    patents,
    products,
    receipts,
)
from sample_docs.make.facts import medical as reports
from sample_docs.make.facts.record import Json, refusal


@dataclass(frozen=True)
class Sample:
    """One file of the folder.

    `expected` maps the path of a document inside the file to its record; "" is the file itself.
    """

    name: str
    shows: str
    make: Callable[[], bytes]
    expected: Mapping[str, Json]

    def files(self) -> Mapping[str, Json]:
        """File name of each expected record -> its content."""
        return {
            ".".join(part for part in (self.name, inside, "expected.json") if part): record
            for inside, record in self.expected.items()
        }


#: The name of the mail's attachment.
ATTACHED = "Rechnung-2026-0091.pdf"
#: What the XML of one e-invoice states; its page prints the sum that follows from its lines.
OTHER_TOTAL = Decimal("6170.53")
#: Bytes that arrived; the pages of the file lie behind them.
BROKEN_OFF = 18_000


def _office() -> bytes:
    return invoice_din.draw(invoices.NORDLICHT, invoice_din.OFFICE)


def _translation() -> bytes:
    return invoice_din.draw(invoices.KESTREL, invoice_din.FREELANCE)


def _e_invoice(said: Decimal | None = None) -> bytes:
    """A PDF with its XML in it, which may state another total than the page prints."""
    data = {factur_x.NAME: factur_x.xml(invoices.STURMVOGEL, said=said)}
    return invoice_din.draw(invoices.STURMVOGEL, invoice_din.FREELANCE, attached=data)


SAMPLES: tuple[Sample, ...] = (
    Sample(
        "invoice-en.pdf",
        "invoice, English, digital PDF: two VAT rates, one of them zero; GBP",
        lambda: invoice_studio.draw(invoices.LARKSPUR),
        {"": invoices.LARKSPUR.record()},
    ),
    Sample(
        "invoice-de.pdf",
        "invoice, German, digital PDF on a DIN 5008 sheet: 1.234,56 EUR, 19 % and 7 %, "
        "rows that wrap",
        _office,
        {"": invoices.NORDLICHT.record()},
    ),
    Sample(
        "invoice-three-pages.pdf",
        "invoice, English, digital PDF: ruled table of 54 rows over two page breaks, header "
        "repeated, sums carried and brought forward",
        lambda: invoice_ledger.draw(invoices.BRASSWELL),
        {"": invoices.BRASSWELL.record()},
    ),
    Sample(
        "factur-x.pdf",
        "e-invoice (Factur-X), German, digital PDF: the XML in it states what the page prints",
        _e_invoice,
        {"": invoices.STURMVOGEL.record()},
    ),
    Sample(
        "factur-x-other-total.pdf",
        "the same e-invoice, but its XML states another total than the page prints",
        lambda: _e_invoice(said=OTHER_TOTAL),
        {"": invoices.STURMVOGEL.record()},
    ),
    Sample(
        "ad-buy.pdf",
        "order for TV spots, English, digital PDF on landscape paper: dense grid of weeks",
        lambda: ad_buy.draw(ad_buys.KQZT),
        {"": ad_buys.KQZT.record()},
    ),
    Sample(
        "nda.pdf",
        "non-disclosure agreement, English, digital PDF of several pages, signed",
        lambda: nda.draw(agreements.OSPREY),
        {"": agreements.OSPREY.record()},
    ),
    Sample(
        "receipt-scan.png",
        "receipt of a restaurant, English: thermal print scanned at 200 dpi, grey, slightly askew; "
        "sales tax and tip",
        lambda: paper.scanned_receipt(till.draw(receipts.COPPER_KETTLE, till.DINER), 3),
        {"": receipts.COPPER_KETTLE.record()},
    ),
    Sample(
        "receipt-photo.jpg",
        "receipt of a supermarket, German: photograph on a table, in perspective, curled, in a "
        "shadow; two VAT rates inside the total, one item by weight",
        lambda: paper.photographed_receipt(till.draw(receipts.FRISCHHOF, till.MARKET), 5),
        {"": receipts.FRISCHHOF.record()},
    ),
    Sample(
        "letter-turned-90.jpg",
        "letter, English: page scanned at 200 dpi, lying on its side",
        lambda: paper.scanned_page(letter.draw(letters.WATERWORKS), 21, turned=90, skew=0.4),
        {"": letters.WATERWORKS.record()},
    ),
    Sample(
        "form-turned-180.jpg",
        "form, German, filled by typewriter: page scanned at 200 dpi, upside down",
        lambda: paper.scanned_page(form.draw_typed(forms.PARKING), 31, turned=180, skew=-0.6),
        {"": forms.PARKING.record()},
    ),
    Sample(
        "form-fillable.pdf",
        "form, English, digital PDF with ruled boxes; the answers are values of AcroForm fields "
        "and not in the page's text",
        lambda: form.draw_fillable(forms.GARDEN),
        {"": forms.GARDEN.record()},
    ),
    Sample(
        "medical-report.tiff",
        "medical report, English: fax of two pages in one TIFF, 200 dpi, black and white",
        lambda: paper.faxed(medical.draw(reports.KNEE), 12),
        {"": reports.KNEE.record()},
    ),
    Sample(
        "contract-scan.pdf",
        "contract, English: PDF of two scanned pages without a text layer, signed",
        lambda: paper.scanned_pdf(contract.draw(agreements.CLEANING), 44),
        {"": agreements.CLEANING.record()},
    ),
    Sample(
        "patent.pdf",
        "patent application, English, digital PDF: front page with a figure, then two columns",
        lambda: patent.draw(patents.PLANTER),
        {"": patents.PLANTER.record()},
    ),
    Sample(
        "contract.docx",
        "contract, English, word processor: header, footer, table of fees, signature table",
        lambda: contract_docx.draw(agreements.ROOFTOP),
        {"": agreements.ROOFTOP.record()},
    ),
    Sample(
        "letter-de.odt",
        "letter, German, word processor: private sender, no letterhead",
        lambda: letter_odt.draw(letters.RESIGNATION),
        {"": letters.RESIGNATION.record()},
    ),
    Sample(
        "invoice.xlsx",
        "invoice, English, spreadsheet: amounts and dates are typed cells",
        lambda: invoice_xlsx.draw(invoices.CIDERHOUSE),
        {"": invoices.CIDERHOUSE.record()},
    ),
    Sample(
        "offer-de.pptx",
        "product offer, German, slide with text boxes, a table and shapes",
        lambda: offer_pptx.draw(products.ARMCHAIR),
        {"": products.ARMCHAIR.record()},
    ),
    Sample(
        "offer.html",
        "product offer, English, shop page with navigation, style and script around it",
        lambda: web.shop_page(products.DRILL),
        {"": products.DRILL.record()},
    ),
    Sample(
        "review.md",
        "product review, English, Markdown; the rating also as stars",
        lambda: web.review_markdown(products.HEADPHONES),
        {"": products.HEADPHONES.record()},
    ),
    Sample(
        "mail.eml",
        "mail, German, plain and HTML body; an invoice as PDF attached",
        lambda: archive.mail(letters.FORWARDED, {ATTACHED: _translation()}),
        {"": letters.FORWARDED.record(), ATTACHED: invoices.KESTREL.record()},
    ),
    Sample(
        "bundle.zip",
        "archive of two documents: a receipt as digital PDF, English; a product review as plain "
        "text in the Windows-1252 encoding, German",
        lambda: archive.zipped(
            {
                "receipt.pdf": till.draw(receipts.WILLOWMERE, till.BOOKSHOP),
                "bewertung.txt": web.review_text(products.KETTLE),
            }
        ),
        {
            "receipt.pdf": receipts.WILLOWMERE.record(),
            "bewertung.txt": products.KETTLE.record(),
        },
    ),
    Sample(
        "broken.pdf",
        "cannot be read: the first part of a PDF whose download broke off",
        lambda: _office()[:BROKEN_OFF],
        {"": refusal("malformed")},
    ),
    Sample(
        "encrypted.pdf",
        "cannot be read without its password, which is `kranich-2026`: a letter, English",
        lambda: letter.draw(letters.DIRECT_DEBIT, password="kranich-2026"),
        {"": refusal("encrypted")},
    ),
)


def table() -> str:
    """The samples in Markdown, for README.md."""
    rows = (f"| [{sample.name}]({sample.name}) | {sample.shows} |\n" for sample in SAMPLES)
    return "| file | what it shows |\n|---|---|\n" + "".join(rows)
