# What bash needs to complete `journal`. In ~/.bashrc:  eval "$(journal completion bash)"

_journal() {
    local kind= word
    COMPREPLY=()
    {
        IFS= read -r kind
        while IFS= read -r word; do COMPREPLY+=("$word"); done
    } < <(
        _JOURNAL_COMPLETE=bash _JOURNAL_LINE="${COMP_LINE:0:COMP_POINT}" _JOURNAL_BREAKS="$COMP_WORDBREAKS" \
            _JOURNAL_TYPE="${COMP_TYPE:-9}" command journal 2>/dev/null </dev/null
    )
    # Before bash 4 there is no compopt; names of files come without their quotes there.
    local IFS=$'\n'
    case $kind in
        files) compopt -o default 2>/dev/null || COMPREPLY=($(compgen -f -- "$2")) ;;
        folders) compopt -o dirnames 2>/dev/null || COMPREPLY=($(compgen -d -- "$2")) ;;
        words) [[ ${#COMPREPLY[@]} -eq 1 && ${COMPREPLY[0]} == *= ]] && compopt -o nospace 2>/dev/null ;;
    esac
    return 0
}

# What comes newest first stays so, where bash can leave it (from 4.4 on).
complete -o nosort -F _journal journal 2>/dev/null || complete -F _journal journal
