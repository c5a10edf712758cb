"""The catalogue's codes about what protects groups and prices."""

from __future__ import annotations

from collections.abc import Mapping

from calendarkit.calendar.catalogue_entry import Entry, entry

GUARDING: Mapping[str, Entry] = {
    "CK460": entry(
        ("群里的价格没有守住承诺", "The price in groups breaks its promise"),
        (
            "policy.toml 的 [prices] 要求群价不高于（或低于）商城、门店、会员的价格。",
            "[prices] of policy.toml wants group prices not above (or below) those of mall, shelf and members.",
        ),
        (
            "改群价，或改另一处的价格；发送前会再查一次。",
            "Change this price or the other one; it is judged again just before sending.",
        ),
    ),
    "CK461": entry(
        ("卖货占比算不出来", "The share of selling cannot be told"),
        (
            "policy.toml 的 [mix] 按栏目的 kind 判断是不是卖货，没有写 kind 的栏目不算卖货。",
            "[mix] of policy.toml goes by the kind of columns; a column without one does not count as selling.",
        ),
        ("给栏目写上 kind，例如 deal、tips。", "Give the column a kind, such as deal or tips."),
    ),
    "CK462": entry(
        ("不许用的词", "A forbidden word"),
        (
            "policy.toml 的 [words] 不许用，或《广告法》第九条点名禁止；带着它的消息不会发出。",
            "[words] of policy.toml or article 9 of the Advertising Law forbids it; no message goes out with it.",
        ),
        ("换一种说法。", "Say it differently."),
    ),
    "CK463": entry(
        ("可能是绝对化用语", "Perhaps an absolute term"),
        (
            "和《广告法》禁止的“最佳”等意思相同；说的不是商品时可以用（如“第一时间”）。",
            "It means the same as what the Advertising Law forbids; where it does not speak of the goods it is fine.",
        ),
        (
            "换一种说法，或把整句写进 words.allow。",
            "Say it differently, or put the phrase into words.allow.",
        ),
    ),
}
