"""How the desk reads feelings, what it can't, and what happens to a text: the modal behind "How this works"."""

from typing import Any

from bot import blocks
from bot.slack_text import escape

TITLE = "How this works"
METHOD = "*What reads:* {model}, on the desk's own machine. Nothing leaves it. {about}"
PROBABILITY = (
    "*Probabilities are fitted* to comments that it hadn't learnt from: of those that get about 80 %, nearly nine in "
    "ten are right, and of tweets seven in ten. Below {threshold} the desk says *unsure* rather than guess. Precision "
    "in App Home is counted from your corrections."
)
PROBABILITY_OF_OTHERS = (
    "*Probabilities are this model's own,* and nobody has compared them with how often it is right. Below {threshold} "
    "the desk says *unsure* rather than guess. Precision in App Home is counted from your corrections."
)
LIMITS = (
    "*What it can't do:* it may miss sarcasm and irony, insiders' words, and anything that needs a picture or what was "
    "said before. The shipped model reads English; other languages get a sentence instead of a guess, unless whoever "
    "runs the desk sets COPYDESK_SENTIMENT_MODEL to a model that reads them."
)
WORDS = (
    "*The words in bold* are found by leaving them out one at a time: the number is how much of the label's "
    "probability goes with the word. It tells what moved the model, not why a customer feels so."
)
NUMBERS = (
    "*Numbers about many comments* are shown from five comments on, with the interval in which the share lies in 95 of "
    "100 samples like this one (Wilson). Net sentiment is positive minus negative, among comments with a sure label."
)
PRIVACY = (
    "*Your text:* it reads only what you type, upload or choose with the message shortcut. It never reads a channel, "
    "keeps no record of who wrote a message, and ranks nobody. What you had read is kept for {days} days. A text whose "
    "label you put right is kept longer, with that label, where an admin allows training and you don't say no to it: "
    "{learns}. `/copy privacy` shows all of this, exports it and erases it."
)

LEARNS = "the model learns from it"
LEARNS_NOT = "the model that comes with Copydesk can learn from it, and the one that reads here can't"


def modal(*, model: str, about: str, threshold: str, days: int, is_ours: bool) -> dict[str, Any]:
    """The page; `about` is what the model says of itself, `threshold` is worded, as 55 %."""
    said = (METHOD, PROBABILITY if is_ours else PROBABILITY_OF_OTHERS, LIMITS, WORDS, NUMBERS, PRIVACY)
    known = {"model": escape(model), "about": escape(about), "threshold": escape(threshold), "days": days}
    known["learns"] = LEARNS if is_ours else LEARNS_NOT
    return {
        "type": "modal",
        "callback_id": "sentiment_how",
        "title": blocks.plain(TITLE),
        "close": blocks.plain("OK"),
        "blocks": [blocks.section(one.format(**known)) for one in said],
    }
