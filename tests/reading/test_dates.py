import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.reading.dates import find_periods, is_month, months_of
from assay.reading.model import PartialDate, Period


def read(text):
    return [
        (
            text[p.start : p.end],
            (p.since.year, p.since.month) if p.since else None,
            (p.until.year, p.until.month) if p.until else None,
            p.is_current,
        )
        for p in find_periods(text=text)
    ]


@pytest.mark.parametrize(
    ("text", "since", "until", "is_current"),
    [
        ("since 03/2021", (2021, 3), None, True),
        ("seit 2019", (2019, 0), None, True),
        ("depuis mars 2020", (2020, 3), None, True),
        ("Sommer 2019", (2019, 6), (2019, 8), False),
        ("WS 2018/19", (2018, 10), (2019, 3), False),
        ("2019–now", (2019, 0), None, True),
        ("Jan. 2020 – heute", (2020, 1), None, True),
        ("Nov. 2019 bis dato", (2019, 11), None, True),
        ("2018/19", (2018, 0), (2019, 0), False),
        ("1998-99", (1998, 0), (1999, 0), False),
        ("mars 2020 à aujourd’hui", (2020, 3), None, True),
        ("enero de 2020 hasta la actualidad", (2020, 1), None, True),
        ("Sep ’19", (2019, 9), (2019, 9), False),
        ("Oct’20-Present", (2020, 10), None, True),
        ("03.2017-", (2017, 3), None, True),
        ("Q2 2020", (2020, 4), (2020, 6), False),
        ("May – August 2019", (2019, 5), (2019, 8), False),
        ("Nov – Feb 2019", (2018, 11), (2019, 2), False),
        ("06–09/2019", (2019, 6), (2019, 9), False),
        ("01.10.2015 - 31.03.2018", (2015, 10), (2018, 3), False),
        ("March 15, 2020 - April 2021", (2020, 3), (2021, 4), False),
        ("03/21 - 05/22", (2021, 3), (2022, 5), False),
        ("Sept. 2014 to\tMay 2016", (2014, 9), (2016, 5), False),
        ("July 2016 –\nMay 2018", (2016, 7), (2018, 5), False),
        ("2016-07 - 2018-05", (2016, 7), (2018, 5), False),
        ("Fall 2018 - Spring 2020", (2018, 9), (2020, 5), False),
    ],
)
def test_find_periods_whole_text_is_one_period(text, since, until, is_current):
    assert read(text) == [(text, since, until, is_current)]


@pytest.mark.parametrize(
    "text",
    [
        "+49 171 2019 345",
        "(415) 555-2019",
        "page 3",
        "GPA 3.92/4.00",
        "€2019",
        "may lead",
        "march on",
        "v20.10",
        "12:30",
    ],
)
def test_find_periods_other_numbers_yield_nothing(text):
    assert read(text) == []


def test_find_periods_expected_date_ends_without_beginning():
    assert read("Expected May 2025") == [("May 2025", None, (2025, 5), False)]


def test_find_periods_reads_several_in_order():
    text = "2010 - 2014 school, then Jan 2015 – Mar 2016, since 2017"
    assert [p[0] for p in read(text)] == ["2010 - 2014", "Jan 2015 – Mar 2016", "since 2017"]


@given(st.text(alphabet="0123456789 /.-–’aeijlmnoprsuy\t\n(2019", max_size=60))
def test_find_periods_spans_lie_in_order_inside_any_text(text):
    ends = [0]
    for period in find_periods(text=text):
        assert ends[-1] <= period.start < period.end <= len(text)
        assert any(char.isdigit() for char in text[period.start : period.end])
        ends.append(period.end)


@given(
    st.integers(1950, 2035),
    st.integers(1, 12),
    st.integers(0, 59),
    st.sampled_from([" – ", "-", " to ", " bis ", " — "]),
)
def test_find_periods_numeric_range_gives_its_ends_and_length(year, month, length, dash):
    last = year * 12 + month - 1 + length
    text = f"{month:02d}/{year}{dash}{last % 12 + 1:02d}/{last // 12}"
    (period,) = find_periods(text=text)
    assert (period.since, period.until) == (
        PartialDate(year=year, month=month),
        PartialDate(year=last // 12, month=last % 12 + 1),
    )
    assert months_of(period=period, today=PartialDate(year=2040, month=1)) == length + 1


def test_months_of_current_period_runs_to_today():
    period = Period(start=0, end=1, since=PartialDate(year=2024, month=12), is_current=True)
    assert months_of(period=period, today=PartialDate(year=2026, month=11)) == 24


def test_months_of_years_only_counts_whole_years():
    period = Period(start=0, end=1, since=PartialDate(year=2019), until=PartialDate(year=2021))
    assert months_of(period=period, today=PartialDate(year=2026, month=11)) == 24


def test_months_of_unstated_beginning_is_unknown():
    period = Period(start=0, end=1, until=PartialDate(year=2021))
    assert months_of(period=period, today=PartialDate(year=2026, month=11)) is None


@pytest.mark.parametrize(
    ("text", "expected"), [("March", True), ("févr.", True), ("Marketing", False), ("2020", False)]
)
def test_is_month_knows_names_and_short_forms(text, expected):
    assert is_month(text=text) is expected
