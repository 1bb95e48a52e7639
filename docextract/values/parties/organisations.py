"""Parser of organisation names: the name proper and the legal form."""

from collections.abc import Mapping
from dataclasses import dataclass

from docextract.values.characters import normalise_text
from docextract.values.text import clean_name

#: Legal forms as their law writes them: Germany, Austria and Switzerland; Britain, its former
#: empire and America; France; Spain and Latin America; Italy; the Low Countries; the North; the
#: East; Indonesia. "Co." alone is part of many names and no form.
_FORMS = (
    *("GmbH & Co. KGaA", "GmbH & Co. KG", "GmbH & Co. OHG", "AG & Co. KG", "UG & Co. KG", "gGmbH"),
    *("GmbH", "UG (haftungsbeschränkt)", "UG", "AG", "KGaA", "KG", "OHG", "GbR", "PartG mbB"),
    *("PartG", "e.K.", "e.V.", "eG", "Ges.m.b.H.", "SE"),
    *("Private Limited", "Pvt. Ltd.", "Pte. Ltd.", "Pty. Ltd.", "Co., Ltd.", "Limited", "Ltd."),
    *("PLC", "LLP", "LP", "CIC", "Incorporated", "Inc.", "LLC", "PLLC", "Corporation", "Corp."),
    *("N.A.", "P.C.", "Sdn. Bhd.", "Berhad", "Bhd."),
    *("S.A.R.L.", "S.à r.l.", "S.A.S.U.", "S.A.S.", "E.U.R.L.", "S.C.I.", "S.N.C.", "S.A."),
    *("S.L.U.", "S.L.", "S.A.U.", "S.L.L.", "S. Coop.", "S.A. de C.V.", "Ltda."),
    *("S.p.A.", "S.r.l.", "S.r.l.s.", "S.a.s."),
    *("B.V.", "N.V.", "V.O.F.", "BVBA", "SPRL"),
    *("A/S", "ApS", "AB", "Oyj", "Oy", "ASA", "AS"),
    *("Sp. z o.o.", "s.r.o.", "a.s.", "Kft.", "Zrt.", "d.o.o."),
    *("PT", "Tbk."),
)
#: Forms that stand before the name in French and Indonesian print.
_BEFORE = frozenset({"sarl", "sas", "sasu", "eurl", "sci", "snc", "sa", "pt"})
#: Forms whose letters are also words: they count in capitals or with their dots only.
_WORDS = frozenset({"ag", "se", "sa", "sl", "as", "ab", "lp", "pt", "na", "pc", "ug", "eg", "ek"})
_MOST = 5  # words in a form


def _key(printed: str) -> str:
    return "".join(char for char in printed.casefold() if char.isalnum() or char in "&/(")


#: Letters of a form -> how it is written; of equal ones (S.A.S.) the first.
_WRITTEN: Mapping[str, str] = {_key(form): form for form in reversed(_FORMS)}


@dataclass(frozen=True)
class Organisation:
    """An organisation's name without its legal form, and that form (None where there is none)."""

    name: str
    legal_form: str | None


def parse_organisation(text: str) -> Organisation | None:
    """The name and legal form of an organisation; None when `text` has no letter.

    Args:
        text: As printed: "Muster GmbH & Co. KG", "ACME LTD", "SARL Dupont", "Talleres Sol, S.L.".
    """
    whole = clean_name(normalise_text(text))
    if whole is None:
        return None
    words = whole.split()
    for count in range(min(_MOST, len(words) - 1), 0, -1):
        form, rest = _form(words[-count:]), clean_name(" ".join(words[:-count]))
        if form and rest:
            return Organisation(rest, form)
    rest = clean_name(" ".join(words[1:]))
    form = _form(words[:1]) if _key(words[0]) in _BEFORE else None
    return Organisation(rest, form) if form and rest else Organisation(whole, None)


def _form(words: list[str]) -> str | None:
    printed = " ".join(words).strip(" ,")
    key = _key(printed)
    if key in _WORDS and not (printed.isupper() or printed == _WRITTEN[key]):
        return None
    return _WRITTEN.get(key)
