"""Scheme, host and port compared, ports filled in."""

import pytest
from starlette.datastructures import Headers

from app.live.origin import allowed


@pytest.mark.parametrize(
    ("scheme", "host", "origin"),
    [
        ("ws", "127.0.0.1:8000", "http://127.0.0.1:8000"),
        ("ws", "chainrule.test", "http://chainrule.test"),
        ("ws", "chainrule.test", "http://chainrule.test:80"),
        ("ws", "chainrule.test:80", "http://chainrule.test"),
        ("wss", "chainrule.test", "https://chainrule.test:443"),
        ("wss", "Chainrule.TEST", "https://chainrule.test"),
        ("ws", "[::1]:8000", "http://[::1]:8000"),
    ],
)
def test_same_origin(scheme: str, host: str, origin: str) -> None:
    assert allowed(scheme, Headers({"host": host, "origin": origin}))


@pytest.mark.parametrize(
    ("scheme", "host", "origin"),
    [
        ("ws", "chainrule.test", "https://chainrule.test"),
        ("wss", "chainrule.test", "http://chainrule.test"),
        ("ws", "chainrule.test", "http://chainrule.test:8000"),
        ("ws", "chainrule.test:8000", "http://chainrule.test"),
        ("ws", "chainrule.test", "http://chainrule.test.evil.example"),
        ("ws", "chainrule.test", "http://evil.example/chainrule.test"),
        ("ws", "chainrule.test", "http://evil.example#chainrule.test"),
        ("ws", "chainrule.test", "http://chainrule.test@evil.example"),
        ("ws", "chainrule.test", "ftp://chainrule.test"),
        ("ws", "chainrule.test", "null"),
        ("ws", "chainrule.test", ""),
        ("ws", "chainrule.test", "http://"),
        ("ws", "chainrule.test", "http://chainrule.test:port"),
        ("ws", "chainrule.test", "http://["),
        ("ws", "", "http://"),
        ("ws", "", "null"),
    ],
)
def test_other_origin(scheme: str, host: str, origin: str) -> None:
    assert not allowed(scheme, Headers({"host": host, "origin": origin}))


def test_no_origin_is_no_browser() -> None:
    assert allowed("ws", Headers({"host": "chainrule.test"}))
