"""What public libraries say of lunar dates, solar terms and statutory days, as one line of JSON; runs beside them."""

from __future__ import annotations

import datetime as dt
import json
import sys
from collections.abc import Callable, Iterator

DAYS = dt.timedelta(days=1)
SPRING = ["立春", "雨水", "惊蛰", "春分", "清明", "谷雨", "立夏", "小满", "芒种", "夏至", "小暑", "大暑"]
AUTUMN = ["立秋", "处暑", "白露", "秋分", "寒露", "霜降", "立冬", "小雪", "大雪", "冬至"]
TERMS = ["小寒", "大寒", *SPRING, *AUTUMN]
Said = tuple[int, int, bool, int]
"""Lunar year, month, leap, day."""


def dates(first: dt.date, last: dt.date) -> Iterator[dt.date]:
    """Yield every day, both ends included."""
    for each in range((last - first).days + 1):
        yield first + each * DAYS


def sxtwl_date(day: dt.date) -> Said:
    import sxtwl

    found = sxtwl.fromSolar(day.year, day.month, day.day)
    return found.getLunarYear(), found.getLunarMonth(), found.isLunarLeap(), found.getLunarDay()


def lunar_python_date(day: dt.date) -> Said:
    """Read the months of the year, as asking for each day takes minutes."""
    from lunar_python import LunarYear

    julian = day.toordinal() + 1721425
    for month in LunarYear.fromYear(day.year).getMonths():
        begins = round(month.getFirstJulianDay() + 0.001)
        if begins <= julian < begins + month.getDayCount():
            return month.getYear(), abs(month.getMonth()), month.getMonth() < 0, julian - begins + 1
    raise LookupError(day)


def cnlunar_date(day: dt.date) -> Said:
    import cnlunar

    found = cnlunar.Lunar(dt.datetime.combine(day, dt.time(12)), godType="8char")
    return found.lunarYear, found.lunarMonth, bool(found.isLunarLeapMonth), found.lunarDay


def zhdate_date(day: dt.date) -> Said:
    from zhdate import ZhDate

    found = ZhDate.from_datetime(dt.datetime.combine(day, dt.time()))
    return found.lunar_year, found.lunar_month, bool(found.leap_month), found.lunar_day


def borax_date(day: dt.date) -> Said:
    from borax.calendars.lunardate import LunarDate

    found = LunarDate.from_solar(day)
    return found.year, found.month, bool(found.leap), found.day


def lunarcalendar_date(day: dt.date) -> Said:
    from lunarcalendar import Converter, Solar

    found = Converter.Solar2Lunar(Solar(day.year, day.month, day.day))
    return found.year, found.month, bool(found.isleap), found.day


def sxtwl_terms(year: int) -> list[dt.date]:
    import sxtwl

    day, found = sxtwl.fromSolar(year, 1, 1), []
    for each in dates(dt.date(year, 1, 1), dt.date(year, 12, 31)):
        if day.hasJieQi():
            found.append(each)
        day = day.after(1)
    return found


def lunar_python_terms(year: int) -> list[dt.date]:
    from lunar_python import Solar

    days = []
    for ask in (Solar.fromYmd(year, 6, 1), Solar.fromYmd(year, 12, 31)):
        for solar in ask.getLunar().getJieQiTable().values():
            days.append(dt.date(solar.getYear(), solar.getMonth(), solar.getDay()))
    return sorted({day for day in days if day.year == year})


def cnlunar_terms(year: int) -> list[dt.date]:
    import cnlunar

    found = cnlunar.Lunar(dt.datetime(year, 6, 1, 12), godType="8char").thisYearSolarTermsDic
    return [dt.date(year, *found[name]) for name in TERMS]


def borax_terms(year: int) -> list[dt.date]:
    from borax.calendars.lunardate import TermUtils

    return [TermUtils.day_start_from_term(year, name) for name in TERMS]


def ephem_instants(year: int) -> list[float]:
    """Return when the sun reaches 285°, 300° … in epoch seconds; its positions are good to an arc second or so."""
    import math

    import ephem

    found = []
    for place in range(24):
        goal = (285 + 15 * place) % 360
        day = float(ephem.Date((year, 1, 5))) + 15.2184 * place
        for _ in range(6):
            sun = ephem.Sun(day)
            seen = ephem.Ecliptic(ephem.Equatorial(sun.g_ra, sun.g_dec, epoch=day), epoch=day).lon
            day += ((goal - math.degrees(seen) + 180) % 360 - 180) * 365.2422 / 360
        found.append((day - 25567.5) * 86400)
    return found


CALENDARS: dict[str, Callable[[dt.date], Said]] = {
    "sxtwl": sxtwl_date, "lunar_python": lunar_python_date, "cnlunar": cnlunar_date, "zhdate": zhdate_date,
    "borax": borax_date, "LunarCalendar": lunarcalendar_date,
}  # fmt: skip
SUNS = {"sxtwl": sxtwl_terms, "lunar_python": lunar_python_terms, "cnlunar": cnlunar_terms, "borax": borax_terms}


def workdays(first: int, last: int) -> list[str]:
    """Return the days of some years on which people in China work, as chinese_calendar has them."""
    import chinese_calendar

    return [str(day) for day in dates(dt.date(first, 1, 1), dt.date(last, 12, 31)) if chinese_calendar.is_workday(day)]


def main(what: str, name: str, first: int, last: int) -> None:
    """Print what the library ``name`` says of the years ``first`` to ``last``."""
    if what == "calendar":
        ask = CALENDARS[name]
        said: object = [[*ask(day)] for day in dates(dt.date(first, 1, 1), dt.date(last, 12, 31))]
    elif what == "instants":
        said = [ephem_instants(year) for year in range(first, last + 1)]
    elif what == "terms":
        said = [[str(day) for day in SUNS[name](year)] for year in range(first, last + 1)]
    else:
        said = workdays(first, last)
    print(json.dumps(said))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))
