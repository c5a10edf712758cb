"""Rendering: the right words for each channel, measured in bytes, and a reason where there are none."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_shop import STORE, calendar, delivery, roster

from calendarkit.calendar.column import Content, LinkCard, Variant
from calendarkit.calendar.policy import Policy, Words
from calendarkit.calendar.workspace import Workspace
from calendarkit.errors import CalendarkitError
from calendarkit.extend import KindLimit, Limits, Media, Message
from calendarkit.model.message import Broken
from calendarkit.stages.render import render

TEXT_FIRST = Limits(
    kinds={"text": KindLimit(text_bytes=30), "markdown": KindLimit(), "image": KindLimit(), "link": KindLimit()}
)
MARKDOWN_FIRST = Limits(kinds={"markdown": KindLimit(), "text": KindLimit()})
POSTER = Media(path="/m/1.jpg", sha256="0" * 64, mime="image/jpeg", size=1000, width=1080, height=1920)
CARD = LinkCard(title="{{ column.title }}", url="https://m.example.cn/{{ store.id }}", description="{{ offer.title }}")


def undrawable(_job):
    """Stand for a painter that must not be asked."""
    raise AssertionError("nobody asked for a poster")


def said(content: Content, *, accepts: Limits = TEXT_FIRST, draw=undrawable, templates=None, shop=None, **more):
    """Return what rendering makes of ``content`` for the VIP group."""
    shop = shop or calendar(content, templates=templates or {})
    return render(delivery(**more), shop, roster(), accepts=accepts, draw=draw)


def broken(*args, **more) -> tuple[str, str]:
    """Return code and Chinese detail of what could not be rendered."""
    found = said(*args, **more)
    assert isinstance(found, Broken), found
    return found.code, found.detail


def test_fills_the_template_in():
    """Words come from column, store, item and offer."""
    content = Content(pool="tips", text="{{ item.title }} {{ store.name }}\n{{ offer.price }}元")
    assert said(content, item="one", offer="apple") == Message(kind="text", text="小雪 滨江一号店\n9.9元")


@pytest.mark.parametrize(
    ("content", "accepts", "expected"),
    [
        (Content(text="字", markdown="# 字"), TEXT_FIRST, ("text", "字")),
        (Content(text="字", markdown="# 字"), MARKDOWN_FIRST, ("markdown", "# 字")),
        (Content(text="字"), MARKDOWN_FIRST, ("text", "字")),
        (Content(markdown="# 字"), TEXT_FIRST, ("markdown", "# 字")),
        (Content(text="字", variants={"robot": Variant(text="员工版")}), TEXT_FIRST, ("text", "员工版")),
        (Content(text="字", variants={"robot": Variant(markdown="# 员工")}), MARKDOWN_FIRST, ("markdown", "# 员工")),
        (Content(text="字", variants={"folder": Variant(text="别的")}), TEXT_FIRST, ("text", "字")),
    ],
    ids=["prefers-text", "prefers-markdown", "only-text", "only-markdown", "variant", "variant-adds", "others-variant"],
)
def test_chooses_the_words_of_the_channel(content, accepts, expected):
    """The channel's preferred kind that the column gives; a channel's own words beat the general ones."""
    message = said(content, accepts=accepts)
    assert isinstance(message, Message)
    assert (message.kind, message.text) == expected


@pytest.mark.parametrize("name", ["noon.txt", "tips/am.md", "x.j2"])
def test_reads_template_files_from_the_calendar(name):
    """A value that names a file stands for its text."""
    message = said(Content(text=name), templates={name: "\n　　{{ store.city }}早安\n\n"})
    assert message == Message(kind="text", text="　　杭州早安")


def test_names_a_template_file_that_is_missing():
    """The name is shown as people see it in the folder."""
    assert broken(Content(text="nooon.txt")) == ("CK703", "没有模板文件 templates/nooon.txt")


def test_fills_the_mentions_in():
    """Whoever is empty is nobody."""
    content = Content(text="字", mentions=("@all", "{{ group.host }}", "{{ group.owner or '' }}"))
    message = said(content)
    assert isinstance(message, Message)
    assert message.mentions == ("@all", "阿梅")


@pytest.mark.parametrize(
    ("words", "size"),
    [("a" * 30, 30), ("字" * 10, 30), ("🍎" * 7, 28), ("Ａ" * 10, 30), ("é" * 15, 30), ("👨‍👩‍👧", 18)],
    ids=["ascii", "chinese", "emoji", "full-width", "accents", "family-of-three"],
)
def test_counts_bytes_of_utf8(words, size):
    """Characters cost 1 to 4 bytes each; a family emoji is five of them."""
    assert len(words.encode()) == size
    assert said(Content(text=words)) == Message(kind="text", text=words)
    tight = Limits(kinds={"text": KindLimit(text_bytes=size - 1)})
    code, detail = broken(Content(text=words), accepts=tight)
    assert code == "CK711"
    assert f"有 {size} 字节（{len(words)} 个字符），上限 {size - 1} 字节" in detail


@given(st.text(alphabet="a字🍎é ", max_size=20), st.integers(min_value=0, max_value=40))
def test_never_returns_more_bytes_than_the_channel_takes(words, most):
    """Whatever is written, what comes out fits or is broken."""
    found = said(Content(text=words), accepts=Limits(kinds={"text": KindLimit(text_bytes=most)}))
    assert isinstance(found, Broken) or 0 < len(found.text.encode()) <= most


@pytest.mark.parametrize("written", ["", "  \n", "　", "{{ values.none or '' }}", "\u200b"], ids=ascii)
def test_refuses_words_nobody_can_see(written):
    """An empty message is a mistake, a zero-width one too."""
    assert broken(Content(text=written, values={"none": ""}))[0] == "CK705"


def test_refuses_half_a_character():
    """A lone surrogate cannot be sent as UTF-8."""
    assert broken(Content(text="好{{ '\\ud83d' }}"))[0] == "CK710"


@pytest.mark.parametrize(
    ("written", "code", "detail"),
    [
        ("{{ store.fax }}", "CK406", "noon.content.text 第 1 行：这次投放没有 store.fax 的值"),
        ("早\n{{ store.phone }}", "CK406", "noon.content.text 第 2 行：这次投放的 store.phone 是空的"),
        ("{{ offer.title }}", "CK406", "noon.content.text 第 1 行：这次投放没有 offer.title 的值"),
        ("{% if x %}", "CK405", "noon.content.text 第 1 行：模板没有写完：缺少 {% endif %} 或 {% endfor %}"),
    ],
    ids=["unknown", "empty", "no-offer", "syntax"],
)
def test_says_what_is_wrong_with_a_template(written, code, detail):
    """Place, line and value are named."""
    assert broken(Content(text=written)) == (code, detail)


def test_one_store_without_a_value_does_not_stop_the_others():
    """The store without a phone fails with its reason; its neighbour's message is made."""
    neighbour = replace(STORE, id="hz-002", phone="0571-1234")
    people = roster(STORE, neighbour)
    shop = calendar(Content(text="电话 {{ store.phone }}"))
    made = [
        render(delivery(target=each, store=each), shop, people, accepts=TEXT_FIRST, draw=undrawable)
        for each in ("hz-001", "hz-002")
    ]
    assert isinstance(made[0], Broken)
    assert made[1] == Message(kind="text", text="电话 0571-1234")


