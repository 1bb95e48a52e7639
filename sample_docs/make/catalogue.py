"""The table of all samples: file, what it shows, how it is made, what a person reads off it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sample_docs.make.draw import ad_buy, invoice_din, invoice_ledger, invoice_studio, nda
from sample_docs.make.facts import ad_buys, agreements, invoices
from sample_docs.make.facts.record import Json


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
        lambda: invoice_din.draw(invoices.NORDLICHT, invoice_din.OFFICE),
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
)
