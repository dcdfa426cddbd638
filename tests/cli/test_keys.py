"""`passphrase` and `recovery`, by scripts and at a terminal."""

import json
import re
import shlex
from datetime import UTC, date, datetime

import pytest
from key_commands import app, at_terminal
from typer.testing import CliRunner

from journal_cli.cli.desk import Desk
from journal_cli.cli.watching import watch_of
from journal_cli.journal.entry import Filter
from journal_cli.journal.moment import moment
from journal_cli.records import entries, settings
from journal_cli.records.steps import STEP_COUNT, load_steps
from journal_cli.vault import copies, keyfile, recovery, rekey, ring, vault
from journal_cli.vault.slots import CHEAPEST, HIGHEST, STANDARD, STRONG, Bounds

PASSPHRASE = "lantern orchid velvet harbor quartz"
BOUNDS = Bounds(lowest=CHEAPEST, highest=HIGHEST)


def saying(text):
    """A command that prints this."""
    return f"printf %s {shlex.quote(text)}"


@pytest.fixture
def home(tmp_path):
    return tmp_path / "home"


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "journal"


@pytest.fixture
def run(folder, home, journal, monkeypatch):
    """Run a command as a script does; the passphrase and the new one come from commands."""
    monkeypatch.setenv("HOME", str(home))
    assert journal.folder == folder

    def command(*args, secret=PASSPHRASE, new=None, code=0, stdin=b"", **env):
        desk = Desk(folder=folder, clock=journal.clock, cost=CHEAPEST, bounds=BOUNDS)
        surroundings = {"JOURNAL_PASSPHRASE_COMMAND": saying(secret), **env}
        if new is not None:
            surroundings["JOURNAL_NEW_PASSPHRASE_COMMAND"] = saying(new)
        result = CliRunner().invoke(app, list(args), input=stdin, obj=desk, env=surroundings, prog_name="journal")
        assert result.exit_code == code, (result.exit_code, result.stderr)
        return result

    return command


@pytest.fixture
def paper(folder, journal):
    """The recovery key the journal was made with."""
    return ring.recovery.written(vault.unlock(folder, PASSPHRASE, bounds=BOUNDS).master_key)


def slots(run, **named):
    return json.loads(run("passphrase", "list", "--json", **named).stdout)["slots"]


def opened(folder, secret=PASSPHRASE):
    return vault.unlock(folder, secret, bounds=BOUNDS).open(STEP_COUNT, load_steps)


def opens(run, secret, code=0):
    run("list", "--json", secret=secret, code=code)


# The list.


def test_the_list_has_id_label_day_and_cost_and_never_the_words(run) -> None:
    (slot,) = slots(run)
    assert slot.keys() == {"id", "label", "created", "cost"}
    assert len(slot["id"]) == 16
    assert (slot["label"], slot["created"]) == ("", "2026-11-24")
    assert slot["cost"] == {"passes": 1, "memory": 8, "lanes": 1}

    shown = run("passphrase", "list")
    assert slot["id"][:4] in shown.stdout
    assert "opened it just now" in shown.stdout
    assert "lantern" not in shown.stdout + shown.stderr


# Adding.


def test_an_added_passphrase_opens_beside_the_first(run) -> None:
    run("write", stdin=b"an evening")
    run("passphrase", "add", "--label", "at work", new="other words")

    opens(run, PASSPHRASE)
    opens(run, "other words")
    assert [slot["label"] for slot in slots(run)] == ["", "at work"]


def test_without_a_new_passphrase_and_without_a_terminal_nothing_is_added(run, folder) -> None:
    before = {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}
    assert "JOURNAL_NEW_PASSPHRASE_COMMAND" in run("passphrase", "add", code=12).stderr
    assert "JOURNAL_NEW" in run("passphrase", "add", code=12, JOURNAL_NEW_PASSPHRASE_COMMAND="false").stderr
    assert {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()} == before


@pytest.mark.parametrize("new", ["a\0b", "x" * 1025])
def test_what_cannot_be_a_passphrase_is_not_taken_for_one(run, folder, tmp_path, new) -> None:
    """Fault 3."""
    file = tmp_path / "new"
    file.write_bytes(new.encode())
    before = (folder / "keys.json").read_bytes()
    run("passphrase", "add", code=2, JOURNAL_NEW_PASSPHRASE_COMMAND=f"cat {file}")
    run("list", code=11, JOURNAL_PASSPHRASE_COMMAND=f"cat {file}")
    assert (folder / "keys.json").read_bytes() == before


