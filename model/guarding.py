"""One guarded sequence while it is written: what may come next, what must, and when to go back a sentence."""

from collections import deque
from dataclasses import dataclass, replace

from torch import Tensor

from model.guards import Phrase, Plan
from model.layout import Layout, Place
from model.transcript import BROKEN
from model.unended import Unended
from model.vocabulary import Vocabulary

TRIES = 3  # how often a sentence is written anew before the text is closed in front of it
REWINDS = 40  # and how often a whole text may go back
SPENT = 0.5  # of its greatest length: a text that has taken back so much is closed at the next fault
CLOSING_TOKENS = 30  # so near to its greatest length, but in its last quarter, a text is brought to its end
NEAR_LIMIT = 0.65  # from here on sentence ends become likelier
ENDING_BIAS, CLOSING_BIAS, BEGUN_BIAS, FAILED_BIAS = 8.0, 6.0, 8.0, 2.0
NEVER = float("-inf")


@dataclass(frozen=True, slots=True)
class Mark:
    """Where a sentence began: how many tokens and letters stood there."""

    tokens: int
    letters: int
    place: Place


@dataclass(slots=True)
class Walk:
    """A literal being written; where several are possible the model chooses at the token where they part."""

    ways: list[tuple[Place, tuple[int, ...]]]
    done: int = 0

    def next(self) -> list[int]:
        """The tokens that may come next."""
        return sorted({ids[self.done] for _, ids in self.ways})

    def take(self, token: int) -> Place | None:
        """Go on by a token; the place reached, when a literal is whole."""
        self.ways = [way for way in self.ways if way[1][self.done] == token]
        self.done += 1
        return next((place for place, ids in self.ways if len(ids) == self.done), None)


