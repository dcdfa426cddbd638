"""What the machine says about its time zone and its language."""

import os
from pathlib import Path

LOCALTIME = Path("/etc/localtime")
TIMEZONE = Path("/etc/timezone")


def zone_name() -> str:
    """Give the IANA name of the machine's time zone; `UTC` if it does not say."""
    named = os.environ.get("TZ", "").lstrip(":")
    if named and not named.startswith("/"):
        return named
    if LOCALTIME.is_symlink():
        target = str(LOCALTIME.readlink())
        if "zoneinfo/" in target:
            return target.split("zoneinfo/", 1)[1].removeprefix("posix/")
    try:
        return TIMEZONE.read_text(encoding="utf-8").strip() or "UTC"
    except OSError:
        return "UTC"


def language() -> str:
    """Give the language of the locale: `pl` or `en`."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(name):
            return "pl" if value.lower().startswith("pl") else "en"
    return "en"
