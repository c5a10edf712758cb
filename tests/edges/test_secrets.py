"""The chain of secrets: which place wins, what is refused, and what a hint says."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from calendarkit.edges.secrets import KnownSecret, SecretChain, SecretNotFound, parse_reference, variable_name
from calendarkit.errors import SecretMissing

KEY = "693a91f6-7a0c-4bc4-97a0-0ec2f1fa5aaa"


def write(path: Path, text: str, mode: int = 0o600) -> Path:
    """Write a file with a mode."""
    path.write_text(text, "utf-8")
    path.chmod(mode)
    return path


def chain(root: Path, **environ: str) -> SecretChain:
    """Return a chain over ``root`` and this environment alone."""
    return SecretChain(root, environ)


@pytest.mark.parametrize(
    "text",
    ['[robot]\nhz-001 = "K"', '"robot/hz-001" = "K"', 'robot.hz-001 = "K"', 'robot = { hz-001 = " K\\n" }'],
    ids=["table", "whole name", "dotted", "inline, with blanks"],
)
def test_a_file_may_nest_or_name(tmp_path: Path, text: str):
    """Each spelling of a table gives the same name, and blanks around a value do not count."""
    write(tmp_path / "secrets.toml", text)
    assert chain(tmp_path).resolve("robot/hz-001").reveal() == "K"


def test_a_name_with_a_dot_is_quoted_in_a_table(tmp_path: Path):
    """Group ids hold dots: their keys are quoted."""
    write(tmp_path / "secrets.toml", '[robot]\n"hz-001.vip" = "K"')
    assert chain(tmp_path).resolve("robot/hz-001.vip").reveal() == "K"


def test_the_environment_beats_credentials_and_the_file(tmp_path: Path):
    """The first place that knows a name wins; the next one is asked when it does not."""
    write(tmp_path / "secrets.toml", '[robot]\na = "file"\nb = "file"\nc = "file"')
    folder = tmp_path / "credentials"
    folder.mkdir()
    write(folder / "robot__a", "credential\n")
    write(folder / "robot__b", "credential\n")
    secrets = chain(tmp_path, CREDENTIALS_DIRECTORY=str(folder), CALENDARKIT_SECRET_ROBOT__A="environment")
    values = [secrets.resolve(f"robot/{name}").reveal() for name in "abc"]
    assert values == ["environment", "credential", "file"]


def test_an_empty_variable_is_none(tmp_path: Path):
    """A variable that a unit file left empty hides nothing."""
    write(tmp_path / "secrets.toml", 'a = "file"')
    assert chain(tmp_path, CALENDARKIT_SECRET_A=" ").resolve("a").reveal() == "file"


def test_the_variable_of_a_name():
    """Upper case, ``/`` becomes ``__``, ``-`` and ``.`` become ``_``."""
    assert variable_name("robot/store-0012") == "CALENDARKIT_SECRET_ROBOT__STORE_0012"
    assert variable_name("robot/hz-001.vip") == "CALENDARKIT_SECRET_ROBOT__HZ_001_VIP"


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o644, 0o620], ids=oct)
def test_a_file_others_can_touch_is_refused_with_the_command_that_mends_it(tmp_path: Path, mode: int):
    """The hint is the exact chmod, and the value stays unread."""
    path = write(tmp_path / "secrets.toml", f'a = "{KEY}"', mode)
    with pytest.raises(SecretMissing) as caught:
        chain(tmp_path).resolve("a")
    assert f"chmod 600 {path}" in caught.value.text.zh
    assert f"chmod 600 {path}" in caught.value.text.en
    assert KEY not in str(caught.value)


def test_a_refused_file_does_not_hide_the_environment(tmp_path: Path):
    """What the environment knows needs no file."""
    write(tmp_path / "secrets.toml", 'a = "file"', 0o644)
    secrets = chain(tmp_path, CALENDARKIT_SECRET_A="environment")
    assert secrets.resolve("a").reveal() == "environment"
    assert "chmod 600" in secrets.complaint().en


@pytest.mark.parametrize(
    ("text", "says"),
    [("a = ", "TOMLDecodeError 1"), ("a = 5", "a is not a string"), ('"a b" = "x"', "'a b' is not a name"),
     ('a.b = "x"\n"a/b" = "y"', "a/b stands there twice"), ("a = ['x']", "a is not a string")],
    ids=["syntax", "number", "bad name", "twice", "list"],
)  # fmt: skip
def test_a_broken_file_is_named_and_never_quoted(tmp_path: Path, text: str, says: str):
    """The hint says what is wrong and repeats no value."""
    write(tmp_path / "secrets.toml", f'zz = "{KEY}"\n{text}')
    secrets = chain(tmp_path)
    with pytest.raises(SecretNotFound) as caught:
        secrets.resolve("zz")
    assert says.replace("TOMLDecodeError 1", "TOMLDecodeError 2") in caught.value.text.en
    assert KEY not in str(caught.value)


def test_a_missing_secret_names_every_place(tmp_path: Path):
    """Both languages name the variable, the credential, the file and the line to write."""
    with pytest.raises(SecretNotFound) as caught:
        chain(tmp_path, CREDENTIALS_DIRECTORY="/run/credentials/x").resolve("robot/hz-001.vip")
    for text in (caught.value.text.zh, caught.value.text.en):
        assert "CALENDARKIT_SECRET_ROBOT__HZ_001_VIP" in text
        assert "/run/credentials/x/robot__hz-001.vip" in text
        assert f"{tmp_path}/secrets.toml" in text
        assert '[robot] "hz-001.vip" = "…"' in text


@pytest.mark.parametrize("name", ["", "/a", "a/", "a b", "a//b", "机器人", "../x", "a__b", "x" * 129, "a\n"])
def test_what_is_no_name_is_said_to_be_none(tmp_path: Path, name: str):
    """A name that no place could hold is refused by itself, path tricks included."""
    with pytest.raises(SecretNotFound, match="is not the name of a secret"):
        chain(tmp_path, CREDENTIALS_DIRECTORY=str(tmp_path)).resolve(name)


def test_a_pasted_key_is_not_repeated(tmp_path: Path):
    """Somebody who writes the address instead of a name does not find it in a log."""
    with pytest.raises(SecretNotFound) as caught:
        chain(tmp_path).resolve(f"https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key={KEY}")
    assert KEY not in str(caught.value)


def test_names_tell_where_and_never_what(tmp_path: Path):
    """The list shows the place that wins, sorted by name."""
    write(tmp_path / "secrets.toml", f'[robot]\nb-1 = "{KEY}"\nc = "x"')
    folder = tmp_path / "credentials"
    folder.mkdir()
    write(folder / "robot__c", "x")
    environ = {"CALENDARKIT_SECRET_ROBOT__B_1": "x", "CALENDARKIT_SECRET_ROBOT__A_1": "x", "PATH": "/bin"}
    names = SecretChain(tmp_path, {**environ, "CREDENTIALS_DIRECTORY": str(folder)}).names()
    assert names == (
        KnownSecret(name="robot/a_1", source="environment", place="CALENDARKIT_SECRET_ROBOT__A_1"),
        KnownSecret(name="robot/b-1", source="environment", place="CALENDARKIT_SECRET_ROBOT__B_1"),
        KnownSecret(name="robot/c", source="credentials", place=str(folder / "robot__c")),
    )
    assert KEY not in repr(names)


def test_five_thousand_keys_are_read_once(tmp_path: Path):
    """One table holds a chain of stores; the file is not opened again."""
    lines = "\n".join(f'hz-{n:04} = "{KEY[:-4]}{n:04}"' for n in range(5000))
    path = write(tmp_path / "secrets.toml", f"[robot]\n{lines}")
    secrets = chain(tmp_path)
    assert secrets.resolve("robot/hz-0000").reveal() == f"{KEY[:-4]}0000"
    path.unlink()
    assert secrets.resolve("robot/hz-4999").reveal() == f"{KEY[:-4]}4999"
    assert len(secrets.names()) == 5000


def test_what_was_resolved_is_masked_from_then_on(tmp_path: Path):
    """The chain's redactor knows every value it handed out."""
    write(tmp_path / "secrets.toml", 'a = "hunter2-hunter2"')
    secrets = chain(tmp_path)
    assert secrets.resolve("a").reveal() == "hunter2-hunter2"
    assert secrets.redactor("it was hunter2-hunter2!") == "it was ***!"
    assert "hunter2" not in repr(vars(secrets)["redactor"])


def test_a_bom_and_windows_line_ends_are_fine(tmp_path: Path):
    """Notepad writes both."""
    (tmp_path / "secrets.toml").write_bytes(b'\xef\xbb\xbfa = "K"\r\n')
    (tmp_path / "secrets.toml").chmod(0o600)
    assert chain(tmp_path).resolve("a").reveal() == "K"


def test_a_folder_in_place_of_the_file_is_a_hint_and_no_crash(tmp_path: Path):
    """Whatever stands there, asking ends with a hint."""
    (tmp_path / "secrets.toml").mkdir(mode=0o700)
    with pytest.raises(SecretMissing):
        chain(tmp_path).resolve("a")


def test_a_reference_is_the_word_secret_and_a_name():
    """``parse_reference`` is offered here too."""
    assert parse_reference("secret:robot/hz-001") == "robot/hz-001"
    assert os.environ.get("CALENDARKIT_SECRET_ROBOT__HZ_001") is None
