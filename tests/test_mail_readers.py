import struct
from contextlib import suppress
from email.message import EmailMessage

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docextract.document import Document
from docextract.errors import EncryptedInput, InputError, MalformedInput, TooLargeInput
from docextract.readers import ReadOptions, Source, load_bytes, read
from docextract.readers.mail import eml as mail
from docextract.readers.mail import msg

PDF = b"%PDF-1.4\n%%EOF"


def a_mail(body: str = "Hello,\nhere it is.", subtype: str = "plain") -> EmailMessage:
    made = EmailMessage()
    made["From"] = "Jürgen Groß <jg@example.org>"
    made["To"] = "a@example.org, b@example.org"
    made["Subject"] = "Rechnung über 5 €"
    made["Date"] = "Mon, 02 Mar 2026 10:00:00 +0100"
    made["X-Other"] = "unseen"
    made.set_content(body, subtype=subtype)
    return made


def document(data: bytes, name: str = "a.eml") -> Document:
    found = read(Source(name, data=data), ReadOptions()).document
    assert found is not None
    return found


def test_headers_come_first_as_lines_then_the_text():
    assert document(a_mail().as_bytes()).text.split("\n") == [
        "From: Jürgen Groß <jg@example.org>",
        "To: a@example.org, b@example.org",
        "Subject: Rechnung über 5 €",
        "Date: Mon, 02 Mar 2026 10:00:00 +0100",
        "Hello,",
        "here it is.",
    ]


def test_plain_text_is_preferred_to_its_html_form():
    made = a_mail()
    made.add_alternative("<p>the same in HTML</p>", subtype="html")
    assert document(made.as_bytes()).text.endswith("here it is.")


def test_html_is_read_where_the_plain_text_says_nothing():
    made = a_mail(" \n")
    made.add_alternative("<table><tr><td>Total<td>5.00</table>", subtype="html")
    (page,) = document(made.as_bytes()).pages
    assert [word.text for word in page.lines[-1]] == ["Total", "5.00"]
    assert len(page.tables) == 1
    assert page.read_by == "mail"


def test_attachments_are_documents_of_their_own():
    made = a_mail()
    made.add_attachment(PDF, maintype="application", subtype="pdf", filename="../x/invoice.pdf")
    made.add_attachment(PDF, maintype="application", subtype="pdf", filename="Invoice.pdf")
    made.add_attachment("Grüße", filename="nöte.txt")
    made.add_attachment(PDF, maintype="application", subtype="octet-stream")
    inner = a_mail("inside")
    made.add_attachment(inner)
    source = Source("m.eml", data=made.as_bytes())
    parts = read(source, ReadOptions()).parts
    assert [part.name for part in parts] == [
        "m.eml/invoice.pdf",
        "m.eml/Invoice-2.pdf",
        "m.eml/nöte.txt",
        "m.eml/attachment",
        "m.eml/Rechnung über 5 €.eml",
    ]
    assert load_bytes(parts[0], ReadOptions()) == PDF
    nested = read(parts[-1], ReadOptions()).document
    assert nested is not None
    assert nested.text.endswith("inside")
    assert nested.media_type == "message/rfc822"


def test_pictures_inside_the_text_and_signatures_are_no_documents():
    made = a_mail("<img src=cid:logo>Hello", "html")
    made.add_related(b"GIF89a", maintype="image", subtype="gif", cid="<logo>", filename="logo.gif")
    made.make_mixed()
    made.add_attachment(b"...", maintype="application", subtype="pgp-signature", filename="s.asc")
    made.add_attachment(b"GIF89a", maintype="image", subtype="gif", filename="scan.gif")
    assert read(Source("m", data=made.as_bytes()), ReadOptions()).parts[0].name == "m/scan.gif"


@pytest.mark.parametrize(
    ("headers", "body"),
    [
        (b"Content-Type: text/plain; charset=iso-8859-1", b"f\xfcr 5 \x80"),
        (b"Content-Type: text/plain; charset=no-such-charset", "für 5 €".encode()),
        (b"Content-Type: text/plain; charset=us-ascii", "für 5 €".encode()),
        (b"Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable",
         b"f=C3=BCr 5 =E2=82=AC"),
        (b"Content-Type: text/html; charset=windows-1252\nContent-Transfer-Encoding: base64",
         b"PHA+ZvxyIDUggDwvcD4="),
    ],
)  # fmt: skip
def test_the_text_is_decoded_whatever_is_declared(headers, body):
    data = b"From: x@example.org\nMIME-Version: 1.0\n" + headers + b"\n\n" + body
    assert document(data).text == "From: x@example.org\nfür 5 €"


