"""Looking at what somebody gave, question by question: it is taken, changed, or left out."""

from dataclasses import dataclass, field, replace

from journal_cli.cli import questions
from journal_cli.cli.desk import Desk
from journal_cli.cli.questions import Left
from journal_cli.errors import Mistyped
from journal_cli.journal.library import Pack
from journal_cli.journal.session import Prompt
from journal_cli.journal.text import is_empty
from journal_cli.packs.homework import notes_around
from journal_cli.packs.source import FORBIDDEN
from journal_cli.packs.table import LONGEST_TEXT
from journal_cli.screen import homework as screen
from journal_cli.screen.ask import Question, Wish, key_of, yes_no
from journal_cli.screen.said import View, quiet
from journal_cli.screen.sittings import aside

TAKE, CHANGE, LEAVE = "", "e", "n"
KEYS = {"y": TAKE, "t": TAKE, "z": CHANGE}  # what else may be typed: yes, tak, zmień


@dataclass(frozen=True, slots=True)
class Taken:
    """
    What of a pack was taken.

    Args:
        pack: All of it, with what was changed.
        left_out: Ids of the prompts that stay out.
        hidden: Those of them that stay out for their content notes, unseen.
        declined: True if a pack without prompts was left.
    """

    pack: Pack = field(repr=False)
    left_out: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    declined: bool = False

    @property
    def anything(self) -> bool:
        """True if there is anything to keep."""
        return not self.declined and (not self.pack.prompts or len(self.left_out) < len(self.pack.prompts))


def everything(desk: Desk, pack: Pack) -> Taken:
    """Take all of it but what the person hides; nothing is asked."""
    hidden = tuple(one.id for one in pack.prompts if _hidden(desk, pack, one))
    return Taken(pack, hidden, hidden)


def by_hand(desk: Desk, pack: Pack) -> Taken:
    """
    Show each question, and let the person decide.

    Raises:
        Left: If the person pauses or stops.
    """
    if not pack.prompts:
        return Taken(pack, declined=not _wanted(desk, pack))
    desk.say(quiet(desk.words("packs.add.intro")))
    total = len(pack.prompts)
    stands: list[Prompt] = []
    left_out: list[str] = []
    hidden: list[str] = []
    for number, one in enumerate(pack.prompts, start=1):
        if _hidden(desk, pack, one) and not _looked_at(desk, pack, one, number):
            hidden.append(one.id)
            chosen = None
        else:
            chosen = _decided(desk, one, number, total)
        stands.append(chosen or one)
        left_out += [] if chosen else [one.id]
    return Taken(replace(pack, prompts=tuple(stands)), tuple(left_out), tuple(hidden))


def _hidden(desk: Desk, pack: Pack, one: Prompt) -> bool:
    return desk.hides((*one.content_notes, *notes_around(pack)))


def _wanted(desk: Desk, pack: Pack) -> bool:
    words = desk.words
    told = words("packs.add.no_questions", facts=screen.facts(pack, words))
    desk.say(screen.talk(told, desk.talk_look))
    return questions.ask(desk, yes_no("yes or no", words("packs.add.whole_keys"))) == "y"


def _looked_at(desk: Desk, pack: Pack, one: Prompt, number: int) -> bool:
    """Say what a hidden question touches; True if the person wants to see it all the same."""
    words, look = desk.words, desk.talk_look
    notes = [note for note in (*one.content_notes, *notes_around(pack)) if desk.hides([note])]
    desk.say(screen.hidden_question(notes, number, len(pack.prompts), words, look))
    keys = aside(words("packs.add.hidden_keys"), look)
    return questions.ask(desk, Question("yes or no", keys, key_of("yt"), one_key=True)) in {"y", "t"}


def _decided(desk: Desk, one: Prompt, number: int, total: int) -> Prompt | None:
    """Show a question and ask what becomes of it; None if it is left out."""
    words, look = desk.words, desk.talk_look
    keys = aside(words("packs.add.keys"), look)
    while True:
        desk.say(screen.question(one, number, total, words, look))
        answer = questions.ask(desk, Question("yes or no", keys, _key, one_key=True, own_keys=LEAVE))
        if answer != CHANGE:
            return one if answer == TAKE else None
        changed = _changed(desk, one)
        if changed is None:
            return None
        one = changed


def _key(typed: str) -> str:
    key = typed.strip().lower()
    key = KEYS.get(key, key)
    if key not in {TAKE, CHANGE, LEAVE}:
        raise Mistyped("Enter or one of these, please: {keys}", keys="y e n q")
    return key


def _changed(desk: Desk, one: Prompt) -> Prompt | None:
    """Let the person change a question and its follow-ups; None if nothing is left of the question."""
    words, look = desk.words, desk.talk_look
    text = _text(desk, screen.talk(words("packs.add.change"), look, "quiet"), one.text)
    if is_empty(text):
        return None
    heading = screen.talk(words("packs.add.change_follow_up"), look, "quiet")
    follow_ups = (_text(desk, heading, follow_up) for follow_up in one.follow_ups)
    return replace(one, text=text, follow_ups=tuple(text for text in follow_ups if not is_empty(text)))


def _text(desk: Desk, heading: View, first: str) -> str:
    """
    Let the person change a text; skipping leaves it as it is.

    Raises:
        Left: If the person pauses or stops.
    """
    text = first
    while True:
        answer = questions.write(desk, heading, text)
        if answer.wish in {Wish.PAUSE, Wish.STOP}:
            raise Left(answer.wish)
        if answer.wish:
            return first
        text = FORBIDDEN.sub("", answer.text).strip()
        if len(text) <= LONGEST_TEXT:
            return text
        desk.say(screen.talk(desk.words("packs.add.too_long", most=LONGEST_TEXT), desk.talk_look))
