"""Modals and App Home: each person's stack of views, and what may happen to it."""

from typing import Any

from bot.playground import limits_views
from bot.playground.errors import SlackError
from bot.playground.slack import Slack
from bot.playground.state import View

DEEPEST_STACK = 3


def publish(slack: Slack, user: str, content: Any, view_hash: str | None) -> View:
    """Show a person's App Home."""
    content = limits_views.view(content, slack.ids, "home")
    before = slack.state.homes.get(user)
    if before is not None:
        same_hash(before, view_hash)
    view_id = before.id if before is not None else slack.ids.letters("V")
    view = View(view_id, user, content, slack.ids.view_hash(), root_view_id=view_id)
    slack.state.homes[user] = view
    slack.live.tell({"type": "home", "view": view.shape()}, user)
    return view


def open_first(slack: Slack, user: str, content: dict[str, Any]) -> View:
    """Open a modal; what the person had open goes away."""
    slack.state.stacks[user] = []
    return add(slack, user, content)


def push(slack: Slack, user: str, content: dict[str, Any]) -> View:
    """Put a modal on top of the open one."""
    stack = slack.state.stacks.get(user, [])
    if not stack:
        raise SlackError("not_found")
    if len(stack) >= DEEPEST_STACK:
        raise SlackError("push_limit_reached")
    return add(slack, user, content)


def add(slack: Slack, user: str, content: dict[str, Any]) -> View:
    """Put a view on a person's stack, whatever is there."""
    stack = slack.state.stacks.setdefault(user, [])
    view_id = slack.ids.letters("V")
    unique_external_id(slack, content, view_id)
    view = View(
        id=view_id,
        user=user,
        content=content,
        hash=slack.ids.view_hash(),
        root_view_id=stack[0].id if stack else view_id,
        previous_view_id=stack[-1].id if stack else None,
    )
    stack.append(view)
    slack.live.views(user)
    return view


def replace(slack: Slack, view: View, content: Any, view_hash: str | None = None) -> View:
    """Change what an open modal shows."""
    same_hash(view, view_hash)
    content = limits_views.view(content, slack.ids, view.content["type"])
    unique_external_id(slack, content, view.id)
    view.content = content
    view.hash = slack.ids.view_hash()
    if content["type"] == "home":
        slack.live.tell({"type": "home", "view": view.shape()}, view.user)
    else:
        slack.live.views(view.user)
    return view


def find(slack: Slack, view_id: str | None, external_id: str | None) -> View:
    """Return the view that a call means."""
    if view_id is not None:
        return slack.state.view(view_id)
    if external_id is None:
        raise SlackError("invalid_arguments", ["missing required field: view_id"])
    for stack in slack.state.stacks.values():
        for view in stack:
            if view.content.get("external_id") == external_id:
                return view
    raise SlackError("not_found")


def pop(slack: Slack, view: View) -> None:
    """Close one view; the one below shows again."""
    slack.state.stacks[view.user].remove(view)
    slack.live.views(view.user)


def clear(slack: Slack, user: str) -> None:
    """Close everything a person has open."""
    slack.state.stacks[user] = []
    slack.live.views(user)


def same_hash(view: View, view_hash: str | None) -> None:
    """Refuse a change that was made from an older version of the view."""
    if view_hash is not None and view_hash != view.hash:
        raise SlackError("hash_conflict")


def unique_external_id(slack: Slack, content: dict[str, Any], view_id: str) -> None:
    """Refuse an external_id that another open view has."""
    external_id = content.get("external_id")
    if not external_id:
        return
    for stack in slack.state.stacks.values():
        if any(view.content.get("external_id") == external_id and view.id != view_id for view in stack):
            raise SlackError("duplicate_external_id")
