"""The lists of drafts filled up from what was sampled beside them: more headlines in an ad, and no more to write."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from model.brief import Brief
from model.checks import check
from model.parts import parse, render
from model.revision import is_fresh
from model.shape import Format, Part
from model.words import share

ALIKE = 0.5
"""Entries that share this much of their words say the same."""


def spare(texts: Sequence[str], form: Format) -> dict[str, list[str]]:
    """What the texts have in each gathered part of their format, in the texts' order."""
    taken = [parse(text, form) for text in texts] if any(part.gathered for part in form.parts) else []
    return {part.name: [one for parts in taken for one in parts[part.name]] for part in form.parts if part.gathered}


def gathered(
    drafts: Sequence[str],
    others: Mapping[str, Sequence[str]],
    brief: Brief,
    form: Format,
    *,
    earlier: Sequence[str] = (),
) -> list[str]:
    """Fill up the gathered parts of drafts with what the `others` had there, best first.

    An entry passes every check alone and in its place, says what no other entry says, and goes to the draft that has
    fewest, so that the drafts stay different. Only a draft with less than half of what the place takes may have what
    another one has, too. A shorter version stays as it was written.
    """
    texts = list(drafts)
    if brief.rejected and brief.revision == "shorter":
        return texts
    for part in form.parts:
        if part.name in others:
            texts = _List(part, brief, form, tuple(earlier)).filled(texts, others[part.name])
    return texts


@dataclass(frozen=True, slots=True)
class _List:
    """One part of all drafts of a brief."""

    part: Part
    brief: Brief
    form: Format
    earlier: tuple[str, ...]

    def filled(self, texts: Sequence[str], others: Sequence[str]) -> list[str]:
        """The drafts with more entries in this part."""
        own = [list(self._entries(text)) for text in texts]
        new = [list[str]() for _ in texts]
        room = sum(max(0, self.part.most - len(one)) for one in own)
        for entry in islice(self._new(texts, others), room):
            at = min(range(len(texts)), key=lambda one: len(own[one]) + len(new[one]))
            new[at].append(entry)
        filled = list(texts)
        for at, entries in enumerate(new):
            filled[at] = self._longer(filled, at, entries)
        for at, text in enumerate(filled):
            if (few := self.part.most // 2 - len(self._entries(text))) > 0:
                filled[at] = self._longer(filled, at, list(islice(self._shared(filled, at), few)))
        return filled

    def _new(self, texts: Sequence[str], others: Sequence[str]) -> Iterator[str]:
        """What is in no draft yet, nor in the one that was rejected."""
        before = (*self.earlier, *([self.brief.rejected] if is_fresh(self.brief) else []), *texts)
        return self._unsaid([entry for text in before for entry in self._entries(text)], others)

    def _shared(self, texts: Sequence[str], at: int) -> Iterator[str]:
        """What other drafts have and this one doesn't say."""
        there = [entry for text in (*texts[:at], *texts[at + 1 :]) for entry in self._entries(text)]
        return self._unsaid(list(self._entries(texts[at])), there)

    def _unsaid(self, said: list[str], entries: Sequence[str]) -> Iterator[str]:
        """Yield the entries that stand alone, each saying something else than those before it."""
        for entry in entries:
            if not any(share(entry, one) >= ALIKE for one in said) and self._stands(entry):
                said.append(entry)
                yield entry

    def _entries(self, text: str) -> tuple[str, ...]:
        return parse(text, self.form)[self.part.name]

    def _stands(self, entry: str) -> bool:
        """Whether an entry passes every check alone; what the whole must say, it needn't."""
        part = replace(self.part, least=1, most=1, kind="line", gathered=False)
        form = replace(self.form, parts=(part,), call_to_action=False)
        brief = replace(self.brief, must_say=(), rejected="", revision="")
        failed = [one for one in check(entry, brief, form) if not one.ok]
        return all(one.name == "product" and not one.hard for one in failed)

    def _longer(self, texts: Sequence[str], at: int, entries: Sequence[str]) -> str:
        """A draft with more entries: all of them, or those with which it fails no check that it passes."""
        others = (*self.earlier, *texts[:at], *texts[at + 1 :])
        text, failed = texts[at], self._fails(texts[at], others) if entries else set[str]()
        for group in (entries, *((entry,) for entry in entries)):
            longer = self._with(text, group)
            if group and self._fails(longer, others) <= failed:
                text = longer
                if group is entries:
                    break
        return text

    def _with(self, text: str, entries: Sequence[str]) -> str:
        parts = parse(text, self.form)
        return render({**parts, self.part.name: (*parts[self.part.name], *entries)}, self.form)

    def _fails(self, text: str, others: Sequence[str]) -> set[str]:
        return {one.name for one in check(text, self.brief, self.form, earlier=others) if not one.ok}
