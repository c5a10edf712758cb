"""The world of one workspace: everything a command needs, opened when it is first needed."""

from __future__ import annotations

import contextlib
import os
from functools import cached_property
from pathlib import Path
from typing import Literal, Self

from calendarkit.calendar.calendar import Calendar
from calendarkit.calendar.documents import Documents
from calendarkit.calendar.roster import Roster
from calendarkit.calendar.secret_shape import parse_reference
from calendarkit.clockwork.index import Index
from calendarkit.edges import files, index_file, last_good
from calendarkit.edges.book import Book
from calendarkit.edges.clock import SystemClock
from calendarkit.edges.drawing import Drawing
from calendarkit.edges.http import HttpClient
from calendarkit.edges.ledger import open_ledger
from calendarkit.edges.ledger.store import Store
from calendarkit.edges.ledger_copy import ledger_copy
from calendarkit.edges.media import MediaStore
from calendarkit.edges.plugins import Registry
from calendarkit.edges.redact import Redactor
from calendarkit.edges.secrets import SecretChain
from calendarkit.errors import WorkspaceError
from calendarkit.extend.lent import Clock, PluginContext
from calendarkit.extend.painting import PainterContext
from calendarkit.kinds import KINDS
from calendarkit.model.problem import Problem
from calendarkit.poster.shipped import shipped, shipped_fonts, shipped_layouts
from calendarkit.stages.compile import compile_index
from calendarkit.stages.validate import HELD, Known, Validated, validate

LEDGER = "ledger.db"
_KINDS = {each.name: each for each in KINDS}


