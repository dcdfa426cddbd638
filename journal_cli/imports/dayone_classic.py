"""Day One's older forms: a property list for each entry (`.doentry`), and plain text with a `Date:` line above each."""

import plistlib
import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time
from typing import Any
from xml.parsers.expat import ExpatError

from journal_cli.errors import Mistyped, NotWhatItSays
from journal_cli.imports.arrival import Arrival
from journal_cli.imports.choices import Choices, wall_moment
from journal_cli.imports.dayone_entry import entry_of, minutes_east
from journal_cli.imports.source import Source
from journal_cli.journal.moment import Moment, fixed_moment

LARGEST_ENTRY = 64 * 1024 * 1024  # bytes of one .doentry

_NAMES = {
    "UUID": "uuid",
    "Creation Date": "creationDate",
    "Time Zone": "timeZone",
    "Starred": "starred",
    "Entry Text": "text",
    "Tags": "tags",
    "Creator": "creator",
    "Activity": "userActivity",
    "Music": "music",
}
_PLACE = {
    "Place Name": "placeName",
    "Locality": "localityName",
    "Administrative Area": "administrativeArea",
    "Country": "country",
    "Latitude": "latitude",
    "Longitude": "longitude",
}
_WEATHER = {"Description": "conditionsDescription", "Celsius": "temperatureCelsius"}

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ABOVE = re.compile(r"\t(?P<name>[A-Z][A-Za-z]{1,20}):\t(?P<said>.*)\n?")
_DATE = re.compile(
    r"(?:(?P<day>\d{1,2})\.? (?P<month>[A-Za-z]{3,9})\.?|(?P<month2>[A-Za-z]{3,9})\.? (?P<day2>\d{1,2}))"
    r",? (?P<year>\d{4})"
    r"(?:,? (?:at )?(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?:[:.](?P<second>\d{2}))?(?: ?(?P<half>[AaPp])\.?[Mm]\.?)?"
    r"(?: (?P<zone>\S{1,12}))?)?"
)
_MEDIA = {"photo": "photo", "video": "video", "audio": "audio", "pdf": "pdf"}
_ELSEWHERE = {"location": "location", "weather": "weather", "activity": "activity", "music": "music"}


def entry_file(source: Source, choices: Choices, *, has_photo: bool = False) -> Arrival:
    """
    Read one `.doentry`.

    Args:
        source: The file.
        choices: What was decided.
        has_photo: True if there is a photo of its name beside it.

    Raises:
        NotWhatItSays: If it is no property list of an entry.
    """
    try:
        found = plistlib.loads(source.whole(LARGEST_ENTRY), fmt=plistlib.FMT_XML)
    except (
        plistlib.InvalidFileException,
        ExpatError,
        ValueError,
        LookupError,
        TypeError,
        AttributeError,
        RecursionError,
    ):
        found = None
    if not isinstance(found, Mapping):
        raise NotWhatItSays("{file} is no entry of Day One", file=source.path, hint="nothing was imported")
    entry: dict[str, Any] = {
        _NAMES.get(str(name), str(name)): value for name, value in found.items() if name not in {"Location", "Weather"}
    }
    for name, known in (("Location", _PLACE), ("Weather", _WEATHER)):
        if isinstance(inner := found.get(name), Mapping):
            entry[name.lower()] = {known.get(key, key): value for key, value in inner.items()}
    if isinstance(warmth := entry.get("weather", {}).get("temperatureCelsius"), str) and warmth.lstrip("-").isdecimal():
        entry["weather"]["temperatureCelsius"] = int(warmth)
    if has_photo:
        entry["photos"] = [{}]
    return entry_of(entry, choices)


def text_entries(source: Source, choices: Choices) -> Iterator[Arrival]:
    """
    Read the entries of a text export; what stands above the first `Date:` is an entry without a date.

    Only the lines just below `Date:` that look like it are taken for more of the same (`Weather:`, `Photo:`).
    """
    above: dict[str, list[str]] = {}
    text: list[str] = []
    is_above = False
    for line in source.lines():
        said = _ABOVE.fullmatch(line)
        if said and said["name"] == "Date":
            if above or "".join(text).strip():
                yield _text_entry(above, text, choices)
            above, text, is_above = {"Date": [said["said"].strip()]}, [], True
        elif is_above and said:
            above.setdefault(said["name"], []).append(said["said"].strip())
        else:
            is_above = False
            text.append(line)
    if above or "".join(text).strip():
        yield _text_entry(above, text, choices)


def _text_entry(above: Mapping[str, list[str]], text: list[str], choices: Choices) -> Arrival:
    entry: dict[str, object] = {"text": "".join(text).strip("\n")}
    kept: list[str] = []
    for label, said in above.items():
        name = label.lower()
        if name == "date":
            at, is_plain = _read_date(said[0], choices)
            if at is None:
                kept.extend(said)  # a date in words nobody here knows is worth more as text than as nothing
            else:
                entry["creationDate"], entry["clock"] = at, not is_plain
        elif name in _MEDIA:
            entry[f"{_MEDIA[name]}s" if name != "pdf" else "pdfAttachments"] = [{} for _ in said]
        elif name == "tags":
            entry["tags"] = [tag for one in said for tag in one.split(",")]
        elif name in _ELSEWHERE:
            where = "placeName" if name == "location" else "conditionsDescription"
            entry[_ELSEWHERE[name]] = {where: ", ".join(said)}
        else:
            kept.extend(f"{label}: {one}" for one in said)
    if kept:
        entry["text"] = "\n".join([str(entry["text"]), "", *kept]).strip("\n")
    return entry_of(entry, choices)


def _read_date(said: str, choices: Choices) -> tuple[Moment | None, bool]:
    """
    Read `15 January 2024 at 00:00:00 GMT` or `March 3, 2021 at 12:48 PM`; a day without a time is its noon.

    Returns:
        The moment, and whether the clocks there showed this time just once.
    """
    read = _DATE.fullmatch(re.sub(r"[\s\u202f]+", " ", said))
    if not read:
        return None, True
    month = (read["month"] or read["month2"]).lower()[:3]
    hour, half = int(read["hour"] or 12), (read["half"] or "").lower()
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    try:
        day = date(int(read["year"]), _MONTHS.index(month) + 1, int(read["day"] or read["day2"]))
        wall = datetime.combine(day, time(hour, int(read["minute"] or 0), int(read["second"] or 0)))
        east = minutes_east(read["zone"] or "")
        # A zone in letters (CET, EST) names several zones; the clock on the wall is then the one of the choices.
        return wall_moment(wall, choices.zone) if east is None else (fixed_moment(wall, east, choices.zone), True)
    except (Mistyped, ValueError, OverflowError):
        return None, True
