"""Slack's limits for rich text, tables and charts."""

from typing import Any

from bot.playground.limits import (
    LONGEST_URL,
    Field,
    Problems,
    Rule,
    Shape,
    boolean,
    characters,
    choice,
    integer,
    listing,
    number,
    required,
    shaped,
    string,
    typed,
)

MOST_COLUMNS = 20
MOST_TABLE_ROWS = 100
MOST_DATA_ROWS = 101  # a newer page of Slack's says 201; the smaller number is safe
LONGEST_TABLE = 10_000
MOST_SERIES = 6  # others measured 12; likewise
MOST_POINTS = 20
LONGEST_LABEL = 20
LONGEST_TITLE = 50

STYLE = Field(
    shaped(
        {
            name: Field(boolean)
            for name in ("bold", "italic", "strike", "code", "underline", "highlight", "client_highlight", "unlink")
        }
    )
)
INLINE: dict[str, Shape] = {
    "text": {"text": required(string()), "style": STYLE},
    "link": {
        "url": required(string(LONGEST_URL)),
        "text": Field(string()),
        "unsafe": Field(boolean),
        "style": STYLE,
    },
    "user": {"user_id": required(string()), "style": STYLE},
    "usergroup": {"usergroup_id": required(string()), "style": STYLE},
    "channel": {"channel_id": required(string()), "style": STYLE},
    "team": {"team_id": required(string()), "style": STYLE},
    "emoji": {
        "name": required(string()),
        "unicode": Field(string()),
        "skin_tone": Field(integer(1, 6)),
        "url": Field(string()),
        "style": STYLE,
    },
    "date": {
        "timestamp": required(number),
        "format": required(string()),
        "url": Field(string()),
        "link": Field(string()),
        "fallback": Field(string()),
        "style": STYLE,
    },
    "broadcast": {"range": required(choice("here", "channel", "everyone")), "style": STYLE},
    "color": {"value": required(string()), "style": STYLE},
}
LINE = required(listing(typed(INLINE), most=3000, least=0))
BORDER = Field(integer(0, 1))
SECTION: Shape = {"elements": LINE}
RICH: dict[str, Shape] = {
    "rich_text_section": SECTION,
    "rich_text_quote": {"elements": LINE, "border": BORDER},
    "rich_text_preformatted": {"elements": LINE, "border": BORDER, "language": Field(string())},
    "rich_text_list": {
        "elements": required(listing(typed({"rich_text_section": SECTION}), most=1000)),
        "style": required(choice("bullet", "ordered")),
        "indent": Field(integer(0, 8)),
        "offset": Field(integer(0, 100_000)),
        "border": BORDER,
    },
}
RICH_TEXT: Shape = {"elements": required(listing(typed(RICH), most=1000))}

RAW: dict[str, Shape] = {
    "raw_text": {"text": required(string())},
    "raw_number": {"value": required(number), "text": Field(string())},
}
CELLS: dict[str, Shape] = {**RAW, "rich_text": {**RICH_TEXT, "block_id": Field(string())}}
COLUMN = shaped({"align": Field(choice("left", "center", "right")), "is_wrapped": Field(boolean)})


def column(problems: Problems, pointer: str, value: Any) -> None:
    """Allow one column's settings; null leaves a column as it is."""
    if value is not None:
        COLUMN(problems, pointer, value)


def rows(most: int, least: int) -> Rule:
    """Return the rule for a table's rows."""
    return listing(listing(typed(CELLS), MOST_COLUMNS), most, least)


TABLE: Shape = {
    "rows": required(rows(MOST_TABLE_ROWS, least=1)),
    "column_settings": Field(listing(column, MOST_COLUMNS, least=0)),
}
DATA_TABLE: Shape = {
    "rows": required(rows(MOST_DATA_ROWS, least=2)),
    "caption": required(string()),
    "page_size": Field(integer(1, 100)),
    "row_header_column_index": Field(integer(0, MOST_COLUMNS - 1)),
}

POINT = shaped({"label": required(string(LONGEST_LABEL)), "value": required(number)})
SERIES = shaped({"name": required(string(LONGEST_LABEL)), "data": required(listing(POINT, MOST_POINTS))})
AXES = shaped(
    {
        "categories": required(listing(string(LONGEST_LABEL), MOST_POINTS)),
        "x_label": Field(string(LONGEST_TITLE)),
        "y_label": Field(string(LONGEST_TITLE)),
    }
)
PLOT: Shape = {"series": required(listing(SERIES, MOST_SERIES)), "axis_config": required(AXES)}
CHARTS: dict[str, Shape] = {
    "pie": {"segments": required(listing(POINT, MOST_SERIES))},
    "bar": PLOT,
    "area": PLOT,
    "line": PLOT,
}


def chart_whole(problems: Problems, pointer: str, chart: dict[str, Any]) -> None:
    """Check that slices are positive, series have different names, and points sit on the categories."""
    if problems.found:
        return
    if chart["type"] == "pie":
        if any(segment["value"] <= 0 for segment in chart["segments"]):
            problems.add(f"{pointer}/segments", "values must be greater than 0")
        return
    names = [series["name"] for series in chart["series"]]
    if len(set(names)) < len(names):
        problems.add(f"{pointer}/series", "names must be unique")
    categories = chart["axis_config"]["categories"]
    for index, series in enumerate(chart["series"]):
        if [point["label"] for point in series["data"]] != categories:
            problems.add(f"{pointer}/series/{index}/data", "labels must match axis_config.categories")


DATA_VISUALIZATION: Shape = {
    "title": required(string(LONGEST_TITLE)),
    "chart": required(typed(CHARTS, extra=chart_whole)),
}


def table_whole(problems: Problems, pointer: str, table: dict[str, Any]) -> None:
    """Check that a table's rows are equally long, its header is plain, and its text is short enough."""
    if problems.found:
        return
    if len({len(row) for row in table["rows"]}) > 1:
        problems.add(f"{pointer}/rows", "all rows must have the same number of cells")
    if table["type"] == "data_table" and any(cell["type"] == "rich_text" for cell in table["rows"][0]):
        problems.add(f"{pointer}/rows/0", "header cells can't be rich_text")
    if characters(table["rows"]) > LONGEST_TABLE:
        problems.add(f"{pointer}/rows", f"must be less than {LONGEST_TABLE + 1} characters in all cells")
