from window import at, lines, voice

from journal_cli.journal.mood import CheckIn, Mood
from journal_cli.journal.sitting import Sitting
from journal_cli.screen.look import Look
from journal_cli.screen.trash import trash_list


def test_check_ins_and_sittings_in_the_trash_can_be_named_too() -> None:
    told = CheckIn("q4xd0000", at("2026-11-24 08:15"), Mood(-1, 0))
    sat = Sitting("m5ty0000", at("2026-11-23 21:00"), "evening-signals", "Evening signals")

    page = trash_list([], voice(), Look(80), check_ins=[told], sittings=[sat])

    assert lines(page, Look(80)) == [
        "  q4xd  check-in   24 November",
        "  m5ty  Evening signals   23 November",
        "Bring one back:  journal trash restore q4xd",
        "Remove them for good:  journal trash empty",
    ]
