# PowerShell completion for @PROGRAM@

Register-ArgumentCompleter -Native -CommandName '@PROGRAM@' -ScriptBlock {
    param($WordToComplete, $CommandAst, $CursorPosition)

    $elements = $CommandAst.CommandElements
    $words = @($elements | Where-Object { $_.Extent.EndOffset -le $CursorPosition } | ForEach-Object { $_.Extent.Text.Trim('"', "'") })
    $program = $words[0]
    $rest = @($words | Select-Object -Skip 1)
    if (-not $WordToComplete) { $rest += '' }

    # Windows PowerShell drops empty arguments unless they are quoted.
    if ($PSVersionTable.PSVersion -lt [version]'7.3.0') {
        $rest = @($rest | ForEach-Object { if ($_ -eq '') { '""' } else { $_ } })
    }
    $answer = @(& $program @REQUEST@ @rest 2>$null)
    if ($answer.Count -eq 0 -or $answer[-1] -notmatch '^:(\d+)$') { return }
    $directive = [int]$Matches[1]

    # After `--flag=` the candidates are values, but the whole word is replaced.
    $prefix = ''
    $start = $WordToComplete
    if ($WordToComplete -match '^(-[^=]*=)(.*)$') { $prefix = $Matches[1]; $start = $Matches[2] }

    $candidates = @($answer | Select-Object -SkipLast 1 | Where-Object { $_ -notlike '_activeHelp_*' -and $_.StartsWith($start) })
    foreach ($line in $candidates) {
        $text, $meaning = $line -split "`t", 2
        if (-not $meaning) { $meaning = $text }
        $space = if ($directive -band 2) { '' } else { ' ' }
        [System.Management.Automation.CompletionResult]::new("$prefix$text$space", $text, 'ParameterValue', $meaning)
    }
    # An empty result is what keeps PowerShell from completing files.
    if ($candidates.Count -eq 0 -and ($directive -band 4)) { '' }
}
