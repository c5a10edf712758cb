"""Whether the pictures that offers, items and layouts name are there, and can be shown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches

from calendarkit.calendar.draft import Draft
from calendarkit.calendar.finding import Finding
from calendarkit.calendar.known import Known
from calendarkit.calendar.locate import Path
from calendarkit.calendar.origin import Origin
from calendarkit.model.text import Text

_ENDINGS = (".jpg", ".jpeg", ".png", ".webp")
_ALIKE = 0.7
"""Likeness of file names, without folders and endings, from which one is suggested for another."""


def check_pictures(draft: Draft, known: Known) -> Iterator[Finding]:
    """Yield pictures that are not there or cannot be shown; each file is looked at once."""
    judge = _Judge(draft, known)
    for offer in draft.offers:
        yield from judge.judged(offer.noun.photo, offer.origin, ("photo",))
    for items in draft.pools.values():
        for item in items:
            yield from judge.judged(item.noun.photo, item.origin, ("photo",))
    for document, table in draft.layouts.values():
        for path, name in _sources(table.get("layer"), ("layer",)):
            yield from judge.judged(name, Origin(document.path), path)


class _Judge:
    """Remembers what it found out about each file."""

    def __init__(self, draft: Draft, known: Known) -> None:
        self._folder = draft.assets
        self._there = draft.documents.assets
        self._picture = known.picture
        self._seen: dict[str, tuple[str, Text, Text | None] | None] = {}

    def judged(self, name: str, origin: Origin, key: Path) -> Iterator[Finding]:
        """Yield what is wrong with the picture ``name`` that stands at ``key``."""
        if not name:
            return
        if name not in self._seen:
            self._seen[name] = self._judge(name)
        found = self._seen[name]
        if found:
            yield origin.finding(*found, key=key)

    def _judge(self, name: str) -> tuple[str, Text, Text | None] | None:
        """Return (code, what is wrong, what to do)."""
        if f"{self._folder}/{name}" in self._there:
            wrong = self._picture(name) if self._picture else None
            said = wrong and Text(f"图片 {name} 用不了：{wrong.zh}", f"the picture {name} cannot be used: {wrong.en}")
            return ("CK418", said, None) if said else None
        if self._picture and self._picture(name) is None:
            return None  # a picture that is shipped
        inside = f"{self._folder}/{name.removeprefix(f'{self._folder}/')}"
        message = Text(f"没有图片 {inside}", f"there is no picture {inside}")
        if inside in self._there:
            message = Text(f"找不到图片 {name}", f"the picture {name} is not found")
        return "CK407", message, self._meant(name)

    def _meant(self, name: str) -> Text | None:
        """Return the picture that was meant: in another folder, of another ending, or with a name much alike."""
        pictures = (path for path in self._there if path.lower().endswith(_ENDINGS))
        short = sorted(path.removeprefix(f"{self._folder}/") for path in pictures)
        inside = name.removeprefix(f"{self._folder}/")
        if inside != name and inside in short:
            return Text(f"从 {self._folder}/ 里面写起：{inside}", f"leave out {self._folder}/: write {inside}")
        wanted = _stem(name)
        stems = {_stem(each): each for each in reversed(short)}
        close = get_close_matches(wanted, sorted(stems), n=1, cutoff=_ALIKE)
        if close:
            return Text(f"是不是 {stems[close[0]]}？", f"did you mean {stems[close[0]]}?")
        if not short:
            return Text(f"把图片放进 {self._folder}/", f"put the picture into {self._folder}/")
        listed = short[:8]
        return Text(f"现有：{'、'.join(listed)}", f"there are: {', '.join(listed)}")


def _stem(name: str) -> str:
    """Return a file name without folders and ending, without case."""
    return name.replace("\\", "/").rpartition("/")[2].partition(".")[0].casefold()


def _sources(layers: object, path: Path) -> Iterator[tuple[Path, str]]:
    """Yield the pictures that layers name as they stand, without a template."""
    for index, layer in enumerate(layers if isinstance(layers, Sequence) and not isinstance(layers, str) else ()):
        if not isinstance(layer, Mapping):
            continue
        source = layer.get("src")
        if isinstance(source, str) and "{" not in source:
            yield (*path, index, "src"), source
        yield from _sources(layer.get("layer"), (*path, index, "layer"))
