"""What is PostgreSQL's own: lost connections, doubtful commits, other machines, and addresses that say too much."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import psycopg
import pytest
from ledger_shop import NOON, claim, delivery, fill, intend, report
from postgres_server import Server, server

from calendarkit.edges.ledger import open_ledger, postgres_server
from calendarkit.edges.ledger.failures import LedgerFull, LedgerUnusable
from calendarkit.edges.ledger.migrate import migrations
from calendarkit.edges.ledger.postgres_failures import LedgerAway, explain_postgres
from calendarkit.edges.ledger.postgres_server import PostgresLink
from calendarkit.edges.ledger.store import Attempt, Denied, Store, Wish
from calendarkit.errors import LedgerBusy, LedgerError
from calendarkit.extend import Outcome
from calendarkit.model.state import State
from calendarkit.stages.pace import Pace


@pytest.fixture(autouse=True)
def database_kind() -> str:
    """Only the server."""
    return "postgres"


@pytest.fixture
def url() -> str:
    """An empty schema."""
    return server().schema()


@pytest.fixture
def store(url: str, tmp_path: Path) -> Iterator[Store]:
    """An empty ledger."""
    with open_ledger(tmp_path / "ledger.db", url=url) as opened:
        yield opened


def break_connections(url: str) -> None:
    """End every other connection to the server, as a restart does."""
    with psycopg.connect(url, autocommit=True) as other:
        other.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()")


def test_a_lost_connection_is_made_anew(store: Store, url: str) -> None:
    """F42: between two operations the server went and came back; nobody notices."""
    rows = fill(store, delivery(1), delivery(2))
    break_connections(url)
    assert len(claim(store, *rows)) == 2
    break_connections(url)
    assert [row.state for row in store.rows()] == [State.LEASED, State.LEASED]


def test_a_server_that_restarts_loses_nothing(tmp_path: Path) -> None:
    """F42: killed without a checkpoint, as a power cut does it; what was committed is there."""
    own = Server()
    try:
        with open_ledger(tmp_path / "ledger.db", url=own.schema()) as store:
            attempts = intend(store, *fill(store, *(delivery(n) for n in range(5))))
            own.crash()
            own.start()
            assert set(store.record([report(each, Outcome.DELIVERED) for each in attempts], NOON)) == {State.DELIVERED}
            assert store.counts() == {State.DELIVERED: 5}
    finally:
        own.remove()


@pytest.fixture
def cut_in_commit(monkeypatch: pytest.MonkeyPatch) -> None:
    """The next commit of an intent comes through, and the connection breaks before the server can say so."""
    real, wrote = PostgresLink.execute, []

    def execute(link: PostgresLink, sql: str, values: Any = (), /) -> Any:
        done = real(link, sql, values)
        if "INSERT INTO attempts" in sql:
            wrote.append(link)
        if sql == "COMMIT" and wrote:
            wrote.clear()
            monkeypatch.setattr(PostgresLink, "execute", real)
            link.connection.close()
            raise psycopg.OperationalError("server closed the connection unexpectedly")
        return done

    monkeypatch.setattr(PostgresLink, "execute", execute)


@pytest.mark.usefixtures("cut_in_commit")
def test_an_intent_whose_commit_is_in_doubt_is_found_again(store: Store) -> None:
    """F42: the intent is read again by its fence: it may be sent, and there is one attempt, not two."""
    (row,) = claim(store, *fill(store, delivery()))
    (answer,) = store.intend([Wish(row=row)], NOON)
    assert isinstance(answer, Attempt)
    assert [(each.id, each.number) for each in store.attempts(row.key)] == [(answer.id, 1)]
    assert store.record([report(answer, Outcome.DELIVERED)], NOON) == (State.DELIVERED,)


def test_an_intent_of_before_is_not_given_twice(store: Store) -> None:
    """Without any doubt, asking twice with one claim is denied."""
    (row,) = claim(store, *fill(store, delivery()))
    assert isinstance(store.intend([Wish(row=row)], NOON)[0], Attempt)
    assert isinstance(store.intend([Wish(row=row)], NOON)[0], Denied)


def test_machines_never_share_a_row(url: str, tmp_path: Path) -> None:
    """N1: eight machines claim the same 200 rows at once; each row is leased to one of them."""
    with ExitStack() as stack:
        machines = [stack.enter_context(open_ledger(tmp_path / "ledger.db", url=url)) for _ in range(8)]
        ids = [row.id for row in fill(machines[0], *(delivery(n) for n in range(200)))]
        with ThreadPoolExecutor(8) as pool:
            found = list(pool.map(lambda machine: machine.claim(ids, NOON), machines))
    taken = [row.id for rows in found for row in rows]
    assert sorted(taken) == sorted(ids)


def test_machines_share_a_rate(url: str, tmp_path: Path) -> None:
    """F44: a burst of 18 is 18 for all machines together."""
    rate = (Pace(scope="robot/one", interval_ms=3333, burst=18),)
    with ExitStack() as stack:
        machines = [stack.enter_context(open_ledger(tmp_path / "ledger.db", url=url)) for _ in range(4)]
        rows = claim(machines[0], *fill(machines[0], *(delivery(n) for n in range(40))))

        def ask(number: int) -> tuple[Attempt | Denied, ...]:
            return machines[number].intend([Wish(row=row, paces=rate) for row in rows[number::4]], NOON)

        with ThreadPoolExecutor(4) as pool:
            answers = [each for found in pool.map(ask, range(4)) for each in found]
    assert sum(isinstance(each, Attempt) for each in answers) == 18


def test_machines_that_start_together_make_one_schema(url: str, tmp_path: Path) -> None:
    """Migrations wait for each other."""
    with ThreadPoolExecutor(4) as pool:
        opened = list(pool.map(lambda _: open_ledger(tmp_path / "ledger.db", url=url), range(4)))
    for each in opened:
        assert each.counts() == {}
        each.close()


def test_delivered_is_final_and_attempts_stay(store: Store, url: str) -> None:
    """I3, I6: not even by hand."""
    (attempt,) = intend(store, *fill(store, delivery()))
    store.record([report(attempt, Outcome.DELIVERED)], NOON)
    for statement, why in (
        ("UPDATE deliveries SET state = 20", "delivered is final"),
        ("DELETE FROM attempts", "append-only"),
        ("UPDATE results SET outcome = 'failed'", "append-only"),
    ):
        with psycopg.connect(url) as db, pytest.raises(psycopg.errors.RaiseException, match=why):
            db.execute(statement)


def test_words_that_no_database_keeps_are_kept_without_them(store: Store) -> None:
    """A platform that answers with NUL does not cost us the answer."""
    (attempt,) = intend(store, *fill(store, delivery()))
    store.record([report(attempt, Outcome.BAD_CONTENT, detail="bad\0word")], NOON)
    assert [each.detail for each in store.attempts(attempt.row.key)] == ["bad\ufffdword"]


def test_no_promise_about_the_next_minute(store: Store) -> None:
    """Other machines write too, so no wake file may be written."""
    asked: list[int | None] = []
    store.quiescent(asked.append)
    assert asked == []


def test_a_newer_schema_is_refused(url: str, tmp_path: Path) -> None:
    """F47: after a downgrade nothing is read, written or sent."""
    open_ledger(tmp_path / "ledger.db", url=url).close()
    with psycopg.connect(url) as db:
        db.execute("INSERT INTO schema_version VALUES (99)")
    with pytest.raises(LedgerUnusable, match="newer"):
        open_ledger(tmp_path / "ledger.db", url=url)


def test_both_databases_have_the_same_migrations() -> None:
    """A schema number means the same in a file and on a server."""
    assert migrations("sqlite").keys() == migrations("postgres").keys()


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://shop:apple-5jin@127.0.0.1:1/shop",
        "postgresql://shop:apple-5jin@127.0.0.1:1/shop?connect_timeout=x",
        "postgresql://shop:apple-5jin@[/shop",
    ],
    ids=["away", "bad-option", "bad-address"],
)
def test_an_address_never_tells_its_password(address: str, tmp_path: Path) -> None:
    """F50: whatever is wrong with it, the password stays out of the message."""
    with pytest.raises(LedgerError) as caught:
        open_ledger(tmp_path / "ledger.db", url=address)
    chain = [caught.value, caught.value.__cause__, caught.value.__context__]
    told = " ".join(str(each) + str(getattr(each, "text", "")) for each in chain)
    assert "apple-5jin" not in told


def test_a_server_that_is_away_is_a_reason_to_try_again(tmp_path: Path) -> None:
    """Exit code 75, both languages, and what to look at."""
    with pytest.raises(LedgerBusy) as caught:
        open_ledger(tmp_path / "ledger.db", url="postgresql://shop@127.0.0.1:1/shop")
    assert isinstance(caught.value, LedgerAway)
    assert "127.0.0.1/shop" in caught.value.text.zh


def test_without_psycopg_the_extra_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """One sentence and one command."""
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(LedgerUnusable, match="not installed") as caught:
        open_ledger(tmp_path / "ledger.db", url="postgresql://shop@127.0.0.1:1/shop")
    assert caught.value.fix is not None
    assert "calendarkit[postgres]" in caught.value.fix.zh


def test_a_clock_of_its_own_is_refused(url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """F34: leases and rates are counted by the clocks of all machines."""
    monkeypatch.setattr(postgres_server.time, "time", lambda: time.time_ns() / 1e9 + 90)
    with pytest.raises(LedgerUnusable, match="-90 s"):
        open_ledger(tmp_path / "ledger.db", url=url)


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (psycopg.errors.DiskFull(), LedgerFull),
        (psycopg.errors.InsufficientPrivilege(), LedgerUnusable),
        (psycopg.errors.DeadlockDetected(), LedgerAway),
        (psycopg.errors.ReadOnlySqlTransaction(), LedgerAway),
        (psycopg.errors.UniqueViolation(), LedgerError),
    ],
    ids=lambda each: getattr(each, "__name__", type(each).__name__),
)
def test_errors_are_told_apart(error: psycopg.Error, kind: type[LedgerError]) -> None:
    """Full, forbidden, worth another try, or a mistake."""
    assert type(explain_postgres(error, "postgresql://db/shop")) is kind
