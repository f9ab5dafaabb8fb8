// Records what Go's regexp package answers, one JSON line a case; see ../README.md.
//
//	go run . SEED COUNT > ../cases.jsonl
package main

import (
	"bufio"
	"encoding/json"
	"math/rand"
	"os"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"
)

// shown makes any bytes a JSON text: a byte that is no UTF-8 becomes U+E000 plus its value.
func shown(s string) string {
	var b strings.Builder
	for len(s) > 0 {
		r, size := utf8.DecodeRuneInString(s)
		if r == utf8.RuneError && size == 1 {
			b.WriteRune(0xE000 + rune(s[0]))
		} else {
			b.WriteString(s[:size])
		}
		s = s[size:]
	}
	return b.String()
}

func all(list []string) []string {
	out := []string{}
	for _, s := range list {
		out = append(out, shown(s))
	}
	return out
}

var fixed = []string{
	`a++`, `x**`, `a{1001}`, `(a{1000}){2}`, `(?x)`, `(?u)`, `(?R)`, `[a--b]`, `\Q..\E`, `a{,3}`, `{`, `a{`, `\07`, `\d\w\s`, `[a&&b]`, `[[a]`, `b*`,
	`(`, `)`, `a)`, `(a`, `(?`, `(?P`, `(?P<`, `(?P<n`, `(?P<n>`, `(?P<n>a)`, `(?<n>a)`, `(?P<>a)`, `(?P<x y>a)`, `(?P=n)`, `(?'n'a)`, `(?P<n>a)(?P<n>b)`,
	`[`, `[]`, `[^]`, `[]a]`, `[^]a]`, `[a`, `[a-`, `[z-a]`, `[a-\d]`, `[\d-z]`, `[a-]`, `[-a]`, `[[:alpha:]]`, `[[:^alpha:]]`, `[[:foo:]]`, `[[:alpha:]`, `[[:alpha]]`,
	`\`, `a\`, `[\`, `\8`, `\1`, `\12`, `\123`, `\0`, `\08`, `\777`, `\x`, `\x4`, `\x41`, `\x{41}`, `\x{}`, `\x{110000}`, `\x{10FFFF}`, `\x{4`, `\xg1`, `\C`, `\Z`, `\z`, `\A`, `\b`, `\B`, `\_`, `\-`, `\e`, `\G`, `\h`, `\é`,
	`\pN`, `\p`, `\p{`, `\p{N`, `\p{}`, `\p{Greek}`, `\p{greek}`, `\P{Greek}`, `\p{^Greek}`, `\P{^Greek}`, `\p{Old_Italic}`, `\p{Letter}`, `\p{Any}`, `\p{ascii}`, `\p{Assigned}`, `\p{LC}`, `\pX`, `(?i)\p{Lu}`, `(?i)\P{Lu}`, `[\p{Lu}\d]`, `[^\p{Lu}\d]`, `(?i)[^\p{Lu}]`,
	`*`, `+a`, `?`, `|*`, `a|*`, `(*)`, `(|+)`, `^*`, `$+`, `\b*`, `a*?`, `a*??`, `a??`, `a{2}{3}`, `a{2}*`, `a*{2}`, `(?:a{2}){3}`, `a{2,1}`, `a{0}`, `a{0,0}`, `(a){0}b`, `a{1000}`, `a{01}`, `a{1,`, `a{1,x}`, `a{99999999999}`, `((a{10}){10}){10}`, `((a{10}){10}){11}`,
	`(?i)k`, `(?i)s`, `(?i)[k]`, `(?i)[^k]`, `(?i)ß`, `(?i)é`, `(?i)\w`, `(?i)\W`, `(?i)[[:upper:]]`, `(?i)[[:^upper:]]`, `(?i:a)b`, `(?i)a(?-i)b`, `(?i`, `(?i-`, `(?i-)`, `(?-)`, `(?--i)`, `(?)`, `(?:)`, `(?s).`, `(?-s).`, `(?m)^a$`, `(?m)$`, `(?m)^`, `(?U)a+`, `(?U)a+?`, `(?U)a{1,2}`, `(?is-mU:a.b)`, `(?i)(?P<a>x)`,
	``, `|`, `a|`, `|a`, `||`, `()`, `(())`, `(|a)*`, `(|a)+`, `(a|)*`, `(a*)*`, `(a*)+`, `(a*?)*`, `(?:a?)*?`, `(a|b)*?c`, `(a+|b)*`, `a*|b`, `(?:|a)*b`, `(a?)*?b`, `(|a|b)*c`, `(^|a)*b`, `(\b|a)*`, `(?:$|b)+`,
	`.`, `..`, `.*`, `[^a]`, `\x{FFFD}`, `\D`, `\W`, `\S`, `^`, `$`, `^$`, `\A\z`, `a.c`, `é`, `[é-ü]`, `\x{1F600}`, "a\nb", "\\\n", "\xff", "a\xffb", "(\xff", "[\xff]", "[a-\xff]", "\\\xff", "\\Q\xff", "(?P<\xff>a)", "\\p{\xff}", "(?\xff)",
	`\Qa.b\Ec`, `\Qa.b`, `\Q\E`, `\Qab\E+`, `\E`, `[\Qa\E]`, `\Q\\E`, `\x{D800}`, `[\x{D7FF}-\x{E000}]`, `(?:(?:a)`, `a|b)`, `(a))`, `((a)`,
}

var atoms = []string{
	"a", "b", "c", "ab", ".", "^", "$", `\b`, `\B`, `\d`, `\w`, `\s`, `\D`, `\W`, `\S`, "[ab]", "[^a]", "[a-c]", "[^b-z]", `[\d_]`, "[[:alpha:]]", "é", "K", "k", "s", "ſ", "1", "x", " ", `\n`, `\x41`, `\.`, `-`, `\pL`, `\p{Lu}`, `\P{Ll}`, `\A`, `\z`, "", "B", "\u212a", "[é-ü]", `[^\W]`, `\Qa+\E`, "[[:punct:]]", "{", "}", "]", `\07`, "[k-s]", "日",
}
var noise = []string{"(", ")", "[", "]", "*", "+", "?", "{", "}", "{2}", "{,2}", "{1,3}", "|", `\`, "^", "-", "(?", "(?i)", ":", "P<n>", "(?P<n>", `\Q`, `\E`, `\p`, `\x`, "[[:alpha:]", "0", "9", "a", "z", "é", "\xff", ",", "<", ">", "=", "!", `\pL`, "(?s", "(?m)", "U", "i", "$"}
var alphabet = []string{"a", "b", "c", "ab", "A", "B", "k", "K", "\u212a", "s", "ſ", "S", "é", "É", "ü", "1", "9", "_", " ", "\n", "x", "-", ".", "+", "日", "😀", "\xff", "\xc3", "\xe2\x82", "aa", "bb", "\ufffd", "\x00"}
var pieces = []string{"$1", "${1}", "$2", "$0", "$$", "$", "x", "${n}", "$n", "$1x", "${1", "$é", "${", "$10", "$01", "-", "é", "", "$_", "${n}a", "\xff"}

func pick(r *rand.Rand, list []string) string { return list[r.Intn(len(list))] }

func pattern(r *rand.Rand, depth int) string {
	if depth == 0 {
		return pick(r, atoms)
	}
	switch r.Intn(9) {
	case 0, 1:
		return pattern(r, depth-1) + pattern(r, depth-1)
	case 2:
		return pattern(r, depth-1) + "|" + pattern(r, depth-1)
	case 3:
		return "(" + pattern(r, depth-1) + ")"
	case 4:
		return "(?:" + pattern(r, depth-1) + ")" + pick(r, []string{"*", "+", "?", "*?", "+?", "??", "{2}", "{1,2}", "{0,2}?", "{2,}", "{0}"})
	case 5:
		return pick(r, []string{"(?i)", "(?s)", "(?m)", "(?U)", "(?i-s)", "(?im:", "(?-i:", "(?P<n>"}) + pattern(r, depth-1) + pick(r, []string{"", ")"})
	case 6:
		return "(" + pattern(r, depth-1) + ")" + pick(r, []string{"*", "+", "?", "*?", "{2}", "{0,3}"})
	case 7:
		return pick(r, atoms) + pick(r, []string{"*", "+", "?", "*?", "+?", "{2}", "{1,2}"}) + pattern(r, depth-1)
	}
	return pattern(r, depth-1)
}

func join(r *rand.Rand, list []string, max int) string {
	var b strings.Builder
	for n := r.Intn(max + 1); n > 0; n-- {
		b.WriteString(pick(r, list))
	}
	return b.String()
}

func record(out *json.Encoder, r *rand.Rand, p string) {
	re, err := regexp.Compile(p)
	if err != nil {
		out.Encode(map[string]any{"pattern": shown(p), "error": shown(err.Error())})
		return
	}
	text, template, n := join(r, alphabet, 8), join(r, pieces, 4), r.Intn(6)-1
	line := map[string]any{
		"pattern": shown(p), "text": shown(text), "template": shown(template), "n": n, "match": re.MatchString(text),
		"find_all": all(re.FindAllString(text, n)), "split": all(re.Split(text, n)),
		"replace": shown(re.ReplaceAllString(text, template)), "literal": shown(re.ReplaceAllLiteralString(text, template)),
	}
	if at := re.FindStringSubmatchIndex(text); at != nil {
		groups := []any{}
		for i := 0; i < len(at); i += 2 {
			if at[i] < 0 {
				groups = append(groups, nil)
			} else {
				groups = append(groups, shown(text[at[i]:at[i+1]]))
			}
		}
		line["submatch"] = groups
	}
	out.Encode(line)
}

func main() {
	seed, _ := strconv.ParseInt(os.Args[1], 10, 64)
	count, _ := strconv.Atoi(os.Args[2])
	r := rand.New(rand.NewSource(seed))
	buffer := bufio.NewWriter(os.Stdout)
	defer buffer.Flush()
	out := json.NewEncoder(buffer)
	out.SetEscapeHTML(false)
	for _, p := range fixed {
		for range 3 {
			record(out, r, p)
		}
	}
	for range count {
		if r.Intn(4) == 0 {
			record(out, r, join(r, noise, 6))
		} else {
			record(out, r, pattern(r, 1+r.Intn(4)))
		}
	}
}
