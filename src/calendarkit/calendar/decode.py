"""The decoder: a plain table to a frozen noun, with every mistake at once, suggestions and places."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from calendarkit.calendar.documents import Document
from calendarkit.calendar.explain_value import explain_value
from calendarkit.calendar.finding import Finding, place
from calendarkit.calendar.locate import Path
from calendarkit.model.problem import Problem
from calendarkit.model.text import Text

N = TypeVar("N", bound=BaseModel)


_HOMES = {
    "column": "calendars/*.toml",
    "offer": "offers.toml",
    "store": "stores.toml",
    "group": "groups.toml",
    "item": "pools/*.toml",
    "floor": "policy.toml",
}
"""Where tables belong that stand in a document of another kind."""


def decode(
    model: type[N], table: Mapping[str, Any], *, document: Document, path: Path = ()
) -> tuple[N | None, tuple[Problem, ...]]:
    """Return the noun that ``table`` describes, or everything that is wrong with it.

    Args:
        model: a frozen pydantic model; its aliases are the keys people write.
        table: what :func:`~calendarkit.calendar.parse_toml.parse_toml` returned, or a part of it.
        document: the file it came from; parsed again for positions only when something is wrong.
        path: where in the document the table stands, such as ``("plugins", "wecom")``.
    """
    value, findings = judge(model, table, document=document.path, path=path)
    return value, place(findings, (document,))


def judge(
    model: type[N], table: Mapping[str, Any], *, document: str, path: Path = ()
) -> tuple[N | None, tuple[Finding, ...]]:
    """Do what :func:`decode` does, without looking any position up."""
    try:
        return model.model_validate(table), ()
    except ValidationError as error:
        details = error.errors(include_url=False)
    places = _by_place(details, table)
    return None, tuple(_finding(each, where, model, document=document, path=path) for each, where in places)


def salvage(model: type[N], table: Mapping[str, Any], findings: Iterable[Finding], *, path: Path) -> N | None:
    """Return the noun without the keys that are wrong, so that the rest can be judged too; ``None`` where none is left.

    Args:
        model: as for :func:`judge`.
        table: what :func:`judge` refused.
        findings: what it found.
        path: where in the document the table stands.
    """
    wrong = {each.path[len(path)] for each in findings if len(each.path) > len(path)}
    kept = {key: value for key, value in table.items() if key not in wrong}
    for name, field in model.model_fields.items():
        if field.is_required():
            kept.setdefault(field.alias or name, kept.get("id", "unnamed"))
    return judge(model, kept, document="")[0]


def single_brackets(document: str, path: Path) -> Finding:
    """Return the finding about a table that should be one of several: ``[column]`` instead of ``[[column]]``."""
    name = path[0]
    return Finding(
        code="CK203",
        document=document,
        path=path,
        where="key",
        message=Text(f"[{name}] 少了一层方括号", f"[{name}] needs a second pair of brackets"),
        fix=Text(f"写成 [[{name}]]，每一个都这样开头", f"write [[{name}]] before each of them"),
    )


def suggest(word: str, known: Iterable[str], *, cutoff: float = 0.6) -> str:
    """Return the known word that ``word`` most likely means, or an empty string.

    ``cutoff``: likeness from 0 to 1 that a word must have; names that share an ending need a higher one.
    """
    words = sorted(set(known))
    folded = {each.casefold(): each for each in reversed(words)}
    close = difflib.get_close_matches(word.casefold(), list(folded), n=1, cutoff=cutoff)
    return folded[close[0]] if close else ""


def keys_of(model: type[BaseModel]) -> list[str]:
    """Return the keys people may write in a table of ``model``, in the order declared."""
    return [field.alias or name for name, field in model.model_fields.items()]


def _by_place(details: Sequence[ErrorDetails], table: Any) -> list[tuple[ErrorDetails, Path]]:
    """Pair each error with the path that really exists in the table; of a union keep its best branch."""
    walked = [(each, *_walk(each, table)) for each in details]
    found: list[tuple[ErrorDetails, Path]] = []
    for error, where, union in walked:
        if union is None:
            found.append((error, where))
            continue
        branch = [(each, path) for each, path, at in walked if at == union]
        if (error, where) in _best(branch):
            found.append((error, where))
    return found


def _best(branch: list[tuple[ErrorDetails, Path]]) -> list[tuple[ErrorDetails, Path]]:
    """Return the errors of the branch of a union that was meant: the deepest, else our own, else the first."""
    depth = max(len(path) for _, path in branch)
    deepest = [each for each in branch if len(each[1]) == depth]
    own = [each for each in deepest if each[0]["type"] == "calendarkit"]
    return own or (deepest if len({path for _, path in deepest}) > 1 else deepest[:1])


def _walk(error: ErrorDetails, table: Any) -> tuple[Path, Path | None]:
    """Return the path of an error without pydantic's names of union branches, and where such a branch began."""
    at: Any = table
    path: Path = ()
    union: Path | None = None
    steps = error["loc"]
    for position, step in enumerate(steps):
        last = position == len(steps) - 1
        if step == "[key]" and last:
            continue
        if isinstance(at, Mapping) and (step in at or (last and error["type"] == "missing")):
            at = at.get(step)
        elif isinstance(at, Sequence) and not isinstance(at, str) and isinstance(step, int) and step < len(at):
            at = at[step]
        else:
            union = path if union is None else union
            continue
        path = (*path, step)
    return path, union


