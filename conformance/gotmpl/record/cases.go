package main

import (
	"fmt"
	"math/rand"
	"sort"
	"strings"
)

// cases lists the templates to ask about.
func cases() []string {
	var all []string
	all = append(all, handwritten...)
	all = append(all, printfs()...)
	all = append(all, functions()...)
	all = append(all, random(6000)...)
	return all
}

func keys() []string {
	var keys []string
	for key := range dot {
		keys = append(keys, key)
	}
	sort.Strings(keys)
	return keys
}

var addressed = map[string]bool{
	"bytes": true, "deep": true, "emap": true, "err": true, "files": true, "ints": true, "list": true, "map": true, "mss": true, "msi": true,
	"named": true, "nested": true, "none": true, "ptr": true, "strings": true,
}

// printfs combines every verb with flags and every kind of value.
func printfs() []string {
	var all []string
	source := rand.New(rand.NewSource(3))
	verbs := "vTtdoObxXcqUeEfFgGspzw"
	flags := []string{"", "#", "+", "-", " ", "0", "5", "-9", "09", ".2", "8.3", "+.3", "#.4", "-10.1", "# ", "+#", "010.2", ".0", "12"}
	for _, key := range keys() {
		for _, verb := range verbs {
			for _, flag := range []string{"", flags[source.Intn(len(flags))], flags[source.Intn(len(flags))]} {
				if verb == 'p' && addressed[key] {
					continue // another address each time
				}
				all = append(all, fmt.Sprintf(`{{ printf "%%%s%c" .%s }}`, flag, verb, key))
			}
		}
		all = append(all, fmt.Sprintf(`{{ printf "%%v|%%+v|%%#v|%%s|%%q|%%d" .%[1]s .%[1]s .%[1]s .%[1]s .%[1]s .%[1]s }}`, key))
	}
	for _, format := range []string{
		"%", "%!", "%d %d", "%[1]d", "%[2]d %[1]d", "%[3]d", "%[0]d", "%[x]d", "%[1", "%[]d", "%[1]*d", "%*d", "%.*f", "%[2]*[1]d", "%-*d|",
		"%[1]2d", "%[1].2f", "%.[2]d", "%.[2]*[1]d", "%%", "%5%", "%é", "%20000001d", "%.20000001d", "% d", "%+d", "%x %X", "%08b", "%+q", "%#q", "%#x", "%# x",
		"%v %v %v", "%6.2f|%-8s|%+d", "%s", "no verbs", "", "%d%%", "%[1]v %[1]T", "%[2]v", "%.3s", "%.3q", "%.", "%.d", "%5.d", "%-05d", "%+-5d",
	} {
		for _, args := range []string{"", " 1", " 1 2", " 1 2 3", ` "a"`, ` 3 "abc"`, " 1.5", " 5 1.5", " -5 7", ` "x" 3.0 nil`} {
			all = append(all, fmt.Sprintf("{{ printf %q%s }}", format, args))
		}
	}
	return all
}

