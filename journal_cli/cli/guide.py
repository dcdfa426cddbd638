"""The guide: goes through a sitting step by step, and keeps each answer before the next question."""

from contextlib import AbstractContextManager
from dataclasses import replace

from journal_cli.cli import offers, questions, sitting_questions
from journal_cli.cli.consent import gates
from journal_cli.cli.desk import Desk
from journal_cli.cli.drafting import Drafting
from journal_cli.cli.questions import Answer, Left
from journal_cli.cli.safekeeping import kept_in_any_case
from journal_cli.errors import Interrupted, Mistyped, NotWhatItSays
from journal_cli.journal.entry import Asked, Entry, FollowUp, Kind, WholeEntry
from journal_cli.journal.kept_moment import MomentKind
from journal_cli.journal.mood import Mood
from journal_cli.journal.pacing import is_very_unpleasant
from journal_cli.journal.session import Intensity, Prompt, Session, Step, StepKind
from journal_cli.journal.sitting import Sitting, State, past
from journal_cli.journal.text import count_words, is_empty, opening, people, tags
from journal_cli.records import drafts, entries, moments
from journal_cli.records import sittings as shelf
from journal_cli.screen import sittings as screen
from journal_cli.screen.ask import Broken, Question, Stopped, Wish, one_of
from journal_cli.screen.said import View, quiet

FELT = (None, "helping", "round", "much")


