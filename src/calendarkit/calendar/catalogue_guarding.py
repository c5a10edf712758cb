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
    "CK533": entry(
        ("一周里超过频控", "More than the caps allow in a week"),
        (
            "一个社群七天内的条数会超过 caps.per_week；多出的会被挡下。",
            "A group would get more than caps.per_week in seven days; the rest is withheld.",
        ),
        ("少排一些天，或把 per_week 改大。", "Fewer days, or a larger per_week."),
    ),
    "CK534": entry(
        ("卖货会超过占比", "Selling above its share"),
        (
            "按 policy.toml 的 [mix] max_sale，这一档会让社群里卖货的占比过高：会被挡下。",
            "With it, selling would be more than [mix] max_sale of what the group hears: it is withheld.",
        ),
        ("先加一档贴士或话题，或少卖几档。", "Tell or ask something first, or sell less often."),
    ),
    "CK535": entry(
        ("同一商品又来得太早", "The same product too soon"),
        (
            "同一个社群在 [prices] rest 之内又会看到同一商品：会被挡下。",
            "A group would be offered the same product again within [prices] rest: it is withheld.",
        ),
        ("换一个商品，或隔得更开。", "Show another product, or show it less often."),
    ),
    "CK536": entry(
        ("不卖货的内容太少", "Too little that does not sell"),
        (
            "有客户群在 [mix] days 天里收到的贴士、话题、福利会少于 min_brand_posts。",
            "In [mix] days days some customers' groups would hear fewer than min_brand_posts that do not sell.",
        ),
        ("为它们加一个栏目，并写上 kind。", "Add a column for them, and give it a kind."),
    ),
    "CK537": entry(
        ("太久没有声音", "Silent for too long"),
        (
            "有客户群会连续多天什么都收不到，超过 [mix] max_silence。",
            "Some customers' groups would hear nothing for more days in a row than [mix] max_silence.",
        ),
        ("给这些天加一档，或放宽 audience。", "Add a slot on these days, or widen an audience."),
    ),
    "CK538": entry(
        ("没有全部推演", "Not everything was judged"),
        (
            "标签组合太多，check 只推演了群最多的那些组合；其余的群到点时照样逐条判断。",
            "Groups are of too many combinations; only the largest were judged. When due, every group is judged.",
        ),
        ("缩短 --horizon，或减少 audience 里的条件。", "Use a shorter --horizon, or fewer conditions in audiences."),
    ),
    "CK539": entry(
        ("两次卖货离得太近", "Two offers too close"),
        (
            "同一个群的两次卖货之间不到 [mix] sale_gap，等到能发时已经太晚：会被挡下。",
            "Less than [mix] sale_gap lies between two offers to a group; waiting would be too late: it is withheld.",
        ),
        ("把时间错开，加长 late，或减小 sale_gap。", "Move one, allow a longer late, or a smaller sale_gap."),
    ),
}
