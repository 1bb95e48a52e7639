"""Reader results: the content of one file, and the image of one page."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from docextract.document import Issue, Page, Stated

if TYPE_CHECKING:
    from PIL.Image import Image


@dataclass(frozen=True)
class Content:
    """The content of one file, as a format's reader returns it.

    `pages` is None for a mere container, whose `members` are all there is. Members have
    different names, none of which is a path out of its folder. `stated` is the data that the file
    states beside its pages, as an e-invoice does.
    """

    pages: tuple[Page, ...] | None
    members: tuple[str, ...] = ()
    issues: tuple[Issue, ...] = ()
    stated: Stated | None = None


@dataclass(frozen=True)
class PageImage:
    """A page as an image; `dpi` is its resolution in pixels per inch of the page."""

    image: "Image"
    dpi: float
