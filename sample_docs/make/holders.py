"""Files that hold others: ZIP archives, mails, and the office formats, which are archives too."""

import re
from collections.abc import Mapping
from email.message import EmailMessage
from email.policy import SMTP
from html import escape
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from lxml import etree

from docextract.training.synthetic.from_record import record_date
from sample_docs.make.records import data_of, text_of

#: The time that every entry bears, so that the same content gives the same bytes.
MOMENT = (2026, 1, 1, 0, 0, 0)
_OPEN_DOCUMENT = {"content.xml", "styles.xml", "meta.xml"}
_STAMP = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")


def zipped(members: Mapping[str, bytes]) -> bytes:
    """A ZIP archive of `members` by name."""
    file = BytesIO()
    with ZipFile(file, "w") as archive:
        for name, data in members.items():
            entry = ZipInfo(name, MOMENT)
            # OpenDocument wants its media type readable without unpacking.
            entry.compress_type = ZIP_STORED if name == "mimetype" else ZIP_DEFLATED
            archive.writestr(entry, data)
    return file.getvalue()


def timeless(office: bytes) -> bytes:
    """An office file without the moment of its making."""
    with ZipFile(BytesIO(office)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    for name, data in members.items():
        if name.endswith("core.xml"):
            members[name] = _STAMP.sub(rb"\g<1>2026-01-01T00:00:00Z", data)
        elif name in _OPEN_DOCUMENT:  # odfpy declares all namespaces that the process has met
            tree = etree.fromstring(data)
            etree.cleanup_namespaces(tree)
            members[name] = etree.tostring(tree, xml_declaration=True, encoding="UTF-8")
    return zipped(members)


def mail(name: str, attachment: str, pdf: bytes) -> bytes:
    """A message with a plain and an HTML body, and a PDF file attached."""
    data, text = data_of(name), text_of(name)
    message = EmailMessage(SMTP)
    message["From"] = f"{data['sender_name']} <{text['from']}>"
    message["To"] = f"{data['recipient_name']} <{text['to']}>"
    message["Subject"] = data["subject"]
    message["Date"] = f"{record_date(data, 'date'):%a, %d %b %Y} 09:14:07 +0200"
    message["Message-ID"] = f"<20260504091407.1@{text['from'].partition('@')[2]}>"
    parts = (text["greeting"], *text["paragraphs"], text["closing"])
    message.set_content("\n\n".join(parts) + "\n", cte="quoted-printable")
    html = "".join(
        f"<p>{escape(part)}</p>\n".replace("\n", "<br>", part.count("\n")) for part in parts
    )
    message.add_alternative(f"<html><body>\n{html}</body></html>\n", "html", cte="quoted-printable")
    message.add_attachment(pdf, "application", "pdf", filename=attachment)
    multiparts = (part for part in message.walk() if part.is_multipart())
    for number, part in enumerate(multiparts, 1):
        part.set_boundary(f"=_sample_part_{number}")
    return message.as_bytes()