// functions gives each function all kinds of arguments.
func functions() []string {
	var all []string
	source := rand.New(rand.NewSource(5))
	values := []string{"1", "-1", "1.5", `"a"`, "true", "nil", "'x'", "1i", ".", "$"}
	for _, key := range keys() {
		values = append(values, "."+key)
	}
	for _, name := range []string{
		"len", "not", "html", "js", "urlquery", "print", "println", "index", "slice", "eq", "and", "or", "call", "int_", "int64_", "string_", "float_", "bool_",
		"map_", "list_", "any_", "strings_", "rest", "count", "fails", "nothing", "printf", "kind",
	} {
		all = append(all, fmt.Sprintf("{{ %s }}", name))
		for _, value := range values {
			all = append(all, fmt.Sprintf("{{ %s %s }}", name, value), fmt.Sprintf("{{ %s | %s }}", value, name),
				fmt.Sprintf("{{ (%s %s) | %s %s }}", name, value, name, value))
		}
	}
	for _, name := range []string{"eq", "ne", "lt", "le", "gt", "ge", "index", "slice", "and", "or", "print", "println", "rest", "printf"} {
		for _, one := range values {
			for _, two := range values {
				if source.Intn(9) > 0 {
					continue
				}
				all = append(all, fmt.Sprintf("{{ %s %s %s }}", name, one, two))
			}
		}
	}
	for _, value := range values {
		if strings.Contains(" .i64 .u64 .dur ", " "+value+" ") {
			continue // too long to range over
		}
		for _, form := range []string{
			"{{ %s }}", "{{ if %s }}y{{ else }}n{{ end }}", "{{ with %s }}{{ . }}{{ else }}n{{ end }}", "{{ range %s }}[{{ . }}]{{ else }}n{{ end }}",
			"{{ range $i, $v := %s }}{{ $i }}={{ $v }};{{ end }}", "{{ range $v := %s }}{{ kind $v }};{{ end }}", "{{ %s | kind }}", "{{ (%s).X }}",
			"{{ (%s).missing }}", "{{ $x := %s }}{{ $x }}{{ $x.k }}", "{{ template \"d\" %s }}{{ define \"d\" }}{{ . }}{{ end }}", "{{ (%s) 1 }}", "{{ %s 1 }}",
			"{{ range %s }}{{ .missing.x }}{{ end }}", "{{ with %s }}{{ .missing.x }}{{ end }}", "{{ slice %s 0 1 2 }}", "{{ index %s 0 \"k\" }}", "{{ index %s \"k\" 0 }}",
			"{{ .map.missing | any_ %s }}", "{{ %s.a }}", "{{ %s.a.b }}",
		} {
			all = append(all, fmt.Sprintf(form, value))
		}
	}
	return all
}

// random strings tokens together: most of it does not parse.
func random(count int) []string {
	source := rand.New(rand.NewSource(7))
	tokens := []string{
		"{{", "}}", "{{-", "-}}", "{{- ", " -}}", " ", " ", " ", "\n", "if", "else", "end", "range", "with", "define", "block", "template", "break", "continue", "nil",
		"true", "$", "$x", "$x :=", "$x =", "$i, $v :=", ".", ".s", ".map", ".map.a", ".missing", ".list", "(", ")", "|", "\"a\"", "`b`", "'c'", "1", "-2.5", "0x1F", "1e3",
		"1_000", "08", "1+2i", "3i", "eq", "and", "or", "not", "printf", "len", "index", "print", "any_", "count", "nosuch", ",", ":=", "=", ":", "%", "@", "é", "text", "/*", "*/",
		"{{/* c */}}", "{{ end }}", "{{ else }}", "{{ if .s }}", "{{ range .list }}", "{{ with .map }}", "{{ define \"d\" }}", "{{ template \"d\" . }}", "{{ .s }}", "\"", "'", "\\", "\t",
	}
	var all []string
	for range count {
		var text strings.Builder
		if source.Intn(2) == 0 {
			text.WriteString("{{ ")
		}
		for range 1 + source.Intn(9) {
			text.WriteString(tokens[source.Intn(len(tokens))])
			if source.Intn(3) == 0 {
				text.WriteString(" ")
			}
		}
		if source.Intn(2) == 0 {
			text.WriteString(" }}")
		}
		all = append(all, text.String())
	}
	return all
}

