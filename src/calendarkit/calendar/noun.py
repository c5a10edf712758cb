"""The base of everything a team may write in TOML."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Noun(BaseModel):
    """A frozen table of a document; unknown keys are problems."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True, regex_engine="python-re")
