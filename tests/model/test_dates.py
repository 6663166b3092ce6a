"""Partial dates: what can be written, what it may mean, and when an order is certain."""

from __future__ import annotations

import builtins
import datetime as dt
import itertools
import time
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanctions_tracker.errors import InvalidDateError, MissingExtraError
from sanctions_tracker.model import PartialDate
from sanctions_tracker.model.dates import CIRCA_YEARS
from tests.strategies import days, partial_dates, points, ranges

if TYPE_CHECKING:
    from collections.abc import Callable


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("1975", "1975-01-01", "1975-12-31"),
        ("1975-03", "1975-03-01", "1975-03-31"),
        ("1976-02", "1976-02-01", "1976-02-29"),
        ("1900-02", "1900-02-01", "1900-02-28"),
        ("1975-03-21", "1975-03-21", "1975-03-21"),
        ("196X", "1960-01-01", "1969-12-31"),
        ("19XX", "1900-01-01", "1999-12-31"),
        ("000X", "0001-01-01", "0009-12-31"),
        ("19XX-08-15", "1900-08-15", "1999-08-15"),
        ("196X-02", "1960-02-01", "1969-02-28"),
        ("196X-02-29", "1960-02-29", "1968-02-29"),
        ("1960/1965", "1960-01-01", "1965-12-31"),
        ("1960-03/1965-04-02", "1960-03-01", "1965-04-02"),
        ("1960/1960", "1960-01-01", "1960-12-31"),
        ("0001", "0001-01-01", "0001-12-31"),
        ("9999-12-31", "9999-12-31", "9999-12-31"),
        ("1975~", "1975-01-01", "1975-12-31"),
    ],
)
def test_the_days_that_a_text_may_mean(text: str, earliest: str, latest: str) -> None:
    date = PartialDate(text)
    assert (date.earliest, date.latest) == (day(earliest), day(latest))
    assert str(date) == text


def test_open_ends() -> None:
    assert PartialDate("../1965").earliest is None
    assert PartialDate("../1965").latest == day("1965-12-31")
    assert PartialDate("1960/..").earliest == day("1960-01-01")
    assert PartialDate("1960/..").latest is None


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "expected YYYY"),
        ("75", "expected YYYY"),
        ("21/03/1975", "expected YYYY"),
        ("1975-3", "expected YYYY"),
        ("1975-03-21T00:00", "expected YYYY"),
        (" 1975", "expected YYYY"),
        ("1975\n", "expected YYYY"),
        ("١٩٧٥", "expected YYYY"),
        ("1X75", "expected YYYY"),
        ("XXXX", "expected YYYY"),
        ("-0044", "expected YYYY"),
        ("1975~~", "expected YYYY"),
        ("1975~-03", "expected YYYY"),
        ("0000", "no year 0000"),
        ("1975-00", "no month 0"),
        ("1975-13", "no month 13"),
        ("1975-02-29", "no such day"),
        ("1975-04-31", "no such day"),
        ("1975-04-00", "no such day"),
        ("190X-02-30", "no such day"),
        ("1901/1900", "ends before it starts"),
        ("1900-06/1900-05", "ends before it starts"),
        ("../..", "at least one end"),
        ("/1965", "expected YYYY"),
        ("1960/", "expected YYYY"),
        ("1960/1961/1962", "expected YYYY"),
    ],
)
def test_what_is_no_date(text: str, why: str) -> None:
    with pytest.raises(InvalidDateError, match=why) as caught:
        PartialDate(text)
    assert why in caught.value.why


@given(st.text("0123456789X-/.~?% ", max_size=12))
def test_any_text_is_a_date_or_the_one_error(text: str) -> None:
    try:
        date = PartialDate(text)
    except InvalidDateError:
        return
    assert str(date) == text
    assert date.earliest is not None or date.latest is not None


@pytest.mark.parametrize("mark", ["~", "?", "%"])
def test_circa(mark: str) -> None:
    date = PartialDate(f"1975-03-21{mark}")
    assert date.circa
    assert date.day is None
    assert date.earliest == date.latest == day("1975-03-21")
    assert not PartialDate("1975-03-21").circa
    assert PartialDate("1960~/1965").circa


