"""The views.* methods."""

from typing import Any

from bot.playground import limits_views, views
from bot.playground.arguments import Arguments
from bot.playground.errors import SlackError
from bot.playground.methods import Method
from bot.playground.rates import Tier
from bot.playground.slack import Slack
from bot.playground.state import View
from bot.playground.triggers import Trigger


def open_view(slack: Slack, call: Arguments) -> dict[str, Any]:
    """views.open."""
    trigger, content = _exchange(slack, call)
    view = views.open_first(slack, trigger.user, content)
    trigger.used = True
    return _shown(view)


def push_view(slack: Slack, call: Arguments) -> dict[str, Any]:
    """views.push."""
    trigger, content = _exchange(slack, call)
    view = views.push(slack, trigger.user, content)
    trigger.used = True
    return _shown(view)


def update_view(slack: Slack, call: Arguments) -> dict[str, Any]:
    """views.update."""
    view = views.find(slack, call.text("view_id"), call.text("external_id"))
    return _shown(views.replace(slack, view, _content(call), call.text("hash")))


def publish_view(slack: Slack, call: Arguments) -> dict[str, Any]:
    """views.publish."""
    user = slack.state.person(call.required("user_id"))
    return _shown(views.publish(slack, user.id, _content(call), call.text("hash")))


def _exchange(slack: Slack, call: Arguments) -> tuple[Trigger, dict[str, Any]]:
    """Return what a trigger allows and the modal to show; the trigger counts as used once it is shown."""
    trigger_id = call.text("trigger_id") or call.required("interactivity_pointer")
    content = limits_views.view(_content(call), slack.ids, "modal")
    return slack.triggers.check(trigger_id), content


def _content(call: Arguments) -> Any:
    content = call.structure("view")
    if content is None:
        raise SlackError("invalid_arguments", ["missing required field: view"])
    return content


def _shown(view: View) -> dict[str, Any]:
    return {"view": view.shape()}


METHODS = {
    "views.open": Method(open_view, Tier.T4),
    "views.push": Method(push_view, Tier.T4),
    "views.update": Method(update_view, Tier.T4),
    "views.publish": Method(publish_view, Tier.T4),
}
