"""What looks like a key and what does not."""

from __future__ import annotations

import pytest

from calendarkit.calendar.secret_shape import is_secret_name, looks_like_secret, parse_reference

KEY = "693a91f6-7a0c-4bc4-97a0-0ec2f1fa5aaa"


@pytest.mark.parametrize(
    "text",
    [KEY, KEY.upper(), f" {KEY}\n", f"https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key={KEY}",
     "https://oapi.dingtalk.com/robot/send?access_token=0123456789abcdef",
     "https://open.feishu.cn/open-apis/bot/v2/hook/0a1b2c3d-4e5f", "SEC" + "0a" * 32, "0123456789abcdef" * 2,
     "tGzv3JOkF0XG5Qx2TlKWIA9sD8fHj7Lp", f"secret:{KEY}", f"key={KEY}"],
    ids=["robot key", "upper case", "blanks", "webhook", "dingtalk", "feishu", "signing secret", "hex", "corpsecret",
         "behind the word secret", "with its name"],
)  # fmt: skip
def test_a_literal_key_is_seen(text: str):
    """Every shape a team might paste."""
    assert looks_like_secret(text)


@pytest.mark.parametrize(
    "text",
    ["", "secret:robot/hz-001", "robot/hz-001", "午间特惠：苹果 5 斤装 19.9 元", "https://shop.example/item?id=20261125",
     "https://shop.example/join?token=", "noon-deals/2026-11-25/noon/hz-001.vip/wecom", "13800138000",
     "assets/photos/apple-gift-box-2026-winter-limited.jpg", "CALENDARKIT_SECRET_ROBOT__STORE_0012_AND_MORE_WORDS",
     "a-very-long-slug-for-a-very-ordinary-landing-page-of-a-shop", "WinterMemberDayLandingPageForAllStores2026"],
    ids=["empty", "reference", "name", "words", "address", "empty token", "delivery", "phone", "file", "variable",
         "slug", "camel case"],
)  # fmt: skip
def test_ordinary_words_are_left_alone(text: str):
    """A check that cries wolf is switched off."""
    assert not looks_like_secret(text)


@pytest.mark.parametrize(
    ("text", "name"),
    [("secret:robot/hz-001", "robot/hz-001"), (" secret:a ", "a"), ("secret:", None), ("secret:a b", None),
     ("secret:/a", None), ("robot/hz-001", None), ("Secret:a", None), ("secret:a//b", None)],
)  # fmt: skip
def test_a_reference_names_a_secret(text: str, name: str | None):
    """Only the word, the colon and a well-formed name."""
    assert parse_reference(text) == name


@pytest.mark.parametrize("name", ["a", "robot/hz-001.vip", "A/B/c_d", "0"])
def test_names(name: str):
    """Parts of ASCII letters and digits with single marks between."""
    assert is_secret_name(name)


@pytest.mark.parametrize("name", ["", "-a", "a-", "a--b", "a..b", "a/../b", "é", "a" * 129, "a\n"])
def test_what_is_no_name(name: str):
    """No paths, no doubled marks (``__`` stands for ``/`` in variables), no line breaks."""
    assert not is_secret_name(name)
