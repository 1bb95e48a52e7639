"""The trained model in the pipeline. A small one with random weights knows nothing, but it makes
the stages meet whatever a model can say; what they make of it is tested with scripted readings."""

import re
import shutil
from datetime import date
from decimal import Decimal
from itertools import pairwise

import numpy as np
import pytest

from docextract import doctor, resources
from docextract.document import Box, Document, Kind, Origin, Page, SourceType, Word
from docextract.encoding import encoder_cache as seen
from docextract.encoding.encoder_input import passage_of
from docextract.encoding.queries import field_sentence, kind_sentences
from docextract.encoding.score_calibration import Calibration, Point, curve, fitted
from docextract.errors import ConfigError
from docextract.evidence.origins import method
from docextract.extraction.context import Case
from docextract.extraction.model.candidates import Model, by_model
from docextract.extraction.model.typed_decoding import answers
from docextract.extraction.tables.source_choice import one_source
from docextract.layout.labels import Lexicon
from docextract.layout.segments import Sheet
from docextract.models.bi_encoder.decoding import Candidate
from docextract.pipeline import Pipeline
from docextract.resolution.assignment import merged
from docextract.schema import KindSchema, Schema
from docextract.stages.classify import Classify
from docextract.stages.entities import Entities
from docextract.stages.fields import Fields
from tests.made_values import make_span, make_value

SLIP = Schema(
    name="slip",
    kind=KindSchema(descriptions=("A slip of a shop.",)),
    fields={
        "total": {"type": "money", "description": "total: what is to pay"},
        "day": {"type": "date", "description": "day: when it was"},
        "shop": {"type": "name", "description": "shop: who sold"},
        "address": {"type": "address", "description": "address: where"},
        "guests": {"type": "name", "many": True},
        "items": {
            "type": "rows",
            "description": "items: what was bought",
            "fields": {"what": {"type": "text"}, "price": {"type": "money"}},
        },
    },
    checks=[{"rule": "sum(items.price) == total"}],
)
LETTER = Schema(name="letter", description="A letter.")
PATHS = [path for path, _ in SLIP.walk()]
MODEL = Model(Origin(SourceType.MODEL, "made@00000000"), Calibration({}))


@pytest.fixture
def stages(tiny_model):
    """The three stages that ask the small model."""
    given = {"model": str(tiny_model), "device": "cpu"}
    return (
        Classify(schemas=(SLIP, LETTER), **given),
        Entities(least=0.05, **given),
        Fields(schemas=(SLIP, LETTER), **given),
    )


@pytest.fixture
def eyes(tiny_model):
    return seen.eyes(str(tiny_model), "cpu")


def run(stages, docs):
    for stage in stages:
        docs = stage(docs)
    return docs


class Scripted:
    """A reading that says what a test has written down: (path, first, last, score)."""

    def __init__(self, *said):
        self.said = said

    def spans(self, sentences, *, least):
        asked = [field_sentence(SLIP, path) for path in PATHS]
        assert list(sentences) == asked
        found = [Candidate(PATHS.index(path), *rest) for path, *rest in self.said]
        return sorted((c for c in found if c.score >= least), key=lambda c: -c.score)


@pytest.fixture
def asked(doc):
    """`asked([line, ...], (path, first, last, score), ...)`: the model's values."""

    def ask(lines, *said, model=MODEL):
        case = case_of(lines if isinstance(lines, Document) else doc(*lines))
        return list(by_model(case, Scripted(*said), model))

    return ask


def case_of(document):
    return Case(Sheet(document), SLIP, Lexicon(SLIP))


# What the model sees of a document


def test_a_passage_has_the_words_of_all_pages_in_thousandths(doc):
    made = passage_of(doc(["Total 12.50"], ["second page"]))
    assert made.texts == ("Total", "12.50", "second", "page")
    assert made.lines.tolist() == [0, 0, 1, 1]
    assert made.boxes is not None
    np.testing.assert_allclose(made.boxes[0], [84.03, 59.38, 134.45, 71.26], atol=0.01)
    np.testing.assert_allclose(made.boxes[2, :2], made.boxes[0, :2])