def test_parts() -> None:
    def parts(text: str) -> tuple[int | None, int | None, dt.date | None]:
        date = PartialDate(text)
        return date.year, date.month, date.day

    assert parts("1975") == (1975, None, None)
    assert parts("1975-03") == (1975, 3, None)
    assert parts("1975-03-21") == (1975, 3, day("1975-03-21"))
    assert parts("19XX-03-21") == (None, 3, None)
    assert parts("1960/1965") == (None, None, None)
    assert parts("1960-01-02/1960-01-02") == (None, None, day("1960-01-02"))


@given(partial_dates)
def test_the_earliest_day_is_not_after_the_latest(date: PartialDate) -> None:
    if date.earliest is not None and date.latest is not None:
        assert date.earliest <= date.latest


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("1975", "1976"),
        ("1975", "1976-01-01"),
        ("1975-03", "1975-04"),
        ("1975-03-21", "1975-03-22"),
        ("../1965", "1966"),
        ("1960/1965", "1966/.."),
        ("195X", "196X"),
        ("1970~", "1973"),
        ("1970~", "1975~"),
    ],
)
def test_a_certain_order(left: str, right: str) -> None:
    assert PartialDate(left) < PartialDate(right)
    assert PartialDate(right) > PartialDate(left)
    assert not PartialDate(left) > PartialDate(right)
    assert not PartialDate(left).may_be(PartialDate(right))


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("1975", "1975-06"),
        ("1975", "1975"),
        ("1975-03", "1975-03-21"),
        ("1960/1965", "1965/1970"),
        ("../1965", "1960"),
        ("../1965", "../1970"),
        ("1960/..", "1950/.."),
        ("19XX", "1975"),
        ("1970~", "1972"),
        ("1970~", "1974~"),
    ],
)
def test_an_order_that_is_not_certain(left: str, right: str) -> None:
    for one, other in ((left, right), (right, left)):
        assert not PartialDate(one) < PartialDate(other)
        assert not PartialDate(one) > PartialDate(other)
        assert PartialDate(one).may_be(PartialDate(other))


def test_how_far_circa_reaches() -> None:
    about = PartialDate("2000-02-29~")
    assert CIRCA_YEARS == 2
    assert about.may_be(PartialDate("2002-02-28"))
    assert about < PartialDate("2002-03-01")
    assert about.may_be(PartialDate("1998-02-28"))
    assert PartialDate("1998-02-27") < about
    assert PartialDate("1975~").may_be(PartialDate("1977-12-31"))
    assert PartialDate("1975~") < PartialDate("1978-01-01")
    assert PartialDate("0001~").may_be(PartialDate("0001"))
    assert PartialDate("9999~").may_be(PartialDate("9999"))


@given(partial_dates)
def test_the_order_is_irreflexive(date: PartialDate) -> None:
    assert not date < PartialDate(date.edtf)
    assert date.may_be(date)


@given(partial_dates, partial_dates)
def test_the_order_is_asymmetric(left: PartialDate, right: PartialDate) -> None:
    assert [left < right, right < left, left.may_be(right)].count(True) == 1
    assert (left > right) == (right < left)


@given(st.lists(partial_dates, min_size=3, max_size=12))
def test_the_order_is_transitive(dates: list[PartialDate]) -> None:
    for first, second, third in itertools.permutations(dates, 3):
        if first < second < third:
            assert first < third


@given(partial_dates, partial_dates)
def test_the_order_for_display_agrees_with_the_certain_one(left: PartialDate, right: PartialDate) -> None:
    if left < right and left.earliest is not None:
        assert left.sort_key() < right.sort_key()


@given(partial_dates, days)
def test_a_date_is_reached_once_and_for_good(date: PartialDate, on: dt.date) -> None:
    reached = date.reached_by(on)
    later = date.reached_by(on + dt.timedelta(days=1))
    assert (reached, later) in {(False, False), (False, None), (False, True), (None, None), (None, True), (True, True)}
    if not date.circa:
        assert (reached is True) == (date.latest is not None and date.latest <= on)
        assert (reached is False) == (date.earliest is not None and date.earliest > on)


