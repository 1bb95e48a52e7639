"""Units of measure: printed forms, symbols and UNECE codes."""

from collections.abc import Mapping

from docextract.values.characters import fold_text

#: Symbol -> printed forms, folded.
_FORMS: Mapping[str, str] = {
    "pcs": "x pc pcs pce pces piece pieces ea each qty stk stck stuck stueck st pza nos",
    "units": "unit units",
    "kg": "kg kgs kilo kilos kilogram kilograms kilogramm",
    "g": "g gm gms gr gram grams gramm",
    "mg": "mg milligram milligrams",
    "t": "t tonne tonnes",
    "ton": "ton tons",  # 907, 1000 or 1016 kg
    "lb": "lb lbs pound pounds",
    "oz": "oz ounce ounces",
    "l": "l ltr litre litres liter liters",
    "ml": "ml millilitre millilitres milliliter",
    "gal": "gal gallon gallons",
    "m": "m mtr metre metres meter meters",
    "cm": "cm centimetre centimetres centimeter",
    "mm": "mm millimetre millimetres millimeter",
    "km": "km kilometre kilometres kilometer kilometers",
    "mi": "mi mile miles",
    "ft": "ft foot feet",
    "in": "in inch inches zoll",
    "m2": "m^2 m2 qm sqm",
    "sqft": "sqft sq.ft",
    "m3": "m^3 m3 cbm",
    "acre": "acre acres",
    "ha": "ha hectare hectares hektar",
    "h": "h hr hrs hour hours std stunde stunden heure heures",
    "min": "min mins minute minutes minuten",
    "days": "day days tag tage jour jours",
    "weeks": "week weeks woche wochen",
    "months": "month months monat monate monaten mois",
    "years": "year years jahr jahre jahren",
    "W": "w watt watts",
    "kW": "kw kilowatt",
    "V": "v volt volts",
    "mAh": "mah",
    "GB": "gb gigabyte gigabytes",
    "MB": "mb megabyte megabytes",
    "TB": "tb terabyte terabytes",
    "box": "box boxes",
    "carton": "karton kartons ctn ctns carton cartons",
    "pack": "pkt pack packs packet packets pkg packung",
    "bottle": "btl bottle bottles flasche flaschen",
    "set": "set sets",
    "pair": "pair pairs paar",
    "dozen": "dozen dz",
    "kWh": "kwh",
}

#: Printed form, folded -> symbol.
UNITS: Mapping[str, str] = {
    form: symbol for symbol, forms in _FORMS.items() for form in forms.split()
}

#: The same of forms that are words of other things too ("un an", "mes", "par"), so that they count
#: only where nothing but a quantity or its unit can stand: in a cell of a table, not in a text.
_IN_CELLS: Mapping[str, str] = {
    "pcs": "pieza piezas pz pzas stucke",
    "units": "u ud uds einheit einheiten unite unites unidad unidades",
    "kg": "kilogramme kilogrammes kilogramo kilogramos",
    "g": "gramme grammes gramo gramos",
    "t": "tonnen tonelada toneladas",
    "l": "lt litro litros",
    "ml": "mililitro mililitros",
    "m": "lfm metro metros",
    "km": "kilometro kilometros",
    "h": "stdn hora horas",
    "min": "minuto minutos",
    "days": "tagen journee journees dia dias",
    "weeks": "semaine semaines semana semanas",
    "months": "mois mes meses",
    "years": "an ans annee annees ano anos",
    "box": "schachtel schachteln boite boites caja cajas",
    "pack": "paket pakete pck paquet paquets paquete paquetes",
    "bottle": "fl bouteille bouteilles botella botellas",
    "roll": "roll rolls rolle rollen rouleau rouleaux rollo rollos",
    "pallet": "pallet pallets palette paletten palettes palet palets",
    "bag": "bag bags sack sacke sac sacs saco sacos",
    "set": "satz satze jeu jeux juego juegos",
    "pair": "paire paires par pares",
    "dozen": "dtz dutzend douzaine douzaines docena docenas",
    "lump sum": "ls pauschal pauschale psch forfait",
}
#: All of them.
NAMES: Mapping[str, str] = {
    **{form: symbol for symbol, forms in _IN_CELLS.items() for form in forms.split()},
    **UNITS,
}

#: Symbol -> code of UNECE Recommendation 20, with Recommendation 21's for packages ("X" and the
#: package's code), as electronic invoices have them. A ton and a gallon, which differ
#: from country to country, have none.
CODES: Mapping[str, str] = {
    "pcs": "H87",
    "units": "C62",
    "kg": "KGM",
    "g": "GRM",
    "mg": "MGM",
    "t": "TNE",
    "lb": "LBR",
    "oz": "ONZ",
    "l": "LTR",
    "ml": "MLT",
    "m": "MTR",
    "cm": "CMT",
    "mm": "MMT",
    "km": "KMT",
    "mi": "SMI",
    "ft": "FOT",
    "in": "INH",
    "m2": "MTK",
    "sqft": "FTK",
    "m3": "MTQ",
    "acre": "ACR",
    "ha": "HAR",
    "h": "HUR",
    "min": "MIN",
    "days": "DAY",
    "weeks": "WEE",
    "months": "MON",
    "years": "ANN",
    "W": "WTT",
    "kW": "KWT",
    "V": "VLT",
    "mAh": "E09",
    "GB": "E34",
    "MB": "4L",
    "TB": "E35",
    "box": "XBX",
    "carton": "XCT",
    "pack": "XPK",
    "bottle": "XBO",
    "roll": "XRO",
    "pallet": "XPX",
    "bag": "XBG",
    "lump sum": "LS",
    "set": "SET",
    "pair": "PR",
    "dozen": "DZN",
    "kWh": "KWH",
}

_BY_CODE: Mapping[str, str] = {code: symbol for symbol, code in CODES.items()}


def parse_unit(text: str) -> str | None:
    """The symbol of a unit, printed or given by its code: "h" of "Std." and "HUR".

    None where it is none that is known.
    """
    return _BY_CODE.get(text.strip()) or NAMES.get(fold_text(text).rstrip(".").strip())
