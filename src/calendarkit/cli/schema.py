"""``calendarkit schema``: the JSON Schema of everything a team may write."""

from __future__ import annotations

import json
from pathlib import Path

import click

from calendarkit.calendar.noun import Noun
from calendarkit.cli.bilingual import Command, option
from calendarkit.cli.codes import Refusal
from calendarkit.cli.lines import show_json
from calendarkit.model.text import Text


@click.command(
    cls=Command,
    name="schema",
    words=Text(
        "打印各文件的 JSON Schema。编辑器用它补全键名、标出写错的地方。"
        "NAME 是文件种类，如 workspace、calendar、poster（海报版式）、theme（海报主题）；不写就是日历的全部文件。",
        "Print the JSON Schema of the documents. Editors complete keys and mark mistakes with it. NAME is a kind of "
        "document such as workspace, calendar, poster (a layout) or theme; without it, any document of the calendar.",
    ),
    examples=("calendarkit schema calendar > calendar.schema.json", "calendarkit schema --out .schemas"),
)
@click.argument("name", required=False)
@option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    words=Text("每种文件写一个 NAME.schema.json 到这个文件夹。", "Write NAME.schema.json files into this folder."),
)
def command(name: str | None, out: Path | None) -> None:
    """Print the schema, or write one file a kind of document."""
    from calendarkit.calendar.schema import DIALECT, DOCUMENTS, schema, schema_of
    from calendarkit.poster.layers import Layout
    from calendarkit.poster.theme import ThemeFile

    known: dict[str, type[Noun]] = {**DOCUMENTS, "poster": Layout, "theme": ThemeFile}
    if name is not None and name not in known:
        kinds = ", ".join(known)
        raise Refusal(Text(f"没有 {name} 这种文件；有：{kinds}", f"no kind of document {name}; there are: {kinds}"))
    if out is None:
        show_json({"$schema": DIALECT, **schema_of(known[name])} if name is not None else schema())
        return
    out.mkdir(parents=True, exist_ok=True)
    for kind in [name] if name is not None else known:
        path = out / f"{kind}.schema.json"
        page = {"$schema": DIALECT, **schema_of(known[kind])}
        path.write_text(json.dumps(page, ensure_ascii=False, indent=2) + "\n", "utf-8")
        click.echo(str(path))
