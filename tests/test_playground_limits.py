"""Every limit of Block Kit: what is just allowed passes, one more is refused with the place named."""

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.models.blocks import block_elements, blocks

from bot.playground.clock import ManualClock
from bot.playground.errors import SlackError
from bot.playground.ids import Ids
from bot.playground.limits_blocks import BLOCKS, message_blocks
from bot.playground.limits_elements import ELEMENTS
from bot.playground.server import PlaygroundServer

Json = dict[str, Any]
CLOCK = ManualClock()


@pytest.fixture(scope="module")
def client() -> Iterator[WebClient]:
    with PlaygroundServer(clock=CLOCK) as server:
        yield WebClient(token="xoxb-playground", base_url=f"{server.url}/api/")


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str) -> Json:
    return {"type": "mrkdwn", "text": text}


def section(**own: Any) -> Json:
    return {"type": "section", "text": mrkdwn("x"), **own}


def actions(*elements: Json) -> Json:
    return {"type": "actions", "elements": list(elements)}


def button(**own: Any) -> Json:
    return {"type": "button", "text": plain("Go"), "action_id": "go", **own}


def option(text: str = "One", value: str = "1") -> Json:
    return {"text": plain(text), "value": value}


def select(**own: Any) -> Json:
    return {"type": "static_select", "action_id": "s", "options": [option()], **own}


def confirm(**own: Any) -> Json:
    usual = {"title": plain("t"), "text": plain("t"), "confirm": plain("y"), "deny": plain("n")}
    return button(confirm={**usual, **own})


def feedback(**own: Any) -> Json:
    good = {"text": plain("Good"), "value": "up", **own}
    bad = {"text": plain("Bad"), "value": "down"}
    element = {"type": "feedback_buttons", "action_id": "f", "positive_button": good, "negative_button": bad}
    return {"type": "context_actions", "elements": [element]}


def asks(**own: Any) -> Json:
    return {"type": "input", "label": plain("L"), "element": {"type": "plain_text_input"}, **own}


def image(**own: Any) -> Json:
    return {"type": "image", "image_url": "https://example.com/a.png", "alt_text": "a", **own}


def table(rows: int, columns: int, kind: str = "table", **own: Any) -> Json:
    cells = [[{"type": "raw_text", "text": "c"}] * columns] * rows
    return {"type": kind, "rows": cells, **({"caption": "c"} if kind == "data_table" else {}), **own}


def pie(segments: int, label: str = "l", title: str = "t") -> Json:
    slices = [{"label": label, "value": 1}] * segments
    return {"type": "data_visualization", "title": title, "chart": {"type": "pie", "segments": slices}}


def plot(series: int, points: int = 1) -> Json:
    labels = [str(point) for point in range(points)]
    data = [{"label": label, "value": 1} for label in labels]
    lines = [{"name": f"s{number}", "data": data} for number in range(series)]
    chart = {"type": "line", "series": lines, "axis_config": {"categories": labels}}
    return {"type": "data_visualization", "title": "t", "chart": chart}


def buttons(count: int) -> list[Json]:
    return [button(action_id=f"b{number}") for number in range(count)]


