from io import BytesIO
from zipfile import ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docextract.errors import InputError
from docextract.readers import FORMATS
from docextract.readers.media_type import detect_media_type
from docextract.readers.text.encoding import decode_text

OPC = "application/vnd.openxmlformats-officedocument."
MAIL = b"Received: from a by b\r\nFrom: a@example.org\r\nSubject: Hi\r\n\r\nHello\r\n"
PDF_BODY = b"1 0 obj\n<</Type/Catalog>>\nendobj\ntrailer\n<</Root 1 0 R>>\n"


def zipped(**members: str) -> bytes:
    made = BytesIO()
    with ZipFile(made, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return made.getvalue()


def opc(main: str) -> bytes:
    return zipped(**{"[Content_Types].xml": f'<Types><Override ContentType="{main}"/></Types>'})


@pytest.mark.parametrize(
    ("data", "media_type"),
    [
        (b"%PDF-1.7\n", "application/pdf"),
        (b"junk of a mail program\n%PDF-1.4\n" + PDF_BODY, "application/pdf"),
        (b"% no header\n" + PDF_BODY, "application/pdf"),
        (b"\x89PNG\r\n\x1a\n....", "image/png"),
        (b"\xff\xd8\xff\xe0....", "image/jpeg"),
        (b"II*\0....", "image/tiff"),
        (b"MM\0*....", "image/tiff"),
        (b"RIFF\x10\0\0\0WEBPVP8 ", "image/webp"),
        (b"BM" + bytes(12) + b"\x28\0\0\0", "image/bmp"),
        (b"GIF89a....", "image/gif"),
        (b"{\\rtf1 text}", "application/rtf"),
        (b"7z\xbc\xaf\x27\x1c....", "application/x-7z-compressed"),
        (b"\x1f\x8b\x08....", "application/gzip"),
        (bytes(range(256)) * 4, "application/octet-stream"),
        (zipped(**{"a.txt": "a"}), "application/zip"),
        (zipped(), "application/zip"),
        (zipped(mimetype="application/vnd.oasis.opendocument.text"),
         "application/vnd.oasis.opendocument.text"),
        (zipped(mimetype="application/pdf"), "application/zip"),
        (opc("application/vnd.ms-excel.sheet.macroEnabled.main+xml"),
         "application/vnd.ms-excel.sheet.macroEnabled.12"),
        (opc(OPC + "wordprocessingml.document.main+xml"), OPC + "wordprocessingml.document"),
        (opc(OPC + "spreadsheetml.sheet.main+xml"), OPC + "spreadsheetml.sheet"),
        (opc(OPC + "presentationml.presentation.main+xml"), OPC + "presentationml.presentation"),
        (opc(OPC + "wordprocessingml.document.main+xml")[:-30] + b"word/document.xml",
         OPC + "wordprocessingml.document"),
        (b"<!DOCTYPE html><p>text", "text/html"),
        (b"\n<!-- made by x --><HTML lang=de>", "text/html"),
        ("<html><p>ü".encode("utf-16-le"), "text/html"),
        (b'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml">', "text/html"),
        (b"<div>a piece of a page</div>", "text/html"),
        (b'<?xml version="1.0"?><a/>', "application/xml"),
        (b'<a:b xmlns:a="urn:a"/>', "application/xml"),
        (b"<none> of these are tags", "text/plain"),
        (MAIL, "message/rfc822"),
        (b"From: the board\nTo: all staff\nSubject: lunch\n\nA memo.", "text/plain"),
        (b"From a@b.c Mon Mar  2 10:00:00 2026\nFrom: x\n", "application/mbox"),
        (b"From here on, text.", "text/plain"),
        (b"plain text", "text/plain"),
        ("Grüße".encode("utf-16-be"), "text/plain"),
        (b"caf\xe9 cr\xe8me", "text/plain"),
    ],
)  # fmt: skip
def test_the_content_says_what_it_is(data, media_type):
    assert detect_media_type(data, "unnamed") == media_type


@pytest.mark.parametrize(
    ("data", "name", "media_type"),
    [
        (b"# Title", "notes.MD", "text/markdown"),
        (b"<p align=center>Title</p>\n\n# More", "readme.md", "text/markdown"),
        (b"<!doctype html><p>page", "readme.md", "text/html"),
        (b"a;b\n1;2", "table.csv", "text/csv"),
        (b'{"a": 1}', "record.json", "text/plain"),
        (b"no tag at all", "page.html", "text/html"),
        (b"Subject: x\n\nbody", "letter.eml", "message/rfc822"),
        (b"\x89PNG\r\n\x1a\n....", "picture.pdf", "image/png"),
        (b"oops.", "broken.pdf", "application/pdf"),
        (bytes(range(256)), "broken.png", "image/png"),
    ],
)
def test_the_name_decides_only_where_the_content_does_not(data, name, media_type):
    assert detect_media_type(data, name) == media_type


def test_a_zip_with_a_stored_pdf_is_a_zip():
    assert detect_media_type(zipped(**{"a.pdf": "%PDF-1.4 1 0 obj"}), "a.zip") == "application/zip"


@settings(deadline=None)
@given(st.binary(max_size=400), st.sampled_from(["", "a.txt", "a.pdf", "a.md"]))
def test_any_bytes_have_a_media_type(data, name):
    assert "/" in detect_media_type(data, name)


@pytest.mark.parametrize(
    "head", [b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"%PDF", b"<html>", b"From: a\n"]
)
@settings(deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_after_a_known_beginning_have_a_media_type(head, data):
    assert "/" in detect_media_type(head + data, "")


@pytest.mark.parametrize("text", ["Grüße aus Köln – 5 €, société", "Größe", "Straße 7, 1. März"])
@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "cp1252",
     "mac_roman"],
)  # fmt: skip
def test_text_is_decoded_in_common_encodings(text, encoding):
    found = decode_text(text.encode(encoding))
    assert found is not None
    assert found.removeprefix("\ufeff") == text


def test_text_in_another_script_is_decoded():
    text = "Счёт на оплату номер 12 от 3 марта, итого к оплате 1200 рублей. Спасибо за покупку"
    assert decode_text(text.encode("cp1251")) == text


def test_a_stray_zero_does_not_make_text_binary():
    assert decode_text(b"some text " * 20 + b"\0" + b" more text" * 20) is not None


@settings(deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_are_text_or_not(data):
    assert decode_text(data) is None or isinstance(decode_text(data), str)


def test_every_format_has_a_module_with_a_reader():
    from importlib import import_module

    for media_type, module in FORMATS.items():
        assert callable(import_module(module).read), media_type


def test_an_office_document_with_a_password_says_so():
    from docextract.readers import ReadOptions
    from docextract.readers.office import encrypted as locked

    with pytest.raises(InputError, match="password") as caught:
        locked.read(b"", ReadOptions())
    assert caught.value.category == "encrypted"
