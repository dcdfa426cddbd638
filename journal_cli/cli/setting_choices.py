"""What each setting may be; known without opening anything, so that a shell can offer it."""

from collections.abc import Mapping

from journal_cli.cli.desk import DAYS
from journal_cli.journal.items import NONE
from journal_cli.journal.session import CONTENT_NOTES

ANY = "any"  # of the check-in items: those that touch nothing in particular, in turn

# What each setting may be; one that takes several is written with commas.
CHOICES: Mapping[str, tuple[str, ...]] = {
    "lang": ("en", "pl"),
    "intensity": ("gentle", "steady", "deep"),
    "hidden-notes": CONTENT_NOTES,
    "discreet": ("off", "on"),
    "editor": ("built-in", "own"),
    "quiet-after": ("2", "5", "10", "20", "30", "60", "never"),
    "week-starts": DAYS,
    "page-size": ("a4", "letter"),
    "check-in": (NONE,),  # or ids of the library's check-in items
}
SEVERAL = ("hidden-notes", "check-in")
