"""The team that `copydesk draft` writes for: its brands, and what it liked, where its workspace is known."""

from dataclasses import dataclass

from bot import tastes, workspaces
from bot.branding import NONE
from bot.settings import Settings
from bot.tastes import Tastes
from model.brief import Brief
from model.embedding import Vectors
from model.house_examples import Example
from model.taste import Preference
from storage import brands
from storage.brands import BrandRow
from storage.database import Storage

NOBODY = "terminal"
"""Who asks here: nobody's private drafts are theirs."""


@dataclass(frozen=True, slots=True)
class Learnt:
    """How a team would like drafts for a brief, and what it liked for briefs like it; `votes` are what says so."""

    preference: Preference | None = None
    liked: tuple[Example, ...] = ()
    votes: int = 0


@dataclass(frozen=True, slots=True)
class Team:
    """Whom is written for; an empty workspace is a team that nobody named."""

    workspace: str = ""
    brands: tuple[BrandRow, ...] = ()
    storage: Storage | None = None

    def learnt(self, brief: Brief, vectors: Vectors | None) -> Learnt:
        """What this team's votes, rewrites and uses say of a brief; nothing where it isn't known."""
        if self.storage is None:
            return Learnt()
        learning = Tastes(self.storage, vectors)
        learning.learn(self.workspace)
        known = learning.known(self.workspace)
        preference = known.taste.preference(brief.format) if known else None
        liked = tastes.liked(
            self.storage, brief, workspace=self.workspace, user=NOBODY, vectors=vectors, preference=preference
        )
        return Learnt(preference, liked, known.votes if known else 0)


def find(settings: Settings, workspace: str | None, brand: str | None) -> Team:
    """The team of the workspace that is named, or of the only one.

    Where neither a workspace nor a brand is named there may be none: without a database, or with several workspaces.
    Raises RunError where it must be known and isn't.
    """
    must_be_known = workspace is not None or (brand is not None and brands.key(brand) != NONE)
    if not must_be_known and not workspaces.database(settings).exists():
        return Team()
    storage = workspaces.open_storage(settings)
    with storage.read() as db:
        if not must_be_known and len(workspaces.known(db)) != 1:
            return Team()
        chosen = workspaces.only(db, workspace)
        return Team(chosen, tuple(brands.of_workspace(db, chosen)), storage)
