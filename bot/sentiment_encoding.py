"""A file's bytes as lines of text, in whichever encoding and however long; or a sentence that says why not."""

import codecs
import re
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from io import BufferedReader, TextIOWrapper
from pathlib import Path
from typing import NamedTuple

from model.sentiment_language import language_of

SAMPLE = 1 << 18
"""Bytes at a file's beginning that its encoding is told by."""
LINE_LIMIT = 4_000_000
"""Characters; of a longer line the rest is passed over."""

MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32", "UTF-32"),  # before UTF-16, whose mark begins it
    (codecs.BOM_UTF32_BE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF8, "utf-8-sig", "UTF-8"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
)
OTHER_FILES = (
    (b"PK\x03\x04", "an Excel workbook or another ZIP file"),
    (b"\xd0\xcf\x11\xe0", "an old Excel or Word file"),
    (b"%PDF", "a PDF"),
    (b"\x1f\x8b", "a gzip file"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"PAR1", "a Parquet file"),
    (b"SQLite format 3\0", "an SQLite database"),
)
EMPTY = "{name} is empty."
OTHER = "{name} is {kind}. Save it as CSV (UTF-8) and try again."
BINARY = "{name} is no text: it is full of NUL bytes. A TXT, CSV or TSV file is expected."
UNKNOWN = "{name} isn't UTF-8, and its encoding can't be told. Save it as CSV (UTF-8) and try again."
UNREADABLE = "{name} can't be read: {reason}."
FEW_NULS, FEW_NULS_SHARE = 3, 0.01
FEW_FOREIGN, FOREIGN_SHARE = 20, 0.3
"""Western text has fewer accented letters than this share; what has more is in another alphabet."""
GUESSED = {"cp1252": "Windows-1252", "cp1250": "Windows-1250", "cp1254": "Windows-1254", "cp1257": "Windows-1257"}
"""The encodings of a byte a letter that differ in the accents of a few languages, and what people call them."""
_MIXED = "copydesk.windows"
# What tells them: the language of the lines that have accents.
_BY_LANGUAGE = {**dict.fromkeys(("cs", "hr", "hu", "pl", "ro", "sk"), "cp1250"), "tr": "cp1254", "lt": "cp1257"}
_LINES = 200
# Bytes that are accented letters in MS-DOS's or the Mac's encoding, and in Windows' never follow a small letter.
_OF_DOS, _OF_MAC = re.compile(rb"[a-z][\x81\x82\x84\x87]"), re.compile(rb"[a-z](?:[\x8d-\x8f\x9f]|\xd5[a-z])")
_OF_WINDOWS = re.compile(rb"[a-z][\xe0-\xff]")


class SourceError(Exception):
    """A file or a text can't be read; the message is a sentence that says what to do."""


class Encoding(NamedTuple):
    """How bytes are read: Python's name and error handler, and what people call it."""

    codec: str
    errors: str
    shown: str


def detect(sample: bytes, name: str) -> Encoding:
    """The encoding of a file by its beginning; raises SourceError when it is no text.

    In this order: a byte order mark; UTF-16 by where its NULs stand; UTF-8, any stray byte in it as Windows-1252;
    Mac Roman where lines end with CR alone, or where its accents say so; MS-DOS's 850 by its accents; else one of
    Windows' by the language of the lines that have accents. charset-normalizer, which looks at how letters go
    together, makes Latin-6 of French and Windows-1250 of English with a “café”.
    """
    if not sample:
        raise SourceError(EMPTY.format(name=name))
    for begins, kind in OTHER_FILES:
        if sample.startswith(begins):
            raise SourceError(OTHER.format(name=name, kind=kind))
    for mark, codec, shown in MARKS:
        if sample.startswith(mark):
            return Encoding(codec, _mixed() if codec == "utf-8-sig" else "replace", shown)
    if wide := _unmarked_wide(sample):
        return Encoding(wide, "replace", "UTF-16")
    if sample.count(0) > max(FEW_NULS, FEW_NULS_SHARE * len(sample)):
        raise SourceError(BINARY.format(name=name))
    return _narrow(sample, name)


def _unmarked_wide(sample: bytes) -> str:
    """UTF-16 without a mark: the NULs of its Latin letters all stand on one side."""
    half = len(sample) // 2
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if half and odd > 0.3 * half and even < 0.05 * half:
        return "utf-16-le"
    return "utf-16-be" if half and even > 0.3 * half and odd < 0.05 * half else ""


