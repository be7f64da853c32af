"""Chromium on the playground's page, for the tests that look and type as a person does."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from playwright.sync_api import Page, sync_playwright

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
MARKS = [
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed; `make chromium` installs it where apt can"),
]


@contextmanager
def open_page(url: str, **options: Any) -> Iterator[Page]:
    """A page at this address, with Playwright's options for it; errors in its console fail the test."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        found = browser.new_page(**options)
        problems: list[str] = []
        found.on("pageerror", lambda error: problems.append(str(error)))
        found.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
        found.goto(url)
        yield found
        browser.close()
    assert problems == [], "the page's console has errors"
