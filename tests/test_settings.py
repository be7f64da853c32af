"""The environment is read once; what is wrong or half filled in is said in one sentence."""

from pathlib import Path

import pytest

from bot.settings import WHERE, SettingsError, read


def test_nothing_set_means_the_playground() -> None:
    assert read({}).is_playground


def test_both_tokens_mean_socket_mode() -> None:
    settings = read({"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1"})

    assert settings.is_socket_mode
    assert not settings.is_playground


def test_a_signing_secret_alone_means_http() -> None:
    settings = read({"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_SIGNING_SECRET": "s"})

    assert not settings.is_socket_mode
    assert not settings.is_playground


@pytest.mark.parametrize(
    ("environ", "missing"),
    [
        ({"SLACK_BOT_TOKEN": "xoxb-1"}, "SLACK_APP_TOKEN"),
        ({"SLACK_APP_TOKEN": "xapp-1"}, "SLACK_BOT_TOKEN"),
        ({"SLACK_SIGNING_SECRET": "s"}, "SLACK_BOT_TOKEN"),
    ],
)
def test_a_half_filled_environment_says_what_is_missing_and_where_to_find_it(
    environ: dict[str, str], missing: str
) -> None:
    with pytest.raises(SettingsError) as error:
        read(environ)

    assert missing in str(error.value)
    assert WHERE[missing] in str(error.value)


def test_the_engines_size_is_what_memory_allows_unless_it_is_set() -> None:
    size = [(one.context, one.slots) for one in (read({}), read({"COPYDESK_CONTEXT": "4096", "COPYDESK_SLOTS": "8"}))]

    assert size == [(None, None), (4096, 8)]


@pytest.mark.parametrize(
    ("environ", "words"),
    [
        ({"SLACK_BOT_TOKEN": "xapp-1", "SLACK_APP_TOKEN": "xapp-1"}, "SLACK_BOT_TOKEN must start with 'xoxb-'"),
        ({"COPYDESK_PORT": "eighty"}, "COPYDESK_PORT is 'eighty'"),
        ({"COPYDESK_PORT": "70000"}, "COPYDESK_PORT is '70000'"),
        ({"COPYDESK_QUEUE": "0"}, "COPYDESK_QUEUE is '0'"),
        ({"COPYDESK_DEVICE": "tpu"}, "COPYDESK_DEVICE is 'tpu'"),
        ({"COPYDESK_CONTEXT": "long"}, "COPYDESK_CONTEXT is 'long'; it must be auto or a whole number from 1024"),
        ({"COPYDESK_SLOTS": "0"}, "COPYDESK_SLOTS is '0'; it must be auto or a whole number from 1 to 512"),
        ({"SLACK_API_URL": "slack.com"}, "SLACK_API_URL is 'slack.com'"),
    ],
)
def test_a_value_that_cannot_be_used_is_named(environ: dict[str, str], words: str) -> None:
    with pytest.raises(SettingsError, match=words):
        read(environ)


def test_tokens_are_not_in_the_repr() -> None:
    settings = read({"SLACK_BOT_TOKEN": "xoxb-secret", "SLACK_APP_TOKEN": "xapp-secret"})

    assert "secret" not in repr(settings)


def test_paths_and_numbers_are_typed() -> None:
    settings = read({"COPYDESK_DATA": "elsewhere", "COPYDESK_WORKERS": "2", "COPYDESK_GPUS": "4"})

    assert settings.copydesk_data == Path("elsewhere")
    assert settings.copydesk_workers == 2
    assert settings.copydesk_gpus == 4
