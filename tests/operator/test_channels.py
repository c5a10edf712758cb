"""Robots, keys, folders and networks that do not play along: one group waits or fails, the others are served."""

from __future__ import annotations

import os

import pytest
from operator_shop import CUSTOMERS, SILENT, STAFF, Shop, a_minute_on, eventually, key

ONCE = dict.fromkeys(STAFF, 1)
OTHER_ONLY = {STAFF[0]: 0, STAFF[1]: 1}
WITHOUT_OVERRIDE = "" if os.geteuid() else "exec setpriv --bounding-set -dac_override"
"""Root writes where nobody may, unless it gives up that right."""
NOBODY_LISTENS = "http://127.0.0.1:9"


def test_a_wrong_robot_key_fails_one_group(shop: Shop) -> None:
    """93000: with the reason in cron's mail and in status; mended and retried it goes out, once."""
    shop.write_secrets({"hz-001": "wrong", "hz-002": shop.key("hz-002")})
    said = shop.tick()
    assert (said.code, said.out) == (1, "")
    assert said.err.startswith("✗ 1 条发送失败\n    1 × [93000] 机器人 key 不对，或机器人已被移除")
    assert "wrong" not in said.err
    assert (shop.seen(), shop.packs()) == (OTHER_ONLY, len(CUSTOMERS))
    status = shop.say("status")
    assert (status.code, "1 × [93000] 机器人 key 不对，或机器人已被移除" in status.out) == (1, True)
    shop.write_secrets({store: shop.key(store) for store in ("hz-001", "hz-002")})
    assert shop.say("ledger", "retry", key(STAFF[0]), "--by", "老王").code == 0
    assert shop.tick(a_minute_on()) == SILENT
    assert shop.seen() == ONCE


def test_a_missing_key_is_named(shop: Shop) -> None:
    """In the workspace's language, with the line to write; once it is there the delivery goes with the next minute."""
    shop.write_secrets({"hz-002": shop.key("hz-002")})
    said = shop.tick()
    assert (said.code, said.out) == (1, "")
    assert said.err.startswith("✗ wecom hz-001.staff 已暂停: address 找不到密钥 robot/hz-001。")
    assert '在 secrets.toml 里写 [robot] "hz-001" = "…"，文件权限设为 0600' in said.err
    assert len(said.err.splitlines()) == 2
    assert (shop.seen(), shop.packs()) == (OTHER_ONLY, len(CUSTOMERS))
    status = shop.say("status")
    assert (status.code, "找不到密钥 robot/hz-001" in status.out, "No secret" in status.out) == (1, True, False)
    shop.write_secrets({store: shop.key(store) for store in ("hz-001", "hz-002")})
    assert shop.tick(65) == SILENT
    assert shop.seen() == ONCE


def test_keys_that_others_can_read_are_not_used(shop: Shop) -> None:
    """With the command that mends it; the next minute sends."""
    secrets = shop.root / "secrets.toml"
    secrets.chmod(0o644)
    said = shop.tick()
    assert said.code == 1
    assert said.err.count(f"其他人也能读（mode 0644），已拒绝：chmod 600 {secrets}") == len(STAFF)
    assert (shop.seen(), shop.packs()) == (dict.fromkeys(STAFF, 0), len(CUSTOMERS))
    assert f"chmod 600 {secrets}" in shop.say("status").out
    secrets.chmod(0o600)
    assert shop.tick(65) == SILENT
    assert shop.seen() == ONCE


def test_nobody_reached_is_tried_again(shop: Shop) -> None:
    """F23, F37: connection refused; the run tries on until it is ended, and the next one sends, once."""
    run = shop.start_tick(url=NOBODY_LISTENS)
    eventually(lambda: shop.packs() == len(CUSTOMERS))
    run.process.terminate()
    assert run.ended() == SILENT
    assert shop.seen() == dict.fromkeys(STAFF, 0)
    assert shop.tick(125) == SILENT
    assert (shop.seen(), shop.packs()) == (ONCE, len(CUSTOMERS))


def test_too_fast_waits_for_a_minute(shop: Shop) -> None:
    """F24: 45009 rests that robot only, and no person is needed."""
    shop.spoil({"kind": "rate"}, group=STAFF[0])
    assert shop.tick() == SILENT
    assert (shop.seen(), shop.packs()) == (OTHER_ONLY, len(CUSTOMERS))
    shop.spoil()
    assert shop.tick(75) == SILENT
    assert shop.seen() == ONCE


@pytest.mark.parametrize(
    ("fault", "saw"),
    [
        ({"kind": "bad-gateway", "moment": "after"}, 1),
        ({"kind": "bad-gateway"}, 0),
    ],
    ids=["after", "before"],
)
def test_an_answer_that_proves_nothing_is_unknown(shop: Shop, fault: dict[str, str], saw: int) -> None:
    """F24: a 502 page; nobody can tell whether members saw it, so it is not sent again."""
    shop.spoil(fault, group=STAFF[0])
    assert shop.tick() == (1, "", "✗ 1 条结果不确定\n  → calendarkit status\n")
    shop.spoil()
    assert shop.tick(65) == SILENT
    assert (shop.seen(), shop.packs()) == ({STAFF[0]: saw, STAFF[1]: 1}, len(CUSTOMERS))


def test_a_folder_for_packs_that_cannot_be_written(shop: Shop) -> None:
    """F10: the channel rests and says why, robots' groups are served; writable again, the packs are made."""
    out = shop.root / "out"
    out.mkdir(mode=0o500)
    said = shop.tick(before=WITHOUT_OVERRIDE)
    assert (said.code, said.out) == (1, "")
    assert said.err == "✗ folder 已暂停: EACCES 交接包写不进 out：没有写入权限\n  → calendarkit status\n"
    assert (shop.seen(), shop.packs()) == (ONCE, 0)
    status = shop.say("status")
    assert (status.code, "交接包写不进 out：没有写入权限" in status.out) == (1, True)
    out.chmod(0o700)
    assert shop.tick(610, before=WITHOUT_OVERRIDE) == SILENT
    assert (shop.seen(), shop.packs()) == (ONCE, len(CUSTOMERS))


def test_a_whole_shop_without_keys_is_told_briefly(shop: Shop) -> None:
    """Mail from cron names the first groups and how many more, not thousands of lines every minute."""
    groups = shop.root / "groups.csv"
    more = "".join(f"hz-002.s{n},hz-002,导购群 {n},staff,secret:robot/s-{n}\n" for n in range(30))
    groups.write_text(groups.read_text("utf-8") + more, "utf-8")
    (shop.root / "secrets.toml").unlink()
    said = shop.tick()
    assert said.code == 1
    assert len(said.err.splitlines()) <= 8
    assert "另有 27 个也已暂停" in said.err
