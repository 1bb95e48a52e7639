import json
import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docextract.entities import taggers
from docextract.entities.patterns import RULES_BY_LABEL
from docextract.entities.taggers import find_entities, resolve_overlaps, text_windows
from docextract.errors import ConfigError, MissingDependency
from docextract.stages.entities import Entities
from tests.made_values import make_span

#: Label -> texts in which exactly the part between [ and ] is found.
FOUND = {
    "DATE": ["paid on [31.01.2024].", "[05-MAR-2018]", "of [14th day of March, 2011],",
             "in [March 2018]", "until [December 7]", "[01/29/20]-[02/04/20]"],
    "TIME": ["at [10:34:22 PM]", "um [17.00 Uhr]"],
    "MONEY": ["pay [$1,234.56] now", "[EUR 529,87]", "[12,50 €]", "[RM4.00]", "[$ 1 054,10]",
              "some [$5 billion].", "Sum [9.36]", "each [1 054,10]",
              "due [2000,00]"],
    "PERCENT": ["plus [19 %] tax", "[7.5%]", "a [12 percent] share"],
    "QUANTITY": ["[20 Stk] to", "[5kg] bag", "about [50 miles]"],
    "EMAIL": ["write to [ada@example.org]."],
    "URL": ["see [https://example.org/a?b=1].", "[www.example.com],"],
    "PHONE": ["call [+49 30 901820]", "Tel: [03-8733 1234]", "[(212) 736-5000]"],
    "IBAN": ["IBAN [DE89 3704 0044 0532 0130 00] BIC", "[GB82WEST12345698765432]"],
    "BIC": ["BIC: [DEUTDEFF500]"],
    "VAT_ID": ["VAT [DE 136 695 976]", "[ATU13585627]"],
    "CREDIT_CARD": ["card [4111 1111 1111 1111]"],
    "GTIN": ["EAN: [4006381333931]", "UPC [036000291452]", "[4006381333931]"],
    "ISIN": ["[US0378331005]"],
    "INVOICE_NUMBER": ["Invoice No: [INV-2024/017]", "Handelsrechnung Nr. [471102]",
                       "Tax Invoice #: [0031]", "Rechnungs-Nr.: [RE-20151008/504]"],
    "ORDER_NUMBER": ["P.O. No. [4711-A]", "Bestellnummer: [2018-471331]", "Order # [99]"],
    "PRODUCT_NUMBER": ["Art.-Nr. [A-100.2]", "Part No: [77X]"],
    "ADDRESS": [
        "to [301 South College Street\nCharlotte, NC 28288-8905] by mail",
        "May 12, 2016\nAcme LLC\n[9401 Wilshire Blvd, Suite 705\nBeverly Hills, CA 90212]",
        "at [221B Baker Street, London NW1 6XE]",
        "Muster GmbH\n[Musterstraße 12\n12345 Musterstadt]",
        "[Musterweg 1, 60325 Frankfurt am Main]",
        "BOOK CO. SDN BHD\n[NO. 4 & 6,\nJALAN SS 15/4B,\n47500 SUBANG JAYA, SELANGOR]",
        "offices at [12 High Street, Suite 4] and elsewhere",
    ],
    "FORM": ["attach Form [1099-MISC]", "a [W-9] from", "[EUR.1]", "[DD-214]", "certificate [A1]"],
}  # fmt: skip


def marked(text: str, label: str) -> str:
    """`text` with brackets around each find of this label."""
    for span in reversed(find_entities(text)):
        if span.label == label:
            text = f"{text[: span.start]}[{text[span.start : span.end]}]{text[span.end :]}"
    return text


@pytest.mark.parametrize(
    ("label", "text"), [(label, text) for label, texts in FOUND.items() for text in texts]
)
def test_a_rule_finds_exactly_the_entity(label, text):
    assert marked(text.replace("[", "").replace("]", ""), label) == text


def test_every_label_of_the_rules_has_an_example():
    assert set(FOUND) == set(RULES_BY_LABEL)


