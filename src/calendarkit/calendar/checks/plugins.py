"""Whether the plugins' tables fit the options their plugins declare."""

from __future__ import annotations

from collections.abc import Iterator

from calendarkit.calendar.decode import judge, suggest
from calendarkit.calendar.draft import Draft
from calendarkit.calendar.finding import Finding
from calendarkit.calendar.known import Known
from calendarkit.calendar.origin import Origin
from calendarkit.model.text import Text


def check_plugins(draft: Draft, known: Known) -> Iterator[Finding]:
    """Yield tables of plugins that are not installed, options that do not fit, and unknown kinds of columns."""
    if draft.workspace is not None and known.options:
        for name, table in draft.workspace.plugins.items():
            if name in known.options:
                _, findings = judge(known.options[name], table, document=draft.workspace_path, path=("plugins", name))
                yield from findings
            else:
                yield _unknown(Origin(draft.workspace_path), name, known)
    if known.kinds:
        for column in draft.columns:
            kind = column.noun.kind
            if kind and kind not in known.kinds:
                close = suggest(kind, known.kinds)
                listed = "、".join(sorted(known.kinds)), ", ".join(sorted(known.kinds))
                yield column.origin.finding(
                    "CK604",
                    Text(f"没有名为 {kind} 的栏目类型", f"there is no kind of column called {kind}"),
                    Text(f"是不是 {close}？", f"did you mean {close}?")
                    if close
                    else Text(f"可用：{listed[0]}", f"known: {listed[1]}"),
                    key="kind",
                    severity="warning",
                )


def _unknown(origin: Origin, name: str, known: Known) -> Finding:
    close = suggest(name, known.options)
    return origin.finding(
        "CK603",
        Text(f"插件 {name} 没有安装", f"the plugin {name} is not installed"),
        Text(f"是不是 {close}？", f"did you mean {close}?")
        if close
        else Text(
            f"运行 pip install calendarkit-{name}，或删掉这张表", f"pip install calendarkit-{name}, or remove the table"
        ),
        key=("plugins", name),
        where="key",
    )
