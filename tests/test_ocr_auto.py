import logging
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from docextract.document import Box, Word
from docextract.errors import MissingDependency
from docextract.ocr import ENGINES, auto_engine
from docextract.ocr.auto_engine import AutoEngine, engine_order


class Here:
    def __init__(self, languages): ...

    def read(self, image, *, dpi):
        return ((Word("found", Box(0, 0, 10, 10), 0.99),),)


class Missing:
    def __init__(self, languages):
        raise MissingDependency("it is not here; try: pip install it")


@pytest.fixture
def machine(monkeypatch):
    """`machine("rapidocr")`: only these engines can be made."""
    from docextract import ocr

    def make(*there: str) -> None:
        names = {name: "Here" if name in there else "Missing" for name in ENGINES}
        table = {name: f"{__name__}:{sort}" for name, sort in names.items()}
        monkeypatch.setattr(ocr, "ENGINES", table | {"auto": ENGINES["auto"]})

    ocr._made.cache_clear()
    auto_engine._say_once.cache_clear()
    yield make
    ocr._made.cache_clear()


PAGE = Image.new("L", (100, 100), 255)


def test_rapidocr_reads_where_it_is_here(machine):
    machine("rapidocr", "tesserocr", "tesseract")
    routed = AutoEngine().route(PAGE, dpi=100)
    assert (routed.by, routed.reason) == ("rapidocr", "")
    assert routed.lines[0][0].text == "found"


def test_without_rapidocr_tesseract_reads_and_the_page_says_why(machine, caplog):
    machine("tesseract")
    with caplog.at_level(logging.WARNING):
        routed = AutoEngine().route(PAGE, dpi=100)
        AutoEngine()
    assert (routed.by, routed.reason) == ("tesseract", "without rapidocr, tesserocr")
    assert len(caplog.records) == 1, "it is said once"


def test_without_any_engine_every_way_to_get_one_is_named(machine):
    machine()
    with pytest.raises(MissingDependency, match=r"rapidocr: .* tesserocr: .* tesseract: "):
        AutoEngine()


@pytest.mark.parametrize("languages", [(), ("eng",), ("deu", "fra"), ("chi_sim",), ("jpn",)])
def test_languages_of_letters_it_knows_go_to_rapidocr(languages):
    assert engine_order(languages).names[0] == "rapidocr"


@pytest.mark.parametrize("languages", [("rus",), ("eng", "ukr"), ("ara",), ("kor",)])
def test_other_languages_go_to_tesseract_and_say_so(languages):
    assert engine_order(languages).names == ("tesserocr", "tesseract")
    assert languages[-1] in engine_order(languages).reason


@pytest.mark.model
def test_reading_is_quiet_and_touches_no_network(tmp_path: Path):
    # In a process of its own, where a socket of any kind is an error.
    program = """
import socket
def refuse(*arguments, **options):
    raise AssertionError("the network was asked for")
socket.socket.connect = socket.getaddrinfo = socket.create_connection = refuse
from PIL import Image, ImageDraw, ImageFont
from docextract.ocr.page import read_page
image = Image.new("RGB", (600, 200), "white")
ImageDraw.Draw(image).text((30, 60), "Total 12.50", "black", ImageFont.load_default(48))
page = read_page(image, dpi=150, engine="rapidocr")
assert [word.text for line in page.lines for word in line] == ["Total", "12.50"], page.lines
"""
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        check=False,
        env={"HOME": str(tmp_path), "PATH": "", "PYTHONPATH": str(Path.cwd())},
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert list(tmp_path.rglob("*")) == [], "nothing is written to the home folder"
