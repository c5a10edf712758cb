"""The catalogue's codes about rules, keys and schedules."""

from __future__ import annotations

from collections.abc import Mapping

from calendarkit.calendar.catalogue_entry import Entry, entry

RULES: Mapping[str, Entry] = {
    "CK101": entry(
        ("不认识的日期词", "Not a word for days"),
        ("on 和 skip 里的词看不懂。", "A word of on or skip is not understood."),
        ("见规则参考页的词表。", "See the words on the rules page."),
    ),
    "CK103": entry(
        ("不是时间", "Not a time"),
        ('时间写成 24 小时制 "HH:MM"，到 23:59 为止。', 'Times are 24-hour "HH:MM" up to 23:59.'),
        ('例如 "12:30"。', 'Such as "12:30".'),
    ),
    "CK104": entry(
        ("不是时长", "Not a duration"),
        ("时长由 d、h、m、s 组成。", "Durations are made of d, h, m and s."),
        ('例如 "30m"、"2h30m"。', 'Such as "30m", "2h30m".'),
    ),
    "CK105": entry(
        ("不是时段", "Not a stretch of hours"),
        ("时段是两个不同的时间，可以跨过午夜。", "Hours are two different times and may cross midnight."),
        ('例如 "22:00-07:30"。', 'Such as "22:00-07:30".'),
    ),
    "CK106": entry(
        ("不是日期加时间", "Not a date with a time"),
        ("also 和 move 写日期加时间。", "also and move take a date with a time."),
        ('例如 "2026-10-07T12:00"。', 'Such as "2026-10-07T12:00".'),
    ),
    "CK107": entry(
        ("不是日期", "Not a date"),
        ("没有这一天，或写法不对。", "There is no such day, or it is written differently."),
        ('例如 "2026-12-24"。', 'Such as "2026-12-24".'),
    ),
    "CK108": entry(
        ("结束早于开始", "Ends before it begins"),
        ("日期范围前后颠倒了。", "The range of dates runs backwards."),
        ("把两个日期对调。", "Swap the two dates."),
    ),
    "CK111": entry(
        ("没有这一天", "No such day of the month"),
        ("一个月只有 1 到 31 日。", "Months have days 1 to 31."),
        ('月末写 "last day"。', 'For the end of a month write "last day".'),
    ),
    "CK112": entry(
        ("没有这个时区", "No such time zone"),
        ("时区用 IANA 名称。", "Zones are IANA names."),
        ('国内一律写 "Asia/Shanghai"。', 'All of China is "Asia/Shanghai".'),
    ),
    "CK113": entry(
        ("不是间隔", "Not an interval"),
        ("every 写数字加单位，只写数字不行。", "every is a number with a unit; a bare number says nothing."),
        ('例如 "2 weeks"、"3 days"、"1 month"。', 'Such as "2 weeks", "3 days", "1 month".'),
    ),
    "CK114": entry(
        ("不是一段季节", "Not a season"),
        (
            "season 是每年从一天到另一天，首尾都算，可以跨年。",
            "A season is from one day of every year to another, inclusive.",
        ),
        ('例如 "11-20..02-10"。', 'Such as "11-20..02-10".'),
    ),
    "CK115": entry(
        ("没有这个锚点", "No such anchor"),
        (
            "T-3 这样的词要从栏目的 anchor 数起，during 要写锚点；两者都要存在。",
            "Words such as T-3 count from the column's anchor, during names one; it must exist.",
        ),
        ("改成已有的锚点，或写一个 [[anchor]]。", "Name a known one, or write an [[anchor]]."),
    ),
    "CK116": entry(
        ("锚点没有这个阶段", "No such phase"),
        (
            "during 里点号后面是锚点 phases 里的名字。",
            "Behind the dot of during stands a name out of the anchor's phases.",
        ),
        ("按提示改名，或写进 phases。", "Use a known name, or write it into phases."),
    ),
    "CK117": entry(
        ("没有这个农历日子", "No such lunar date"),
        ("农历有 12 个月，每月最多三十天。", "The lunar calendar has 12 months of at most 30 days."),
        ('例如 "农历八月十五"、"农历闰六月初一"、"除夕"。', 'Such as "lunar 08-15", "lunar leap 06-01", "lunar eve".'),
    ),
    "CK118": entry(
        ("没有这个节气", "No such solar term"),
        ("二十四节气写中文名。", "The 24 solar terms go by their Chinese names."),
        ('例如 "冬至" 或 "term 冬至"。', 'Such as "term 冬至".'),
    ),
    "CK119": entry(
        ("离锚点太远", "Too far from its anchor"),
        ("从锚点最多数 366 天。", "At most 366 days are counted from an anchor."),
        ("另写一个 [[anchor]]。", "Write another [[anchor]]."),
    ),
    "CK120": entry(
        ("移动了不存在的档期", "Moves a slot that does not exist"),
        ("move 左边要写原来的日期和时间。", "The left side of move is the slot's original date and time."),
        ("改正左边，或删掉这一条。", "Correct it, or remove it."),
    ),
    "CK121": entry(
        ("本来就有这一档", "The rule has this slot already"),
        ("also 加的时间规则里已经有了。", "also adds a moment that the rule already gives."),
        ("删掉这一条。", "Remove it."),
    ),
    "CK122": entry(
        ("加了两次", "Added twice"),
        ("also 里同一个时间写了两次。", "also names one moment twice."),
        ("只留一个。", "Keep one."),
    ),
    "CK123": entry(
        ("不是一年一次的日子", "Not one day a year"),
        (
            "锚点的 on 每年最多一天，别的日子都从它数起。",
            "The on of an anchor is one day a year that others count from.",
        ),
        ('例如 "06-18"、"农历八月十五"；每年不同就写 dates。', 'Such as "06-18", "lunar 08-15"; else write dates.'),
    ),
    "CK124": entry(
        ("锚点的日期不在那一年", "An anchor's date of another year"),
        (
            "dates 左边是年份，右边是那一年的日期。",
            "dates has a year on its left and a date of that year on its right.",
        ),
        ("改正其中一个。", "Correct one of them."),
    ),
    "CK125": entry(
        ("阶段的结束早于开始", "A phase ends before it begins"),
        ("to 不能小于 from；锚点之前是负数。", "to is not less than from; days before the anchor are negative."),
        ("对调 from 和 to。", "Swap from and to."),
    ),
    "CK201": entry(
        ("不认识的键", "Unknown key"),
        ("多半是拼写错误；不认识的键从不忽略。", "Mostly a slip of the pen; unknown keys are never ignored."),
        ("按提示改名，或删掉。", "Rename it as suggested, or remove it."),
    ),
    "CK202": entry(
        ("缺少必填的键", "A key is missing"),
        ("这一项少了必须写的键或列。", "An entry lacks a key or column it must have."),
        ("补上它。", "Add it."),
    ),
    "CK203": entry(
        ("类型不对", "Wrong type"),
        (
            "这里要写另一种值：文字、数字、日期、列表或表。",
            "Another kind of value is expected: a text, number, date, list or table.",
        ),
        ("按提示的例子写。", "Write it like the example."),
    ),
    "CK204": entry(
        ("值不在范围内", "Value out of range"),
        ("值太大、太小，或不在可选的值里。", "The value is too large, too small, or none of the choices."),
        ("按提示改。", "Choose as suggested."),
    ),
    "CK205": entry(
        ("id 重复", "Duplicate id"),
        ("id 是身份，同类里只能用一次。", "An id is an identity and used once in its kind."),
        ("换一个，或删掉一处。", "Choose another, or remove one."),
    ),
    "CK206": entry(
        ("不能当 id", "Cannot be an id"),
        (
            "id 会出现在投放键和文件名里，只能用英文字母、数字、- _ .，最长 64 个。",
            "Ids become part of keys and file names: ASCII letters, digits, - _ and ., at most 64.",
        ),
        ("中文写在 title 或 name 里。", "Put the name into title or name."),
    ),
    "CK301": entry(
        ("结束早于开始", "Ends before it begins"),
        ("until 早于 from。", "until is before from."),
        ("对调，或删掉一个。", "Swap them, or remove one."),
    ),
    "CK302": entry(
        ("栏目没有时间", "A column without a time"),
        ("没有 at 也没有 also，栏目永远不会发。", "Without at and also a column never goes out."),
        ('加上 at = "12:00"。', 'Add at = "12:00".'),
    ),
    "CK303": entry(
        ("免打扰时段吞掉了档期", "Quiet hours swallow a slot"),
        (
            "等到免打扰结束时已经过了 late 或 valid_for，永远不会发。",
            "When the quiet ends it is later than late or valid_for allows: it never goes out.",
        ),
        ("换时间、加长 late，或写 quiet = false。", "Move it, allow a longer late, or write quiet = false."),
    ),
    "CK304": entry(
        ("时间没有写时区", "A time without a zone"),
        ("按日历目录的时区理解。", "It is read in the workspace's zone."),
        ("想写明就加上 +08:00。", "To be plain add +08:00."),
    ),
    "CK305": entry(
        ("档期在免打扰时段里", "A slot in quiet hours"),
        ("会等到免打扰结束才发。", "It waits until the quiet ends."),
        ("改时间，或写 quiet = false。", "Move it, or write quiet = false."),
    ),
    "CK306": entry(
        ("有的月份没有这一天", "Some months lack this day"),
        ("29、30、31 日在短的月份里没有，那个月就不发。", "Short months have no day 29, 30 or 31 and are skipped."),
        ('想每月都发就写 "last day"。', 'For every month write "last day".'),
    ),
    "CK307": entry(
        ("间隔没有起点", "An interval without a first day"),
        ("every 要知道从哪一天数起。", "every must know the day it counts from."),
        ("加上 from。", "Add from."),
    ),
    "CK308": entry(
        ("法定放假安排快到头了", "Statutory days end soon"),
        (
            "工作日和休息日只到国务院已公布的那一天；之后不猜，一档都没有。",
            "Workdays and days off are known as far as they are announced; beyond that nothing is guessed.",
        ),
        ("升级 calendarkit，或在 [statutory] 里写那一年。", "Upgrade calendarkit, or write the year into [statutory]."),
    ),
    "CK309": entry(
        ("今天起没有法定放假安排", "Statutory days are unknown from today"),
        (
            "用到工作日、休息日的栏目今天起一档都没有，直到有安排为止。",
            "Columns that use workday or offday have no slots from today on until the days are known.",
        ),
        ("升级 calendarkit，或在 [statutory] 里写这一年。", "Upgrade calendarkit, or write the year into [statutory]."),
    ),
    "CK310": entry(
        ("规则一天都没有", "A rule without any day"),
        (
            "on 的日子都被 skip、season、during、every 或起止日期排除了。",
            "Every day of on is taken out by skip, season, during, every or the first and last day.",
        ),
        ("放宽其中一个。", "Widen one of them."),
    ),
    "CK311": entry(
        ("一天既休息又上班", "A day both off and worked"),
        ("[statutory] 的 offday 和 workday 里有同一天；按休息算。", "One day stands in both lists; it counts as off."),
        ("从一处删掉。", "Remove it from one."),
    ),
}
