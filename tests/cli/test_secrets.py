"""Which secrets are there; never their values."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from cli_shop import make_shop, say

CANARY = "canary-7f3a9c51"


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """Return a shop whose two groups name a secret each; one is there."""
    shop = make_shop(tmp_path)
    groups = shop / "groups.toml"
    named = groups.read_text("utf-8")
    for name in ("fans", "vip"):
        named = named.replace(f'id = "s-001.{name}"', f'id = "s-001.{name}"\naddress.wecom.key = "secret:robot/{name}"')
    groups.write_text(named, "utf-8")
    file = shop / "secrets.toml"
    file.write_text(f'[robot]\nfans = "{CANARY}"\n')
    file.chmod(0o600)
    return shop


def test_list_names_source_and_user(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Of what is there."""
    said = say(capsys, "--lang", "zh", "-C", shop, "secrets", "list")
    assert said.out.splitlines()[1].split() == ["robot/fans", "secrets.toml", "s-001.fans"]
    assert json.loads(say(capsys, "-C", shop, "secrets", "list", "--json").out)[0]["used"] == 1


def test_check_names_what_is_missing(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """And who needs it."""
    said = say(capsys, "--lang", "zh", "-C", shop, "secrets", "check")
    assert said.code == 1
    assert "✗ robot/vip  ← s-001.vip" in said.out
    assert "✗ 2 个密钥，缺 1 个" in said.out


def test_all_there(shop: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """From two places."""
    monkeypatch.setenv("CALENDARKIT_SECRET_ROBOT__VIP", CANARY)
    assert say(capsys, "--lang", "zh", "-C", shop, "secrets", "check") == (0, "✓ 2 个密钥，缺 0 个\n", "")


def test_a_file_that_others_can_read_is_told(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With the command that mends it."""
    (shop / "secrets.toml").chmod(0o644)
    said = say(capsys, "-C", shop, "secrets", "check")
    assert (said.code, "chmod 600" in said.out) == (1, True)


@pytest.mark.parametrize(
    "args", [["secrets", "list"], ["secrets", "check"], ["doctor"], ["status"], ["plan"]], ids=" ".join
)
def test_the_value_is_never_shown(shop: Path, capsys: pytest.CaptureFixture[str], args: list[str]) -> None:
    """By any command."""
    said = say(capsys, "-C", shop, *args)
    assert CANARY not in said.out + said.err


def test_a_variable_is_listed_by_the_name_that_uses_it(
    shop: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The variable alone could not tell a dash from a dot."""
    groups = shop / "groups.toml"
    groups.write_text(groups.read_text("utf-8").replace("secret:robot/vip", "secret:robot/s-001.vip"), "utf-8")
    monkeypatch.setenv("CALENDARKIT_SECRET_ROBOT__S_001_VIP", CANARY)
    monkeypatch.setenv("CALENDARKIT_SECRET_ROBOT__NOBODY_S", CANARY)
    listed = json.loads(say(capsys, "-C", shop, "secrets", "list", "--json").out)
    assert [each["name"] for each in listed] == ["robot/fans", "robot/nobody_s", "robot/s-001.vip"]


def test_what_the_workspace_itself_names_is_needed_too(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The address that is pinged, the proxy, a plugin's option."""
    root = shop / "calendarkit.toml"
    root.write_text(root.read_text("utf-8") + '[watch]\nping = "secret:watch/ping"\n', "utf-8")
    said = say(capsys, "--lang", "en", "-C", shop, "secrets", "check")
    assert "✗ watch/ping  ← watch.ping" in said.out
    assert said.out.endswith("✗ 3 secrets, 2 missing\n")
