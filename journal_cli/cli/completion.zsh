#compdef journal
# What zsh needs to complete `journal`. In ~/.zshrc:  eval "$(journal completion zsh)"
# Or as a file named _journal in a folder of $fpath.

_journal() {
  local kind
  local -a given words_there
  given=("${(@Q)words[1,CURRENT-1]}" "${(Q)PREFIX}")
  words_there=("${(@f)$(
    _JOURNAL_COMPLETE=zsh _JOURNAL_WORDS="${(pj:\x1f:)given}" command journal 2>/dev/null </dev/null
  )}")
  kind=$words_there[1]
  shift words_there
  [[ $PREFIX == -*=* ]] && compset -P 1 '*='
  case $kind in
    files) _files ;;
    folders) _files -/ ;;
    words)
      if [[ $#words_there -gt 0 && -z ${words_there:#*=(|:*)} ]]; then
        _describe -V -t values journal words_there -S ''
      else
        _describe -V -t values journal words_there
      fi ;;
    *) return 1 ;;
  esac
}

_journal_once_ready() {
  add-zsh-hook -d precmd _journal_once_ready
  (( $+functions[compdef] )) || { autoload -Uz compinit && compinit -i }
  compdef _journal journal
}

if [[ $funcstack[1] == _journal ]]; then
  _journal "$@"
elif (( $+functions[compdef] )); then
  compdef _journal journal
else
  # compinit comes later in ~/.zshrc, or not at all: that is known at the first prompt.
  autoload -Uz add-zsh-hook && add-zsh-hook precmd _journal_once_ready
fi
