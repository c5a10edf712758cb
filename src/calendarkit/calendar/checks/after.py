"""Whether columns that follow events say all they must, and the events they follow exist."""

from __future__ import annotations

from collections.abc import Iterator

from calendarkit.calendar.column import Column, Follow
from calendarkit.calendar.decode import suggest
from calendarkit.calendar.draft import Draft, Placed
from calendarkit.calendar.finding import Finding
from calendarkit.calendar.known import Known
from calendarkit.calendar.origin import Origin
from calendarkit.clockwork.words import parse_duration
from calendarkit.model.text import Text

_DAY = 86_400


def check_after(draft: Draft, _: Known) -> Iterator[Finding]:
    """Yield incomplete reminders, events nobody wrote down, and events of stores and groups that do not exist."""
    following = [(placed, placed.noun.after) for placed in draft.columns if placed.noun.after is not None]
    for placed, follow in following:
        yield from _steps(placed, follow)
        yield from _one_time(placed)
    if following and draft.is_whole("events"):
        yield from _events(draft, following)
    yield from _places(draft)


def _steps(placed: Placed[Column], follow: Follow) -> Iterator[Finding]:
    """Yield what is wrong with how many days lie between event and reminders."""
    if follow.every and follow.delay:
        wrong = Text("every 和 delay 只能写一个", "every and delay are one or the other")
        fix = Text("只发一次写 delay，每隔几天写 every", "delay for one reminder, every for several")
        yield placed.origin.finding("CK134", wrong, fix, key=("after", "delay"), where="key")
    elif not follow.every and not follow.delay:
        wrong = Text("after 没有写事件之后几天", "after does not say how many days after the event")
        fix = Text('加上 delay = "3d"，或 every = "28d", times = 6', 'add delay = "3d", or every = "28d", times = 6')
        yield placed.origin.finding("CK134", wrong, fix, key="after", where="key")
    elif follow.every and follow.times is None:
        wrong = Text("every 没有写发几次", "every does not say how many times")
        fix = Text("加上 times = 6；只发一次写 delay", "add times = 6; for one reminder write delay")
        yield placed.origin.finding("CK134", wrong, fix, key=("after", "every"))
    elif follow.delay and follow.times is not None:
        wrong = Text("delay 只发一次，不用 times", "delay is one reminder and has no times")
        yield placed.origin.finding("CK134", wrong, Text("删掉 times", "remove times"), key=("after", "times"))
    for key in ("every", "delay"):
        written = getattr(follow, key)
        if written and (parse_duration(written) % _DAY or not parse_duration(written)):
            wrong = Text(f"{key} 要写整天", f"{key} is in whole days")
            fix = Text('例如 "28d"；时间写在 at 里', 'such as "28d"; the time belongs in at')
            yield placed.origin.finding("CK134", wrong, fix, key=("after", key))


def _one_time(placed: Placed[Column]) -> Iterator[Finding]:
    if len(placed.noun.at) > 1:
        wrong = Text("after 的栏目只发一个时间", "a column with after has one time")
        fix = Text("另一个时间另写一个栏目", "write another column for another time")
        yield placed.origin.finding("CK134", wrong, fix, key="at", where="key")


def _events(draft: Draft, following: list[tuple[Placed[Column], Follow]]) -> Iterator[Finding]:
    """Yield what columns follow and nobody wrote down."""
    if not any(each.kind == "events" for each in draft.documents.documents):
        placed, follow = following[0]
        wrong = Text(
            f"没有 events.csv，{follow.event} 之后不会发", f"there is no events.csv, so nothing follows {follow.event}"
        )
        fix = Text(
            "新建 events.csv，表头 event,subject,store,on", "write events.csv with the header event,subject,store,on"
        )
        yield placed.origin.finding("CK314", wrong, fix, key=("after", "event"))
        return
    names = {each.noun.event for each in draft.events}
    skus = {(each.noun.event, each.noun.sku) for each in draft.events}
    for placed, follow in following:
        for key, name in (("event", follow.event), ("stop_on", follow.stop_on)):
            if name and name not in names and (names or key == "event"):
                yield _unknown(placed, key, name, names)
        known = {sku for name, sku in skus if name == follow.event and sku}
        if follow.sku and follow.event in names and follow.sku not in known:
            yield _unknown(placed, "sku", follow.sku, known)


def _unknown(placed: Placed[Column], key: str, name: str, known: set[str]) -> Finding:
    """Say that a name does not occur: an error when it looks like one that does, else it may still come."""
    close = suggest(name, known)
    listed = sorted(known)[:8]
    fix = Text(f"是不是 {close}？", f"did you mean {close}?") if close else None
    if fix is None and listed:
        fix = Text(f"名单里有：{'、'.join(listed)}", f"there are: {', '.join(listed)}")
    return placed.origin.finding(
        "CK313",
        Text(f"事件名单里没有 {name}", f"the events have no {name}"),
        fix or Text("第一个事件来了才会发", "nothing goes out before the first event"),
        key=("after", key),
        severity="error" if close else "warning",
    )


def _places(draft: Draft) -> Iterator[Finding]:
    """Yield events of stores and groups that the roster does not have."""
    stores, groups = {each.noun.id for each in draft.stores}, {each.noun.id for each in draft.groups}
    for placed in draft.events:
        event = placed.noun
        if stores and draft.is_whole("stores") and event.store not in stores:
            yield _nowhere(placed.origin, "store", event.store, stores)
        elif event.group and groups and draft.is_whole("groups") and event.group not in groups:
            yield _nowhere(placed.origin, "group", event.group, groups)


def _nowhere(origin: Origin, key: str, name: str, known: set[str]) -> Finding:
    close = suggest(name, known) if len(known) <= 1_000 else ""
    fix = Text(f"是不是 {close}？", f"did you mean {close}?") if close else None
    what = {"store": "门店", "group": "社群"}[key]
    wrong = Text(f"没有{what} {name}", f"there is no {key} {name}")
    fix = fix or Text("在名单里加上它", "add it to the roster")
    return origin.finding("CK511", wrong, fix, key=key, severity="warning")
