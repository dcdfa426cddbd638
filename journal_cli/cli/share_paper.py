"""What is said before a page goes on paper."""

from journal_cli.cli.desk import Desk
from journal_cli.cli.share_page import Ready
from journal_cli.share.layout import laid_out
from journal_cli.share.to_pdf import unshown


def boxes_told(desk: Desk, ready: Ready) -> str:
    """Say that some signs would stand as empty boxes, for no font here has them; empty if all of them show."""
    if ready.plan.form != "pdf":
        return ""
    scripts = unshown(laid_out(ready.document, desk.words_of(ready.document.language)))
    if not scripts:
        return ""
    return desk.words("paper.boxes", scripts=", ".join(desk.words(f"paper.script.{name}") for name in scripts))
