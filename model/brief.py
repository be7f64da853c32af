"""A brief: what a marketer asked for, in the words that the rest of the desk uses."""

from dataclasses import dataclass

from model.words import says


@dataclass(frozen=True, slots=True)
class Brief:
    """What to write, for which format, and what it must and must not say.

    `product` is the request itself, in the marketer's words: what is advertised and every fact that may be used.
    `language` is an ISO 639-1 code. `rejected`, `instruction` and `revision` are set when a draft is
    written anew: the text that was not good enough, what a person said of it, and a kind of `model/revision.py`.

    `brand`, `voice`, `known`, `banned` and `examples` belong to the brand and the persona, not to the one request: what
    the brand is called and how it sounds, the facts that copy may use besides those in `product`, the words that the
    brand never says, and copy that sounds right, whose facts count as given nowhere.
    """

    product: str
    format: str = "tweet"
    variants: int = 3
    audience: str = ""
    tone: str = ""
    must_say: tuple[str, ...] = ()
    must_not_say: tuple[str, ...] = ()
    language: str = "en"
    rejected: str = ""
    instruction: str = ""
    revision: str = ""
    voice: str = ""
    known: tuple[str, ...] = ()
    banned: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    brand: str = ""

    @property
    def request(self) -> str:
        """The request, and whom it is for where it doesn't say so itself.

        >>> Brief("tweet for the sale", brand="Brewline").request, Brief("Brewline's sale", brand="Brewline").request
        ('Brewline: tweet for the sale', "Brewline's sale")
        """
        is_said = not self.brand or says(self.product, self.brand)
        return self.product if is_said else f"{self.brand}: {self.product}"

    @property
    def unwanted(self) -> tuple[str, ...]:
        """Every phrase that copy may not say: the request's and the brand's."""
        return (*self.must_not_say, *self.banned)