def _narrow(sample: bytes, name: str) -> Encoding:
    # A letter that the sample's end cuts in two is no fault, which the incremental decoder knows.
    decoded = codecs.getincrementaldecoder("utf-8")("ignore").decode(sample)
    valid = sum(len(letter.encode()) for letter in re.findall(r"[^\x00-\x7f]", decoded))
    stray = len(re.findall(rb"[\x80-\xff]", sample)) - valid
    if stray <= valid:
        return Encoding("utf-8", _mixed(), "UTF-8")
    letters = len(re.findall(rb"[A-Za-z\x80-\xff]", sample))
    if stray > FEW_FOREIGN and stray > FOREIGN_SHARE * letters:
        raise SourceError(UNKNOWN.format(name=name))
    if b"\n" not in sample and b"\r" in sample:
        return Encoding("mac_roman", "replace", "Mac Roman")
    codec, shown = _of_accents(sample)
    return Encoding(codec, "replace", shown)


def _of_accents(sample: bytes) -> tuple[str, str]:
    """The encoding of a byte a letter by which letters are accented, and what it is called."""
    counted = {
        ("cp1252", "Windows-1252"): len(_OF_WINDOWS.findall(sample)),
        ("cp850", "MS-DOS 850"): len(_OF_DOS.findall(sample)),
        ("mac_roman", "Mac Roman"): len(_OF_MAC.findall(sample)),
    }
    likely = max(counted, key=lambda one: counted[one])
    if likely[0] != "cp1252":
        return likely
    some = b"\n".join([line for line in sample.splitlines() if not line.isascii()][:_LINES])
    codec = _by_language(some, "cp1252")
    # The letters that a wrong encoding makes may look like a language: what it is read as must say the same.
    codec = codec if _by_language(some, codec) == codec else "cp1252"
    return codec, GUESSED[codec]


def _by_language(lines: bytes, codec: str) -> str:
    return _BY_LANGUAGE.get(language_of(lines.decode(codec, "ignore")), "cp1252")


def _mixed() -> str:
    """The name of the error handler that reads what is no UTF-8 as Windows-1252."""

    def windows(error: UnicodeError) -> tuple[str, int]:
        if not isinstance(error, UnicodeDecodeError):
            raise error
        return error.object[error.start : error.end].decode("cp1252", "replace"), error.end

    codecs.register_error(_MIXED, windows)
    return _MIXED


class Line(NamedTuple):
    """A line with its ending, and whether it was so long that it was cut."""

    text: str
    is_cut: bool


@dataclass(slots=True)
class Text:
    """A text file that can be read from its beginning as often as one likes; `position` counts bytes."""

    path: Path
    name: str
    encoding: Encoding
    total: int
    position: int = 0

    def lines(self) -> Generator[Line]:
        """Every line; raises SourceError when the disk fails."""
        self.position = 0
        try:
            with self.path.open("rb") as file:
                wrapped = TextIOWrapper(file, encoding=self.encoding.codec, errors=self.encoding.errors, newline="")
                yield from self._lines(file, wrapped)
        except OSError as error:
            raise SourceError(UNREADABLE.format(name=self.name, reason=error.strerror)) from error
        self.position = self.total

    def _lines(self, file: BufferedReader, wrapped: TextIOWrapper) -> Iterator[Line]:
        while line := wrapped.readline(LINE_LIMIT):
            is_cut, rest = False, line
            while len(rest) >= LINE_LIMIT and not rest.endswith(("\n", "\r")):
                rest = wrapped.readline(LINE_LIMIT)
                is_cut = is_cut or bool(rest.strip("\r\n"))
            self.position = file.tell()
            yield Line(line, is_cut)


def open_text(path: Path, name: str = "") -> Text:
    """A file as text; raises SourceError for one that can't be read or is none."""
    name = name or path.name
    try:
        total = path.stat().st_size
        with path.open("rb") as file:
            sample = file.read(SAMPLE)
    except OSError as error:
        raise SourceError(UNREADABLE.format(name=name, reason=error.strerror)) from error
    except ValueError as error:  # a NUL in the path
        raise SourceError(UNREADABLE.format(name=repr(name), reason=error)) from error
    return Text(path, name, detect(sample, name), total)
