"""Text between Slack and us: what Slack escapes is unescaped, what we send is shown and never acted on."""

import re

TOKEN = re.compile(r"<([^<>]*)>")
MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+\-.!~|])")


def escape(text: str) -> str:
    """Text for mrkdwn and `text` fields: no mention, channel or link in it is resolved.

    Source: https://docs.slack.dev/messaging/formatting-message-text#escaping

    >>> escape("R&D <!channel>")
    'R&amp;D &lt;!channel&gt;'
    """
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def escape_markdown(text: str) -> str:
    """Text for `markdown_text`: escaped as above, and every character that formats is shown as itself.

    >>> escape_markdown("*50 % off* <@U1>")
    '\\\\*50 % off\\\\* &lt;@U1&gt;'
    """
    return MARKDOWN.sub(r"\\\1", escape(text))


def unescape(text: str) -> str:
    """What a person typed, from what Slack made of it: mentions and links become plain words.

    >>> unescape("for <@U1|ana> in <#C1|launch>: R&amp;D at <https://brew.example|brew.example> <!here>")
    'for @ana in #launch: R&D at https://brew.example here'
    >>> unescape("<@U1> wants <mailto:a@b.example|a@b.example>")
    '@U1 wants a@b.example'
    """
    plain = TOKEN.sub(_word, text)
    return plain.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def isolate(text: str) -> str:
    """Text whose direction does not leak into the sentence around it (Unicode's first strong isolate)."""
    return f"\u2068{text}\u2069"


def _word(match: re.Match[str]) -> str:
    target, _, label = match.group(1).partition("|")
    if target.startswith(("@", "#")):
        return target[0] + (label.lstrip("@#") or target[1:])
    if target.startswith("!"):
        return label.lstrip("@") or target[1:].partition("^")[0]
    if target.startswith(("mailto:", "tel:")):
        return label or target.partition(":")[2]
    return target
