"""Many comments as a person has them read in Slack: what they send, and where the result stands. Not a test itself."""

from tests.thread_reading import Message, shown
from tests.visitor import Visitor

HOME = "D0ANA"
LINES = "\n".join(
    [
        "The food here was lovely and the waiter was friendly",
        "What a great place, we love the food in the garden",
        "The delivery was slow and the food arrived cold again",
        "Awful delivery, the box was broken and the driver rude",
        "The delivery took an hour, slow and careless as always",
        "We sat at the window and had the soup of the day",
    ]
)
CSV = "shop,review\n" + "".join(f'Main Street,"{line}"\n' for line in LINES.splitlines())


def result(page: Visitor, channel: str = HOME) -> Message:
    """The message that the progress became."""

    def look(visitor: Visitor) -> Message | None:
        return next((one for one in visitor.messages(channel) if one["text"].startswith("How customers feel")), None)

    found = page.wait_for(look, timeout=60)
    assert found is not None
    return found


def status(page: Visitor, holding: str, channel: str = HOME) -> Message:
    found = page.wait_for(
        lambda visitor: next((one for one in visitor.messages(channel) if holding in shown(one)), None), timeout=30
    )
    assert found is not None
    return found


def send(page: Visitor, **fields: object) -> dict[str, object]:
    """Type /sentiment, and send the form with these fields."""
    page.type("/sentiment")
    page.wait_for(lambda visitor: visitor.view and visitor.view["callback_id"] == "sentiment")
    return page.fill_and_submit(fields)
