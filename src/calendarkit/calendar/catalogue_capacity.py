"""The catalogue's codes about rates, and about what cannot leave in time."""

from __future__ import annotations

from collections.abc import Mapping

from calendarkit.calendar.catalogue_entry import Entry, entry

CAPACITY: Mapping[str, Entry] = {
    "CK540": entry(
        ("到期限还发不完", "Not all of it can leave in time"),
        (
            "按渠道的限速（和这台机器），一部分消息到 late 或 valid_for 为止还轮不到，会过期。",
            "By the channel's rates (and this machine) some messages have not had their turn when late or valid_for "
            "ends, and expire.",
        ),
        (
            "把 late 写长些，多用几个机器人，少发一样，或和别的档期错开。",
            "Allow a longer late, use more robots, send fewer parts, or move it away from other slots.",
        ),
    ),
    "CK541": entry(
        ("没有这条限速", "No such rate"),
        ("[rates] 里写的名字，渠道没有。", "A name in [rates] is none of the channel's."),
        ("改成渠道自己的名字。", "Use one of the channel's own names."),
    ),
    "CK542": entry(
        ("比平台允许的还快", "Faster than the platform allows"),
        (
            "超过平台写明的上限，平台会拒收，甚至封禁；要留一条的余量。",
            "Beyond its documented limit a platform refuses messages or bans the sender; one is kept in hand.",
        ),
        (
            "写小一些；平台确实给了更多时，用 confirmed 写明依据。",
            "Write less; where the platform granted more, say so with confirmed.",
        ),
    ),
}