def test_when_a_date_is_reached() -> None:
    assert PartialDate("2024-04-18").reached_by(day("2024-04-17")) is False
    assert PartialDate("2024-04-18").reached_by(day("2024-04-18")) is True
    assert PartialDate("2024").reached_by(day("2024-07-01")) is None
    assert PartialDate("2024").reached_by(day("2024-12-31")) is True
    assert PartialDate("2024/..").reached_by(day("2099-12-31")) is None
    assert PartialDate("../2024").reached_by(day("1900-01-01")) is None
    assert PartialDate("2024~").reached_by(day("2024-12-31")) is None


@given(partial_dates)
def test_it_does_not_compare_with_what_is_no_partial_date(date: PartialDate) -> None:
    assert date.__eq__(date.edtf) is NotImplemented
    with pytest.raises(TypeError):
        _ = date < "1975"  # type: ignore[operator]
    with pytest.raises(TypeError):
        _ = date > dt.date(1975, 1, 1)  # type: ignore[operator]


@given(partial_dates)
def test_it_is_a_value(date: PartialDate) -> None:
    again = PartialDate(date.edtf)
    assert again == date
    assert hash(again) == hash(date)
    assert repr(date) == f"PartialDate('{date.edtf}')"
    assert eval(repr(date), {"PartialDate": PartialDate}) == date  # noqa: S307  (our own text)


@given(days, days)
def test_between_keeps_both_ends(one: dt.date, other: dt.date) -> None:
    start, end = min(one, other), max(one, other)
    date = PartialDate.between(start, end)
    assert (date.earliest, date.latest) == (start, end)
    assert PartialDate.between(date.earliest, date.latest) == date


@given(days)
def test_between_with_an_open_end(one: dt.date) -> None:
    assert (PartialDate.between(one, None).earliest, PartialDate.between(one, None).latest) == (one, None)
    assert (PartialDate.between(None, one).earliest, PartialDate.between(None, one).latest) == (None, one)


@given(points.filter(lambda text: text[-1].isdigit()))
def test_between_writes_a_whole_year_or_month_as_such(text: str) -> None:
    date = PartialDate(text)
    assert PartialDate.between(date.earliest, date.latest) == date


@pytest.mark.parametrize(
    ("start", "end", "text"),
    [
        ("1960-01-01", "1965-12-31", "1960/1965"),
        ("1960-01-01", "1965-06-30", "1960/1965-06-30"),
        ("1960-01-02", "1960-12-31", "1960-01-02/1960"),
        ("1960-02-01", "1960-02-29", "1960-02"),
        ("1961-02-01", "1961-03-31", "1961-02-01/1961-03-31"),
        ("1960-03-04", "1960-03-04", "1960-03-04"),
    ],
)
def test_how_between_writes(start: str, end: str, text: str) -> None:
    assert PartialDate.between(day(start), day(end)).edtf == text


def test_between_refuses_what_has_no_order_or_no_end() -> None:
    with pytest.raises(InvalidDateError, match="ends before it starts"):
        PartialDate.between(day("1965-01-02"), day("1960-03-04"))
    with pytest.raises(InvalidDateError, match="at least one end"):
        PartialDate.between(None, None)


def test_from_numbers() -> None:
    assert PartialDate.of(1975).edtf == "1975"
    assert PartialDate.of(975, 3).edtf == "0975-03"
    assert PartialDate.of(1975, 3, 2, circa=True).edtf == "1975-03-02~"
    assert PartialDate.on(day("2024-05-02")).edtf == "2024-05-02"
    with pytest.raises(InvalidDateError, match="no such day"):
        PartialDate.of(1975, 2, 29)
    with pytest.raises(InvalidDateError, match="a day needs its month"):
        PartialDate.of(1975, None, 29)


def _oracle(text: str) -> Any:
    import edtf  # noqa: PLC0415  (slow to import, and needed here only)

    return edtf.parse_edtf(text)


def _as_date(parts: time.struct_time) -> dt.date:
    return dt.date(parts.tm_year, parts.tm_mon, parts.tm_mday)


@given(points.filter(lambda text: text[-1].isdigit()) | ranges.filter(lambda text: ".." not in text))
def test_edtf_agrees(text: str) -> None:
    date, oracle = PartialDate(text), _oracle(text)
    assert _as_date(oracle.lower_strict()) == date.earliest
    assert _as_date(oracle.upper_strict()) == date.latest


