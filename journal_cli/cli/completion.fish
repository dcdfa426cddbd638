# What fish needs to complete `journal`. In ~/.config/fish/config.fish:  journal completion fish | source
# Or as the file ~/.config/fish/completions/journal.fish.

function __journal_complete
    set -l word (commandline -ct)
    set -l given (commandline -opc) "$word"
    set -lx _JOURNAL_COMPLETE fish
    set -lx _JOURNAL_WORDS (string join -- \x1f $given | string collect)
    set -l words (command journal 2>/dev/null </dev/null)
    set -l option (string match -r -- '^-[^=]*=' "$word")
    set -l path (string replace -r -- '^(-[^=]*=)?["\']?' '' "$word")
    switch "$words[1]"
        case words
            printf '%s\n' $words[2..-1]
        case files
            printf '%s\n' "$option"(__fish_complete_path "$path")
        case folders
            printf '%s\n' "$option"(__fish_complete_directories "$path")
    end
end

complete --command journal --no-files --keep-order --arguments '(__journal_complete)'
