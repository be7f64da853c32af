"""Reads texts with a judge: language first, in windows where they are long, sorted by length, prepared ahead."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

from model.heap import trim
from model.sentiment import LABELS, AspectFeeling, Feeling, Reading
from model.sentiment_judge import Judge, Shares, Turns
from model.sentiment_language import language_of, name_of
from model.sentiment_rows import Row, batches, windows
from model.sentiment_text import LONGEST, normalise
from model.sentiment_words import explain as explain_words
from model.words import says

EMPTY = "There is no text in it."
OTHER_LANGUAGE = (
    "It seems to be in {}, and the built-in model reads English; name a model that reads it in "
    "COPYDESK_SENTIMENT_MODEL."
)
CUT = "Only its first {:,} characters were read."
NO_ASPECTS = "{} has no answer about aspects, only about whole texts."

BLOCK = 2048  # texts that are sorted by length together, and prepared while the network reads those before
ASPECT_TOKENS = 32


@dataclass(frozen=True, slots=True)
class _Prepared:
    """Texts with their languages and what is wrong with them, and the rows of the rest: per text and aspect."""

    texts: Sequence[str]
    languages: list[str]
    skipped: list[str]
    rows: list[Row]
    of: list[tuple[str, int]]  # each row's plain text and the number of its aspect, -1 for the text itself
    plain: list[str]


class Reader:
    """A judge that reads for people; safe in several threads, which take turns batch by batch.

    A text over the judge's length is read in windows of equal length that overlap. Its probabilities are the windows'
    mean; an aspect's are their mean weighted by how surely each window mentions it.
    """

    def __init__(self, judge: Judge) -> None:
        self._judge, self._turns = judge, Turns(judge.network, judge.threads)
        self.name, self.about, self.threshold = judge.name, judge.about, judge.threshold
        self.answers_aspects, self.labels = judge.answers_aspects, judge.labels

    def read(
        self,
        texts: Sequence[str],
        aspects: Sequence[str] = (),
        *,
        explain: bool = False,
        progress: Callable[[int], None] | None = None,
    ) -> list[Reading]:
        """A reading per text, in the texts' order; `progress` gets how many are done."""
        found: list[Reading] = []
        asked = tuple(aspects) if self.answers_aspects else ()
        tell = progress or (lambda _: None)
        for block in self._ahead(texts, asked):
            answers = self._judged(block, len(found), (lambda _: None) if explain else tell)
            for at in range(len(block.texts)):
                reading = self._reading(block, at, answers, asked)
                if explain:
                    reading = self._explained(reading)
                    tell(len(found) + 1)
                found.append(self._noted(reading, aspects))
            tell(len(found))
        return found

    def close(self) -> None:
        """Let its thread end; it reads no more."""
        self._turns.close()

    def shares(self, texts: Sequence[str]) -> list[Shares]:
        """Negative, neutral and positive of texts that are read as they stand, none longer than a row."""
        judge = self._judge
        plain = [normalise(text, spell=judge.spells_emoji) for text in texts]
        room = judge.frame.room(judge.length)
        encoded = judge.tokenizer.encode_batch(plain, add_special_tokens=False)
        heard = [judge.lexicon.hears(text)[0] for text in plain]
        rows = [judge.frame.row(one.ids[:room], heard=said) for one, said in zip(encoded, heard, strict=True)]
        found = dict(self._through(rows))
        return [found[at] for at in range(len(rows))]

    def fits(self, text: str) -> int:
        """How many windows a text needs."""
        judge = self._judge
        plain = normalise(text, spell=judge.spells_emoji)
        return len(windows(judge.tokenizer.encode(plain, add_special_tokens=False).ids, judge.frame.room(judge.length)))

    def _ahead(self, texts: Sequence[str], aspects: tuple[str, ...]) -> Iterator[_Prepared]:
        """The blocks, each made ready while the one before it is read."""
        if len(texts) <= BLOCK:
            yield self._prepared(texts, aspects)
            return
        with ThreadPoolExecutor(1) as pool:
            starts = range(0, len(texts), BLOCK)
            coming = pool.submit(self._prepared, texts[:BLOCK], aspects)
            for start in starts:
                block = coming.result()
                following = texts[start + BLOCK : start + 2 * BLOCK]
                if following:
                    coming = pool.submit(self._prepared, following, aspects)
                yield block
                trim()  # blocks of all lengths leave holes: over 100,000 rows they came to a tenth of the memory

    def _prepared(self, texts: Sequence[str], aspects: tuple[str, ...]) -> _Prepared:
        plain = [normalise(text, spell=self._judge.spells_emoji) for text in texts]
        languages = [language_of(text) for text in texts]
        skipped = [self._refused(*one) for one in zip(plain, languages, strict=True)]
        # What several people wrote, such as "good", is read once.
        known = list(dict.fromkeys(text for text, why in zip(plain, skipped, strict=True) if not why))
        rows, of = self._rows(known, aspects) if known else ([], [])
        return _Prepared(texts, languages, skipped, rows, of, plain)

    def _refused(self, plain: str, language: str) -> str:
        if not plain:
            return EMPTY
        reads = self._judge.languages
        return OTHER_LANGUAGE.format(name_of(language)) if reads and language not in reads else ""

    def _rows(self, texts: list[str], aspects: tuple[str, ...]) -> tuple[list[Row], list[tuple[str, int]]]:
        judge, rows, of = self._judge, list[Row](), list[tuple[str, int]]()
        encode = judge.tokenizer.encode_batch
        asked = [one.ids[:ASPECT_TOKENS] for one in encode(list(aspects), add_special_tokens=False)]
        for text, encoded in zip(texts, encode(texts, add_special_tokens=False), strict=True):
            for number, aspect in enumerate([None, *asked], start=-1):
                if number >= 0 and judge.named_only and not says(text, aspects[number]):
                    continue
                parts = windows(encoded.ids, judge.frame.room(judge.length, aspect or ()))
                heard = judge.lexicon.hears(text, len(parts)) if aspect is None else [0.0] * len(parts)
                rows += [judge.frame.row(part, aspect, said) for part, said in zip(parts, heard, strict=True)]
                of += [(text, number)] * len(parts)
        return rows, of

    def _judged(self, block: _Prepared, before: int, tell: Callable[[int], None]) -> Mapping[tuple[str, int], Shares]:
        """The probabilities of each text and aspect, its windows taken together."""
        parts: dict[tuple[str, int], list[Shares]] = {}
        told = before
        for done, (at, shares) in enumerate(self._through(block.rows), start=1):
            parts.setdefault(block.of[at], []).append(shares)
            now = before + done * len(block.texts) // len(block.rows)
            if now > told:
                tell(now)
            told = now
        return {key: together(found) for key, found in parts.items()}

    def _through(self, rows: Sequence[Row]) -> Iterator[tuple[int, Shares]]:
        """The rows' numbers and probabilities, as they are read: in batches of like length."""
        numbers = list(batches(rows, self._judge.batch))
        answers = self._turns.stream([rows[at] for at in batch] for batch in numbers)
        for batch, shares in zip(numbers, answers, strict=True):
            yield from zip(batch, shares, strict=True)

    def _reading(
        self, block: _Prepared, at: int, answers: Mapping[tuple[str, int], Shares], aspects: Sequence[str]
    ) -> Reading:
        text, language, why = block.texts[at], block.languages[at], block.skipped[at]
        if why:
            return Reading(text, language, None, (), (), why)
        plain = block.plain[at]
        found = []
        for number, aspect in enumerate(aspects):
            shares = answers.get((plain, number))
            if shares and (self._judge.named_only or max(shares) > shares[-1]):
                found.append(AspectFeeling(aspect, self._feeling(shares)))
        note = CUT.format(LONGEST) if len(text) > LONGEST else ""
        return Reading(text, language, self._feeling(answers[plain, -1]), tuple(found), (), "", note)

    def _feeling(self, shares: Shares) -> Feeling:
        whole = sum(shares[:3])
        named = {label: share / whole for label, share in zip(LABELS, shares, strict=False)}
        label = max(LABELS, key=named.__getitem__)
        return Feeling(label, named[label], named, named[label] >= self.threshold)

    def _explained(self, reading: Reading) -> Reading:
        if reading.feeling is None:
            return reading
        place = LABELS.index(reading.feeling.label)
        words = explain_words(
            reading.text[:LONGEST], lambda texts: [one[place] for one in self.shares(texts)], windows=self.fits
        )
        return replace(reading, words=words)

    def _noted(self, reading: Reading, aspects: Sequence[str]) -> Reading:
        if not aspects or self.answers_aspects or reading.skipped:
            return reading
        return replace(reading, note=f"{reading.note} {NO_ASPECTS.format(self.name)}".strip())


def together(parts: Sequence[Shares]) -> Shares:
    """One answer of a text's windows: their mean; of an aspect, by how surely each mentions it, absent where all are.

    >>> together([(0.8, 0.0, 0.0, 0.2), (0.0, 0.0, 0.0, 1.0)])
    (0.8, 0.0, 0.0, 0.2)
    """
    if len(parts) == 1:
        return parts[0]
    if len(parts[0]) == len(LABELS):
        return tuple(sum(column) / len(parts) for column in zip(*parts, strict=True))
    absent = min(part[3] for part in parts)
    mentioned = sum(1 - part[3] for part in parts) or 1.0
    return (*(sum(part[at] for part in parts) / mentioned * (1 - absent) for at in range(3)), absent)
