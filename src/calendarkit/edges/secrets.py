"""The chain of places that know secrets: the environment, the service manager's credentials, ``secrets.toml``."""

from __future__ import annotations

import os
import shlex
import stat
import threading
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from calendarkit.calendar.secret_shape import is_secret_name, parse_reference
from calendarkit.edges.redact import Redactor
from calendarkit.errors import SecretMissing
from calendarkit.model.secret import Secret
from calendarkit.model.text import Language, Text

ENVIRONMENT_PREFIX = "CALENDARKIT_SECRET_"
FILE_NAME = "secrets.toml"
_LARGEST_FILE = 8 * 1024 * 1024
"""Bytes; 50,000 robot keys fit three times."""

__all__ = ["ENVIRONMENT_PREFIX", "FILE_NAME", "KnownSecret", "SecretChain", "SecretNotFound", "parse_reference"]


class SecretNotFound(SecretMissing):
    """No source of secrets knows this name.

    Attributes:
        name: the name asked for.
        text: the message in both languages; it names every place that was looked at.
    """

    def __init__(self, name: str, text: Text, language: Language = "en") -> None:
        super().__init__(text.to(language))
        self.name = name
        self.text = text


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownSecret:
    """A secret's name and where it is; never its value.

    Attributes:
        name: the name. One that the environment alone knows and nobody uses is spelled in lower case, as its variable
            cannot tell ``-``, ``.`` and ``_`` apart.
        source: ``environment``, ``credentials`` or ``file``.
        place: the variable, or the path of the file.
    """

    name: str
    source: str
    place: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _FileContents:
    """What ``secrets.toml`` says, or why nobody may look."""

    values: Mapping[str, str]
    refused: Text | None = None


class SecretChain:
    """Resolves names to secrets, the first place that knows one wins.

    1. The environment: ``robot/store-0012`` is ``CALENDARKIT_SECRET_ROBOT__STORE_0012``: upper case, ``/`` becomes
       ``__``, ``-`` and ``.`` become ``_``.
    2. The folder in ``$CREDENTIALS_DIRECTORY`` (systemd ``LoadCredential=``): the file ``robot__store-0012``, as file
       names hold no ``/``.
    3. ``secrets.toml`` beside the workspace: tables that nest (``[robot]``, ``store-0012 = "…"``) or whole names as
       keys (``"robot/store-0012" = "…"``). It is read once, and not at all when group or others can read it.

    Line breaks and blanks around a value do not count. Threads may share one chain.
    """

    def __init__(
        self,
        root: Path,
        environ: Mapping[str, str],
        *,
        redactor: Redactor | None = None,
        language: Language = "en",
    ) -> None:
        """Read nothing yet.

        Args:
            root: folder of the workspace.
            environ: the environment.
            redactor: learns every secret that is resolved; by default one of its own.
            language: of what is said about a secret that is missing.
        """
        self.redactor = redactor or Redactor()
        self._language: Language = language
        self.file = root / FILE_NAME
        self._environ = environ
        folder = environ.get("CREDENTIALS_DIRECTORY", "")
        self._credentials = Path(folder) if folder else None
        self._contents: _FileContents | None = None
        self._lock = threading.Lock()

    def resolve(self, name: str) -> Secret:
        """Return the secret called ``name``.

        Raises:
            SecretMissing: nobody knows it; its ``text`` says in both languages where it could be put.
        """
        if not is_secret_name(name):
            raise SecretNotFound(name, _not_a_name(name), self._language)
        value = self._look(name)
        if value is None:
            raise SecretNotFound(name, self._hint(name), self._language)
        secret = Secret(name, value)
        self.redactor.learn(secret)
        return secret

    def names(self, used: Iterable[str] = ()) -> tuple[KnownSecret, ...]:
        """Return every name and the place that wins, sorted by name.

        Args:
            used: names that the workspace writes; a variable that one of them stands for is listed by that name.
        """
        found = {each.name: each for each in self._list()}
        taken = {variable_name(name) for name in found}
        spelled = {variable_name(name): name for name in used}
        for variable in sorted(self._environ):
            name = spelled.get(variable) or _name_of(variable)
            if name and variable not in taken and self._environ[variable].strip():
                found[name] = KnownSecret(name=name, source="environment", place=variable)
        return tuple(found[name] for name in sorted(found))

    def complaint(self) -> Text | None:
        """Return why ``secrets.toml`` cannot be used, or ``None`` when it can or does not exist."""
        return self._file().refused if self.file.exists() else None

    def _look(self, name: str) -> str | None:
        from_environment = self._environ.get(variable_name(name), "").strip()
        return from_environment or self._read_credential(name) or self._file().values.get(name) or None

    def _list(self) -> Iterator[KnownSecret]:
        """Yield what files know, the place that wins last."""
        for name in self._file().values:
            yield self._located(KnownSecret(name=name, source="file", place=str(self.file)))
        for path in self._credential_files():
            name = path.name.replace("__", "/")
            if is_secret_name(name):
                yield self._located(KnownSecret(name=name, source="credentials", place=str(path)))

    def _located(self, known: KnownSecret) -> KnownSecret:
        """Return ``known``, or its variable in the environment where that one wins."""
        variable = variable_name(known.name)
        if self._environ.get(variable, "").strip():
            return KnownSecret(name=known.name, source="environment", place=variable)
        return known

    def _credential_files(self) -> list[Path]:
        if self._credentials is None or not self._credentials.is_dir():
            return []
        return sorted(path for path in self._credentials.iterdir() if path.is_file())

    def _read_credential(self, name: str) -> str:
        if self._credentials is None:
            return ""
        try:
            return (self._credentials / name.replace("/", "__")).read_text("utf-8").strip()
        except (OSError, UnicodeDecodeError):
            return ""

    def _file(self) -> _FileContents:
        with self._lock:
            if self._contents is None:
                self._contents = _read_file(self.file)
            return self._contents

    def _hint(self, name: str) -> Text:
        refused = self._file().refused or Text("里面没有这个名字", "it does not hold this name")
        credentials = self._credentials / name.replace("/", "__") if self._credentials else "$CREDENTIALS_DIRECTORY"
        table, _, key = name.rpartition("/")
        line = f'"{key or name}" = "…"'
        where = f"[{'.'.join(_quoted(part) for part in table.split('/'))}] " if table else ""
        return Text(
            f"找不到密钥 {name}。找过：环境变量 {variable_name(name)}；凭据文件 {credentials}；"
            f"{self.file}（{refused.zh}）。在 {FILE_NAME} 里写 {where}{line}，文件权限设为 0600。",
            f"No secret is called {name}. Looked at: the variable {variable_name(name)}; the credential {credentials}; "
            f"{self.file} ({refused.en}). Write {where}{line} in {FILE_NAME} and give the file mode 0600.",
        )


