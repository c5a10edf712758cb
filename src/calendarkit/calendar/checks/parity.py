"""Whether prices in groups keep their promise to the mall, the shelf and the members, and selling can be told."""

from __future__ import annotations

from collections.abc import Iterator

from calendarkit.calendar.draft import Draft
from calendarkit.calendar.finding import Finding
from calendarkit.calendar.known import Known
from calendarkit.calendar.origin import Origin
from calendarkit.calendar.parity import OTHERS, breach
from calendarkit.calendar.template_filters import money
from calendarkit.model.text import Text


def check_parity(draft: Draft, known: Known) -> Iterator[Finding]:
    """Yield offers that can be had as cheap elsewhere, and columns without a kind where selling is counted."""
    if draft.policy.prices:
        yield from _prices(draft)
    mix = draft.policy.mix
    if mix and (mix.max_sale, mix.min_brand_posts, mix.sale_gap) != (None, None, None) and known.kinds:
        yield from _kinds(draft)


def _prices(draft: Draft) -> Iterator[Finding]:
    prices = draft.policy.prices
    assert prices is not None
    for placed in draft.offers:
        offer, found = placed.noun, breach(placed.noun, prices)
        if found is None:
            continue
        where, other = found
        name, below = OTHERS[where], prices.against == "below"
        yield placed.origin.finding(
            "CK460",
            Text(
                f"{offer.title} 群价 {money(offer.price)}，{'没有低于' if below else '高于'}{name.zh} {money(other)}",
                f"{offer.title} costs {money(offer.price)} in groups, "
                f"{'not below' if below else 'above'} {name.en} of {money(other)}",
            ),
            Text(
                f"群价改为{'低于' if below else '不高于'} {money(other)}，或更正 {where}_price",
                f"ask for {'less than' if below else 'at most'} {money(other)}, or correct {where}_price",
            ),
            key="price",
            related=(Origin(draft.policy_path, ("prices",)),),
        )


def _kinds(draft: Draft) -> Iterator[Finding]:
    for column in draft.columns:
        if not column.noun.kind:
            yield column.origin.finding(
                "CK461",
                Text(
                    f"栏目“{column.noun.title}”没有写 kind，不计入卖货占比",
                    f'the column "{column.noun.title}" has no kind and never counts as selling',
                ),
                Text('加上 kind，例如 kind = "deal"', 'give it a kind, such as kind = "deal"'),
                key="id",
                severity="warning",
                related=(Origin(draft.policy_path, ("mix",)),),
            )
