"""Whether the machine can do what ``calendarkit.toml`` asks of it: its engine, who is pinged, its proxy."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from calendarkit.calendar.decode import suggest
from calendarkit.calendar.draft import Draft
from calendarkit.calendar.finding import Finding
from calendarkit.calendar.known import Known
from calendarkit.calendar.origin import Origin
from calendarkit.calendar.secret_shape import REFERENCE_PREFIX
from calendarkit.model.text import Text


def check_machine(draft: Draft, known: Known) -> Iterator[Finding]:
    """Yield an engine that does not exist and addresses that are none."""
    workspace = draft.workspace
    if workspace is None:
        return
    origin = Origin(draft.workspace_path)
    if known.engines and workspace.engine.name not in known.engines:
        yield _no_engine(origin, workspace.engine.name, known)
    yield from _address(origin.below(("watch",)), "ping", workspace.watch.ping, ("https", "http"))
    yield from _address(origin.below(("http",)), "proxy", workspace.http.proxy, ("http",))


def _address(origin: Origin, key: str, written: str, schemes: tuple[str, ...]) -> Iterator[Finding]:
    if not written or written.startswith(REFERENCE_PREFIX) or _is_address(written, schemes):
        return
    begins = [f"{each}://" for each in schemes]
    yield origin.finding(
        "CK607",
        Text(f"“{written}”不是这里能用的网址", f'"{written}" is no address that can stand here'),
        Text(
            f"以 {' 或 '.join(begins)} 开头，或写 secret:NAME",
            f"begin with {' or '.join(begins)}, or write secret:NAME",
        ),
        key=key,
    )


def _no_engine(origin: Origin, name: str, known: Known) -> Finding:
    close = suggest(name, known.engines)
    listed = sorted(known.engines)
    return origin.finding(
        "CK606",
        Text(f"没有名为 {name} 的引擎", f"there is no engine called {name}"),
        Text(f"是不是 {close}？", f"did you mean {close}?")
        if close
        else Text(f"可用：{'、'.join(listed)}", f"there are: {', '.join(listed)}"),
        key=("engine", "name"),
    )


def _is_address(written: str, schemes: tuple[str, ...]) -> bool:
    try:
        parts = urlsplit(written)
    except ValueError:
        return False
    return parts.scheme in schemes and bool(parts.hostname) and not any(map(str.isspace, written))
