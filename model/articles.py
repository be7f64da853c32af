"""A long text as an editor has it written: an outline first, then each paragraph the best of several."""

import math
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from model.brief import Brief
from model.choosing import Candidate, Choosing
from model.counting import count
from model.faults import circling
from model.fitting_prompts import fitting_part
from model.generation import Engine, Event, Message, Request, Sampling
from model.guards import Guard
from model.house_examples import Example, choose
from model.parts import parse
from model.revision import least, most, unrevised
from model.shape import Format, Part
from model.words import says, sentences, stems, words

OUTLINE = Format(
    name="outline",
    title="Outline",
    about="The outline of an article: its title, and the headings of its sections in the order of the brief",
    parts=(
        Part("title", "Title", limit=90, kind="heading"),
        Part("headings", "Sections", 5, 6, limit=60, kind="list"),
    ),
    example="",
    example_copy="",
    max_tokens=120,
)
FEWEST = 3
"""With fewer headings there is no outline, and the text is written in one go."""
OUTLINES, CANDIDATES = 6, 6
FEWER = 3
"""Of each where others wait for the slots."""
EXAMPLES, EXAMPLE_CHARACTERS = 3, 20_000
ROUNDS, WARMER = 2, 0.2
AIM = 1.08
"""Times the least that a text may count: what it is brought to where every section keeps to its share."""
PARAGRAPHS = 6
"""In a section at most; its share of the words ends it sooner."""
FLOOR, LIMIT = 18, 75
"""Words of a paragraph: a small model has something to say for so long, and then goes in circles."""
PARAGRAPH_TOKENS = 110
FOREIGN = 2
"""Times the tokens for the same words in another language than English, of which models have longer words whole."""
CHOPPY = 6.0
"""Words of a sentence on average, under which a paragraph is made of fragments."""
NEVER_EXCUSED = frozenset({"facts", "testimonials", "protected attributes", "profanity", "must-not-say"})
"""The checks that no paragraph may fail, not even one that says what must be said."""
CONTEXT = 3200
"""Characters of the text so far that a paragraph is written after; of a longer one the title and the last sections."""

_HEADINGS = re.compile(r"\A\s*(?:#[^\n]*\s*)*")

Chat = tuple[Message, ...]
Finished = Callable[[Request], Iterator[tuple[Event, str]]]


