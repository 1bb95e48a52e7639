"""Address finder: postal addresses in running text, searched backwards from the postcode.

Trying every start with every end would be quadratic. The rarest part is searched instead: the
postcode with its state or town. The first line is then looked for in a window of bounded length
before it, which begins no earlier than the page, the address before, or a word that addresses
do not have.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

#: Code points between an address's first character and its postcode, at most.
MAX_ADDRESS_CHARS = 160

_STATES = (
    "A[LKZRP]|AE|C[AOT]|D[CE]|FL|GA|GU|HI|I[DLNA]|K[SY]|LA|M[EDAINSOT]|N[EVHJMYCD]|O[HKR]|P[AR]|RI|"
    "S[CD]|T[NX]|UT|V[TAI]|W[AVIY]"
)
_STATE_NAMES = (
    "Alabama|Alaska|Arizona|Arkansas|California|Colorado|Connecticut|Delaware|Florida|Georgia|"
    "Hawaii|Idaho|Illinois|Indiana|Iowa|Kansas|Kentucky|Louisiana|Maine|Maryland|Massachusetts|"
    "Michigan|Minnesota|Mississippi|Missouri|Montana|Nebraska|Nevada|New Hampshire|New Jersey|"
    "New Mexico|New York|North Carolina|North Dakota|Ohio|Oklahoma|Oregon|Pennsylvania|"
    "Rhode Island|South Carolina|South Dakota|Tennessee|Texas|Utah|Vermont|Virginia|Washington|"
    "West Virginia|Wisconsin|Wyoming"
)
_MALAYSIAN_STATES = (
    r"JOHOR(?:[ ](?:BAHRU|BHARU))?|KEDAH|KELANTAN|MELAKA|MALACCA|NEGERI[ ]SEMBILAN|PAHANG|PERAK|"
    r"PERLIS|PULAU[ ]PINANG|PENANG|SABAH|SARAWAK|SELANGOR|TERENGGANU|KUALA[ ]LUMPUR|LABUAN|"
    r"WILAYAH[ ]PERSEKUTUAN|PUTRAJAYA"
)
_MALAYSIAN_WORDS = (
    r"(?i:\b(?:JALAN|JLN|LORONG|TAMAN|TMN|PERSIARAN|LEBUH|LEBUHRAYA|KAWASAN|BANDAR|KAMPUNG|KG|LOT|"
    r"PUSAT|LINTANG|SEKSYEN|PLAZA|MALL)\b)"
)
_STREET_WORDS = (
    r"(?i:Street|Avenue|Road|Boulevard|Drive|Lane|Court|Place|Square|Parkway|Highway|Terrace|Circle|"
    r"Way|Trail|Plaza|Broadway|(?:St|Ave|Rd|Blvd|Dr|Ln|Ct|Pl|Sq|Pkwy|Hwy|Cir|Trl)\b\.?)"
)
_SUITE = r"(?i:Suite|Ste|Apt|Apartment|Unit|Floor|Fl|Room|Rm)\b\.?"
#: Lower-case words that stand inside addresses; any other one is the sentence around it.
_INNER = r"(?:of|the|and|apt|ste|suite|unit|floor|st|th|nd|rd|am|an|der|im|bei|du|la|le|les|des)\b"
_OUTSIDE = re.compile(
    # The end of a date in words looks like the number of a house: "May 12, 2016".
    rf"[:;@()*|]|[0-9]{{1,2}},[ ][12][0-9]{{3}}\b|\b(?!{_INNER})[a-zäöüß]{{2,20}}\b"
)
_NO_ADDRESS = re.compile(r"[:;@*|)]|\b(?i:BHD|TEL|FAX|GST|REG|INVOICE|S/B)\b\.?")
_HOUSE = r"(?<![\w.,$#/-])[0-9]{1,6}[A-Za-z]?(?:[-/][0-9]{1,4})?"


@dataclass(frozen=True, slots=True)
class _Style:
    """Patterns of one country's addresses: end, start, what is never inside and what always is.

    `lines` is how many printed lines one has at most.
    """

    end: re.Pattern[str]
    start: re.Pattern[str]
    outside: re.Pattern[str]
    needs: re.Pattern[str]
    lines: int


_STYLES = (
    _Style(  # American: state and ZIP code
        re.compile(
            rf"(?<![A-Za-z])(?:{_STATES}|(?i:{_STATE_NAMES}))[.,]?[ \n]{{1,2}}"
            r"[0-9]{5}(?:-[0-9]{4})?(?![\w-])"
        ),
        re.compile(
            rf"{_HOUSE},?[ \n](?=[\"'A-Z0-9])|\bP\.?[ ]?O\.?[ ]?Box\b|\b(?:One|Two|Three)[ ][A-Z]"
            r"|\b(?:USS|USNS|USNV|USCGC|PSC|Unit)[ ](?=[0-9A-Z])",
            re.IGNORECASE,
        ),
        _OUTSIDE,
        re.compile(r"[A-Za-z]"),
        4,
    ),
    _Style(  # British: a postcode of letters and digits
        re.compile(r"(?<!\w)[A-Z]{1,2}[0-9][A-Z0-9]?[ ][0-9][A-Z]{2}(?!\w)(?:[ ]London)?"),
        re.compile(rf"{_HOUSE},?[ ](?=[A-Z])|\b(?:Unit|Flat|Suite|Floor)[ ][0-9A-Z]"),
        _OUTSIDE,
        re.compile(r"[A-Za-z]{3}"),
        5,
    ),
    _Style(  # Malaysian: five digits and a town, mostly in capitals, the company before it
        re.compile(
            r"(?<![\w.,/-])[0-9]{5}[,.]?[ \n][A-Z][A-Za-z]{1,15}(?:[ ][A-Z][A-Za-z]{1,15}){0,3}\b"
            rf"(?:[,.]{{0,2}}[ \n](?i:{_MALAYSIAN_STATES})\b)?"
        ),
        re.compile(
            r"(?i:\b(?:NO|LOT|UNIT|BLOK|BLOCK|SUITE|PTD?)\b[ .:]{0,3}(?=[A-Z]{0,3}[ ]?[0-9]))"
            rf"|{_HOUSE}[ ]?[,&][ ]?(?=[0-9A-Z])|{_HOUSE}[ ](?={_MALAYSIAN_WORDS})"
            rf"|{_MALAYSIAN_WORDS}"
        ),
        _NO_ADDRESS,
        re.compile(_MALAYSIAN_WORDS),
        4,
    ),
    _Style(  # Continental: postcode and town, after street and house number
        re.compile(
            r"(?<![\w.,/-])(?:[A-Z]{1,3}-[ ]?)?[0-9]{4,5}[ ][A-ZÄÖÜ][\wäöüß.-]{2,30}"
            r"(?:[ ](?:am|an|der|im|ob|bei|[A-ZÄÖÜ][\wäöüß.-]{2,20})){0,2}"
        ),
        re.compile(
            r"(?<![\w.-])[A-ZÄÖÜ][\w.'-]{0,30}(?:[ ][A-ZÄÖÜa-z][\w.'-]{0,30}){0,3}"
            r"(?<=[A-Za-zäöüß.])[ ]?[0-9]{1,4}[ ]?[a-zA-Z]?(?=[ ]?[-,;•·\n ])"
        ),
        re.compile(r"[:;@*|()]|[0-9]{6}"),
        re.compile(
            r"(?i:stra(?:ß|ss)e|str\.|weg|allee|platz|gasse|ring|damm|ufer|chaussee|markt|hof\b|"
            r"\brue\b|\bvia\b|\bcalle\b|avenue|boulevard|ecke|\bam\b|\bim\b)"
        ),
        2,
    ),
)
_STREET = re.compile(
    rf"{_HOUSE}[ ](?:(?!{_STREET_WORDS}(?!\w))[A-Z0-9][\w.']{{0,20}}[ ]){{1,4}}"
    rf"{_STREET_WORDS}(?!\w)"
    r"(?:[ ][NSEW]{1,2}\b\.?)?"
    rf"(?:,?[ \n](?:{_SUITE}|#)[ ]?#?[0-9A-Z]{{1,6}}\b)?"
)


def find_addresses(text: str, stretches: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Offsets of addresses with a postcode: American, British, Malaysian and continental.

    `stretches` are the ranges with digits; only postcodes in one of them are found.
    """
    for style in _STYLES:
        floor = 0
        for end in (match for stretch in stretches for match in style.end.finditer(text, *stretch)):
            start = _start(text, style, floor, end.start())
            if start is not None:
                yield start, end.end()
                floor = end.end()


def find_streets(text: str, stretches: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Offsets of house number, street and suite without a town: "12 High Street, Suite 4"."""
    for stretch in stretches:
        yield from (match.span() for match in _STREET.finditer(text, *stretch))


def _start(text: str, style: _Style, floor: int, end: int) -> int | None:
    """Where the address begins whose postcode begins at `end`; not before `floor`."""
    floor = max(
        floor, end - MAX_ADDRESS_CHARS, text.rfind("\f", max(0, end - MAX_ADDRESS_CHARS), end) + 1
    )
    lines = text[floor:end].rsplit("\n", style.lines)[-style.lines :]
    floor = end - len("\n".join(lines))
    for word in style.outside.finditer(text, floor, end):
        floor = word.end()
    start = style.start.search(text, floor, end)
    if start is None or not style.needs.search(text, start.start(), end):
        return None
    return start.start()