def test_words_on_a_page_without_a_size_have_no_layout():
    words = tuple(Word(text, Box(0, 0, 1, 1)) for text in ("one", "two"))
    made = passage_of(Document("text", pages=(Page(1, 0, 0, (words,)),)))
    assert made.texts == ("one", "two")
    assert made.boxes is None


def test_a_document_without_words_is_an_empty_passage(doc):
    assert len(passage_of(doc([]))) == 0


def test_a_box_beyond_the_page_is_on_its_edge():
    words = (Word("a", Box(-9, -9, 5, 5)), Word("b", Box(90, 90, 900, 900)))
    made = passage_of(Document("x", pages=(Page(1, 100, 100, (words,)),)))
    assert made.boxes is not None
    assert (made.boxes.min(), made.boxes.max()) == (0, 1000)


@pytest.mark.model
def test_all_stages_share_one_pass_over_each_window(stages, doc, eyes, monkeypatch):
    def everything(docs):
        classified = [one.add(kind=Kind("slip", 1.0)) for one in stages[0](docs)]
        return run(stages[1:], classified)

    everything([doc("Corner Shop")])  # from here the sentences of all labels are known
    windows = []
    forward = eyes.engine._forward
    monkeypatch.setattr(eyes.engine, "_forward", lambda p: windows.extend(p) or forward(p))
    everything([doc(*[f"page {n} has a line of words"] * 20) for n in range(3)])
    seen_windows = {(window.ids.tobytes(), window.first) for window in windows}
    assert len(windows) == len(seen_windows) > 3


@pytest.mark.model
def test_readings_are_forgotten_beyond_a_number_of_words_but_not_the_batch(eyes, doc, monkeypatch):
    monkeypatch.setattr(seen, "HELD_WORDS", 5)
    docs = [doc("one two three") for _ in range(4)]
    first = eyes.read(docs)
    assert eyes.read(docs) == first
    eyes.read([doc("four five")])
    assert sum(reading.words for _, reading in eyes._held.values()) <= 5
    assert eyes.read(docs[:1]) != first[:1]


@pytest.mark.model
def test_a_document_given_twice_is_read_once(eyes, doc):
    one = doc("one two three")
    a, b = eyes.read([one, one.add(kind=Kind("slip", 1.0))])
    assert a is b


@pytest.mark.model
def test_results_do_not_depend_on_the_batch(stages, doc):
    docs = [
        doc("Corner Shop", "Total    12.50", "3 May 2024", name="a"),
        doc("Dear Ms Weber,", *["thank you for your letter"] * 30, name="b"),
        doc([], name="c"),
    ]
    together = run(stages, docs)
    seen._eyes.cache_clear()
    backwards = run(stages, docs[::-1])[::-1]
    seen._eyes.cache_clear()
    alone = [run(stages, [one])[0] for one in docs]
    assert together == backwards == alone


# Kinds


@pytest.mark.model
def test_a_kind_names_the_model_and_the_words_that_told(stages, doc):
    made = doc("Corner Shop", "Total 12.50")
    stage = Classify(schemas=(SLIP, LETTER), model=stages[0].model, device="cpu", least=0.0)
    (done,) = stage([made])
    kind = done.kind
    assert kind is not None
    assert kind.origin.startswith("model:tiny@")
    assert {kind.label, *(name for name, _ in kind.runners_up)} == {"slip", "letter", "unknown"}
    assert kind.confidence + sum(share for _, share in kind.runners_up) == pytest.approx(1)


def test_a_kind_without_sentences_is_described_by_what_its_schema_says():
    assert kind_sentences(LETTER) == ("A letter.",)
    assert kind_sentences(Schema(name="bank_note")) == ("A bank note.",)


def test_a_field_without_a_description_is_asked_for_by_its_name():
    assert field_sentence(SLIP, "guests") == "guests, in a slip"
    assert field_sentence(SLIP, "items") == "one row of items: what was bought"


