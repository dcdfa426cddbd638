"""The wording of the person's own forms: kept as the text of a file, inside the journal."""

from dataclasses import dataclass, field

from journal_cli.journal.moment import Moment
from journal_cli.records.columns import stamp, stamped
from journal_cli.vault.database import Database


@dataclass(frozen=True, slots=True)
class AddedForm:
    """
    A form a person added.

    Args:
        questionnaire: Id of the measure; one form of a measure and a language is kept.
        language: Language of its wording.
        toml: The text of its file.
        added_at: When it was added.
    """

    questionnaire: str
    language: str
    toml: str = field(repr=False)
    added_at: Moment


def put(db: Database, form: AddedForm) -> None:
    """Keep a form; nothing stays of one that was there for the same measure and language."""
    with db.changing():
        db.run(
            "INSERT INTO form (questionnaire, language, added_at, toml, changed_at) VALUES (?, ?, ?, ?, ?)"
            " ON CONFLICT (questionnaire, language) DO UPDATE SET added_at = excluded.added_at,"
            " toml = excluded.toml, changed_at = excluded.changed_at, deleted_at = NULL",
            (form.questionnaire, form.language, stamp(form.added_at), form.toml, stamp(form.added_at)),
        )


def forms(db: Database) -> list[AddedForm]:
    """List the forms that were added, by measure and language."""
    rows = db.read(
        "SELECT questionnaire, language, toml, added_at FROM form"
        " WHERE deleted_at IS NULL ORDER BY questionnaire, language"
    )
    return [AddedForm(id_, language, toml, stamped(added_at)) for id_, language, toml, added_at in rows]
