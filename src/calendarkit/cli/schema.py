"""``calendarkit schema``: the JSON Schema of everything a team may write."""

from __future__ import annotations

import json
from pathlib import Path

import click

from calendarkit.cli.bilingual import Command, Option
from calendarkit.cli.lines import show_json
from calendarkit.cli.settings import Settings
from calendarkit.model.text import Text


@click.command(
    cls=Command,
    name="schema",
    words=Text(
        "打印各文件的 JSON Schema。编辑器用它补全键名、标出写错的地方。",
        "Print the JSON Schema of the documents. Editors complete keys and mark mistakes with it.",
    ),
    examples=("calendarkit schema > schema.json", "calendarkit schema --out .schemas"),
)
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    cls=Option,
    words=Text("每种文件写一个 NAME.schema.json 到这个文件夹。", "Write NAME.schema.json files into this folder."),
)
@click.pass_obj
def command(settings: Settings, out: Path | None) -> None:
    """Print the schema, or write one file a document."""
    from calendarkit.calendar.schema import schema

    found = schema()
    if out is None:
        show_json(found)
        return
    out.mkdir(parents=True, exist_ok=True)
    documents = {"calendarkit": found}
    for name, each in documents.items():
        path = out / f"{name}.schema.json"
        path.write_text(json.dumps(each, ensure_ascii=False, indent=2) + "\n", "utf-8")
        click.echo(str(path))
    del settings
