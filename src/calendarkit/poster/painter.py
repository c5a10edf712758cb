"""The painters that come with calendarkit."""

from __future__ import annotations

from typing import Literal

from calendarkit.extend.options import Options
from calendarkit.extend.painting import Painter, PainterContext, Painting


class PillowOptions(Options):
    """How the built-in painter works: ``[plugins.pillow]``."""

    encoder: Literal["splice", "full"] = "splice"
    """``splice`` encodes only what differs from one poster to the next; ``full`` draws and encodes everything anew."""


def connect(options: PillowOptions, context: PainterContext) -> Painting:
    """Return a painter of TOML layouts for these folders."""
    from calendarkit.poster.paint import PillowPainting

    return PillowPainting(context, whole=options.encoder == "full")


PAINTERS: tuple[Painter, ...] = (Painter(name="pillow", title="Pillow", connect=connect, options=PillowOptions),)
"""Every painter offered without a plugin."""
