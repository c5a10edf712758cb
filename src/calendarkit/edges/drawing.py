"""Drawing: poster jobs become files in the media store, each distinct poster once, many at a time, ahead of time."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property

from calendarkit.edges.draw import Drawn, PosterRefused, Refusal, Studio
from calendarkit.edges.media import MediaStore
from calendarkit.edges.painter_pool import PainterPool
from calendarkit.edges.painter_process import Setting
from calendarkit.edges.plugins import Registry
from calendarkit.edges.poster_index import PosterIndex
from calendarkit.errors import CalendarkitError
from calendarkit.extend.lent import Clock
from calendarkit.extend.painting import PainterContext, PosterJob
from calendarkit.model.message import Media

AT_ONCE = 256
"""Posters after which what was drawn is noted."""


class Drawing:
    """The workspace's posters; call it with a job, or let it draw many beforehand."""

    def __init__(
        self, registry: Registry, media: MediaStore, context: PainterContext, *, clock: Clock, painters: int = 0
    ) -> None:
        """Connect and start nothing yet.

        Args:
            registry: who offers painters.
            media: where posters are kept.
            context: where layouts, pictures and fonts are.
            clock: the time.
            painters: processes that draw at once, 0 for one per processor.
        """
        self.studio = Studio(registry, media, context)
        self._clock = clock
        self._painters = painters
        self._known: dict[str, Drawn] = {}

    def __call__(self, job: PosterJob) -> Media:
        """Return the poster as a file: one that is there already, or one drawn here and now.

        Raises:
            CalendarkitError: it cannot be drawn, or it did not pass its verification.
            OSError: the disk is full or read-only.
        """
        key = self.studio.key(job)
        if key is None:
            return self.studio.draw(job)
        drawn = self.known([key]).get(key)
        if drawn is None:
            drawn = self._known[key] = self._draw(job)
            self._index.note({key: drawn}, int(self._clock.now()))
        if isinstance(drawn, Refusal):
            raise PosterRefused(drawn.text, lasting=drawn.lasting)
        return drawn

    def keys(self, jobs: Sequence[PosterJob]) -> tuple[str, ...]:
        """Return the key of each job, empty for one that cannot be told beforehand; equal keys, equal posters."""
        return tuple(self._key(job) for job in jobs)

    def known(self, keys: Sequence[str]) -> Mapping[str, Drawn]:
        """Return what is known of these keys, from this process or an earlier one."""
        self._known |= self._index.find(key for key in keys if key and key not in self._known)
        return {key: self._known[key] for key in keys if key in self._known}

    def warm(self, jobs: Sequence[PosterJob], stopping: Callable[[], bool] = lambda: False) -> int:
        """Draw what is not there yet, in painter processes; return how many distinct posters still are not.

        Args:
            jobs: in the order in which they are wanted.
            stopping: asked before each poster; when true, the rest is left for another time.
        """
        wanted = {key: job for key, job in zip(self.keys(jobs), jobs, strict=True) if key}
        missing = wanted.keys() - self.known(tuple(wanted)).keys()
        orders = [(key, (job.layout, job.mimes), job) for key, job in wanted.items() if key in missing]
        fresh: dict[str, Drawn] = {}
        for key, drawn in self._pool.draw(orders, stopping) if orders else ():
            self._known[key] = fresh[key] = drawn
            if len(fresh) >= AT_ONCE:
                self._index.note(fresh, int(self._clock.now()))
                fresh = {}
        self._index.note(fresh, int(self._clock.now()))
        return sum(key not in self._known for key in missing)

    def close(self) -> None:
        """End the painter processes."""
        if "_pool" in self.__dict__:
            self._pool.close()

    def _key(self, job: PosterJob) -> str:
        try:
            return self.studio.key(job) or ""
        except PosterRefused as refused:  # known already, and told apart from other reasons
            key = f"refused: {refused.text.en}"
            self._known[key] = Refusal(text=refused.text, lasting=False)
            return key
        except CalendarkitError:
            return ""

    def _draw(self, job: PosterJob) -> Drawn:
        try:
            return self.studio.draw(job)
        except PosterRefused as refused:
            return Refusal(text=refused.text, lasting=refused.lasting)

    @cached_property
    def _index(self) -> PosterIndex:
        return PosterIndex(self.studio.media.folder.parent / "posters.db")

    @cached_property
    def _pool(self) -> PainterPool:
        studio = self.studio
        return PainterPool(
            Setting(tables=studio.registry.tables, context=studio.context, media=studio.media.folder), self._painters
        )
