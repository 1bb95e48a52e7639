"""What payment codes say. The examples are those of the standards, with invented names."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docextract.values.payments import Payment, parse_payment

SEPA = [
    *("BCD", "001", "1", "SCT", "BFSWDE33BER", "Garden Society", "DE33100205000001194700"),
    *("EUR123.45", "", "", "Plot 17"),
]
#: A QR-IBAN with its reference, then an address of either form.
SWISS = [
    *("SPC", "0200", "1", "CH4431999123000889012"),
    *("S", "Robert Schneider AG", "Rue du Lac", "1268", "2501", "Biel", "CH"),
    *[""] * 7,
    *("1949.75", "CHF"),
    *("K", "Pia Rutschmann", "Marktgasse 28", "9400 Rorschach", "", "", "CH"),
    *("QRR", "210000000003139471430009017", "Instruction of 3 April", "EPD"),
]


def changed(lines, **parts):
    """The code's text with lines replaced: `_7="EUR1"` is the eighth."""
    made = list(lines)
    for at, line in parts.items():
        made[int(at[1:])] = line
    return "\n".join(made)


def test_a_sepa_payment_is_read_whole():
    assert parse_payment("\n".join(SEPA)) == Payment(
        standard="epc",
        iban="DE33100205000001194700",
        name="Garden Society",
        amount=Decimal("123.45"),
        currency="EUR",
        message="Plot 17",
    )


def test_a_swiss_bill_is_read_whole():
    assert parse_payment("\n".join(SWISS)) == Payment(
        standard="swiss",
        iban="CH4431999123000889012",
        name="Robert Schneider AG",
        amount=Decimal("1949.75"),
        currency="CHF",
        reference="210000000003139471430009017",
        message="Instruction of 3 April",
        address="Rue du Lac 1268, 2501 Biel",
        payer_name="Pia Rutschmann",
        payer_address="Marktgasse 28, 9400 Rorschach",
    )


@pytest.mark.parametrize(
    "text",
    [
        "\r\n".join(SEPA),
        "\n".join(SEPA) + "\n",
        "\n".join(SEPA[:8]),
        changed(SEPA, _1="002", _4=""),
        changed(SEPA, _9="RF18539007547034", _10=""),
        "\r\n".join(SWISS),
        "\n".join([*SWISS, "//S1/10/X"]),
        "\n".join([*SWISS, "", "", ""]),
        changed(SWISS, **{f"_{at}": "" for at in range(20, 27)}),
        changed(SWISS, _3="CH5800791123000889012", _27="SCOR", _28="RF18539007547034"),
        changed(SWISS, _3="CH5800791123000889012", _27="NON", _28=""),
    ],
)
def test_what_a_standard_leaves_open_may_be_left_out(text):
    assert parse_payment(text) is not None


@pytest.mark.parametrize(
    ("printed", "amount"), [("EUR5", "5.00"), ("EUR5.5", "5.50"), ("EUR0.01", "0.01"), ("", None)]
)
def test_a_sepa_amount_comes_with_cents(printed, amount):
    found = parse_payment(changed(SEPA, _7=printed))
    assert found is not None
    assert (str(found.amount) if found.amount else None) == amount


def test_a_bill_over_nothing_is_a_notification_without_an_amount():
    found = parse_payment(changed(SWISS, _18="0.00"))
    assert found is not None and found.amount is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "BCD",
        "BCD\n" * 12,
        "SPC\n" * 31,
        "https://pay.example/BCD",
        "\n".join([*SEPA, "hint", "one line too many"]),
        changed(SEPA, _1="003"),
        changed(SEPA, _2="9"),
        changed(SEPA, _3="SDD"),
        changed(SEPA, _4=""),  # version 001 names the bank
        changed(SEPA, _5=""),
        changed(SEPA, _5="n" * 71),
        changed(SEPA, _6="DE33100205000001194701"),  # its check digits are wrong
        changed(SEPA, _6="DE33 1002 0500 0001 1947 00"),
        changed(SEPA, _7="EUR1234567890.00"),
        changed(SEPA, _7="EUR1,50"),
        changed(SEPA, _7="USD1.50"),
        changed(SEPA, _7="EUR0.00"),
        changed(SEPA, _7="EUR-5"),
        changed(SEPA, _7="EUR٥"),
        changed(SEPA, _8="LONGER"),
        changed(SEPA, _9="RF18539007547034"),  # beside a message
        changed(SEPA, _9="RF19539007547034", _10=""),
        changed(SEPA, _10="m" * 141),
        changed(SEPA, _5="Garden\x00Society"),
        changed(SEPA, _5="Garden\u202eSociety"),  # turns the direction of reading
        "\n".join(SWISS[:30]),
        "\n".join([*SWISS, "", "", "", ""]),
        changed(SWISS, _1="0300"),
        changed(SWISS, _2="2"),
        changed(SWISS, _3="DE33100205000001194700"),
        changed(SWISS, _3="CH5800791123000889012"),  # no QR-IBAN for a QR reference
        changed(SWISS, _4="X"),
        changed(SWISS, _5=""),
        changed(SWISS, _9=""),
        changed(SWISS, _10="Switzerland"),
        changed(SWISS, _12="Somebody else"),
        changed(SWISS, _18="1949.7"),
        changed(SWISS, _18="01949.75"),
        changed(SWISS, _19="USD"),
        changed(SWISS, _24="9400"),
        changed(SWISS, _28="210000000003139471430009018"),
        changed(SWISS, _27="NON"),
        changed(SWISS, _29="m" * 141),
        changed(SWISS, _30="END"),
    ],
)
def test_a_code_that_breaks_a_rule_is_no_payment(text):
    assert parse_payment(text) is None


@given(st.text())
def test_any_text_is_a_payment_or_none(text):
    assert parse_payment(text) is None or parse_payment(text).iban


@given(
    st.sampled_from([SEPA, SWISS]),
    st.lists(st.tuples(st.integers(0, 40), st.text(max_size=40)), max_size=3),
)
def test_a_code_with_any_lines_spoilt_is_a_payment_or_none(lines, spoilt):
    made = list(lines)
    for at, text in spoilt:
        made[at % len(made)] = text
    found = parse_payment("\n".join(made))
    assert found is None or (found.iban and found.name)
