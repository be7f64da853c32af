"""What every part of the sentiment chart is drawn with: colours, sizes, and text that the font has letters for."""

from typing import TYPE_CHECKING, Any

from bot.digest_chart import BLUE, INK, VERMILION

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# Okabe and Ito's blue and vermilion for positive and negative, and a grey between them that is lighter than both; what
# is positive stands on the right or above, too, so that nothing is told by colour alone.
COLOURS = {"positive": BLUE, "neutral": "#9a9a94", "negative": VERMILION}
ROW = 0.4
NAMES = 1.55
"""Inches: how high a row is, and where its name ends."""
SIZE = 11
SMALL, LONGEST = 8, 18


def text(axes: "Axes", x: float, y: float, said: str, **options: object) -> None:
    """Write something at a place, in the middle of its line, never as mathematics."""
    style = {"va": "center", "fontsize": SIZE, "color": INK, "parse_math": False, **options}
    axes.text(x, y, said, **style)  # type: ignore[arg-type]  # matplotlib types each keyword by itself


def name(axes: "Axes", y: float, said: str) -> None:
    """Write what a row is called before it; a wide name smaller, and cut where that isn't enough."""
    shown, room = drawable(said), NAMES - 0.25
    while _inches(shown, SMALL) > room:
        shown = drawable(said, len(shown) - 1)
    size = min(SIZE, SIZE * room / max(0.01, _inches(shown, SIZE)))
    text(axes, NAMES - 0.1, y, shown, ha="right", fontsize=size)


def drawable(said: str, longest: int = LONGEST) -> str:
    """A text that fits and that the font can draw."""
    known = _font().get_charmap()
    plain = "".join(letter if ord(letter) in known else "□" for letter in " ".join(said.split()))
    return plain if len(plain) <= longest else f"{plain[: longest - 1].rstrip()}…"


def _inches(said: str, size: float) -> float:
    font = _font()
    font.set_size(size, 72)
    font.set_text(said, 0.0)
    return float(font.get_width_height()[0] / 64 / 72)


def _font() -> Any:
    from matplotlib.font_manager import findfont, get_font

    return get_font(findfont("DejaVu Sans"))
