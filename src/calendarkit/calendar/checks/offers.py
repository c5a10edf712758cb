"""Whether offers keep their floors, their dates in order and their zones plain."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from zoneinfo import ZoneInfo

from calendarkit.calendar.draft import Draft, Placed
from calendarkit.calendar.finding import Finding
from calendarkit.calendar.known import Known
from calendarkit.calendar.offer import Offer
from calendarkit.calendar.origin import Origin
from calendarkit.calendar.template_filters import money
from calendarkit.model.text import Text


def check_offers(draft: Draft, _: Known) -> Iterator[Finding]:
    """Yield prices below the floor or above the list price, ends before beginnings, and times without a zone."""
    zone = draft.workspace.timezone if draft.workspace else "Asia/Shanghai"
    naive: dict[str, list[Finding]] = {}
    for placed in draft.offers:
        yield from _floor(draft, placed)
        yield from _list_price(placed)
        yield from _dates(placed, zone)
        for key, moment in (("from", placed.noun.since), ("until", placed.noun.until)):
            if moment is not None and moment.tzinfo is None:
                naive.setdefault(placed.origin.document, []).append(_naive(placed, key, moment, zone))
    for findings in naive.values():
        yield findings[0]
    yield from _ended(draft, zone)


def floor_of(draft: Draft, placed: Placed[Offer]) -> tuple[Decimal, Origin] | None:
    """Return the floor that holds and where it stands: an approved one of the policy, else the highest."""
    offer = placed.noun
    rows = [
        (row, Origin(draft.policy_path, ("floor", index)))
        for index, row in enumerate(draft.policy.floor)
        if offer.sku and row.sku == offer.sku
    ]
    approved = [(row.floor, origin) for row, origin in rows if row.approved_by]
    if approved:
        return max(approved, key=lambda each: each[0])
    found = [(row.floor, origin) for row, origin in rows]
    if offer.floor is not None:
        found.append((offer.floor, placed.origin))
    return max(found, key=lambda each: each[0], default=None)


def _floor(draft: Draft, placed: Placed[Offer]) -> Iterator[Finding]:
    offer, found = placed.noun, floor_of(draft, placed)
    if found is None or offer.price >= found[0]:
        return
    floor, origin = found
    yield placed.origin.finding(
        "CK412",
        Text(
            f"{offer.title} 售价 {money(offer.price)} 低于底价 {money(floor)}",
            f"{offer.title} costs {money(offer.price)}, below its floor of {money(floor)}",
        ),
        _exception(offer, money(floor), in_policy=origin.document == draft.policy_path),
        key="price",
        related=(origin,),
    )


def _exception(offer: Offer, floor: str, *, in_policy: bool) -> Text:
    """Say what to do about a price below its floor: raise it, or enter a lower floor with the name of who approved."""
    price = money(offer.price)
    row = Text(f'floor = {price} 和 approved_by = "批准人"', f'floor = {price} and approved_by = "who approved it"')
    if in_policy:
        how = Text(f"在 policy.toml 的这一段写 {row.zh}", f"write {row.en} there in policy.toml")
    elif offer.sku:
        how = Text(
            f'在 policy.toml 加一段 [[floor]]，写 sku = "{offer.sku}"、{row.zh}',
            f'add a [[floor]] to policy.toml with sku = "{offer.sku}", {row.en}',
        )
    else:
        how = Text(
            f"给商品写 sku，再在 policy.toml 加一段同样 sku 的 [[floor]]，写 {row.zh}",
            f"give the offer a sku, and add a [[floor]] of that sku to policy.toml with {row.en}",
        )
    return Text(
        f"改为 ≥ {floor}；有人批准破例时，{how.zh}", f"ask for {floor} or more; for an approved exception {how.en}"
    )


def _list_price(placed: Placed[Offer]) -> Iterator[Finding]:
    offer = placed.noun
    if offer.list_price is not None and offer.list_price <= offer.price:
        yield placed.origin.finding(
            "CK414",
            Text(f"原价 {money(offer.list_price)} 没有高于售价 {money(offer.price)}，不能当划线价",
                 f"the list price {money(offer.list_price)} is not above the price {money(offer.price)}"),
            Text("写真实的原价，或删掉 list_price", "write the true list price, or remove it"),
            key="list_price",
            severity="warning",
        )  # fmt: skip


def _dates(placed: Placed[Offer], zone: str) -> Iterator[Finding]:
    offer = placed.noun
    if offer.since and offer.until and _aware(offer.until, zone) <= _aware(offer.since, zone):
        yield placed.origin.finding(
            "CK301",
            Text(
                f"until {offer.until} 不晚于 from {offer.since}", f"until {offer.until} is not after from {offer.since}"
            ),
            Text("把两个时间对调", "swap the two"),
            key="until",
        )


def _naive(placed: Placed[Offer], key: str, moment: dt.datetime, zone: str) -> Finding:
    shown = f"{moment:%Y-%m-%d %H:%M}"
    midnight = moment.time() == dt.time() and key == "until"
    extra = (
        Text("；当天 00:00 就结束，要包括当天请写第二天", "; it ends as that day begins") if midnight else Text("", "")
    )
    offset = _aware(moment, zone).isoformat(timespec="seconds")
    return placed.origin.finding(
        "CK304",
        Text(
            f"没有写时区，按 {zone} 的 {shown} 理解{extra.zh}",
            f"it names no zone and is read as {shown} in {zone}{extra.en}",
        ),
        Text(f"想写明时区，写 {key} = {offset}", f"to be plain write {key} = {offset}"),
        key=key,
        severity="warning",
    )


def _ended(draft: Draft, zone: str) -> Iterator[Finding]:
    """Yield columns that begin only after their offer has ended."""
    offers = {each.noun.id: each for each in draft.offers}
    for column in draft.columns:
        offer = offers.get(column.noun.content.offer or "")
        since = column.noun.since
        if offer and since and offer.noun.until and _aware(offer.noun.until, zone).date() < since:
            yield column.origin.finding(
                "CK413",
                Text(
                    f"商品 {offer.noun.id} 在栏目开始（{since}）之前已经结束",
                    f"offer {offer.noun.id} ends before the column begins ({since})",
                ),
                Text("延长商品的 until，或换一个商品", "extend the offer's until, or show another offer"),
                key=("content", "offer"),
                severity="warning",
                related=(offer.origin,),
            )


def _aware(moment: dt.datetime, zone: str) -> dt.datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(zone))
