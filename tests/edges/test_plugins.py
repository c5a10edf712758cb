"""The plugin boundary, with real distributions on the path and everything a plugin can do wrong."""

from __future__ import annotations

import sys

import pytest

from calendarkit.edges.plugins import Failure, Registry, guarded, receipts
from calendarkit.errors import PluginError
from calendarkit.extend import Envelope, Message, Outcome, Receipt, Target
from calendarkit.model.text import Text

GOOD = """
from calendarkit.extend import KindLimit, Limits, Options, Publisher, Traits, hookimpl

class ShopOptions(Options):
    colour: str = "red"

@hookimpl
def calendarkit_publishers():
    yield Publisher(name="{name}", title="店", limits=Limits(kinds={{"text": KindLimit()}}), options=ShopOptions,
                    traits=Traits(dedupe="none"), connect=lambda options, context: None)
"""


@pytest.fixture
def install(tmp_path, monkeypatch):
    """Return a function that installs a one-module plugin as a real distribution."""
    monkeypatch.syspath_prepend(str(tmp_path))

    def add(name, source):
        module = f"plugin_under_test_{name}"
        (tmp_path / f"{module}.py").write_text(source, "utf-8")
        info = tmp_path / f"shop_{name}-1.2.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: shop-{name}\nVersion: 1.2\n")
        (info / "entry_points.txt").write_text(f"[calendarkit]\n{name} = {module}\n")
        monkeypatch.delitem(sys.modules, module, raising=False)
        return module

    return add


def test_a_named_plugin_offers_its_records(install):
    """A table in the configuration is all it takes."""
    install("corner", GOOD.format(name="corner"))
    offered = Registry({"corner": {}}).offered("publishers")
    assert list(offered) == ["console", "corner", "folder"]
    assert offered["corner"].plugin == "shop-corner 1.2"


def test_an_installed_stranger_is_never_imported(install):
    """Without its table a plugin's module is not even loaded."""
    module = install("stranger", GOOD.format(name="stranger"))
    assert "stranger" not in Registry({}).offered("publishers")
    assert module not in sys.modules


def test_two_plugins_with_one_name_are_named_both(install):
    """S7: nobody guesses which of two publishers was meant."""
    install("one", GOOD.format(name="same"))
    install("two", GOOD.format(name="same"))
    with pytest.raises(PluginError, match=r"shop-one 1\.2 and shop-two 1\.2"):
        Registry({"one": {}, "two": {}}).offered("publishers")


@pytest.mark.parametrize(
    ("source", "said"),
    [
        pytest.param("raise ValueError('broken at import')", "broken at import", id="import-raises"),
        pytest.param("raise SystemExit(3)", "SystemExit", id="import-exits"),
        pytest.param(
            "from calendarkit.extend import hookimpl\n@hookimpl\ndef calendarkit_publishers():\n    raise OSError(1)",
            "OSError: 1",
            id="hook-raises",
        ),
        pytest.param(
            "from calendarkit.extend import hookimpl\n@hookimpl\ndef calendarkit_publishers():\n    return [42]",
            "42",
            id="no-record",
        ),
        pytest.param(
            "from calendarkit.extend import hookimpl\n@hookimpl\ndef calendarkit_publishers(x):\n    return []",
            "calendarkit_publishers",
            id="wrong-signature",
        ),
    ],
)
def test_a_broken_plugin_is_noted_and_the_others_go_on(install, source, said):
    """One broken plugin takes nothing from the others, and the failure says whose it was."""
    install("broken", source)
    install("sound", GOOD.format(name="sound"))
    registry = Registry({"broken": {}, "sound": {}})
    assert "sound" in registry.offered("publishers")
    assert [(each.plugin, said in each.detail) for each in registry.failures] == [("shop-broken 1.2", True)]


def test_a_plugin_that_is_not_installed_says_how_to_install_it():
    """The commonest mistake has its fix in the message."""
    registry = Registry({"xiaohongshu": {}})
    registry.offered("publishers")
    assert "pip install calendarkit-xiaohongshu" in registry.failures[0].detail


def test_options_are_checked_by_the_plugins_own_model(install):
    """A table that does not fit is refused with the name of the table."""
    install("corner", GOOD.format(name="corner"))
    assert Registry({"corner": {"colour": "blue"}}).options("publishers", "corner").colour == "blue"
    with pytest.raises(PluginError, match=r"plugins\.corner"):
        Registry({"corner": {"color": "blue"}}).options("publishers", "corner")


def envelopes(*keys):
    """Return one envelope per key."""
    target = Target(id="g", title="群", store="s", store_title="店")
    return [Envelope(key=key, message=Message(kind="text", text="词"), target=target) for key in keys]


GOOD_RECEIPT = Receipt(key="a", outcome=Outcome.DELIVERED, proof="answer")


@pytest.mark.parametrize(
    ("answer", "outcomes"),
    [
        pytest.param([GOOD_RECEIPT], ["delivered", "unknown"], id="one-missing"),
        pytest.param(None, ["unknown", "unknown"], id="none"),
        pytest.param(True, ["unknown", "unknown"], id="true"),
        pytest.param("ok", ["unknown", "unknown"], id="text"),
        pytest.param([None, {"key": "a"}], ["unknown", "unknown"], id="garbage"),
        pytest.param(
            [GOOD_RECEIPT, Receipt(key="z", outcome=Outcome.DELIVERED)], ["delivered", "unknown"], id="stranger"
        ),
        pytest.param(Failure("shop", "TimeoutError"), ["unknown", "unknown"], id="failure"),
        pytest.param([Receipt(key="b", outcome="sent")], ["unknown", "unknown"], id="unheard-of-outcome"),
    ],
)
def test_every_envelope_gets_exactly_one_receipt(answer, outcomes):
    """S6: whatever a plugin answers, nothing is success that does not say so for that key."""
    given = receipts("shop", envelopes("a", "b"), answer)
    assert [each.key for each in given] == ["a", "b"]
    assert [each.outcome for each in given] == outcomes


@pytest.mark.parametrize("error", [ValueError("x"), SystemExit(1), GeneratorExit(), RecursionError()], ids=repr)
def test_guarded_survives_everything(error):
    """Not even SystemExit leaves a plugin."""

    def fail():
        raise error

    assert isinstance(guarded("shop", fail), Failure)


class Told(Exception):
    """An error that speaks to people."""

    text = Text("字太长", "too long")


@pytest.mark.parametrize(("error", "text"), [(Told("x"), Told.text), (ValueError("x"), None)], ids=["told", "other"])
def test_what_a_plugin_says_to_people_is_kept(error: Exception, text: Text | None):
    """In both languages, without the words meant for its maker; any other error has only those."""

    def fail() -> None:
        raise error

    failure = guarded("shop 1.0", fail)
    assert isinstance(failure, Failure)
    assert (failure.text, str(failure)) == (text, f"shop 1.0: {type(error).__name__}: x")
