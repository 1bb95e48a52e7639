"""Vocabulary of names and addresses: legal forms, streets, postcodes, ways to reach someone."""

import re

#: Postcodes of five or so digits, with or without a country's letter, and British ones. PDFs lose
#: blanks: "88802Town".
POSTCODE = re.compile(
    r"(?:\b(?:[A-Z]{1,2}[- ])?\d{4,6}\b(?:-\d{4})?|\b\d{5}(?=[A-ZÄÖÜ][a-zäöüß])"
    r"|\b[A-Z]{1,2}\d[A-Z\d]?\s?\d[A-Z]{2}\b)"
)
#: A line with a town: behind its postcode, or before it as in Britain and America.
TOWN = re.compile(
    r"^(?:[A-Z]{1,2}[- ])?\d{4,5}(?: [A-Z]{2})? [^\W\d]{2}|\b[A-Z]{2}\.? \d{5}(?:-\d{4})?$"
    r"|\b[A-Z]{1,2}\d[A-Z\d]?\s?\d[A-Z]{2}$|^(?:GB )?[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2} [^\W\d]{2}"
)
#: What stands in the name of a street or in its place.
STREET = re.compile(
    r"(?i)(?:\b(?:street|st|road|rd|avenue|ave|drive|lane|boulevard|blvd|suite|floor|p\.?o\.? box|"
    r"jalan|jln|jl|lorong|taman|lot|no|rue|calle|plaza|postfach|platz)\b|"
    r"(?:straße|strasse|str\.|weg|gasse|allee|platz|(?<![ep])ring|damm|ufer)(?:\s|$|,))"
)
#: Words of lines about reaching someone, registering them, or about the document itself.
CONTACT = re.compile(
    r"(?i)\b(?:tel|telephone|telefon|phone|fon|fax|telefax|mobile?|whatsapps?|hp|e-?mail|mail|www|"
    r"https?|website|hotline|gst|vat|ust|tva|iban|bic|swift|hrb|steuer|tax ?id|nif|siret|siren|gln|"
    r"co\.? ?(?:reg|no)|company (?:reg|no)|reg\.? ?no|ssm no|roc no|id no|tax ?invoice|invoice|"
    r"receipt|rechnung|facture|date|datum|order|page|seite|cashier)\b|@"
)
#: How someone is reached.
REACHED = re.compile(r"(?i)\b(?:tel|telephone|telefon|phone|fon|fax|telefax|e-?mail|www)\b|@")
#: Lines of an address that name no one: departments, and who is to see the letter.
DEPARTMENT = re.compile(
    r"(?i)^(?:accounts? (?:payable|receivable|department|dept\.?)|finance|purchasing|accounting|"
    r"receiving|attn|attention|c/o|z\. ?h(?:d|dn)\.|z\. ?hd|zu händen|buchhaltung|einkauf|"
    r"rechnungseingang|rechnungsprüfung|kreditorenbuchhaltung|comptabilité|contabilidad)\b"
)
#: A form of address alone on its line: the name is on the next one.
ADDRESSED = re.compile(
    r"(?i)(?:(?:an|to|à) )?(?:(?:die|den|the) )?"
    r"(?:herrn?|frau|firma|fa|an|to|mr|mrs|ms|dr|madame|monsieur)\.?"
)
#: The number that a company is registered under, behind its name.
REGISTERED = re.compile(
    r"(?i)\s*[(\[]?\s*(?:co\.?|company|reg\.?|roc)?\s*(?:reg\.?)?\s*(?:no\.?|nr\.?)?\s*[:.]?\s*"
    r"(?:[A-Z]{1,3}\d{6,9}|\d{5,7})\s?-?\s?[A-Z]\s*[)\]]?$"
)
#: Legal forms, and what shops call themselves.
LEGAL = re.compile(
    r"(?i)\b(?:gmbh|mbh|ag|kg|ohg|ug|e\.?k|e\.?v|inc|llc|ltd|limited|plc|corp|corporation|co|"
    r"company|a\. ?g|s\.?a|s\.?a\.?r\.?l|sas|s\.?l|b\.?v|n\.?v|sdn\.? ?bhd|bhd|pte|enterprise|"
    r"trading|stores?|restaurant|shop|mart)\b\.?"
)
