"""The plugin boundary: finds the enabled plugins, takes their records, and survives whatever their code does."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib import metadata
from typing import Any, Generic, Protocol, TypeVar, cast

import pluggy

from calendarkit.calendar.workspace import RateChoice
from calendarkit.edges import builtin
from calendarkit.edges.rates import at_rates
from calendarkit.errors import PluginError
from calendarkit.extend.hookspecs import PROJECT, Hooks
from calendarkit.extend.publishing import Envelope, Publisher
from calendarkit.model.receipt import Outcome, Receipt
from calendarkit.model.text import Text

BUILT_IN = "calendarkit"
"""The name under which the records that come with calendarkit are offered."""


class Named(Protocol):
    """Every record has a name."""

    @property
    def name(self) -> str:
        """The record's name."""
        ...


R = TypeVar("R", bound=Named)
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Failure:
    """What went wrong inside a plugin, and whose it was.

    Attributes:
        plugin: name and version.
        detail: the kind of error and its message.
        text: what the plugin itself says to people in both languages, ``None`` when its error has no ``text``.
    """

    plugin: str
    detail: str
    text: Text | None = None

    def __str__(self) -> str:
        return f"{self.plugin}: {self.detail}"


@dataclass(frozen=True, slots=True)
class Offered(Generic[R]):
    """A record and the plugin that offered it, as ``name version``."""

    record: R
    plugin: str
    table: str
    """Name of the ``[plugins.NAME]`` table that enabled it."""


class Registry:
    """The enabled plugins of one workspace; each hook is called at most once, and only when first needed."""

    def __init__(
        self,
        tables: Mapping[str, Mapping[str, Any]],
        *,
        rates: Mapping[str, Mapping[str, RateChoice]] | None = None,
    ) -> None:
        """Take ``[plugins]`` of the workspace: a plugin without a table there is never imported; and ``[rates]``."""
        self._rates = rates or {}
        self.tables = tables
        self.failures: list[Failure] = []
        self._manager: pluggy.PluginManager | None = None
        self._titles: dict[str, str] = {}
        self._records: dict[str, dict[str, Offered[Any]]] = {}
        self._lock = threading.RLock()

    def offered(self, hook: str) -> Mapping[str, Offered[Any]]:
        """Return the records of ``calendarkit_<hook>`` by name, sorted.

        Raises:
            PluginError: two plugins offer the same name; the message names both.
        """
        with self._lock:
            if hook not in self._records:
                self._records[hook] = self._collect(hook)
            return self._records[hook]

    def records(self, hook: str) -> Mapping[str, Any]:
        """Return the bare records of ``calendarkit_<hook>`` by name, sorted."""
        return {name: each.record for name, each in self.offered(hook).items()}

    def options(self, hook: str, name: str) -> Any:
        """Return the checked options of one record.

        Raises:
            PluginError: there is no such record, or its table does not fit its options.
        """
        offered = self.offered(hook).get(name)
        if offered is None:
            raise PluginError(f"no enabled plugin offers {name!r}; enable it with a table [plugins.NAME]")
        built_in = offered.table == BUILT_IN
        table = self.tables.get(name if built_in else offered.table, {})
        if name != offered.table and isinstance(table.get(name), Mapping):
            table = table[name]
        model = offered.record.options
        fields = {key: value for key, value in table.items() if key in model.model_fields or not built_in}
        result = guarded(offered.plugin, model.model_validate, fields)
        if isinstance(result, Failure):
            raise PluginError(f"[plugins.{offered.table}] {result.detail}")
        return result

    def loaded(self) -> Mapping[str, str]:
        """Return the loaded plugins: table name → ``distribution version``, sorted."""
        self._load()
        return dict(sorted(self._titles.items()))

    def _collect(self, hook: str) -> dict[str, Offered[Any]]:
        manager = self._load()
        found: dict[str, Offered[Any]] = {}
        everyone = manager.get_plugins()
        for table, title in sorted(self._titles.items()):
            others = [each for each in everyone if manager.get_name(each) != table]
            caller = manager.subset_hook_caller(f"{PROJECT}_{hook}", remove_plugins=others)
            for record in self._taken(title, caller):
                name = str(record.name)
                if name in found:
                    raise PluginError(f"{found[name].plugin} and {title} both offer {name!r}; disable one of them")
                chosen = self._rates.get(name, {}) if hook == "publishers" else {}
                found[name] = Offered(at_rates(cast("Publisher", record), chosen) if chosen else record, title, table)
        return dict(sorted(found.items()))

    def _taken(self, title: str, caller: Callable[[], list[Iterable[Named]]]) -> list[Named]:
        """Return the records of one plugin; none, and a failure noted, when its code breaks."""

        def take() -> list[Named]:
            records = [record for records in caller() for record in records]
            strangers = [record for record in records if not isinstance(getattr(record, "name", None), str)]
            if strangers:
                raise PluginError(f"offered {strangers[0]!r}, which is no record")
            return records

        result = guarded(title, take)
        if isinstance(result, Failure):
            self.failures.append(result)
            return []
        return result

    def _load(self) -> pluggy.PluginManager:
        with self._lock:
            if self._manager is None:
                self._manager = pluggy.PluginManager(PROJECT)
                self._manager.add_hookspecs(Hooks)
                self._manager.register(builtin, BUILT_IN)
                self._titles[BUILT_IN] = f"calendarkit {_version('calendarkit')}"
                self._load_entry_points(self._manager)
            return self._manager

    def _load_entry_points(self, manager: pluggy.PluginManager) -> None:
        if not self.tables:
            return
        points = {point.name: point for point in metadata.entry_points(group=PROJECT)}
        built_in = {record.name for hook in ("publishers", "painters", "guards") for record in _built_in(hook)}
        for table in sorted(set(self.tables) - built_in):
            point = points.get(table)
            if point is None:
                self.failures.append(Failure(table, f"is not installed: pip install calendarkit-{table}"))
                continue
            title = f"{point.dist.name} {point.dist.version}" if point.dist else point.value
            module = guarded(title, point.load)
            outcome = module if isinstance(module, Failure) else guarded(title, manager.register, module, table)
            if isinstance(outcome, Failure):
                self.failures.append(outcome)
            else:
                self._titles[table] = title


