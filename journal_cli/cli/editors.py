"""
The person's own editor: which one it is, and what it is told so that it keeps nothing beside the page.

What an editor does is known of vim, nano and nvim from runs in which every call to the system was taken down
(tests/system/test_own_editor_canary.py; nvim where it is installed). Of the others it is known from their manuals:

- vim, also as vi or view: no swap file, no backup, no undo file, no viminfo, no mode lines, whatever its
  vimrc says, for it is told again after that was read. While typing pauses, it puts a copy beside the page,
  in the same place in memory.
- nvim: the same options, `shada` for `viminfo`; what it keeps in its folder for states goes beside the page.
- nano: its nanorc is not read, because it could ask for backups, a history of searches and lock files.
- emacs: no auto-save, backups, lock files, recent files, history or desktop; tried without its screen only.
  What an init file switches on later, or by packages of its own, is not known here.
- helix: it has no swap file, and undoes within one run only. micro: its backups and histories are off.
- ed keeps what it edits in a file of its own below /tmp, and editors with windows keep histories or come
  back before the page is done: these open only for somebody who insists.
"""

import os
import shlex
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from journal_cli.errors import Refused

SPARE: Final = ".save"  # ends the name of the copy beside the page; nano gives its own the same name

_VIM: Final = " | ".join(
    f"silent! set {option}"
    for option in (
        *("nobackup", "nowritebackup", "patchmode=", "noundofile", "noswapfile", "nomodeline", "updatetime=1000"),
        *("viminfo=", "viminfofile=NONE", "shada=", "shadafile=NONE"),
    )
)
_VIM_SPARE: Final = (
    "silent! autocmd CursorHold,CursorHoldI page.txt"
    f" silent! noautocmd keepalt lockmarks write! $TMPDIR/page.txt{SPARE}"
)
_EMACS: Final = (
    "(progn (setq make-backup-files nil auto-save-default nil auto-save-list-file-prefix nil create-lockfiles nil"
    " undo-tree-auto-save-history nil)"
    " (dolist (mode '(recentf-mode savehist-mode save-place-mode desktop-save-mode auto-save-visited-mode))"
    " (when (fboundp mode) (funcall mode -1))))"
)
_LIKE_VIM: Final = ("-n", "-i", "NONE", "--cmd", _VIM, "-c", _VIM, "-c", _VIM_SPARE)
_MICRO: Final = ("backup", "savehistory", "savecursor", "saveundo")

# What comes before the page; the names are those of the programs themselves, behind every link.
_TOLD: Final[Mapping[str, tuple[str, ...]]] = {
    **dict.fromkeys(("vim", "vim.basic", "vim.tiny", "vim.nox", "vim.gtk3", "rvim", "view", "nvim"), _LIKE_VIM),
    **dict.fromkeys(("gvim", "mvim"), ("-f", *_LIKE_VIM)),
    "nano": ("--ignorercfiles", "--softwrap", "--atblanks"),
    **dict.fromkeys(("emacs", "emacs-nox", "emacs-gtk", "emacs-lucid", "emacs-pgtk"), ("--eval", _EMACS)),
    **dict.fromkeys(("hx", "helix"), ()),
    "micro": tuple(word for option in _MICRO for word in (f"-{option}", "false")),
}

_WAIT: Final = frozenset({"--wait", "-w", "-W", "--block", "-b", "--nofork", "-f", "--foreground"})
# What keeps copies or histories, or comes back at once; True if it waits without being told.
_LEAVES: Final[Mapping[str, bool]] = {
    **dict.fromkeys(("code", "code-insiders", "codium", "vscodium", "cursor", "windsurf", "zed", "zeditor"), False),
    **dict.fromkeys(("subl", "sublime_text", "atom", "pulsar", "mate", "bbedit", "idea", "pycharm"), False),
    **dict.fromkeys(("gedit", "gnome-text-editor", "kate", "kwrite", "pluma", "xed", "geany", "notepadqq"), False),
    **dict.fromkeys(("mousepad", "open", "xdg-open", "textedit"), False),
    "ed": True,
}
_BEGINNERS: Final = frozenset({"env", "flatpak", "snap"})  # begin another program, which an argument names
_OTHER: Final = "pico"  # what `nano` is on macOS; it takes other options


@dataclass(frozen=True, slots=True)
class Editor:
    """
    An editor, and how it is begun.

    Args:
        name: What it is called.
        argv: The command, without the page.
        is_known: True if it was told to keep nothing beside the page.
        leaves: True if it is known to keep copies, or to come back before the page is done.
        waits: True if it comes back only when the page is done, as far as can be told.
    """

    name: str
    argv: tuple[str, ...]
    is_known: bool = False
    leaves: bool = False
    waits: bool = True


def named() -> Editor:
    """
    Give the editor that `VISUAL` names, else `EDITOR`; the command is split as a shell would.

    Raises:
        Refused: If none is named, or the name is no command.
    """
    variable = next((name for name in ("VISUAL", "EDITOR") if os.environ.get(name, "").strip()), "")
    if not variable:
        raise Refused(
            "no editor is named: neither VISUAL nor EDITOR is set",
            hint="for example: export EDITOR=nano; the page built in opens without --editor and with"
            " `journal settings editor built-in`",
        )
    try:
        words = shlex.split(os.environ[variable])
    except ValueError:
        words = []
    program = shutil.which(words[0]) if words else None
    if program is None:
        raise Refused(
            "{variable} names no command that is found here", variable=variable, hint="look at how it is written"
        )
    return _told(words, program)


def _told(words: list[str], program: str) -> Editor:
    names = _names(program)
    begun = map(_plain, words[1:]) if names[0] in _BEGINNERS else ()
    if left := next((name for name in (*names, *begun) if name in _LEAVES), None):
        waits = _LEAVES[left] or not _WAIT.isdisjoint(words[1:])
        return Editor(left, tuple(words), leaves=True, waits=waits)
    known = next((name for name in reversed(names) if name in _TOLD), None)
    if known and _OTHER not in names:
        return Editor(names[0], (*words, *_TOLD[known]), is_known=True)
    return Editor(names[0], tuple(words))


def _names(program: str) -> list[str]:
    """Give every name a program goes by, from the one that was called to the one behind all links."""
    path = Path(program)
    names = [path.name]
    for _ in range(40):  # more links than any system follows
        if not path.is_symlink():
            break
        path = path.parent / path.readlink()
        names.append(path.name)
    return [name.lower() for name in names]


def _plain(word: str) -> str:
    """Give the last part of a name such as `/usr/bin/code` or `org.gnome.gedit`."""
    return word.rpartition("/")[2].rpartition(".")[2].lower()
