"""Text between Slack and us: what Slack escapes is unescaped, what we send is shown and never acted on."""

import re
from functools import cache

TOKEN = re.compile(r"<([^<>]*)>")
EMOJI = re.compile(r"(?<![^\W_]):(?=[\w+-]*[a-z1])([\w+-]{1,60}):(?::skin-tone-\d:)?(?![\d])")
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
    return with_emoji(plain.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"))


def with_emoji(text: str) -> str:
    """Text with the emoji that Slack sends by name; names of a workspace's own emoji stay as they are.

    >>> with_emoji("so late :rage: :+1::skin-tone-3: at 10:30:15, :party-otter:")
    'so late 😡 👍 at 10:30:15, :party-otter:'
    """
    return EMOJI.sub(lambda found: _emoji(found[1]) or found[0], text) if ":" in text else text


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


@cache
def _emoji(name: str) -> str:
    """The emoji that Slack calls so, or empty; where its name isn't the usual one it is made the usual one."""
    from emoji import emojize  # by whoever needs it first: its table takes as long as all else here

    if country := re.fullmatch(r"flag-([a-z]{2})", name):
        return "".join(chr(ord("\U0001f1e6") + ord(letter) - ord("a")) for letter in country[1])
    usual = {"simple_smile": "slightly_smiling_face"}.get(name, name.replace("-", "_").replace("_3_", "_three_"))
    for one in (name, usual):
        found = emojize(f":{one}:", language="alias")
        if found != f":{one}:":
            return found
    return ""
