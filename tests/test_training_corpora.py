"""Labelled data sets become examples that say what is known, and only that."""

import gzip
import json

import numpy as np
import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st

from docextract.encoding.encoder_input import document_passage
from docextract.errors import ConfigError, InputError
from docextract.training.data.corpora import CORPORA, load
from docextract.training.data.corpora.detokenisation import detokenised
from docextract.training.data.corpora.field_examples import document_file
from docextract.training.data.corpora.field_sets import FIELD_SETS
from docextract.training.data.corpora.word_boxes import document_of_words, passage_of_words


def write(folder, path, *rows):
    file = folder / f"{path}.jsonl.gz"
    file.parent.mkdir(parents=True, exist_ok=True)
    with gzip.open(file, "wt", encoding="utf-8") as lines:
        lines.writelines(json.dumps(row) + "\n" for row in rows)
    return folder


def page(*lines, width=1000.0):
    words = []
    for row, line in enumerate(lines):
        for at, word in enumerate(line.split(" ")):
            x = 100.0 * at
            words.append([word, x, 20.0 * row, x + 90, 20.0 * row + 10])
    return {"width": width, "height": 1000.0, "words": words}


def sheet(kind, pages, fields, spans, **more):
    return {
        "id": "made-1",
        "source": "made",
        "type": kind,
        "language": "en",
        "file": None,
        "pages": pages,
        "fields": fields,
        "spans": [dict(zip(("field", "page", "start", "end"), s, strict=True)) for s in spans],
        **more,
    }


def words(example, label):
    texts = example.passage.texts
    return [" ".join(texts[m.start : m.end]) for m in example.marks if m.label == label]


def test_fields_come_under_our_names_with_words_counted_through_all_pages(tmp_path):
    pages = [page("Corner Shop", "  Total"), page("Total 6.50")]
    row = sheet(
        "receipt",
        pages,
        {"company": ["Corner Shop"], "total": ["6.50"]},
        [("company", 0, 0, 2), ("total", 1, 1, 2)],
    )
    (example,) = load(write(tmp_path, "fields/receipts-sroie/dev", row), ["receipts-sroie"], "dev")
    assert words(example, "receipt.merchant_name") == ["Corner Shop"]
    assert words(example, "receipt.total") == ["6.50"]
    assert example.kind == "receipt"
    assert example.group == "cornershop"
    assert example.passage.boxes.max() <= 1000


def test_only_what_is_labelled_is_asked_for(tmp_path):
    fields = {"company": ["Corner Shop"], "total": [], "date": ["3 May"]}
    row = sheet("receipt", [page("Corner Shop")], fields, [("company", 0, 0, 2)])
    (example,) = load(write(tmp_path, "fields/receipts-sroie/dev", row), ["receipts-sroie"], "dev")
    # The total is known to be absent, the date was not found, the address is not labelled.
    assert example.asked == {"receipt.merchant_name", "receipt.total"}


def test_a_list_of_parties_is_asked_for_only_when_all_of_them_were_found(tmp_path):
    pages = [page("Harbour Books and Kiln Ltd")]
    fields = {"party": ["Harbour Books", "Kiln Ltd"]}
    one = sheet("nda", pages, fields, [("party", 0, 0, 2)])
    both = sheet("nda", pages, fields, [("party", 0, 0, 2), ("party", 0, 3, 5)])
    first, second = load(write(tmp_path, "fields/ndas/dev", one, both), ["ndas"], "dev")
    assert not first.asked
    assert not first.marks
    assert words(second, "nda.parties") == ["Harbour Books", "Kiln Ltd"]


def test_totals_that_are_printed_alike_are_not_asked_for(tmp_path):
    fields = {"net_total": ["9.00"], "grand_total": ["9.00"], "tax_total": ["0.00"]}
    spans = [("net_total", 0, 1, 2), ("grand_total", 0, 1, 2), ("tax_total", 0, 3, 4)]
    row = sheet("invoice", [page("Total 9.00 Tax 0.00")], fields, spans)
    (example,) = load(write(tmp_path, "fields/einvoices/dev", row), ["einvoices"], "dev")
    assert not example.asked


