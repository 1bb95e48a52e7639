"""Invoices made to deceive: numbers, dates and names that stand where others are looked for."""

from tests.deceiving import Case

INVOICES = (
    Case(
        "the subtotal is more than the total",
        "invoice",
        (
            """\
Northwind Tools Ltd
4 Mill Lane
Leeds LS1 4AB

Bill to:
Harbour Cafe Ltd
9 Quay Street
Whitby YO21 1AA

Invoice number: NT-2041
Invoice date: 14 March 2025

Description          Qty    Unit price    Amount
Cordless drill       2      60.00         120.00
Drill bits           4      5.00          20.00

Subtotal                                  £140.00
Loyalty discount                          -£40.00
Net total                                 £100.00
VAT 20%                                   £20.00
Total                                     £120.00""",
        ),
        {
            "invoice_number": "NT-2041",
            "issue_date": "2025-03-14",
            "seller_name": "Northwind Tools Ltd",
            "buyer_name": "Harbour Cafe Ltd",
            "currency": "GBP",
            "net_total": "100.00",
            "tax_rate": "20",
            "tax_total": "20.00",
            "grand_total": "120.00",
        },
    ),
    Case(
        "a total before discount stands above the total",
        "invoice",
        (
            """\
Abel & Sons Printers
12 Church Road
Bath BA1 2QH

Invoice to:
Green Lane School
Green Lane
Bath BA2 3ER

Invoice no: 5512
Date: 02/06/2025
Due date: 30/06/2025

Description          Qty    Unit price    Amount
Prospectus, A4       500    1.20          600.00

Total before discount                     600.00
Discount 10%                              60.00
Total excluding VAT                       540.00
VAT 20%                                   108.00
Amount due                                GBP 648.00""",
        ),
        {
            "invoice_number": "5512",
            "issue_date": "2025-06-02",
            "due_date": "2025-06-30",
            "seller_name": "Abel & Sons Printers",
            "buyer_name": "Green Lane School",
            "currency": "GBP",
            "net_total": "540.00",
            "tax_rate": "20",
            "tax_total": "108.00",
            "grand_total": "648.00",
        },
    ),
    Case(
        "dates of order and delivery stand before the invoice's own",
        "invoice",
        (
            """\
Möbelhaus Brandt GmbH
Ringstr. 8
50667 Köln

Herrn
Jonas Weber
Am Markt 3
53111 Bonn

Rechnung Nr. 2025-0817

Bestelldatum: 03.02.2025
Lieferdatum: 27.02.2025
Rechnungsdatum: 28.02.2025
Zahlbar bis: 14.03.2025

Pos    Bezeichnung       Menge    Einzelpreis    Gesamtpreis
1      Regal Eiche       1        200,00         200,00

Nettobetrag                                      200,00 €
zzgl. 19% MwSt                                   38,00 €
Gesamtbetrag                                     238,00 €""",
        ),
        {
            "invoice_number": "2025-0817",
            "issue_date": "2025-02-28",
            "due_date": "2025-03-14",
            "seller_name": "Möbelhaus Brandt GmbH",
            "buyer_name": "Jonas Weber",
            "currency": "EUR",
            "net_total": "200.00",
            "tax_rate": "19",
            "tax_total": "38.00",
            "grand_total": "238.00",
        },
    ),
    Case(
        "a credit note has negative amounts and names the invoice that it corrects",
        "invoice",
        (
            """\
Lindner Elektro GmbH
Hauptstraße 22
04109 Leipzig

Rechnungsempfänger:
Praxis Dr. Sommer
Gartenweg 5
04155 Leipzig

Gutschrift Nr. GS-118
Datum: 11.04.2025
zu Ihrer Rechnung RE-977 vom 20.03.2025

Bezeichnung          Menge    Einzelpreis    Gesamtpreis
Rücknahme Leuchte    -2       100,00         -200,00

Nettobetrag                                  -200,00 €
Umsatzsteuer 19%                             -38,00 €
Gesamtbetrag                                 -238,00 €""",
        ),
        {
            "invoice_number": "GS-118",
            "issue_date": "2025-04-11",
            "seller_name": "Lindner Elektro GmbH",
            "buyer_name": "Praxis Dr. Sommer",
            "currency": "EUR",
            "net_total": "-200.00",
            "tax_rate": "19",
            "tax_total": "-38.00",
            "grand_total": "-238.00",
        },
    ),
    Case(
        "amounts to be paid back have their minus behind them",
        "invoice",
        (
            """\
Papierwerk Süd AG
Industriestr. 40
70565 Stuttgart

Rechnung an:
Copyshop Uhl
Bahnhofstr. 2
73728 Esslingen

Gutschriftnummer: 900417
Belegdatum: 09.01.2025

Bezeichnung          Menge    Einzelpreis    Gesamtpreis
Kopierpapier         10       5,00           50,00-

Nettobetrag                                  50,00-
MwSt 19%                                     9,50-
Gesamtbetrag EUR                             59,50-""",
        ),
        {
            "invoice_number": "900417",
            "issue_date": "2025-01-09",
            "seller_name": "Papierwerk Süd AG",
            "buyer_name": "Copyshop Uhl",
            "currency": "EUR",
            "net_total": "-50.00",
            "tax_rate": "19",
            "tax_total": "-9.50",
            "grand_total": "-59.50",
        },
    ),
    Case(
        "another date tells that months come first",
        "invoice",
        (
            """\
Desert Sun Landscaping LLC
1820 W Elm St
Tucson, AZ 85701

Bill to:
Mesa Dental Group
77 Canyon Rd
Tucson, AZ 85704

Invoice #: 3308
Invoice date: 03/04/2025
Due date: 03/25/2025

Description          Qty    Rate      Amount
Spring planting      1      450.00    450.00

Subtotal                              $450.00
Sales tax 8%                          $36.00
Total due                             USD 486.00""",
        ),
        {
            "invoice_number": "3308",
            "issue_date": "2025-03-04",
            "due_date": "2025-03-25",
            "seller_name": "Desert Sun Landscaping LLC",
            "buyer_name": "Mesa Dental Group",
            "currency": "USD",
            "net_total": "450.00",
            "tax_rate": "8",
            "tax_total": "36.00",
            "grand_total": "486.00",
        },
    ),
    Case(
        "reverse charge: no tax, and two VAT ids",
        "invoice",
        (
            """\
Kepler Software GmbH
Sternweg 1
10115 Berlin
VAT ID: DE136695976

Bill to:
Rousseau Conseil SARL
8 rue Haute
67000 Strasbourg
Customer VAT ID: FR83404833048

Invoice number: 2025-044
Invoice date: 2025-05-06
Due date: 2025-06-05

Description          Qty    Unit price    Amount
Licence, one year    3      500.00        1,500.00

Net total                                 1,500.00 EUR
VAT 0%                                    0.00 EUR
Grand total                               1,500.00 EUR

Reverse charge: VAT is due from the customer. At 20% it would be 300.00 EUR.""",
        ),
        {
            "invoice_number": "2025-044",
            "issue_date": "2025-05-06",
            "due_date": "2025-06-05",
            "seller_name": "Kepler Software GmbH",
            "seller_vat_id": "DE136695976",
            "buyer_name": "Rousseau Conseil SARL",
            "buyer_vat_id": "FR83404833048",
            "currency": "EUR",
            "net_total": "1500.00",
            "tax_rate": "0",
            "tax_total": "0.00",
            "grand_total": "1500.00",
        },
    ),
    Case(
        "zero-rated goods stand beside taxed ones",
        "invoice",
        (
            """\
Ashdown Books Ltd
3 High Street
Lewes BN7 1XG

Invoice to:
Weald Library
Station Road
Crowborough TN6 1DB

Invoice number: AB-310
Invoice date: 21 January 2025

Description          Qty    Price     Amount
Novels               9      5.00      45.00
Book ends            10     10.00     100.00

Zero-rated goods                      45.00
Goods at 20%                          100.00
Total net amount                      145.00
VAT at 0%                             0.00
VAT at 20%                            20.00
Total VAT                             20.00
Invoice total                         £165.00""",
        ),
        {
            "invoice_number": "AB-310",
            "issue_date": "2025-01-21",
            "seller_name": "Ashdown Books Ltd",
            "buyer_name": "Weald Library",
            "currency": "GBP",
            "net_total": "145.00",
            "tax_total": "20.00",
            "grand_total": "165.00",
        },
    ),
    Case(
        "the total is said in words beside figures, with a number of days",
        "invoice",
        (
            """\
Sunrise Traders Pte Ltd
14 Orchard Road
Singapore 238841

Bill to:
Lotus Foods Pte Ltd
2 Bukit Lane
Singapore 408600

Invoice No: ST-7781
Invoice Date: 17/09/2025

Description          Qty      Unit price    Amount
Rice, 25 kg          50       25.00         1,250.00

Subtotal                                    1,250.00
GST amount included: none
Total                                       SGD 1,250.00
Say: Singapore dollars one thousand two hundred and fifty only
Payment within 30 days; later 2.00 per day""",
        ),
        {
            "invoice_number": "ST-7781",
            "issue_date": "2025-09-17",
            "seller_name": "Sunrise Traders Pte Ltd",
            "buyer_name": "Lotus Foods Pte Ltd",
            "currency": "SGD",
            "net_total": "1250.00",
            "grand_total": "1250.00",
        },
    ),
    Case(
        "the total stands only on the third page, carried sums on the others",
        "invoice",
        (
            """\
Bergmann Baustoffe GmbH
Werkstr. 10
99084 Erfurt

Rechnungsempfänger:
Dach und Wand KG
Feldweg 7
99423 Weimar

Rechnungsnummer: 70155
Rechnungsdatum: 05.05.2025

Bezeichnung          Menge    Einzelpreis    Gesamtpreis
Ziegel               100      2,00           200,00
Latten               50       4,00           200,00
Übertrag                                     400,00""",
            """\
Rechnungsnummer: 70155                       Seite 2

Bezeichnung          Menge    Einzelpreis    Gesamtpreis
Übertrag                                     400,00
Nägel                10       10,00          100,00
Zement               20       15,00          300,00
Übertrag                                     800,00""",
            """\
Rechnungsnummer: 70155                       Seite 3

Bezeichnung          Menge    Einzelpreis    Gesamtpreis
Übertrag                                     800,00
Fracht               1        200,00         200,00

Nettobetrag                                  1.000,00 €
Umsatzsteuer 19%                             190,00 €
Gesamtbetrag                                 1.190,00 €""",
        ),
        {
            "invoice_number": "70155",
            "issue_date": "2025-05-05",
            "seller_name": "Bergmann Baustoffe GmbH",
            "buyer_name": "Dach und Wand KG",
            "currency": "EUR",
            "net_total": "1000.00",
            "tax_rate": "19",
            "tax_total": "190.00",
            "grand_total": "1190.00",
        },
        rows=("200.00", "200.00", "100.00", "300.00", "200.00"),
    ),
    Case(
        "the total is printed in a second currency too",
        "invoice",
        (
            """\
Alpine Sensors GmbH
Seestr. 4
6900 Bregenz

Bill to:
Orchard Robotics Inc
55 Pine Ave
Austin, TX 78701

Invoice number: AS-0093
Invoice date: 2025-10-01

Description          Qty    Unit price    Amount
Pressure sensor      40     25.00         1,000.00

Net total                                 EUR 1,000.00
VAT 0%                                    EUR 0.00
Total amount                              EUR 1,000.00
For information, at 1.0875: total         USD 1,087.50""",
        ),
        {
            "invoice_number": "AS-0093",
            "issue_date": "2025-10-01",
            "seller_name": "Alpine Sensors GmbH",
            "buyer_name": "Orchard Robotics Inc",
            "currency": "EUR",
            "net_total": "1000.00",
            "tax_rate": "0",
            "tax_total": "0.00",
            "grand_total": "1000.00",
        },
    ),
    Case(
        "a deposit was paid, and less is due than the invoice comes to",
        "invoice",
        (
            """\
Riverside Kitchens Ltd
Unit 3, Dock Road
Bristol BS1 6XN

Bill to:
Mrs Ann Pryce
5 Hill View
Clevedon BS21 6AB

Invoice number: RK-221
Invoice date: 08/07/2025

Description          Qty    Unit price    Amount
Fitted kitchen       1      1000.00       1000.00

Net total                                 1,000.00
VAT 20%                                   200.00
Invoice total                             £1,200.00
Deposit paid 01/06/2025                   -£300.00
Balance due                               £900.00""",
        ),
        {
            "invoice_number": "RK-221",
            "issue_date": "2025-07-08",
            "seller_name": "Riverside Kitchens Ltd",
            "buyer_name": "Mrs Ann Pryce",
            "currency": "GBP",
            "net_total": "1000.00",
            "tax_rate": "20",
            "tax_total": "200.00",
            "grand_total": "1200.00",
        },
    ),
    Case(
        "a balance of the last invoice is carried forward",
        "invoice",
        (
            """\
Fenland Water plc
1 Reservoir Road
Ely CB7 4AA

Bill to:
Mr T Okoro
18 Ferry Lane
Ely CB7 4QW

Invoice number: 88120443
Invoice date: 30 April 2025
Payment due by: 21 May 2025

Balance brought forward        £45.10

Net amount, this quarter       £100.00
VAT at 20%                     £20.00
Total for this invoice         £120.00

Total to pay now               £165.10""",
        ),
        {
            "invoice_number": "88120443",
            "issue_date": "2025-04-30",
            "due_date": "2025-05-21",
            "seller_name": "Fenland Water plc",
            "buyer_name": "Mr T Okoro",
            "currency": "GBP",
            "net_total": "100.00",
            "tax_rate": "20",
            "tax_total": "20.00",
            "grand_total": "120.00",
        },
    ),
    Case(
        "numbers of customer, order and invoice stand in a row",
        "invoice",
        (
            """\
Vogt Pumpen GmbH
Kanalstr. 12
68159 Mannheim

Rechnung an:
Stadtwerke Lorsch
Nibelungenstr. 1
64653 Lorsch

RECHNUNG

Kundennummer    Auftragsnummer    Rechnungsnummer    Rechnungsdatum
104477          A-55120           RG-20319           16.06.2025

Bezeichnung          Menge    Einzelpreis    Gesamtpreis
Tauchpumpe           2        150,00         300,00

Summe netto                                  300,00
19% USt                                      57,00
Rechnungsbetrag                              357,00 EUR""",
        ),
        {
            "invoice_number": "RG-20319",
            "issue_date": "2025-06-16",
            "seller_name": "Vogt Pumpen GmbH",
            "buyer_name": "Stadtwerke Lorsch",
            "currency": "EUR",
            "net_total": "300.00",
            "tax_rate": "19",
            "tax_total": "57.00",
            "grand_total": "357.00",
        },
    ),
    Case(
        "the recipient stands on top, who writes only at the foot",
        "invoice",
        (
            """\
Hotel Seeblick
Uferweg 1
88662 Überlingen

Rechnung Nr. 4471
Datum: 12.08.2025

Bezeichnung          Menge    Einzelpreis    Gesamtpreis
Bettwäsche           20       30,00          600,00

Nettobetrag                                  600,00 €
Umsatzsteuer 19%                             114,00 €
Gesamtbetrag                                 714,00 €













Textil Kern GmbH    Webergasse 9    72764 Reutlingen
USt-IdNr. DE136695976    IBAN DE89 3704 0044 0532 0130 00""",
        ),
        {
            "invoice_number": "4471",
            "issue_date": "2025-08-12",
            "seller_name": "Textil Kern GmbH",
            "seller_vat_id": "DE136695976",
            "seller_iban": "DE89370400440532013000",
            "buyer_name": "Hotel Seeblick",
            "currency": "EUR",
            "net_total": "600.00",
            "tax_rate": "19",
            "tax_total": "114.00",
            "grand_total": "714.00",
        },
        fails="rules take the first name on the page for who writes, and look at no foot",
    ),
    Case(
        "a page of a web shop has the sum of an earlier order too",
        "invoice",
        (
            """\
<h1>Bright Lamps Ltd</h1>
<p>20 Forge Road<br>Derby DE1 2AA</p>
<p>Bill to:<br>Ms Ida Flint<br>3 Weir Close<br>Derby DE3 9TT</p>
<p>Invoice number: BL-90331<br>Invoice date: 3 November 2025<br>Order number: 5500817</p>
<table>
<tr><th>Description</th><th>Qty</th><th>Price</th><th>Amount</th></tr>
<tr><td>Desk lamp</td><td>2</td><td>30.00</td><td>60.00</td></tr>
</table>
<table>
<tr><td>Net total</td><td>£60.00</td></tr>
<tr><td>VAT 20%</td><td>£12.00</td></tr>
<tr><td>Total</td><td>£72.00</td></tr>
</table>
<p>Your last order, 5500102 of 1 October 2025, came to £129.00. Thank you!</p>""",
        ),
        {
            "invoice_number": "BL-90331",
            "issue_date": "2025-11-03",
            "seller_name": "Bright Lamps Ltd",
            "buyer_name": "Ms Ida Flint",
            "currency": "GBP",
            "net_total": "60.00",
            "tax_rate": "20",
            "tax_total": "12.00",
            "grand_total": "72.00",
        },
        rows=("60.00",),
        via="html",
    ),
    Case(
        "the customer's account is debited, and the seller's stands at the foot",
        "invoice",
        (
            """\
Stromnetz Elbe GmbH
Deichstr. 5
20459 Hamburg

Rechnungsempfänger:
Bäckerei Hansen
Mühlenweg 2
25335 Elmshorn

Rechnungsnummer: SE-100921
Rechnungsdatum: 02.10.2025

Nettobetrag                                  250,00 €
Umsatzsteuer 19%                             47,50 €
Gesamtbetrag                                 297,50 €

Wir buchen den Betrag von Ihrem Konto DE02 1203 0000 0000 2020 51 ab.

Unsere Bankverbindung: IBAN DE89 3704 0044 0532 0130 00""",
        ),
        {
            "invoice_number": "SE-100921",
            "issue_date": "2025-10-02",
            "seller_name": "Stromnetz Elbe GmbH",
            "seller_iban": "DE89370400440532013000",
            "buyer_name": "Bäckerei Hansen",
            "currency": "EUR",
            "net_total": "250.00",
            "tax_rate": "19",
            "tax_total": "47.50",
            "grand_total": "297.50",
        },
    ),
    Case(
        "years are written with two digits",
        "invoice",
        (
            """\
Garten Blum
Rosenweg 3
30159 Hannover

Rechnung an:
Kita Regenbogen
Schulstr. 20
30161 Hannover

Rechnungsnummer: 25-031
Rechnungsdatum: 05.03.25
Fällig am: 19.03.25

Bezeichnung          Menge    Einzelpreis    Gesamtpreis
Sandkasten           1        100,00         100,00

Nettobetrag                                  100,00 €
Umsatzsteuer 19%                             19,00 €
Gesamtbetrag                                 119,00 €""",
        ),
        {
            "invoice_number": "25-031",
            "issue_date": "2025-03-05",
            "due_date": "2025-03-19",
            "seller_name": "Garten Blum",
            "buyer_name": "Kita Regenbogen",
            "currency": "EUR",
            "net_total": "100.00",
            "tax_rate": "19",
            "tax_total": "19.00",
            "grand_total": "119.00",
        },
    ),
    Case(
        "lakhs are grouped by two",
        "invoice",
        (
            """\
Deccan Textiles Pvt Ltd
21 MG Road
Bengaluru 560001

Bill to:
Coastal Garments
7 Beach Road
Chennai 600001

Invoice No: DT/25/0914
Invoice Date: 18-08-2025

Description          Qty      Rate        Amount
Cotton yarn          1,000    123.45      1,23,450.00

Total before tax                          1,23,450.00
Total tax                                 6,172.50
Grand total                               ₹1,29,622.50""",
        ),
        {
            "invoice_number": "DT/25/0914",
            "issue_date": "2025-08-18",
            "seller_name": "Deccan Textiles Pvt Ltd",
            "buyer_name": "Coastal Garments",
            "currency": "INR",
            "net_total": "123450.00",
            "tax_total": "6172.50",
            "grand_total": "129622.50",
        },
    ),
    Case(
        "Swiss thousands have apostrophes",
        "invoice",
        (
            """\
Uhrwerk Jura AG
Rue du Lac 3
2502 Biel

Rechnung an:
Juwelier Frei
Bahnhofplatz 1
8001 Zürich

Rechnungsnummer: 31-7702
Rechnungsdatum: 22.09.2025

Bezeichnung          Menge    Einzelpreis    Gesamtpreis
Werk Kaliber 7       10       1'234.50       12'345.00

Nettobetrag                                  CHF 12'345.00
MwSt 8.1%                                    CHF 999.95
Gesamtbetrag                                 CHF 13'344.95""",
        ),
        {
            "invoice_number": "31-7702",
            "issue_date": "2025-09-22",
            "seller_name": "Uhrwerk Jura AG",
            "buyer_name": "Juwelier Frei",
            "currency": "CHF",
            "net_total": "12345.00",
            "tax_rate": "8.1",
            "tax_total": "999.95",
            "grand_total": "13344.95",
        },
    ),
    Case(
        "French thousands have blanks",
        "invoice",
        (
            """\
Atelier Moreau SARL
14 rue des Lilas
69003 Lyon

Facturé à:
Hôtel du Parc
2 avenue Foch
21000 Dijon

Facture n°: F-2025-118
Date de facture: 07/11/2025

Désignation          Quantité    Prix unitaire    Montant HT
Fauteuil             25          500,00           12 500,00

Total HT                                          12 500,00 €
TVA 20%                                           2 500,00 €
Total TTC                                         15 000,00 €""",
        ),
        {
            "invoice_number": "F-2025-118",
            "issue_date": "2025-11-07",
            "seller_name": "Atelier Moreau SARL",
            "buyer_name": "Hôtel du Parc",
            "currency": "EUR",
            "net_total": "12500.00",
            "tax_rate": "20",
            "tax_total": "2500.00",
            "grand_total": "15000.00",
        },
    ),
    Case(
        "a second copy says so over the letterhead",
        "invoice",
        (
            """\
DUPLICATE

Marlow Boats Ltd
Boathouse 2
Marlow SL7 1QE

Invoice to:
Thames Rowing Club
Embankment
London SW15 1LB

INVOICE
COPY
Invoice number: MB-1904
Invoice date: 25 February 2025

Description          Qty    Price     Amount
Oar, carbon          4      75.00     300.00

Net total                             £300.00
VAT 20%                               £60.00
Total                                 £360.00""",
        ),
        {
            "invoice_number": "MB-1904",
            "issue_date": "2025-02-25",
            "seller_name": "Marlow Boats Ltd",
            "buyer_name": "Thames Rowing Club",
            "currency": "GBP",
            "net_total": "300.00",
            "tax_rate": "20",
            "tax_total": "60.00",
            "grand_total": "360.00",
        },
    ),
    Case(
        "a pro-forma invoice names a quotation and is valid until a date",
        "invoice",
        (
            """\
Tanaka Ceramics Ltd
6 Kiln Yard
Stoke ST1 3NQ

Bill to:
Casa Bella Srl
Via Roma 12
20121 Milano

PROFORMA INVOICE
Invoice number: PF-0055
Date: 13/10/2025
Quotation no: Q-8812
Valid until: 13/11/2025

Description          Qty    Unit price    Amount
Vase, blue           30     20.00         600.00

Net total                                 EUR 600.00
VAT 0%                                    EUR 0.00
Total                                     EUR 600.00""",
        ),
        {
            "invoice_number": "PF-0055",
            "issue_date": "2025-10-13",
            "seller_name": "Tanaka Ceramics Ltd",
            "buyer_name": "Casa Bella Srl",
            "currency": "EUR",
            "net_total": "600.00",
            "tax_rate": "0",
            "tax_total": "0.00",
            "grand_total": "600.00",
        },
    ),
    Case(
        "an article has dates and a sum of money in its name",
        "invoice",
        (
            """\
Cloudnine Hosting GmbH
Datenallee 1
60311 Frankfurt

Rechnungsempfänger:
Verein Lesezeit
Parkstr. 8
61348 Bad Homburg

Bezeichnung                             Menge    Einzelpreis    Gesamtpreis
Hosting 01.01.2024 - 31.12.2024         1        120,00         120,00
Gutschein "500 EUR Werbung"             1        80,00          80,00

Rechnungsnummer: CH-4410
Rechnungsdatum: 15.01.2025

Nettobetrag                                                     200,00 EUR
Umsatzsteuer 19%                                                38,00 EUR
Gesamtbetrag                                                    238,00 EUR""",
        ),
        {
            "invoice_number": "CH-4410",
            "issue_date": "2025-01-15",
            "seller_name": "Cloudnine Hosting GmbH",
            "buyer_name": "Verein Lesezeit",
            "currency": "EUR",
            "net_total": "200.00",
            "tax_rate": "19",
            "tax_total": "38.00",
            "grand_total": "238.00",
        },
        rows=("120.00", "80.00"),
    ),
    Case(
        "a telephone number stands behind the word invoice",
        "invoice",
        (
            """\
Pennine Cleaning Ltd
8 Moor Street
Halifax HX1 1AA
Questions about your invoice: 01422 555 0188

Bill to:
Calder Mill Ltd
Mill Road
Halifax HX2 7QR

Invoice no. 60213
Invoice date: 31/03/2025

Description          Qty    Price     Amount
Office cleaning      4      50.00     200.00

Net total                             £200.00
VAT 20%                               £40.00
Total                                 £240.00""",
        ),
        {
            "invoice_number": "60213",
            "issue_date": "2025-03-31",
            "seller_name": "Pennine Cleaning Ltd",
            "buyer_name": "Calder Mill Ltd",
            "currency": "GBP",
            "net_total": "200.00",
            "tax_rate": "20",
            "tax_total": "40.00",
            "grand_total": "240.00",
        },
    ),
    Case(
        "the customer's VAT id stands before the seller's",
        "invoice",
        (
            """\
Kepler Software GmbH
Sternweg 1
10115 Berlin

Rechnung an:
Rousseau Conseil SARL
8 rue Haute
67000 Strasbourg

Ihre USt-IdNr.: FR83404833048

Rechnungsnummer: 2025-051
Rechnungsdatum: 10.06.2025

Bezeichnung          Menge    Einzelpreis    Gesamtpreis
Wartung, 1 Monat     1        200,00         200,00

Nettobetrag                                  200,00 €
Umsatzsteuer 0%                              0,00 €
Gesamtbetrag                                 200,00 €

Unsere USt-IdNr.: DE136695976""",
        ),
        {
            "invoice_number": "2025-051",
            "issue_date": "2025-06-10",
            "seller_name": "Kepler Software GmbH",
            "seller_vat_id": "DE136695976",
            "buyer_name": "Rousseau Conseil SARL",
            "buyer_vat_id": "FR83404833048",
            "currency": "EUR",
            "net_total": "200.00",
            "tax_rate": "0",
            "tax_total": "0.00",
            "grand_total": "200.00",
        },
    ),
    Case(
        "each page has a total of its own",
        "invoice",
        (
            """\
Pennine Cleaning Ltd
8 Moor Street
Halifax HX1 1AA

Bill to:
Calder Mill Ltd
Mill Road
Halifax HX2 7QR

Invoice no: 60388
Invoice date: 30/04/2025                      Page 1 of 2

Description          Qty    Price     Amount
Office cleaning      4      50.00     200.00
Windows              2      75.00     150.00

Page total                            350.00
Carried forward                       350.00""",
            """\
Invoice no: 60388                             Page 2 of 2

Description          Qty    Price     Amount
Brought forward                       350.00
Stairs               5      10.00     50.00

Page total                            50.00
Net total                             £400.00
VAT 20%                               £80.00
Total                                 £480.00""",
        ),
        {
            "invoice_number": "60388",
            "issue_date": "2025-04-30",
            "seller_name": "Pennine Cleaning Ltd",
            "buyer_name": "Calder Mill Ltd",
            "currency": "GBP",
            "net_total": "400.00",
            "tax_rate": "20",
            "tax_total": "80.00",
            "grand_total": "480.00",
        },
        rows=("200.00", "150.00", "50.00"),
    ),
    Case(
        "a note of delivery has quantities and no amounts",
        "invoice",
        (
            """\
Kranz Verpackung GmbH
Hafenstr. 30
28217 Bremen

Lieferanschrift:
Teehaus Nord
Marktplatz 6
26122 Oldenburg

Lieferschein Nr. LS-5561
Lieferdatum: 19.05.2025

Bezeichnung          Menge
Karton 20x20         500
Klebeband            24""",
        ),
        {"seller_name": "Kranz Verpackung GmbH", "buyer_name": "Teehaus Nord"},
    ),
    Case(
        "OCR took figures of the total for letters",
        "invoice",
        (
            """\
Northwind Tools Ltd
4 Mill Lane
Leeds LS1 4AB

Bill to:
Harbour Cafe Ltd
9 Quay Street
Whitby YO21 1AA

Invoice number: NT-2077
Invoice date: 21 March 2025

Description          Qty    Unit price    Amount
Cordless drill       3      60.00         180.00

Net total                                 £180.00
VAT 20%                                   £36.00
Total                                     £2I6.OO""",
        ),
        {
            "invoice_number": "NT-2077",
            "issue_date": "2025-03-21",
            "seller_name": "Northwind Tools Ltd",
            "buyer_name": "Harbour Cafe Ltd",
            "currency": "GBP",
            "net_total": "180.00",
            "tax_rate": "20",
            "tax_total": "36.00",
            "grand_total": "216.00",
        },
        via="tesseract",
    ),
    Case(
        "OCR lost a decimal mark of the table",
        "invoice",
        (
            """\
Abel & Sons Printers
12 Church Road
Bath BA1 2QH

Invoice to:
Green Lane School
Green Lane
Bath BA2 3ER

Invoice no: 5530
Date: 16/06/2025

Description          Qty    Unit price    Amount
Posters, A2          10     4.50          4500
Flyers, A5           500    0.10          50.00

Net total                                 GBP 95.00
VAT 20%                                   GBP 19.00
Amount due                                GBP 114.00""",
        ),
        {
            "invoice_number": "5530",
            "issue_date": "2025-06-16",
            "seller_name": "Abel & Sons Printers",
            "buyer_name": "Green Lane School",
            "currency": "GBP",
            "net_total": "95.00",
            "tax_rate": "20",
            "tax_total": "19.00",
            "grand_total": "114.00",
        },
        rows=("45.00", "50.00"),
        via="rapidocr",
    ),
)
