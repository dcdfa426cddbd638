"""The conversation of a questionnaire: what is said first, then item by item from the form the person has."""

import difflib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from journal_cli.cli import hard_hour, questions
from journal_cli.cli.desk import Desk
from journal_cli.cli.questions import Left
from journal_cli.errors import Mistyped, NotFound, NotWhatItSays
from journal_cli.insight.measures import change
from journal_cli.journal.moment import Moment
from journal_cli.journal.questionnaire import Form, Item, Questionnaire, Result
from journal_cli.packs.forms import read_form
from journal_cli.packs.questionnaires import questionnaires
from journal_cli.records import forms, measures
from journal_cli.screen import measures as screen
from journal_cli.screen.ask import Question, yes_no
from journal_cli.screen.measures import Outcome

BACK = -1  # one item back: no answer is below zero
BACK_KEY = "b"
ONE_KEY = 9  # the highest number that is one key
NOT_TODAY = 0
MEDICINES = frozenset({"phq-9", "phq-8", "gad-7"})  # whose numbers people have changed a medicine by


@dataclass(frozen=True, slots=True)
class Taking:
    """
    A questionnaire as it is taken now.

    Args:
        measure: Its facts.
        form: The wording of the person's own form, or None if they answer from paper.
        language: Language of the form.
    """

    measure: Questionnaire
    form: Form | None
    language: str


def named(desk: Desk, name: str) -> Questionnaire:
    """
    Find a questionnaire by its id, however its letters are typed: `phq-9`, `PHQ9`.

    Raises:
        NotFound: If there is none, with the nearest one as a hint.
    """
    there = questionnaires(desk.language)
    found = next((one for one in there.values() if _bare(one.id) == _bare(name)), None)
    if found is not None:
        return found
    near = difflib.get_close_matches(name.casefold(), there, n=1)
    hint = "did you mean {near}?" if near else "`journal measure list` shows what there is"
    raise NotFound("no questionnaire is called {name}", name=name[:40], hint=hint, near="".join(near))


def _bare(name: str) -> str:
    return "".join(sign for sign in name.casefold() if sign.isalnum())


def begin(desk: Desk, measure: Questionnaire, at: Moment) -> Taking | None:
    """
    Say what a number is and is not, and ask whether to go on where that is a question.

    Returns:
        What is taken: the questionnaire, or the one without its tender item; None if not now.

    Raises:
        Left: If a pipe ends here.
    """
    desk.say(screen.before(measure, desk.talk_look, desk.words, medicines=measure.id in MEDICINES))
    try:
        taken = _agreed(desk, measure, at)
    except Left:
        if not desk.is_person:
            raise
        taken = None
    if taken is None:
        desk.say(desk.words("measure.not_now"))
        return None
    form = form_of(desk, taken)
    desk.say(screen.opening(taken, form, desk.talk_look, desk.words, keys=desk.is_person))
    return Taking(taken, form, form.language if form else desk.language)


def _agreed(desk: Desk, measure: Questionnaire, at: Moment) -> Questionnaire | None:
    words, look = desk.words, desk.talk_look
    last = _last(desk, measure)
    if last is not None and 0 <= (at.day - last.day).days < measure.apart:
        desk.say(screen.lately(measure, last, desk.now().day, look, words))
        if not _goes_on(desk, "measure.anyway"):
            return None
    if measure.tender:
        return _without_or_all(desk, measure)
    if (measure.with_clinician or measure.content_notes) and not _goes_on(desk, "measure.go_on"):
        return None
    return measure


def _last(desk: Desk, measure: Questionnaire) -> Moment | None:
    """Tell when it was last answered, or the same one with or without its tender item."""
    kin = {one.id for one in questionnaires(desk.language).values() if measure.id in {one.id, one.without}}
    taken = measures.last_taken(desk.journal)
    there = [taken[id_] for id_ in {*kin, measure.without} if id_ in taken]
    return max(there, key=lambda moment: moment.at, default=None)


def _goes_on(desk: Desk, key: str) -> bool:
    """Ask whether to go on; from a pipe nothing is asked, and it does."""
    return not desk.is_person or (questions.ask(desk, yes_no("go on", desk.words(key))) or "y") == "y"


