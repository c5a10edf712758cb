"""The catalogue of problems: what each code means and how it is mended; the reference page is made of it."""

from __future__ import annotations

from collections.abc import Mapping

from calendarkit.calendar.catalogue_capacity import CAPACITY
from calendarkit.calendar.catalogue_content import CONTENT
from calendarkit.calendar.catalogue_entry import Entry
from calendarkit.calendar.catalogue_files import FILES
from calendarkit.calendar.catalogue_guarding import GUARDING
from calendarkit.calendar.catalogue_hatches import HATCHES
from calendarkit.calendar.catalogue_people import PEOPLE
from calendarkit.calendar.catalogue_rules import RULES
from calendarkit.model.text import Text

CHAPTERS: Mapping[str, Text] = {
    "CK0": Text("文件、编码和 TOML 语法", "Files, encodings and TOML syntax"),
    "CK1": Text("日期、时间和规则的写法", "Words for days, times and rules"),
    "CK2": Text("键、类型和 id", "Keys, types and ids"),
    "CK3": Text("排期", "Schedules"),
    "CK4": Text("内容、商品和价格", "Content, offers and prices"),
    "CK5": Text("门店、社群、人群和渠道", "Stores, groups, audiences and channels"),
    "CK6": Text("密钥和插件", "Secrets and plugins"),
    "CK7": Text("渲染（发送前）", "Rendering (just before sending)"),
    "CK9": Text("提醒", "Hints"),
}
"""Title of each hundred."""

ENTRIES: Mapping[str, Entry] = dict(
    sorted({**FILES, **RULES, **HATCHES, **CONTENT, **GUARDING, **PEOPLE, **CAPACITY}.items())
)
"""Every code calendarkit can report, sorted; codes are never given a second meaning."""
