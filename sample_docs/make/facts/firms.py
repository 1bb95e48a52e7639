"""People and firms who write to each other in the samples. None of them exists."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Firm:
    """A sender or recipient; empty strings where a document does not print the detail."""

    name: str
    address: tuple[str, ...]
    phone: str = ""
    email: str = ""
    web: str = ""
    vat_id: str = ""
    iban: str = ""
    bic: str = ""
    bank: str = ""
    contact: str = ""

    @property
    def one_line(self) -> str:
        """The address as one line of text, parts joined by ", "."""
        return ", ".join(self.address)
