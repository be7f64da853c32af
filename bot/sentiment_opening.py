"""Opens what reads feelings in the terminal, as a workspace has it: its corrections, and what its brand asks about."""

from collections.abc import Callable, Mapping
from contextlib import ExitStack
from pathlib import Path

from bot import workspaces
from bot.command_line import RunError
from bot.sentiment_readers import Readers
from bot.settings import Settings
from model import sentiment_versions as versions
from model.sentiment import EMBEDDED, OpenSentiment, open_sentiment
from storage import brands

READS = "{name} reads, as the corrections of the workspace {workspace} made it."
MAPPED = "{model} reads. Its labels: {labels}."
MEANS = "{label} is read as {meaning}"
SHIPPED_READS = (
    "The shipped model reads. Corrections made versions of it for several workspaces; name one with --workspace."
)


def opened(
    settings: Settings, wanted: str | None, stack: ExitStack, load: Callable[..., OpenSentiment] = open_sentiment
) -> tuple[OpenSentiment, str]:
    """What reads for a workspace until the stack closes, and a sentence about it; empty where nothing was learnt."""
    name, data = settings.copydesk_sentiment_model, settings.copydesk_data
    learns = name in EMBEDDED

    def open_(weights: Path | None) -> OpenSentiment:
        return load(name, data=data, device=settings.copydesk_device, weights=weights)

    has_versions = learns and bool(versions.listed(data))
    workspace = _workspace(settings, wanted) if wanted or has_versions else ""
    readers = Readers(open_, data, learns=learns)
    stack.callback(readers.close)
    model = stack.enter_context(readers.using(workspace))
    if has_versions and not workspace:
        return model, SHIPPED_READS
    if model.labels:
        return model, MAPPED.format(model=model.name, labels=mapped(model.labels))
    is_version = has_versions and versions.reads(data, workspace)[0] != versions.HOUSE
    return model, READS.format(name=model.name, workspace=workspace) if is_version else ""


def brand_aspects(settings: Settings, wanted: str | None) -> tuple[str, ...]:
    """What the default brand of a workspace, or of the only one, is asked about; nothing where nothing is kept yet."""
    if not workspaces.database(settings).exists():
        return ()
    workspace = _workspace(settings, wanted)
    with workspaces.open_storage(settings).read() as db:
        found = brands.default(db, workspace)
    return found.aspects if found else ()


def mapped(labels: Mapping[str, str]) -> str:
    """How somebody else's labels are read, for people.

    >>> mapped({"1 star": "negative", "2 stars": "positive"})
    '1 star is read as negative, 2 stars is read as positive'
    """
    return ", ".join(MEANS.format(label=label, meaning=meaning) for label, meaning in labels.items())


def _workspace(settings: Settings, wanted: str | None) -> str:
    """The workspace that was named, or the only one; empty when none was named of several, or there is none."""
    with workspaces.open_storage(settings).read() as db:
        try:
            return workspaces.only(db, wanted)
        except RunError:
            if wanted:
                raise
            return ""
