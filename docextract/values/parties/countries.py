"""Countries: names and postcode prefixes -> ISO 3166 codes; and the states of the USA."""

from collections.abc import Mapping

from docextract.values.characters import fold_text

#: ISO 3166 code -> names in English, German, French, Spanish and their own language.
_NAMES: Mapping[str, tuple[str, ...]] = {
    "AT": ("Austria", "Österreich", "Autriche"),
    "AU": ("Australia", "Australien", "Australie"),
    "BE": ("Belgium", "Belgien", "Belgique", "Bélgica", "België"),
    "CA": ("Canada", "Kanada", "Canadá"),
    "CH": ("Switzerland", "Schweiz", "Suisse", "Suiza", "Svizzera"),
    "CZ": ("Czech Republic", "Czechia", "Tschechien", "Česká republika"),
    "DE": ("Germany", "Deutschland", "Allemagne", "Alemania"),
    "DK": ("Denmark", "Dänemark", "Danmark"),
    "ES": ("Spain", "Spanien", "Espagne", "España"),
    "FR": ("France", "Frankreich", "Francia"),
    "GB": ("United Kingdom", "UK", "U.K.", "Great Britain", "England", "Scotland", "Wales"),
    "ID": ("Indonesia", "Indonesien", "Indonésie"),
    "IE": ("Ireland", "Irland", "Irlande", "Irlanda"),
    "IN": ("India", "Indien", "Inde"),
    "IT": ("Italy", "Italien", "Italie", "Italia"),
    "LU": ("Luxembourg", "Luxemburg", "Luxemburgo"),
    "MY": ("Malaysia", "Malaisie", "Malasia"),
    "NL": (
        "Netherlands",
        "The Netherlands",
        "Niederlande",
        "Pays-Bas",
        "Países Bajos",
        "Nederland",
    ),
    "PL": ("Poland", "Polen", "Pologne", "Polonia", "Polska"),
    "PT": ("Portugal",),
    "SE": ("Sweden", "Schweden", "Suède", "Suecia", "Sverige"),
    "US": ("United States", "United States of America", "USA", "U.S.A."),
}
#: Folded name -> ISO 3166 code. Singapore is a city, too, and so left out.
COUNTRIES: Mapping[str, str] = {
    fold_text(name): code for code, names in _NAMES.items() for name in names
}
#: What stands before a postcode, with a hyphen -> ISO 3166 code.
POSTCODE_PREFIXES: Mapping[str, str] = {
    **{"A": "AT", "AT": "AT", "B": "BE", "BE": "BE", "CH": "CH", "D": "DE", "DE": "DE"},
    **{"DK": "DK", "E": "ES", "ES": "ES", "F": "FR", "FR": "FR", "I": "IT", "IT": "IT"},
    **{"L": "LU", "LU": "LU", "SE": "SE"},
}
_STATES = """
    AL AK AZ AR CA CO CT DE DC FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ
    NM NY NC ND OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY PR
"""
#: States of the USA, the District of Columbia and Puerto Rico, by their post office's letters.
STATES = frozenset(_STATES.split())
