"""`journal` alone: a welcome, or today in a few lines; what could be next, never what was missed."""

from datetime import timedelta


def test_where_there_is_no_journal_there_is_a_welcome(no_journal, tmp_path) -> None:
    said = no_journal(JOURNAL_PASSPHRASE_COMMAND="/no/such/program")

    assert "journal init" in said.stdout
    assert "journal demo" in said.stdout
    assert list(tmp_path.iterdir()) == []


def test_today_in_a_few_lines(journal) -> None:
    page = journal().stdout

    assert page.startswith("Tuesday 24 November\n")
    assert "journal reflect" in page
    assert len(page.splitlines()) <= 6


def test_what_was_written_today_and_what_waits_is_there(journal) -> None:
    journal("write", "--at", "yesterday 21:00", input="Yesterday.")
    journal("write", input="One.")
    assert "1 entry today" in journal().stdout
    journal("write", input="Two.")
    journal("reflect", "evening-signals", input=":p\n")
    page = journal().stdout

    assert "2 entries today" in page
    assert "Evening signals waits where you left it:  journal reflect --resume" in page


def test_a_long_absence_is_not_mentioned(journal) -> None:
    journal("write", input="Long ago.")
    journal.clock.now += timedelta(days=90)
    page = journal().stdout.lower()

    for word in ("miss", "streak", "days ago", "since", "last", "due", "late"):
        assert word not in page, word


def test_the_answer_is_on_stdout_and_an_empty_day_says_nothing_of_it(journal) -> None:
    said = journal()

    assert said.stderr == ""
    assert "0 entries" not in said.stdout
