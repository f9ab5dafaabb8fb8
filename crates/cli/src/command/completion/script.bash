# bash completion for @PROGRAM@

__@PROGRAM@_candidates() {
    local line=${COMP_LINE:0:COMP_POINT} program answer directive
    local -a typed=()
    read -r -a typed <<<"$line"
    # A space at the end starts a new word.
    [[ $line == *[[:space:]] ]] && typed+=('')
    program=${typed[0]/#\~/$HOME}
    local current=${typed[${#typed[@]} - 1]}

    answer=$("$program" @REQUEST@ "${typed[@]:1}" 2>/dev/null) || return
    directive=${answer##*:}
    answer=${answer%:*}
    [[ $directive =~ ^[0-9]+$ ]] || return

    # After `--flag=` the candidates are values.
    local start=$current
    [[ $current == -*=* ]] && start=${current#*=}
    # The shell replaces only what follows the last of these signs.
    local kept='' sign
    for sign in ':' '='; do
        if [[ $COMP_WORDBREAKS == *"$sign"* && $start == *"$sign"* ]]; then
            local part=${start%"$sign"*}$sign
            ((${#part} > ${#kept})) && kept=$part
        fi
    done

    local text meaning
    local -a texts=() meanings=()
    local width=0
    while IFS=$'\t' read -r text meaning; do
        [[ -z $text || $text == _activeHelp_* || $text != "$start"* ]] && continue
        texts+=("${text#"$kept"}")
        meanings+=("$meaning")
        ((${#text} > width)) && width=${#text}
    done <<<"$answer"

    local index shown columns=${COLUMNS:-80}
    if ((${#texts[@]} == 1)); then
        COMPREPLY=("${texts[0]}")
    else
        for index in "${!texts[@]}"; do
            text=${texts[index]}
            if [[ -n ${meanings[index]} && ${COMP_TYPE:-9} != 37 ]]; then
                printf -v shown "%-${width}s  (%s)" "$text" "${meanings[index]}"
                ((${#shown} > columns - 2)) && shown="${shown:0:columns - 5}...)"
                text=$shown
            fi
            COMPREPLY+=("$text")
        done
    fi

    if ((directive & 2)); then compopt -o nospace 2>/dev/null; fi
    if ((directive & 4)); then compopt +o default 2>/dev/null; fi
    return 0
}

__@PROGRAM@_complete() {
    COMPREPLY=()
    __@PROGRAM@_candidates
}

complete -o default -F __@PROGRAM@_complete @PROGRAM@
