"""The errors that Slack answers with, as exceptions that carry Slack's own codes."""

from collections.abc import Mapping, Sequence
from typing import Any


class SlackError(Exception):
    """Raised where Slack answers `{"ok": false, "error": code}`."""

    def __init__(self, code: str, problems: Sequence[str] = (), details: Mapping[str, str] | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.problems = tuple(problems)
        self.details = details or {}

    def body(self) -> dict[str, Any]:
        """Return the JSON that Slack would send."""
        body: dict[str, Any] = {"ok": False, "error": self.code, **self.details}
        if self.problems:
            body["response_metadata"] = {"messages": [f"[ERROR] {problem}" for problem in self.problems]}
            if self.code == "invalid_blocks":
                body["errors"] = list(self.problems)
        return body


class RateLimitError(Exception):
    """Raised where Slack answers 429, with the whole seconds that a caller has to wait."""

    def __init__(self, retry_after: int) -> None:
        super().__init__(f"rate limited for {retry_after} s")
        self.retry_after = retry_after