var handwritten = []string{
	"", "text", "{{", "}}", "{{}}", "{{ }}", "{{-}}", "{{- }}", "{{ -}}", "{{- -}}", "a {{- 1 -}} b", "a \n {{- 1 }}\n\n{{ 2 -}} \n b", "{{-3}}", "{{- 3}}", "{{3 -}}x", "{{3-}}",
	"{{/* a */}}x", "{{- /* a */ -}} x", "x {{- /* a */}} y", "{{/* a }}", "{{/* a */ }}", "{{ /* a */ }}", "{{/* a */ -}} z", "{{/**/}}", "a\n{{/*\n\n*/}}\n{{ nosuch }}",
	"{{ nil }}", "{{ .missing }}", "{{ .missing.x }}", "{{ .missing.x.y }}", "{{ .map.missing.x }}", "{{ .nil.x }}", "{{ .nil }}", "{{ .map.c.d.e }}", "{{ $.map.c.d.e }}",
	"{{ .s.x }}", "{{ .i.x }}", "{{ .list.x }}", "{{ .point.X }}", "{{ .point.z }}", "{{ .point.Q }}", "{{ .ptr.X }}", "{{ .ptr.Q }}", "{{ .point.Sum 2 }}", "{{ .point.Sum }}",
	"{{ .point.Sum 1 2 }}", "{{ .point.Sum \"a\" }}", "{{ 2 | .point.Sum }}", "{{ .point.Join \"-\" 1 2 }}", "{{ .point.Join }}", "{{ .point.Fail }}", "{{ .point.X 1 }}",
	"{{ .files.Get \"f.txt\" }}", "{{ .files.Get }}", "{{ .files.nope }}", "{{ index .files \"f.txt\" }}", "{{ range $k, $v := .files }}{{ $k }}{{ $v }}{{ end }}", "{{ .map.a 1 }}", "{{ 1 | .map.a }}",
	"{{ .mss.k }}", "{{ .mss.missing }}|", "{{ .msi.missing }}|", "{{ .named.n }}", "{{ .named.missing }}", "{{ .named.missing.x }}", "{{ map_ .named }}", "{{ map_ .mss }}", "{{ map_ .missing }}",
	"{{ .i 1 }}", "{{ 1 2 }}", "{{ \"a\" 1 }}", "{{ true false }}", "{{ . 1 }}", "{{ nil 1 }}", "{{ (1) 2 }}", "{{ 1 | 2 }}", "{{ 1 | \"a\" }}", "{{ 1 | . }}", "{{ 1 | nil }}", "{{ 1 | true }}", "{{ 1 | .s }}",
	"{{ 1 | $ }}", "{{ 1 | (2) }}", "{{ 1 | (print 2) }}", "{{ 1 | print 2 | print 3 }}", "{{ print 1 2 \"a\" \"b\" 3 }}", "{{ print nil }}", "{{ println 1 \"a\" }}", "{{ print }}", "{{ printf }}",
	"{{ nosuch }}", "{{ .s | nosuch }}", "{{ (nosuch) }}", "{{ $nosuch }}", "{{ $x := 1 }}{{ $x }}", "{{ $x := $x }}", "{{ $x = 1 }}", "{{ $x := 1 }}{{ $x = 2 }}{{ $x }}", "{{ $x := 1 }}{{ if true }}{{ $x = 2 }}{{ end }}{{ $x }}",
	"{{ $x := 1 }}{{ if true }}{{ $x := 2 }}{{ $x }}{{ end }}{{ $x }}", "{{ if $x := 1 }}{{ $x }}{{ end }}{{ $x }}", "{{ with $x := .s }}{{ $x }}{{ . }}{{ end }}", "{{ if false }}{{ $y := 1 }}{{ else }}{{ $y }}{{ end }}",
	"{{ $x, $y := 1 }}", "{{ range $x, $y, $z := .list }}{{ end }}", "{{ range $x, 1 := .list }}{{ end }}", "{{ range $x, := .list }}{{ end }}", "{{ $x := }}", "{{ := 1 }}", "{{ $x : 1 }}", "{{ $ := 1 }}{{ $ }}", "{{ $x.a := 1 }}",
	"{{ and false ($z := 1) }}{{ $z }}", "{{ and true ($z := 1) }}{{ $z }}", "{{ ($x := 3) }}{{ $x }}", "{{ $x := 1 | print }}{{ $x }}",
	"{{ range $i, $v := .list }}{{ $i }}{{ $v }}{{ end }}", "{{ range $i, $v = .list }}{{ end }}", "{{ $i := 0 }}{{ $v := 0 }}{{ range $i, $v = .list }}{{ end }}{{ $i }}{{ $v }}", "{{ $v := 0 }}{{ range $v = .strings }}{{ end }}{{ $v }}",
	"{{ range $i, $v := .none }}x{{ else }}{{ $i }}{{ $v }}{{ end }}", "{{ range 3 }}{{ . }}{{ end }}", "{{ range $i := 3 }}{{ $i }}{{ end }}", "{{ range $i, $j := 3 }}{{ $i }}{{ end }}", "{{ range 0 }}x{{ else }}y{{ end }}",
	"{{ range -1 }}x{{ else }}y{{ end }}", "{{ range .u8 }}{{ break }}{{ end }}", "{{ range .i64 }}{{ break }}{{ end }}", "{{ range .s }}{{ end }}", "{{ range .f }}{{ end }}", "{{ range .t }}{{ end }}", "{{ range .missing }}x{{ else }}y{{ end }}", "{{ range nil }}{{ end }}",
	"{{ range .map }}{{ . }};{{ end }}", "{{ range $k, $v := .map }}{{ $k }}={{ $v }};{{ end }}", "{{ range $k := .map }}{{ $k }};{{ end }}", "{{ range .point }}{{ end }}", "{{ range .ptr }}{{ end }}", "{{ range .dur }}{{ break }}{{ end }}",
	"{{ break }}", "{{ continue }}", "{{ range .list }}{{ if eq . 1 }}{{ continue }}{{ end }}{{ break }}{{ end }}done", "{{ range .ints }}{{ . }}{{ if eq . 1 }}{{ break }}{{ end }}{{ else }}e{{ end }}", "{{ range .ints }}{{ break 1 }}{{ end }}",
	"{{ range .list }}{{ define \"x\" }}{{ break }}{{ end }}{{ end }}", "{{ range .list }}{{ block \"x\" . }}{{ break }}{{ end }}{{ end }}", "{{ range .list }}{{ else }}{{ break }}{{ end }}", "{{ .break }}", "{{ range .ints }}{{ with . }}{{ continue }}{{ end }}x{{ end }}",
	"{{ if }}{{ end }}", "{{ if true }}", "{{ if true }}{{ else }}", "{{ if true }}{{ else }}{{ else }}{{ end }}", "{{ end }}", "{{ else }}", "{{ if true }}a{{ else if false }}b{{ else }}c{{ end }}", "{{ if false }}a{{ else if false }}b{{ else }}c{{ end }}",
	"{{ if false }}a{{ else with .s }}b{{ end }}{{ end }}", "{{ with false }}a{{ else with .s }}{{ . }}{{ end }}", "{{ with false }}a{{ else if .s }}{{ . }}{{ end }}", "{{ range .none }}a{{ else if .s }}b{{ end }}{{ end }}", "{{ if false }}{{ else if }}{{ end }}",
	"{{ if true }}{{ end 1 }}", "{{ if true }}{{ else 1 }}{{ end }}", "{{ with .map }}{{ .a }}{{ $.s }}{{ end }}", "{{ with .missing }}x{{ else }}{{ .s }}{{ end }}", "{{ with $x := 1 }}{{ else }}{{ $x }}{{ end }}", "{{ range 2 }}{{ else }}{{ else }}{{ end }}",
	"{{ define \"a\" }}A{{ . }}{{ end }}{{ template \"a\" 1 }}{{ template \"a\" }}", "{{ template \"nope\" }}", "{{ template \"nope\" . }}", "{{ template nope }}", "{{ template 1 }}", "{{ template }}", "{{ template \"a\" 1 2 }}", "{{ template \"a\" | 1 }}",
	"{{ define }}{{ end }}", "{{ define a }}{{ end }}", "{{ define \"a\" 1 }}{{ end }}", "{{ define \"a\" }}", "{{ define \"a\" }}{{ else }}{{ end }}", "{{ define \"a\" }}x{{ end }}{{ define \"a\" }}y{{ end }}", "{{ define \"a\" }}x{{ end }}{{ define \"a\" }} {{ end }}{{ template \"a\" }}",
	"{{ define \"a\" }} {{ end }}{{ define \"a\" }}y{{ end }}{{ template \"a\" }}", "{{ if true }}{{ define \"a\" }}{{ end }}{{ end }}", "{{ block \"b\" .s }}B{{ . }}{{ end }}", "{{ block \"b\" }}x{{ end }}", "{{ block b . }}x{{ end }}", "{{ block \"b\" . }}x{{ else }}{{ end }}",
	"{{ block \"b\" . }}", "{{ block \"b\" . }}x{{ end }}{{ template \"b\" }}", "{{ define \"t.txt\" }}x{{ end }}", "{{ define \"t.txt\" }}x{{ end }}y", "{{ define \"r\" }}{{ template \"r\" }}{{ end }}{{ template \"r\" }}", "{{ define \"a\" }}{{ .missing.x }}{{ end }}\n  {{ template \"a\" . }}",
	"{{ define \"a\" }}{{ $x }}{{ end }}{{ $x := 1 }}{{ template \"a\" }}", "{{ define `raw` }}r{{ end }}{{ template \"raw\" }}", "{{ define \"a\\\"b\" }}r{{ end }}{{ template \"a\\\"b\" .missing.x }}", "{{ define \"a%d\" }}{{ .missing.x }}{{ end }}{{ template \"a%d\" . }}",
	"{{ (.map).a }}", "{{ (.map).a.b }}", "{{ (nil).a }}", "{{ (index .nested 1).k }}", "{{ (index .nested 1).k.z }}", "{{ .map.a.b }}", "{{ 1.a }}", "{{ \"a\".b }}", "{{ true.b }}", "{{ nil.b }}", "{{ .s.b.c }}", "{{ $.s.b }}", "{{ print.a }}", "{{ (print).a }}", "{{ ..a }}", "{{ .a. }}", "{{ .a..b }}",
	"{{ .1 }}", "{{ .é }}", "{{ .a-b }}", "{{ .a+b }}", "{{ $a-b }}", "{{ a.b }}", "{{ .a\"b\" }}", "{{ \"a\"\"b\" }}", "{{ 1\"b\" }}", "{{ (1)(2) }}", "{{ (1 }}", "{{ 1) }}", "{{ () }}", "{{ ( ) }}", "{{ (|) }}", "{{ | }}", "{{ 1 | }}", "{{ | 1 }}", "{{ 1 || 2 }}", "{{ (1 | }}", "{{ if (1 }}{{ end }}",
	"{{ 0 }} {{ 00 }} {{ 017 }} {{ 0o17 }} {{ 0b11 }} {{ 0x1f }} {{ 0X1F }} {{ 1_000 }} {{ 0x_1 }}", "{{ 08 }}", "{{ 1__0 }}", "{{ 1_ }}", "{{ _1 }}", "{{ 0x }}", "{{ 0b2 }}", "{{ 1e3 }} {{ 1E3 }} {{ 1.5e-3 }} {{ .5 }} {{ 5. }} {{ 0x1p4 }} {{ 0x1.8p1 }}", "{{ 1e }}", "{{ 1e400 }}", "{{ 0x1p }}", "{{ 0x1.8 }}",
	"{{ 9223372036854775807 }}", "{{ 9223372036854775808 }}", "{{ 18446744073709551615 }}", "{{ 18446744073709551616 }}", "{{ -9223372036854775808 }}", "{{ -9223372036854775809 }}", "{{ 1e18 }}", "{{ 1e19 }}", "{{ int_ 1e3 }}", "{{ int_ 1.5 }}", "{{ int64_ 1e18 }}", "{{ float_ 1 }}", "{{ float_ 'a' }}", "{{ int_ 'a' }}",
	"{{ 1i }}", "{{ 1+2i }}", "{{ 1.5-2e3i }}", "{{ 1+2 }}", "{{ 1+2i3 }}", "{{ 1-i }}", "{{ +1 }}", "{{ -1 }}", "{{ - 1 }}", "{{ +-1 }}", "{{ 1.2.3 }}", "{{ 1a }}", "{{ 1.a }}", "{{ 0i }}", "{{ 1+0i }}", "{{ int_ 1+0i }}", "{{ 'a' }} {{ '\\n' }} {{ 'é' }} {{ '\\x41' }} {{ '\\u00e9' }} {{ '\\'' }}", "{{ '' }}", "{{ 'ab' }}", "{{ 'a }}", "{{ '\\q' }}", "{{ '\\",
	"{{ \"a\\n\\t\\\"\\\\\\x41\\101\\u00e9\\U0001F600\" }}", "{{ \"a\\q\" }}", "{{ \"\\xg\" }}", "{{ \"\\ud800\" }}", "{{ \"a }}", "{{ \"a\nb\" }}", "{{ `a\nb\\n` }}", "{{ `a\r\nb` }}", "{{ `a }}", "{{ \"\\'\" }}", "{{ '\\\"' }}", "{{ \"\\400\" }}",
	"{{ @ }}", "{{ \x00 }}", "{{ \u00a0 }}", "{{ # }}", "{{ % }}", "{{ ! }}", "{{ a&b }}", "{{ é }}", "{{ ☺ }}", "{{ 1,2 }}", "{{ print 1, 2 }}", "{{ print (1, 2) }}", "{{ {{ }}", "{{ 1 }} }}", "{{ ~ }}", "\xff{{ 1 }}", "{{ .\xff }}",
	"{{ if\n\n nosuch }}", "{{\n\n if", "{{ if true }}\n{{ range\n\n(", "a\nb\n{{ .missing.x }}", "a\nb {{ 1 }}\n é{{ .missing.x }}", "{{ print\n  1\n  .missing.x }}", "{{/*\n", "{{ `\n\n", "{{ (\n\n }}", "{{ 1\n-}} x", "x {{-\n1 }}",
	"{{ and }}", "{{ or }}", "{{ and 1 }}", "{{ or 0 \"\" nil }}", "{{ and 1 2 3 }}", "{{ and 0 (fails \"x\") }}", "{{ or 1 (fails \"x\") }}", "{{ and 1 (fails \"x\") }}", "{{ 3 | and 1 2 }}", "{{ 3 | or 0 }}", "{{ 3 | or 1 (fails \"x\") }}", "{{ nil | or 0 }}", "{{ .missing | or 0 }}", "{{ .missing | and 1 }}|",
	"{{ not }}", "{{ not 1 2 }}", "{{ len }}", "{{ len .missing }}", "{{ len nil }}", "{{ .missing | len }}", "{{ len (.missing) }}", "{{ len .nil }}", "{{ len nothing }}", "{{ len (nothing) }}", "{{ len 3 }}", "{{ index }}", "{{ index .list 99 }}", "{{ index .list 5 }}", "{{ index .list -1 }}", "{{ index .list \"a\" }}", "{{ index .list nil }}",
	"{{ index .list 3 0 }}", "{{ index .map \"c\" \"d\" \"e\" }}", "{{ index .map 1 }}", "{{ index .map nil }}", "{{ index .map \"missing\" }}", "{{ index .map \"missing\" \"x\" }}", "{{ index .mss \"missing\" }}|", "{{ index .s 0 }}", "{{ index .s 5 }}", "{{ index .s 99 }}", "{{ index nil 1 }}", "{{ index .missing 1 }}", "{{ index 1 1 }}", "{{ index .list .u8 }}", "{{ index .list .u64 }}", "{{ index .named \"n\" }}", "{{ index .list 1.0 }}",
	"{{ slice .s 1 }}", "{{ slice .s 1 3 }}", "{{ slice .s 3 1 }}", "{{ slice .s 9 }}", "{{ slice .s 1 2 3 }}", "{{ slice .list 1 3 }}", "{{ slice .list 1 3 4 }}", "{{ slice .list 1 4 3 }}", "{{ slice .list 1 2 3 4 }}", "{{ slice .map 1 }}", "{{ slice nil }}", "{{ slice .list -1 }}", "{{ slice .s }}", "{{ slice .list \"a\" }}",
	"{{ call }}", "{{ call nil }}", "{{ call .missing }}", "{{ call .s }}", "{{ call 1 2 }}", "{{ .s | call }}", "{{ 1 | call }}", "{{ call (print 1) }}", "{{ nil | call }}", "{{ .missing | call }}",
	"{{ eq }}", "{{ eq 1 }}", "{{ eq 1 1 }}", "{{ eq 1 2 1 }}", "{{ eq 1 1.0 }}", "{{ eq 1 \"1\" }}", "{{ eq nil nil }}", "{{ eq .missing nil }}", "{{ eq .map .map }}", "{{ eq .list .list }}", "{{ eq .map nil }}", "{{ eq .map 1 }}", "{{ eq 1 .map }}", "{{ eq .map .list }}", "{{ eq .point .point }}", "{{ eq .ptr .ptr }}", "{{ eq .point .ptr }}", "{{ eq .dur .i64 }}", "{{ eq .u8 200 }}", "{{ eq .neg .u }}", "{{ ne 1 2 3 }}", "{{ ne 1 }}", "{{ lt 1 }}", "{{ lt 1 2 3 }}", "{{ lt nil 1 }}", "{{ lt true false }}", "{{ lt 1i 2i }}", "{{ lt 1 1.0 }}", "{{ lt .neg .u }}", "{{ gt .u64 .neg }}", "{{ le \"a\" \"b\" }}", "{{ ge .list 1 }}", "{{ .missing | eq nil }}", "{{ eq .s \"a\" .missing }}",
	"{{ html \"<a href='x'>&\\\"\\x00\" }}", "{{ js \"<a href='x'>&\\\"=\\n\\x00é\\u2028\" }}", "{{ urlquery \"a b&c=é/~-_.\" }}", "{{ html 1 \"a\" 2 3 }}", "{{ html nil }}", "{{ html .missing }}", "{{ html }}", "{{ js .quote }}", "{{ html .quote }}", "{{ urlquery .quote }}", "{{ js .bad }}", "{{ html .ptr }}",
	"{{ int_ \"a\" }}", "{{ int_ .s }}", "{{ int_ nil }}", "{{ int_ .missing }}", "{{ int_ .i64 }}", "{{ int_ .i }}", "{{ int_ (print 1) }}", "{{ int_ true }}", "{{ string_ 1 }}", "{{ string_ .i }}", "{{ string_ nil }}", "{{ string_ .missing }}", "{{ .missing | string_ }}", "{{ nil | string_ }}", "{{ map_ 1 }}", "{{ map_ nil }}", "{{ map_ \"a\" }}", "{{ list_ true }}", "{{ list_ .strings }}", "{{ strings_ .list }}", "{{ strings_ .strings }}",
	"{{ rest }}", "{{ rest \"a\" }}", "{{ rest \"a\" 1 2 }}", "{{ rest \"a\" \"b\" }}", "{{ 1 | rest \"a\" }}", "{{ \"a\" | rest }}", "{{ 1 | rest }}", "{{ \"b\" | rest \"a\" 1 }}", "{{ nothing }}", "{{ nothing 1 }}", "{{ nothing.x }}", "{{ (nothing).x }}", "{{ any_ nothing }}", "{{ any_ nothing | print }}", "{{ string_ nothing }}", "{{ string_ (nothing) }}", "{{ fails \"boom %d\" }}", "{{ any_ (fails \"in\") }}", "{{ print (fails \"a\") 1 }}", "{{ if fails \"x\" }}{{ end }}", "{{ .s | fails }}", "{{ any_ print }}", "{{ any_ (1) }}", "{{ int_ (1) }}", "{{ bool_ (eq 1 1) }}", "{{ any_ nil }}", "{{ count nil .missing (nothing) }}", "{{ printf .i }}", "{{ printf 1 }}", "{{ printf nil }}", "{{ printf .missing }}",
	"{{ .dur }}", "{{ .err }}", "{{ .ptr }}", "{{ .point }}", "{{ .files }}", "{{ .cplx }}", "{{ .bytes }}", "{{ .map }}", "{{ .list }}", "{{ .nested }}", "{{ .f32 }}", "{{ .fbig }}", "{{ .fint }}", "{{ .u64 }}", "{{ .i32 }}", "{{ .named }}", "{{ .dur.Seconds }}", "{{ .dur.Nope }}", "{{ .err.Error }}",
	"{{ if .point }}y{{ end }}{{ if .dur }}y{{ end }}{{ if .cplx }}y{{ end }}{{ if .u }}y{{ end }}{{ if .emap }}n{{ end }}{{ if .files }}y{{ end }}{{ if .ptr }}y{{ end }}",
	"{{ range .list }}{{ .x }}{{ end }}", "{{ range .strings }}{{ .x }}{{ end }}", "{{ range .nested }}{{ .k }}{{ end }}", "{{ $x := .missing }}{{ $x.y }}", "{{ $x := .nil }}{{ $x.y.z }}", "{{ with $x := .map }}{{ $x.missing.y }}{{ end }}", "{{ range $v := .list }}{{ $v.x }}{{ end }}", "{{ range $i, $v := .strings }}{{ $i.x }}{{ end }}",
	"{{ template \"d\" .missing }}{{ define \"d\" }}{{ .x }}{{ end }}", "{{ define \"d\" }}{{ range . }}{{ .missing.y }}{{ end }}{{ end }}{{ template \"d\" (list .map) }}", "{{ print (index .list 0 | printf \"%d %s\" 1) (len .s) }}", "{{ print \"100%\" | printf \"%s %d\" \"x\" }}", "{{ index (index .nested 0) 7 }}",
	"{{ . | print }}", "{{ $ | len }}", "{{ $.missing.x }}", "{{ $x := . }}{{ $x.s }}", "{{ range . }}{{ break }}{{ end }}", "{{ .map.a | printf \"%s-%s\" .s | html }}",
}