def test_a_name_that_cannot_be_shown_is_refused(run) -> None:
    run("passphrase", "add", "--label", "a\x1b[2J", new="other words", code=2)
    run("passphrase", "add", "--label", "x" * 65, new="other words", code=2)


def test_a_ninth_passphrase_is_refused(run) -> None:
    for number in range(7):
        run("passphrase", "add", new=f"words {number}")
    assert "at most 8" in run("passphrase", "add", new="one more", code=23).stderr
    assert len(slots(run)) == 8


def test_strong_costs_four_times_the_memory_of_the_usual_and_stays_strong(run, folder) -> None:
    run("passphrase", "add", "--label", "s", "--strong", new="strong words")
    _, slot = ring.slots(folder, bounds=BOUNDS)
    assert slot.cost == STRONG
    assert STRONG.memory == 4 * STANDARD.memory
    assert ring.no_weaker(slot.cost, strong=False, usual=CHEAPEST) == STRONG
    assert ring.no_weaker(STANDARD, strong=False, usual=STANDARD) == STANDARD
    assert ring.no_weaker(STANDARD, strong=True, usual=STANDARD) == STRONG


def test_with_the_key_files_gone_the_paper_opens_and_add_makes_them_again(run, folder, paper) -> None:
    """Faults 5 and 6."""
    run("write", stdin=b"an evening")
    identity = vault.unlock(folder, PASSPHRASE, bounds=BOUNDS).journal
    old = (folder / "keys.json").read_bytes()
    for damage in ("gone", "damaged"):
        for name in copies.BOTH:
            (folder / name).unlink(missing_ok=True)
            if damage == "damaged":
                (folder / name).write_bytes(b"{}")
        opens(run, PASSPHRASE, code=13)
        run("init", code=17)
        assert slots(run, secret=paper) == []
        run("passphrase", "change", secret=paper, new="new words", code=13)
        run("passphrase", "add", secret=paper, new=f"new words, {damage}")

        opens(run, f"new words, {damage}")
        opens(run, paper)
        opens(run, PASSPHRASE, code=11)
    opened = vault.unlock(folder, "new words, damaged", bounds=BOUNDS)
    assert (opened.journal, opened.key_epoch) == (identity, 1)
    assert opened.seq > keyfile.from_bytes(old, bounds=BOUNDS).seq
    assert not opened.key_files_missing


def test_key_files_made_again_have_the_epoch_of_the_database(run, folder) -> None:
    paper = run("recovery", "renew", "--yes").stdout.strip()
    for name in copies.BOTH:
        (folder / name).unlink()
    run("passphrase", "add", secret=paper, new="new words")
    assert vault.unlock(folder, "new words", bounds=BOUNDS).key_epoch == 2


def test_what_stood_in_the_place_of_new_key_files_is_kept(run, folder, paper) -> None:
    for name in copies.BOTH:
        (folder / name).write_bytes(b"{}" + name.encode())
    run("passphrase", "add", secret=paper, new="new words")
    kept = {path.name: path.read_bytes() for path in (folder / "recovery").rglob("*") if path.is_file()}
    assert kept == {name: b"{}" + name.encode() for name in copies.BOTH}


# Changing.


def test_after_a_change_the_new_words_open_the_old_do_not_and_the_paper_still_does(run, paper) -> None:
    (before,) = slots(run)
    said = run("passphrase", "change", "--json", new="new words")

    opens(run, "new words")
    opens(run, paper)
    opens(run, PASSPHRASE, code=11)
    assert "still open with the old words" in said.stderr
    answer = json.loads(said.stdout)
    assert answer["slot"]["id"] == before["id"]
    assert (answer["recovery_key"], answer["dropped"]) == (None, [])


def test_an_old_copy_of_the_key_file_still_opens_with_the_old_words_as_it_is_said(run, folder) -> None:
    """Fault 10, the first half: it opens, for the master key is the same."""
    old = {name: (folder / name).read_bytes() for name in copies.BOTH}
    run("list")
    run("passphrase", "change", new="new words")
    for name, content in old.items():
        (folder / name).write_bytes(content)
    opens(run, PASSPHRASE)


def test_another_slot_is_changed_by_its_name_or_by_its_id(run) -> None:
    run("passphrase", "add", "--label", "at work", new="other words")
    run("passphrase", "change", "at work", new="new words")
    opens(run, "new words")
    opens(run, PASSPHRASE)
    opens(run, "other words", code=11)
    id_ = next(slot["id"] for slot in slots(run) if slot["label"] == "at work")
    run("passphrase", "change", id_[:5], new="newer words")
    opens(run, "newer words")
    run("passphrase", "change", "nobody", new="x", code=20)