def test_asks_before_printing_what_may_be_empty():
    """``if`` and ``default`` cope with what nobody wrote."""
    content = Content(
        text="好{% if store.phone %}{{ store.phone }}{% endif %}{% if offer %}!{% endif %}{{ item or '' }}"
    )
    assert said(content) == Message(kind="text", text="好")


def test_draws_the_poster_the_channel_takes():
    """The painter hears the limits; the picture gets the name staff will see."""
    jobs = []
    limits = Limits(kinds={"image": KindLimit(media_bytes=2_000_000, mimes=("image/jpeg",))})
    content = Content(poster="noon_deal", variants={"robot": Variant(poster="staff_deal")})
    message = said(content, part="poster", accepts=limits, draw=lambda job: jobs.append(job) or POSTER)
    assert message == Message(kind="image", media=(replace(POSTER, name="午间特惠-滨江一号店.jpg"),))
    assert (jobs[0].layout, jobs[0].max_bytes, jobs[0].mimes) == ("staff_deal", 2_000_000, ("image/jpeg",))
    assert jobs[0].context["store"]["name"] == "滨江一号店"


@pytest.mark.parametrize(
    ("changes", "code", "detail"),
    [
        ({"size": 2001}, "CK709", "海报 2001 字节，上限 2000 字节"),
        ({"size": 0}, "CK709", "海报是空文件（0 字节）"),
        ({"mime": "image/webp"}, "CK708", "海报是 image/webp，渠道 robot 只收 image/jpeg、image/png"),
    ],
    ids=["too-big", "empty", "wrong-kind"],
)
def test_checks_the_picture_whoever_drew_it(changes, code, detail):
    """A painter that ignores the limits does not reach the network."""
    limits = Limits(kinds={"image": KindLimit(media_bytes=2000, mimes=("image/jpeg", "image/png"))})
    found = broken(Content(poster="x"), part="poster", accepts=limits, draw=lambda _: replace(POSTER, **changes))
    assert found == (code, detail)


