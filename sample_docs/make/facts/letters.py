"""Letters and a mail: who writes to whom about what."""

from dataclasses import dataclass
from datetime import date

from sample_docs.make.facts.firms import Firm
from sample_docs.make.facts.record import Fact, Json, record


@dataclass(frozen=True)
class Letter:
    """A letter; `address` parts are empty in a mail."""

    sender: Firm
    recipient: Firm
    day: date
    subject: str
    reference: str
    greeting: str
    paragraphs: tuple[str, ...]
    closing: str
    signatory: tuple[str, ...]

    def record(self) -> Json:
        """As a person would write it down."""
        data: dict[str, Fact] = {
            "sender_name": self.sender.name,
            "sender_address": self.sender.one_line or None,
            "recipient_name": self.recipient.name,
            "recipient_address": self.recipient.one_line or None,
            "date": self.day,
            "subject": self.subject,
            "reference": self.reference or None,
        }
        return record("letter", data)


WATERWORKS = Letter(
    sender=Firm(
        "Tarnbrook Water Company",
        ("Pump House Lane", "Tarnbrook", "TB3 8WL"),
        phone="01632 960880",
        email="help@tarnbrookwater.example",
        web="www.tarnbrookwater.example",
    ),
    recipient=Firm("Mr Ambrose Pellwater", ("6 Gosling Green", "Tarnbrook", "TB3 1RE")),
    day=date(2026, 2, 16),
    subject="Replacement of the water meter at 6 Gosling Green",
    reference="TWC/MR/40913",
    greeting="Dear Mr Pellwater,",
    paragraphs=(
        "The meter that measures the water supplied to your home has been in service since 2011 "
        "and has reached the end of its approved life. We are therefore writing to arrange its "
        "replacement, for which there is no charge.",
        "Our engineer, Ms Bettina Okoro, proposes to call on Tuesday 10 March 2026 between 8.00 am "
        "and 12 noon. The work takes about forty minutes, during which your supply will be turned "
        "off. Please make sure that the cupboard below the stairs, where the meter stands, can be "
        "reached, and that an adult is at home.",
        "If the appointment does not suit you, please telephone us on 01632 960880 before "
        "2 March, quoting the reference at the top of this letter. Every engineer carries a card "
        "with a photograph and the password that you have agreed with us; please ask to see it.",
        "The new meter sends its reading by radio once a day, so that no one has to call on you "
        "to read it. A leaflet that explains how the readings are used and kept is enclosed.",
    ),
    closing="Yours sincerely,",
    signatory=("Leopold Ashdown", "Metering Services Manager"),
)

DIRECT_DEBIT = Letter(
    sender=WATERWORKS.sender,
    recipient=Firm("Mrs Philippa Garsdale", ("Old Tannery, Flat 2", "Tarnbrook", "TB3 4HN")),
    day=date(2026, 3, 2),
    subject="Your new direct debit",
    reference="TWC/DD/77120",
    greeting="Dear Mrs Garsdale,",
    paragraphs=(
        "Thank you for setting up a direct debit. From 1 April 2026 we will collect 27.50 pounds "
        "on the first working day of each month. We compare what you have paid with the reading "
        "of your meter once a year and return any credit above 50 pounds.",
        "You may cancel at any time by telling your bank. Please let us know as well.",
    ),
    closing="Yours sincerely,",
    signatory=("Rosalind Mbeki", "Customer Accounts"),
)

RESIGNATION = Letter(
    sender=Firm(
        "Annegret Füßlin",
        ("Schwalbenweg 19", "79999 Höllbruck"),
        phone="089 99998 442",
        email="a.fuesslin@posteo.example",
    ),
    recipient=Firm(
        "Sonnental Versicherung a. G.",
        ("Kundenservice Hausrat", "Postfach 10 20 30", "50999 Köln"),
    ),
    day=date(2026, 9, 14),
    subject="Kündigung der Hausratversicherung",
    reference="HR-7740 1185-3",
    greeting="Sehr geehrte Damen und Herren,",
    paragraphs=(
        "hiermit kündige ich meine oben genannte Hausratversicherung fristgerecht zum Ablauf des "
        "Versicherungsjahres am 31. Dezember 2026. Die vereinbarte Kündigungsfrist von drei "
        "Monaten ist damit eingehalten.",
        "Bitte bestätigen Sie mir die Kündigung und das Datum der Vertragsbeendigung schriftlich "
        "innerhalb von 14 Tagen. Die erteilte Einzugsermächtigung widerrufe ich zum selben "
        "Zeitpunkt; zu viel gezahlte Beiträge überweisen Sie bitte auf das Ihnen bekannte Konto.",
        "Von Anrufen zur Rückgewinnung bitte ich abzusehen.",
    ),
    closing="Mit freundlichen Grüßen",
    signatory=("Annegret Füßlin",),
)

FORWARDED = Letter(
    sender=Firm("Jana Öztürk-Lehr", (), email="jana@turmfalke.example"),
    recipient=Firm("Dr. Emil Brandauer", (), email="brandauer@uhrenmuseum.example"),
    day=date(2026, 5, 4),
    subject="Rechnung 2026/0091: Ausstellungskatalog",
    reference="",
    greeting="Sehr geehrter Herr Dr. Brandauer,",
    paragraphs=(
        "im Anhang finden Sie die Rechnung für die Übersetzung des Ausstellungskatalogs und das "
        "Korrektorat der Bildunterschriften.",
        "Vielen Dank für die angenehme Zusammenarbeit. Für die Eröffnung am 6. Juni wünsche ich "
        "Ihnen viele Gäste, ich selbst bin dann leider auf Reisen.",
    ),
    closing="Mit besten Grüßen",
    signatory=("Jana Öztürk-Lehr", "Übersetzungsbüro Turmfalke"),
)
