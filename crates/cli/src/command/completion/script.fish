# fish completion for @PROGRAM@

function __@PROGRAM@_complete
    set -l words (commandline -opc)
    set -l current (commandline -ct)
    set -l answer ($words[1] @REQUEST@ $words[2..-1] "$current" 2>/dev/null)
    or return
    set -l directive (string replace -r '^:' '' -- $answer[-1])
    string match -qr '^[0-9]+$' -- "$directive"
    or return

    # After `--flag=` the candidates are values, but fish replaces the whole word.
    set -l prefix (string match -r -- '^-[^=]*=' "$current")
    set -l found 0
    for line in $answer[1..-2]
        string match -q '_activeHelp_*' -- $line
        and continue
        set found 1
        printf '%s%s\n' "$prefix" $line
    end

    if test $found -eq 0; and test (math "floor($directive / 4) % 2") -eq 0
        __fish_complete_path "$current"
    end
end

complete -c @PROGRAM@ -e
complete -c @PROGRAM@ -f -a '(__@PROGRAM@_complete)'
