"""Files with errors and clocks that jump: what was good goes on, and a person is asked."""

from __future__ import annotations

import datetime as dt

from operator_shop import CUSTOMERS, DUE, FILES, SILENT, STAFF, Shop

ONCE = dict.fromkeys(STAFF, 1)
NEVER = dict.fromkeys(STAFF, 0)
COLUMN = "calendars/daily.toml"
HOUR = 3600
STALE = "文件里有 1 个错误，正在使用上一次正确的版本 → calendarkit check\n"


def test_a_broken_calendar_file_does_not_stop_the_shop(shop: Shop) -> None:
    """F3, F36: the last good version goes on, and every minute says so until it is mended; nothing goes twice."""
    shop.write(COLUMN, FILES[COLUMN].replace(f"{DUE:%H:%M}", f"{DUE:%H}点"))
    assert shop.tick() == (1, "", STALE)
    shop.write(COLUMN, FILES[COLUMN][:40])
    assert shop.tick(65) == (1, "", STALE)
    status = shop.say("status")
    assert (status.code, f"✗ {STALE}" in status.out) == (1, True)
    shop.write(COLUMN, FILES[COLUMN])
    assert shop.tick(125) == SILENT
    assert (shop.seen(), shop.packs()) == (ONCE, len(CUSTOMERS))


def test_a_shop_that_was_never_right_sends_nothing(shop: Shop) -> None:
    """M11: exit 3 every minute, and what to run."""
    (shop.root / "state/last-good.json").unlink()
    shop.write(COLUMN, "[[column")
    said = shop.tick()
    assert (said.code, said.out) == (3, "")
    assert said.err.endswith("calendarkit: 日历有错误，什么都没有发送：先运行 calendarkit check\n")
    assert shop.seen() == NEVER


def test_a_clock_set_back_four_hours_asks(shop: Shop) -> None:
    """F34: nothing goes and status says so; when the clock is right a person says it once, and nothing goes twice."""
    assert shop.tick() == SILENT
    said = shop.tick(-4 * HOUR)
    assert (said.code, said.out) == (1, "")
    assert said.err == ("calendarkit: 时钟比上次运行早 4.0 小时，先不发送；确认无误后用 publish --accept-clock\n")
    assert shop.tick(-4 * HOUR, "--accept-clock") == SILENT
    assert shop.tick(-4 * HOUR + 60) == SILENT
    assert shop.tick(65) == SILENT
    assert (shop.seen(), shop.packs()) == (ONCE, len(CUSTOMERS))


def test_status_tells_of_a_clock_that_is_behind(shop: Shop) -> None:
    """While publish refuses every minute, status must not say that all is well."""
    shop.tick(12 * HOUR)
    status = shop.say("status")
    assert status.code == 1
    assert "小时，先不发送；确认无误后用 publish --accept-clock" in status.out


def test_three_days_without_cron_ask(shop: Shop) -> None:
    """F34, M1: nothing goes before a person says so; then what is still in time goes and what is not is listed."""
    (shop.root / "state/heartbeat").unlink(missing_ok=True)  # it beats by the machine's clock
    said = shop.tick(3 * 24 * HOUR + 5)
    assert (said.code, said.out) == (1, "")
    assert said.err.startswith("calendarkit: 距上次运行已过 72.0 小时（上限 24h），为免一次补发太多先不发送")
    assert shop.seen() == NEVER
    said = shop.tick(3 * 24 * HOUR + 5, "--accept-clock")
    assert (said.code, said.err) == (1, "✗ 12 条错过了时间\n  → calendarkit status\n")
    assert (shop.seen(), shop.packs()) == (ONCE, 0)
    status = shop.say("status")
    assert "✗ 12 条错过了时间，没有发：\n" in status.out
    for days in range(3):
        assert f"    {DUE + dt.timedelta(days=days):%m-%d %H:%M} 每日特惠 × 4  [missed]" in status.out