def test_line_items_are_aligned_and_marked(tmp_path):
    lines = ["1 Chair 2 9.00 18.00", "2 Table 1 50.00 50.00"]
    items = [
        {"position": "1", "description": "Chair", "quantity": "2", "net_amount": "18.00"},
        {"position": "2", "description": "Table", "quantity": "1", "net_amount": "50.00"},
    ]
    row = sheet("invoice", [page(*lines)], {}, [], line_items=items)
    (example,) = load(write(tmp_path, "fields/einvoices/dev", row), ["einvoices"], "dev")
    assert words(example, "invoice.line_items") == lines
    assert words(example, "invoice.line_items.quantity") == ["2", "1"]


def test_an_order_among_invoices_has_no_kind(tmp_path):
    row = sheet("purchase_order", [page("Order")], {}, [])
    (example,) = load(write(tmp_path, "fields/einvoices/dev", row), ["einvoices"], "dev")
    assert example.kind is None


def sentence(name, tokens, spans):
    return {
        "id": name,
        "source": "made",
        "language": "en",
        "tokens": tokens.split(" "),
        "spans": spans,
    }


def test_punctuation_is_glued_to_its_word_as_in_print(tmp_path):
    row = sentence(
        "wikigold-1", "Ann Lee , of ( Kiln Ltd ) , left .", [[0, 2, "PERSON"], [5, 7, "ORG"]]
    )
    (example,) = load(write(tmp_path, "entities/wikigold/dev", row), ["wikigold"], "dev")
    assert example.passage.texts == ("Ann", "Lee,", "of", "(Kiln", "Ltd),", "left.")
    assert words(example, "entity.PERSON") == ["Ann Lee,"]
    assert words(example, "entity.ORG") == ["(Kiln Ltd),"]
    assert example.asked == {f"entity.{name}" for name in ("PERSON", "LOC", "ORG", "MISC")}
    assert example.passage.boxes is None


def test_two_names_in_one_word_become_one_mark(tmp_path):
    row = sentence("bc5cdr-1", "alpha - beta rise", [[0, 1, "CHEMICAL"], [2, 3, "CHEMICAL"]])
    (example,) = load(write(tmp_path, "entities/bc5cdr/dev", row), ["bc5cdr"], "dev")
    assert words(example, "entity.CHEMICAL") == ["alpha-beta"]


def test_a_type_that_a_set_marks_in_one_domain_only_is_asked_for_there_only(tmp_path):
    rows = [
        sentence("crossner-ai-dev-1", "Ann uses Torch", [[2, 3, "PRODUCT"], [0, 1, "MISC"]]),
        sentence("crossner-music-dev-1", "Ann plays", []),
    ]
    first, second = load(write(tmp_path, "entities/crossner/dev", *rows), ["crossner"], "dev")
    assert "entity.PRODUCT" in first.asked
    assert "entity.PRODUCT" not in second.asked
    assert "entity.MISC" not in first.asked | second.asked
    assert not words(first, "entity.MISC")


def test_partial_labels_are_learnt_as_what_they_are(tmp_path):
    row = sentence("cuad-007-e01", "between Kiln Ltd and others", [[1, 3, "ORG"], [4, 5, "DATE"]])
    (example,) = load(write(tmp_path, "entities/cuad-entities/dev", row), ["cuad-entities"], "dev")
    assert example.asked == {"contract.parties"}
    assert example.group == "cuad-entities:cuad-007"


def text(name, kind, told):
    return {"id": name, "source": "made", "language": "en", "text": told, "label": kind}


def test_kinds_come_under_our_names_and_texts_keep_their_lines(tmp_path):
    rows = [text("a", "registration_form", "Form 7\nName Ann"), text("b", "news", "Rain. Sun.")]
    found = load(write(tmp_path, "classes/doctypes/dev", *rows), ["doctypes"], "dev")
    kinds = {one.name: one.kind for one in found}
    assert kinds == {"a": "form", "b": "unknown"}
    form = next(one for one in found if one.name == "a")
    assert form.passage.lines.tolist() == [0, 0, 1, 1]
    assert not form.asked


def test_running_text_is_of_no_kind_and_its_pieces_stay_together(tmp_path):
    rows = [sentence(f"wikigold-{n}", "It rains .", []) for n in range(40)]
    found = load(write(tmp_path, "entities/wikigold/dev", *rows), ["wikigold-texts"], "dev")
    assert {one.kind for one in found} == {"unknown"}
    assert len(found) == 5
    assert len({one.group for one in found}) == 2


