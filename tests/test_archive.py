import stat
import struct
import zlib
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docextract.errors import EncryptedInput, InputError, MalformedInput, TooLargeInput
from docextract.readers import ReadOptions, Source, archive, load_bytes, read
from docextract.readers.members import member_names


def zipped(*members: tuple[str | ZipInfo, bytes | str]) -> bytes:
    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as file:
        for name, content in members:
            file.writestr(name, content)
    return made.getvalue()


def names(data: bytes) -> tuple[str, ...]:
    return archive.read(data, ReadOptions()).members


def test_members_become_documents_named_after_the_archive():
    source = Source("in/a.zip", data=zipped(("b/c.txt", "Hello"), ("d.txt", "World")))
    reading = read(source, ReadOptions())
    assert reading.document is None
    assert [part.name for part in reading.parts] == ["in/a.zip/b/c.txt", "in/a.zip/d.txt"]
    assert load_bytes(reading.parts[1], ReadOptions()) == b"World"


def test_an_archive_in_an_archive_is_opened_down_to_the_limit():
    data = zipped(("x.txt", "deep"))
    for n in range(3):
        data = zipped((f"{n}.zip", data))
    (part,) = read(Source("a.zip", data=data), ReadOptions()).parts
    (part,) = read(part, ReadOptions()).parts
    assert part.name == "a.zip/2.zip/1.zip"
    with pytest.raises(TooLargeInput, match="1 containers"):
        read(part, ReadOptions(max_depth=1))


@pytest.mark.parametrize(
    "junk", ["__MACOSX/._a.pdf", ".DS_Store", "a/.hidden/b.txt", "Thumbs.db", "folder/"]
)
def test_what_is_no_document_is_left_out(junk):
    assert names(zipped((junk, ""), ("a.txt", "a"))) == ("a.txt",)


def test_a_member_without_a_name_is_left_out():
    data = zipped((ZipInfo("nnn"), "nameless"), (ZipInfo("a.txt"), "an example"))
    # The lengths of the name and of the extra field behind it, here and in the directory.
    for now, then in ((b"\3\0\0\0nnn", b"\0\0\3\0nnn"), (b"\3\0" + bytes(6), b"\0\0\3" + bytes(5))):
        assert data.count(now) == 1
        data = data.replace(now, then)
    assert names(data) == ("a.txt",)


def test_a_container_that_changed_is_opened_anew(tmp_path):
    path = tmp_path / "a.zip"
    for content in ("old", "new and longer"):
        path.write_bytes(zipped(("a.txt", content)))
        (part,) = read(Source.of(path), ReadOptions()).parts
        assert load_bytes(part, ReadOptions()) == content.encode()


def test_links_are_left_out():
    link = ZipInfo("link")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    assert names(zipped((link, "/etc/passwd"))) == ()


@pytest.mark.parametrize(
    ("name", "harmless"),
    [
        ("../../etc/passwd", "etc/passwd"),
        ("/etc/passwd", "etc/passwd"),
        ("C:\\temp\\a.pdf", "temp/a.pdf"),
        ("a//./b.pdf", "a/b.pdf"),
        ("a\x00\nb.pdf", "a__b.pdf"),
        ("what?.pdf", "what_.pdf"),
        ("CON.txt", "_CON.txt"),
        ("..", "member"),
        ("ä b.pdf", "ä b.pdf"),
        ("n" * 300 + ".pdf", "n" * 116 + ".pdf"),
    ],
)
def test_a_name_becomes_a_harmless_path(name, harmless):
    assert member_names([name]) == (harmless,)


def test_equal_names_are_told_apart():
    assert member_names(["invoice.pdf", "x/invoice.pdf", "Invoice.PDF", "invoice-2.pdf"]) == (
        "invoice.pdf",
        "x/invoice.pdf",
        "Invoice-2.PDF",
        "invoice-2-2.pdf",
    )


@settings(deadline=None)
@given(st.lists(st.text(max_size=20), max_size=8))
def test_any_names_become_different_harmless_ones(given_names):
    made = member_names(given_names)
    assert len({name.casefold() for name in made}) == len(given_names)
    for name in made:
        assert not name.startswith("/")
        assert not {"", ".", ".."} & set(name.split("/"))


def test_too_many_members_are_refused():
    data = zipped(*((f"{n}.txt", "") for n in range(5)))
    with pytest.raises(TooLargeInput, match="max_members"):
        archive.read(data, ReadOptions(max_members=4))


def test_a_bomb_is_refused_before_it_is_unpacked():
    with pytest.raises(TooLargeInput, match="max_unpacked"):
        archive.read(zipped(("a.txt", bytes(2**20))), ReadOptions(max_unpacked=2**16))


def test_a_member_that_is_larger_than_it_says_is_damaged_not_unpacked():
    data = bytearray(zipped(("a.txt", bytes(2**20))))
    for signature, at in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        struct.pack_into("<I", data, data.index(signature) + at, 10)
    with pytest.raises(MalformedInput):
        archive.member(bytes(data), "a.txt", ReadOptions(max_unpacked=2**16))


def locked() -> bytes:
    """A ZIP with the member a.txt, "secret", that the password "open" opens (APPNOTE 6.1)."""
    content, password = b"secret", b"open"
    keys = [0x12345678, 0x23456789, 0x34567890]

    def crc(key: int, byte: int) -> int:
        return (zlib.crc32(bytes([byte]), key ^ 0xFFFFFFFF) ^ 0xFFFFFFFF) & 0xFFFFFFFF

    def update(byte: int) -> None:
        keys[0] = crc(keys[0], byte)
        keys[1] = ((keys[1] + (keys[0] & 0xFF)) * 134775813 + 1) & 0xFFFFFFFF
        keys[2] = crc(keys[2], keys[1] >> 24)

    for byte in password:
        update(byte)
    sealed = bytearray()
    for byte in bytes(11) + bytes([zlib.crc32(content) >> 24]) + content:
        k = keys[2] | 2
        sealed.append(byte ^ (((k * (k ^ 1)) >> 8) & 0xFF))
        update(byte)
    made = BytesIO()
    with ZipFile(made, "w") as file:
        file.writestr("a.txt", bytes(sealed))
    data = bytearray(made.getvalue())
    for signature, flags, sums in ((b"PK\x03\x04", 6, 14), (b"PK\x01\x02", 8, 16)):
        start = data.index(signature)
        struct.pack_into("<H", data, start + flags, 1)
        struct.pack_into("<III", data, start + sums, zlib.crc32(content), len(sealed), len(content))
    return bytes(data)


def test_a_locked_member_opens_with_the_password():
    assert archive.member(locked(), "a.txt", ReadOptions(password="open")) == b"secret"


@pytest.mark.parametrize("password", ["", "wrong"])
def test_a_locked_member_needs_the_password(password):
    assert names(locked()) == ("a.txt",)
    with pytest.raises(EncryptedInput, match="password"):
        archive.member(locked(), "a.txt", ReadOptions(password=password))


def test_a_cut_off_archive_is_malformed():
    data = zipped(("a.txt", "a" * 1000))
    with pytest.raises(MalformedInput):
        read(Source("a.zip", data=data[:-30]), ReadOptions())


@settings(deadline=None)
@given(st.data())
def test_a_damaged_archive_gives_members_or_an_input_error(data):
    whole = bytearray(zipped(("a.txt", "hello " * 9), ("b/c.txt", "x")))
    for _ in range(data.draw(st.integers(1, 8))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    options = ReadOptions(max_unpacked=2**20)
    try:
        for name in archive.read(bytes(whole), options).members:
            archive.member(bytes(whole), name, options)
    except InputError:
        pass
