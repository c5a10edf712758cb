"""The documents keep their word: the tutorial runs, links lead somewhere, and both languages say the same."""

from __future__ import annotations

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.request import urlopen

import pytest
import tomli
from tutorial_reader import Reader, blocks, commands, matches

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
PAGES = sorted([ROOT / "README.md", ROOT / "README.zh-CN.md", ROOT / "CONTRIBUTING.md", *DOCS.rglob("*.md")])
TUTORIALS = {"en_US.UTF-8": "tutorial/first-week.md", "zh_CN.UTF-8": "zh/tutorial/first-week.md"}
PAIRS = [
    "tutorial/first-week.md",
    "how-to/secrets.md",
    "how-to/write-a-publisher.md",
    "how-to/cron.md",
    "how-to/watch-it.md",
    "how-to/design-a-poster.md",
]
LINK = re.compile(r"(?<!\\)\[[^\]]*\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#{1,6} (.+)$", re.MULTILINE)
PRIVATE_PATH = re.compile(r"(?<![\w.])/(?:home|root|tmp|Users|mnt)/\S*")
LEFT_OVER = re.compile(r"\b(?:TODO|FIXME|TBD|XXX)\b|(?i:lorem ipsum)")


def name_of(page: Path) -> str:
    """Return the path of a page as people write it."""
    return page.relative_to(ROOT).as_posix()


def prose(page: Path) -> str:
    """Return a page without its fenced blocks and its code words."""
    return re.sub(
        r"`[^`\n]*`", "", re.sub(r"^```.*?^```$", "", page.read_text("utf-8"), flags=re.DOTALL | re.MULTILINE)
    )


def links(page: Path) -> Iterator[str]:
    """Yield the targets of the page's links and pictures that lie in the project."""
    return (target for target in LINK.findall(prose(page)) if "://" not in target and not target.startswith("mailto:"))


def anchors(page: Path) -> set[str]:
    """Return the anchors that headings make, as GitHub names them."""
    text = re.sub(r"^```.*?^```$", "", page.read_text("utf-8"), flags=re.DOTALL | re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in HEADING.findall(text)}


def broken_links(page: Path) -> list[str]:
    """Return the links of a page that lead nowhere."""
    found = []
    for link in links(page):
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        if not target.exists() or (anchor and anchor not in anchors(target)):
            found.append(link)
    return found


def shape(page: Path) -> list[tuple[str, tuple[str, ...]]]:
    """Return the kinds of blocks of a page in order; of console blocks the commands too, without what is quoted."""
    words = re.compile(r'"[^"]*"|[^\x00-\x7f]+|\s+#.*')
    found = []
    for block in blocks(page.read_text("utf-8")):
        typed = commands(block.text) if block.language == "console" else ()
        found.append((block.language, tuple(" ".join(words.sub("", command).split()) for command, _ in typed)))
    return found


def follow(language: str, folder: Path) -> str:
    """Follow the tutorial of one language and return what the sandbox shows at the end."""
    reader = Reader(folder, language)
    try:
        reader.follow((DOCS / TUTORIALS[language]).read_text("utf-8"))
        with urlopen(f"{reader.url}/groups/dxl-staff", timeout=10) as page:
            shown: str = page.read().decode()
            return shown
    finally:
        reader.close()


def test_whoever_follows_the_tutorial_sees_what_it_shows(tmp_path: Path) -> None:
    """Every file and command of both pages, in order, ends with the bread in the staff group's chat."""
    folders = {language: tmp_path / language for language in TUTORIALS}
    for folder in folders.values():
        folder.mkdir()
    with ThreadPoolExecutor() as readers:
        english, chinese = readers.map(follow, folders, folders.values())
    assert "Rye walnut loaf, fresh from the oven: 18 yuan a loaf." in english
    assert "黑麦核桃包出炉了，18 元一个。" in chinese
    packs = [path.parent.name for path in tmp_path.rglob("out/2026-11-25/*/*/*.jpg")]
    assert sorted(packs) == sorted(["dxl.fans Bread fans", "dxl.vip Regulars", "dxl.fans 面包群", "dxl.vip 老顾客群"])