def test_the_recovery_key_changes_the_only_passphrase_and_asks_which_of_several(run, paper) -> None:
    run("passphrase", "change", secret=paper, new="new words")
    opens(run, "new words")
    run("passphrase", "add", "--label", "at work", secret="new words", new="other words")
    assert "which" in run("passphrase", "change", secret=paper, new="x", code=2).stderr
    run("passphrase", "change", "at work", secret=paper, new="newest words")
    opens(run, "newest words")


def test_two_of_one_name_are_not_guessed_between(run) -> None:
    for words in ("one", "two"):
        run("passphrase", "add", "--label", "twin", new=words)
    run("passphrase", "remove", "twin", "--yes", code=21)


def test_replacing_the_master_key_drops_and_names_what_is_not_at_hand(run, folder, paper) -> None:
    run("write", stdin=b"an evening")
    run("passphrase", "add", "--label", "at work", new="other words")
    said = run("passphrase", "change", "--replace-master-key", "--json", new="new words")

    answer = json.loads(said.stdout)
    assert [slot["label"] for slot in answer["dropped"]] == ["at work"]
    assert "at work" in said.stderr
    opens(run, "new words")
    opens(run, answer["recovery_key"])
    for old in (PASSPHRASE, "other words"):
        opens(run, old, code=11)
    assert "before the change of 2026-11-24" in run("list", secret=paper, code=11).stderr
    assert json.loads(run("list", "--json", secret="new words").stdout)["total"] == 1
    assert len(slots(run, secret="new words")) == 1
    (backup,) = (made for made in (folder / "backups").iterdir() if f"{made.name};" in said.stderr)
    before = vault.unlock(backup, PASSPHRASE, bounds=BOUNDS)
    assert before.master_key == recovery.read(paper)
    with before.open(STEP_COUNT, load_steps) as journal:
        assert entries.count(journal, Filter()) == 1


def test_a_journal_older_than_last_seen_keeps_its_master_key_until_that_is_decided(run, folder, tmp_path) -> None:
    """Another key would make the older copy pass for the newest one."""
    desk_watch = watch_of(vault.unlock(folder, PASSPHRASE, bounds=BOUNDS).journal, date(2026, 11, 24))

    def write(text):
        with vault.unlock(folder, PASSPHRASE, bounds=BOUNDS).open(STEP_COUNT, load_steps, watch=desk_watch) as journal:
            settings.put(journal, "lang", text, moment(datetime(2026, 11, 24, tzinfo=UTC), "UTC"))

    write("en")
    old = (folder / "journal.db").read_bytes()
    write("pl")
    (folder / "journal.db").write_bytes(old)
    run("recovery", "renew", "--yes", code=13)
    run("passphrase", "change", "--replace-master-key", new="new words", code=13)
    assert vault.unlock(folder, PASSPHRASE, bounds=BOUNDS).key_epoch == 1


def test_replacing_under_another_slots_new_words_keeps_those_that_opened(run) -> None:
    run("passphrase", "add", "--label", "at work", new="other words")
    run("passphrase", "change", "at work", "--replace-master-key", new="new words")
    opens(run, PASSPHRASE)
    opens(run, "new words")


def test_a_script_gets_the_new_paper_and_it_counts_as_shown(run, folder) -> None:
    paper = run("recovery", "renew", "--yes").stdout.strip()
    opens(run, paper)
    opens(run, PASSPHRASE)
    with opened(folder) as journal:
        assert not rekey.paper_is_due(journal)


def test_a_new_paper_needs_a_yes_and_with_the_old_paper_new_words(run, paper) -> None:
    run("recovery", "renew", code=23)
    run("recovery", "renew", "--yes", secret=paper, code=12)
    newer = run("recovery", "renew", "--yes", secret=paper, new="new words").stdout.strip()
    opens(run, "new words")
    opens(run, newer)
    opens(run, PASSPHRASE, code=11)


# Removing.


def test_the_last_way_in_cannot_be_removed(run, paper) -> None:
    (slot,) = slots(run)
    for secret in (PASSPHRASE, paper):
        assert "only passphrase" in run("passphrase", "remove", slot["id"], "--yes", secret=secret, code=23).stderr
    opens(run, PASSPHRASE)


def test_the_slot_in_use_may_be_removed_when_another_stays(run) -> None:
    (slot,) = slots(run)
    run("passphrase", "add", new="other words")
    run("passphrase", "remove", slot["id"], code=23)
    removed = json.loads(run("passphrase", "remove", slot["id"], "--yes", "--json").stdout)
    assert removed["removed"]["id"] == slot["id"]
    opens(run, "other words")
    opens(run, PASSPHRASE, code=11)