# Entities


@pytest.mark.model
def test_entities_of_the_model_do_not_overlap_those_of_the_rules(stages, doc):
    made = doc("Ada Lovelace of London", "DE89 3704 0044 0532 0130 00", "on 31.01.2024")
    (done,) = stages[1]([made])
    assert "IBAN" in {span.label for span in done.entities}
    assert {span.origin.source for span in done.entities} == {"model", "rule"}
    for a, b in pairwise(done.entities):
        assert a.end <= b.start


@pytest.mark.model
def test_only_the_labels_that_are_wanted_are_asked_for(stages, doc):
    stage = Entities(labels=("PERSON",), model=stages[1].model, least=0.01, device="cpu")
    (done,) = stage([doc("Ada Lovelace of London", "on 31.01.2024")])
    assert {span.label for span in done.entities} == {"PERSON"}


# Fields


def test_a_value_carries_its_words_score_and_origin(asked):
    (value,) = asked(["Total    12.50"], ("total", 1, 2, 0.9))
    assert (value.value, value.raw, value.spans) == (Decimal("12.50"), "12.50", ((6, 11),))
    assert (value.confidence, str(value.first)) == (0.9, "model:made@00000000 0.90")


@pytest.mark.parametrize(
    ("line", "span", "raw"),
    [
        ("on 3 May 2024 at noon", (1, 3), "3 May 2024"),  # cut short
        ("on 3 May 2024 at noon", (1, 5), "3 May 2024"),  # a neighbour taken along
        ("Date:03/05/2024 10:21", (0, 2), "03/05/2024"),  # in one word with its label
        ("2024-05-03", (0, 1), "2024-05-03"),
    ],
)
def test_the_form_of_a_date_corrects_the_borders(asked, line, span, raw):
    (value,) = asked([line], ("day", *span, 0.9))
    assert (value.value, value.raw) == (date(2024, 5, 3), raw)


def test_an_iban_is_found_whole_from_any_of_its_groups(doc):
    schema = Schema(name="slip", fields={"iban": {"type": "iban"}})
    sheet = Sheet(doc("IBAN DE89 3704 0044 0532 0130 00, at a bank"))
    case = Case(sheet, schema, Lexicon(schema))
    for first, last in ((1, 2), (3, 5), (0, 7), (6, 8)):
        (answer,) = answers(case, schema.fields["iban"], [Candidate(0, first, last, 0.9)], most=1)
        assert (answer.first, answer.last) == (1, 7)
        assert answer.value == "DE89370400440532013000"


def test_borders_move_by_a_word_when_the_words_are_no_value(asked):
    (value,) = asked(["Total 12.50 thanks"], ("total", 0, 1, 0.9))
    assert value.value == Decimal("12.50")
    assert value.confidence < 0.9


def test_borders_do_not_move_onto_another_line(asked):
    assert asked(["Total", "12.50"], ("total", 0, 1, 0.9)) == []


def test_what_is_no_value_makes_room_for_the_next_candidate(asked):
    found = asked(["to pay in all 12.50 EUR"], ("total", 0, 2, 0.9), ("total", 0, 6, 0.6))
    assert [value.value for value in found] == [Decimal("12.50")]


def test_candidates_of_one_field_share_no_word(asked):
    found = asked(
        ["Ada Lovelace Byron"],
        ("shop", 0, 2, 0.9), ("shop", 0, 3, 0.8), ("shop", 2, 3, 0.4),
    )  # fmt: skip
    assert [value.raw for value in found] == ["Ada Lovelace", "Byron"]


def test_no_value_crosses_a_page(asked, doc):
    made = doc(["Corner"], ["Shop"])
    assert asked(made, ("shop", 0, 2, 0.9)) == []


def test_an_address_in_pieces_beside_another_is_joined(asked):
    lines = ["12 High Street      9 Low Road", "London N1 6XE       Leeds LS1 4AP"]
    found = asked(lines, ("address", 0, 3, 0.9), ("address", 6, 9, 0.8))
    (value,) = found
    assert value.value == "12 High Street, London N1 6XE"
    assert len(value.spans) == 2
    assert value.confidence == 0.8