@dataclass(frozen=True, slots=True)
class Outline:
    """A title and the headings under it."""

    title: str
    headings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Articles:
    """Writes long texts; `finished` asks the engine and yields the texts as they end, none where it was stopped."""

    choosing: Choosing
    sampling: Sampling
    adapter: str | None
    taught: bool
    engine: Engine
    finished: Finished
    others_wait: Callable[[], bool]
    asked: Brief | None = None  # says how long the text should be, where the brief that is shown has no old text

    def without_old(self) -> "Articles":
        """The same for a model that has no room for the old text, and writes another as long as is asked."""
        brief = self.choosing.brief
        return replace(self, choosing=replace(self.choosing, brief=unrevised(brief)), asked=brief)

    def outline(self, earlier: Sequence[str]) -> Outline | None:
        """The best of several outlines, unlike the `earlier` texts' titles; None where none has headings enough."""
        brief, form = _of_a_part(self.choosing.brief), self.choosing.form
        shown = [outlined(one) for one in choose(form, brief, EXAMPLES, EXAMPLE_CHARACTERS)]
        tokens = self._tokens(OUTLINE)
        chat = fitting_part(self.engine, self.choosing.brief, OUTLINE, shown, taught=self.taught, tokens=tokens)
        told = tuple(line for one in shown for line in one.copy.splitlines())
        choosing = replace(self.choosing, brief=brief, form=OUTLINE, earlier=tuple(map(_title, earlier)))
        best = self._best(chat, choosing, OUTLINES, Guard(brief, OUTLINE, told, names_brand=False), 0)
        parts = parse(best.text, OUTLINE) if best else {}
        own = (one for one in parts.get("headings", ()) if not _is_told(one, told))
        found = Outline(" ".join(parts.get("title", ())), tuple(dict.fromkeys(own)))
        return found if found.title and len(found.headings) >= FEWEST else None

    def pieces(self, outline: Outline, earlier: Sequence[str]) -> Iterator[str]:
        """Yield the title, then paragraph after paragraph under their headings; fewer where the engine is stopped.

        The title alone where neither the opening nor the first section has a good one.
        """
        written = title = f"# {outline.title}"
        yield title
        for at, heading in enumerate(("", *outline.headings)):
            if at > 1 and written == title:
                return
            left = len(outline.headings) + 1 - at
            share = self._share(written, left)
            found: str | None = None
            opening, length = f"\n\n## {heading}" if heading else "", 0
            for number in range(PARAGRAPHS):
                # Where the text ends it says what must still be said, also after a paragraph that came to nothing.
                last = left == 1 and (length + LIMIT >= share or number == PARAGRAPHS - 1 or found == "")
                found = self._paragraph(heading or outline.title, f"{written}{opening}\n\n", earlier, last)
                if found is None:
                    return
                if found:
                    yield f"{opening}\n\n{found}"
                    written, opening = f"{written}{opening}\n\n{found}", ""
                    length += count(found, "words")
                if last or length >= share or (not found and left > 1):
                    break

    def _share(self, written: str, left: int) -> int:
        """How many words each of the sections that are left should have."""
        return math.ceil((self._aim() - count(written.partition("\n")[2], "words")) / left)

    def _aim(self) -> float:
        """How many words the text should have; a new version as many as make it the shorter or the longer one."""
        brief, form = self.asked or self.choosing.brief, self.choosing.form
        floor = form.parts[-1].floor
        match brief.revision if brief.rejected else "":
            case "longer":
                return AIM * max(floor, least(brief, form))
            case "shorter":
                return min(AIM * floor, (floor + most(brief, form)) / 2)
        return AIM * floor

    def _paragraph(self, heading: str, begun: str, earlier: Sequence[str], last: bool) -> str | None:
        """The best of several paragraphs, empty where none will do; the last one says what must still be said.

        None where the engine was stopped.
        """
        brief = self.choosing.brief
        # Behind the brief, because the name that a brief gives first counts as the brand's.
        plain = replace(_of_a_part(brief), product=f"{brief.product.rstrip('. ')}. {heading}")
        if last:
            plain = replace(plain, must_say=tuple(one for one in brief.must_say if not says(begun, one)))
        told = tuple(block for block in begun.split("\n\n") if block and not block.startswith("#"))
        form = paragraph_form(self.choosing.form)
        guard = Guard(plain, form, (*told, *earlier), names_brand=last)
        whole, tokens = self.choosing.form, self._tokens(form)
        chat = fitting_part(self.engine, brief, whole, begun=shortened(begun), taught=self.taught, tokens=tokens)
        choosing = replace(self.choosing, brief=plain, form=form, earlier=told)
        best = self._best(chat, choosing, CANDIDATES, guard, len(told) + 1 + last)
        if best is None:
            return None
        return best.text if not _is_poor(best, choosing) or _is_excused(best, choosing) else ""

    def _best(self, chat: Chat, choosing: Choosing, number: int, guard: Guard, step: int) -> Candidate | None:
        """Sample, once more and warmer where all fail; None where the engine was stopped.

        Of good outlines the one nearest to the brief is best, of good paragraphs the one that says most that is new.
        """
        pool = list[Candidate]()
        for again in range(ROUNDS):
            asked, found = min(number, FEWER) if self.others_wait() else number, dict[int, Candidate]()
            for event, text in self.finished(self._request(chat, asked, guard, step, again)):
                cut = event.finish == "length"
                if len(choosing.form.parts) == 1:
                    text, ended = first_paragraph(text)
                    cut = cut and not ended
                found[event.sequence] = choosing.candidate(text, cut, choosing.earlier)
            pool += [found[at] for at in sorted(found)]
            if len(found) < asked:
                return None
            good = [one for one in pool if not _is_poor(one, choosing) and not _borrows(one.text, guard)]
            if good and len(choosing.form.parts) == 1:
                return max(good, key=lambda one: news(one.text, choosing.earlier))
            if good:
                return choosing.best(good, 1)[0].candidate
        excused = [one for one in pool if _is_excused(one, choosing)]
        saying = [one for one in excused if _says_any(one.text, choosing.brief)]
        return choosing.best(saying or excused or pool, 1)[0].candidate

    def _request(self, chat: Chat, number: int, guard: Guard, step: int, again: int) -> Request:
        sampling, form = self.sampling, guard.form
        seed = None if sampling.seed is None else sampling.seed + 2 * step + again
        # A penalty on what was said would be one on all that the text so far says: what is left to say are fragments.
        warmth = sampling.temperature + again * WARMER
        sampling = replace(sampling, seed=seed, temperature=warmth, repetition_penalty=1.0)
        request = Request(chat, number, self._tokens(form), sampling, adapter=self.adapter)
        return replace(request, guard=guard) if self.engine.guards else replace(request, banned=guard.brief.unwanted)

    def _tokens(self, form: Format) -> int:
        return form.max_tokens * (1 if self.choosing.brief.language == "en" else FOREIGN)


