"""Absolute terms of advertising (绝对化用语), as a dated list that a shop extends or excuses in ``policy.toml``.

Sources: Advertising Law of the People's Republic of China (《中华人民共和国广告法》, amended 2021-04-29), article 9,
item 3; State Administration for Market Regulation, guideline on absolute terms in advertising
(《广告绝对化用语执法指南》, announcement 6 of 2023, 2023-02-25), which extends it to words of the same meaning and
excuses those that do not speak of the goods (such as 第一时间).
"""

from __future__ import annotations

DATED = "2023-02-25"
"""The day of the younger source."""

NAMED = ("国家级", "最高级", "最佳")
"""What the law itself names."""

LIKE_THEM = (
    "最优秀", "最优质", "最便宜", "最低价", "价格最低", "全网最低", "全城最低", "最先进", "最高端", "最受欢迎",
    "最畅销", "最正宗", "第一品牌", "全国第一", "全球第一", "销量第一", "排名第一", "行业第一", "独一无二", "绝无仅有",
    "史无前例", "世界级", "顶级", "顶尖", "极品", "至尊", "王牌", "万能", "唯一", "百分之百有效", "100%有效",
)  # fmt: skip
"""Words of the same meaning that authorities have often objected to; whether one is meant so, a person decides."""
