"""How long a stated period lasted, and when it ended, as of a given day."""

from datetime import date

import msgspec

from assay.reading.dates import months_of
from assay.reading.model import PartialDate, Period


def months_until(*, period: Period, today: date) -> int | None:
    """Yield the length of a period in months, time after ``today`` left out; None where an end is not stated."""
    until = last_day_of(period=period, today=today)
    if until is None:
        return None
    clipped = msgspec.structs.replace(period, until=until, is_current=False)
    return months_of(period=clipped, today=PartialDate(year=today.year, month=today.month))


def last_day_of(*, period: Period, today: date) -> PartialDate | None:
    """Yield when a period ended, at the latest the month of ``today``; None where that is not stated."""
    now = PartialDate(year=today.year, month=today.month)
    if period.is_current:
        return now
    if period.until is None:
        return None
    is_ahead = (period.until.year, period.until.month) > (now.year, now.month)
    return now if is_ahead else period.until
