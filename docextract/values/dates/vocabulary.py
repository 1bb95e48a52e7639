"""Vocabulary of dates: months, weekdays and numerals in the supported languages."""

from collections.abc import Mapping

from docextract.values.characters import fold_text
from docextract.values.word_patterns import word_variants

#: Full names and abbreviations of the months, January first. English, German (with Austria's
#: Jänner and Feber), French, Spanish, Malay and Indonesian. Unaccented and capital forms are
#: added below.
_MONTHS = (
    "january jan januar jänner janvier janv enero ene januari",
    "february feb febr februar feber février févr fév febrero februari pebruari",
    "march mar märz mär mrz maerz mars marzo mac maret",
    "april apr avril avr abril abr",
    "may mai mayo mei",
    "june jun juni juin junio",
    "july jul juli juillet juil julio julai",
    "august aug août aoû agosto ago ogos agustus agu agt",
    "september sept sep septembre septiembre",
    "october oct oktober okt octobre octubre",
    "november nov novembre noviembre nopember",
    "december dec dezember dez décembre déc diciembre dic disember dis desember des",
)

#: Folded name -> month, 1 to 12.
MONTHS: Mapping[str, int] = {
    fold_text(form): number
    for number, names in enumerate(_MONTHS, 1)
    for name in names.split()
    for form in word_variants(name)
}

#: Every printed form, longest first, for a case-insensitive pattern.
MONTH_FORMS: tuple[str, ...] = tuple(
    sorted(
        {form for names in _MONTHS for name in names.split() for form in word_variants(name)},
        key=lambda form: (-len(form), form),
    )
)

#: Names and abbreviations of the days of the week, Monday first, in the same languages.
_WEEKDAYS = (
    "monday mon montag mo lundi lun lunes isnin senin",
    "tuesday tue tues dienstag di mardi martes selasa",
    "wednesday wed mittwoch mi mercredi mer miércoles mié rabu",
    "thursday thu thur thurs donnerstag do jeudi jeu jueves jue khamis kamis",
    "friday fri freitag fr vendredi ven viernes vie jumaat jumat",
    "saturday sat samstag sonnabend sa samedi sam sábado sáb sabtu",
    "sunday sun sonntag so dimanche dim domingo dom ahad minggu",
)

#: Folded name -> day of the week, 0 (Monday) to 6.
WEEKDAYS: Mapping[str, int] = {
    fold_text(name): number for number, names in enumerate(_WEEKDAYS) for name in names.split()
}

#: Numerals that stand before units of time, folded -> value.
NUMERALS: Mapping[str, int] = {
    word: value
    for words, value in (
        ("one a an ein eine einem einen un une uno una", 1),
        ("two zwei zwo deux dos", 2),
        ("three drei trois tres", 3),
        ("four vier quatre cuatro", 4),
        ("five funf cinq cinco", 5),
        ("six sechs seis", 6),
        ("seven sieben sept siete", 7),
        ("eight acht huit ocho", 8),
        ("nine neun neuf nueve", 9),
        ("ten zehn dix diez", 10),
        ("eleven elf onze once", 11),
        ("twelve zwolf douze doce", 12),
        ("thirteen dreizehn treize trece", 13),
        ("fourteen vierzehn quatorze catorce", 14),
        ("fifteen funfzehn quinze quince", 15),
        ("sixteen sechzehn seize", 16),
        ("eighteen achtzehn dix-huit dieciocho", 18),
        ("twenty zwanzig vingt veinte", 20),
        ("twenty-four vierundzwanzig vingt-quatre veinticuatro", 24),
        ("thirty dreissig trente treinta", 30),
        ("thirty-six sechsunddreissig trente-six", 36),
        ("forty vierzig quarante cuarenta", 40),
        ("forty-five", 45),
        ("forty-eight", 48),
        ("fifty funfzig cinquante cincuenta", 50),
        ("sixty sechzig soixante sesenta", 60),
        ("ninety neunzig noventa", 90),
    )
    for word in words.split()
}

#: Units of time, folded -> English singular.
TIME_UNITS: Mapping[str, str] = {
    form: unit
    for forms, unit in (
        ("year years yr yrs jahr jahre jahren an ans annee annees ano anos", "year"),
        ("month months mo mos monat monate monaten mois mes meses", "month"),
        ("week weeks wk wks woche wochen semaine semaines semana semanas", "week"),
        ("day days tag tage tagen jour jours dia dias", "day"),
        ("hour hours hr hrs stunde stunden heure heures hora horas", "hour"),
        ("minute minutes min mins minuten minuto minutos", "minute"),
    )
    for form in forms.split()
}
