"""Units of quantities: how they are printed and the symbol each one gets."""

from collections.abc import Mapping

#: Symbol -> printed forms, folded.
_FORMS: Mapping[str, str] = {
    "pcs": "x pc pcs pce pces piece pieces unit units ea each qty stk stck stuck stueck st pza nos",
    "kg": "kg kgs kilo kilos kilogram kilograms kilogramm",
    "g": "g gm gms gr gram grams gramm",
    "mg": "mg milligram milligrams",
    "t": "t ton tons tonne tonnes",
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
    "box": "box boxes karton kartons ctn ctns carton cartons",
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