def _finding(error: ErrorDetails, where: Path, model: type[BaseModel], *, document: str, path: Path) -> Finding:
    full = (*path, *where)
    if error["type"] == "extra_forbidden":
        return _unknown_key(error, _model_at(model, where[:-1]), document, full)
    if error["type"] == "missing":
        key = str(where[-1])
        return Finding(
            code="CK202",
            document=document,
            path=full[:-1],
            where="key",
            message=Text(f"缺少 {key}", f"{key} is missing"),
            fix=Text(f"加上一行 {key} = …", f"add a line {key} = …"),
        )
    explained = explain_value(error)
    return Finding(code=explained.code, document=document, path=full, message=explained.message, fix=explained.fix)


def _unknown_key(error: ErrorDetails, model: type[BaseModel] | None, document: str, path: Path) -> Finding:
    key = str(path[-1])
    known = keys_of(model) if model else []
    close = suggest(key, known)
    listed = "、".join(known[:30]), ", ".join(known[:30])
    fix = Text(f"是不是 {close}？", f"did you mean {close}?") if close else _misplaced(key, model, error.get("input"))
    if not fix and known:
        fix = Text(f"可用的键：{listed[0]}", f"known keys: {listed[1]}")
    return Finding(
        code="CK201",
        document=document,
        path=path,
        where="key",
        message=Text(f"不认识的键 {key}", f"unknown key {key}"),
        fix=fix,
    )


def _misplaced(key: str, model: type[BaseModel] | None, value: Any) -> Text | None:
    """Say where a key belongs that stands outside of the entry it is about: ``[content]``, ``at`` before a column."""
    for name, field in model.model_fields.items() if model else ():
        owner, inner = field.alias or name, _model_in(field.annotation)
        if inner and key in keys_of(inner):
            if isinstance(value, Mapping):
                return Text(
                    f"写成 [{owner}.{key}]，放在它的 [[{owner}]] 后面",
                    f"write [{owner}.{key}] behind the [[{owner}]] it belongs to",
                )
            return Text(f"{key} 写在它的 [[{owner}]] 那一行后面", f"write {key} behind the [[{owner}]] it belongs to")
    home = _HOMES.get(key) if isinstance(value, list | Mapping) else None
    return (
        Text(f"{key} 写在 {home} 里，不写在这个文件里", f"{key} belongs into {home}, not into this file")
        if home
        else None
    )


def _model_at(model: type[BaseModel], path: Path) -> type[BaseModel] | None:
    """Return the model of the table at ``path``, ``None`` when that cannot be told."""
    current: type[BaseModel] | None = model
    for step in path:
        if isinstance(step, int) or current is None:
            continue
        fields = {field.alias or name: field for name, field in current.model_fields.items()}
        current = _model_in(fields[step].annotation) if step in fields else current
    return current


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for part in getattr(annotation, "__args__", ()):
        found = _model_in(part)
        if found:
            return found
    return None
