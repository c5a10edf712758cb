"""Markdown as WeCom shows it: the two dialects, rendered to HTML in which nothing of the author's is markup."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Any, Literal

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markupsafe import Markup

Dialect = Literal["markdown", "markdown_v2"]
_FONT = re.compile(r"&lt;font color=(?:&quot;|')(info|comment|warning)(?:&quot;|')&gt;")
_MENTION = re.compile(r"&lt;@([\w.@-]{1,64})&gt;")
_V1 = ("heading", "blockquote", "emphasis", "backticks", "link", "newline")
_V2 = (*_V1, "list", "table", "image", "hr", "fence", "code", "escape")
_URL = re.compile(r"https?://[^\s<>\"'，。；！）、】》]+")


def render_markdown(content: str, dialect: Dialect) -> Markup:
    """Return ``content`` as HTML; HTML in it is shown as text, links go to http and https only, nothing is loaded."""
    return Markup(_renderer(dialect).render(content))  # noqa: S704  # markdown-it escapes; html is off


def render_text(content: str) -> Markup:
    """Return plain words as HTML, with addresses one can click."""
    html, end = Markup(), 0
    for match in _URL.finditer(content):
        html += Markup.escape(content[end : match.start()])
        html += Markup('<a href="{0}" target="_blank" rel="noopener noreferrer">{0}</a>').format(match[0])
        end = match.end()
    return html + Markup.escape(content[end:])


@cache
def _renderer(dialect: Dialect) -> MarkdownIt:
    markdown = MarkdownIt("zero", {"html": False, "breaks": True}, renderer_cls=_Renderer)
    markdown.enable(list(_V1 if dialect == "markdown" else _V2))
    markdown.validateLink = lambda url: url.startswith(("http://", "https://"))  # type: ignore[method-assign]
    if dialect == "markdown":
        markdown.add_render_rule("text", _text_with_colours)
        for name in ("em_open", "em_close"):
            markdown.add_render_rule(name, _star)
    return markdown


class _Renderer(RendererHTML):
    """HTML without anything that loads from elsewhere."""

    def link_open(self, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
        """Open links in a tab of their own; one that leads nowhere is no link."""
        if not tokens[idx].attrGet("href"):
            tokens[idx].attrs.pop("href", None)
            return self.renderToken(tokens, idx, options, env)
        tokens[idx].attrSet("target", "_blank")
        tokens[idx].attrSet("rel", "noopener noreferrer")
        return self.renderToken(tokens, idx, options, env)

    def image(self, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:  # noqa: ARG002
        """Name a picture from elsewhere instead of loading it."""
        source = escapeHtml(str(tokens[idx].attrGet("src") or ""))
        words = escapeHtml(tokens[idx].content) or source
        if not source:
            return f"▧ {words}"
        return f'<a class="elsewhere" href="{source}" target="_blank" rel="noopener noreferrer">▧ {words}</a>'


def _text_with_colours(_: Any, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:  # noqa: ARG001
    """Return the words with the three font colours and mentions, which only this dialect has."""
    html = escapeHtml(tokens[idx].content)
    html = _FONT.sub(r'<span class="\1">', html).replace("&lt;/font&gt;", "</span>")
    return _MENTION.sub(r'<span class="mention">@\1</span>', html)


def _star(_: Any, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:  # noqa: ARG001
    """Return the star itself: this dialect has no italics."""
    return tokens[idx].markup
