"""Questionnaires on the screen: what there is, one item at a time, and a number with what it can carry."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from rich.cells import cell_len
from rich.console import Group, RenderableType
from rich.text import Text

from journal_cli.insight.measures import Change
from journal_cli.journal.moment import Moment
from journal_cli.journal.questionnaire import Band, Cluster, Form, Item, Questionnaire, Result
from journal_cli.journal.text import visible, visible_line
from journal_cli.journal.words import Words
from journal_cli.screen.look import Look
from journal_cli.screen.sittings import content_notes
from journal_cli.screen.theme import Folded, capital, laid, ours, packed, signs


@dataclass(frozen=True, slots=True)
class Known:
    """
    A questionnaire, and what is known of it here.

    Args:
        measure: Its facts.
        last: When it was last answered; None if it was not.
        form: Language of the form that was added; "" if none was.
    """

    measure: Questionnaire
    last: Moment | None = None
    form: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """
    A result, beside the one before it that it may be compared with.

    Args:
        measure: The facts it was scored by.
        result: What was answered now.
        before: The result before it with a total, of the same version, coding and language; None if there is none.
        change: What the difference of the two can carry.
    """

    measure: Questionnaire
    result: Result
    before: Result | None = None
    change: Change = Change.NONE


def number(value: float, words: Words) -> str:
    """Write a total: whole, or with two decimals at most, in the sign of the language."""
    return f"{round(value, 2):.12g}".replace(".", words("measure.decimal"))


def day_of(moment: Moment, today: date, words: Words) -> str:
    """Write a day, with its year if that is not the present one."""
    return words.day(moment.day, year=moment.day.year != today.year)


def measures_page(known: Sequence[Known], today: date, look: Look, words: Words) -> RenderableType:
    """List the questionnaires: what each is about, how long it is, when it was last answered."""
    rows: list[RenderableType] = [Text(words("measure.all"), "strong")]
    widest = max((len(one.measure.id) for one in known), default=0)
    for one in known:
        label = Text(f"  {one.measure.id:{widest}}  ", "accent")
        if look.narrow:
            rows.append(laid(label))
            label = Text("    ")
        rows += _row(one, label, today, look, words)
    ways = ("how_to_take", "how_to_show", "how_to_add")
    return Group(*rows, *(ours(words(f"measure.{way}"), look, "quiet") for way in ways))


def _row(one: Known, label: Text, today: date, look: Look, words: Words) -> Iterator[RenderableType]:
    """Say what one is, and its facts on the same line if there is room, else on lines of their own."""
    name = Text(f"{visible_line(one.measure.name)}: {visible_line(one.measure.about)}")
    between, facts, room = signs(" · ", look), list(_facts(one, today, words)), look.width - label.cell_len
    if name.cell_len + cell_len(between.join(["", *facts])) <= room:
        name.append(between.join(["", *facts]), "quiet")
        facts = []
    yield Folded(name, look.width, label)
    for row in packed(facts, between, room):
        yield Folded(Text(row, "quiet"), look.width, " " * label.cell_len)


def _facts(one: Known, today: date, words: Words) -> Iterator[str]:
    yield words.count("measure.items", len(one.measure.items))
    if one.last:
        yield words("measure.last", day=day_of(one.last, today, words))
    if one.form:
        yield words("measure.form_there")


def measure_page(known: Known, results: Sequence[Result], today: date, look: Look, words: Words) -> RenderableType:
    """Show all that is known of a questionnaire: its items, its source, published bands, and earlier answers."""
    measure = known.measure
    rows: list[RenderableType] = [Text(visible_line(measure.name), "strong")]
    rows += [Folded(Text(capital(visible_line(measure.about))), look.width)]
    rows += [ours(words("measure.window", window=measure.window), look)]
    rows += [*_extremes(measure, look, words)]
    rows += [Folded(Text(signs(" · ".join(_facts(known, today, words)), look), "quiet"), look.width)]
    if measure.content_notes:
        rows.append(content_notes(measure.content_notes, look, words))
    rows += [Text(), Folded(Text(f"{words('measure.about_items')}:"), look.width), *_labels(measure, look, words)]
    rows += [Text(), *_sources(measure, look, words), Text(), bands(measure, look, words)]
    if results:
        rows += [Text(), Text(words("measure.earlier"), "strong")]
        rows += [_earlier(measure, one, today, look, words) for one in results]
    return Group(*rows, Text(), ours(words("measure.take_it", id=measure.id), look, "quiet"))


def _extremes(measure: Questionnaire, look: Look, words: Words) -> Iterator[RenderableType]:
    """Say what the lowest and the highest answer mean, for forms that are numbered the other way round."""
    if measure.low and measure.high:
        yield ours(words("measure.ends", low=visible_line(measure.low), high=visible_line(measure.high)), look)


def _labels(measure: Questionnaire, look: Look, words: Words) -> Iterator[RenderableType]:
    for place, item in enumerate(measure.items, 1):
        line = Text(visible_line(item.label))
        if item.reversed:
            line.append(f" ({words('measure.reversed')})", "quiet")
        yield Folded(line, look.width, f"{place:4}  ")


def _sources(measure: Questionnaire, look: Look, words: Words) -> Iterator[RenderableType]:
    for fact in ("source", "coding", "licence"):
        if said := getattr(measure, fact):
            yield Folded(Text(words(f"measure.{fact}", **{fact: visible_line(said)})), look.width)
    wobble = measure.wobble
    if wobble is None:
        yield ours(words("measure.no_wobble"), look)
        return
    said = words("measure.wobble", wobble=number(wobble.points, words), source=visible_line(wobble.source))
    yield Folded(Text(said), look.width)


def _earlier(measure: Questionnaire, result: Result, today: date, look: Look, words: Words) -> RenderableType:
    label = Text(f"  {result.id}  ", "accent")
    line = Text(f"{day_of(result.at, today, words)}: {short_total(measure, result, words)}")
    return Folded(line.append(f" ({result.language})", "quiet"), look.width, label)


def short_total(measure: Questionnaire, result: Result, words: Words) -> str:
    """Say a result in a few words: `9 of 27`, or how many items were answered."""
    if result.total is None:
        return words("measure.short_no_total", answered=result.answered, items=len(result.answers))
    key = "measure.short_between" if measure.least else "measure.short_total"
    return words(key, total=number(result.total, words), **_ends(measure, words))


def _ends(measure: Questionnaire, words: Words) -> dict[str, str]:
    return {"least": number(measure.least, words), "most": number(measure.most, words)}


def before(measure: Questionnaire, look: Look, words: Words, *, medicines: bool) -> RenderableType:
    """Say what a number is and is not, before the first item."""
    rows: list[RenderableType] = [Text(), Text(visible_line(measure.name), "strong"), _said("before", look, words)]
    rows += [_said("with_clinician", look, words)] if measure.with_clinician else []
    rows += [_said("medicines", look, words)] if medicines else []
    if measure.content_notes and not measure.tender:  # else the tender item says so itself
        rows.append(content_notes(measure.content_notes, look, words))
    return Group(*rows)


def quiet_line(key: str, look: Look, words: Words) -> RenderableType:
    """Say what keys do, in the background."""
    return ours(words(f"measure.{key}"), look, "quiet")


def _said(key: str, look: Look, words: Words) -> RenderableType:
    return ours(words(f"measure.{key}"), look)


def lately(measure: Questionnaire, last: Moment, today: date, look: Look, words: Words) -> RenderableType:
    """Say that a questionnaire was answered a short while ago."""
    said = words("measure.lately", day=day_of(last, today, words), window=visible_line(measure.window))
    return Folded(Text(said), look.width)


def tender(measure: Questionnaire, without: Questionnaire | None, look: Look, words: Words) -> RenderableType:
    """Say beforehand which item is met with care, and offer to leave it out, or the whole for another day."""
    keys = [words("measure.tender_all", n=len(measure.items))]
    keys += [words("measure.tender_without", n=len(without.items), name=without.name)] if without else []
    keys += [words("measure.tender_not_today")]
    said = words("measure.tender", n=measure.tender)
    return Group(Folded(Text(said), look.width), Folded(Text(signs(" · ".join(keys), look), "quiet"), look.width))


def opening(measure: Questionnaire, form: Form | None, look: Look, words: Words, *, keys: bool) -> RenderableType:
    """Say where the wording is, and what the keys do; the form's own introduction if it has one."""
    rows = [_said("from_added" if form else "from_form", look, words)]
    rows += [ours(words("measure.window", window=visible_line(measure.window)), look)]
    rows += [] if form else [*_extremes(measure, look, words)]
    if form and form.intro:
        rows += [Folded(Text(line), look.width) for line in visible(form.intro).splitlines()]
    rows += [ours(words("measure.keys"), look, "quiet")] if keys else []
    return Group(*rows)


