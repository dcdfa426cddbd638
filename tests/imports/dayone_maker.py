"""Makes what Day One writes: nothing here was copied from anywhere, and every fact of an entry is chosen by a test."""

import io
import json
import plistlib
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from journal_cli.imports.choices import Choices
from journal_cli.imports.source import source_of
from journal_cli.journal.moment import moment

NOW = moment(datetime(2026, 11, 30, 12, tzinfo=UTC), "Europe/Warsaw")
WARSAW = Choices(zone="Europe/Warsaw", now=NOW)

DEVICE = {
    "creationDevice": "a telephone",
    "creationDeviceModel": "T1,1",
    "creationDeviceType": "T",
    "creationOSName": "iOS",
    "creationOSVersion": "17.1",
}
PLACE = {"latitude": 50.06, "longitude": 19.93, "placeName": "Planty", "localityName": "Kraków", "country": "Poland"}
WEATHER = {"conditionsDescription": "Partly Cloudy", "temperatureCelsius": 11.6, "weatherCode": "partly-cloudy"}


@dataclass(frozen=True)
class Told:
    """An entry as a person remembers it, before any form of any program."""

    text: str
    title: str = ""
    at: datetime = datetime(2024, 3, 3, 11, 48, 50, tzinfo=UTC)
    zone: str = "Europe/Warsaw"
    tags: tuple[str, ...] = ()
    starred: bool = False
    uuid: str = ""
    more: Mapping[str, object] = field(default_factory=dict)


def escaped(text: str) -> str:
    """Write backslashes before signs as Day One does, needed or not."""
    return "".join("\\" + sign if sign in "\\.-!()[]_*`{}+>~|" else sign for sign in text)


def in_json(told: Told) -> dict[str, object]:
    title = f"# {escaped(told.title)}\n\n" if told.title else ""
    entry: dict[str, object] = {
        "uuid": told.uuid,
        "creationDate": told.at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "timeZone": told.zone,
        "text": title + escaped(told.text),
        "starred": told.starred,
        "isPinned": False,
    }
    return entry | ({"tags": list(told.tags)} if told.tags else {}) | dict(told.more)


def document(entries: Iterable[Mapping[str, object]], **how) -> str:
    return json.dumps({"metadata": {"version": "1.0"}, "entries": list(entries)}, **how)


def zipped(path: Path, members: Mapping[str, str | bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def in_plist(told: Told, **more: object) -> bytes:
    title = f"# {told.title}\n\n" if told.title else ""
    content = {
        "UUID": told.uuid,
        "Creation Date": told.at.replace(tzinfo=None),
        "Time Zone": told.zone,
        "Starred": told.starred,
        "Entry Text": title + told.text,
        "Creator": {"Device Agent": "a telephone", "Host Name": "a name"},
    }
    return plistlib.dumps(content | ({"Tags": list(told.tags)} if told.tags else {}) | more)


def in_text(told: Told, *lines: str) -> str:
    """The text export: the local clock and its zone by name, as the program writes it."""
    local = told.at.astimezone(ZoneInfo(told.zone))
    east = local.strftime("%z")
    zone = f"GMT{east[:3]}:{east[3:]}"
    above = "".join(f"\t{line}\n" for line in (f"Date:\t{local.strftime('%d %B %Y at %H:%M:%S')} {zone}", *lines))
    title = f"# {told.title}\n\n" if told.title else ""
    return f"{above}\n{title}{told.text}\n\n"


def given(tmp_path: Path, content: str | bytes, name: str = "Journal.json"):
    path = tmp_path / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return source_of(path)


def zip_bytes(members: Mapping[str, str | bytes]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return held.getvalue()