class Guide:
    """
    Goes through one sitting.

    It holds the sitting as it stands, because an answer, a signal or the end of input
    can come at any point and whatever was reached by then must be kept.

    Args:
        desk: Where to ask, and where things are kept.
        session: What the sitting goes through.
        sitting: Where it stands.
    """

    def __init__(self, desk: Desk, session: Session, sitting: Sitting) -> None:
        self.desk = desk
        self.session = session
        self.sitting = sitting
        self._used: set[str] = set()
        self._seen = ""  # the prompt that was just shown, when it was offered
        self._settled: set[str] = set()  # entries the person was asked about, whether they stay
        self._eased = False  # True once grounding was offered
        self._draft = Drafting(desk, "")  # of what is being written

    def go(self) -> Sitting:
        """
        Go through the steps until the end, a pause or a stop.

        Raises:
            Interrupted: By a signal; the sitting is paused, and what was written is kept.
            Mistyped, NotWhatItSays: If a pipe gave no answer; the same holds.
        """
        try:
            while step := self.session.step(self.sitting.step):
                self._take(step)
                self._keep(past(self.sitting))
            self._keep(replace(self.sitting, state=State.DONE))
        except Left as left:
            state = State.PAUSED if left.wish is Wish.PAUSE else State.STOPPED
            self._keep(replace(self.sitting, state=state))
            if state is State.STOPPED:
                deep = self.session.intensity is Intensity.DEEP
                offers.before_leaving(self.desk, self._unsettled(), grounding=deep and not self._eased)
        except (KeyboardInterrupt, Interrupted, Mistyped, NotWhatItSays):
            # A signal, or an answer from a pipe that is none: what was reached waits for --resume.
            self._keep(replace(self.sitting, state=State.PAUSED))
            raise
        return self.sitting

    def _take(self, step: Step) -> None:
        if step.kind is StepKind.PROMPT and self._left_out(step):
            self.desk.say(screen.aside(self.desk.words("reflect.left_out"), self.desk.talk_look))
            return
        if step.optional and not self.sitting.prompt and not self._wanted(step):
            return
        if step.kind is StepKind.GROUNDING:
            self._ground(step)
        elif step.kind is StepKind.MOOD:
            self._mood(step)
        elif step.kind is StepKind.PROMPT:
            self._prompt(step)
        elif step.kind is StepKind.NOTE:
            self.desk.say(step.text)
        elif step.kind is StepKind.CLOSING:
            self._close(step)
        elif self.desk.asker.is_person:
            # Offers, not questions of the session: from a pipe the answer is "go on, keep".
            offers.keep(self.desk, self._unsettled()) if step.kind is StepKind.KEEP else offers.pace(self.desk)

    def _wanted(self, step: Step) -> bool:
        there, look = self._there(step) if step.kind is StepKind.PROMPT else [], self.desk.talk_look
        alone = there[0] if len(there) == 1 else None
        # A deep question waits behind the offer; others are shown with it.
        if alone and alone.intensity is not Intensity.DEEP:
            self.desk.say(screen.prompt(alone, look))
            self._seen = alone.id
        text = self.desk.words("reflect.optional")
        return questions.ask(self.desk, Question("optional step", text, _is_yes, one_key=True, own_keys="n")) is True

    def _ground(self, step: Step) -> None:
        there = [self.desk.library.groundings[id_] for id_ in step.use if id_ in self.desk.library.groundings]
        view = screen.grounding_choice(there, self.desk.talk_look, self.desk.words)
        picked = questions.ask(self.desk, Question("grounding", view, one_of(len(there)), one_key=True))
        if picked is not None:
            questions.ground(self.desk, there[picked - 1].lines)

    def _mood(self, step: Step) -> None:
        before = step.when == "before"

        def keep(mood: Mood) -> None:
            self._keep(replace(self.sitting, before=mood) if before else replace(self.sitting, after=mood))

        sitting_questions.mood(self.desk, keep)
        if before and self.desk.asker.is_person:
            self._ease(self.sitting.before)

    def _ease(self, told: Mood | None) -> None:
        """Say what is at hand where it is hard to begin; only before a steady or deep sitting something is asked."""
        hard = is_very_unpleasant(told)
        if hard and self.session.intensity is not Intensity.GENTLE:
            self._eased = True
            instead = offers.gentler(self.desk, self.desk.words("reflect.hard_mood"))
            if instead:
                self._turn_to(instead)
        elif hard or (told and told.cant_tell):
            offers.at_hand(self.desk)

    def _turn_to(self, session: Session) -> None:
        """Go on with another session from its first prompt; the mood that was told stays."""
        first = next(number for number, step in enumerate(session.steps) if step.kind is StepKind.PROMPT)
        self.session = session
        self.sitting = replace(
            past(self.sitting),
            session=session.id,
            title=session.title,
            pack=session.pack,
            version=session.version,
            language=session.language,
            step=first - 1,  # the step that is over now
        )

    def _close(self, step: Step) -> None:
        self._felt()
        for id_ in step.use[:1]:
            closing = self.desk.library.closings.get(id_)
            for line in closing.lines if closing else ():
                self.desk.say(line)

    def _felt(self) -> None:
        """Ask how it was after a steady or deep sitting, where anything was written."""
        if self.session.intensity is Intensity.GENTLE:
            return
        text = self.desk.words("reflect.felt")
        answer = questions.ask(self.desk, Question("how was it", text, one_of(3, empty=0), one_key=True))
        self._keep(replace(self.sitting, felt=FELT[answer or 0]))
        if self.sitting.felt == "round":
            offers.after_round(self.desk, self.session)
        elif self.sitting.felt == "much":
            self._eased = True
            offers.after_too_much(self.desk)

    def _prompt(self, step: Step) -> None:
        """Ask a prompt, or another of its theme when that is wished for, then its follow-ups."""
        prompt = self._chosen(step)
        if prompt and not self.sitting.entry:
            prompt = self._asked(prompt)
        if prompt:
            self._follow(prompt)

    def _asked(self, prompt: Prompt) -> Prompt | None:
        """Ask until something is written or skipped; give the prompt that was answered, if one was."""
        while True:
            self._keep(replace(self.sitting, prompt=prompt.id))
            # Where lines are read one after another, what was just offered is not said twice.
            said = self._seen == prompt.id and self.desk.talk_look.plain
            view = "" if said else screen.prompt(prompt, self.desk.talk_look)
            self._seen = ""
            answer = self._answered(view, prompt.id)
            written = not is_empty(answer.text)
            if written:
                self._keep_answer(prompt, answer.text)
            if answer.wish in {Wish.PAUSE, Wish.STOP}:
                raise Left(answer.wish)
            if answer.wish is not Wish.ANOTHER:
                return prompt if written else None
            prompt = self._another(prompt) or prompt

    def _chosen(self, step: Step) -> Prompt | None:
        library, there = self.desk.library, self._there(step)
        if self.sitting.prompt in library.prompts:
            return library.prompts[self.sitting.prompt]
        if len(there) < 2:
            return there[0] if there else None
        texts = [one.text for one in there]
        question = self.desk.words("reflect.which_prompt")
        picked = sitting_questions.choose(self.desk, "which prompt", texts, question, empty=1)
        return None if picked is None else there[picked]

    def _there(self, step: Step) -> list[Prompt]:
        """
        List the prompts of a step, without those the person would rather not meet.

        What was asked for by name is given: a prompt alone, and, from a pipe, the steps that were told.
        """
        prompts = self.desk.library.prompts
        there = [prompts[id_] for id_ in step.use if id_ in prompts]
        if not self.desk.asker.is_person or self.session.id in step.use:
            return there
        return [one for one in there if not self.desk.hides(one.content_notes)]

    def _left_out(self, step: Step) -> bool:
        """Tell whether all there is to a step is hidden; what was reached before stays within reach."""
        return not self.sitting.prompt and bool(step.use) and not self._there(step)

    def _another(self, prompt: Prompt) -> Prompt | None:
        """Find a prompt of the same theme that was not shown in this sitting and goes no further."""
        self._used |= {prompt.id} | {id_ for step in self.session.steps for id_ in step.use}
        passed = {None, *gates(self.desk, self.session)}
        for other in self.desk.library.prompts.values():
            fits = other.theme == prompt.theme and other.intensity <= self.session.intensity
            if (
                fits
                and other.gate in passed
                and other.id not in self._used
                and not self.desk.hides(other.content_notes)
            ):
                return other
        self.desk.say(self.desk.words("reflect.no_other"))
        return None

    def _follow(self, prompt: Prompt) -> None:
        for number in range(self.sitting.follow_up, len(prompt.follow_ups)):
            self._keep(replace(self.sitting, follow_up=number))
            question = prompt.follow_ups[number]
            view = screen.follow_up(question, self.desk.talk_look, self.desk.words)
            answer = self._answered(view, f"{prompt.id}/{number}")
            with self._in_any_case(answer.text, f"{prompt.id}/{number}"), self.desk.journal.changing():
                if not is_empty(answer.text):
                    at = self.desk.now()
                    entries.add_follow_up(self.desk.journal, self.sitting.entry, FollowUp(question, answer.text), at)
                    self._draft.let_go()
                if answer.wish is not Wish.PAUSE:
                    self._keep(replace(self.sitting, follow_up=number + 1))
            if answer.wish in {Wish.PAUSE, Wish.STOP}:
                raise Left(answer.wish)

    def _answered(self, view: View, place: str) -> Answer:
        """Let the person write; what is unfinished at a pause or a signal stays the draft of this place."""
        self._draft = Drafting(self.desk, place, self.sitting.id)
        self._draft.go_on_from(drafts.latest(self.desk.journal, kind=place, sitting=self.sitting.id))
        try:
            answer = questions.write(self.desk, view, self._draft.first, self._draft.keep)
        except (Stopped, Broken) as cut_off:
            self._draft.settle(cut_off.text)
            raise
        if answer.wish is Wish.PAUSE:
            self._draft.settle(answer.text)
            return replace(answer, text="")
        if is_empty(answer.text):
            self._draft.let_go()
        return answer

    def _in_any_case(self, text: str, place: str) -> AbstractContextManager[None]:
        """Save inside; a text that the journal cannot take waits sealed, as the draft of its place."""
        return kept_in_any_case(self.desk, text, place, self.sitting.id)

    def _keep_answer(self, prompt: Prompt, text: str) -> None:
        """Keep an answer and the place reached, both or neither."""
        entry = Entry(
            id=self.desk.new_id(),
            written_at=self.desk.now(),
            kind=Kind.ANSWER,
            word_count=count_words(text),
            opening=opening(text),
            theme=prompt.theme,
            session=self.session.id,
            session_title=self.session.title,
            sitting=self.sitting.id,
            asked=Asked(prompt.pack, prompt.version, prompt.language, prompt.id, prompt.text),
            tags=tags(text),
            people=people(text),
            private=prompt.private or self.session.private,
        )
        with self._in_any_case(text, prompt.id), self.desk.journal.changing():
            entries.add(self.desk.journal, WholeEntry(entry, text))
            self._keep_moment(prompt, entry)
            self._draft.let_go()
            self._keep(replace(self.sitting, entry=entry.id))
        self.desk.say(quiet(self.desk.words("reflect.kept_at", time=self.desk.words.clock(entry.written_at))))

    def _keep_moment(self, prompt: Prompt, entry: Entry) -> None:
        """Keep that an answer is a moment, if the prompt says so; a kinder line answers its first further question."""
        if prompt.moment:
            kinder = prompt.follow_ups[0] if prompt.moment is MomentKind.KINDNESS and prompt.follow_ups else None
            moments.keep(self.desk.journal, entry.id, prompt.moment, kinder, entry.written_at)

    def _unsettled(self) -> list[Entry]:
        """List what was written in this sitting and not asked about yet, whether it stays."""
        written = [one for one in shelf.entries_of(self.desk.journal, self.sitting.id) if one.id not in self._settled]
        self._settled |= {one.id for one in written}
        return written

    def _keep(self, sitting: Sitting) -> None:
        shelf.save(self.desk.journal, sitting, self.desk.now())
        self.sitting = sitting


def _is_yes(typed: str) -> bool:
    """Read `y`, or `t` for tak; anything else is a no."""
    return typed.strip().lower() in {"y", "t"}