def item(measure: Questionnaire, place: int, form: Form | None, look: Look, words: Words) -> RenderableType:
    """
    Show one item: which it is and what may be answered; in the words of the person's form if it was added.

    Args:
        measure: The facts.
        place: Number of the item, from 1.
        form: The wording, or None.
        look: How wide and how plain.
        words: The words to say it in.
    """
    one = measure.items[place - 1]
    key = "measure.item_added" if form else "measure.item"
    label = visible_line(one.label)
    said = words(key, n=place, most=len(measure.items), label=label, low=one.least, high=one.most)
    rows: list[RenderableType] = [Text(), Folded(Text(said, "quiet" if form else ""), look.width)]
    if form:
        rows += [Folded(Text(line), look.width) for line in visible(form.items[place - 1]).splitlines()]
        rows += _answers(one, form, look)
    return Group(*rows)


def _answers(one: Item, form: Form, look: Look) -> Iterator[RenderableType]:
    for answer in range(one.least, one.most + 1):
        if name := form.answers.get(answer):
            yield Folded(Text(visible_line(name), "quiet"), look.width, f"{answer:4}  ")


def outcome(one: Outcome, today: date, look: Look, words: Words) -> RenderableType:
    """Say the number, and what a difference from the time before can carry; nothing about better or worse."""
    measure, result = one.measure, one.result
    name = visible_line(measure.name)
    if result.total is None:
        said = words("measure.no_total", name=name, answered=result.answered, items=len(result.answers))
        return Group(Text(), Folded(Text(said, "accent"), look.width))
    key = "measure.total_between" if measure.least else "measure.total"
    said = words(key, name=name, total=number(result.total, words), **_ends(measure, words))
    rows: list[RenderableType] = [Text(), Folded(Text(said, "accent"), look.width)]
    if one.before is not None:
        rows += [Folded(Text(_changed(one, words)), look.width)]
        rows += [ours(words("measure.time_before", day=day_of(one.before.at, today, words)), look, "quiet")]
    return Group(*rows)


