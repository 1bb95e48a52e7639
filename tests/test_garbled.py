"""Text layers that nobody can read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docextract.readers.pdf.text_quality import garbled_reason

ENGLISH = (
    "This agreement is made on the first day of May between the seller and the buyer named below. "
    "The seller shall deliver the goods within thirty days, and the buyer shall pay the price of "
    "$1,250.00 upon receipt. Either party may end it by written notice to the other."
)
GERMAN = (
    "Rechnung Nr. 471102 vom 05.03.2018. Bitte überweisen Sie den Betrag von 529,87 EUR bis zum "
    "04.04.2018 ohne Abzug auf unser Konto. Für Rückfragen stehen wir Ihnen gern zur Verfügung. "
    "Lieferant GmbH, Lieferantenstraße 20, 80333 München, Geschäftsführer Hans Muster"
)
CODES = "WXYZ-TV KQRS M-F 6a-7a :30 NM $450.00 POL/ISS/DEM MTWTF-- Rtg 0.0 Spots 12 Rev 3 " * 4


def shifted(text: str, places: int) -> str:
    """Each visible character moved, as by a font whose encoding is off."""
    return "".join(
        chr(max(33, ord(letter) + places)) if 33 <= ord(letter) < 127 else letter for letter in text
    )


@pytest.mark.parametrize("text", [ENGLISH, GERMAN, CODES, "", " \r\n", "12.50", "Total 12.50"])
def test_readable_text_is_not_garbled(text):
    assert garbled_reason(text) == ""


@pytest.mark.parametrize(
    "text", ["合同由甲方和乙方于二〇二〇年签订。" * 20, "Договор заключён между сторонами " * 9]
)
def test_other_scripts_are_not_garbled(text):
    assert garbled_reason(text) == ""


@pytest.mark.parametrize("text", [ENGLISH, GERMAN])
@pytest.mark.parametrize("places", [-29, 1, 3])
def test_shifted_letters_are_found(text, places):
    assert garbled_reason(shifted(text, places)) == "letters in proportions that no language has"


@pytest.mark.parametrize("letter", ["\x05", "\ufffd", "\ue021", "\x90"])
def test_characters_without_a_meaning_are_found(letter):
    assert garbled_reason(f"Invoice {letter * 4} {letter * 3}") == "characters without a meaning"


def test_numbers_of_glyphs_are_found():
    assert (
        garbled_reason("(cid:12)(cid:7) Invoice (cid:3)") == "numbers of glyphs in place of letters"
    )


def test_soup_is_found():
    soup = (
        "Sup$dohr lgcrc Ffm,ThlfZS hvDrb Sttyr Stb'floo Irtr l-tctt wJAcjEtAc C€hrdt ]hnd&rg l{mo "
    )
    assert garbled_reason(soup * 3) == "words that cannot be"


def test_one_line_end_hyphen_is_not_a_fault():
    assert garbled_reason("a short non\ufffebinding text") == ""


@given(st.text(max_size=400))
def test_any_text_gets_an_answer(text):
    assert isinstance(garbled_reason(text), str)
