"""
A document as one HTML file that opens anywhere, without the network.

In the clear it holds no script at all. Locked, it holds one that opens it, named by its hash in a
policy that lets nothing else run and nothing be fetched.

What the person wrote stays text: it is made visible and escaped before anything else is done with it.
"""

import base64
import hashlib
import os
import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from html import escape
from pathlib import Path

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.pbkdf2 import PBKDF2HMAC

from journal_cli.journal.text import visible, visible_line
from journal_cli.share.layout import (
    Heading,
    Listed,
    Numbered,
    Page,
    Part,
    Quoted,
    Rule,
    Sentence,
    Table,
    Weeks,
    Written,
)
from journal_cli.share.picture import mood_picture

ITERATIONS = 1_000_000  # of PBKDF2, which browsers have; OWASP asks for 600,000 (2023)
SALT = 16  # bytes
NONCE = 12  # bytes, as NIST SP 800-38D wants it
KEY = 32  # bytes
DAY = 8  # characters, such as `27 Oct`: too short to be parted where the screen is narrow
STEP = 4096  # bytes; what is sealed is filled up to a multiple, so that its length says little

_STYLE = Path(__file__).with_name("page.css").read_text(encoding="utf-8")
_SCRIPT = Path(__file__).with_name("opener.js").read_text(encoding="utf-8")
_LOCKED = Path(__file__).with_name("locked.html").read_text(encoding="utf-8")
_NOTHING_ELSE = "base-uri 'none'; form-action 'none'"
_SPACES = re.compile("[ \t\r\n\u00a0]+")


def to_html(
    page: Page,
    password: str | None = None,
    *,
    random: Callable[[int], bytes] = os.urandom,
    iterations: int = ITERATIONS,
) -> bytes:
    """
    Write a page as one HTML file, in UTF-8.

    Args:
        page: What leaves.
        password: What opens it; None for a page in the clear.
        random: Gives as many random bytes as it is asked for.
        iterations: How hard a guess must work.

    Raises:
        ValueError: If the password is empty.
    """
    clear = _page(page)
    return clear if password is None else _locked(clear, password, random, iterations)


def _page(page: Page) -> bytes:
    head = (
        '<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{_policy()}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        '<meta name="robots" content="noindex">',
        '<meta name="referrer" content="no-referrer">',
        f"<title>{_line(page.title)}</title>",
        f"<style>{_STYLE}</style>",
    )
    header = (
        f'<h1 dir="auto">{_line(page.title)}</h1>',
        f"<p>{_line(page.by)}</p>",
        f"<p>{_line(page.promise)}</p>",
    )
    lines = (
        "<!DOCTYPE html>",
        # A browser that offers to translate a page sends its words away.
        f'<html lang="{escape(page.language)}" translate="no">',
        *("<head>", *head, "</head>"),
        *("<body>", "<main>", "<header>", *header, "</header>"),
        *(written for part in page.parts if (written := _part(part))),
        *("</main>", "</body>", "</html>", ""),
    )
    return "\n".join(lines).encode()


def _policy(script: str = "") -> str:
    """Give the rules a browser holds a page to: its own style, this one script, and nothing from anywhere."""
    scripts = f"script-src {_hash(script)}; " if script else ""
    return f"default-src 'none'; {scripts}style-src {_hash(_STYLE)}; {_NOTHING_ELSE}"


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _part(part: Part) -> str:
    """Write one part; empty if there is nothing in it."""
    match part:
        case Heading(text, level):
            written = f'<h{level} dir="auto">{_line(text)}</h{level}>'
        case Sentence(text, quiet):
            written = f'<p dir="auto"{_QUIET if quiet else ""}>{_line(text)}</p>'
        case Numbered(lines):
            written = _list("ol", lines)
        case Listed(lines):
            written = _list("ul", lines)
        case Table(names, rows):
            written = _table(names, rows)
        case Weeks():
            written = f"{_pictures(part)}\n{_table(part.names, part.table.rows)}"
        case Quoted(text):
            written = _within("blockquote", _paragraphs(text))
        case Written(text):
            written = _within("div", _paragraphs(text), ' class="written"')
        case Rule():
            written = "<hr>"
    return written


_QUIET = ' class="quiet"'
_SHORT = ' class="short"'


def _list(kind: str, lines: Iterable[str]) -> str:
    return _within(kind, [f'<li dir="auto">{_line(line)}</li>' for line in lines])


def _table(names: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    head = "".join(f'<th scope="col">{_line(name)}</th>' for name in names)
    written = [
        f'<tr><th scope="row" dir="auto"{_SHORT if len(row[0]) <= DAY else ""}>{_line(row[0])}</th>'
        + "".join(f'<td dir="auto">{_line(cell)}</td>' for cell in row[1:])
        + "</tr>"
        for row in rows
    ]
    body = "\n".join(written)
    # A narrow screen moves the table by itself.
    return f'<div class="table"><table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody>\n</table></div>'


def _pictures(part: Weeks) -> str:
    """Draw the two measures, if any week has a number; the table after them says the same in words."""
    _, _, pleasant, energy = part.names
    drawn = [
        mood_picture(name, weeks)
        for name, weeks in (
            (pleasant, [(week.row[0], week.pleasant) for week in part.weeks]),
            (energy, [(week.row[0], week.energy) for week in part.weeks]),
        )
        if any(found for _, found in weeks)
    ]
    return _within("figure", drawn)


def _paragraphs(text: str) -> list[str]:
    """Write text of several lines: every line end stays one, and lines without text part paragraphs."""
    paragraphs: list[list[str]] = [[]]
    for line in visible(text).split("\n"):
        if line.strip():
            paragraphs[-1].append(escape(line.rstrip()))
        elif paragraphs[-1]:
            paragraphs.append([])
    return [f'<p dir="auto">{"<br>".join(lines)}</p>' for lines in paragraphs if lines]


def _within(kind: str, inside: Sequence[str], attributes: str = "") -> str:
    content = "\n".join(inside)
    return f"<{kind}{attributes}>\n{content}\n</{kind}>" if inside else ""


def _line(text: str) -> str:
    return escape(visible_line(text).strip())


def _locked(clear: bytes, password: str, random: Callable[[int], bytes], iterations: int) -> bytes:
    """Seal a page, and put around it what asks for the password and opens it."""
    salt, nonce = random(SALT), random(NONCE)
    # Said in the clear, and authenticated with what is sealed: whoever changes them gets nothing open.
    terms = f"PBKDF2-HMAC-SHA256 {iterations} {_letters(salt)} AES-256-GCM {_letters(nonce)}"
    key = PBKDF2HMAC(SHA256(), KEY, salt, iterations).derive(_secret(password))
    filled = clear.ljust(-(-len(clear) // STEP) * STEP)
    sealed = AESGCM(key).encrypt(nonce, filled, terms.encode())
    parts = {
        "policy": _policy(_SCRIPT),
        "style": _STYLE,
        "terms": terms,
        "sealed": base64.encodebytes(sealed).decode(),
        "script": _SCRIPT,
    }
    return re.sub(r"\{(\w+)\}", lambda found: parts[found[1]], _LOCKED).encode()


def _secret(password: str) -> bytes:
    """Give a password as it is meant: in one spelling of its letters, with one space between words."""
    meant = _SPACES.sub(" ", unicodedata.normalize("NFC", password)).strip(" ")
    if not meant:
        raise ValueError("an empty password locks nothing")
    return meant.encode()


def _letters(raw: bytes) -> str:
    return base64.b64encode(raw).decode()