def test_pieces_of_other_columns_are_not_joined(asked):
    lines = ["12 High Street      9 Low Road", "London N1 6XE       Leeds LS1 4AP"]
    found = asked(lines, ("address", 0, 3, 0.9), ("address", 9, 12, 0.8))
    assert len(found) == 2


def test_a_name_that_runs_over_two_blocks_ends_at_the_gap(asked):
    lines = ["Tarn Paper Ltd          Valley Bank"]
    (value,) = asked(lines, ("shop", 0, 5, 0.9))
    assert (value.value, value.raw) == ("Tarn Paper Ltd", "Tarn Paper Ltd")
    assert value.first.score == pytest.approx(0.72)


def test_an_address_that_runs_over_two_blocks_keeps_to_its_column(asked):
    lines = ["14 Mill Row          Valley Bank", "HD4 7QX Harrow       IBAN GB33"]
    (value,) = asked(lines, ("address", 0, 9, 0.9))
    assert value.value == "14 Mill Row, HD4 7QX Harrow"


def test_pieces_of_an_address_with_a_sign_between_are_one(asked):
    (value,) = asked(
        ["Inn · High Street 12 · London"], ("address", 2, 5, 0.9), ("address", 6, 7, 0.8)
    )
    assert value.value == "High Street 12, London"


@pytest.mark.parametrize("line", ["High Street 12      Low Road", "High Street 12 or Low Road"])
def test_addresses_beside_each_other_stay_two(asked, line):
    start = 4 if " or " in line else 3
    assert len(asked([line], ("address", 0, 3, 0.9), ("address", start, start + 2, 0.8))) == 2


def test_lines_of_an_address_told_one_by_one_are_joined(asked):
    (value,) = asked(["High Street 12", "London"], ("address", 0, 3, 0.9), ("address", 3, 4, 0.8))
    assert value.value == "High Street 12, London"


def test_lines_with_labels_of_their_own_are_not_joined(asked):
    said = ("shop", 1, 3, 0.9), ("shop", 4, 6, 0.8)
    found = asked(["Total:    Citizens Bridges", "Product:  Yes on"], *said)
    assert [one.value for one in found] == ["Citizens Bridges", "Yes on"]


def test_a_line_that_is_not_sure_makes_another_value_of_the_address(asked):
    found = asked(["High Street 12", "London"], ("address", 0, 3, 0.4), ("address", 3, 4, 0.8))
    assert [(one.value, one.confidence) for one in found] == [
        ("London", 0.8),
        ("High Street 12", 0.4),
        ("High Street 12, London", 0.4),
    ]


def test_each_of_many_values_is_kept_apart(asked):
    found = asked(
        ["Ada      Bob", "Cleo     Dan"],
        *[("guests", n, n + 1, 0.9) for n in range(4)],
    )
    assert [value.raw for value in found] == ["Ada", "Bob", "Cleo", "Dan"]


def test_cells_belong_to_the_row_that_has_their_words(asked):
    found = asked(
        ["Green tea    2.50", "Milk    1.20", "Total 3.70"],
        ("items", 0, 3, 0.9), ("items", 3, 5, 0.8), ("items", 0, 2, 0.4),
        ("items.what", 0, 2, 0.9), ("items.what", 3, 4, 0.9),
        ("items.price", 2, 3, 0.9), ("items.price", 4, 5, 0.7), ("items.price", 6, 7, 0.7),
    )  # fmt: skip
    assert [(v.row, v.field, v.raw) for v in found] == [
        (0, "items.what", "Green tea"),
        (0, "items.price", "2.50"),
        (1, "items.what", "Milk"),
        (1, "items.price", "1.20"),
    ]


