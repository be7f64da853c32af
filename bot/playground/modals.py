"""A modal submitted or closed, and what the bot's answer does to the stack."""

from collections.abc import Mapping
from typing import Any

from bot.playground import elements, files, limits_views, payloads, required, views
from bot.playground.errors import SlackError
from bot.playground.slack import Slack
from bot.playground.state import View


async def submit(slack: Slack, view: View, given: Mapping[str, Any]) -> dict[str, Any]:
    """Deliver a submission, unless Slack's own client would refuse it first."""
    if view not in slack.state.stacks.get(view.user, []):
        raise SlackError("not_found")
    entered = files.entered(slack, view.user, view.content["blocks"], given)
    view.values = elements.state_values(view.content["blocks"], entered)
    errors = required.problems(view.content["blocks"], view.values)
    if errors:
        return {"ok": False, "errors": errors}
    reply = await slack.deliveries.ask("interactive", payloads.view_submission(slack, view))
    if not reply.ok:
        return {"ok": False, "error": reply.error}
    return respond(slack, view, reply.payload or {})


def respond(slack: Slack, view: View, answer: Any) -> dict[str, Any]:
    """Do what the bot answered: close, clear, update, push, or show errors."""
    action = answer.get("response_action") if isinstance(answer, dict) else None
    if action == "errors":
        return {"ok": False, "errors": _errors(view, answer.get("errors"))}
    if action == "update":
        views.replace(slack, view, answer.get("view"))
    elif action == "push":
        views.push(slack, view.user, limits_views.view(answer.get("view"), slack.ids, "modal"))
    elif action == "clear":
        views.clear(slack, view.user)
    elif action is not None:
        raise SlackError("invalid_response_action")
    elif view in slack.state.stacks.get(view.user, []):
        views.pop(slack, view)
    return {}


def _errors(view: View, errors: Any) -> dict[str, str]:
    """Return errors that name input blocks of the modal; Slack refuses any other."""
    inputs = {block["block_id"] for block in view.content["blocks"] if block["type"] == "input"}
    if not isinstance(errors, dict) or not errors or not set(errors) <= inputs:
        raise SlackError("invalid_response_errors")
    return {block_id: str(sentence) for block_id, sentence in errors.items()}


def close(slack: Slack, view: View) -> None:
    """Close a modal, or with clear_on_close all of them, and tell the bot where it asked."""
    stack = slack.state.stacks.get(view.user, [])
    if view not in stack:
        raise SlackError("not_found")
    cleared = bool(view.content.get("clear_on_close"))
    closed = list(stack) if cleared else [view]
    for gone in closed:
        views.pop(slack, gone)
        if gone.content.get("notify_on_close"):
            payload = payloads.view_closed(slack, gone, cleared=cleared)
            slack.deliveries.spawn(slack.deliveries.ask("interactive", payload))
