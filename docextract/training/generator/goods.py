"""What is bought and sold: goods and services of many trades, put together from parts."""

from dataclasses import dataclass
from decimal import Decimal
from random import Random

#: For each language, trades; a trade is (things, variants, units, price range in cents).
_Trade = tuple[str, str, str, tuple[int, int]]
_TRADES: dict[str, tuple[_Trade, ...]] = {
    "de": (
        ("Kopierpapier|Ordner|Kugelschreiber|Toner|Heftklammern|Trennblätter|Briefumschläge|Textmarker|Notizblock|Bürostuhl|Schreibtischlampe|Locher|Whiteboard|Prospekthüllen|Haftnotizen",
         "A4 80 g weiß|schwarz, 10er-Pack|blau|A5 liniert|extra stark|mit Fenster|Recycling|50 Stück|ergonomisch|grau, 500 Blatt|sortiert", "Stk|Pack|Karton|St.|Stück", (89, 24900)),
        ("Beratung|Programmierung|Projektleitung|Schulung|Systemwartung|Webentwicklung|Datenmigration|Konzeption|Fehleranalyse|Einrichtung Server|Support|Softwarepflege|Workshop|Testdurchführung",
         "vor Ort|remote|Modul Lagerverwaltung|Phase 2|gemäß Angebot|inkl. Dokumentation|Schnittstelle ERP|Monat {month}|Pauschale|nach Aufwand|Sprint {n}", "Std.|Stunden|h|Tag|Tage|Pauschal|PT", (4500, 145000)),
        ("Äpfel|Weizenmehl|Vollmilch|Butter|Joghurt|Orangensaft|Mineralwasser|Kaffeebohnen|Tomaten|Kartoffeln|Bergkäse|Rinderfilet|Lachsfilet|Rotwein|Apfelsaft|Brötchen|Honig|Olivenöl",
         "Klasse I|1 kg|0,75 l|Bio|3,5 % Fett|250 g|Kiste 12 x 1,0 l|Region|tiefgekühlt|Jahrgang 2019|naturtrüb|500 ml|Erdbeere", "kg|l|Kiste|Stk|Fl.|Karton|Sack|St", (49, 5900)),
        ("Montage Heizkörper|Kupferrohr|Waschtischarmatur|Anfahrt|Arbeitszeit Monteur|Arbeitszeit Geselle|Dichtungssatz|Thermostatventil|Umwälzpumpe|Abflussreinigung|Entsorgung Altgerät|Kleinmaterial|Kugelhahn",
         "DN 20|verchromt|15 x 1 mm|inkl. Zubehör|Typ 22|3/4 Zoll|Zone 2|pauschal|mit Voreinstellung|Edelstahl", "Stk|m|Std|psch|Satz|h", (390, 78000)),
        ("Sechskantschraube|Unterlegscheibe|Bohrmaschine|Winkelschleifer|Stahlprofil|Schweißdraht|Kugellager|Zahnriemen|Hydraulikschlauch|Fräser|Spannzange|Gewindestange|Schmierfett|Sägeblatt|Aluminiumblech",
         "M8 x 40 verzinkt|DIN 933|18 V|125 mm|HSS-E 6,0|6204-2RS|EN AW-5754|2000 x 1000 x 3|400 g Kartusche|rostfrei A2|lfm", "Stk|kg|100 St|m|Pkg|VE|Stück|C62", (12, 39900)),
        ("Fracht|Palettenversand|Expresszustellung|Lagermiete|Zollabfertigung|Verpackung|Kommissionierung|Maut|Dieselzuschlag|Stückgut|Containertransport",
         "Hamburg - München|national|Euro-Palette|KW {n}|bis 30 kg|inkl. Versicherung|gem. Tarif|Monat {month}", "Pal.|Stk|km|Tag|pauschal|Sendung", (290, 89000)),
        ("Miete Büro|Nebenkosten|Stellplatz|Strom Arbeitspreis|Grundpreis|Gas|Fernwärme|Wasser|Abwasser|Internetanschluss|Mobilfunktarif|Versicherungsprämie|Wartungsvertrag|Kfz-Miete|Telefonie",
         "Monat {month}|EG links|01.01. - 31.03.|Zähler 4711{n}|100 MBit/s|Tarif Business L|Kompaktklasse|Objekt {n}|3. Quartal", "Monat|kWh|Mon.|m³|Stk|Tage", (9, 189000)),
        ("Trennscheibe|Luftballon|Künstlerische Gestaltung|Flyer|Visitenkarten|Plakate|Broschüre|Logodesign|Anzeige|Fotografie|Lektorat|Übersetzung Deutsch-Englisch|Textarbeit|Social-Media-Betreuung|Druckdaten",
         "4/4-farbig|135 g glänzend|Auflage 500|DIN lang|1/4 Seite|inkl. Korrekturschleife|je Normzeile|bunt, ca. 500 ml|Stunde|Paket M", "Std.|Stk|Zeilen|pauschal|Stück|Tsd.", (10, 98000)),
        ("Ölwechsel|Bremsbeläge vorn|Inspektion|Reifen|Zündkerze|Luftfilter|Hauptuntersuchung|Achsvermessung|Scheibenwischer|Batterie|Motoröl|Auspuffanlage|Klimaservice",
         "5W-30|205/55 R16|inkl. Material|12 V 74 Ah|nach Herstellervorgabe|Satz|gemäß § 29 StVZO|AW", "Stk|AW|l|Satz|St.", (450, 69000)),
    ),
    "en": (
        ("Copy paper|Ring binder|Ballpoint pen|Toner cartridge|Envelope|Desk lamp|Office chair|Stapler|Notebook|Whiteboard marker|Filing cabinet|Desk organiser|Label roll",
         "A4 80gsm|black|pack of 10|blue|heavy duty|with window|recycled|500 sheets|large|self-seal", "pcs|pack|box|ea|each|pk", (49, 24900)),
        ("Consulting|Software development|Project management|Training|System maintenance|Web design|Data migration|Support retainer|Code review|Hosting|Licence|API integration|Site survey|Workshop",
         "on site|remote|phase {n}|per agreement|{month}|standard plan|incl. documentation|sprint {n}|annual|5 users", "hrs|hours|days|day|month|ea|flat", (3500, 149000)),
        ("Widget assembly|Hex bolt|Ball bearing|Steel plate|Copper pipe|Valve|Gasket|Power drill|Paint|Plywood sheet|Insulation|Cable|Circuit breaker|Light fitting|Pump",
         "M8 x 40|zinc plated|18V|22mm|stainless|white 10L|12mm|2.5mm twin & earth|IP65|model {n}", "pcs|m|kg|ea|set|ft|lot", (15, 45900)),
        ("Coffee beans|Olive oil|Sparkling water|Cheddar|Sourdough loaf|Sea salt|Dark chocolate|Craft ale|Red wine|Smoked salmon|Tomatoes|Free range eggs|Basmati rice",
         "1 kg|500 ml|case of 12|organic|250 g|vintage 2018|tray|5 kg sack", "kg|case|btl|box|ea|L", (99, 9900)),
        ("Freight|Pallet delivery|Customs clearance|Warehouse storage|Packaging|Fuel surcharge|Courier|Container haulage|Handling",
         "London - Leeds|week {n}|per pallet|{month}|express|UK mainland", "pallet|trip|day|ea|mile", (500, 99000)),
        ("Labour|Call-out charge|Boiler service|Tap replacement|Rewiring|Garden maintenance|Tree surgery|Window cleaning|Carpet cleaning|Roof repair|Waste disposal|Scaffold hire",
         "first hour|ground floor|incl. parts|{month}|as quoted|2 men|weekly", "hrs|visit|day|ea|job", (2500, 120000)),
        ("Photography|Logo design|Brochure print|Copywriting|Translation|Social media package|Advertisement|Banner|Business cards|Video editing|Proofreading",
         "half day|A5 500 copies|per word|quarter page|revision {n}|full colour", "hrs|ea|words|pcs|day", (10, 98000)),
    ),
    "fr": (
        ("Ramette papier|Classeur|Stylo bille|Cartouche d'encre|Enveloppe|Lampe de bureau|Fauteuil|Agrafeuse|Cahier|Tableau blanc",
         "A4 80 g|noir|lot de 10|bleu|avec fenêtre|recyclé|500 feuilles", "pce|lot|carton|u|unité", (89, 24900)),
        ("Prestation de conseil|Développement|Formation|Maintenance|Hébergement|Assistance|Gestion de projet|Audit|Licence annuelle",
         "sur site|à distance|phase {n}|{month}|selon devis|forfait|journée", "h|heures|jour|forfait|mois|u", (4500, 129000)),
        ("Café en grains|Huile d'olive|Eau gazeuse|Fromage|Vin rouge|Farine|Chocolat noir|Miel|Confiture|Beurre",
         "1 kg|75 cl|bio|carton de 6|250 g|AOC 2018|lot", "kg|btl|carton|pce|L", (99, 8900)),
        ("Pose de carrelage|Tuyau cuivre|Robinet|Main d'oeuvre|Déplacement|Chaudière|Peinture|Câble|Interrupteur|Évacuation des déchets",
         "22 mm|blanc|fourniture et pose|m²|zone 1|3G2,5|mitigeur", "m²|m|h|u|ens|forfait", (250, 89000)),
    ),
    "es": (
        ("Papel de copia|Carpeta|Bolígrafo|Tóner|Sobre|Silla de oficina|Grapadora|Cuaderno|Pizarra",
         "A4 80 g|negro|paquete de 10|azul|reciclado|500 hojas", "ud|uds|caja|paq", (89, 24900)),
        ("Consultoría|Desarrollo web|Formación|Mantenimiento|Alojamiento|Soporte técnico|Gestión de proyecto|Licencia anual",
         "en remoto|fase {n}|{month}|según presupuesto|jornada", "h|horas|día|mes|ud", (3500, 99000)),
        ("Aceite de oliva|Vino tinto|Jamón|Queso|Café|Naranjas|Agua mineral|Arroz",
         "1 kg|75 cl|caja de 12|ecológico|reserva 2017", "kg|bot|caja|ud", (99, 8900)),
    ),
}  # fmt: skip
_MONTHS = {
    "de": "Januar März Mai Juni Juli August Oktober November",
    "en": "January March April June July August October",
    "fr": "janvier mars avril juin juillet septembre",
    "es": "enero marzo abril junio julio septiembre",
}
_WHOLE = {
    "Stk",
    "St.",
    "Stück",
    "St",
    "pcs",
    "ea",
    "each",
    "pce",
    "ud",
    "uds",
    "Pack",
    "Karton",
    "box",
}
_MAKERS = [
    "Albion",
    "Boreal",
    "Castor",
    "Delta",
    "Elva",
    "Fonta",
    "Gravis",
    "Helion",
    "Ivar",
    "Juno",
    "Kanto",
    "Lumen",
    "Marva",
    "Nordan",
    "Optra",
    "Pelago",
    "Quanta",
    "Rivo",
    "Sanova",
    "Tervo",
    "Ultima",
    "Vanto",
    "Wexel",
    "Xeno",
    "Yara",
    "Zephyr",
]


