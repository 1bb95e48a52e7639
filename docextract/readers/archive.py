"""Reader of ZIP archives: the documents inside them, within limits."""

import stat
from zipfile import ZipFile, ZipInfo

from docextract.errors import MalformedInput, TooLargeInput
from docextract.readers.content import Content
from docextract.readers.members import member_names
from docextract.readers.office.zip_package import open_archive, too_large_error, unpack_member
from docextract.readers.options import ReadOptions


def read(data: bytes, options: ReadOptions) -> Content:
    """The names of the members; nothing is unpacked yet.

    Raises MalformedInput; TooLargeInput over `max_members` or `max_unpacked`.
    """
    with open_archive(data) as archive:
        return Content(pages=None, members=tuple(_members(archive, options)))


def member(data: bytes, name: str, options: ReadOptions) -> bytes:
    """The content of the member that `read` calls `name`.

    Raises EncryptedInput when the password does not open it, MalformedInput, TooLargeInput.
    """
    with open_archive(data) as archive:
        infos = _members(archive, options)
        if name not in infos:
            raise MalformedInput(f"no {name} in the archive")
        content = bytearray()
        for piece in unpack_member(archive, infos[name], options.password):
            content += piece
            if len(content) > options.max_unpacked:
                raise too_large_error(options)
        return bytes(content)


def _members(archive: ZipFile, options: ReadOptions) -> dict[str, ZipInfo]:
    """Harmless name -> member, in the archive's order."""
    infos = [info for info in archive.infolist() if _is_document(info)]
    if len(infos) > options.max_members:
        raise TooLargeInput(
            f"{len(infos)} members are over the limit of {options.max_members}; raise max_members "
            "in the pipeline's [read] table"
        )
    # zipfile unpacks no more of a member than its header promises, so the sum is a bound.
    if sum(info.file_size for info in infos) > options.max_unpacked:
        raise too_large_error(options)
    return dict(zip(member_names(info.filename for info in infos), infos, strict=True))


def _is_document(info: ZipInfo) -> bool:
    """Not a folder, a link, or what an operating system left behind."""
    if not info.filename:  # `is_dir` would look at its last character
        return False
    parts = info.filename.replace("\\", "/").split("/")
    hidden = any(part.startswith(".") and part.strip(".") for part in parts)
    junk = hidden or "__MACOSX" in parts or parts[-1] in {"Thumbs.db", "desktop.ini"}
    kind = stat.S_IFMT(info.external_attr >> 16)
    return not (junk or info.is_dir() or kind not in {0, stat.S_IFREG})
