"""The two dialects of Markdown, and what they never let through."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calendarkit_sandbox.markdown import render_markdown, render_text

TAGS = {
    "a", "b", "blockquote", "br", "code", "em", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p", "pre",
    "span", "strong", "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip
ATTRIBUTES = {"href", "target", "rel", "class", "style", "title", "start"}
PIECES = [
    "<", ">", "&", '"', "'", "*", "**", "_", "`", "```\n", "[x](", ")", "![", "\\", "午", "javascript:x", "https://a.cn",
    "\n> ", "\n# ", "\n- ", "|a|b|\n|-|-|\n", '<font color="info">', "</font>", "<@wang>", "<script>", " onclick=x ",
]  # fmt: skip


@pytest.mark.parametrize(
    ("dialect", "content", "html"),
    [
        pytest.param("markdown", "**限量**", "<strong>限量</strong>", id="bold"),
        pytest.param("markdown", "> 引用", "<blockquote>", id="quote"),
        pytest.param("markdown", "一\n二", "一<br>", id="line-break"),
        pytest.param("markdown", '<font color="warning">19.9</font>', '<span class="warning">19.9</span>', id="colour"),
        pytest.param("markdown", "<@wang>", '<span class="mention">@wang</span>', id="mention"),
        pytest.param("markdown", "*斜*", "<p>*斜*</p>", id="no-italics-in-the-old-dialect"),
        pytest.param("markdown", "- 一", "<p>- 一</p>", id="no-lists-in-the-old-dialect"),
        pytest.param("markdown", "[去](https://a.cn?x=1&y=2)", 'href="https://a.cn?x=1&amp;y=2"', id="link"),
        pytest.param("markdown", "###### 六", "<h6>六</h6>", id="six-levels"),
        pytest.param("markdown_v2", "*斜*", "<em>斜</em>", id="italics"),
        pytest.param("markdown_v2", "- 一\n  - 二", "<li>二</li>", id="nested-list"),
        pytest.param("markdown_v2", "|a|\n|-|\n|b|", "<td>b</td>", id="table"),
        pytest.param("markdown_v2", "```\n<b>\n```", "<pre><code>&lt;b&gt;\n", id="code-block"),
        pytest.param("markdown_v2", "a\n\n---", "<hr>", id="rule"),
        pytest.param("markdown_v2", "![海报](https://a.cn/p.png)", "▧ 海报</a>", id="picture-from-elsewhere"),
        pytest.param("markdown_v2", '<font color="info">x', "&lt;font", id="no-colours-in-the-new-dialect"),
        pytest.param("markdown_v2", "<@wang>", "&lt;@wang&gt;", id="no-mentions-in-the-new-dialect"),
    ],
)
def test_what_members_see(dialect, content, html):
    """Each dialect shows what the platform's page says it shows, and nothing else."""
    assert html in render_markdown(content, dialect)


@given(st.lists(st.sampled_from(PIECES), max_size=14), st.sampled_from(["markdown", "markdown_v2"]))
def test_no_content_makes_other_tags_or_loads_anything(pieces, dialect):
    """Whatever is written, only known tags come out, links are http(s), and no attribute runs anything."""
    html = str(render_markdown("".join(pieces), dialect))
    tags = re.findall(r"<\s*/?\s*([A-Za-z0-9!]+)([^>]*)>", html)
    assert {tag for tag, _ in tags} <= TAGS
    attributes = re.sub(r'"[^"]*"', "", " ".join(rest for _, rest in tags))
    assert set(re.findall(r"[\w-]+(?==)", attributes)) <= ATTRIBUTES
    assert all(url.startswith(("http://", "https://")) for url in re.findall(r'href="([^"]*)"', html))


def test_addresses_in_plain_words_can_be_clicked():
    """A link ends where Chinese punctuation begins; everything else is escaped."""
    html = render_text("下单 https://a.cn/1?x=1&y=<b>，谢谢 <i>")
    assert html.startswith('下单 <a href="https://a.cn/1?x=1&amp;y="')
    assert html.endswith("</a>&lt;b&gt;，谢谢 &lt;i&gt;")