def _changed(one: Outcome, words: Words) -> str:
    earlier, now = (one.before.total if one.before else None), one.result.total
    if earlier is None or now is None:
        return ""
    if round(earlier, 2) == round(now, 2):
        return words("measure.change_none")
    wobble = one.measure.wobble
    values = {"before": number(earlier, words), "after": number(now, words)}
    if wobble is None or one.change not in {Change.WITHIN, Change.BEYOND}:
        return words("measure.change_unknown", **values)
    return words(f"measure.change_{one.change.value}", wobble=number(wobble.points, words), **values)


def bands(measure: Questionnaire, look: Look, words: Words, result: Result | None = None) -> RenderableType:
    """Show the names published for ranges of totals, each with its source; with a result, where it lies."""
    if not measure.bands and not measure.clusters:
        return _said("no_bands", look, words)
    rows: list[RenderableType] = [_said("bands" if measure.bands else "rules", look, words)]
    for one in measure.bands:
        label = f"  {words('measure.band', **_ends_of(one, words))}  "
        line = Text(visible_line(one.label)).append(f" ({visible_line(one.source)})", "quiet")
        rows.append(Folded(line, look.width, label))
    rows += [_rule(one, look, words) for one in measure.clusters]
    there = measure.band(result.total) if result else None
    if result and result.total is not None and there:
        known = {"label": visible_line(there.label), "source": visible_line(there.source)}
        said = words("measure.band_here", total=number(result.total, words), **known, **_ends_of(there, words))
        rows.append(Folded(Text(said), look.width))
    met = measure.clusters_met(result.answers) if result else None
    if met is not None:
        names = ", ".join(visible_line(one.label) for one in met)
        key = "measure.clusters" if met else "measure.no_clusters"
        rows.append(Folded(Text(words(key, names=names) if met else words(key)), look.width))
    return Group(*rows)


def _rule(one: Cluster, look: Look, words: Words) -> RenderableType:
    """Say what a publication asks of a group of items."""
    known = {"least": one.least, "items": len(one.items), "reach": one.reach, "source": visible_line(one.source)}
    return Folded(Text(words("measure.cluster", label=visible_line(one.label), **known)), look.width, "  ")


def _ends_of(band: Band, words: Words) -> dict[str, str]:
    return {"least": number(band.least, words), "most": number(band.most, words)}


def will_keep(measure: Questionnaire, form: Form, look: Look, words: Words, *, replaces: bool) -> RenderableType:
    """Say what will be kept of a form."""
    known = {"name": visible_line(measure.name), "language": visible_line(form.language)}
    said = words.count("measure.will_keep", len(form.items), **known)
    rows = [Folded(Text(said), look.width), *([_said("will_replace", look, words)] if replaces else [])]
    return Group(*rows)


def form_kept(measure: Questionnaire, form: Form, look: Look, words: Words) -> RenderableType:
    """Say that the wording of a form is kept, and what can be done with it."""
    said = words.count("measure.form_kept", len(form.items), name=visible_line(measure.name))
    return Group(Folded(Text(said), look.width), ours(words("measure.take_it", id=measure.id), look))
