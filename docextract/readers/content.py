"""What a format's module gives back."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from docextract.document import Issue, Page, Stated

if TYPE_CHECKING:
    from PIL.Image import Image


@dataclass(frozen=True)
class Content:
    """The inside of one file.

    `pages` is None for a mere container, whose `members` are all there is. Members are named
    so that no two are alike and none is a path out of its folder. `stated` is what the file says
    as data beside its pages.
    """

    pages: tuple[Page, ...] | None
    members: tuple[str, ...] = ()
    issues: tuple[Issue, ...] = ()
    stated: Stated | None = None


@dataclass(frozen=True)
class PageImage:
    """A page as a picture; `dpi` says how many of its pixels are an inch of the page."""

    image: "Image"
    dpi: float
