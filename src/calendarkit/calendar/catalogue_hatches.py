"""The catalogue's codes about hatches and what happens after an event."""

from __future__ import annotations

from collections.abc import Mapping

from calendarkit.calendar.catalogue_entry import Entry, entry

HATCHES: Mapping[str, Entry] = {
    "CK126": entry(
        ("不是 RRULE", "Not an RRULE"),
        (
            "rrule 按 RFC 5545 写：FREQ=…，用分号隔开，时间是当地时间。",
            "rrule is written as RFC 5545 has it: FREQ=… with semicolons between the parts, in local time.",
        ),
        ("例如 FREQ=WEEKLY;BYDAY=WE;BYHOUR=20;BYMINUTE=0。", "Such as FREQ=WEEKLY;BYDAY=WE;BYHOUR=20;BYMINUTE=0."),
    ),
    "CK127": entry(
        ("RRULE 里有两种读法", "An RRULE with two readings"),
        (
            "各家日历对这一部分的理解不同，或者栏目用不上；宁可拒绝，不猜。",
            "Calendars read this part in different ways, or a column has no use for it; it is refused, not guessed.",
        ),
        ("按提示换成 calendarkit 的词，或换一种写法。", "Write calendarkit's own word, or another part, as suggested."),
    ),
    "CK128": entry(
        ("RRULE 没有起点", "An RRULE without a first day"),
        (
            "INTERVAL、COUNT 和没写周几、几号的规则要知道从哪天数起。",
            "INTERVAL, COUNT and rules that name no day must know the day they count from.",
        ),
        ("加上 from，或在 rrule 里写 DTSTART。", "Add from, or write DTSTART into the rrule."),
    ),
    "CK129": entry(
        ("RRULE 没有时间", "An RRULE without a time"),
        (
            "没有 BYHOUR 和 BYMINUTE，也没有 DTSTART 的时间。",
            "It has neither BYHOUR and BYMINUTE nor a time in DTSTART.",
        ),
        ("写 BYHOUR=12;BYMINUTE=0。", "Write BYHOUR=12;BYMINUTE=0."),
    ),
    "CK131": entry(
        ("不是 cron", "Not a line of cron"),
        ("cron 是五段：分 时 日 月 周。", "A line of cron has five fields: minute, hour, day, month, weekday."),
        ('例如 "30 12 * * mon-fri"。', 'Such as "30 12 * * mon-fri".'),
    ),
    "CK132": entry(
        ("cron 的日和周都写了", "Both days of cron are given"),
        (
            "有的 cron 满足一个就算，有的要两个都满足；要写明是哪一种。",
            "Some crons ask for one of them, some for both; say which.",
        ),
        ('加上 cron_day = "or" 或 "and"。', 'Add cron_day = "or" or "and".'),
    ),
    "CK133": entry(
        ("一天太多档", "Too many slots a day"),
        (
            "rrule 和 cron 一天最多 48 档；栏目不是监控。",
            "rrule and cron give at most 48 a day; a column is no monitor.",
        ),
        ("写几个固定时间。", "Name a few times."),
    ),
    "CK134": entry(
        ("after 没写全", "after is not complete"),
        (
            "after 要么写 delay（只发一次），要么写 every 和 times；都是整天。at 只写一个时间。",
            "after has delay (one reminder), or every and times; both in whole days. at names one time.",
        ),
        (
            '例如 after = { event = "purchase", every = "28d", times = 6 }。',
            'Such as after = { event = "joined", delay = "3d" }.',
        ),
    ),
    "CK312": entry(
        ("时间写了两遍", "When is said twice"),
        (
            "rrule 和 cron 代替 on、every、at、anchor、during、season，只能用一种。",
            "rrule and cron take the place of on, every, at, anchor, during and season; use one of them.",
        ),
        (
            "只留一个；skip、also、move、from、until 可以一起用。",
            "Keep one; skip, also, move, from and until go with both.",
        ),
    ),
    "CK313": entry(
        ("没有这个事件", "No such event"),
        (
            "after 里的 event、stop_on 或 sku 在 events.csv 里一次都没有出现。",
            "The event, stop_on or sku of after does not occur in events.csv.",
        ),
        ("按提示改名，或在名单里加上。", "Correct it, or add it to the events."),
    ),
    "CK314": entry(
        ("没有事件名单", "There are no events"),
        (
            "栏目写了 after，却没有 events.csv 或 events.toml。",
            "A column has after, and there is no events.csv or events.toml.",
        ),
        ("新建 events.csv，表头 event,subject,store,on。", "Write events.csv with the header event,subject,store,on."),
    ),
    "CK315": entry(
        ("整点一起发", "All at once on the hour"),
        (
            "平台建议避开整点和半点，这一档却同时发往很多目标。",
            "The platform advises to avoid the hour and half hour, and this slot goes to many targets at once.",
        ),
        ('加上 spread = "10m"，或错开几分钟。', 'Add spread = "10m", or move it by some minutes.'),
    ),
    "CK511": entry(
        ("事件的门店或社群不存在", "An event of an unknown store or group"),
        (
            "events.csv 里的 store 或 group 不在名单里，它的提醒没有人会收到。",
            "The store or group of an event is not in the roster, so nobody gets its reminders.",
        ),
        ("改正 id，或在名单里加上。", "Correct the id, or add it to the roster."),
    ),
}