# what is limited, the blocks with n of it, the most that Slack allows, where it points when there is more
LIMITS = [
    ("blocks in a message", lambda n: [{"type": "divider"}] * n, 50, "/blocks]"),
    ("section text", lambda n: [section(text=mrkdwn("x" * n))], 3000, "/blocks/0/text/text]"),
    ("section text in emoji", lambda n: [section(text=mrkdwn("🎉" * n))], 3000, "/blocks/0/text/text]"),
    ("section text in Japanese", lambda n: [section(text=mrkdwn("字" * n))], 3000, "/blocks/0/text/text]"),
    ("fields", lambda n: [section(fields=[mrkdwn("x")] * n)], 10, "/blocks/0/fields]"),
    ("field text", lambda n: [section(fields=[mrkdwn("x" * n)])], 2000, "/fields/0/text]"),
    ("header", lambda n: [{"type": "header", "text": plain("x" * n)}], 150, "/blocks/0/text/text]"),
    ("actions", lambda n: [actions(*buttons(n))], 25, "/blocks/0/elements]"),
    ("context", lambda n: [{"type": "context", "elements": [plain("x")] * n}], 10, "/blocks/0/elements]"),
    (
        "context_actions",
        lambda n: [
            {
                "type": "context_actions",
                "elements": [
                    {"type": "icon_button", "icon": "trash", "text": plain("t"), "action_id": f"i{number}"}
                    for number in range(n)
                ],
            }
        ],
        5,
        "/blocks/0/elements]",
    ),
    (
        "overflow",
        lambda n: [actions({"type": "overflow", "action_id": "o", "options": [option()] * n})],
        5,
        "/options]",
    ),
    ("button text", lambda n: [actions(button(text=plain("x" * n)))], 75, "/elements/0/text/text]"),
    ("button value", lambda n: [actions(button(value="x" * n))], 2000, "/elements/0/value]"),
    ("button url", lambda n: [actions(button(url="h" * n))], 3000, "/elements/0/url]"),
    ("accessibility_label", lambda n: [actions(button(accessibility_label="x" * n))], 75, "_label]"),
    ("feedback text", lambda n: [feedback(text=plain("x" * n))], 75, "/positive_button/text/text]"),
    ("feedback value", lambda n: [feedback(value="x" * n)], 2000, "/positive_button/value]"),
    ("feedback label", lambda n: [feedback(accessibility_label="x" * n)], 75, "/accessibility_label]"),
    ("action_id", lambda n: [actions(button(action_id="x" * n))], 255, "/elements/0/action_id]"),
    ("block_id", lambda n: [section(block_id="x" * n)], 255, "/blocks/0/block_id]"),
    ("alt_text", lambda n: [image(alt_text="x" * n)], 2000, "/blocks/0/alt_text]"),
    ("image url", lambda n: [image(image_url="x" * n)], 3000, "/blocks/0/image_url]"),
    ("image title", lambda n: [image(title=plain("x" * n))], 2000, "/blocks/0/title/text]"),
    ("options", lambda n: [actions(select(options=[option()] * n))], 100, "/elements/0/options]"),
    (
        "option groups",
        lambda n: [
            actions(
                {
                    "type": "static_select",
                    "action_id": "s",
                    "option_groups": [{"label": plain("g"), "options": [option()]}] * n,
                }
            )
        ],
        100,
        "/elements/0/option_groups]",
    ),
    ("option text", lambda n: [actions(select(options=[option("x" * n)]))], 75, "/options/0/text/text]"),
    ("option value", lambda n: [actions(select(options=[option(value="x" * n)]))], 150, "/options/0/value]"),
    ("placeholder", lambda n: [actions(select(placeholder=plain("x" * n)))], 150, "/placeholder/text]"),
    ("radio buttons", lambda n: [_radio(n)], 10, "/elements/0/options]"),
    ("input label", lambda n: [asks(label=plain("x" * n))], 2000, "/blocks/0/label/text]"),
    ("input hint", lambda n: [asks(hint=plain("x" * n))], 2000, "/blocks/0/hint/text]"),
    ("confirm title", lambda n: [actions(confirm(title=plain("x" * n)))], 100, "/confirm/title/text]"),
    ("confirm text", lambda n: [actions(confirm(text=plain("x" * n)))], 300, "/confirm/text/text]"),
    ("confirm yes", lambda n: [actions(confirm(confirm=plain("x" * n)))], 30, "/confirm/confirm/text]"),
    ("confirm no", lambda n: [actions(confirm(deny=plain("x" * n)))], 30, "/confirm/deny/text]"),
    ("markdown", lambda n: [{"type": "markdown", "text": "x" * n}], 12_000, "/blocks]"),
    (
        "markdown in two blocks",
        lambda n: [{"type": "markdown", "text": "x" * 6000}, {"type": "markdown", "text": "x" * (n - 6000)}],
        12_000,
        "/blocks]",
    ),
    ("table rows", lambda n: [table(n, 1)], 100, "/blocks/0/rows]"),
    ("table columns", lambda n: [table(1, n)], 20, "/blocks/0/rows/0]"),
    ("tables", lambda n: [table(1, 1)] * n, 1, "/blocks]"),
    ("data_table rows", lambda n: [table(n, 1, "data_table")], 101, "/blocks/0/rows]"),
    ("data_table columns", lambda n: [table(2, n, "data_table")], 20, "/rows/0]"),
    ("data_table page", lambda n: [table(2, 1, "data_table", page_size=n)], 100, "/page_size]"),
    ("pie", lambda n: [pie(n)], 6, "/chart/segments]"),
    ("pie label", lambda n: [pie(1, "x" * n)], 20, "/segments/0/label]"),
    ("chart title", lambda n: [pie(1, title="x" * n)], 50, "/blocks/0/title]"),
    ("series", lambda n: [plot(n)], 6, "/chart/series]"),
    ("points", lambda n: [plot(1, n)], 20, "/categories]"),
    ("charts", lambda n: [pie(1)] * n, 2, "/blocks]"),
    ("card title", lambda n: [{"type": "card", "title": mrkdwn("x" * n)}], 150, "/title/text]"),
    ("card body", lambda n: [{"type": "card", "body": mrkdwn("x" * n)}], 200, "/body/text]"),
    ("carousel", lambda n: [_carousel(n)], 10, "/blocks/0/elements]"),
]


def _radio(count: int) -> Json:
    return actions({"type": "radio_buttons", "action_id": "r", "options": [option()] * count})


def _carousel(cards: int) -> Json:
    return {"type": "carousel", "elements": [{"type": "card", "title": mrkdwn("c")}] * cards}


@pytest.mark.parametrize(("what", "build", "most", "where"), LIMITS, ids=[row[0] for row in LIMITS])
def test_the_most_is_allowed_and_one_more_is_refused(
    client: WebClient, what: str, build: Any, most: int, where: str
) -> None:
    CLOCK.advance(10)

    client.chat_postMessage(channel="C0LAUNCH", text=what, blocks=build(most))
    with pytest.raises(SlackApiError) as refused:
        client.chat_postMessage(channel="C0LAUNCH", text=what, blocks=build(most + 1))

    assert refused.value.response["error"] == "invalid_blocks"
    assert any(where in message for message in refused.value.response["response_metadata"]["messages"])