def test_a_cell_in_two_lines_is_one_value(asked):
    found = asked(
        ["Green tea    2.50", "from Japan"],
        ("items", 0, 5, 0.9), ("items.what", 0, 2, 0.9), ("items.what", 3, 5, 0.8),
        ("items.price", 2, 3, 0.9),
    )  # fmt: skip
    assert [v.value for v in found] == ["Green tea from Japan", Decimal("2.50")]


@pytest.mark.parametrize("order", [1, -1])
def test_a_table_is_of_one_source_the_one_that_adds_up(asked, doc, order):
    lines = ["Tea    2.50", "Milk    1.20", "Total    3.70"]
    rows = [("items", 0, 2, 0.9), ("items", 2, 4, 0.8)]
    whole = asked(lines, *rows, ("items.price", 1, 2, 0.4), ("items.price", 3, 4, 0.4))
    part = asked(lines, *rows, ("items.price", 1, 2, 0.95), ("items.what", 0, 1, 0.9))
    found = one_source(case_of(doc(*lines)), *(whole, part)[::order])
    assert found == whole


def test_of_two_tables_the_one_that_promises_more_cells_counts(asked, doc):
    lines = ["Tea    2.50", "Milk    1.20"]
    some = asked(lines, ("items", 0, 2, 0.9), ("items.price", 1, 2, 0.9))
    more = asked(lines, ("items", 0, 2, 0.9), ("items.price", 1, 2, 0.9), ("items.what", 0, 1, 0.5))
    other = asked(lines, ("shop", 0, 1, 0.9))
    assert one_source(case_of(doc(*lines)), [*some, *other], more) == [*other, *more]


def test_rules_and_model_that_agree_are_surer_than_either(asked):
    (value,) = asked(["Total    12.50"], ("total", 1, 2, 0.7))
    rule = make_value("total", "12.50", value.value, 0.8, value.spans, "rule:label right")
    (both,) = merged([value, rule])
    assert both.confidence == pytest.approx(1 - 0.3 * 0.2)
    assert method(value.origin) == "model"


@pytest.mark.model
def test_the_stage_adds_the_models_values_to_those_of_the_rules(stages, doc):
    made = doc("Corner Shop", "Total    12.50").add(kind=Kind("slip", 1.0))
    (done,) = stages[2]([made])
    assert {value.origin.source for value in done.candidates} <= {"rule", "model"}
    assert any(str(value.origin).startswith("model:tiny@") for value in done.candidates)
    for value in done.candidates:
        told = "\n".join(done.text[start:end] for start, end in value.spans)
        assert told == value.raw


@pytest.mark.model
def test_the_model_can_be_asked_alone(tiny_model, doc):
    stage = Fields((SLIP,), model=str(tiny_model), rules=False, device="cpu")
    (done,) = stage([doc("Corner Shop", "Total    12.50").add(kind=Kind("slip", 1.0))])
    assert {value.origin.source for value in done.candidates} == {"model"}
    with pytest.raises(ConfigError, match="nothing is found"):
        Fields((SLIP,), model="", rules=False)


def test_entities_of_the_model_are_no_rule_for_fields(doc):
    schema = Schema(name="slip", fields={"who": {"type": "name", "entities": ["ORG"]}})
    given = doc("by Acme today").add(kind=Kind("slip", 1.0))
    found = []
    for origin in ("spacy:x 1.0", "model:default@0"):
        entities = (make_span(3, 7, "ORG", 0.9, origin),)
        (done,) = Fields((schema,), model="")([given.add(entities=entities)])
        found.append([value.raw for value in done.candidates])
    assert found == [["Acme"], []]


# Scores and confidences


def test_without_a_table_a_score_is_the_confidence(tmp_path):
    assert Calibration.load(tmp_path)(0.37, "money") == 0.37


def test_a_table_is_saved_and_read_between_its_points(tmp_path):
    table = Calibration({"money": (Point(0.2, 0.1), Point(0.6, 0.9)), "all": (Point(0.5, 0.5),)})
    table.save(tmp_path)
    read = Calibration.load(tmp_path)
    assert read == table
    assert [read(score, "money") for score in (0.1, 0.2, 0.4, 0.9)] == pytest.approx(
        [0.1, 0.1, 0.5, 0.9]
    )
    assert read(0.99, "date") == 0.5
    assert read.fingerprint == table.fingerprint != Calibration({}).fingerprint


