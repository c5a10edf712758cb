"""Whether the rates of ``calendarkit.toml`` are rates of the channels, and no faster than their platforms allow."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from calendarkit.calendar.decode import suggest
from calendarkit.calendar.draft import Draft
from calendarkit.calendar.finding import Finding
from calendarkit.calendar.known import Known
from calendarkit.calendar.origin import Origin
from calendarkit.model.text import Text


def check_capacity(draft: Draft, known: Known) -> Iterator[Finding]:
    """Yield rates that no channel has, and rates at or above a platform's documented limit that nobody confirmed."""
    if draft.workspace is None or not known.channels:
        return
    origin = Origin(draft.workspace_path)
    for channel, choices in draft.workspace.rates.items():
        if channel not in known.channels:
            yield _missing(origin, ("rates", channel), channel, known.channels)
            continue
        limits = known.rates.get(channel)
        for name, choice in choices.items():
            if limits is None:
                continue  # nobody asked the plugin
            if name not in limits:
                yield _missing(origin, ("rates", channel, name), name, limits)
            elif choice.count >= limits[name] and not choice.confirmed:
                yield _too_fast(origin, ("rates", channel, name), limits[name])


def _missing(origin: Origin, path: tuple[str, ...], name: str, there: Iterable[str]) -> Finding:
    listed = sorted(there)
    close = suggest(name, listed)
    what = Text("渠道", "channel") if len(path) == 2 else Text("限速", "rate")
    return origin.finding(
        "CK541",
        Text(f"没有名为 {name} 的{what.zh}", f"there is no {what.en} called {name}"),
        Text(f"是不是 {close}？", f"did you mean {close}?")
        if close
        else Text(f"可用：{'、'.join(listed) or '没有'}", f"there are: {', '.join(listed) or 'none'}"),
        key=path,
        where="key",
    )


def _too_fast(origin: Origin, path: tuple[str, ...], limit: int) -> Finding:
    return origin.finding(
        "CK542",
        Text(
            f"平台的上限是 {limit}，要留一条余量，最多写 {limit - 1}",
            f"the platform's limit is {limit}; one is kept in hand, so at most {limit - 1} can stand here",
        ),
        Text(
            '平台给了更多时，写成 { count = …, confirmed = "依据" }',
            'where it granted more, write { count = …, confirmed = "who says so" }',
        ),
        key=path,
    )