def variable_name(name: str) -> str:
    """Return the environment variable of a secret.

    >>> variable_name("robot/store-0012")
    'CALENDARKIT_SECRET_ROBOT__STORE_0012'
    """
    return ENVIRONMENT_PREFIX + name.replace("/", "__").translate(str.maketrans("-.", "__")).upper()


def _name_of(variable: str) -> str:
    """Return the likeliest name behind a variable, or nothing when it is no secret's."""
    name = variable.removeprefix(ENVIRONMENT_PREFIX).lower().replace("__", "/")
    return name if variable.startswith(ENVIRONMENT_PREFIX) and is_secret_name(name) else ""


def _read_file(path: Path) -> _FileContents:
    import tomli

    try:
        data = _read_private(path)
        values: dict[str, str] = {}
        _flatten(tomli.loads(data.decode("utf-8-sig")), prefix="", into=values)
    except FileNotFoundError:
        return _FileContents(values={}, refused=Text("没有这个文件", "there is no such file"))
    except PermissionError as error:
        return _FileContents(values={}, refused=_refusal(path, error))
    except (OSError, ValueError) as error:
        # A syntax error names line and column; the words of the file are not repeated.
        where = f"{type(error).__name__} {getattr(error, 'lineno', '')}".strip()
        reason = str(error) if isinstance(error, _Refused) else where
        return _FileContents(values={}, refused=Text(f"读不懂：{reason}", f"cannot be read: {reason}"))
    return _FileContents(values=values)


class _Refused(ValueError):
    """Something in the file has the wrong shape; the message holds names only."""


def _read_private(path: Path) -> bytes:
    """Return the bytes of a file that nobody but its owner can read.

    Raises:
        PermissionError: group or others can read or write it, or we cannot.
    """
    with path.open("rb") as file:
        mode = os.fstat(file.fileno()).st_mode
        if os.name == "posix" and mode & (stat.S_IRWXG | stat.S_IRWXO):
            raise PermissionError(f"mode {stat.S_IMODE(mode):04o}")
        data = file.read(_LARGEST_FILE + 1)
    if len(data) > _LARGEST_FILE:
        raise _Refused("larger than 8 MiB")
    return data


def _flatten(table: Mapping[str, Any], *, prefix: str, into: dict[str, str]) -> None:
    for key, value in table.items():
        name = f"{prefix}{key}"
        if isinstance(value, Mapping):
            _flatten(value, prefix=f"{name}/", into=into)
        elif not isinstance(value, str):
            raise _Refused(f"{name} is not a string")
        elif not is_secret_name(name):
            raise _Refused(f"{name!r} is not a name")
        elif name in into:
            raise _Refused(f"{name} stands there twice")
        else:
            into[name] = value.strip()


def _refusal(path: Path, error: PermissionError) -> Text:
    if error.errno is not None:
        return Text("没有权限读取", "permission denied")
    return Text(
        f"其他人也能读（{error}），已拒绝：chmod 600 {shlex.quote(str(path))}",
        f"others can read it ({error}), refused: chmod 600 {shlex.quote(str(path))}",
    )


def _not_a_name(name: str) -> Text:
    shown = name if len(name) <= 40 and name.isprintable() and "=" not in name else "…"
    return Text(
        f"“{shown}”不是密钥的名字：用字母、数字和单个的 - _ . /，例如 robot/store-0012",
        f"“{shown}” is not the name of a secret: use letters, digits and single - _ . /, such as robot/store-0012",
    )


def _quoted(part: str) -> str:
    return f'"{part}"' if "." in part else part
