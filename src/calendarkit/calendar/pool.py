"""A content pool (素材库): items that a column shows in turn."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One piece of content.

    Attributes:
        id: unique in its pool.
        date: the day it is for, with ``pick = "by-date"``.
        until: the last day it may be shown.
        offer: id of the offer it is about.
        fields: every further column, as text; templates read ``{{ item.NAME }}``.
    """

    id: str
    title: str = ""
    body: str = ""
    date: dt.date | None = None
    until: dt.date | None = None
    offer: str = ""
    photo: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Pool:
    """The items of one file, in the order written."""

    id: str
    items: tuple[Item, ...] = ()
