"""OCR engine on the Tesseract program, run as a subprocess through pytesseract."""

from typing import TYPE_CHECKING

from docextract.document import Line
from docextract.errors import MalformedInput, MissingDependency, TooLargeInput
from docextract.ocr.line_grouping import group_lines
from docextract.ocr.tesseract.languages import installed_languages, language_argument
from docextract.ocr.tesseract.threads import single_threaded
from docextract.ocr.tesseract.tsv import parse_tsv, points_per_pixel
from docextract.ocr.tesseract.upscaling import upscale_small_print

if TYPE_CHECKING:
    from PIL.Image import Image

_SECONDS = 300  # a page: generous, so that it only ends what hangs


class TesseractEngine:
    """One process a page: slower to start than in-process, and a crash stays outside."""

    def __init__(self, languages: tuple[str, ...] = ()) -> None:
        """Raises MissingDependency without the program or one of the languages."""
        self._languages = language_argument(languages, installed_languages().codes)

    def read(self, image: "Image", *, dpi: float) -> tuple[Line, ...]:
        """Lines of words in reading order, boxes in points (pixels * 72 / dpi).

        Raises TooLargeInput after five minutes and MalformedInput when Tesseract fails.
        """
        larger = upscale_small_print(image)
        table = self._table(larger)
        return group_lines(parse_tsv(table, scale=points_per_pixel(dpi, image, larger)))

    def _table(self, image: "Image") -> str:
        import pytesseract

        raw = image.copy()
        raw.format = "BMP"  # how it is handed over: PNG would spend CPU on compressing
        try:
            with single_threaded():
                return str(pytesseract.image_to_data(raw, lang=self._languages, timeout=_SECONDS))
        except pytesseract.TesseractNotFoundError as error:
            raise MissingDependency(
                "the program Tesseract is not here; try: sudo apt install tesseract-ocr"
            ) from error
        except pytesseract.TesseractError as error:
            raise MalformedInput(f"Tesseract cannot read this page: {error.message}") from error
        except RuntimeError as error:  # pytesseract's word for a timeout
            raise TooLargeInput(
                f"Tesseract took more than {_SECONDS} s on this page; scan it at a lower "
                "resolution or use another OCR engine"
            ) from error