@pytest.mark.parametrize(
    ("label", "text"),
    [
        ("CREDIT_CARD", "4111 1111 1111 1112"),  # fails Luhn
        ("IBAN", "DE88 3704 0044 0532 0130 00"),  # fails mod 97
        ("VAT_ID", "DE123456789"),
        ("GTIN", "EAN: 4006381333932"),
        ("ISIN", "US0378331006"),
        ("DATE", "31.02.2024"),
        ("DATE", "version 1.2.2024.5"),
        ("TIME", "ratio 25:61"),
        ("MONEY", "Mo.-Fr. 08.30"),
        ("MONEY", "FARM 5"),
        ("PHONE", "4711-4712 4713"),
        ("BIC", "DOCUMENT INVOICES"),
        ("INVOICE_NUMBER", "invoice number is missing"),
        ("ADDRESS", "In 2019 we sold 12345 Widgets"),
        ("FORM", "W-99 and A1"),
    ],
)
def test_what_only_looks_like_an_entity_is_none(label, text):
    assert label not in {span.label for span in find_entities(text)}


def test_a_checked_identifier_wins_over_what_it_contains():
    (span,) = find_entities("DE89 3704 0044 0532 0130 00")
    assert (span.label, span.confidence, str(span.origin)) == ("IBAN", 0.99, "rule:iban")


def test_of_overlapping_finds_the_surer_then_the_longer_stays():
    sure, long, short = (
        make_span(start, end, label, sure, "rule:made")
        for start, end, label, sure in [(5, 9, "A", 0.99), (0, 20, "B", 0.8), (10, 14, "C", 0.8)]
    )
    assert resolve_overlaps([short, long, sure]) == [sure, short]
    assert resolve_overlaps([short, long]) == [long]


def test_entities_may_cross_a_line_but_not_a_page(doc):
    crossing = Entities(model="")([doc("301 South College Street", "Charlotte, NC 28288")])[0]
    (address,) = crossing.entities
    assert len(crossing.places(address.start, address.end)) == 2
    apart = Entities(model="")([doc(["301 South College Street"], ["Charlotte, NC 28288"])])[0]
    assert not any("\f" in apart.text[span.start : span.end] for span in apart.entities)


def test_only_the_wanted_labels_are_kept(doc):
    (found,) = Entities(model="", labels=("DATE",))([doc("31.01.2024 EUR 5,00")])
    assert [span.label for span in found.entities] == ["DATE"]


def test_documents_come_back_in_order_and_empty_ones_have_no_entities(doc):
    found = Entities(model="")([doc("EUR 5,00", name="a"), doc(name="b"), doc("7 %", name="c")])
    assert [(one.name, len(one.entities)) for one in found] == [("a", 1), ("b", 0), ("c", 1)]