# The paper.


def bent(paper, *places):
    """The paper with another sign at each of these places."""
    return "".join(("P" if sign == "Q" else "Q") if place in places else sign for place, sign in enumerate(paper))


def test_the_right_paper_is_right_and_opens_nothing(run, folder, paper) -> None:
    before = {path.name: (path.stat().st_atime_ns, path.stat().st_mtime_ns) for path in folder.iterdir()}
    assert json.loads(run("recovery", "test", "--json", secret=paper.lower()).stdout) == {"fits": True}
    assert {path.name: path.stat().st_mtime_ns for path in folder.iterdir()} == {n: m for n, (_, m) in before.items()}
    (folder / "journal.db").unlink()  # as it opens nothing, it misses nothing
    run("recovery", "test", secret=paper)


def test_a_wrong_sign_on_the_paper_is_located(run, paper) -> None:
    """Fault 12."""
    wrong = bent(paper, 6)
    for command in (("recovery", "test"), ("list",)):
        said = run(*command, secret=wrong, code=11).stderr
        assert "group 2, first sign" in said
        assert f"did you mean {paper[6]}?" in said
    several = bent(paper, 6, 14, 21)
    assert "do not fit together" in run("recovery", "test", secret=several, code=11).stderr
    for sign in "O1IB":
        assert "no such sign" in run("recovery", "test", secret=sign + paper[1:], code=11).stderr


def test_the_paper_of_another_journal_or_of_before_is_said_to_be_so(run, paper) -> None:
    """Fault 13."""
    other = ring.recovery.written(bytes(range(32)))
    for command in (("recovery", "test"), ("list",)):
        assert "another journal" in run(*command, secret=other, code=11).stderr
    newer = run("recovery", "renew", "--yes").stdout.strip()
    for command in (("recovery", "test"), ("list",)):
        assert "from before the change of 2026-11-24" in run(*command, secret=paper, code=11).stderr
    run("recovery", "test", secret=newer)


def test_a_passphrase_is_not_taken_for_a_paper(run) -> None:
    assert "recovery key" in run("recovery", "test", code=11).stderr


def test_where_there_is_no_journal_it_is_said(run, tmp_path) -> None:
    desk = Desk(folder=tmp_path / "nowhere", cost=CHEAPEST, bounds=BOUNDS)
    for command in (["passphrase", "list"], ["recovery", "test"], ["recovery", "renew", "--yes"]):
        env = {"JOURNAL_PASSPHRASE_COMMAND": saying(PASSPHRASE)}
        assert CliRunner().invoke(app, command, obj=desk, env=env).exit_code == 10


def test_polish_has_words_for_all_of_it(run, paper) -> None:
    assert "hasło" in run("passphrase", "remove", slots(run)[0]["id"], code=23, JOURNAL_LANG="pl").stderr
    assert "Kartka" in run("recovery", "test", secret=paper, JOURNAL_LANG="pl").stderr


# Words that are right in other bytes, from a pipe.


def test_the_right_words_in_pieces_or_with_a_line_end_open(run, tmp_path) -> None:
    """Fault 2."""
    run("passphrase", "change", new="zażółć gęślą jaźń")
    for number, typed in enumerate(
        (
            "zażółć gęślą jaźń\r\n",
            "zażółć gęślą jaźń\n",
            "zaz\u0307o\u0301łc\u0301 ge\u0328s\u0301la\u0328 jaz\u0301n\u0301",
        )
    ):
        file = tmp_path / f"typed{number}"
        file.write_bytes(typed.encode())
        run("list", JOURNAL_PASSPHRASE_COMMAND=f"cat {file}")


def test_an_empty_passphrase_is_refused(run) -> None:
    """Fault 3."""
    run("list", secret="", code=12)


# Somebody at a terminal.


def test_three_wrong_passphrases_are_three_sentences_and_a_way_out(journal, folder, home, files_of_folder) -> None:
    """Fault 1."""
    before = files_of_folder(folder)
    terminal = at_terminal(folder, home, "list")
    for number in range(3):
        terminal.until("Passphrase: ").hides(f"wrong words {number}")
    terminal.ends()
    assert terminal.code == 11
    assert terminal.said.count("these words do not open this journal") == 3
    assert "recovery key" in terminal.said
    assert "wrong words" not in terminal.said
    assert files_of_folder(folder) == before