@given(days, st.sampled_from(["{:.3}X", "{:.2}XX"]))
def test_edtf_agrees_on_unknown_digits(one: dt.date, form: str) -> None:
    text = form.format(str(one.year))
    date, oracle = PartialDate(text), _oracle(text)
    assert _as_date(oracle.lower_strict()) == date.earliest
    assert _as_date(oracle.upper_strict()) == date.latest


@given(points)
def test_edtf_reads_the_marks_as_well(text: str) -> None:
    oracle = _oracle(text)
    marked = oracle.is_approximate or oracle.is_uncertain or oracle.is_uncertain_and_approximate
    assert marked == PartialDate(text).circa


@pytest.mark.parametrize(
    ("hijri", "text"),
    [
        ((1445, 10, 9), "2024-04-18"),
        ((1445, 9, 1), "2024-03-11"),
        ((1400, 1, 1), "1979-11-20"),
        ((1445, 9), "2024-03-11/2024-04-09"),
        ((1445,), "2023-07-19/2024-07-06"),
    ],
)
def test_the_islamic_calendar(hijri: tuple[int, ...], text: str) -> None:
    assert PartialDate.from_hijri(*hijri).edtf == text


@pytest.mark.parametrize(
    ("jalali", "text"),
    [
        ((1403, 2, 13), "2024-05-02"),
        ((1357, 11, 22), "1979-02-11"),
        ((1403, 1, 1), "2024-03-20"),
        ((1403, 12, 30), "2025-03-20"),
        ((1403, 12), "2025-02-19/2025-03-20"),
        ((1402, 12), "2024-02-20/2024-03-19"),
        ((1403, 7), "2024-09-22/2024-10-21"),
        ((1403,), "2024-03-20/2025-03-20"),
    ],
)
def test_the_solar_hijri_calendar(jalali: tuple[int, ...], text: str) -> None:
    assert PartialDate.from_jalali(*jalali).edtf == text


@pytest.mark.parametrize(
    ("convert", "parts", "written"),
    [
        (PartialDate.from_hijri, (1445, 13, 1), "1445-13-1 AH"),
        (PartialDate.from_hijri, (1445, 9, 31), "1445-9-31 AH"),
        (PartialDate.from_hijri, (1200,), "1200 AH"),
        (PartialDate.from_hijri, (1445, 0), "1445-0 AH"),
        (PartialDate.from_jalali, (1402, 12, 30), "1402-12-30 SH"),
        (PartialDate.from_jalali, (1402, 13), "1402-13 SH"),
        (PartialDate.from_jalali, (0,), "0 SH"),
        (PartialDate.from_jalali, (1402, 1, 0), "1402-1-0 SH"),
        (PartialDate.from_jalali, (1402, 7, 31), "1402-7-31 SH"),
        (PartialDate.from_jalali, (1402, None, 3), "1402-3 SH"),
    ],
)
def test_days_that_other_calendars_do_not_have(
    convert: Callable[..., PartialDate], parts: tuple[int, ...], written: str
) -> None:
    with pytest.raises(InvalidDateError) as caught:
        convert(*parts)
    assert caught.value.value == written


@given(days)
def test_a_day_of_the_solar_hijri_calendar_comes_back(one: dt.date) -> None:
    import jdatetime  # noqa: PLC0415  (an optional package)

    jalali = jdatetime.date.fromgregorian(date=one)
    assert PartialDate.from_jalali(jalali.year, jalali.month, jalali.day) == PartialDate.on(one)


@pytest.mark.parametrize("convert", [PartialDate.from_hijri, PartialDate.from_jalali])
def test_without_the_packages_of_the_calendars(
    convert: Callable[..., PartialDate], monkeypatch: pytest.MonkeyPatch
) -> None:
    real = builtins.__import__

    def without(name: str, *rest: Any) -> Any:
        if name in {"hijridate", "jdatetime"}:
            raise ImportError(name)
        return real(name, *rest)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(MissingExtraError) as caught:
        convert(1403)
    assert caught.value.extra == "calendars"
