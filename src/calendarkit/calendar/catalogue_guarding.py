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
}