def test_a_set_that_may_not_be_trained_on_is_refused_for_training_only(tmp_path):
    row = sheet("receipt", [page("Shop")], {}, [])
    data = write(tmp_path, "fields/receipts-indo/dev", row)
    assert len(load(data, ["receipts-indo"], "dev")) == 1
    with pytest.raises(ConfigError, match="'receipts-indo' may not be trained on"):
        load(data, ["receipts-indo"], "train")


def test_an_unknown_set_is_refused_with_a_near_name(tmp_path):
    with pytest.raises(ConfigError, match="did you mean receipts-sroie"):
        load(tmp_path, ["receipts-sroi"], "train")


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(InputError, match=r"cannot read .*wnut17"):
        load(tmp_path, ["wnut17"], "train")


def test_a_file_that_is_no_json_is_named(tmp_path):
    file = tmp_path / "entities/wnut17/train.jsonl.gz"
    file.parent.mkdir(parents=True)
    file.write_bytes(gzip.compress(b"{not json}\n"))
    with pytest.raises(InputError, match=r"wnut17.* is not a file of JSON lines"):
        load(tmp_path, ["wnut17"], "train")


def test_every_set_states_its_licence():
    assert all(corpus.licence for corpus in CORPORA.values())


BOX = st.tuples(*[st.floats(0, 900)] * 2, *[st.floats(1, 100)] * 2)
WORDS = st.lists(st.tuples(st.sampled_from(["a", "bc", " ", "d-e"]), BOX), max_size=30)


@drawn(st.lists(WORDS, max_size=3))
def test_the_fast_way_to_a_passage_gives_what_the_document_would(pages):
    rows = [
        {
            "width": 1000,
            "height": 1400,
            "words": [[text_, x, y, x + w, y + h] for text_, (x, y, w, h) in page_],
        }
        for page_ in pages
    ]
    fast, slow = passage_of_words(rows), document_passage(document_of_words(rows, "made"))
    assert fast.texts == slow.texts
    assert np.allclose(fast.boxes, slow.boxes, atol=0.01)
    assert np.array_equal(np.diff(fast.lines) > 0, np.diff(slow.lines) > 0)


@drawn(
    st.lists(st.sampled_from(["ab", ",", "(", ")", '"', "-", "'s", "„", "“"]), max_size=20),
    st.booleans(),
)
def test_gluing_keeps_every_sign_and_the_order(tokens, hyphens):
    made, places = detokenised(tokens, hyphens=hyphens)
    assert "".join(made) == "".join(tokens)
    assert list(places) == sorted(places)
    assert all(token in made[place] for token, place in zip(tokens, places, strict=True))


def test_clauses_of_a_contract_become_its_fields(tmp_path):
    filler = "word " * 900
    told = f"LEASE\nmade on 3 May 2024 by Kiln Lane Ltd (Kiln)\n{filler}\nthe law of Utah governs"
    places = {
        "Document Name": ["LEASE"],
        "Agreement Date": ["3 May 2024"],
        "Parties": ["Kiln Lane Ltd", "Kiln"],
        "Governing Law": ["the law of Utah governs"],
    }
    row = {
        "id": "cuad-1",
        "source": "made",
        "text": told,
        "spans": [
            {"label": label, "start": told.index(part), "end": told.index(part) + len(part)}
            for label, parts in places.items()
            for part in parts
        ],
        "answers": {"Agreement Date": "5/3/2024", "Governing Law": "Utah", "Expiration Date": ""},
    }
    (example,) = load(write(tmp_path, "clauses/cuad/dev", row), ["contracts"], "dev")
    assert words(example, "contract.title") == ["LEASE"]
    assert words(example, "contract.agreement_date") == ["3 May 2024"]
    assert words(example, "contract.parties") == ["Kiln Lane Ltd"]
    assert words(example, "contract.governing_law") == ["Utah"]
    assert {"contract.expiration_date", "contract.effective_date"} <= example.asked
    assert len(example.passage) < 800


def invoice_with_rows(items, *lines, **more):
    return sheet("invoice", [page(*lines)], {}, [], line_items=items, **more)


def item(at, *, printed=(), **cells):
    """A row of an e-invoice set, all of whose cells are printed but those named in `printed`."""
    empty = dict.fromkeys(("description", "quantity", "unit_price", "net_amount"))
    shown = {name: cells.get(name) is not None for name in empty} | {"row": True} | dict(printed)
    return {**empty, **cells, "printed": shown, "at": at}