def _without_or_all(desk: Desk, measure: Questionnaire) -> Questionnaire | None:
    """Ask whether to take all items, all but the tender one, or none today; an empty answer is none today."""
    without = questionnaires(desk.language).get(measure.without)
    offered = {len(measure.items): measure, **({len(without.items): without} if without else {}), NOT_TODAY: None}

    def read(typed: str) -> int:
        text = typed.strip() or str(NOT_TODAY)
        if text not in map(str, offered):
            raise Mistyped("one of these, please: {offered}", offered=" ".join(map(str, offered)))
        return int(text)

    view = screen.tender(measure, without, desk.talk_look, desk.words)
    one_key = max(offered) <= ONE_KEY
    picked = questions.ask(desk, Question("which items", view, read, one_key=one_key))
    return None if picked is None else offered[picked]


def form_of(desk: Desk, measure: Questionnaire) -> Form | None:
    """
    Give the wording that the person added, in their language if there is one in it.

    What leaves out a tender item can be read from the form that has it.
    """
    there = questionnaires(desk.language)
    fuller = next((one for one in there.values() if one.without == measure.id), None)
    added = forms.forms(desk.journal)
    for one in (measure, *([fuller] if fuller else [])):
        own = sorted((form for form in added if form.questionnaire == one.id), key=lambda form: form.language)
        own.sort(key=lambda form: form.language != desk.language)
        if own and (form := _read(desk, own[0].toml, one)):
            return form if one is measure else _left_out(form, one.tender)
    return None


def _read(desk: Desk, toml: str, measure: Questionnaire) -> Form | None:
    try:
        return read_form(toml.encode(), f"{measure.id}.toml", questionnaires(desk.language))
    except NotWhatItSays:
        sentence = desk.words("measure.form_unreadable", name=measure.name)
        if sentence not in desk.last_words:
            desk.last_words.append(sentence)
        return None


def _left_out(form: Form, place: int) -> Form:
    return replace(form, items=(*form.items[: place - 1], *form.items[place:]))


def fill(desk: Desk, taking: Taking, answers: list[int | None]) -> None:
    """
    Ask item by item; the answers are noted as they come, so that leaving loses none.

    Args:
        desk: Where to ask.
        taking: What is taken.
        answers: One place for each item.

    Raises:
        Left: If the person stops, or a pipe ends.
        Mistyped: If a line from a pipe is no answer; it names the item and the line.
    """
    measure, place, shown = taking.measure, 1, False
    while place <= len(measure.items):
        answer = _answer(desk, taking, place)
        if answer == BACK:
            place = max(1, place - 1)
            continue
        answers[place - 1] = answer
        if place == measure.tender and answer and not shown:
            shown = True
            hard_hour.show(desk)
        place += 1


def _answer(desk: Desk, taking: Taking, place: int) -> int | None:
    item = taking.measure.items[place - 1]
    view = screen.item(taking.measure, place, taking.form, desk.talk_look, desk.words)
    question = Question("item", view, _reading(item, back=desk.is_person), one_key=item.most <= ONE_KEY)
    try:
        return questions.ask(desk, question)
    except Mistyped as refusal:  # only a pipe's: at a terminal it is asked again
        values = {**refusal.values, "question": desk.words("measure.asked_item", n=place)}
        raise Mistyped(refusal.template, hint=refusal.hint_template, **values) from None


def _reading(item: Item, *, back: bool) -> Callable[[str], int | None]:
    def read(typed: str) -> int | None:
        text = typed.strip()
        if not text:
            return None
        if back and text.lower() == BACK_KEY:
            return BACK
        if text.isascii() and text.isdigit() and item.least <= int(text) <= item.most:
            return int(text)
        raise Mistyped("a number from {least} to {most}, please", least=item.least, most=item.most)

    return read


def kept(desk: Desk, taking: Taking, answers: Sequence[int | None], at: Moment) -> Result:
    """Score what was answered, and keep it."""
    measure = taking.measure
    result = Result(
        id=desk.new_id(),
        questionnaire=measure.id,
        version=measure.version,
        language=taking.language,
        at=at,
        answers=tuple(answers),
        total=measure.total(answers),
        coding=measure.coding,
    )
    measures.add(desk.journal, result)
    return result


def outcome_of(desk: Desk, measure: Questionnaire, result: Result) -> Outcome:
    """Put a result beside the one before it in time that it may be compared with."""
    there = measures.results(desk.journal, None, result.at.day)
    line = [one for one in there if one.line == result.line and one.total is not None and one.at.at < result.at.at]
    if result.total is None or not line:
        return Outcome(measure, result)
    return Outcome(measure, result, line[0], change([result, *line], measure.wobble))
