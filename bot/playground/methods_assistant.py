"""The assistant.threads.* methods: status, suggested prompts, title."""

from typing import Any

from bot.playground import messages, scopes
from bot.playground.arguments import Arguments
from bot.playground.errors import SlackError
from bot.playground.methods import Method
from bot.playground.rates import Tier
from bot.playground.slack import Slack

MOST_PROMPTS = 4
MOST_LOADING_MESSAGES = 10


def set_status(slack: Slack, call: Arguments) -> dict[str, Any]:
    """assistant.threads.setStatus; an empty status takes it away."""
    channel = slack.state.channel(call.required("channel_id"))
    thread = messages.thread(slack, channel.id, call.required("thread_ts"))
    if "status" not in call.raw:
        raise SlackError("invalid_arguments", ["missing required field: status"])
    loading = call.structure("loading_messages") or []
    if not isinstance(loading, list) or len(loading) > MOST_LOADING_MESSAGES:
        sentence = f"no more than {MOST_LOADING_MESSAGES} items allowed [json-pointer:/loading_messages]"
        raise SlackError("invalid_arguments", [sentence])
    assert thread is not None, "a thread_ts that is given leads to a thread or to an error"
    messages.show_status(slack, channel.id, thread.ts, call.text("status") or "", loading)
    return {}


def set_prompts(slack: Slack, call: Arguments) -> dict[str, Any]:
    """assistant.threads.setSuggestedPrompts."""
    channel = slack.state.channel(call.required("channel_id"))
    prompts = call.structure("prompts")
    if not isinstance(prompts, list) or not 1 <= len(prompts) <= MOST_PROMPTS:
        sentence = f"must have between 1 and {MOST_PROMPTS} items [json-pointer:/prompts]"
        raise SlackError("invalid_arguments", [sentence])
    for index, prompt in enumerate(prompts):
        if not isinstance(prompt, dict) or not prompt.get("title") or not prompt.get("message"):
            sentence = f"must have a title and a message [json-pointer:/prompts/{index}]"
            raise SlackError("invalid_arguments", [sentence])
    if channel.user is None:
        raise SlackError("channel_type_not_supported")
    # With agent_view Slack answers ok to a thread_ts and shows nothing.
    if slack.manifest.agent_view and call.text("thread_ts") is not None:
        return {}
    slack.state.prompts[channel.user] = prompts
    slack.live.tell({"type": "prompts", "prompts": prompts}, channel.user)
    return {}


def set_title(slack: Slack, call: Arguments) -> dict[str, Any]:
    """assistant.threads.setTitle; the page shows no titles."""
    channel = slack.state.channel(call.required("channel_id"))
    messages.thread(slack, channel.id, call.required("thread_ts"))
    call.required("title")
    return {}


METHODS = {
    "assistant.threads.setStatus": Method(set_status, Tier.SPECIAL, scopes=(scopes.SPEAK, scopes.ASSISTANT)),
    "assistant.threads.setSuggestedPrompts": Method(set_prompts, Tier.T4, scopes=(scopes.ASSISTANT,)),
    "assistant.threads.setTitle": Method(set_title, Tier.T4, scopes=(scopes.ASSISTANT,)),
}
