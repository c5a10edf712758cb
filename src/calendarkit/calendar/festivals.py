"""The shopping festivals that come with calendarkit: ``[[anchor]]`` tables that a workspace uses by id or overrides.

Text as a team would write it, so that it is read by the same rules as any file of ``calendars/`` and can be copied
there: an anchor of the same id in the workspace takes the place of the one here.
"""

from __future__ import annotations

PATH = "calendarkit:festivals.toml"
"""What this document is called where a file name is due; no workspace has a file of that name."""
TEXT = """\
# Days count from the festival itself, both ends included: from = -18 is eighteen days before it.

[[anchor]]
id = "nianhuo"
title = "年货节"
on = "lunar 01-01"
phases = [
  { name = "预热", from = -35, to = -29 },
  { name = "爆发", from = -28, to = -8 },
  { name = "返场", from = -7, to = -2 },
]

[[anchor]]
id = "spring-festival"
title = "春节"
on = "lunar 01-01"
phases = [
  { name = "预热", from = -7, to = -1 },
  { name = "节日", from = 0, to = 6 },
  { name = "返场", from = 7, to = 14 },
]

[[anchor]]
id = "valentine"
title = "情人节"
on = "02-14"
phases = [
  { name = "预热", from = -7, to = -1 },
  { name = "节日", from = 0, to = 0 },
]

[[anchor]]
id = "38"
title = "三八节"
on = "03-08"
phases = [
  { name = "预热", from = -7, to = -4 },
  { name = "预售", from = -3, to = -1 },
  { name = "爆发", from = 0, to = 0 },
  { name = "返场", from = 1, to = 2 },
]

[[anchor]]
id = "labour-day"
title = "五一"
on = "05-01"
phases = [
  { name = "预热", from = -5, to = -1 },
  { name = "节日", from = 0, to = 4 },
]

[[anchor]]
id = "520"
title = "520"
on = "05-20"
phases = [
  { name = "预热", from = -5, to = -1 },
  { name = "节日", from = 0, to = 0 },
]

[[anchor]]
id = "dragon-boat"
title = "端午"
on = "lunar 05-05"
phases = [
  { name = "预热", from = -10, to = -4 },
  { name = "爆发", from = -3, to = -1 },
  { name = "节日", from = 0, to = 0 },
]

[[anchor]]
id = "618"
title = "618"
on = "06-18"
phases = [
  { name = "预热", from = -18, to = -4 },
  { name = "预售", from = -3, to = -1 },
  { name = "爆发", from = 0, to = 2 },
  { name = "返场", from = 3, to = 5 },
]

[[anchor]]
id = "qixi"
title = "七夕"
on = "lunar 07-07"
phases = [
  { name = "预热", from = -7, to = -1 },
  { name = "节日", from = 0, to = 0 },
]

[[anchor]]
id = "back-to-school"
title = "开学季"
on = "09-01"
phases = [
  { name = "预热", from = -20, to = -8 },
  { name = "爆发", from = -7, to = 0 },
  { name = "返场", from = 1, to = 5 },
]

[[anchor]]
id = "mid-autumn"
title = "中秋"
on = "lunar 08-15"
phases = [
  { name = "预热", from = -21, to = -8 },
  { name = "爆发", from = -7, to = -1 },
  { name = "节日", from = 0, to = 0 },
]

[[anchor]]
id = "national-day"
title = "国庆"
on = "10-01"
phases = [
  { name = "预热", from = -5, to = -1 },
  { name = "节日", from = 0, to = 6 },
]

[[anchor]]
id = "double-11"
title = "双11"
on = "11-11"
phases = [
  { name = "预热", from = -22, to = -12 },
  { name = "预售", from = -11, to = -1 },
  { name = "爆发", from = 0, to = 0 },
  { name = "返场", from = 1, to = 4 },
]

[[anchor]]
id = "double-12"
title = "双12"
on = "12-12"
phases = [
  { name = "预热", from = -7, to = -1 },
  { name = "爆发", from = 0, to = 0 },
  { name = "返场", from = 1, to = 2 },
]

[[anchor]]
id = "new-year"
title = "元旦"
on = "01-01"
phases = [
  { name = "预热", from = -8, to = -1 },
  { name = "节日", from = 0, to = 2 },
]
"""
"""TOML."""