@given(st.text("0123456789 .,:-/€$%ABCDEXnoINVtel\n\f@", max_size=200) | st.text(max_size=200))
def test_finds_are_in_order_inside_the_text_and_never_overlap(text):
    found = find_entities(text)
    assert all(0 <= span.start < span.end <= len(text) for span in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert not any("\f" in text[span.start : span.end] for span in found)


HOSTILE = """1|1,|1.|1 |1-|a|A1|(|+1 |@|a.|a@a.|$1 |NY 12345 |1/1/|12345 Aa |Jan |1 Jan |no.1 |tel 1
|DE11 |http://|A-|1 Aa St """


@pytest.mark.parametrize("unit", HOSTILE.split("|"))
def test_hostile_text_costs_no_more_than_its_length(unit):
    began = time.process_time()
    find_entities(unit * (30_000 // len(unit)))
    assert time.process_time() - began < 15  # what is quadratic takes minutes


def test_windows_cover_a_long_text_and_cut_it_at_pages_or_lines():
    text = "\f".join("line of words\n" * 900 for _ in range(9)) + "x" * 50_000
    cut = list(text_windows(text))
    assert "".join(window for _, window in cut) == text
    assert all(len(window) <= taggers.MAX_WINDOW_CHARS for _, window in cut)
    assert all(text[offset:].startswith(window[:50]) for offset, window in cut)


def package(folder, *patterns):
    """A spaCy folder whose entity ruler knows these (label, phrase) pairs."""
    import spacy

    nlp = spacy.blank("en")
    nlp.add_pipe("entity_ruler").add_patterns(
        [{"label": label, "pattern": phrase} for label, phrase in patterns]
    )
    nlp.to_disk(folder)
    return str(folder)


def test_a_spacy_folder_adds_its_entities_under_our_labels(doc, tmp_path):
    name = package(tmp_path / "made", ("PER", "Ada Lovelace"), ("GPE", "London"))
    (found,) = Entities(model="", spacy_package=name)([doc("Ada Lovelace, London, 31.01.2024")])
    spans = [(span.label, found.text[span.start : span.end]) for span in found.entities]
    assert spans == [("PERSON", "Ada Lovelace"), ("LOC", "London"), ("DATE", "31.01.2024")]
    assert str(found.entities[0].origin).startswith("spacy:en_")


def test_a_spacy_pipeline_reads_a_long_document_to_its_end(doc, tmp_path):
    name = package(tmp_path / "made", ("PER", "Ada"))
    pages = [["some words of a page " * 400], ["the last word is Ada"]] * 4
    (found,) = Entities(model="", spacy_package=name, labels=("PERSON",))([doc(*pages)])
    assert [found.text[span.start : span.end] for span in found.entities] == ["Ada"] * 4


def test_a_users_patterns_are_entities_too(doc, tmp_path):
    path = tmp_path / "patterns.jsonl"
    path.write_text(json.dumps({"label": "PRODUCT", "pattern": [{"LOWER": "flux"}]}), "utf-8")
    (found,) = Entities(model="", patterns=str(path))([doc("one Flux, 31.01.2024")])
    assert [span.label for span in found.entities] == ["PRODUCT", "DATE"]
    assert str(found.entities[0].origin) == "spacy:patterns"


def test_the_rules_are_a_component_of_any_spacy_pipeline():
    import spacy

    from docextract.spacy_components import rules as spacy_component

    nlp = spacy.blank("en")
    nlp.add_pipe(spacy_component.COMPONENT_NAME)
    made = nlp("Pay by 31.01.2024 to DE89370400440532013000")
    assert [(ent.label_, ent.text) for ent in made.ents] == [
        ("DATE", "31.01.2024"), ("IBAN", "DE89370400440532013000"),
    ]  # fmt: skip
    assert [span.label for span in made.user_data[spacy_component.COMPONENT_NAME]] == [
        "DATE",
        "IBAN",
    ]


def test_a_missing_package_or_folder_says_what_to_do(doc, tmp_path):
    with pytest.raises(MissingDependency, match="pip install no_such_package"):
        Entities(model="", spacy_package="no_such_package")([doc("x")])
    with pytest.raises(MissingDependency, match="pip install no_such_package"):
        _ = Entities(model="", spacy_package="no_such_package").fingerprint
    with pytest.raises(ConfigError, match=r"config\.json"):
        Entities(model="", huggingface_folder=str(tmp_path))([doc("x")])
    with pytest.raises(ConfigError, match="nowhere"):
        Entities(model="", patterns=str(tmp_path / "nowhere"))([doc("x")])
    with pytest.raises(ConfigError, match="no language 'qq'"):
        Entities(model="", patterns=str(tmp_path), language="qq")([doc("x")])


def test_the_fingerprint_changes_with_what_decides_and_not_with_the_device(tmp_path):
    plain = Entities(model="").fingerprint
    name = package(tmp_path / "made", ("PER", "Ada"))
    assert Entities(model="", device="cpu").fingerprint == plain
    assert Entities(model="", labels=("DATE",)).fingerprint != plain
    assert Entities(model="", spacy_package=name).fingerprint not in (plain, "")
