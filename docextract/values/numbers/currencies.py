"""Currencies: ISO 4217 codes, signs and names, and the parser that finds one in a text."""

import re
from collections.abc import Mapping

#: Active codes of ISO 4217 (2024) that stand for money in circulation.
_ISO_4217 = """
    AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP
    BYN BZD CAD CDF CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP
    GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR
    KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK
    MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR
    SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS
    UAH UGX USD UYU UZS VED VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW
"""
CODES = frozenset(_ISO_4217.split())

#: Those whose sums have three decimals (ISO 4217, minor unit 3).
THREE_DECIMALS = CODES & {"BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"}

#: Codes that are also words in capitals: money only beside a number, or alone.
_WORDS = CODES & {
    "ALL",
    "BAM",
    "COP",
    "CUP",
    "GEL",
    "LAK",
    "MAD",
    "MOP",
    "PEN",
    "SOS",
    "TOP",
    "TRY",
}

#: Printed sign or abbreviation -> code. "$" alone is taken for the US dollar and the yen sign
#: for the yen; "kr" is three countries' and so none's.
SIGNS: Mapping[str, str] = {
    "€": "EUR",
    "$": "USD",
    "£": "GBP",
    "¥": "JPY",
    "₹": "INR",
    "₩": "KRW",
    "₺": "TRY",
    "₽": "RUB",
    "₴": "UAH",
    "₫": "VND",
    "₱": "PHP",
    "฿": "THB",
    "₪": "ILS",
    "US$": "USD",
    "U.S.$": "USD",
    "A$": "AUD",
    "AU$": "AUD",
    "C$": "CAD",
    "CA$": "CAD",
    "CDN$": "CAD",
    "HK$": "HKD",
    "NT$": "TWD",
    "NZ$": "NZD",
    "S$": "SGD",
    "R$": "BRL",
    "MX$": "MXN",
    "RM": "MYR",
    "Rp": "IDR",
    "Rp.": "IDR",
    "Rs": "INR",
    "Rs.": "INR",
    "RMB": "CNY",
    "SFr.": "CHF",
    "SFr": "CHF",
    "zł": "PLN",
    "Kč": "CZK",
    "TL": "TRY",
}

#: Names in words, lower case -> code.
NAMES: Mapping[str, str] = {
    "euro": "EUR",
    "euros": "EUR",
    "us dollar": "USD",
    "us dollars": "USD",
    "u.s. dollars": "USD",
    "united states dollars": "USD",
    "dollar": "USD",
    "dollars": "USD",
    "pound sterling": "GBP",
    "pounds sterling": "GBP",
    "pounds": "GBP",
    "swiss franc": "CHF",
    "swiss francs": "CHF",
    "schweizer franken": "CHF",
    "franken": "CHF",
    "ringgit": "MYR",
    "ringgit malaysia": "MYR",
    "malaysian ringgit": "MYR",
    "rupiah": "IDR",
    "rupees": "INR",
    "yen": "JPY",
    "yuan": "CNY",
    "renminbi": "CNY",
    "singapore dollars": "SGD",
    "canadian dollars": "CAD",
    "australian dollars": "AUD",
}


def _alternatives(words: Mapping[str, str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


_LETTER = "[^\\W\\d_]"
_SIGN = f"(?<!{_LETTER})(?:{_alternatives(SIGNS)})(?!{_LETTER})"
_NAME = f"(?i:(?<!{_LETTER})(?:{_alternatives(NAMES)})(?!{_LETTER}))"
_CODE = f"(?<!{_LETTER})(?:{'|'.join(sorted(CODES))})(?!{_LETTER})"

#: A currency as it is printed: a code, a name or a sign.
CURRENCY_PATTERN = f"(?:{_CODE}|{_NAME}|{_SIGN}|[€$£¥₹₩])"
_MARKS = re.compile(CURRENCY_PATTERN)
_ANY_CASE = {mark.casefold(): code for mark, code in SIGNS.items()}


def parse_currency(text: str) -> str | None:
    """The ISO 4217 code of the one currency that `text` names, by sign, code or name.

    "$" alone counts as USD. None when there is no currency in it, or more than one.
    """
    whole = " ".join(text.split()).strip(":;,()[]")
    if found := _alone(whole):
        return found
    numeric = any(char.isdigit() for char in whole)
    marks = {mark[0] for mark in _MARKS.finditer(whole)}
    codes = {_code(mark) for mark in marks if numeric or mark not in _WORDS}
    return codes.pop() if len(codes) == 1 else None


def _alone(text: str) -> str | None:
    if text.upper() in CODES:
        return text.upper()
    return _ANY_CASE.get(text.casefold()) or NAMES.get(text.casefold())


def _code(mark: str) -> str:
    if mark in CODES:
        return mark
    # The dotless i matches "i" in patterns that ignore case.
    return SIGNS.get(mark) or NAMES[" ".join(mark.casefold().replace("ı", "i").split())]