@dataclass(frozen=True)
class Good:
    """An article or service at a price for one unit."""

    name: str
    detail: str
    unit: str
    price: Decimal
    whole: bool  # sold by the piece


def trade(rng: Random, language: str) -> int:
    """One of the language's trades: the goods of an invoice are of one."""
    return rng.randrange(len(_TRADES[language]))


def good(rng: Random, language: str, which: int) -> Good:
    """An article of a trade."""
    things, variants, units, (low, high) = _TRADES[language][which]
    name = rng.choice(things.split("|"))
    chance = rng.random()
    if chance < 0.15:
        name = f"{rng.choice(_MAKERS)} {name} {rng.choice('ABCDEFGHKLMPRSTX')}{rng.randint(1, 990)}"
    elif chance < 0.2:
        name = f"{name} {rng.randint(10, 9999)}"
    months = _MONTHS[language].split()
    detail = rng.choice(variants.split("|")).format(n=rng.randint(1, 60), month=rng.choice(months))
    unit = rng.choice(units.split("|"))
    return Good(
        name, detail if rng.random() < 0.75 else "", unit, _price(rng, low, high), unit in _WHOLE
    )


def _price(rng: Random, low: int, high: int) -> Decimal:
    """Small prices are more frequent than high ones."""
    cents = round(low * (high / low) ** rng.random())
    if cents > 5000 and rng.random() < 0.5:
        cents = round(cents, -2)
    elif rng.random() < 0.3:
        cents = cents // 10 * 10 + 9
    return Decimal(max(cents, 1)) / 100
