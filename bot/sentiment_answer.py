"""The answer about one text as blocks: label, bars, aspects, the words that moved it, and what can be done next."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from bot import blocks
from bot.blocks import Block
from bot.sentiment_copy import shown, stands
from bot.slack_text import escape
from model.sentiment import LABELS, UNSURE, Feeling, OpenSentiment, Reading
from storage.readings import ReadingRow
from storage.sentiment import ABSENT

Result = Mapping[str, Any]

SHARE, WRONG, HOW = "Share", "Not right?", "How this works"
BACK, TAKE_BACK = "Back", "Take it back"
REPLY, APOLOGY, POST = "Draft a reply", "Draft an apology", "A post from what people love"
ASK = "*What would be right?* Your answer counts in App Home, and the model learns from it where an admin allows it."
ASK_OF_OTHERS = (
    "*What would be right?* Your answer counts in App Home. The model that reads here learns nothing from it: only the "
    "one that comes with Copydesk can."
)
CORRECTED = "You said it is *{label}*. Counted: thank you."
ASPECT_CORRECTED = "{said} · put right: *{label}*"
WHICH = "What is right?"
NOT_MENTIONED = "not mentioned"
UNSURE_OF = "*Unsure.* Most likely {label} ({share}), and below {threshold} this desk gives no label."
SURE_OF = "*{label}* · {share}"
MOVED = "What moved it towards “{label}” (+) or away (−): "
WEIGHED = "The number is how much of the probability goes when the word is left out."
ABOUT = "*About*"
BY_MACHINE = "Read by {model}, which can be wrong."
SHARED = "shared by <@{user}> · {machine}"
SHARED_CORRECTED = "shared by <@{user}>, who says that it is {label} · {machine}"

CELLS = 10
MOST_WORDS = 6
LEAST_WEIGHT, LEAST_PART = 0.02, 0.2
"""Words that move it less than this, or than this part of what the strongest word does, are not named."""
QUOTED = 1500
NOTICED = 120


def to_result(reading: Reading, sentiment: OpenSentiment) -> Result:
    """A reading as it is kept with its row."""
    feeling = reading.feeling
    ranked = sorted(reading.words, key=lambda word: -abs(word.weight))[:MOST_WORDS]
    least = max(LEAST_WEIGHT, LEAST_PART * abs(ranked[0].weight)) if ranked else LEAST_WEIGHT
    return {
        "language": reading.language,
        "skipped": reading.skipped,
        "threshold": sentiment.threshold,
        "about": sentiment.about,
        "note": reading.note,
        **(_felt(feeling) if feeling else {}),
        "aspects": [{"aspect": one.aspect, **_felt(one.feeling)} for one in reading.aspects],
        "words": [
            {"word": one.word, "start": one.start, "end": one.end, "weight": one.weight}
            for one in ranked
            if abs(one.weight) >= least
        ],
    }


def notice(row: ReadingRow) -> str:
    """The answer in one line, for notifications and screen readers."""
    result: Result = json.loads(row.result)
    if result["skipped"]:
        return escape(str(result["skipped"]))
    words = f"{row.text[:NOTICED]}…" if len(row.text) > NOTICED else row.text
    return f"{row.label.capitalize()}, {percent(result['probability'])}: “{escape(words)}”"


def answer(row: ReadingRow, *, asking: bool = False, shareable: bool = True, is_ours: bool = True) -> list[Block]:
    """What whoever asked sees; `asking` while they say what would be right, from which only our model learns."""
    shareable = shareable and row.is_from_channel
    result: Result = json.loads(row.result)
    how = blocks.button(HOW, "sentiment_how", row.id, name="How the desk reads feelings, and its limits")
    if result["skipped"]:
        said = blocks.section(escape(str(result["skipped"])))
        return [quote(row.text), said, blocks.actions([how], name="sentiment")]
    share = [blocks.button(SHARE, "sentiment_share", row.id, name="Share this answer in the channel")]
    wrong = blocks.button(WRONG, "sentiment_wrong", row.id, name="Say which label would be right")
    return [
        *_told(row, result),
        *_corrected(row),
        *(_asking(row, ASK if is_ours else ASK_OF_OTHERS) if asking else []),
        blocks.actions([*(share if shareable else []), *([] if asking else [wrong]), how], name="sentiment"),
        blocks.actions(writing(row.id, _kinds(row.corrected or row.label, result)), name="sentiment-write"),
    ]


def shared(row: ReadingRow, *, user: str) -> list[Block]:
    """The same for everybody in the channel, with who shared it."""
    told = _told(row, json.loads(row.result))
    machine = BY_MACHINE.format(model=escape(row.model))
    said = SHARED_CORRECTED if row.corrected else SHARED
    return [*told[:-1], blocks.small(said.format(user=user, label=row.corrected, machine=machine))]


def writing(reading: str, kinds: Sequence[str]) -> list[Block]:
    """The buttons that begin a brief with what was read."""
    labels = {"reply": REPLY, "apology": APOLOGY, "post": POST}
    return [blocks.button(labels[kind], f"sentiment_write_{kind}", reading) for kind in kinds]


def percent(share: float) -> str:
    """A probability in whole percent; what rounds to all or nothing is not said to be.

    >>> percent(0.934), percent(0.999), percent(0.001)
    ('93 %', 'over 99 %', 'under 1 %')
    """
    if share > 0.995:
        return "over 99 %"
    return "under 1 %" if share < 0.005 else f"{100 * share:.0f} %"


def bars(probabilities: Mapping[str, float]) -> Block:
    """A line for each label: its name, its share, and the share as a bar."""
    lines = []
    for label in reversed(LABELS):
        share = probabilities[label]
        full = round(share * CELLS)
        lines.append(f"{label:<8} {percent(share):>9} {'█' * full}{'░' * (CELLS - full)}")
    text = [{"type": "text", "text": "\n".join(lines)}]
    return {"type": "rich_text", "elements": [{"type": "rich_text_preformatted", "elements": text}]}


def quote(text: str, words: Sequence[Mapping[str, Any]] = ()) -> Block:
    """The text, never parsed, with the words that moved the label in bold."""
    pieces: list[Block] = []
    at, end = 0, min(len(text), QUOTED)
    for word in sorted(words, key=lambda one: int(one["start"])):
        if word["start"] < at or word["end"] > end:
            continue
        pieces += [*_text(text[at : word["start"]]), *_text(text[word["start"] : word["end"]], bold=True)]
        at = word["end"]
    pieces += _text(text[at:end] + ("…" if end < len(text) else ""))
    return {"type": "rich_text", "elements": [{"type": "rich_text_quote", "elements": pieces or _text(" ")}]}


def _told(row: ReadingRow, result: Result) -> list[Block]:
    return [
        quote(row.text, result["words"]),
        blocks.section(_headline(row, result)),
        bars(result["probabilities"]),
        *_moved(result),
        *_about(result),
        *([blocks.context(result["note"])] if result["note"] else []),
        blocks.small(BY_MACHINE.format(model=escape(row.model))),
    ]


def _headline(row: ReadingRow, result: Result) -> str:
    share = percent(result["probability"])
    if row.label == UNSURE:
        return UNSURE_OF.format(label=result["label"], share=share, threshold=percent(result["threshold"]))
    return SURE_OF.format(label=row.label.capitalize(), share=share)


def _moved(result: Result) -> list[Block]:
    """The words with their signs; in plain elements, for they are somebody's."""
    if not result["words"]:
        return []
    pieces = _text(MOVED.format(label=result["label"]))
    for number, word in enumerate(result["words"]):
        sign = "+" if word["weight"] > 0 else "−"
        pieces += [*_text(word["word"], bold=True), *_text(f" {sign}{abs(word['weight']):.2f}")]
        pieces += _text(" · ") if number + 1 < len(result["words"]) else []
    return [
        {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": pieces}]},
        blocks.context(WEIGHED),
    ]


def _about(result: Result) -> list[Block]:
    if not result["aspects"]:
        return []
    return [blocks.section(f"{ABOUT}\n" + "\n".join(map(_on_aspect, result["aspects"])))]


def _on_aspect(one: Mapping[str, Any]) -> str:
    said = f"{escape(one['aspect'])}: *{shown(one)}* ({percent(one['probability'])})"
    right = NOT_MENTIONED if one.get("corrected") == ABSENT else one.get("corrected")
    return ASPECT_CORRECTED.format(said=said, label=right) if right else said


def _corrected(row: ReadingRow) -> list[Block]:
    if not row.corrected:
        return []
    back = blocks.button(TAKE_BACK, "sentiment_take_back", row.id, name="Take back what you said is right")
    return [{**blocks.section(CORRECTED.format(label=row.corrected)), "accessory": back}]


def _asking(row: ReadingRow, sentence: str) -> list[Block]:
    said = row.corrected or row.label
    right = [
        blocks.button(label.capitalize(), f"sentiment_right_{label}", row.id, name=f"It is {label}")
        for label in reversed(LABELS)
        if label != said
    ]
    back = blocks.button(BACK, "sentiment_back", row.id, name="Leave the label as it is")
    on_aspects = [_asking_of(row, at, one) for at, one in enumerate(json.loads(row.result)["aspects"])]
    return [blocks.section(sentence), blocks.actions([*right, back], name="sentiment-right"), *on_aspects]


def _asking_of(row: ReadingRow, at: int, one: Mapping[str, Any]) -> Block:
    """What would be right of an aspect; the block is another one once it is answered, so that the menu is fresh."""
    choices = [(label.capitalize(), label) for label in reversed(LABELS)] + [(NOT_MENTIONED.capitalize(), ABSENT)]
    said = stands(one)
    choices += [(TAKE_BACK, "")] if one.get("corrected") else []
    pairs = [(name, f"{row.id}:{at}:{label}") for name, label in choices if label != said]
    menu = {
        "type": "static_select",
        "action_id": "sentiment_aspect",
        "placeholder": blocks.plain(WHICH),
        "options": blocks.options(pairs),
    }
    return {**blocks.section(_on_aspect(one)), "block_id": f"sentiment-aspect-{at}-{said}", "accessory": menu}


def _kinds(label: str, result: Result) -> list[str]:
    """What there is to write: no apology to whoever is delighted, no post of praise from a complaint."""
    told = {label, *(stands(one) for one in result["aspects"])}
    kinds = ["reply", *(["apology"] if "negative" in told else [])]
    return [*kinds, *(["post"] if "positive" in told else [])]


def _felt(feeling: Feeling) -> dict[str, Any]:
    probabilities = {label: feeling.probabilities[label] for label in LABELS}
    return {
        "label": feeling.label,
        "probability": feeling.probability,
        "probabilities": probabilities,
        "sure": feeling.sure,
    }


def _text(text: str, *, bold: bool = False) -> list[Block]:
    if not text:
        return []
    return [{"type": "text", "text": text, **({"style": {"bold": True}} if bold else {})}]