class Guarding:
    """Keeps a plan for one sequence.

    Before each token the engine asks `steer`, lets the model choose and asks `accept`, then tells the token to `add`;
    whenever `back` is set, it calls `rewind` and keeps the `committed` tokens alone.
    """

    def __init__(self, plan: Plan, vocabulary: Vocabulary, most: int) -> None:
        self._plan, self._vocabulary, self._most = plan, vocabulary, most
        self._layout = Layout(plan.guard.form)
        self._end = min(vocabulary.ends)
        self._tokens: list[int] = []
        self._text = ""
        self._queue: deque[int] = deque()
        self._part: list[int] = []  # tokens of a letter or an emoji that is not whole yet
        self._then: Phrase | None = None
        self._failed: set[int] = set()
        self._tries = self._rewinds = self._spent = 0
        self._closing = self._free = False
        self._known: tuple[str, Place, Unended] | None = None
        self.back = False
        self._place, self._walk = self._begun()
        self._mark = Mark(0, 0, self._place)

    @property
    def committed(self) -> int:
        """How many tokens can no longer be taken back."""
        return self._mark.tokens

    def steer(self, logits: Tensor) -> int | None:
        """The token that must come next; None, with the logits changed in place, where the model chooses."""
        if self._queue:
            return self._queue.popleft()
        if self._part:
            logits.masked_fill_(self._vocabulary.unbroken, NEVER)
            return None
        if self._walk:
            ways = self._walk.next()
            if len(ways) > 1:
                logits.masked_fill_(self._vocabulary.only(ways), NEVER)
            return ways[0] if len(ways) == 1 else None
        if self._free:
            self._withhold(logits)
            return None
        entry = self._entry()
        closing = self._closing or len(self._tokens) > self._most - min(CLOSING_TOKENS, self._most // 4)
        if (closing or entry.is_full()) and entry.is_closed() and (token := self._ended(newline=False)) is not None:
            return token
        if not self.back:
            self._shade(logits, entry)
            self._lean(logits, entry, closing)
        return None

    def accept(self, token: int) -> int | None:
        """The token to take for the one that was chosen; None when it may not come here."""
        if self._walk:
            return token
        if self._part:
            return self._completed(token)
        if token in self._vocabulary.ends:
            return token if self._free else self._ended(newline=False)
        piece = self._vocabulary.texts[token]
        if self._free:
            return token if self._entry().may_say(piece) else None
        entry = self._entry()
        if "\n" in piece and entry.is_one_line():
            return self._ended(newline=True)
        return token if entry.allows(piece) else None

    def add(self, token: int) -> None:
        """Note the token that was taken; a sentence that it closes is judged first."""
        piece = "" if token in self._vocabulary.ends else self._vocabulary.texts[token]
        if not self._walk and not self._free and not self._part and piece[:1].isspace() and self._entry().may_settle():
            self._judge()
        if self.back:
            return
        self._tokens.append(token)
        self._text += self._whole(token, piece)
        if self._walk and (reached := self._walk.take(token)):
            self._walk = None
            self._enter(replace(reached, start=len(self._text)))

    def _whole(self, token: int, piece: str) -> str:
        """What can be read once a token was taken: nothing as long as a letter or an emoji is in part."""
        if not self._part and BROKEN not in piece:
            return piece
        self._part.append(token)
        read = self._vocabulary.read(self._part)
        if read.endswith(BROKEN):
            return ""
        self._part.clear()
        return read

    def _completed(self, token: int) -> int | None:
        """A token that goes on with a letter or an emoji that is there in part; None for any other."""
        read = self._vocabulary.read([*self._part, token])
        if BROKEN in read[:-1]:
            return None
        return token if read.endswith(BROKEN) or self._free or self._entry().allows(read) else None

    def stuck(self) -> int | None:
        """Nothing may come next: end the entry where it is whole, else write its last sentence anew.

        Where that was done often enough, parts and limits no longer hold and the checks will say so; what isn't given
        is still not written, and where nothing else may come the text ends.
        """
        if self._free:
            return self._end
        token = self._ended(newline=True)
        if token is None and not self.back and not self._go_back():
            self._free = True
        return token

    def rewind(self) -> None:
        """Take back what follows the mark."""
        kept, self.back = self._mark, False
        if len(self._tokens) > kept.tokens:
            self._failed.add(self._tokens[kept.tokens])
        self._spent += len(self._tokens) - kept.tokens
        del self._tokens[kept.tokens :]
        self._text, self._place, self._walk, self._then = self._text[: kept.letters], kept.place, None, None
        self._queue.clear()
        self._part.clear()
        if not self._tokens:
            self._place, self._walk = self._begun()

    def _begun(self) -> tuple[Place, Walk | None]:
        place, literal = self._layout.opening()
        return place, self._walked([(place, literal)]) if literal else None

    def _enter(self, place: Place) -> None:
        """An entry begins: what came before it stays."""
        self._place, self._closing = place, False
        self._settle()
        if self._then:
            self._queue.extend(self._then.opening)
            self._then = None

    def _settle(self) -> None:
        self._mark = Mark(len(self._tokens), len(self._text), self._place)
        self._failed, self._tries = set(), 0

    def _entry(self) -> Unended:
        """The entry as it stands; the same until something is added, as it counts what it holds only once."""
        if self._known is None or self._known[0] is not self._text or self._known[1] is not self._place:
            self._known = self._text, self._place, self._entry_of(self._text, self._place)
        return self._known[2]

    def _entry_of(self, text: str, place: Place) -> Unended:
        return Unended(self._plan, self._layout.part(place), text, place.start)

    # What ends.

    def _ended(self, *, newline: bool) -> int | None:
        """The token to take where the model would end an entry; None when it may not yet."""
        entry, place = self._entry(), self._place
        if not entry.is_whole():
            self._closing = self._closing or bool(entry.text)
            return None
        again, onward = self._layout.again(place), self._layout.onward(place)
        if unsaid := entry.unsaid():
            if entry.part.kind not in ("list", "posts"):
                self._queue.extend(unsaid[0].opening)
                return self._queue.popleft()
            if again:
                self._then = unsaid[0]
                return self._go(again)
        if not self._judge():
            return None
        may_end = self._layout.may_end(place)
        if place.counts[place.part] < entry.part.least:
            ways = again or onward
        else:
            ways = [*again, *onward] if newline else [] if may_end else onward
        if not ways:
            return self._end if may_end else None
        return self._go(ways)

    def _go(self, ways: list[tuple[Place, str]]) -> int:
        """Begin to walk; the first token of the way."""
        self._walk = self._walked(ways)
        return self._walk.next()[0]

    def _walked(self, ways: list[tuple[Place, str]]) -> Walk:
        return Walk([(place, self._plan.literals[literal]) for place, literal in ways])

    def _judge(self) -> bool:
        """Judge the sentence since the mark; one with a fault is taken back, unless that was done often enough."""
        sentence = self._text[self._mark.letters :].strip()
        if not sentence:
            return True  # and nothing is settled: the tries at what comes here go on being counted
        before = self._text[: self._mark.letters]
        if self._plan.guard.fault(sentence, self._entry().text, before) and self._go_back():
            return False
        self._settle()
        return True

    def _go_back(self) -> bool:
        """Whether going back to the mark is still worth a try."""
        self._rewinds += 1
        self._tries += 1
        if self._rewinds > REWINDS or self._tries > TRIES + 1:
            return False
        if self._tries == TRIES + 1 or self._spent > SPENT * self._most:
            before = self._entry_of(self._text[: self._mark.letters], self._mark.place)
            if not (before.is_closed() and before.is_whole()):
                return False
            self._closing = True
        self.back = True
        return True

    # What the logits become.

    def _shade(self, logits: Tensor, entry: Unended) -> None:
        """Take away what may not come next, as far as masks can tell."""
        vocabulary = self._vocabulary
        self._withhold(logits)
        if not entry.text:
            logits.masked_fill_(vocabulary.unspaced if self._text[-1:].strip() else vocabulary.blank, NEVER)
        if not entry.takes_hashtag():
            logits.index_fill_(0, vocabulary.hashes, NEVER)
        if not entry.takes_emoji():
            logits.index_fill_(0, vocabulary.pictures, NEVER)
        if self._failed and len(self._tokens) == self._mark.tokens:
            logits[list(self._failed)] -= FAILED_BIAS

    def _withhold(self, logits: Tensor) -> None:
        """Take away what may come nowhere in this text."""
        logits.index_fill_(0, self._vocabulary.special, NEVER)
        if self._plan.guard.brief.language == "en":
            logits.index_fill_(0, self._vocabulary.foreign, NEVER)
        if not self._plan.supplied.has_numbers:
            logits.index_fill_(0, self._vocabulary.digits, NEVER)

    def _lean(self, logits: Tensor, entry: Unended, closing: bool) -> None:
        """Make likelier what is still to be said, and near the limit what ends a sentence."""
        used = max(entry.used(), len(self._tokens) / self._most)
        if entry.may_stop() and (closing or used > NEAR_LIMIT):
            near = (used - NEAR_LIMIT) / (1 - NEAR_LIMIT)
            logits[self._vocabulary.enders] += CLOSING_BIAS if closing else ENDING_BIAS * near
        for phrase in entry.wanted:
            begun = self._begun_of(phrase)
            if begun:
                logits[phrase.inline[begun]] += BEGUN_BIAS
            elif entry.text and phrase.inline:
                logits[phrase.inline[0]] += (1.5 + 3.0 * min(1.0, used)) if phrase.certain else 1.0

    def _begun_of(self, phrase: Phrase) -> int:
        """How many of a phrase's tokens stand at the end of the text."""
        lengths = range(len(phrase.inline) - 1, 0, -1)
        return next((done for done in lengths if tuple(self._tokens[-done:]) == phrase.inline[:done]), 0)
