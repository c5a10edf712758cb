"""The robot's limits: what WeCom takes, where that is written, and how fast."""

from __future__ import annotations

from calendarkit.extend import KindLimit, Limits, Rate

SOURCE = "WeCom doc path/99110 (消息推送配置说明), 2025-08-07"

LIMITS = Limits(
    kinds={
        "markdown": KindLimit(text_bytes=4096, source=SOURCE),
        "text": KindLimit(text_bytes=2048, source=SOURCE),
        "image": KindLimit(media_bytes=2 * 1024 * 1024, mimes=("image/jpeg", "image/png"), source=SOURCE),
        "link": KindLimit(title_bytes=128, text_bytes=512, source=SOURCE),
    },
    rates=(Rate(name="robot", by=("key",), count=18, per=60, limit=20, source=SOURCE),),
)
