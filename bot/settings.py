"""Everything the environment can set, read once."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

WHERE = {
    "SLACK_BOT_TOKEN": "api.slack.com/apps → your app → OAuth & Permissions → Bot User OAuth Token (xoxb-…)",
    "SLACK_APP_TOKEN": (
        "api.slack.com/apps → your app → Basic Information → App-Level Tokens, scope connections:write (xapp-…)"
    ),
    "SLACK_SIGNING_SECRET": "api.slack.com/apps → your app → Basic Information → App Credentials → Signing Secret",
}
PREFIXES = {"SLACK_BOT_TOKEN": "xoxb-", "SLACK_APP_TOKEN": "xapp-"}
DEVICES = ("auto", "cpu", "cuda")
AUTO = "auto"
SIZES = {"COPYDESK_CONTEXT": (1024, 131_072), "COPYDESK_SLOTS": (1, 512)}
"""What may be said of the engine's size, from and to."""
TRAINING = ("ask", "off", "imported")


class SettingsError(Exception):
    """A setting is missing or can't be used; the message is a sentence that says what to do."""


@dataclass(frozen=True, slots=True)
class Settings:
    """One field per variable, in lower case; without any Slack token the desk runs in the playground."""

    slack_bot_token: str = field(default="", repr=False)
    slack_app_token: str = field(default="", repr=False)
    slack_signing_secret: str = field(default="", repr=False)
    slack_api_url: str = "https://slack.com/api/"
    copydesk_data: Path = Path("data")
    copydesk_model: str = "auto"
    copydesk_api_key: str = field(default="", repr=False)
    copydesk_sentiment_model: str = "embedded"
    copydesk_device: str = "auto"
    copydesk_context: str = AUTO
    copydesk_slots: str = AUTO
    copydesk_gpus: int = 1
    copydesk_training: str = "ask"
    copydesk_round_cron: str = "0 3 * * sun"
    copydesk_time_zone: str = ""
    copydesk_queue: int = 20
    copydesk_workers: int = 4
    copydesk_port: int = 8091
    copydesk_playground_port: int = 8090

    @property
    def context(self) -> int | None:
        """How many tokens a slot of the engine in this process holds; None for what the memory allows."""
        return None if self.copydesk_context == AUTO else int(self.copydesk_context)

    @property
    def slots(self) -> int | None:
        """How many texts the engine in this process writes at once; None for what the memory allows."""
        return None if self.copydesk_slots == AUTO else int(self.copydesk_slots)

    @property
    def is_playground(self) -> bool:
        """Whether no Slack workspace is configured."""
        return not (self.slack_bot_token or self.slack_app_token or self.slack_signing_secret)

    @property
    def is_socket_mode(self) -> bool:
        """Whether Slack is reached by Socket Mode; otherwise Slack calls us over signed HTTP."""
        return bool(self.slack_app_token)


def read(environ: Mapping[str, str]) -> Settings:
    """Settings from the environment; raises SettingsError for what is wrong or half filled in."""
    given = {
        one.name: _parse(one.name.upper(), environ[one.name.upper()].strip(), one.default)
        for one in fields(Settings)
        if environ.get(one.name.upper(), "").strip()
    }
    settings = Settings(**given)
    _check(settings)
    return settings


def _parse(name: str, value: str, default: Any) -> Any:
    if isinstance(default, Path):
        return Path(value).expanduser()
    if not isinstance(default, int):
        return value
    if not value.isdecimal() or not 1 <= int(value) <= 65535:
        raise SettingsError(f"{name} is {value!r}; it must be a whole number from 1 to 65535.")
    return int(value)


def _check(settings: Settings) -> None:
    for name, prefix in PREFIXES.items():
        value = getattr(settings, name.lower())
        if value and not value.startswith(prefix):
            raise SettingsError(f"{name} must start with {prefix!r}. Find it at {WHERE[name]}.")
    if not settings.is_playground and not settings.slack_bot_token:
        raise _missing("SLACK_BOT_TOKEN")
    if settings.slack_bot_token and not (settings.slack_app_token or settings.slack_signing_secret):
        raise _missing("SLACK_APP_TOKEN")
    if settings.copydesk_device not in DEVICES:
        raise SettingsError(f"COPYDESK_DEVICE is {settings.copydesk_device!r}; it must be one of {', '.join(DEVICES)}.")
    for name, (least, most) in SIZES.items():
        value = getattr(settings, name.lower())
        if value != AUTO and not (value.isdecimal() and least <= int(value) <= most):
            raise SettingsError(f"{name} is {value!r}; it must be auto or a whole number from {least} to {most}.")
    if settings.copydesk_training not in TRAINING:
        raise SettingsError(
            f"COPYDESK_TRAINING is {settings.copydesk_training!r}; it must be one of {', '.join(TRAINING)}."
        )
    if settings.copydesk_time_zone and not _is_zone(settings.copydesk_time_zone):
        raise SettingsError(
            f"COPYDESK_TIME_ZONE is {settings.copydesk_time_zone!r}; it must be a name such as Europe/Berlin or UTC."
        )
    if urlsplit(settings.slack_api_url).scheme not in ("http", "https"):
        raise SettingsError(
            f"SLACK_API_URL is {settings.slack_api_url!r}; it must be an address such as https://slack.com/api/."
        )


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def _missing(name: str) -> SettingsError:
    also = " (or SLACK_SIGNING_SECRET, to receive Slack over HTTP)" if name == "SLACK_APP_TOKEN" else ""
    return SettingsError(
        f"{name}{also} is missing from .env. Find it at {WHERE[name]}. "
        "To run without Slack, leave every SLACK_ variable empty: the playground opens instead."
    )
