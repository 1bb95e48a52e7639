"""Parts of the entity patterns: regular expressions for blanks, numbers, months, units and forms.

Every repetition is bounded, so that no text costs more than a constant a character.
"""

import re

from docextract.values.dates.vocabulary import MONTH_FORMS
from docextract.values.numbers.units import UNITS

ANY_BLANK = r"[^\S\f]"  # a blank or a line's end
BLANK = r"[^\S\f\n]"  # a blank within a line
NUMBER = r"(?<![\w.,])[0-9]{1,15}(?:[.,'\u2019\u00a0\u202f][0-9]{1,15}){0,6}"
BARE_AMOUNT = (
    r"(?<![\w.,$/:%-])(?:(?:0|[1-9][0-9]{0,2})(?:[,.'][0-9]{3}){0,5}"
    # A group that begins with 0 continues the number before the blank; another may be its own.
    r"|[0-9]{1,3}(?:[ ][0-9]{3}){0,3}[ ]0[0-9]{2}|[1-9][0-9]{3,8})"
    r"[.,][0-9]{2}(?![\w%/:]|[.,-][0-9])"
)
SPACED_NUMBER = r"[0-9]{1,3}(?:[ \u00a0\u202f][0-9]{3}){1,4}(?:[.,][0-9]{2})?(?![0-9])"
LARGE_UNIT = r"(?:million(?:en)?|billion|trillion|thousand|milliarden|(?:mio|mrd)\b\.?|bn|mn)(?!\w)"
MONTH = rf"(?:{'|'.join(MONTH_FORMS)})\b\.?"
#: An assigned number has a digit in it and ends with a letter or digit.
GIVEN_CODE = r"(?P<value>(?=[A-Z/._-]{0,12}[0-9])[A-Z0-9](?:[A-Z0-9/._-]{0,28}[A-Z0-9])?)(?![\w])"
NUMBER_WORD = (
    rf"(?:{BLANK}?(?:numbers?|nummer|number|num|nos?|nrs?|n°|nº|id|code)\b{BLANK}?\.?|{BLANK}?[#№])"
)
COLON = rf"{BLANK}{{0,3}}[:#.]?{ANY_BLANK}{{0,3}}[#:]?{BLANK}?"
FORM_NUMBER = (
    r"(?:Form|FORM|Schedule|Formular|Vordruck)[ \u00a0]"
    r"(?P<value>[A-Z]{0,4}-?[0-9]{1,5}[A-Z]?(?:-[A-Z0-9]{1,5})?)(?![\w-])"
)
KNOWN_FORM = (
    r"(?<![\w-])(?:W-(?:2G?|4P?|7|8(?:[ -]?(?:BEN(?:-E)?|ECI|IMY|EXP))?|9)|1099-[A-Z]{1,4}"
    r"|1098-[A-Z]|1040(?:-[A-Z]{1,3}|EZ)|DD[ -]?214|I-9|I-94|(?:SF|DS)-[0-9]{2,4}|EUR\. ?(?:1|MED)"
    r"|T2L|10-[KQ]|8-K|S-[1348])(?![\w-])"
)
A1_CERTIFICATE = (
    r"(?i:certificate|bescheinigung|portable document|attestation|form)[ \u00a0](?P<value>A1)\b"
)


def unit_alternatives(*, word: bool) -> str:
    """Alternatives of printed units: long ones, or short ones, which follow a number directly."""
    no_units = {"x", "un", "no", "nos", "st", "each", "in", "set", "sets", "unit", "units"}
    spans = {"day", "days", "tag", "tage", "jour", "jours"}
    known = [
        form
        for form, symbol in UNITS.items()
        if symbol not in ("weeks", "months", "years") and form not in no_units | spans
    ]
    chosen = [re.escape(form) for form in known if (len(form) > 2) == word]
    return "|".join(sorted(chosen, key=len, reverse=True))