def load_one(tmp_path, row, name="einvoices-more"):
    return load(write(tmp_path, f"fields/{name}/dev", row), [name], "dev")[0]


def test_what_is_said_beside_the_cells_of_a_row_is_no_column(tmp_path):
    items = [
        {**item({}, description="Oak chair", net_amount="12.00"), "kind": "DETAIL"},
        item({}, description="Pine table", net_amount="60.00"),
    ]
    row = invoice_with_rows(items, "Oak chair 12.00", "Pine table 60.00", "Total 72.00")
    example = load_one(tmp_path, row)
    assert {one.removeprefix("invoice.") for one in example.asked} == {
        "line_items",
        "line_items.description",
        "line_items.net_amount",
    }
    assert words(example, "invoice.line_items") == ["Oak chair 12.00", "Pine table 60.00"]


def test_cells_stand_where_the_set_says(tmp_path):
    at = {"description": [[0, 1, 3]], "quantity": [[0, 0, 1]], "unit_price": [[0, 3, 4]]}
    cells = {"description": "Oak chair", "quantity": "1", "unit_price": "1.00"}
    row = invoice_with_rows(
        [item({**at, "net_amount": [[0, 4, 5]]}, **cells, net_amount="1.00")],
        "1 Oak chair 1.00 1.00",
    )
    example = load_one(tmp_path, row)
    places = {mark.label.rpartition(".")[2]: (mark.start, mark.end) for mark in example.marks}
    assert places == {
        "line_items": (0, 5),
        "quantity": (0, 1),
        "description": (1, 3),
        "unit_price": (3, 4),
        "net_amount": (4, 5),
    }


def test_cells_in_one_word_are_searched_for(tmp_path):
    at = {"quantity": [[0, 0, 1]], "unit_price": [[0, 0, 1]], "description": [[0, 1, 3]]}
    cells = {"description": "Oak chair", "quantity": "2", "unit_price": "6.00"}
    row = invoice_with_rows(
        [item(at, **cells, net_amount="12.00")], "2x6.00 Oak chair 12.00", "Total 12.00"
    )
    example = load_one(tmp_path, row)
    assert words(example, "invoice.line_items.description") == ["Oak chair"]
    assert "invoice.line_items.quantity" not in example.asked


def test_cells_that_are_not_printed_are_not_searched_for(tmp_path):
    cells = {"description": "Oak chair", "quantity": "3", "net_amount": "12.00"}
    row = invoice_with_rows(
        [item({}, printed={"quantity": False}, **cells)], "Oak chair 12.00", "3 days net"
    )
    example = load_one(tmp_path, row)
    assert words(example, "invoice.line_items") == ["Oak chair 12.00"]
    assert "invoice.line_items.quantity" not in example.asked


def test_of_a_table_with_a_row_that_is_not_printed_nothing_is_known(tmp_path):
    items = [
        item({}, description="Oak chair", net_amount="12.00"),
        item({}, printed={"row": False}, description="Freight", net_amount="5.00"),
    ]
    example = load_one(tmp_path, invoice_with_rows(items, "Oak chair 12.00", "Post 5.00"))
    assert not any("line_items" in label for label in example.asked)


def test_an_answer_that_is_not_printed_is_not_asked_for(tmp_path):
    fields = {"invoice_number": ["7"], "issue_date": ["2024-05-03"]}
    spans = [("invoice_number", 0, 1, 2), ("issue_date", 0, 2, 3)]
    row = sheet(
        "invoice", [page("No 7 20240503")], fields, spans,
        printed={"invoice_number": True, "issue_date": False},
    )  # fmt: skip
    example = load_one(tmp_path, row)
    assert example.asked == {"invoice.invoice_number"}


@pytest.mark.parametrize(
    ("file", "read"),
    [("files/a.pdf", "files/a.visual.pdf"), ("files/a.visual.pdf", "files/a.visual.pdf")],
)
def test_of_an_e_invoice_the_copy_without_its_data_is_read(tmp_path, file, read):
    layout = FIELD_SETS["einvoices-more"]
    assert document_file({"file": file}, tmp_path, layout) == tmp_path / read


def test_a_set_without_copies_is_read_as_it_is(tmp_path):
    layout = FIELD_SETS["receipts-de"]
    assert document_file({"file": "files/a.jpg"}, tmp_path, layout) == tmp_path / "files/a.jpg"
    assert document_file({"file": None}, tmp_path, layout) is None
