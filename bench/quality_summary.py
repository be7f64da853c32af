"""Rows of written briefs to the quality tables: shares that pass, by setting and by format, and what fails."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from bench.results import percent, table

Row = dict[str, Any]
Mean = Callable[[Sequence[str]], float | None]
GOAL = "Reach: at least 98 % of the delivered drafts pass every hard check (embedded model)."


def summarise(rows: Sequence[Row], likeness: Mean, measure: str) -> tuple[dict[str, Any], str]:
    """The figures as a document and as Markdown, one section for each setting."""
    settings = sorted({row["setting"] for row in rows})
    document = {
        "settings": {name: _one([row for row in rows if row["setting"] == name], likeness) for name in settings}
    }
    parts = ["# Quality", GOAL, _overview(document["settings"], measure)]
    for name in settings:
        parts += [f"## {name}", _by_format(document["settings"][name]), _failures(document["settings"][name])]
    return {"likeness": measure, **document}, "\n\n".join(parts)


def _one(rows: Sequence[Row], likeness: Mean) -> dict[str, Any]:
    """One setting: over all formats and for each."""
    formats = sorted({row["format"] for row in rows})
    return {
        "all": _share(rows, likeness),
        "formats": {name: _share([row for row in rows if row["format"] == name], likeness) for name in formats},
    }


def _share(rows: Sequence[Row], likeness: Mean) -> dict[str, Any]:
    drafts = [draft for row in rows for draft in row["drafts"]]
    firsts = [row["samples"][0] for row in rows]
    samples = [sample for row in rows for sample in row["samples"]]
    return {
        "briefs": len(rows),
        "one sample": {"delivered": len(firsts), "passed": _passed(firsts), "failed": _counted(firsts)},
        "every sample": {"written": len(samples), "passed": _passed(samples), "failed": _counted(samples)},
        "shipped": {"delivered": len(drafts), "passed": _passed(drafts), "failed": _counted(drafts)},
        "briefs where all drafts pass": sum(all(draft["ok"] for draft in row["drafts"]) for row in rows),
        "likeness shipped": _mean(likeness([one["text"] for one in row["drafts"]]) for row in rows),
        "likeness plain": _mean(
            likeness([one["text"] for one in row["samples"][: len(row["drafts"])]]) for row in rows
        ),
        "samples a brief": _mean(float(sum(row["requests"])) for row in rows),
        "seconds a brief": _mean(row["seconds"] for row in rows),
    }


def _passed(drafts: Iterable[Row]) -> int:
    return sum(draft["ok"] for draft in drafts)


def _counted(drafts: Iterable[Row]) -> dict[str, int]:
    return dict(Counter(name for draft in drafts for name in draft["failed"]).most_common())


def _mean(values: Iterable[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return sum(known) / len(known) if known else None


def _overview(settings: dict[str, Any], measure: str) -> str:
    head = (
        "setting",
        "briefs",
        "one sample passes (K = 1)",
        "delivered drafts pass",
        "briefs where all pass",
        f"likeness of the drafts ({measure})",
        "likeness of plain samples",
        "samples a brief",
    )
    body = [
        (
            name,
            (found := one["all"])["briefs"],
            percent(found["one sample"]["passed"], found["one sample"]["delivered"]),
            percent(found["shipped"]["passed"], found["shipped"]["delivered"]),
            percent(found["briefs where all drafts pass"], found["briefs"]),
            found["likeness shipped"],
            found["likeness plain"],
            found["samples a brief"],
        )
        for name, one in settings.items()
    ]
    return table(head, body)


def _by_format(setting: dict[str, Any]) -> str:
    head = ("format", "briefs", "K = 1", "shipped", "what fails in what is shipped", "likeness", "of plain samples")
    body = [
        (
            name,
            one["briefs"],
            percent(one["one sample"]["passed"], one["one sample"]["delivered"]),
            percent(one["shipped"]["passed"], one["shipped"]["delivered"]),
            ", ".join(f"{check} {times}" for check, times in one["shipped"]["failed"].items()) or "nothing",
            one["likeness shipped"],
            one["likeness plain"],
        )
        for name, one in setting["formats"].items()
    ]
    return table(head, body)


def _failures(setting: dict[str, Any]) -> str:
    """Which check fails how often, before and after the desk's choice."""
    one, every, shipped = (setting["all"][name] for name in ("one sample", "every sample", "shipped"))
    names = sorted(
        {*one["failed"], *every["failed"], *shipped["failed"]}, key=lambda name: -every["failed"].get(name, 0)
    )
    body = [
        (
            name,
            percent(one["failed"].get(name, 0), one["delivered"]),
            percent(every["failed"].get(name, 0), every["written"]),
            percent(shipped["failed"].get(name, 0), shipped["delivered"]),
        )
        for name in names
    ]
    return table(("hard check", "fails at K = 1", "fails in all samples", "fails in shipped drafts"), body)
