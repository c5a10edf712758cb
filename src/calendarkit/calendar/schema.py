"""The JSON Schema of every document, so that editors complete keys and explain them."""

from __future__ import annotations

import ast
import inspect
import textwrap
from functools import cache
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from calendarkit.calendar.column import CalendarDocument
from calendarkit.calendar.event_rows import EventsDocument
from calendarkit.calendar.noun import Noun
from calendarkit.calendar.offer import OffersDocument
from calendarkit.calendar.policy import Policy
from calendarkit.calendar.pool_rows import PoolDocument
from calendarkit.calendar.roster_rows import GroupsDocument, StoresDocument
from calendarkit.calendar.workspace import Workspace

DIALECT = "https://json-schema.org/draft/2020-12/schema"
DOCUMENTS: dict[str, type[Noun]] = {
    "workspace": Workspace,
    "calendar": CalendarDocument,
    "offers": OffersDocument,
    "pool": PoolDocument,
    "policy": Policy,
    "stores": StoresDocument,
    "groups": GroupsDocument,
    "events": EventsDocument,
}
"""The model of each kind of TOML document."""


def schema(kind: str | None = None) -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of one kind of document, or of any of them.

    Args:
        kind: ``workspace``, ``calendar``, ``offers``, ``pool``, ``policy``, ``stores``, ``groups`` or ``events``.

    Raises:
        KeyError: there is no such kind.
    """
    if kind is not None:
        return {"$schema": DIALECT, **schema_of(DOCUMENTS[kind])}
    definitions: dict[str, Any] = {}
    for name, model in DOCUMENTS.items():
        each = schema_of(model)
        definitions.update(each.pop("$defs", {}))
        definitions[name] = each
    return {
        "$schema": DIALECT,
        "title": "calendarkit",
        "anyOf": [{"$ref": f"#/$defs/{name}"} for name in DOCUMENTS],
        "$defs": dict(sorted(definitions.items())),
    }


def docs_of(model: type[BaseModel]) -> dict[str, str]:
    """Return what the source says about each field: the text below it, without line breaks."""
    found: dict[str, str] = {}
    for owner in reversed(model.__mro__):
        if isinstance(owner, type) and issubclass(owner, BaseModel) and owner is not BaseModel:
            found.update(_own_docs(owner))
    return found


# pydantic can do this itself, but at import time, which every command would pay for
@cache
def _own_docs(model: type[BaseModel]) -> dict[str, str]:
    tree = ast.parse(textwrap.dedent(inspect.getsource(model))).body[0]
    found: dict[str, str] = {}
    assert isinstance(tree, ast.ClassDef)
    for field, text in zip(tree.body, tree.body[1:], strict=False):
        if (
            isinstance(field, ast.AnnAssign)
            and isinstance(field.target, ast.Name)
            and isinstance(text, ast.Expr)
            and isinstance(text.value, ast.Constant)
        ):
            found[field.target.id] = " ".join(str(text.value.value).split())
    return found


def schema_of(model: type[Noun]) -> dict[str, Any]:
    """Return the JSON Schema of one noun, with the texts below its fields as descriptions."""
    return model.model_json_schema(schema_generator=_Generator, mode="validation")


class _Generator(GenerateJsonSchema):
    """Takes the texts below fields as descriptions, and lists that may be written as one word."""

    def model_schema(self, schema: core_schema.ModelSchema) -> JsonSchemaValue:
        """Add the descriptions of a model's fields."""
        made = super().model_schema(schema)
        model = schema["cls"]
        docs = docs_of(model)
        for name, field in model.model_fields.items():
            target = made.get("properties", {}).get(field.alias or name)
            if isinstance(target, dict):
                target.pop("title", None)
                if target.get("default", "") is None:
                    del target["default"]
                if name in docs:
                    target["description"] = docs[name].replace("``", "`")
        return made

    def function_before_schema(self, schema: core_schema.BeforeValidatorFunctionSchema) -> JsonSchemaValue:
        """Let a list be written as a single word, as :func:`~calendarkit.calendar.fields.listed` does."""
        made = super().function_before_schema(schema)
        branches = made.get("anyOf", [made])
        single = [each["items"] for each in branches if each.get("type") == "array" and isinstance(each["items"], dict)]
        return {"anyOf": [*single, *branches]} if single else made

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        """Leave out null, which TOML does not have."""
        return self.generate_inner(schema["schema"])
