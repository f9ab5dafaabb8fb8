#compdef @PROGRAM@
# zsh completion for @PROGRAM@

_@PROGRAM@() {
    local answer directive line text meaning current prefix=''
    local -a asked candidates options
    asked=("${(@Q)words[2,CURRENT]}")
    (( CURRENT > $#words )) && asked+=('')
    current=${asked[-1]}
    answer=$("${(Q)words[1]/#\~/$HOME}" @REQUEST@ "${asked[@]}" 2>/dev/null) || return 1
    directive=${answer##*:}
    answer=${answer%:*}
    [[ $directive == <-> ]] || return 1

    # After `--flag=` the candidates are values.
    [[ $current == -*=* ]] && compset -P '*='

    for line in "${(@f)answer}"; do
        [[ -z $line ]] && continue
        if [[ $line == _activeHelp_* ]]; then
            _message -- "${line#_activeHelp_ }"
            continue
        fi
        text=${line%%$'\t'*}
        text=${text//:/\\:}
        if [[ $line == *$'\t'* ]]; then
            meaning=${line#*$'\t'}
            candidates+=("$text:$meaning")
        else
            candidates+=("$text")
        fi
    done

    (( directive & 2 )) && options+=(-S '')
    (( directive & 32 )) && options+=(-V)
    if (( $#candidates )) && _describe 'completions' candidates "${options[@]}"; then
        return 0
    fi
    (( directive & 4 )) && return 1
    _files
}

# Loaded from $fpath the file is the function itself; sourced, it registers it.
if [[ ${funcstack[1]} == _@PROGRAM@ ]]; then
    _@PROGRAM@ "$@"
else
    compdef _@PROGRAM@ @PROGRAM@
fi
