"""Units that systemd accepts, for this workspace and this installation."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from cli_shop import make_shop, open_at, say

from calendarkit.cli.cron import program
from calendarkit.cli.systemd import owner, service, unit_name, writable

ROBOTS = 'address.wecom.key = "secret:robot/s-001.vip"\n'


def lines(text: str) -> list[str]:
    """Return the settings of a unit."""
    return text.splitlines()


def test_both_units_are_printed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With the paths where they belong, absolute paths inside, and a timer that is on time."""
    shop = make_shop(tmp_path / "shop")
    said = lines(say(capsys, "-C", shop, "systemd", "print").out)
    folder = "# /etc/systemd/system/calendarkit-shop"
    assert [each for each in said if each.startswith("# ")] == [f"{folder}.service", f"{folder}.timer"]
    assert f"ExecStart={' '.join(program())} -C {shop} publish" in said
    assert f"User={owner(shop)}" in said
    assert {"Type=oneshot", "OnCalendar=*-*-* *:*:00", "AccuracySec=1s", f"ReadWritePaths={shop}"} <= set(said)


def test_secrets_are_handed_over(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One line a secret, under the name by which the program looks for it."""
    shop = make_shop(tmp_path / "shop")
    groups = shop / "groups.toml"
    groups.write_text(groups.read_text("utf-8").replace('tags = ["vip"]\n', ROBOTS), "utf-8")
    said = say(capsys, "-C", shop, "systemd", "print", "--credentials", "/etc/shop keys", "--user", "shop")
    assert "LoadCredential=robot__s-001.vip:/etc/shop keys/robot__s-001.vip" in lines(said.out)
    assert "User=shop" in lines(said.out)


@pytest.mark.parametrize(
    ("folder", "word"),
    [("a b", '"{}/a b"'), ("100%", '"{}/100%%"'), ("$HOME", '"{}/$$HOME"'), ('a"b', '"{}/a\\"b"')],
    ids=["space", "percent", "dollar", "quote"],
)
def test_paths_are_quoted_as_systemd_reads_them(tmp_path: Path, folder: str, word: str) -> None:
    """Specifiers, variables and quotes would otherwise become something else."""
    with open_at(make_shop(tmp_path / folder)) as world:
        text = service(world, ("/bin/calendarkit",), user="shop")
    assert f"ExecStart=/bin/calendarkit -C {word.format(tmp_path)} publish" in lines(text)


def test_what_is_written_elsewhere_may_be_written(tmp_path: Path) -> None:
    """State, figures and logs outside the workspace."""
    shop = make_shop(tmp_path / "shop")
    root = shop / "calendarkit.toml"
    more = f'[watch]\nmetrics = "{tmp_path}/prom/a.prom"\nlog = "stderr"\n'
    root.write_text(root.read_text("utf-8") + more, "utf-8")
    with open_at(shop) as world:
        assert writable(world) == (shop, tmp_path / "prom")


@pytest.mark.parametrize(("folder", "name"), [("shop", "calendarkit-shop"), ("鲜果", "calendarkit")])
def test_units_have_plain_names(folder: str, name: str) -> None:
    """Whatever the folder is called."""
    assert unit_name(Path("/opt") / folder) == name


def test_systemd_itself_accepts_them(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Where it is installed: not one complaint about either file."""
    shop = make_shop(tmp_path / "sh op%1")
    assert say(capsys, "-C", shop, "systemd", "print", "--out", tmp_path).code == 0
    units = sorted(tmp_path.glob("calendarkit-*"))
    assert [each.suffix for each in units] == [".service", ".timer"]
    judge = shutil.which("systemd-analyze")
    if judge is not None:
        done = subprocess.run([judge, "verify", *units], capture_output=True, text=True, check=False)
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