def test_a_poster_that_cannot_be_drawn_breaks_its_delivery_only():
    """The painter's own words are passed on."""

    def draw(_job):
        raise CalendarkitError("layout moon is not there")

    assert broken(Content(poster="moon"), part="poster", draw=draw) == (
        "CK707",
        "海报 moon 画不出来：layout moon is not there",
    )


def test_fills_the_link_card_in():
    """Title, description and address are templates."""
    message = said(Content(link=CARD), part="link", offer="apple")
    assert message == Message(kind="link", title="午间特惠", text="苹果 5 斤装", url="https://m.example.cn/hz-001")


@pytest.mark.parametrize(
    ("change", "limit", "code"),
    [
        ({"title": " "}, KindLimit(), "CK705"),
        ({"url": ""}, KindLimit(), "CK706"),
        ({"url": "javascript:alert(1)"}, KindLimit(), "CK706"),
        ({"url": "https://x.cn/a b"}, KindLimit(), "CK706"),
        ({"url": "https://x.cn/\u202e"}, KindLimit(), "CK706"),
        ({"cover_url": "x.jpg"}, KindLimit(), "CK706"),
        ({}, KindLimit(title_bytes=11), "CK711"),
        ({}, KindLimit(text_bytes=10), "CK711"),
        ({}, KindLimit(url_bytes=26), "CK711"),
    ],
    ids=["no-title", "no-url", "script", "blank", "turned-round", "cover", "title-bytes", "text-bytes", "url-bytes"],
)
def test_refuses_a_link_card_that_cannot_be_opened(change, limit, code):
    """Every part of a card has its own limit."""
    content = Content(link=CARD.model_copy(update=change))
    assert broken(content, part="link", offer="apple", accepts=Limits(kinds={"link": limit}))[0] == code


@pytest.mark.parametrize("part", ["text", "poster", "link"])
def test_a_part_the_column_does_not_give_is_broken(part):
    """A column that lost its poster after planning says so."""
    assert broken(Content(), part=part)[0] == "CK704"


@pytest.mark.parametrize(
    ("part", "content"),
    [("text", Content(text="字")), ("poster", Content(poster="x")), ("link", Content(link=CARD))],
    ids=["text", "poster", "link"],
)
def test_a_kind_the_channel_does_not_take_is_broken(part, content):
    """The channel is named."""
    code, detail = broken(content, part=part, accepts=Limits(kinds={}))
    assert code == "CK702"
    assert detail.startswith("渠道 robot 不能发 ")


@pytest.mark.parametrize(
    "lost", [{"item": "gone"}, {"offer": "gone"}, {"store": "gone"}], ids=lambda lost: next(iter(lost))
)
def test_what_is_gone_from_the_calendar_is_named(lost):
    """Deleted after planning, noticed before sending."""
    assert broken(Content(pool="tips", text="{{ store.name }}"), **lost) == ("CK701", "gone 已经不在日历里")


def test_speaks_the_language_of_the_workspace():
    """The detail follows the workspace, the reason has both."""
    shop = calendar(Content(), workspace=Workspace(name="x", language="en"))
    found = said(Content(), shop=shop)
    assert isinstance(found, Broken)
    assert found.reason is not None
    assert found.detail == found.reason.en == "the column gives neither text nor markdown"


def test_the_same_inputs_give_the_same_revision():
    """A retry sends the same bytes."""
    content = Content(pool="tips", text="{{ item.title }}{{ slot.at }}")
    first, second = (said(content, item="one") for _ in range(2))
    assert isinstance(first, Message)
    assert first.revision == second.revision


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("{{ offer.title }}，口感最佳", "“最佳”：《广告法》第九条点名禁止"),
        ("{{ offer.title }}", "“苹果”：policy.toml 的 words.forbid 不许用"),
    ],
    ids=["law", "out-of-the-data"],
)
def test_a_forbidden_word_never_goes_out(text, reason):
    """Words that came in with the data, after the last check, are caught too."""
    shop = calendar(Content(text=text), policy=Policy(words=Words(forbid=("苹果",) if "最" not in text else ())))
    assert broken(Content(text=text), shop=shop, offer="apple") == ("CK462", reason)


def test_what_a_person_should_look_at_stops_nothing():
    """A word that only means the same as a forbidden one is a warning of check."""
    shop = calendar(Content(text="销量第一"), policy=Policy(words=Words()))
    assert said(Content(text="销量第一"), shop=shop) == Message(kind="text", text="销量第一")