def test_a_damaged_table_is_named(tmp_path):
    (tmp_path / "calibration.json").write_text('{"money": [[1]]}')
    with pytest.raises(ConfigError, match=r"calibration\.json"):
        Calibration.load(tmp_path)


def test_a_fitted_curve_never_falls_and_meets_what_was_measured():
    rng = np.random.default_rng(0)
    scores = rng.random(20_000)
    right = rng.random(20_000) < scores**2
    table = fitted(zip(["money"] * 20_000, scores.tolist(), right.tolist(), strict=True))
    points = table.points["money"]
    assert all(a.share <= b.share and a.score < b.score for a, b in pairwise(points))
    for score in (0.3, 0.5, 0.8):
        assert table(score, "money") == pytest.approx(score**2, abs=0.05)
    assert table.points["all"] == points


def test_few_values_make_no_curve_of_their_own():
    few = [("date", 0.5, True)] * 40
    many = [("money", 0.5, False)] * 400
    assert fitted([*few, *many]).points.keys() == {"money", "all"}


def test_no_share_is_certain():
    assert curve([(0.9, True)] * 98)[-1].share == pytest.approx(99 / 100)


# Models by name


def test_a_model_is_found_by_name_or_path(tiny_model, tmp_path, monkeypatch):
    monkeypatch.chdir(tiny_model.parent.parent)
    (tmp_path / "models").symlink_to(tiny_model.parent)
    monkeypatch.chdir(tmp_path)
    assert resources.model("tiny").resolve() == tiny_model
    assert resources.model(str(tiny_model)) == tiny_model
    assert "tiny" in resources.available("models")


def test_a_missing_model_says_what_there_is_and_what_to_do(tmp_path):
    with pytest.raises(ConfigError, match=r"no model 'nope'; there are: .*docextract train"):
        resources.model("nope")
    with pytest.raises(ConfigError, match=r"no model in .*config\.json"):
        Fields(model=str(tmp_path)).fingerprint  # noqa: B018


@pytest.mark.model
def test_the_fingerprint_of_a_pipeline_changes_with_the_model(tiny_model, tmp_path):
    def fingerprint(model: str) -> str:
        path = tmp_path / "mine.toml"
        path.write_text(f'[[stage]]\nuse = "fields"\nmodel = "{model}"\n')
        return Pipeline.load(str(path)).fingerprint

    other = tmp_path / "other"
    other.mkdir()
    for file in tiny_model.iterdir():
        (other / file.name).write_bytes(file.read_bytes())
    assert fingerprint(str(other)) == fingerprint(str(tiny_model)) != fingerprint("")
    (other / "calibration.json").write_text('{"all": [[0.5, 0.5]]}')
    seen._eyes.cache_clear()
    assert fingerprint(str(other)) != fingerprint(str(tiny_model))


@pytest.mark.model
@pytest.mark.parametrize(
    ("card", "licence"),
    [("---\nlicense: apache-2.0\n---\n", "apache-2.0"), ("", "licence not stated")],
)
def test_the_doctor_shows_every_model_with_hash_licence_and_device(
    tiny_model, tmp_path, monkeypatch, card, licence
):
    folder = tmp_path / "models" / "mine"
    shutil.copytree(tiny_model, folder)
    (folder / "README.md").write_text(card)
    monkeypatch.chdir(tmp_path)
    (found,) = [finding for finding in doctor.examine() if finding.name == "model mine"]
    assert found.state == "ok"
    assert re.fullmatch(rf"{licence}, sha256 [0-9a-f]{{12}}\.\.\., runs on \w+", found.detail)
    (folder / "model.safetensors").unlink()
    (found,) = [finding for finding in doctor.examine() if finding.name == "model mine"]
    assert (found.state, found.detail[-22:]) == ("missing", "it has no model.safetensors"[-22:])