@pytest.mark.parametrize(
    ("answer", "shown", "expected"),
    [
        pytest.param("a\r\nb\r\n", "a\nb\n", True, id="same"),
        pytest.param("a\nb\nc\n", "a\n…\nc\n", True, id="lines-left-out"),
        pytest.param("a\nc\n", "a\n…\nc\n", True, id="no-line-left-out"),
        pytest.param("took 0.3 s\n", "took … s\n", True, id="words-left-out"),
        pytest.param("a\nb\n", "a\n", False, id="more-than-shown"),
        pytest.param("a\n", "a\nb\n", False, id="less-than-shown"),
        pytest.param("a  b\n", "a b\n", False, id="misaligned"),
    ],
)
def test_the_reader_notices_what_differs(answer: str, shown: str, *, expected: bool) -> None:
    """Only an ellipsis stands for something else."""
    assert matches(answer, shown) is expected


def test_the_reader_stops_at_a_command_that_fails(tmp_path: Path) -> None:
    """A command may fail only where the page shows its exit code next."""
    reader = Reader(tmp_path, "C")
    reader.follow("```console\n$ false\n$ echo $?\n1\n```\n")
    with pytest.raises(AssertionError, match="ended with 1"):
        reader.follow("```console\n$ false\n```\n")


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_links_lead_somewhere(page: Path) -> None:
    """Every relative link names a file that exists and a heading in it."""
    assert broken_links(page) == []


def test_a_broken_link_is_noticed(tmp_path: Path) -> None:
    """A missing file and a missing heading are both found; code is no link."""
    page = tmp_path / "page.md"
    page.write_text("# Day `one`: it\n[a](gone.md) [b](#day-one-it) [c](page.md#day-two) `[d](no.md)`\n", "utf-8")
    assert broken_links(page) == ["gone.md", "page.md#day-two"]


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_toml_can_be_read(page: Path) -> None:
    """Whoever copies a TOML block gets a file that parses."""
    for block in blocks(page.read_text("utf-8")):
        if block.language == "toml":
            assert tomli.loads(block.text)


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_pages_are_finished_and_name_no_machine(page: Path) -> None:
    """No page holds a path of the machine it was written on, or a note that something is still missing."""
    text = page.read_text("utf-8")
    assert str(ROOT) not in text
    assert PRIVATE_PATH.findall(text) + LEFT_OVER.findall(text) == []


@pytest.mark.parametrize("name", PAIRS)
def test_both_languages_show_the_same_blocks(name: str) -> None:
    """The Chinese page has the English page's commands and files, in the same order."""
    assert shape(DOCS / "zh" / name) == shape(DOCS / name)


def test_the_code_of_the_publisher_is_the_same_in_both_languages() -> None:
    """The English page's code is run elsewhere; the Chinese page repeats it to the letter."""
    page = "how-to/write-a-publisher.md"
    english, chinese = (list(blocks((folder / page).read_text("utf-8"))) for folder in (DOCS, DOCS / "zh"))
    assert [block.text for block in chinese] == [block.text for block in english]


def test_both_readmes_show_the_same_commands() -> None:
    """README.md and README.zh-CN.md differ in words only."""
    assert shape(ROOT / "README.zh-CN.md") == shape(ROOT / "README.md")


def test_the_indexes_list_every_page() -> None:
    """Every English page stands in docs/README.md, every Chinese one in docs/zh/README.md."""
    listed = {
        (index.parent / link.partition("#")[0]).resolve() for index in DOCS.rglob("README.md") for link in links(index)
    }
    pages = {
        page for page in PAGES if DOCS in page.parents and page.name != "README.md" and "decisions" not in page.parts
    }
    assert sorted(map(name_of, pages - listed)) == []


def test_the_chinese_index_leads_to_chinese_wherever_there_is_some() -> None:
    """A reader of Chinese is never sent to an English page that has a translation."""
    index = DOCS / "zh" / "README.md"
    targets = [(index.parent / link).resolve() for link in links(index)]
    english = [
        page for page in targets if DOCS in page.parents and DOCS / "zh" not in page.parents and page.suffix == ".md"
    ]
    assert [name_of(page) for page in english if (DOCS / "zh" / page.relative_to(DOCS)).exists()] == [
        name_of(DOCS / "README.md")
    ]
