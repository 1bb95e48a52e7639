"""Orders for television spots: which programmes, how often, at what rate."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from sample_docs.make.facts.firms import Firm
from sample_docs.make.facts.printed import cents
from sample_docs.make.facts.record import Fact, Json, record

AGENCY_SHARE = Decimal("0.15")


@dataclass(frozen=True)
class Buy:
    """Spots in one programme; `spots` has one count a week of the flight."""

    programme: str
    days: str
    time: str
    length: str
    spots: tuple[int, ...]
    rate: Decimal

    @property
    def amount(self) -> Decimal:
        """All its spots."""
        return sum(self.spots) * self.rate


@dataclass(frozen=True)
class AdBuy:
    """A contract between a station and an advertiser's agency."""

    contract_number: str
    station: Firm
    advertiser: str
    product: str
    agency: Firm
    signed: date
    flight_start: date
    flight_end: date
    buys: tuple[Buy, ...]

    @property
    def weeks(self) -> tuple[date, ...]:
        """The first day of each week of the flight."""
        days = (self.flight_end - self.flight_start).days + 1
        return tuple(self.flight_start + timedelta(days=at) for at in range(0, days, 7))

    @property
    def gross(self) -> Decimal:
        """Before the agency's commission."""
        return sum((buy.amount for buy in self.buys), Decimal())

    @property
    def commission(self) -> Decimal:
        """What the agency keeps."""
        return cents(self.gross * AGENCY_SHARE)

    def record(self) -> Json:
        """As a person would write it down."""
        data: dict[str, Fact] = {
            "contract_number": self.contract_number,
            "advertiser": self.advertiser,
            "gross_amount": self.gross,
            "flight_start": self.flight_start,
            "flight_end": self.flight_end,
        }
        return record("ad_buy", data)


def _buy(programme: str, days: str, time: str, spots: str, rate: str) -> Buy:
    return Buy(programme, days, time, ":30", tuple(map(int, spots.split())), Decimal(rate))


KQZT = AdBuy(
    contract_number="2488167",
    station=Firm(
        "KQZT-TV Channel 9",
        ("500 Transmitter Road", "Dry Fork, NV 89999"),
        phone="(775) 555-0190",
        contact="Marlene Oyelaran",
    ),
    advertiser="Citizens for Safer Bridges",
    product="Yes on Measure 14",
    agency=Firm(
        "Halvorsen Pike Media",
        ("41 Lantern Street, Suite 300", "Port Ellery, WA 98999"),
        phone="(206) 555-0114",
        contact="Tobias Renquist",
    ),
    signed=date(2026, 9, 2),
    flight_start=date(2026, 9, 28),
    flight_end=date(2026, 11, 1),
    buys=(
        _buy("Daybreak News 5a", "M-F", "5:00a-6:00a", "5 5 5 8 10", "85.00"),
        _buy("Daybreak News 6a", "M-F", "6:00a-7:00a", "5 5 5 8 10", "140.00"),
        _buy("Morning Table", "M-F", "9:00a-10:00a", "3 3 4 4 5", "110.00"),
        _buy("Midday Report", "M-F", "12:00p-12:30p", "4 4 4 5 5", "125.00"),
        _buy("The Verdict Room", "M-F", "3:00p-4:00p", "2 2 3 3 5", "95.00"),
        _buy("Channel 9 News at 5", "M-F", "5:00p-5:30p", "3 3 3 5 5", "310.00"),
        _buy("Channel 9 News at 6", "M-F", "6:00p-6:30p", "3 3 3 5 5", "420.00"),
        _buy("Spin to Win", "M-F", "7:00p-7:30p", "2 2 2 3 3", "560.00"),
        _buy("Prime Rotation", "M-Su", "8:00p-11:00p", "1 1 2 2 3", "1150.00"),
        _buy("Channel 9 News at 11", "M-Su", "11:00p-11:35p", "4 4 4 6 7", "275.00"),
        _buy("Sunday Scrimmage", "Su", "1:00p-4:00p", "1 1 1 2 2", "1480.00"),
        _buy("Weekend Rotation", "Sa-Su", "6:00a-12:00n", "4 4 4 4 6", "70.00"),
    ),
)
