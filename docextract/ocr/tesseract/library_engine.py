"""OCR engine on the Tesseract library, through tesserocr: a third less CPU than the program."""

from typing import TYPE_CHECKING

from docextract.document import Line
from docextract.errors import MalformedInput, MissingDependency
from docextract.ocr.line_grouping import group_lines
from docextract.ocr.tesseract.languages import installed_languages, language_argument
from docextract.ocr.tesseract.threads import single_threaded
from docextract.ocr.tesseract.tsv import parse_tsv, points_per_pixel
from docextract.ocr.tesseract.upscaling import upscale_small_print

if TYPE_CHECKING:
    from PIL.Image import Image


class TesserocrEngine:
    """The library of the extra `tesserocr` with the languages of the installed Tesseract."""

    def __init__(self, languages: tuple[str, ...] = ()) -> None:
        """Raises MissingDependency without the library, the program or one of the languages."""
        try:
            with single_threaded():  # OpenMP asks once, when the library is loaded
                import tesserocr
        except ImportError as error:
            raise MissingDependency(
                'tesserocr is not here; try: pip install "docextract[tesserocr]"'
            ) from error
        # The wheel brings no languages, so it takes those of the installed program.
        there = installed_languages()
        self._api = tesserocr.PyTessBaseAPI(
            path=str(there.folder), lang=language_argument(languages, there.codes)
        )

    def read(self, image: "Image", *, dpi: float) -> tuple[Line, ...]:
        """Lines of words in reading order, boxes in points (pixels * 72 / dpi).

        Raises MalformedInput when Tesseract fails.
        """
        larger = upscale_small_print(image)
        try:
            self._api.SetImage(larger)
            table = self._api.GetTSVText(0)
        except RuntimeError as error:
            raise MalformedInput(f"Tesseract cannot read this page: {error}") from error
        finally:
            self._api.Clear()
        return group_lines(parse_tsv(table, scale=points_per_pixel(dpi, image, larger)))
