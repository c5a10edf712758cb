"""The contract lets an honest publisher pass and catches every planted mutant."""

from __future__ import annotations

import subprocess
import sys
import xml.etree.ElementTree as ET
from collections import defaultdict
from pathlib import Path

import pytest
from testing.toy_suite import RECORDS

from calendarkit.testing.http_contract import HttpPublisherContract

HERE = Path(__file__).parent
CAUGHT_BY = {
    "AnswersNone": "every_envelope_gets_its_own_receipt",
    "DropsAReceipt": "every_envelope_gets_its_own_receipt",
    "MergesKeys": "every_envelope_gets_its_own_receipt",
    "TakesRefusalForSuccess": "each_refusal_becomes_its_class",
    "BelievesAnyAnswer": "garbage_is_never_success",
    "RepeatsOnGatewayErrors": "garbage_is_never_success",
    "RepeatsUnknownCodes": "an_unknown_refusal_is_kept_and_not_repeated",
    "SwallowsTimeouts": "silence_after_bytes_left_is_unknown",
    "RepeatsTimeouts": "silence_after_bytes_left_is_unknown",
    "RetriesByItself": "a_connection_that_is_refused_is_tried_again_later",
    "CountsCharacters": "a_limit_is_counted_in_bytes_before_the_network",
    "IsOffByOne": "a_limit_is_counted_in_bytes_before_the_network",
    "IgnoresPictures": "a_bad_picture_never_goes_out",
    "GreetsNobody": "no_messages_are_no_receipts",
    "Prints": "nothing_is_printed",
    "LogsTheKey": "no_secret_shows",
    "KeepsTheKey": "no_secret_shows",
    "WritesTheKeyIntoTheAddress": "every_call_is_short_and_private",
    "RepeatsWhatThePlatformSays": "a_platform_that_repeats_a_secret_does_not_spread_it",
    "ForgetsTheCode": "an_unknown_refusal_is_kept_and_not_repeated",
    "ChangesItsBytes": "the_same_message_is_the_same_bytes",
    "ShowsTheAttempt": "the_same_message_is_the_same_bytes",
    "Waits": "every_call_is_short_and_private",
    "SpeaksEnglishOnly": "a_refusal_speaks_the_language_of_the_workspace",
    "AsksWhileConnecting": "connecting_asks_nobody",
    "SendsWithoutAnAddress": "a_target_without_an_address_is_a_bad_target",
    "ProvesNothing": "success_carries_the_proof_its_traits_promise",
    "ImportsTooMuch": "importing_it_is_light",
    "PromisesALookup": "the_channel_can_do_what_its_traits_promise",
    "PromisesAPoll": "the_channel_can_do_what_its_traits_promise",
    "PromisesAWindow": "the_channel_can_do_what_its_traits_promise",
    "PromisesAKind": "each_kind_is_taken_or_refused",
    "SpreadsARumour": "the_limits_name_kinds_and_sources",
    "RunsTooFast": "the_rates_are_below_the_platforms_own",
    "CountsElsewhere": "the_rates_are_below_the_platforms_own",
    "SwallowsTypos": "the_options_are_a_frozen_model_with_a_schema",
    "HasABadName": "the_name_is_a_plain_word_and_the_title_is_for_people",
}


@pytest.fixture(scope="module")
def failures(tmp_path_factory: pytest.TempPathFactory) -> dict[str, set[str]]:
    """The failed contract tests of every toy, by the name of the toy; one run for all."""
    report = tmp_path_factory.mktemp("toys") / "report.xml"
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-p",
        "no:cacheprovider",
        "--junitxml",
        report,
        HERE / "toy_suite.py",
    ]
    # Every test for the honest toy; for a mutant the test that must catch it.
    wanted = [f"(Test{mutant} and test_{test})" for mutant, test in CAUGHT_BY.items()]
    command += ["-k", " or ".join(["TestToy", *wanted])]
    subprocess.run(command, cwd=HERE.parents[1], capture_output=True, check=False)
    failed: dict[str, set[str]] = defaultdict(set)
    for case in ET.parse(report).iter("testcase"):
        toy = case.attrib["classname"].rpartition(".Test")[2]
        failed[toy] |= {case.attrib["name"].partition("[")[0].removeprefix("test_")} if len(case) else set()
    return dict(failed)


def test_an_honest_toy_passes(failures: dict[str, set[str]]):
    """The contract asks for nothing that cannot be kept."""
    assert failures["Toy"] == set()


@pytest.mark.parametrize(("mutant", "test"), CAUGHT_BY.items(), ids=CAUGHT_BY)
def test_a_mutant_is_caught(failures: dict[str, set[str]], mutant: str, test: str):
    """Each broken copy fails the test that is about its fault."""
    assert test in failures[mutant]


def test_every_toy_is_accounted_for(failures: dict[str, set[str]]):
    """A mutant nobody expects anything of would prove nothing."""
    assert set(failures) == set(RECORDS) == {"Toy", *CAUGHT_BY}


def test_every_test_of_the_contract_catches_a_mutant():
    """A test that nothing can fail is no test."""
    tests = {name.removeprefix("test_") for name in dir(HttpPublisherContract) if name.startswith("test_")}
    assert tests == set(CAUGHT_BY.values())
