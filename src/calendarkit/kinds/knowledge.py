"""Kinds that give members something to know: tips, digests, lessons, rules."""

from __future__ import annotations

from pydantic import Field

from calendarkit.calendar.fields import Strings
from calendarkit.extend.options import Options
from calendarkit.extend.planning import ColumnKind
from calendarkit.model.text import Text


class Tips(Options):
    """Options of ``tips``."""

    series: str = ""
    """Name of the series the tips belong to."""


class Digest(Options):
    """Options of ``digest``."""

    credits: Strings = ()
    """Who is named as the source."""


class Lecture(Options):
    """Options of ``lecture``."""

    teacher: str = ""
    """Who speaks; empty when each item or store says so itself."""
    minutes: int = Field(default=30, ge=5, le=240)
    """How long it takes."""
    replay: str = ""
    """Where it can be seen again."""


class Course(Options):
    """Options of ``course``."""

    teacher: str = ""
    """Who teaches; empty when each item or store says so itself."""
    lessons: int = Field(default=0, ge=0)
    """How many lessons there are; 0 when nobody has counted them."""


class Article(Options):
    """Options of ``article``."""

    account: str = ""
    """The official account it appears in."""


KNOWLEDGE: tuple[ColumnKind, ...] = (
    ColumnKind(
        name="tips",
        title=Text("小贴士", "tips"),
        summary=Text("每天同一时间的一条实用知识，让人习惯打开群", "one useful thing at the same time every day"),
        worth="knowledge",
        defaults={"late": "3h", "on_unknown": "resend"},
        options=Tips,
        example="""\
[[column]]
id = "morning-tips"
title = "早安贴士"
kind = "tips"
on = "每天"
at = "07:30"
options = { series = "选菜小学问" }

[column.content]
text = "早上好！{{ options.series }}：番茄挑蒂部有放射纹的，更沙更甜。"
""",
    ),
    ColumnKind(
        name="digest",
        title=Text("每日精选", "digest"),
        summary=Text("精选的本地或行业消息，注明出处", "a curated digest of news, with its sources"),
        worth="knowledge",
        defaults={"late": "2h", "on_unknown": "resend"},
        options=Digest,
        example="""\
[[column]]
id = "city-digest"
title = "今日滨江"
kind = "digest"
on = "周一至周五"
at = "08:00"
options = { credits = ["滨江发布"] }

[column.content]
text = "今日滨江：江边步道今晚开放。来源：{{ options.credits | join('、') }}"
""",
    ),
    ColumnKind(
        name="lecture",
        title=Text("群讲座", "lecture"),
        summary=Text("专家在群里讲一次，可以回看", "an expert speaks in the group once; it can be seen again"),
        worth="knowledge",
        defaults={"late": "10m"},
        options=Lecture,
        example="""\
[[column]]
id = "sleep-lecture"
title = "宝宝睡眠讲座"
kind = "lecture"
on = "2026-12-03"
at = "20:00"
options = { teacher = "王医生", minutes = 40 }

[column.content]
text = "今晚 8 点，{{ options.teacher }}讲宝宝睡眠，约 {{ options.minutes }} 分钟。"
""",
    ),
    ColumnKind(
        name="course",
        title=Text("课程", "course"),
        summary=Text("按课表一课一课讲，服务商品背后的真实需要", "lesson after lesson, for the need behind the goods"),
        worth="knowledge",
        defaults={"late": "2h", "on_unknown": "resend"},
        options=Course,
        example="""\
[[column]]
id = "food-course"
title = "辅食十课"
kind = "course"
on = "周二"
at = "19:30"
options = { teacher = "小安老师", lessons = 10 }

[column.content]
text = "{{ options.teacher }}的辅食课今晚开讲，共 {{ options.lessons }} 课。"
""",
    ),
    ColumnKind(
        name="article",
        title=Text("文章", "article"),
        summary=Text("公众号文章的导读和链接", "the introduction and link of an article"),
        worth="knowledge",
        defaults={"late": "6h"},
        options=Article,
        example="""\
[[column]]
id = "weekly-article"
title = "周五长文"
kind = "article"
on = "周五"
at = "18:00"
options = { account = "鲜果时光" }

[column.content]
text = "本周长文已在公众号“{{ options.account }}”发布：冬天的橙子为什么甜。"
""",
    ),
    ColumnKind(
        name="rules_post",
        title=Text("群规", "group rules"),
        summary=Text("定期重申简短的群规和固定入口", "the few rules and fixed entries of the group, again and again"),
        worth="knowledge",
        defaults={"late": "12h", "on_unknown": "resend"},
        example="""\
[[column]]
id = "rules"
title = "群规"
kind = "rules_post"
on = "每月1号"
at = "09:00"

[column.content]
text = "群规三条：不发外部广告；问题随时问；福利每周三 20:00。"
""",
    ),
)
