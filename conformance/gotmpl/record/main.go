// Command record asks Go's text/template, and prints its answers as JSON lines.
//
//	go run . > ../cases.jsonl
package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"regexp"
	"strings"
	"text/template"
	"time"
)

// named is a map type with a name, as Helm's values have.
type named map[string]any

type point struct {
	X int
	Y string
	z bool
}

func (p point) Sum(n int) int                        { return p.X + n }
func (p point) Join(sep string, parts ...any) string { return fmt.Sprint(len(parts)) + sep + p.Y }
func (p point) Fail() (string, error)                { return "", errors.New("point fails") }

type files map[string][]byte

func (f files) Get(name string) string { return string(f[name]) }

var dot = map[string]any{
	"i": 42, "neg": -7, "zero": 0, "i8": int8(-8), "i16": int16(16), "i32": int32(65), "i64": int64(1 << 40),
	"u": uint(7), "u8": uint8(200), "u16": uint16(16), "u32": uint32(32), "u64": uint64(1<<63 + 5),
	"f": 3.25, "fbig": 1e21, "fsmall": 1.5e-7, "fint": 1000000.0, "fneg": -0.5, "f32": float32(0.1),
	"s": "hello", "empty": "", "uni": "héllo ✓", "bad": "a\xffb", "quote": "it's \"<b>\" & `x`\n\t\\",
	"t": true, "no": false, "nil": nil,
	"list": []any{1, "two", 3.5, nil, true}, "strings": []string{"a", "b"}, "none": []any{}, "ints": []int{3, 1, 2},
	"nested": []any{[]any{1, 2}, map[string]any{"k": "v"}}, "bytes": []byte("hi!"),
	"map": map[string]any{"b": 1, "a": "x", "c": map[string]any{"d": nil}, "e": []any{1}},
	"mss": map[string]string{"k": "v", "a": "z"}, "named": named{"n": 1}, "emap": map[string]any{},
	"msi": map[string]int{"one": 1}, "cplx": complex(1, -2),
	"point": point{3, "why", true}, "ptr": &point{4, "ptr", false}, "files": files{"f.txt": []byte("body")},
	"dur": 90 * time.Second, "deep": map[string]any{"x": map[string]any{"y": map[string]any{"z": "deep"}}},
	"err": errors.New("an error"),
}

var funcs = template.FuncMap{
	"int_": func(n int) int { return n }, "int64_": func(n int64) int64 { return n },
	"string_": func(s string) string { return s }, "float_": func(f float64) float64 { return f },
	"bool_": func(b bool) bool { return b }, "map_": func(m map[string]any) int { return len(m) },
	"list_": func(l []any) int { return len(l) }, "any_": func(v any) any { return v },
	"strings_": func(s []string) int { return len(s) },
	"rest":     func(first string, rest ...int) int { return len(rest) },
	"count":    func(values ...any) int { return len(values) },
	"fails":    func(s string) (string, error) { return "", errors.New(s) },
	"nothing":  func() any { return nil },
	"list":     func(values ...any) []any { return values },
	"kind":     func(v any) string { return fmt.Sprintf("%T", v) },
}

type answer struct {
	Template string `json:"template"`
	Missing  string `json:"missing,omitempty"`
	Output   string `json:"output,omitempty"`
	Error    string `json:"error,omitempty"`
}

func ask(text, missing string) answer {
	a := answer{Template: text, Missing: missing}
	t := template.New("t.txt").Funcs(funcs)
	if missing != "" {
		t.Option("missingkey=" + missing)
	}
	t, err := t.Parse(text)
	if err == nil {
		var out strings.Builder
		err = t.Execute(&out, dot)
		a.Output = out.String()
	}
	if err != nil {
		a.Output, a.Error = "", err.Error()
	}
	return a
}

func main() {
	out := json.NewEncoder(os.Stdout)
	out.SetEscapeHTML(false)
	seen := map[string]bool{}
	for _, text := range cases() {
		if seen[text] {
			continue
		}
		seen[text] = true
		for _, missing := range []string{"", "zero", "error"} {
			if missing != "" && !strings.Contains(text, "missing") {
				continue
			}
			a := ask(text, missing)
			if address.MatchString(a.Output + a.Error) {
				continue // another one each time
			}
			if !valid(a.Output) || !valid(a.Error) {
				continue // JSON has no room for it
			}
			if err := out.Encode(a); err != nil {
				panic(err)
			}
		}
	}
}

var address = regexp.MustCompile("0x[0-9a-f]{11,}")

func valid(s string) bool { return strings.ToValidUTF8(s, "") == s }
