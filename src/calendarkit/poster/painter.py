"""The painters that come with calendarkit."""

from __future__ import annotations

from calendarkit.extend.options import NoOptions
from calendarkit.extend.painting import Painter, PainterContext, Painting


def connect(_: NoOptions, context: PainterContext) -> Painting:
    """Return a painter of TOML layouts for these folders."""
    from calendarkit.poster.paint import PillowPainting

    return PillowPainting(context)


PAINTERS: tuple[Painter, ...] = (Painter(name="pillow", title="Pillow", connect=connect),)
"""Every painter offered without a plugin."""