WRONG: dict[str, tuple[list[Json], str]] = {
    "unknown block": ([{"type": "rainbow"}], "unsupported type: rainbow"),
    "unknown property": ([section(colour="red")], "additional property: colour"),
    "unknown element": ([actions({"type": "lever", "action_id": "l"})], "unsupported type: lever"),
    "text input in actions": ([actions({"type": "plain_text_input", "action_id": "p"})], "unsupported type"),
    "empty section": ([{"type": "section"}], "must have either text or fields"),
    "empty text": ([section(text=mrkdwn(""))], "must be more than 0 characters"),
    "empty actions": ([actions()], "no less than 1 items allowed"),
    "no alt_text": ([{"type": "image", "image_url": "https://example.com"}], "missing required field: alt_text"),
    "no image": ([{"type": "image", "alt_text": "a"}], "must have either image_url or slack_file"),
    "mrkdwn header": ([{"type": "header", "text": mrkdwn("x")}], "unsupported type: mrkdwn"),
    "same action_id": ([actions(button(), button())], "`action_id` go already exists"),
    "same block_id": ([section(block_id="b"), section(block_id="b")], "`block_id` b already exists"),
    "no options": ([actions({"type": "static_select", "action_id": "s"})], "either options or option_groups"),
    "foreign first choice": ([actions(select(initial_option=option("No", "no")))], "one of the options"),
    "wrong style": ([actions(button(style="green"))], "must be one of: primary, danger"),
    "alert in a message": ([{"type": "alert", "text": mrkdwn("x")}], "unsupported type: alert"),
    "data_table of one row": ([table(1, 1, "data_table")], "no less than 2 items allowed"),
    "data_table without caption": ([{**table(2, 1), "type": "data_table"}], "missing required field: caption"),
    "uneven table": ([{"type": "table", "rows": [*table(1, 1)["rows"], *table(1, 2)["rows"]]}], "same number"),
    "an empty slice": ([{**pie(1), "chart": {"type": "pie", "segments": [{"label": "l", "value": 0}]}}], "than 0"),
    "rich_text without lines": ([{"type": "rich_text"}], "missing required field: elements"),
    "rich_text of words": ([{"type": "rich_text", "elements": ["words"]}], "must be an object"),
    "rich_text with a button": (
        [{"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [button()]}]}],
        "unsupported type: button",
    ),
}


@pytest.mark.parametrize(("wrong", "sentence"), WRONG.values(), ids=WRONG)
def test_wrong_blocks_are_refused_with_a_reason(client: WebClient, wrong: list[Json], sentence: str) -> None:
    CLOCK.advance(10)

    with pytest.raises(SlackApiError) as refused:
        client.chat_postMessage(channel="C0LAUNCH", text="x", blocks=wrong)

    assert refused.value.response["error"] == "invalid_blocks"
    assert any(sentence in message for message in refused.value.response["response_metadata"]["messages"])


def test_legal_blocks_with_too_much_text_together_are_refused(client: WebClient) -> None:
    CLOCK.advance(10)
    full = [section(text=mrkdwn("x" * 3000))] * 4

    client.chat_postMessage(channel="C0LAUNCH", text="x", blocks=[*full, section(text=mrkdwn("x" * 1200))])
    with pytest.raises(SlackApiError) as refused:
        client.chat_postMessage(channel="C0LAUNCH", text="x", blocks=[*full, section(text=mrkdwn("x" * 1201))])

    assert refused.value.response["error"] == "msg_blocks_too_long"


@given(st.text(min_size=1, max_size=150))
@settings(max_examples=60, deadline=None)
def test_a_header_takes_150_characters_of_any_script(text: str) -> None:
    kept = message_blocks([{"type": "header", "text": plain(text)}], Ids(CLOCK))

    assert kept[0]["text"]["text"] == text


@given(st.text(min_size=151, max_size=200))
@settings(max_examples=60, deadline=None)
def test_a_header_takes_no_more_than_150_characters_of_any_script(text: str) -> None:
    with pytest.raises(SlackError, match="invalid_blocks"):
        message_blocks([{"type": "header", "text": plain(text)}], Ids(CLOCK))


@pytest.mark.parametrize("module", [blocks, block_elements], ids=["blocks", "elements"])
def test_every_property_that_the_sdk_knows_is_known_here(module: Any) -> None:
    shapes = BLOCKS if module is blocks else ELEMENTS
    known = {cls.type: cls for cls in vars(module).values() if isinstance(getattr(cls, "type", None), str)}

    for kind in shapes.keys() & known.keys():
        attributes = _attributes(known[kind])
        # The SDK's parent classes know these for elements that Slack does not give them to.
        inherited = {"type", "alt_text", "confirm", "focus_on_load", "placeholder"}
        assert attributes - set(shapes[kind]) <= inherited, kind


def _attributes(cls: Any) -> set[str]:
    instance = object.__new__(cls)
    return set(instance.attributes)
