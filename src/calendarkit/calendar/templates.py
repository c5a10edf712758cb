"""The one template engine: Jinja2 in a sandbox without calls, under budgets that count and never time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import jinja2

from calendarkit.calendar.decode import suggest
from calendarkit.calendar.template_braces import misspelt_braces
from calendarkit.calendar.template_budget import MAX_OUTPUT_BYTES, TemplateFault, budget
from calendarkit.calendar.template_filters import FILTERS, TESTS
from calendarkit.calendar.template_names import Mention, mentions
from calendarkit.calendar.template_plain import Part, filled_in, plain_parts
from calendarkit.calendar.template_sandbox import FILENAME, environment, judged
from calendarkit.errors import CalendarkitError
from calendarkit.model.text import Text

MAX_SOURCE_BYTES = 64 * 1024
"""Longest template, in bytes of UTF-8."""


class TemplateError(CalendarkitError):
    """A template cannot be used.

    Attributes:
        code: ``CK405`` for words that are no template, ``CK406`` for a value that is missing, ``CK415`` for something
            templates may not do.
        text: what is wrong, in both languages.
        line: 1-based line of the template, 0 when unknown.
        name: the dotted name that is missing, such as ``item.title``, or the word that is not understood; else empty.
    """

    def __init__(self, text: Text, *, line: int = 0, code: str = "CK405", name: str = "") -> None:
        super().__init__(text.en)
        self.code = code
        self.text = text
        self.line = line
        self.name = name


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """A parsed template.

    Attributes:
        source: as written.
        names: dotted names it mentions, such as ``store.name`` or ``offer``; names it sets itself are left out.
        mentions: the same with lines, in the order written.
        compiled: what Jinja2 made of it.
        plain: its parts, if it is plain; filled in in a twentieth of the time.
    """

    source: str
    names: frozenset[str]
    mentions: tuple[Mention, ...]
    compiled: jinja2.Template = field(repr=False, compare=False)
    plain: tuple[Part, ...] | None = field(default=None, repr=False, compare=False)

    @property
    def roots(self) -> frozenset[str]:
        """The first parts of :attr:`names`: ``store``, ``item`` …."""
        return frozenset(name.partition(".")[0] for name in self.names)

    def render(self, context: Mapping[str, Any]) -> str:
        """Return the words.

        Costs at most 10,000 loop turns, 200,000 steps and 64 KiB; equal inputs give equal words or equal errors.

        Args:
            context: plain mappings, sequences, strings, numbers, ``Decimal``, dates and times by name.

        Raises:
            TemplateError: a value is missing, is not printable, or a budget is spent.
        """
        text = filled_in(self.plain, context) if self.plain is not None else None
        return _render(self, context) if text is None else text


@lru_cache(maxsize=1024)
def parse_template(text: str) -> Template:
    """Return the template that ``text`` is.

    Raises:
        TemplateError: it is none, or it does something templates may not do; ``line`` says where.
    """
    if len(text.encode(errors="replace")) > MAX_SOURCE_BYTES:
        raise TemplateError(Text("模板超过 64 KiB", "the template is longer than 64 KiB"), code="CK415")
    if slip := misspelt_braces(text):
        raise TemplateError(slip[1], line=slip[0])
    try:
        tree = environment().parse(text)
        plain = plain_parts(tree)
        judged(tree)
        found = mentions(tree)
        compiled = environment().from_string(tree)
    except TemplateFault as error:
        raise TemplateError(error.text, line=error.line, code=error.code) from error
    except jinja2.TemplateSyntaxError as error:
        raise TemplateError(_syntax(error), line=error.lineno, name=_word(error.message or "")) from error
    except (RecursionError, MemoryError, SyntaxError, ValueError) as error:
        raise TemplateError(
            Text("模板嵌套太深或数字太长", "the template is nested too deeply or holds a number too long"), code="CK415"
        ) from error
    names = frozenset(each.name for each in found)
    return Template(source=text, names=names, mentions=found, compiled=compiled, plain=plain)


def _render(template: Template, context: Mapping[str, Any]) -> str:
    chunks: list[str] = []
    size = 0
    try:
        with budget():
            for chunk in template.compiled.generate(dict(context)):
                size += len(chunk.encode(errors="replace"))
                if size > MAX_OUTPUT_BYTES:
                    raise TemplateFault("CK415", Text("模板输出超过 64 KiB", "the template writes more than 64 KiB"))
                chunks.append(chunk)
    except TemplateFault as error:
        raise TemplateError(error.text, line=error.line or _line(error), code=error.code) from error
    except jinja2.UndefinedError as error:
        raise _missing(error, template) from error
    except (jinja2.TemplateError, ArithmeticError, TypeError, ValueError, RecursionError) as error:
        raise TemplateError(
            Text(
                "模板里的计算做不了，请检查文字和数字是否混用",
                "an expression cannot be computed; are texts and numbers mixed?",
            ),
            line=_line(error),
        ) from error
    return "".join(chunks)


def _missing(error: jinja2.UndefinedError, template: Template) -> TemplateError:
    name, line = error.message or "", _line(error)
    fitting = [
        each.name for each in template.mentions if name in (each.attribute, each.root) and line in (each.line, 0)
    ]
    full = fitting[0] if fitting else name
    text = Text(f"这次投放没有 {full} 的值", f"there is no value for {full} in this delivery")
    return TemplateError(text, line=line, code="CK406", name=full)


def _syntax(error: jinja2.TemplateSyntaxError) -> Text:
    message = error.message or ""
    if "Unexpected end of template" in message or "unexpected end of template" in message:
        return Text(
            "模板没有写完：缺少 {% endif %} 或 {% endfor %}", "the template is not finished: endif or endfor is missing"
        )
    if "unknown tag" in message:
        return Text("模板不认识这个标签，可用 {% if %}、{% for %}、{% set %}", "unknown tag; use if, for or set")
    if "No filter named" in message or "No test named" in message:
        return _no_such(_word(message), FILTERS if "filter" in message else TESTS)
    return Text("模板写法有误，请检查 {{ }} 和 {% %} 是否配对", "not a template: do {{ }} and {% %} match?")


def _word(message: str) -> str:
    """Return the word that Jinja2 quotes."""
    return message.partition("'")[2].partition("'")[0]


def _no_such(word: str, known: Mapping[str, object]) -> Text:
    """Name the filter or test that was meant, else all there are."""
    names = sorted(name for name in known if name[0].isalpha())
    close = suggest(word, names)
    what = Text("过滤器", "filter") if known is FILTERS else Text("判断", "test")
    hint = Text(f"是不是 {close}？", f"did you mean {close}?")
    if not close:
        hint = Text(f"可用：{'、'.join(names)}", f"there are: {', '.join(names)}")
    return Text(f"模板没有名为 {word} 的{what.zh}，{hint.zh}", f"templates have no {what.en} named {word}; {hint.en}")


def _line(error: BaseException) -> int:
    """Return the template's line in the innermost frame that belongs to it, 0 when there is none."""
    line, trace = 0, error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == FILENAME:
            line = trace.tb_lineno
        trace = trace.tb_next
    return line
