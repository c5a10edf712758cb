"""cron hears nothing as long as all is well."""

from __future__ import annotations

from operator_shop import CUSTOMERS, SILENT, STAFF, Shop

ONCE = dict.fromkeys(STAFF, 1)


def test_success_is_silent(shop: Shop) -> None:
    """M6, F38: with cron's environment and no standard input; robots' groups saw it, customers' groups have a pack."""
    assert shop.tick() == SILENT
    assert (shop.seen(), shop.packs()) == (ONCE, len(CUSTOMERS))
    said = shop.say("status")
    assert (said.code, said.err) == (0, "")
    assert "今天  已送达 4" in said.out
    assert said.out.endswith("✓ 没有需要处理的\n")


def test_neither_an_environment_nor_outputs_are_needed(shop: Shop) -> None:
    """M6, F38: no HOME, no PATH, all three streams closed, and all the same everything goes out."""
    assert shop.tick(before="exec env -i", closed="<&- >&- 2>&-") == SILENT
    assert shop.seen() == ONCE


def test_the_same_minute_again_sends_nothing(shop: Shop) -> None:
    """N8, N12, N14: cron fires twice, a person runs it by hand, the clock steps back; one send."""
    for seconds in (5, 20, -30):
        assert shop.tick(seconds) == SILENT
    assert (shop.seen(), shop.packs()) == (ONCE, len(CUSTOMERS))


def test_the_clock_of_the_machine_will_do(shop: Shop) -> None:
    """Without --now; and the tick after it is silent."""
    for _ in range(2):
        assert shop.say("publish", "--sandbox", shop.sandbox.url) == SILENT
    assert shop.seen() == ONCE


def test_a_ledger_serves_customers_or_a_rehearsal_never_both(shop: Shop) -> None:
    """What a rehearsal "delivered" would never be sent: the real publish refuses its ledger and says what to do."""
    shop.say("publish", "--sandbox", shop.sandbox.url)
    said = shop.say("publish")
    assert said.code == 3
    assert "演练" in said.err
    assert shop.seen() == ONCE


def test_another_time_is_only_for_rehearsals(shop: Shop) -> None:
    """``--now`` alone is a wrong use; nothing is sent."""
    said = shop.say("publish", "--now", "12:00")
    assert (said.code, said.out) == (2, "")
    assert said.err == (
        "calendarkit: --now 只能和 --dry-run 或 --sandbox 一起用\n  → 真的要发，就等到那个时间；cron 每分钟运行一次\n"
    )
    assert shop.seen() == dict.fromkeys(STAFF, 0)
