"""The order of a format's parts as it is written: what may come after each entry, and when a text is whole."""

from dataclasses import dataclass, replace

from model.shape import Format, Part


@dataclass(frozen=True, slots=True)
class Place:
    """Where a text stands: in which part, how many entries each part has by now, and where this entry began."""

    part: int
    counts: tuple[int, ...]
    start: int = 0


class Layout:
    """The ways through a format, each step with the literal text that opens the next entry."""

    def __init__(self, form: Format) -> None:
        self._parts = form.parts
        self._in_turns = len(form.parts) > 1 and all(part.kind == "line" and part.most > 1 for part in form.parts)

    def opening(self) -> tuple[Place, str]:
        """Where every text of the format begins."""
        counts = tuple(int(at == 0) for at in range(len(self._parts)))
        return Place(0, counts), _label(self._parts[0], alone=len(self._parts) == 1)

    def part(self, place: Place) -> Part:
        """The part in which a text stands."""
        return self._parts[place.part]

    def again(self, place: Place) -> list[tuple[Place, str]]:
        """One more entry of the same part, where there may be one."""
        part = self.part(place)
        if self._in_turns or part.kind not in ("list", "posts") or place.counts[place.part] >= part.most:
            return []
        number = place.counts[place.part] + 1
        return [(self._entered(place, place.part), "\n-" if part.kind == "list" else f"\n\n{number}/")]

    def onward(self, place: Place) -> list[tuple[Place, str]]:
        """The parts that may come next."""
        if self._in_turns:
            after = (place.part + 1) % len(self._parts)
            return [self._step(place, after)] if place.counts[after] < self._parts[after].most else []
        steps: list[tuple[Place, str]] = []
        if place.counts[place.part] < self.part(place).least:
            return steps
        for after in range(place.part + 1, len(self._parts)):
            steps.append(self._step(place, after))
            if self._parts[after].least:
                break
        return steps

    def may_end(self, place: Place) -> bool:
        """Whether every part has as many entries as it needs."""
        enough = all(count >= part.least for count, part in zip(place.counts, self._parts, strict=True))
        return enough and (not self._in_turns or place.part == len(self._parts) - 1)

    def _step(self, place: Place, after: int) -> tuple[Place, str]:
        part = self._parts[after]
        gap = "\n\n" if part.kind == "body" else "\n"
        return self._entered(place, after), gap + _label(part, alone=False)

    def _entered(self, place: Place, part: int) -> Place:
        counts = tuple(count + (at == part) for at, count in enumerate(place.counts))
        return replace(place, part=part, counts=counts)


def _label(part: Part, *, alone: bool) -> str:
    if part.kind == "list":
        return f"{part.label}:\n-"
    if part.kind == "heading":
        return "#"
    if part.kind == "posts":
        return "1/"
    return f"{part.label}:" if part.label and not alone else ""


def literals(form: Format) -> set[str]:
    """Every literal that may open an entry of the format."""
    layout = Layout(form)
    place, first = layout.opening()
    found, seen, left = {first}, set[tuple[int, tuple[int, ...]]](), [place]
    while left:
        place = left.pop()
        if (place.part, place.counts) in seen:
            continue
        seen.add((place.part, place.counts))
        for step, literal in (*layout.again(place), *layout.onward(place)):
            found.add(literal)
            left.append(step)
    return found