def _built_in(hook: str) -> Iterable[Named]:
    return cast("Iterable[Named]", getattr(builtin, f"{PROJECT}_{hook}")())


def _version(distribution: str) -> str:
    try:
        return metadata.version(distribution)
    except metadata.PackageNotFoundError:
        return "(not installed)"


def guarded(plugin: str, function: Callable[..., T], *args: Any) -> T | Failure:
    """Call a plugin's function; whatever it raises, even ``SystemExit``, becomes a :class:`Failure` that names it."""
    try:
        return function(*args)
    except KeyboardInterrupt:
        raise
    except BaseException as problem:  # noqa: BLE001  # the one boundary where everything a plugin does is survived
        said = getattr(problem, "text", None)
        detail = f"{type(problem).__name__}: {problem}" if str(problem) else type(problem).__name__
        return Failure(plugin, detail, said if isinstance(said, Text) else None)


def receipts(plugin: str, envelopes: Sequence[Envelope], answer: object) -> tuple[Receipt, ...]:
    """Return exactly one receipt per envelope, in their order, whatever the plugin answered.

    A failure, ``None``, a missing receipt or something that is no receipt is ``unknown``: it is never success.
    """
    if isinstance(answer, Failure):
        return tuple(_unknown(each.key, str(answer)) for each in envelopes)
    try:
        given = list(answer) if isinstance(answer, Iterable) else []
    except Exception as problem:  # noqa: BLE001  # a generator of the plugin may raise while it is read
        return tuple(_unknown(each.key, f"{plugin}: {type(problem).__name__}: {problem}") for each in envelopes)
    found: dict[str, Receipt] = {}
    for each in given:
        if isinstance(each, Receipt) and isinstance(each.outcome, Outcome):
            found.setdefault(each.key, each)
    missing = f"{plugin}: returned no receipt for it"
    return tuple(found.get(each.key) or _unknown(each.key, missing) for each in envelopes)


def _unknown(key: str, detail: str) -> Receipt:
    return Receipt(key=key, outcome=Outcome.UNKNOWN, detail=detail)


def reason(failure: Failure) -> Text:
    """Return why a guard's failure withholds a delivery (fail closed)."""
    return Text(f"规则出错，为安全起见不发送（{failure}）", f"the guard failed, so it is withheld ({failure})")
