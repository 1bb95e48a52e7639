"""The same invoice, or the same template, is never on both sides of a split."""

import gzip
import json
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docextract.training.data.corpora import CORPORA, read_json_lines
from docextract.training.data.corpora.linked_groups import (
    E_INVOICE_SETS,
    linked_groups,
    load_linked,
)
from docextract.training.data.split import split_by_group

#: Where the labelled data sets lie: see the benchmarks.
DATA = Path(os.environ.get("DOCEXTRACT_DATA") or Path(__file__).parents[2] / "shared" / "data")


def document(name, number="", total="", template=""):
    fields = {"invoice_number": [number] if number else [], "grand_total": [total] if total else []}
    made = {"id": name, "fields": fields, "type": "invoice", "language": "de", "file": None}
    made |= {"spans": [], "pages": [{"width": 100, "height": 100, "words": [[name, 0, 0, 9, 9]]}]}
    return made | ({"template": template} if template else {})


def test_an_invoice_is_one_group_however_its_number_and_total_are_written():
    groups = linked_groups(
        [
            document("b", "RE-1", "120.00"),
            document("a", "re 1", "120.0"),
            document("c", "RE-1", "9"),
        ]
    )
    assert groups == ["a", "a", "c"]


def test_a_template_is_one_group():
    groups = linked_groups([document(name, name, "1", "viewer") for name in "ab"])
    assert groups == ["a", "a"]


def test_documents_are_linked_over_others():
    chain = [
        document("a", "1", "5", "viewer"),
        document("b", "2", "5", "viewer"),
        document("c", "2", "5"),
        document("d", "3", "5"),
    ]
    assert linked_groups(chain) == ["a", "a", "a", "d"]


def test_without_a_number_or_a_total_a_document_is_by_itself():
    assert linked_groups([document("a", "1"), document("b", "1"), document("c", "", "5")]) == [
        *"abc"
    ]


DOCUMENTS = st.lists(
    st.tuples(st.sampled_from("123"), st.sampled_from(["", "5", "7"]), st.sampled_from(["", "x"])),
    max_size=12,
)


@given(DOCUMENTS, st.randoms())
def test_groups_do_not_depend_on_the_order(rows, rng):
    documents = [document(f"{at:02}", *row) for at, row in enumerate(rows)]
    groups = dict(zip((one["id"] for one in documents), linked_groups(documents), strict=True))
    rng.shuffle(documents)
    assert linked_groups(documents) == [groups[one["id"]] for one in documents]


def write(folder, name, documents):
    file = CORPORA[name].file(folder, "train")
    file.parent.mkdir(parents=True)
    with gzip.open(file, "wt", encoding="utf-8") as lines:
        lines.writelines(json.dumps(one) + "\n" for one in documents)


def test_an_invoice_of_two_sets_is_on_one_side_of_a_split(tmp_path):
    for name in E_INVOICE_SETS:
        made = [document(f"{name}-{at}", str(at), "5") for at in range(20)]
        write(tmp_path, name, made)
    training, held = split_by_group(load_linked(tmp_path, "train"), share=0.2)
    assert len(held) == 3 * 4
    assert not {one.name.rpartition("-")[2] for one in training} & {
        one.name.rpartition("-")[2] for one in held
    }


def keys(documents):
    for one in documents:
        number, total = (one["fields"].get(key) for key in ("invoice_number", "grand_total"))
        if number and total:
            yield "".join(filter(str.isalnum, number[0].casefold())), float(total[0])
        if one.get("template"):
            yield one["template"]


def test_no_invoice_and_no_template_of_the_data_sets_is_on_both_sides():
    files = [CORPORA[name].file(DATA, "train") for name in E_INVOICE_SETS]
    if missing := [str(file) for file in files if not file.is_file()]:
        pytest.skip(f"the data sets are not here: {', '.join(missing)}")
    documents = {one["id"]: one for file in files for one in read_json_lines(file)}
    training, held = split_by_group(load_linked(DATA, "train"), share=0.2)
    assert held
    assert len(training) + len(held) == len(documents)
    sides = [set(keys(documents[one.name] for one in part)) for part in (training, held)]
    assert not sides[0] & sides[1]
