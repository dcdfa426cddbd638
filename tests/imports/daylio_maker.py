"""Makes what Daylio writes, its table in each form and its backup: nothing here was copied from anywhere."""

import base64
import csv
import io
import json
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from journal_cli.imports.choices import Choices
from journal_cli.imports.source import source_of
from journal_cli.journal.moment import moment

NOW = moment(datetime(2026, 11, 30, 12, tzinfo=UTC), "Europe/Warsaw")
WARSAW = Choices(zone="Europe/Warsaw", now=NOW)

FORMS = {
    "old": ("year", "date", "weekday", "time", "mood", "activities", "note"),
    "usual": ("full_date", "date", "weekday", "time", "mood", "activities", "note_title", "note"),
    "new": ("full_date", "date", "weekday", "time", "mood", "activities", "scales", "note_title", "note"),
}
FIVE = [
    {"id": number, "custom_name": "", "mood_group_id": number, "predefined_name_id": number, "state": 0}
    for number in range(1, 6)
]


@dataclass(frozen=True)
class Felt:
    """A mood as a person remembers it, before any form of any program."""

    mood: str = "good"
    wall: datetime = datetime(2024, 3, 3, 22, 5)  # noqa: DTZ001  # a clock on a wall has no zone
    note: str = ""
    title: str = ""
    activities: tuple[str, ...] = ()
    scales: str = ""


def table(felt: Iterable[Felt], form: str = "usual", *, half_days: bool = False, line_end: str = "\r\n") -> str:
    held = io.StringIO(newline="")
    writer = csv.writer(held, lineterminator=line_end)
    writer.writerow(FORMS[form])
    for one in felt:
        clock = f"{one.wall:%I:%M %p}".lstrip("0").lower() if half_days else f"{one.wall:%H:%M}"
        fields = {
            "year": f"{one.wall:%Y}",
            "full_date": f"{one.wall:%Y-%m-%d}",
            "date": f"{one.wall.day} {one.wall:%B}",
            "weekday": f"{one.wall:%A}",
            "time": clock,
            "mood": one.mood,
            "activities": " | ".join(one.activities),
            "scales": one.scales,
            "note_title": one.title,
            "note": one.note,
        }
        writer.writerow([fields[name] for name in FORMS[form]])
    return held.getvalue()


def day_entry(felt: Felt, mood: int, tags: Iterable[int] = (), zone: str = "Europe/Warsaw", **more: object):
    aware = felt.wall.replace(tzinfo=ZoneInfo(zone))
    east = aware.utcoffset()
    assert east is not None
    return {
        "id": 7,
        "datetime": int(aware.timestamp() * 1000) + 41_432,
        "timeZoneOffset": int(east.total_seconds() * 1000),
        "year": felt.wall.year,
        "month": felt.wall.month - 1,
        "day": felt.wall.day,
        "hour": felt.wall.hour,
        "minute": felt.wall.minute,
        "mood": mood,
        "tags": list(tags),
        "assets": [],
        "note": felt.note,
        "note_title": felt.title,
        "isFavorite": False,
    } | more


def backup_text(entries: Iterable[object], moods: Iterable[object] = FIVE, **more: object) -> str:
    """The document itself; the entries stand before what their numbers mean, as they may."""
    content = {"version": 15, "dayEntries": list(entries), "customMoods": list(moods)} | more
    return json.dumps(content)


def backup(path: Path, document: str, *, breaks: int = 0) -> Path:
    coded = base64.b64encode(document.encode())
    if breaks:
        coded = b"\n".join(coded[start : start + breaks] for start in range(0, len(coded), breaks))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("backup.daylio", coded)
        archive.writestr("assets/photos/1", b"\xff\xd8")
    return path


def given(tmp_path: Path, content: str | bytes, name: str = "daylio_export.csv"):
    path = tmp_path / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return source_of(path)
