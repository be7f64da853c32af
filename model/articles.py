"""A long text as an editor has it written: an outline first, then section after section, each the best of several."""

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from model.brief import Brief
from model.choosing import Candidate, Choosing
from model.counting import count
from model.generation import Event, Message, Request, Sampling
from model.guards import Guard
from model.house_examples import Example, choose
from model.parts import parse
from model.prompts import messages
from model.shape import Format, Part

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
OUTLINES, CANDIDATES = 6, 4
EXAMPLES, EXAMPLE_CHARACTERS = 3, 20_000
ROUNDS = 2
WARMER = 0.2
AIM = 1.13
"""Times the least that a text may count: what it is brought to where every section keeps to its share."""
SHORTEST, LONGEST, SPREAD = 55, 150, 55
"""Words of a section: the bounds of its least, and how many more than its least it may have."""
TOKENS_A_WORD = 1.7
CONTEXT = 3200
"""Characters of the text so far that a section is written after; of a longer one the title and the last sections."""

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
    guards: bool
    finished: Finished

    def outline(self, earlier: Sequence[str]) -> Outline | None:
        """The best of several outlines, unlike the `earlier` texts' titles; None where none has headings enough."""
        brief, form = self._plain(self.choosing.brief), self.choosing.form
        shown = [outlined(one) for one in choose(form, brief, EXAMPLES, EXAMPLE_CHARACTERS)]
        chat = messages(self.choosing.brief, OUTLINE, shown, taught=self.adapter is not None)
        choosing = replace(self.choosing, brief=brief, form=OUTLINE, earlier=tuple(map(_title, earlier)))
        best = self._best(chat, choosing, OUTLINES, Guard(brief, OUTLINE, names_brand=False), 0)
        parts = parse(best.text, OUTLINE) if best else {}
        found = Outline(" ".join(parts.get("title", ())), tuple(dict.fromkeys(parts.get("headings", ()))))
        return found if found.title and len(found.headings) >= FEWEST else None

    def pieces(self, outline: Outline, earlier: Sequence[str]) -> Iterator[str]:
        """Yield the title, the introduction and each section with its heading; fewer where the engine is stopped."""
        written = f"# {outline.title}\n\n"
        yield written
        for at, heading in enumerate(("", *outline.headings)):
            opening = f"\n\n## {heading}\n\n" if heading else ""
            text = self._section(outline, at, written + opening, earlier)
            if not text:
                return
            written += opening + text
            yield opening + text

    def _section(self, outline: Outline, at: int, begun: str, earlier: Sequence[str]) -> str:
        """The best of several sections; in the last one everything is said that must be."""
        body = begun.partition("\n")[2]
        left = len(outline.headings) + 1 - at
        form = section_form(self.choosing.form, body, left)
        brief = self.choosing.brief
        heading = outline.headings[at - 1] if at else outline.title
        plain = replace(self._plain(brief), product=f"{heading}. {brief.product}")
        if left == 1:
            plain = replace(plain, must_say=brief.must_say)
        told = tuple(_sections(body))
        guard = Guard(plain, form, (*told, *earlier), names_brand=left == 1)
        chat = messages(brief, self.choosing.form, taught=self.adapter is not None)
        asked: tuple[Message, ...] = (*chat, {"role": "assistant", "content": shortened(begun)})
        choosing = replace(self.choosing, brief=plain, form=form, earlier=told)
        best = self._best(asked, choosing, CANDIDATES, guard, at + 1)
        return best.text if best else ""

    def _best(
        self, chat: tuple[Message, ...], choosing: Choosing, number: int, guard: Guard, step: int
    ) -> Candidate | None:
        """Sample, once more and warmer where all fail; None where the engine was stopped."""
        pool = list[Candidate]()
        for again in range(ROUNDS):
            found = dict[int, Candidate]()
            for event, text in self.finished(self._request(chat, number, guard, step, again)):
                found[event.sequence] = choosing.candidate(text, event.finish == "length", choosing.earlier)
            pool += [found[at] for at in sorted(found)]
            if len(found) < number or any(not one.faults for one in pool):
                break
        return choosing.best(pool, 1)[0].candidate if len(found) == number else None

    def _request(self, chat: tuple[Message, ...], number: int, guard: Guard, step: int, again: int) -> Request:
        sampling, form = self.sampling, guard.form
        seed = None if sampling.seed is None else sampling.seed + 2 * step + again
        penalty = sampling.repetition_penalty if len(form.parts) == 1 else 1.0  # as for every format of parts
        sampling = replace(
            sampling, seed=seed, temperature=sampling.temperature + again * WARMER, repetition_penalty=penalty
        )
        request = Request(chat, number, form.max_tokens, sampling, adapter=self.adapter)
        if self.guards:
            return replace(request, guard=guard)
        return replace(request, banned=guard.brief.unwanted, stop=("\n#",) if len(form.parts) == 1 else ())

    def _plain(self, brief: Brief) -> Brief:
        """The brief of a part of the text: what must be said needn't be in it, and it is no new version by itself."""
        return replace(brief, must_say=(), rejected="", instruction="", revision="")


def section_form(form: Format, body: str, left: int) -> Format:
    """The format of one section, where `left` with it are to be written after the body so far.

    The words that are still wanted are shared out among them.
    """
    missing = AIM * form.parts[-1].floor - count(body, "words")
    low = min(LONGEST, max(SHORTEST, math.ceil(missing / left)))
    part = Part("text", floor=low, limit=low + SPREAD, counting="words", kind="section", sentence=True)
    return replace(form, parts=(part,), sections=0, max_tokens=round(TOKENS_A_WORD * (low + SPREAD)))


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


def _title(text: str) -> str:
    return text.partition("\n")[0].lstrip("# ")


def _sections(body: str) -> Iterator[str]:
    """The sections so far without their headings."""
    for block in body.split("\n## "):
        text = block.partition("\n\n")[2] if not block.startswith("\n") else block
        if text.strip():
            yield text.strip()
