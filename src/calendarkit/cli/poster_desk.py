"""The desk at which the command line draws posters: with the real values of a slot, or with those of a made-up day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import arrow

from calendarkit import pipeline
from calendarkit.calendar.poster_name import PosterName, poster_name
from calendarkit.cli.opening import zone_of
from calendarkit.cli.poster_sample import STORES, sample_context
from calendarkit.edges.draw import Studio
from calendarkit.edges.world import World
from calendarkit.errors import CalendarkitError
from calendarkit.extend.painting import Painter, PainterContext, Poster, PosterJob
from calendarkit.extend.publishing import KindLimit, Limits
from calendarkit.model.delivery import Delivery
from calendarkit.model.message import Broken, Media
from calendarkit.model.slot import Slot, Window
from calendarkit.model.text import Text
from calendarkit.poster.layout import load_layout
from calendarkit.poster.painter import PAINTERS
from calendarkit.poster.shipped import shipped, shipped_fonts, shipped_layouts
from calendarkit.stages.render import render


@dataclass(frozen=True, slots=True, kw_only=True)
class Shot:
    """One poster that was asked for.

    Attributes:
        delivery: for whom, ``None`` on the made-up day.
        store: the store's name.
        poster: the picture, ``None`` when it could not be drawn.
        trouble: why it may not be sent, empty when it may.
    """

    delivery: Delivery | None
    store: str
    poster: Poster | None
    trouble: tuple[Text, ...] = ()


class Desk:
    """Draws a workspace's posters in this process, faults and all; keeps nothing."""

    def __init__(self, world: World) -> None:
        """Take the workspace; nothing is read yet."""
        written = world.calendar.workspace.files
        self.world = world
        self.layouts: tuple[Path, ...] = (world.root / written.posters, shipped_layouts())
        self.context = PainterContext(
            layouts=self.layouts,
            assets=(world.root / written.assets, shipped()),
            fonts=(world.root / written.assets / "fonts", shipped_fonts()),
        )
        painter: Painter = world.registry.records("painters")[PAINTERS[0].name]
        context = replace(self.context, layers=Studio(world.registry, world.media, self.context).layers())
        self._painting = painter.connect(world.registry.options("painters", painter.name), context)

    def paint(self, job: PosterJob) -> Poster:
        """Draw one poster.

        Raises:
            CalendarkitError: it cannot be drawn.
        """
        return self._painting.paint(job)

    def shots(
        self, slot: Slot, *, store: str = "", name: PosterName | None = None, most: int | None = None
    ) -> Iterator[Shot]:
        """Yield the posters of ``slot``, in the order of the plan.

        Args:
            slot: the slot.
            store: only this store's.
            name: drawn instead of what the column names.
            most: how many at most.
        """
        found = [each for each in _posters(self.world, slot) if not store or each.store == store]
        for delivery in found[:most]:
            yield self.shot(delivery, name)

    def shot(self, delivery: Delivery, name: PosterName | None = None) -> Shot:
        """Draw the poster of one delivery; with ``name``, another layout, shape or theme than the column's."""
        drawn: list[Poster] = []
        trouble: list[Text] = []

        def draw(job: PosterJob) -> Media:
            wanted = replace(job, layout=str(name)) if name else job
            drawn.append(self.paint(wanted))
            last = drawn[-1]
            return Media(path="", sha256="", mime=last.mime, size=len(last.data), width=last.width, height=last.height)

        world = self.world
        publisher = world.registry.records("publishers").get(delivery.channel)
        limits = publisher.limits if publisher else Limits(kinds={"image": KindLimit()})
        made = render(delivery, world.calendar, world.roster, accepts=limits, draw=draw)
        if isinstance(made, Broken):
            trouble.append(made.reason or Text(made.detail, made.detail))
        store = world.roster.stores.get(delivery.store)
        poster = drawn[-1] if drawn else None
        return Shot(
            delivery=delivery,
            store=store.name if store else delivery.store,
            poster=poster,
            trouble=(*trouble, *(poster.faults if poster else ())),
        )

    def sample(self, name: PosterName, store: str = "") -> Shot:
        """Draw a layout on the made-up day, for one of the workspace's stores where it has any."""
        seen = self._stores()
        values = next((each for each in seen if store in ("", each["id"])), seen[0])
        title = load_layout(name.layout, self.layouts).poster.title or name.layout
        at = arrow.get(self.world.clock.now(), tzinfo=zone_of(self.world)).replace(hour=12, minute=0, second=0).datetime
        return self._sampled(PosterJob(layout=str(name), context=sample_context(title, at, values, self.world.name)))

    def extremes(self, name: PosterName) -> tuple[Shot, ...]:
        """Draw a layout on the made-up day for the stores with the shortest and the longest name."""
        seen = sorted(self._stores(), key=lambda each: len(each["name"]))
        return tuple(self.sample(name, each["id"]) for each in (seen[0], seen[-1]))

    def _sampled(self, job: PosterJob) -> Shot:
        store = str(job.context["store"]["name"])
        try:
            poster = self.paint(job)
        except CalendarkitError as error:
            said = getattr(error, "text", None)
            why = said if isinstance(said, Text) else Text(str(error), str(error))
            return Shot(delivery=None, store=store, poster=None, trouble=(why,))
        return Shot(delivery=None, store=store, poster=poster, trouble=poster.faults)

    def _stores(self) -> Sequence[dict[str, Any]]:
        stores = self.world.roster.stores.values()
        if not stores:
            return [dict(each) for each in STORES]
        return [{"id": each.id, "name": each.name, "join_url": each.join_url or None} for each in stores]


def posters_of(world: World, window: Window) -> tuple[Delivery, ...]:
    """Return the posters that would go out in ``window``, withheld ones too."""
    plan = pipeline.forecast(world, window)
    found = (*plan.deliveries, *(each.delivery for each in plan.withheld))
    return tuple(each for each in found if each.part == "poster")


def _posters(world: World, slot: Slot) -> list[Delivery]:
    found = posters_of(world, Window(slot.at, slot.at + 1))
    return sorted((each for each in found if each.slot.key == slot.key), key=lambda each: (each.target, each.channel))


def named_poster(world: World, slot: Slot) -> PosterName:
    """Return what the column of ``slot`` calls its poster, in the workspace's theme."""
    content = world.calendar.columns[slot.column].content
    return poster_name(content.poster or "", world.calendar.workspace.theme)
