"""``calendarkit sandbox`` as a person or a script starts it."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
import time
import urllib.request

import pytest

from calendarkit_sandbox import SandboxOptions, calendarkit_commands, run_sandbox
from calendarkit_sandbox.settings import choose_language, default_folder, read_options, read_zone

START = (
    "import sys, pathlib, calendarkit_sandbox as box;sys.exit(box.run_sandbox(sys.argv[2:], pathlib.Path(sys.argv[1])))"
)


def workspace(folder, text):
    (folder / "calendarkit.toml").write_text(text, "utf-8")
    return folder


def test_the_plugin_offers_one_command():
    """The hook hands over the record, with its options."""
    (command,) = calendarkit_commands()
    assert (command.name, command.options) == ("sandbox", SandboxOptions)
    assert command.summary.zh != command.summary.en


def test_importing_the_plugin_is_light():
    """The module that calendarkit imports brings neither a web framework nor a template engine."""
    code = "import sys, calendarkit_sandbox; print([m for m in ('starlette', 'uvicorn', 'jinja2') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_it_starts_says_where_and_stops_on_ctrl_c(tmp_path):
    """The ready file holds the address once requests are accepted; Ctrl-C ends it with 0 and gives the port back."""
    ready = tmp_path / "ready"
    arguments = [str(tmp_path), "--port", "0", "--open", "--ready-file", str(ready)]
    process = subprocess.Popen(
        [sys.executable, "-c", START, *arguments], stdout=subprocess.PIPE, text=True, env={"LANG": "zh_CN.UTF-8"}
    )
    while not ready.exists():
        assert process.poll() is None
        time.sleep(0.02)
    with urllib.request.urlopen(f"{ready.read_text()}/_sandbox/health") as answer:
        health = json.loads(answer.read())
    process.send_signal(signal.SIGINT)
    output, _ = process.communicate(timeout=20)
    assert (process.returncode, health["folder"]) == (0, str(tmp_path / "calendarkit-sandbox"))
    assert f"沙箱网页  {ready.read_text()}/\n" in output
    assert "沙箱已停止" in output


def test_a_port_that_is_taken(tmp_path, capsys):
    """The message names the port, and the exit code says it did not start."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        assert run_sandbox(["--port", str(port)], tmp_path) == 1
    assert str(port) in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [["--port", "x"], ["--nope"], ["--rate", "-1"]])
def test_a_wrong_argument_is_a_usage_error(tmp_path, capsys, arguments):
    """Exit code 2 and the argument's name."""
    assert run_sandbox(arguments, tmp_path) == 2
    assert arguments[0] in capsys.readouterr().err


@pytest.mark.parametrize(("lang", "words"), [("zh_CN.UTF-8", "任选一个空闲端口"), ("en_GB.UTF-8", "takes a free one")])
def test_help_speaks_the_locales_language(tmp_path, capsys, monkeypatch, lang, words):
    """Every option is explained in the language of the terminal."""
    monkeypatch.setenv("LC_ALL", lang)
    assert run_sandbox(["--help"], tmp_path) == 0
    assert words in " ".join(capsys.readouterr().out.split())


def test_a_roster_that_is_broken(tmp_path, capsys):
    """The file is named; nothing starts."""
    (tmp_path / "r.toml").write_text("[[robot]]\n", "utf-8")
    assert run_sandbox(["--robots", str(tmp_path / "r.toml")], tmp_path) == 1
    assert "key" in capsys.readouterr().err


def test_a_table_that_does_not_fit(tmp_path, capsys):
    """A wrong option in the workspace is named with its table."""
    workspace(tmp_path, "[plugins.sandbox]\nport = 99999\n")
    assert run_sandbox([], tmp_path) == 1
    assert "[plugins.sandbox] port" in capsys.readouterr().err


def test_a_workspace_decides_what_the_command_line_leaves_out(tmp_path):
    """Options, folder, zone and language come from the workspace."""
    workspace(tmp_path, 'name = "x"\ntimezone = "Asia/Tokyo"\n[plugins.sandbox]\nport = 9000\nopen = true\n')
    assert read_options(tmp_path) == SandboxOptions(port=9000, open=True)
    assert default_folder(tmp_path) == tmp_path / "state" / "sandbox"
    assert read_zone(tmp_path).key == "Asia/Tokyo"
    assert choose_language(tmp_path, {}) == "zh"


@pytest.mark.parametrize(
    ("environ", "language"),
    [
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({"LC_ALL": "en_US", "LANG": "zh_CN"}, "en"),
        ({}, "en"),
    ],
)
def test_without_a_workspace_the_locale_decides(tmp_path, environ, language):
    """The locale says which language; without one it is English."""
    assert choose_language(tmp_path, environ) == language


@pytest.mark.parametrize("text", ['timezone = "Mars/Base"', "timezone = 5", "timezone = [", 'timezone = "../x"'])
def test_a_zone_that_is_not_there_is_shanghais(tmp_path, text):
    """A workspace that cannot be read does not keep the sandbox from starting."""
    assert read_zone(workspace(tmp_path, text)).key == "Asia/Shanghai"