@pytest.mark.parametrize(
    ("header", "shown"),
    [
        (b"=?utf-8?q?caf=C3=A9?= =?utf-8?b?w6k=?=", "caféé"),
        (b"=?no-such?q?x?=", "=?no-such?q?x?="),
        (b"folded\n onto two lines", "folded onto two lines"),
    ],
)
def test_headers_are_decoded(header, shown):
    data = b"Message-ID: <1>\nSubject: " + header + b"\n\nbody"
    assert document(data).text == f"Subject: {shown}\nbody"


def test_an_encrypted_mail_says_so():
    data = b"From: x\nMIME-Version: 1.0\nContent-Type: application/pkcs7-mime\n\nMIIB"
    with pytest.raises(EncryptedInput):
        document(data)


def test_more_attachments_than_allowed_are_refused():
    made = a_mail()
    for _ in range(3):
        made.add_attachment(b"x", maintype="application", subtype="pdf")
    with pytest.raises(TooLargeInput, match="max_members"):
        mail.read(made.as_bytes(), ReadOptions(max_members=2))


@pytest.mark.parametrize("levels", [150, 1200])
def test_parts_nested_without_end_are_refused(levels):
    data = b"MIME-Version: 1.0\n" + b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(levels)
    )
    with pytest.raises(TooLargeInput, match="deep"):
        mail.read(data, ReadOptions())


@settings(max_examples=50, deadline=None)
@given(st.binary(max_size=200), st.binary(max_size=200))
def test_any_mail_gives_a_document_or_an_input_error(header, body):
    data = b"From: x\nMIME-Version: 1.0\nSubject: " + header + b"\nContent-Type: " + body
    with suppress(InputError):
        found = mail.read(data, ReadOptions())
        for name in found.members:
            assert isinstance(mail.member(data, name, ReadOptions()), bytes)


# An OLE2 file, see [MS-CFB]: sectors of 512 bytes, and one stream of small sectors of 64 for all
# streams under 4096 bytes; for either a table of what sector follows which; and a directory whose
# entries name their sibling and first child. Properties: [MS-OXMSG].

END, FREE, FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
STORAGE, STREAM, ROOT = 1, 2, 5
Tree = dict[str, "bytes | Tree"]


class Sectors:
    def __init__(self, size: int) -> None:
        self.size = size
        self.content: list[bytes] = []
        self.follows: list[int] = []

    def store(self, content: bytes) -> int:
        """Add a stream; the number of its first sector."""
        if not content:
            return END
        first = len(self.content)
        parts = [content[at : at + self.size] for at in range(0, len(content), self.size)]
        self.content += [part.ljust(self.size, b"\0") for part in parts]
        self.follows += [*range(first + 1, first + len(parts)), END]
        return first


def entry(name: str, kind: int, sibling: int, child: int, start: int, size: int) -> bytes:
    letters = name.encode("utf-16-le") + b"\0\0"
    head = letters.ljust(64, b"\0") + struct.pack("<HBB", len(letters), kind, 1)
    return head + struct.pack("<III36xIQ", FREE, sibling, child, start, size)


def ole(tree: Tree) -> bytes:
    """An OLE2 file with these storages and small streams."""
    large, small = Sectors(512), Sectors(64)
    entries: list[bytes] = []

    def add(children: Tree) -> int:
        """Add the entries of a storage, last first; the number of the first."""
        sibling = FREE
        for name, content in reversed(children.items()):
            if isinstance(content, bytes):
                made = entry(name, STREAM, sibling, FREE, small.store(content), len(content))
            else:
                made = entry(name, STORAGE, sibling, add(content), 0, 0)
            entries.append(made)
            sibling = len(entries)  # the root comes before all of them
        return sibling

    child = add(tree)
    streams = b"".join(small.content)
    root = entry("Root Entry", ROOT, FREE, child, large.store(streams), len(streams))
    directory = large.store(b"".join([root, *entries]))
    chains = small.follows + [FREE] * (-len(small.follows) % 128)
    small_table = large.store(struct.pack(f"<{len(chains)}I", *chains))
    table = [*large.follows, FAT]
    assert len(table) <= 128, "one sector of table is enough for these files"
    table += [FREE] * (128 - len(table))
    header = struct.pack(
        "<8s16xHHHHH6x9I109I",
        bytes.fromhex("D0CF11E0A1B11AE1"), 0x3E, 3, 0xFFFE, 9, 6,
        0, 1, directory, 0, 4096, small_table, len(chains) // 128, END, 0,
        len(large.content), *[FREE] * 108,
    )  # fmt: skip
    return header + b"".join(large.content) + struct.pack("<128I", *table)