def paragraph_form(form: Format) -> Format:
    """The format of one paragraph of a long text."""
    part = Part("text", floor=FLOOR, limit=LIMIT, counting="words", kind="line", sentence=True)
    return replace(form, parts=(part,), sections=0, max_tokens=PARAGRAPH_TOKENS)


def first_paragraph(text: str) -> tuple[str, bool]:
    """The first paragraph of a text, and whether it had ended when the text did.

    No server is told to stop at an empty line: many chat templates trim what an answer has begun with, so that it goes
    on with the empty line itself. One that is asked for the rest in words may set the heading again.

    >>> first_paragraph("\\n\\n## The bow\\n\\nIt is long.\\n\\nIt bends.")
    ('It is long.', True)
    """
    found, end, _ = _HEADINGS.sub("", text).partition("\n\n")
    return found, bool(end)


def news(text: str, told: Sequence[str]) -> float:
    """How much of a text is said for the first time: stems that weren't told, for each of its words.

    >>> news("Rent a small violin, a small one.", ["A violin is small."])
    0.29
    """
    found = stems(text)
    return round(len(set(found) - set(stems(" ".join(told)))) / len(found), 2) if found else 0.0


def choppy(text: str) -> bool:
    """Whether a text is made of fragments.

    >>> choppy("The bow. The rosin. There. You.")
    True
    """
    lengths = [len(words(one)) for one in sentences(text)]
    return sum(lengths) < CHOPPY * len(lengths)


def outlined(example: Example) -> Example:
    """An example of a long text as one of its outline."""
    lines = example.copy.splitlines()
    title = next(line for line in lines if line.startswith("# "))
    headings = [f"- {line.removeprefix('## ')}" for line in lines if line.startswith("## ")]
    return Example(example.brief, "\n".join((title, "Sections:", *headings[: OUTLINE.parts[1].most])))


def shortened(begun: str) -> str:
    """A text that has begun, with its title and as many of its last sections as there is room for."""
    if len(begun) <= CONTEXT:
        return begun
    title, _, body = begun.partition("\n\n")
    starts = [0, *(at for at in range(len(body)) if body.startswith("## ", at) and body[at - 1 : at] == "\n")]
    fitting = [end for start, end in pairwise(starts) if len(body) - end <= CONTEXT]
    return f"{title}\n\n{body[fitting[0] if fitting else starts[-1] :]}"


def _of_a_part(brief: Brief) -> Brief:
    """The brief of a part of the text: what must be said needn't be in it, and it is no new version by itself."""
    return replace(unrevised(brief), must_say=())


def _is_poor(candidate: Candidate, choosing: Choosing) -> bool:
    """Whether a text has a fault, or as a paragraph is made of fragments or goes in circles with those before it."""
    if candidate.faults or len(choosing.form.parts) > 1:
        return bool(candidate.faults)
    return choppy(candidate.text) or bool(circling("\n\n".join((*choosing.earlier, candidate.text))))


def _is_excused(candidate: Candidate, choosing: Choosing) -> bool:
    """Whether a poor paragraph is kept: it says what must be said and makes nothing up, or lacks that alone.

    What is lacking, the check of the whole text will say.
    """
    if _says_any(candidate.text, choosing.brief):
        return not NEVER_EXCUSED & {one.name for one in candidate.faults}
    rest = tuple(one for one in candidate.checks if one.name != "must-say")
    return bool(choosing.brief.must_say) and not _is_poor(replace(candidate, checks=rest), choosing)


def _says_any(text: str, brief: Brief) -> bool:
    return any(says(text, one) for one in brief.must_say)


def _borrows(text: str, guard: Guard) -> bool:
    """Whether an outline has a line of the examples that it was shown."""
    return len(guard.form.parts) > 1 and any(_is_told(line, guard.earlier) for line in text.splitlines())


def _is_told(line: str, told: Sequence[str]) -> bool:
    plain = words(line)
    return len(plain) > 1 and any(words(one) == plain for one in told)


def _title(text: str) -> str:
    return text.partition("\n")[0].lstrip("# ")