@pytest.fixture
def files_of_folder():
    return lambda folder: {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def words_of_one_s_own(terminal, words):
    terminal.until("words of your own").types("2")
    terminal.until("Words of your own: ").hides(words)
    return terminal.until("Once more: ").hides(words)


NEW = "seven quiet rivers under glass"


def test_a_person_changes_the_words_and_declines_another_master_key(run, folder, home, paper) -> None:
    terminal = at_terminal(folder, home, "passphrase", "change")
    terminal.until("Passphrase: ").hides(PASSPHRASE)
    words_of_one_s_own(terminal, NEW)
    terminal.until("Replace the master key too?").types("n").ends()
    assert terminal.code == 0
    assert NEW not in terminal.said
    opens(run, NEW)
    opens(run, paper)
    opens(run, PASSPHRASE, code=11)


def test_a_person_replaces_the_master_key_keeps_others_by_typing_them_and_writes_the_paper(run, folder, home) -> None:
    run("write", stdin=b"an evening")
    run("passphrase", "add", "--label", "at work", new="other words")
    run("passphrase", "add", "--label", "lost", new="lost words")
    terminal = at_terminal(folder, home, "passphrase", "change")
    terminal.until("Passphrase: ").hides(PASSPHRASE)
    words_of_one_s_own(terminal, NEW)
    terminal.until("Replace the master key too?").types("y")
    terminal.until("The words of “at work”").hides("not these")
    terminal.until("The words of “at work”").hides("other words")
    terminal.until("The words of “lost”").hides("")
    terminal.until("Dropped, because their words were not at hand: lost")
    new_paper = written_down(terminal)
    terminal.ends()
    assert terminal.code == 0

    opens(run, NEW)
    opens(run, "other words")
    opens(run, new_paper)
    opens(run, "lost words", code=11)
    with opened(folder, NEW) as journal:
        assert not rekey.paper_is_due(journal)


def written_down(terminal):
    """Copy the recovery key from the screen, and type back the groups that are asked for."""
    terminal.until("Enter when it is on paper").types("")
    screen = terminal.said[terminal.said.rindex("It is shown only now") :]
    groups = re.findall(r"\b[A-Z0-9]{4,5}\b", screen)[:12]
    for _ in range(2):
        terminal.until("(Enter alone shows the key once more)")
        number = int(terminal.said.rpartition("Group ")[2].split()[0])
        terminal.types(groups[number - 1])
    return " ".join(groups)


def test_a_paper_that_was_not_shown_to_the_end_stays_due(run, folder, home) -> None:
    terminal = at_terminal(folder, home, "recovery", "renew")
    terminal.until("Passphrase: ").hides(PASSPHRASE)
    terminal.until("Have paper and a pen ready").types("y")
    terminal.until("Enter when it is on paper").interrupts()
    assert terminal.code == 130
    with opened(folder) as journal:
        assert rekey.paper_is_due(journal)
    run("recovery", "renew", "--yes")
    with opened(folder) as journal:
        assert not rekey.paper_is_due(journal)


def test_a_person_tries_the_paper_until_it_is_right(journal, folder, home, paper) -> None:
    wrong = bent(paper, 0)
    terminal = at_terminal(folder, home, "recovery", "test")
    terminal.until("from the paper: ").hides(wrong)
    terminal.until(f"did you mean {paper[0]}?").until("from the paper: ").hides(paper)
    terminal.until("The paper is right").ends()
    assert terminal.code == 0
    assert paper[:17] not in terminal.said


def test_a_person_takes_a_passphrase_away_or_thinks_better_of_it(run, folder, home) -> None:
    run("passphrase", "add", "--label", "at work", new="other words")
    terminal = at_terminal(folder, home, "passphrase", "remove", "at work")
    terminal.until("Passphrase: ").hides(PASSPHRASE).until("Take away “at work”?").types("n").ends()
    assert terminal.code == 24
    opens(run, "other words")
    terminal = at_terminal(folder, home, "passphrase", "remove", "at work")
    terminal.until("Passphrase: ").hides(PASSPHRASE).until("Take away “at work”?").types("y").ends()
    assert terminal.code == 0
    opens(run, "other words", code=11)


def test_a_person_adds_five_words_under_a_name(run, folder, home) -> None:
    terminal = at_terminal(folder, home, "passphrase", "add")
    terminal.until("Passphrase: ").hides(PASSPHRASE)
    terminal.until("A name for it in the list").types("at home")
    terminal.until("words of your own")
    five = terminal.said.rpartition("five words I choose for you:")[2].split()[:5]
    terminal.types("1").until("Type them once").hides(" ".join(five)).until("These words open").ends()
    opens(run, " ".join(five))
    assert [slot["label"] for slot in slots(run)] == ["", "at home"]