def properties(head: int, values: dict[int, "str | bytes | int"]) -> Tree:
    """The streams of a message's, recipient's or attachment's properties."""
    made: Tree = {}
    table = bytes(head)
    for number, value in values.items():
        if isinstance(value, int):
            table += struct.pack("<HHIQ", 3, number, 6, value)
            continue
        kind = 0x1F if isinstance(value, str) else 0x102
        content = value.encode("utf-16-le") if isinstance(value, str) else value
        table += struct.pack("<HHIII", kind, number, 6, len(content) + 2 * (kind == 0x1F), 0)
        made[f"__substg1.0_{number:04X}{kind:04X}"] = content
    return {"__properties_version1.0": table, **made}


def an_msg(body: str = "Anbei die Rechnung.", markup: bytes = b"", *attached: str) -> bytes:
    said: dict[int, str | bytes | int] = {
        0x001A: "IPM.Note",
        0x0037: "Rechnung über 5 €",
        0x0C1A: "Jürgen Groß",
        0x0C1F: "jg@example.org",
        0x1000: body,
        0x1013: markup,
        0x3FDE: 65001,
    }
    made = properties(32, {number: value for number, value in said.items() if value})
    made["__recip_version1.0_#00000000"] = properties(8, {0x3001: "Anna", 0x39FE: "a@example.org"})
    for n, name in enumerate(attached):
        made[f"__attach_version1.0_#{n:08X}"] = properties(
            8, {0x3701: PDF, 0x3707: name, 0x3705: 1}
        )
    return ole(made)


def test_an_outlook_message_is_read_as_a_mail():
    made = document(an_msg(), "a.msg")
    assert made.media_type == "application/vnd.ms-outlook"
    assert made.pages[0].read_by == "msg"
    assert made.text.split("\n") == [
        'From: "Jürgen Groß" <jg@example.org>',
        "To: Anna <a@example.org>",
        "Subject: Rechnung über 5 €",
        "Anbei die Rechnung.",
    ]


def test_an_outlook_message_of_html_is_read_through_its_marks():
    assert document(an_msg("", "<p>Grüße <b>aus</b> Köln".encode())).text.endswith("Grüße aus Köln")


def test_attachments_of_an_outlook_message_are_documents_of_their_own():
    source = Source("m.msg", data=an_msg("see there", b"", "invoice.pdf", "..\\invoice.pdf"))
    parts = read(source, ReadOptions()).parts
    assert [part.name for part in parts] == ["m.msg/invoice.pdf", "m.msg/invoice-2.pdf"]
    assert load_bytes(parts[1], ReadOptions()) == PDF


def test_an_office_file_with_a_password_is_told_from_a_message():
    with pytest.raises(EncryptedInput):
        document(ole({"EncryptionInfo": b"x", "EncryptedPackage": b"y"}), "a.docx")


def test_old_office_files_are_named():
    from docextract.readers.media_type import detect_media_type

    assert detect_media_type(ole({"WordDocument": b"x"}), "") == "application/msword"


@pytest.mark.parametrize("length", [8, 300, 600, 1500])
def test_a_cut_off_message_is_malformed(length):
    with pytest.raises(MalformedInput):
        msg.read(an_msg()[:length], ReadOptions())


def test_a_message_that_claims_more_than_it_may_hold_is_refused():
    with pytest.raises(TooLargeInput, match="max_unpacked"):
        msg.read(an_msg(), ReadOptions(max_unpacked=100))


def test_a_message_in_a_message_is_told():
    tree = properties(32, {0x0037: "outer", 0x1000: "text"})
    tree["__attach_version1.0_#00000000"] = properties(8, {0x3707: "inner", 0x3705: 5})
    (issue,) = msg.read(ole(tree), ReadOptions()).issues
    assert "'inner'" in issue.message


@settings(max_examples=50, deadline=None)
@given(st.data())
def test_a_damaged_message_gives_a_document_or_an_input_error(data):
    whole = bytearray(an_msg("text", b"", "a.pdf"))
    for _ in range(data.draw(st.integers(1, 8))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    with suppress(InputError):
        msg.read(bytes(whole), ReadOptions())
