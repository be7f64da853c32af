"""Dates, times of day, months and weekdays in a text, however they are written."""

import re
from dataclasses import dataclass
from typing import Literal

_MONTHS = "january february march april may june july august september october november december"
_DAYS = "monday tuesday wednesday thursday friday saturday sunday"
MONTHS = {name: number for number, name in enumerate(_MONTHS.split(), 1)}
VERBS = ("may", "march", "mar")
DAYS = {name: number for number, name in enumerate(_DAYS.split())}
_MONTH = (
    r"(?P<month>Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?"
    r"|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\b"
)
_DAY = r"(?P<day>[12]?\d|3[01])(?:st|nd|rd|th)?"
_TO_DAY = r"(?:\s?(?:-|–|to|and|&)\s?(?P<last>[12]?\d|3[01])(?:st|nd|rd|th)?)?"
_DATES = (
    re.compile(rf"\b{_DAY}{_TO_DAY}(?:\s+of)?\s+{_MONTH}\.?(?:,?\s+(?P<year>20\d\d)\b)?", re.IGNORECASE),
    re.compile(rf"\b{_MONTH}\.?\s+{_DAY}{_TO_DAY}\b(?!\s*%)(?:,?\s+(?P<year>20\d\d)\b)?", re.IGNORECASE),
)
_FIGURES = re.compile(r"(?<![\d/.])(\d{1,2})(?:/(\d{1,2})(?:/(?:20)?\d\d)?|\.(\d{1,2})\.(?:(?:20)?\d\d)?)(?![\d/])")
_DIGIT = re.compile(r"\d")
_ISO = re.compile(r"\b20\d\d-(\d\d)-(\d\d)\b")
_HALF = r"(?P<half>[ap])\.?m\b\.?"
_TIMES = (
    re.compile(
        rf"\b(?P<from>\d{{1,2}})(?:[:.](?P<from_minutes>[0-5]\d))?\s?(?:-|–|—|to|until|till|and)\s?"
        rf"(?P<hour>\d{{1,2}})(?:[:.](?P<minutes>[0-5]\d))?\s?{_HALF}",
        re.IGNORECASE,
    ),
    re.compile(rf"\b(?P<hour>\d{{1,2}})(?:[:.](?P<minutes>[0-5]\d))?\s?{_HALF}", re.IGNORECASE),
    re.compile(r"\b(?P<hour>[01]?\d|2[0-3])[:h](?P<minutes>[0-5]\d)\b"),
    re.compile(r"\b(?P<hour>\d{1,2})(?P<minutes>)\s?o['’]clock", re.IGNORECASE),
)
_CLOCK = "twelve one two three four five six seven eight nine ten eleven"
_HOURS = {word: hour for hour, word in enumerate(_CLOCK.split())}
_QUARTERS = {
    "quarter past": 15,
    "half past": 30,
    "quarter to": -15,
    "half": 30,
    "fifteen": 15,
    "thirty": 30,
    "forty-five": 45,
}
_HOUR = rf"(?P<hour>{'|'.join(_HOURS)})"
# Hours in words are times of day where a clock is named or doors, meals and shows have them: not in "at ten paces".
_SPOKEN = (
    re.compile(rf"\b(?P<shown>(?P<part>half past|quarter past|quarter to)\s+{_HOUR})\b", re.IGNORECASE),
    re.compile(
        rf"\b(?:at|from|until|till|by|before|after|doors|opens?|starts?)\s+(?P<shown>(?P<part>half)\s+{_HOUR})\b"
        r"(?!\s(?:of|the|as))",
        re.IGNORECASE,
    ),
    re.compile(rf"\b(?P<shown>{_HOUR}(?P<part>)\s?o['’]clock)\b", re.IGNORECASE),
    re.compile(
        rf"\b(?:at|from|until|till|by|before|after)\s+(?P<shown>{_HOUR}[ -](?P<part>fifteen|thirty|forty-five))\b",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\b(?:doors|open|clos|start|begin|kick|finish|end|serv|leav|sail|meet|join|see you|arriv|come|breakfast|"
        rf"brunch|lunch|tea|supper|dinner|show|gig|talk|tour|class|session|screening|sitting|collect|deliver)\w*\b"
        rf"[^.!?\n]{{0,25}}?\b(?P<shown>(?:at|from|until|till|by(?! one))\s+{_HOUR})(?P<part>)"
        rf"(?=\s*(?:[.,!?;:)\n]|$|sharp|tonight|tomorrow|today|on the dot|"
        rf"in the (?:morning|afternoon|evening)|on (?:{'|'.join(DAYS)})))",
        re.IGNORECASE,
    ),
)
_HALF_PAST = re.compile(rf"\b(?P<shown>(?P<part>half)\s+{_HOUR})\b", re.IGNORECASE)
_SPEAKS_OF_TIME = re.compile(rf"\b(?:{'|'.join(_HOURS)})\b", re.IGNORECASE)
_SOON = "|".join(DAYS)
_WEEKDAY = re.compile(
    rf"\b(?:this|next|on|from|until|till|every|each|starting|opens?|closes?|ends?)\s+(?:(?:early|late|"
    rf"all)\s+)?(?P<day>{_SOON})s?\b"
    rf"|\b(?:see you|(?:join|meet|find|catch|visit) us|(?:come|pop|drop|stop) (?:along|by|down|in|over|round)|back|"
    rf"launch(?:es|ing)|land(?:s|ing)|arriv(?:es|ing)|starts|begin(?:s|ning)|happening|drop(?:s|ping)|out)\s+"
    rf"(?P<met>{_SOON})\b(?!\s+feeling)"
    rf"|\b(?P<timed>{_SOON})s?,?\s+(?:(?:at\s+|from\s+)?\d+(?:[:.]\d\d)?(?:\s?[ap]\.?m\b|st\b|nd\b|rd\b|th\b)?|"
    rf"(?:at|from)\s+(?:noon|midday|midnight|{'|'.join(_HOURS)})\b)",
    re.IGNORECASE,
)
_BETWEEN = r"(?:and|are|but|for|from|has|not|the|then|till?|until|was|when|with|you|your)\b"
_DATED = re.compile(rf"\b(?P<day>{_SOON})s?\s+(?P<what>(?!{_BETWEEN})[a-z]{{3,}})", re.IGNORECASE)
_SEASON = re.compile(
    rf"\b(?:by|until|till|from|since|this|next|last|early|late|mid"
    rf"|(?:launch|open|start|arriv|return|com|available|begin|releas|end|back|land|due|see you|"
    rf"(?:join|meet|find|catch|visit) us)\w*\b[^.!?\n]{{0,30}}\bin)[ -]"
    rf"(?P<month>{'|'.join(MONTHS)})\b(?!\s+\d)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment as written, and every reading of it: (month, day), (minutes of the day,), (month,) or (weekday,)."""

    kind: Literal["date", "time", "month", "weekday"]
    shown: str
    values: frozenset[tuple[int, ...]]


def moments(text: str, *, is_typed: bool = False) -> list[Moment]:
    """Find every moment; a range of dates or times stands for what it spans or for its two ends.

    In a brief, which `is_typed` in a hurry, "14 may" is a date; in copy "may" and "march" are verbs without a capital.

    >>> [(one.kind, sorted(one.values)) for one in moments("31/10 at 7.30pm")]
    [('date', [(10, 31)]), ('time', [(1170,)])]
    """
    clock = _clock(text, is_typed=is_typed) if _DIGIT.search(text) else []
    clock += _spoken(text, is_typed=is_typed) if _SPEAKS_OF_TIME.search(text) else []
    plain = text.casefold()
    weekdays = _weekdays(text) if "day" in plain else []
    return [*clock, *weekdays, *(_seasons(text) if any(month in plain for month in MONTHS) else [])]


def _clock(text: str, *, is_typed: bool) -> list[Moment]:
    """Find the dates and times of day, all of which have figures."""
    found: list[Moment] = []
    for pattern in _DATES:
        for match in pattern.finditer(text):
            if is_typed or match["month"][0].isupper() or match["month"].casefold() not in VERBS:
                found.append(_date(match))
        text = _blanked(text, found)
    found += [one for match in (*_ISO.finditer(text), *_FIGURES.finditer(text)) if (one := _in_figures(match)).values]
    text = _blanked(text, found)
    for pattern in _TIMES:
        times = [_time(match) for match in pattern.finditer(text)]
        text = _blanked(text, times)
        found += times
    return found


def _blanked(text: str, found: list[Moment]) -> str:
    for moment in found:
        text = text.replace(moment.shown, " ", 1)
    return text


def _date(match: re.Match[str]) -> Moment:
    month = _month(match["month"])
    first = int(match["day"])
    last = int(match["last"]) if match["last"] else first
    days = range(first, last + 1) if first <= last else (first, last)
    return Moment("date", match.group().strip(), frozenset((month, day) for day in days))


def _in_figures(match: re.Match[str]) -> Moment:
    """A date in figures: with slashes either order, with dots the day first."""
    one, other = (int(group) for group in match.groups() if group)
    orders = ((other, one),) if "." in match.group() else ((one, other), (other, one))
    values = {(month, day) for month, day in orders if 1 <= month <= 12 and 1 <= day <= 31}
    return Moment("date", match.group(), frozenset(values))


def _month(name: str) -> int:
    return next(number for month, number in MONTHS.items() if month.startswith(name.casefold()[:3]))


def _time(match: re.Match[str]) -> Moment:
    groups = match.groupdict()
    minutes = _minutes(match["hour"], match["minutes"], groups.get("half"))
    if groups.get("from"):
        minutes |= _minutes(match["from"], match["from_minutes"], None)
    return Moment("time", match.group().strip(), frozenset((minute,) for minute in minutes))


def _spoken(text: str, *, is_typed: bool) -> list[Moment]:
    """Find the times of day in words: "half past six", "doors at seven"."""
    found: list[Moment] = []
    for pattern in (*_SPOKEN, _HALF_PAST) if is_typed else _SPOKEN:
        for match in pattern.finditer(text):
            minute = _HOURS[match["hour"].casefold()] * 60 + _QUARTERS.get(match["part"].casefold(), 0)
            found.append(Moment("time", match["shown"], frozenset({(minute % 720,), (minute % 720 + 720,)})))
        text = _blanked(text, found)
    return found


def _minutes(hour: str, minutes: str | None, half: str | None) -> set[int]:
    """The minutes of the day that a clock time may mean: one, or two when nobody said which half of the day."""
    value = int(hour) % 24 * 60 + int(minutes or 0)
    if half:
        return {value % 720 + (720 if half.casefold() == "p" else 0)}
    return {value} if minutes and int(hour) > 12 else {value % 720, value % 720 + 720}


def _weekdays(text: str) -> list[Moment]:
    return [
        Moment("weekday", match.group().strip(), frozenset({(DAYS[_day_of(match)],)}))
        for match in _WEEKDAY.finditer(text)
    ]


def _day_of(match: re.Match[str]) -> str:
    return str(match["day"] or match["met"] or match["timed"]).casefold()


def _seasons(text: str) -> list[Moment]:
    return [
        Moment("month", match.group(), frozenset({(MONTHS[match["month"].casefold()],)}))
        for match in _SEASON.finditer(text)
        if match["month"][0].isupper()
    ]


def weekdays_in(text: str) -> frozenset[int]:
    """Every weekday a brief speaks of, abbreviated or spanned ("Mon-Fri", "weekends", "daily") too."""
    plain = text.casefold()
    if re.search(r"\b(?:daily|every day|seven days|7 days a week|all week|24/7)\b", plain):
        return frozenset(range(7))
    days = {
        number
        for name, number in DAYS.items()
        if re.search(rf"\b(?:{name}|{name[:3]}|{name[:4]}|{name[:5]})s?\b", plain)
    }
    if "weekend" in plain:
        days |= {5, 6}
    if re.search(r"\bweek ?days?\b", plain):
        days |= set(range(5))
    for first, last in re.findall(r"\b([a-z]{3})[a-z]*\.?\s?(?:-|–|to|through)\s?([a-z]{3})[a-z]*", plain):
        ends = [number for name in (first, last) for day, number in DAYS.items() if day.startswith(name)]
        if len(ends) == 2:
            days |= {(ends[0] + step) % 7 for step in range((ends[1] - ends[0]) % 7 + 1)}
    return frozenset(days)


def dated(text: str) -> list[tuple[int, str, str]]:
    """What stands behind a weekday, as "tacos" in "Tuesday tacos": the day, the word in small letters, and both.

    >>> dated("Tuesday tacos, Sundays from 5pm")
    [(1, 'tacos', 'Tuesday tacos')]
    """
    found = _DATED.finditer(text)
    return [(DAYS[one["day"].casefold()], one["what"].casefold(), one.group()) for one in found]


def months_in(text: str) -> frozenset[int]:
    """Every month a brief speaks of, by name, abbreviation or figure."""
    named = {
        number for name, number in MONTHS.items() if re.search(rf"\b(?:{name}|{name[:3]}|{name[:4]})\b", text, re.I)
    }
    return frozenset(named | {value[0] for one in moments(text) if one.kind == "date" for value in one.values})


def as_figures(minute: int) -> frozenset[float]:
    """A minute of the day as a figure with a full stop in it, as many write the time, by either kind of clock.

    >>> sorted(as_figures(19 * 60 + 30))
    [7.3, 19.3]
    """
    hour, rest = divmod(minute, 60)
    return frozenset((hour + rest / 100, (hour % 12 or 12) + rest / 100))