class World:
    """One workspace, opened.

    Attributes:
        root: the folder that holds ``calendarkit.toml``.
        documents: what the files say now.
        sandbox: an origin that every request goes to instead.
        began: when reading the documents began, epoch seconds.
        validated: what holds: the documents as they are, or the last good ones.
        problems: what is wrong with the files as they are now.
        stale: whether the last good documents are in use because of errors in the present ones.
        reading: whether the ledger is only read; then one that nobody can write to is read from a copy.
    """

    def __init__(
        self,
        root: Path,
        *,
        documents: Documents,
        validated: Validated,
        problems: tuple[Problem, ...] = (),
        clock: Clock | None = None,
        language: Literal["zh", "en"] | None = None,
        began: int = 0,
    ) -> None:
        """Take what :func:`open_world` read."""
        self.root = root
        self.documents = documents
        self.validated = validated
        self.problems = problems
        self.stale = False
        self.began = began
        self.clock: Clock = clock or SystemClock()
        self.sandbox: str | None = None
        self.reading = False
        self._language = language
        self.redactor = Redactor()
        self._copy = contextlib.ExitStack()

    @property
    def calendar(self) -> Calendar:
        """The calendar that holds.

        Raises:
            WorkspaceError: ``calendarkit.toml`` itself cannot be used.
        """
        if self.validated.calendar is None:
            raise WorkspaceError("日历有错误，先运行 calendarkit check\nthe calendar has errors: run calendarkit check")
        return self.validated.calendar

    @property
    def sound(self) -> bool:
        """Whether the calendar that holds may be published: it has no errors but those of prices that guards hold."""
        return self.stale or not any(each.severity == "error" and each.code not in HELD for each in self.problems)

    @property
    def faulty(self) -> bool:
        """Whether the files as they are now hold errors, whatever is done about them."""
        return any(each.severity == "error" for each in self.problems)

    @property
    def name(self) -> str:
        """What people call the shop."""
        return self.calendar.workspace.name

    @property
    def language(self) -> Literal["zh", "en"]:
        """The language to speak: what the caller asked for, else the workspace's."""
        chosen = self._language or (self.validated.calendar and self.validated.calendar.workspace.language)
        return "en" if chosen == "en" else "zh"

    @property
    def record_language(self) -> Literal["zh", "en"]:
        """The workspace's own language: of everything that is kept or written for others, whoever runs the command."""
        calendar = self.validated.calendar
        return "en" if calendar is not None and calendar.workspace.language == "en" else "zh"

    @property
    def roster(self) -> Roster:
        """Stores and groups."""
        return self.validated.roster

    @cached_property
    def state_dir(self) -> Path:
        """The folder of the ledger, the index and rendered media; made with mode 0700."""
        folder = self.root / (self.validated.calendar.workspace.state if self.validated.calendar else "state")
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return folder

    @cached_property
    def index(self) -> Index:
        """The compiled rules; read from disk when they are those of the present files."""
        if self.stale:
            return compile_index(self.calendar)
        sources = tuple(
            index_file.Source(path=str(self.root / each.path), mtime_ns=each.stat[0], size=each.stat[1])
            for each in self.documents.documents
            if each.path in self.rule_files
        )
        index = index_file.load(self.state_dir, sources)
        if index is None:
            index = compile_index(self.calendar)
            with contextlib.suppress(OSError):  # compiled again next time; the ledger says better what is wrong
                index_file.save(self.state_dir, index, sources)
        return index

    @cached_property
    def rule_files(self) -> tuple[str, ...]:
        """The files the index is made from, relative to the workspace."""
        kinds = {"workspace", "calendar", "policy", "events"}
        columns = self.calendar.columns.values()
        # the zones of stores decide when, and so do events on their clocks
        kinds |= {"stores"} if any(each.timezone == "audience" or each.after for each in columns) else set()
        return tuple(each.path for each in self.documents.documents if each.kind in kinds)

    @cached_property
    def watched(self) -> tuple[str, ...]:
        """The files and folders that decide what is due, relative to the workspace."""
        patterns = self.calendar.workspace.files.calendars
        folders = {pattern.rpartition("/")[0] or "." for pattern in patterns if "*" not in pattern.rpartition("/")[0]}
        return (*self.rule_files, *sorted(folders), "policy.toml", "events.csv", "events.toml")

    @cached_property
    def registry(self) -> Registry:
        """The enabled plugins."""
        return Registry(self.calendar.workspace.plugins, rates=self.calendar.workspace.rates)

    @property
    def read_only(self) -> bool:
        """Whether the state folder cannot be written, so that nothing can be sent."""
        return not os.access(self.state_dir, os.W_OK | os.X_OK)

    @cached_property
    def store(self) -> Store:
        """The ledger."""
        if self.reading and self.read_only and not self.ledger_url:
            return self._copy.enter_context(ledger_copy(self.state_dir / LEDGER))
        return open_ledger(self.state_dir / LEDGER, url=self.ledger_url)

    @cached_property
    def ledger_url(self) -> str:
        """Address of the server that keeps the ledger, with its password; empty when it is a file of this machine.

        Raises:
            SecretMissing: nobody knows the secret it is named by.
        """
        return self._revealed(self.validated.calendar.workspace.engine.ledger if self.validated.calendar else "")

    def _revealed(self, written: str) -> str:
        """Return what is written, or the value behind a reference to a secret."""
        name = parse_reference(written)
        return self.secrets.resolve(name).reveal() if name else written

    @cached_property
    def secrets(self) -> SecretChain:
        """Who knows secrets."""
        return SecretChain(self.root, os.environ, redactor=self.redactor, language=self.record_language)

    @cached_property
    def http(self) -> HttpClient:
        """The only way out.

        Raises:
            SecretMissing: nobody knows the secret that the proxy is named by.
        """
        written = self.validated.calendar.workspace.http.proxy if self.validated.calendar else ""
        return HttpClient(redactor=self.redactor, sandbox=self.sandbox or "", proxy=self._revealed(written))

    @cached_property
    def media(self) -> MediaStore:
        """Rendered posters, by content."""
        return MediaStore(self.state_dir / "media")

    @cached_property
    def book(self) -> Book:
        """The channels."""
        return Book(
            self.registry,
            self.calendar,
            self.roster,
            secrets=self.secrets.resolve,
            redact=self.redactor,
            lend=self.plugin_context,
        )

    @cached_property
    def drawing(self) -> Drawing:
        """The painter."""
        written = self.calendar.workspace.files
        context = PainterContext(
            layouts=(self.root / written.posters, shipped_layouts()),
            assets=(self.root / written.assets, shipped()),
            fonts=(self.root / written.assets / "fonts", shipped_fonts()),
            cache=self.state_dir / "painter",
        )
        painters = self.calendar.workspace.engine.painters
        return Drawing(self.registry, self.media, context, clock=self.clock, painters=painters)

    def plugin_context(self, name: str) -> PluginContext:
        """Return what the core lends the plugin record ``name``."""
        folder = self.state_dir / "plugins" / name
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return PluginContext(
            http=self.http,
            clock=self.clock,
            folder=folder,
            workspace=self.root,
            language=self.record_language,
            secret=self.secrets.resolve,
        )

    def close(self) -> None:
        """Close what was opened."""
        opened = self.__dict__
        for name in ("store", "http", "drawing"):
            if name in opened:
                opened[name].close()
        self._copy.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def open_world(
    root: Path,
    *,
    clock: Clock | None = None,
    sandbox: str | None = None,
    language: Literal["zh", "en"] | None = None,
    known: Known | None = None,
) -> World:
    """Read and judge a workspace; fall back on the last good documents when the present ones have errors.

    Args:
        root: the folder that holds ``calendarkit.toml``.
        clock: the machine's by default.
        sandbox: an origin that every request goes to instead.
        language: beats the workspace's.
        known: what plugins offer, for a check of names and options; by default these are not judged.

    Raises:
        WorkspaceError: there is no ``calendarkit.toml``.
    """
    if not (root / "calendarkit.toml").exists():
        zh = f"{root} 里没有 calendarkit.toml：先运行 calendarkit init"
        raise WorkspaceError(f"{zh}\nno calendarkit.toml in {root}: run calendarkit init")
    clock = clock or SystemClock()
    began = int(clock.now())
    documents = files.read(root)
    validated = validate(documents, known) if known else judged(documents)
    world = World(
        root,
        documents=documents,
        validated=validated,
        problems=validated.problems,
        clock=clock,
        language=language,
        began=began,
    )
    world.sandbox = sandbox
    if validated.usable:
        with contextlib.suppress(OSError):  # a disk that cannot be written stops the ledger, which says so better
            last_good.keep(world.state_dir, documents)
        return world
    kept = last_good.recall(world.state_dir, root)
    before = judged(kept) if kept else None
    if before is not None and before.calendar is not None:
        world.validated, world.stale = before, True
    return world


def judged(documents: Documents) -> Validated:
    """Judge documents with the kinds of columns that are built in; plugins are asked only for a kind that is not."""
    validated = validate(documents, Known(kinds=_KINDS))
    calendar = validated.calendar
    if calendar is None or all(each.kind in _KINDS or not each.kind for each in calendar.columns.values()):
        return validated
    return validate(documents, Known(kinds=Registry(calendar.workspace.plugins).records("column_kinds")))
