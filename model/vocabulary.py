"""What every token of a model reads as, and which of them begin with a space, hold a digit, end a sentence."""

from collections.abc import Callable, Sequence
from typing import Any

import torch
from torch import Tensor

from model.counting import EMOJI
from model.transcript import BROKEN

LATIN = "\u00ff"
ENDERS = frozenset(".!?")


class Vocabulary:
    """The texts of all tokens, and which are of a kind, as places or as a mask; made once, in about two seconds."""

    def __init__(self, tokenizer: Any, size: int, ends: frozenset[int], device: torch.device) -> None:
        self.ends = ends
        self._device = device
        self._decode = tokenizer.decode
        self._before = tokenizer.encode("a", add_special_tokens=False)  # some tokenizers drop a space at the very start
        self._skipped = len(tokenizer.decode(self._before))
        self.texts = self._texts(tokenizer, size)
        special = {*tokenizer.all_special_ids, *tokenizer.get_added_vocab().values()} - ends
        # A few tokens are taken out by their places: a mask over all takes ten times as long.
        self.special = self._places(lambda at, text: at in special or (not text and at not in ends))
        self.foreign = self._places(lambda _, text: any(_is_foreign(letter) for letter in text))
        self.digits = self._places(lambda _, text: any(letter.isdigit() for letter in text))
        self.hashes = self._places(lambda _, text: "#" in text)
        self.pictures = self._places(lambda _, text: BROKEN in text or bool(EMOJI.search(text)))
        self.unbroken = self._mask(lambda _, text: BROKEN not in text)
        self.unspaced = self._mask(lambda at, text: at in ends or not (text[:1] == " " and text.strip() != ""))
        self.blank = self._mask(lambda at, text: at in ends or not text[:1].strip())
        self.enders = self._places(lambda _, text: text in ENDERS)
        self.breaks = [at for at, text in enumerate(self.texts) if text in ("\n", "\n\n")]

    def read(self, tokens: Sequence[int]) -> str:
        """What tokens read as together; letters and emoji of which each is a part are whole only there."""
        return str(self._decode([*self._before, *tokens], skip_special_tokens=True)[self._skipped :])

    def only(self, tokens: Sequence[int]) -> Tensor:
        """A mask of everything but these."""
        mask = torch.ones(len(self.texts), dtype=torch.bool, device=self._device)
        mask[list(tokens)] = False
        return mask

    def _texts(self, tokenizer: Any, size: int) -> list[str]:
        known = min(size, len(tokenizer))
        decoded = tokenizer.batch_decode([[*self._before, at] for at in range(known)], skip_special_tokens=True)
        return [*(text[self._skipped :] for text in decoded), *([""] * (size - known))]

    def _places(self, holds: Callable[[int, str], bool]) -> Tensor:
        places = [at for at, text in enumerate(self.texts) if holds(at, text)]
        return torch.tensor(places, dtype=torch.long, device=self._device)

    def _mask(self, holds: Callable[[int, str], bool]) -> Tensor:
        return torch.tensor([holds(at, text) for at, text in enumerate(self.texts)], device=self._device)


def _is_foreign(letter: str) -> bool:
    return (letter.isalpha() and letter > LATIN) or (letter.isnumeric() and not letter.isascii())
