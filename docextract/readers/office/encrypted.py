"""Encrypted office documents: an OLE2 file around the package, which is refused."""

from docextract.errors import EncryptedInput
from docextract.readers.content import Content
from docextract.readers.options import ReadOptions


def read(data: bytes, options: ReadOptions) -> Content:
    """Raise EncryptedInput, whatever the password: nothing here decrypts office files."""
    raise EncryptedInput(
        "an office document with a password, which cannot be opened here; save it without one"
    )
