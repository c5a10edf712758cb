"""Stores (门店) and groups (社群): who can be reached, and where."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Members = Literal["customers", "staff"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Store:
    """One shop.

    Attributes:
        id: ASCII, such as ``hz-001``.
        join_url: what the QR on its posters opens.
        zone: IANA name, empty for the column's.
        fields: every further column of the roster file, as text.
        address: where publishers that reach a store (its CMS) find it: ``{"miniprogram": {"base": "…"}}``.
    """

    id: str
    name: str
    city: str = ""
    region: str = ""
    tags: frozenset[str] = frozenset()
    phone: str = ""
    street: str = ""
    join_url: str = ""
    zone: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)
    address: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """One chat group of a store.

    Attributes:
        id: full id, ``store.name``: ``hz-001.vip``.
        members: ``staff`` (导购群) or ``customers`` (客户群); some channels reach only one of them.
        size: members, 0 when unknown.
        owner: the person in charge.
        address: by publisher: ``{"wecom": {"key": "secret:robot/hz-001"}}``; secrets are names, never values.
    """

    id: str
    store: str
    title: str = ""
    members: Members = "customers"
    tags: frozenset[str] = frozenset()
    size: int = 0
    owner: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)
    address: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Roster:
    """Every store and group by id, in the order of the files."""

    stores: Mapping[str, Store] = field(default_factory=dict)
    groups: Mapping[str, Group] = field(default_factory=dict)
