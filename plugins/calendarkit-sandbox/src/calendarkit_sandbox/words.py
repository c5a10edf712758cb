"""The words of the pages, in the two languages."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from calendarkit.extend import Text

Language = str

WORDS: Mapping[str, Text] = {
    "sandbox": Text("微信沙箱", "WeChat sandbox"),
    "groups": Text("微信群", "Groups"),
    "subtitle": Text(
        "群成员实际看到的消息，一条不多，一条不少",
        "What members really saw: every message, and nothing else",
    ),
    "messages": Text("条消息", "messages"),
    "today": Text("今日", "today"),
    "copies": Text("条重复", "repeated"),
    "group_count": Text("个群", "groups"),
    "search": Text("搜索群或门店", "Search groups and stores"),
    "nothing": Text("还没有消息", "Nothing yet"),
    "no_groups": Text("还没有群收到消息。", "No group has received anything yet."),
    "no_match": Text("没有匹配的群。", "No group matches."),
    "try": Text("向这个地址发一条试试：", "Send something to this address to try it:"),
    "more": Text("只显示前 {shown} 个群，请搜索。", "Only the first {shown} groups are shown; search for others."),
    "earlier": Text("只显示最近 {shown} 条。", "Only the latest {shown} messages are shown."),
    "robot": Text("群机器人", "Group robot"),
    "badge": Text("机器人", "BOT"),
    "back": Text("全部群", "All groups"),
    "copy": Text("重复：24 小时内第 {n} 次出现", "Repeated: shown {n} times within 24 hours"),
    "image": Text("[图片]", "[Picture]"),
    "file": Text("[文件]", "[File]"),
    "voice": Text("[语音]", "[Voice]"),
    "news": Text("[链接]", "[Link]"),
    "template_card": Text("[卡片]", "[Card]"),
    "open_picture": Text("打开原图", "Open the picture"),
    "cover": Text("封面未加载", "cover not loaded"),
    "everyone": Text("所有人", "everyone"),
    "input": Text("沙箱里不能回复", "Replies are off in the sandbox"),
    "facts": Text("这个群", "This group"),
    "group_id": Text("群编号", "Group id"),
    "store": Text("门店", "Store"),
    "received": Text("共收到", "Received"),
    "last": Text("最近一条", "Latest"),
    "raw": Text("查看原始日志", "See the log itself"),
    "clock": Text("沙箱时间", "Sandbox time"),
    "other": Text("English", "中文"),
    "not_found": Text("没有这个群", "There is no such group"),
}
_DAYS = Text("一二三四五六日", "MonTueWedThuFriSatSun")


def say(word: str, language: Language, **values: object) -> str:
    """Return one of :data:`WORDS`."""
    text = WORDS[word]
    return (text.zh if language == "zh" else text.en).format(**values)


def when(instant: dt.datetime, now: dt.datetime, language: Language) -> str:
    """Return a moment as chats write it: the time alone today, then yesterday, the weekday within a week, the date."""
    clock, days = instant.strftime("%H:%M"), (now.date() - instant.date()).days
    if days == 0:
        return clock
    if days == 1:
        return f"昨天 {clock}" if language == "zh" else f"Yesterday {clock}"
    if 1 < days < 7:
        weekday = instant.weekday()
        named = f"星期{_DAYS.zh[weekday]}" if language == "zh" else _DAYS.en[weekday * 3 : weekday * 3 + 3]
        return f"{named} {clock}"
    if language == "zh":
        return f"{instant.year}年{instant.month}月{instant.day}日 {clock}"
    return f"{instant.day} {instant.strftime('%b %Y')}, {clock}"
