"""The tone lint: what in a pack may weigh on somebody who reads it on a bad evening."""

from collections.abc import Iterator, Mapping
from functools import cache
from re import Pattern

from journal_cli.journal.library import Library, Pack
from journal_cli.journal.session import CheckInItem, Prompt, Session
from journal_cli.journal.text import count_words
from journal_cli.packs import frame
from journal_cli.packs.gendered import gendered
from journal_cli.packs.phrases import ANYWHERE, BREATH, IN_PROMPTS, WHY_AT_ALL, pattern, spoken_in
from journal_cli.packs.remark import Remark as Remark

MOST_WORDS = 45
BETRAYAL = "betrayal"
AFTER_BETRAYAL = "after-betrayal"

Found = Iterator[Remark]


def remarks(pack: Pack, library: Library) -> tuple[Remark, ...]:
    """
    Say everything the lint has to say about a pack, in the order a pack's parts are told in.

    Words are looked for in English and Polish; a pack in another language is looked at for its
    length and its shape only. A note of homework is between two people and is not looked at.

    Args:
        pack: What was read.
        library: What it stands on: the packs on the shelf already. It may hold the pack itself.
    """
    return tuple(_remarks(pack, frame.together(pack, library)))


def _remarks(pack: Pack, whole: Library) -> Found:
    language = spoken_in(pack.language)
    for part, text in (("title", pack.title), ("summary", pack.summary)):
        yield from _of_text(language, f"{pack.id}, {part}", text)
    for theme in pack.themes:
        yield from _of_text(language, theme.id, theme.title, theme.about)
    yield from frame.of_themes(pack, whole)
    for prompt in pack.prompts:
        yield from _of_prompt(language, prompt)
        yield from frame.of_prompt(prompt, pack, whole)
    for grounding in pack.groundings:
        yield from _of_text(language, grounding.id, grounding.title, *grounding.lines)
        yield from _of_breath(language, grounding.id, grounding.lines[0])
    for closing in pack.closings:
        yield from _of_text(language, closing.id, closing.title, *closing.lines)
    for session in pack.sessions:
        yield from _of_text(language, session.id, session.title, session.about)
        yield from _of_notes(language, session)
        yield from frame.of_session(session, whole)
    for program in pack.programs:
        yield from _of_text(language, program.id, program.title, program.about)
        for number, week in enumerate(program.weeks, start=1):
            yield from _of_text(language, f"{program.id}, week {number}", week.title)
        yield from frame.of_program(program, whole)
    for item in pack.check_ins:
        yield from _of_text(language, item.id, *_of_item(item))


def _of_prompt(language: str, prompt: Prompt) -> Found:
    texts = [(prompt.id, prompt.text)]
    texts += [(f"{prompt.id}, follow_ups {number}", text) for number, text in enumerate(prompt.follow_ups, start=1)]
    for where, text in texts:
        yield from _of_text(language, where, text)
        yield from _found(_patterns(language, in_prompts=True), where, text)
        if BETRAYAL in prompt.content_notes or prompt.theme == AFTER_BETRAYAL:
            yield from _of_why(language, where, text)
        if (words := count_words(text)) > MOST_WORDS:
            yield Remark("too-long", where, {"count": str(words), "most": str(MOST_WORDS)})


def _of_text(language: str, where: str, *texts: str) -> Found:
    for text in texts:
        yield from _found(_patterns(language, in_prompts=False), where, text)
        if language == "pl":
            for form in gendered(_spaced(text)):
                yield Remark("gendered", where, {"word": form})
        if "!" in text:
            yield Remark("loud", where)


def _of_notes(language: str, session: Session) -> Found:
    for number, step in enumerate(session.steps, start=1):
        yield from _of_text(language, f"{session.id}, step {number}", step.text)


def _of_item(item: CheckInItem) -> tuple[str, ...]:
    return item.text, item.scale.low, item.scale.high, *(option.label for option in item.scale.options)


def _of_breath(language: str, where: str, line: str) -> Found:
    """Attention goes outside first; the breath is one option, later."""
    if language in BREATH and (found := pattern(BREATH[language]).search(line)):
        yield Remark("breath-first", where, {"word": found[0]})


def _of_why(language: str, where: str, text: str) -> Found:
    """After betrayal, searching for reasons does harm; where a rule for all prompts finds it, that is enough."""
    if language in WHY_AT_ALL and not _patterns(language, in_prompts=True)["why"].search(_spaced(text)):
        yield from _found({"why-after-betrayal": pattern(WHY_AT_ALL[language])}, where, text)


def _found(rules: Mapping[str, Pattern[str]], where: str, text: str) -> Found:
    spaced = _spaced(text)
    for rule, words in rules.items():
        for word in dict.fromkeys(found[0].lower() for found in words.finditer(spaced)):
            yield Remark(rule, where, {"word": word})


@cache
def _patterns(language: str, *, in_prompts: bool) -> Mapping[str, Pattern[str]]:
    rules = (IN_PROMPTS if in_prompts else ANYWHERE).get(language, {})
    return {rule: pattern(phrases) for rule, phrases in rules.items()}


def _spaced(text: str) -> str:
    return " ".join(text.split())
