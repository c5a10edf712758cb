"""Kinds that let members take part and belong: topics, check-ins, stories, events."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from calendarkit.calendar.fields import Duration, Strings
from calendarkit.extend.options import Options
from calendarkit.extend.planning import ColumnKind
from calendarkit.model.text import Text


class Topic(Options):
    """Options of ``topic``."""

    host: str = ""
    """Who opens the talk and keeps it going."""


class Checkin(Options):
    """Options of ``checkin``."""

    days: int = Field(ge=2, le=365)
    """How many days it runs."""
    reward: str
    """What those who keep it up receive."""
    makeup: int = Field(default=0, ge=0)
    """How many missed days may be made up."""


class CoCreate(Options):
    """Options of ``co_create``."""

    choices: Strings
    """What members choose from."""
    closes: Duration = "24h"
    """How long the vote is open."""


class Event(Options):
    """Options of ``event_offline``."""

    place: str = ""
    """Where it takes place; empty when each item or store says so itself."""
    capacity: int = Field(default=0, ge=0)
    """How many can come; 0 without a limit."""
    sign_up: str = ""
    """Where people sign up."""


class Story(Options):
    """Options of ``koc_story``."""

    creator: str = ""
    """Who tells it; empty when each item or store says so itself."""
    stage: Literal["brief", "sent", "shot", "edited", "approved"] = "brief"
    """How far the story has come."""


class Spotlight(Options):
    """Options of ``ugc_spotlight``."""

    consent: str
    """How members agreed to be shown, such as a message or a form."""


class ReviewCall(Options):
    """Options of ``review_call``."""

    reward: str = ""
    """What a review earns."""


class Welcome(Options):
    """Options of ``welcome_series``."""

    day: int = Field(default=0, ge=0)
    """Days after joining."""


EMOTION: tuple[ColumnKind, ...] = (
    ColumnKind(
        name="topic",
        title=Text("话题", "topic"),
        summary=Text("一个大家都能接的话题，让群里有人说话", "a topic everyone can join, so that members talk"),
        worth="emotion",
        defaults={"late": "2h", "on_unknown": "resend"},
        options=Topic,
        example="""\
[[column]]
id = "weekend-topic"
title = "周末话题"
kind = "topic"
on = "周六"
at = "20:00"
options = { host = "小林" }

[column.content]
text = "{{ options.host }}来聊：这周末你家吃什么？"
""",
    ),
    ColumnKind(
        name="checkin",
        title=Text("打卡", "check-in"),
        summary=Text("连续几天一起坚持一件事，有名次有奖励", "keep something up together for some days"),
        worth="emotion",
        defaults={"late": "3h", "on_unknown": "resend"},
        options=Checkin,
        example="""\
[[column]]
id = "breakfast-checkin"
title = "早餐打卡"
kind = "checkin"
on = "每天"
at = "08:30"
from = 2026-12-01
until = 2026-12-21
options = { days = 21, reward = "鲜奶一箱" }

[column.content]
text = "{{ options.days }} 天早餐打卡，坚持到底送{{ options.reward }}。"
""",
    ),
    ColumnKind(
        name="co_create",
        title=Text("共创", "co-creation"),
        summary=Text("请群友一起定：选口味、选款式，再告诉大家结果", "members decide, and hear what came of it"),
        worth="emotion",
        options=CoCreate,
        example="""\
[[column]]
id = "next-flavour"
title = "下一个口味你来定"
kind = "co_create"
on = "2026-12-05"
at = "20:00"
options = { choices = ["抹茶", "乌龙", "桂花"], closes = "48h" }

[column.content]
text = "下一款酸奶选哪个？{{ options.choices | join('、') }}，接龙投票。"
""",
    ),
    ColumnKind(
        name="event_offline",
        title=Text("线下活动", "offline event"),
        summary=Text("到店体验、聚会：预告、提醒、回顾", "come and try it: announcement, reminder, recap"),
        worth="emotion",
        defaults={"late": "1h"},
        options=Event,
        example="""\
[[column]]
id = "store-tasting"
title = "到店试吃"
kind = "event_offline"
on = "2026-12-12"
at = "10:00"
options = { place = "滨江一号店", capacity = 20 }

[column.content]
text = "今天 {{ options.place }}试吃会，名额 {{ options.capacity }} 位。"
""",
    ),
    ColumnKind(
        name="koc_story",
        title=Text("达人故事", "customer's story"),
        summary=Text(
            "寄样、拍摄、编辑、审核后再讲的真实使用故事", "a customer's own story, sent out once it is approved"
        ),
        worth="emotion",
        options=Story,
        example="""\
[[column]]
id = "ski-story"
title = "雪场穿搭"
kind = "koc_story"
on = "2026-12-19"
at = "20:30"
options = { creator = "滑雪的阿宁", stage = "approved" }

[column.content]
text = "{{ options.creator }}穿着它滑了三天雪，照片在这里。"
""",
    ),
    ColumnKind(
        name="ugc_spotlight",
        title=Text("群友精选", "members' best"),
        summary=Text("经本人同意，把群友的好内容再发一次", "what members made, shown again with their consent"),
        worth="emotion",
        options=Spotlight,
        example="""\
[[column]]
id = "members-best"
title = "群友好物"
kind = "ugc_spotlight"
on = "周日"
at = "20:00"
options = { consent = "群内接龙确认" }

[column.content]
text = "本周群友晒单精选（均已征得同意）。"
""",
    ),
    ColumnKind(
        name="review_call",
        title=Text("征集评价", "call for reviews"),
        summary=Text("请买过的人说说用得怎么样", "those who bought it say how it is"),
        worth="emotion",
        options=ReviewCall,
        example="""\
[[column]]
id = "apple-reviews"
title = "说说苹果"
kind = "review_call"
on = "周四"
at = "19:00"
options = { reward = "5 元券" }

[column.content]
text = "买过苹果的说说甜不甜？晒图送{{ options.reward }}。"
""",
    ),
    ColumnKind(
        name="welcome_series",
        title=Text("入群欢迎", "welcome series"),
        summary=Text("入群当天、第 1、3、7 天各一条，先讲清群里有什么", "what the group is about, in the first days"),
        worth="emotion",
        defaults={"late": "12h"},
        options=Welcome,
        example="""\
[[column]]
id = "welcome"
title = "新朋友欢迎"
kind = "welcome_series"
on = "周一"
at = "10:00"
audience = "new"
options = { day = 0 }

[column.content]
text = "欢迎新朋友！每天 7:30 贴士，周三 20:00 秒杀，每天不超过 3 条。"
""",
    ),
    ColumnKind(
        name="moments",
        title=Text("朋友圈", "moments"),
        summary=Text("导购按节奏发的朋友圈素材", "what guides post to their moments, in a rhythm"),
        worth="emotion",
        defaults={"late": "3h"},
        example="""\
[[column]]
id = "guide-moments"
title = "导购朋友圈"
kind = "moments"
on = ["周一", "周四"]
at = "18:30"

[column.content]
text = "今天店里到了一车橙子，甜得很安静。"
""",
    ),
)
