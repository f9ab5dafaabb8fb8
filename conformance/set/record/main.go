// Command record answers random cases about --set arguments and about the values of charts in charts with Helm 4.3.1's own packages.
//
//	go run . set 1500 > ../cases.jsonl
//	go run . coalesce 500 > ../../coalesce/cases.jsonl
//	go run . schema 0 > ../../schema/cases.jsonl
package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"log/slog"
	"math/rand"
	"os"
	"strconv"
	"strings"

	"helm.sh/helm/v4/pkg/chart/common/util"
	"helm.sh/helm/v4/pkg/chart/loader/archive"
	chart "helm.sh/helm/v4/pkg/chart/v2"
	"helm.sh/helm/v4/pkg/chart/v2/loader"
	chartutil "helm.sh/helm/v4/pkg/chart/v2/util"
	"helm.sh/helm/v4/pkg/strvals"
	"sigs.k8s.io/yaml"
)

var r = rand.New(rand.NewSource(7))

func pick[T any](xs ...T) T { return xs[r.Intn(len(xs))] }

// typed writes a value so that integers, floats and texts stay apart.
func typed(v any) any {
	switch x := v.(type) {
	case int64:
		return map[string]any{"int": strconv.FormatInt(x, 10)}
	case map[string]any:
		m := map[string]any{}
		for k, v := range x {
			m[k] = typed(v)
		}
		return map[string]any{"map": m}
	case []any:
		l := []any{}
		for _, v := range x {
			l = append(l, typed(v))
		}
		return l
	}
	return v
}

func setArgument() string {
	var b strings.Builder
	n := 1 + r.Intn(9)
	for i := 0; i < n; i++ {
		b.WriteString(pick("a", "b", "c", "a.b", "a.b.c", "l[0]", "l[1]", "l[2].x", "l[0][1]", "a.l[0]", "=", "=", "=", "=x", "=1", "=true", "=NULL", "=0", "=007", "=-5", "=1.5",
			",", ",", ",", ".", "{", "}", "={", "={a,b}", "={}", "={1,x,true},", "[", "]", "[0]", "[-1]", "[70000]", "[x]", "\\", "\\,", "\\.", "\\=", " ", "é", "\"", "null", "={\"a\":[1,2.5e3]}", "=[1,{\"x\":null}]",
			"=\"t\"", "=99999999999999999999", "[+1]", "[99999999999999999999]", "global.x=1", "e=", "e=,"))
	}
	return b.String()
}

func setCases(n int, out *json.Encoder) {
	bases := []string{"{}", `{"a":{"b":"old","d":1.5},"l":["x",null,{"x":1}],"s":"text","n":null,"c":[]}`}
	fixed := []string{strings.Repeat("a.", 30) + "b=1", strings.Repeat("a.", 31) + "b=1", "l[65536]=x", "l[65537]=x"}
	for i := 0; i < n; i++ {
		arg := setArgument()
		if i < len(fixed) {
			arg = fixed[i]
		}
		base := pick(bases...)
		row := map[string]any{"argument": arg, "base": base}
		for mode, parse := range map[string]func(string, map[string]any) error{"typed": strvals.ParseInto, "text": strvals.ParseIntoString, "json": strvals.ParseJSON, "literal": strvals.ParseLiteralInto} {
			dest := map[string]any{}
			if err := json.Unmarshal([]byte(base), &dest); err != nil {
				panic(err)
			}
			if err := parse(arg, dest); err != nil {
				row[mode] = map[string]any{"error": err.Error()}
			} else if i != 2 {
				row[mode] = typed(dest)
			} else {
				row[mode] = map[string]any{"ok": true}
			}
		}
		out.Encode(row)
	}
}

func value(depth int) any {
	switch n := r.Intn(12); {
	case n < 5 && depth > 0:
		return values(depth - 1)
	case n == 5:
		return nil
	case n == 6:
		return []any{1.0, nil, map[string]any{"x": nil}}
	case n == 7:
		return true
	case n == 8:
		return false
	case n == 9:
		return ""
	}
	return pick[any]("s", "t", 1.0, 2.5)
}

func values(depth int) map[string]any {
	m := map[string]any{}
	for i := r.Intn(4); i >= 0; i-- {
		m[pick("a", "b", "global", "one", "two", "three", "tags", "exports", "enabled", "x")] = value(depth)
	}
	return m
}

func yml(v any) string {
	b, err := yaml.Marshal(v)
	if err != nil {
		panic(err)
	}
	return string(b)
}

func chartFiles(files map[string]string, prefix, name string, depth int) {
	meta := map[string]any{"apiVersion": "v2", "name": name, "version": "1.2.3"}
	var deps []any
	if depth > 0 {
		for i, sub := range []string{"one", "two", "three"}[:1+r.Intn(3)] {
			chartFiles(files, prefix+"charts/"+sub+"/", sub, depth-1)
			if r.Intn(4) == 0 {
				continue
			}
			d := map[string]any{"name": sub, "version": pick("1.2.3", "~1.2", ">2", "*", "1.x"), "repository": ""}
			if r.Intn(3) == 0 {
				d["condition"] = pick("one.enabled", "two.enabled,a", "x", "a.b", sub+".enabled", "global.enabled")
			}
			if r.Intn(3) == 0 {
				d["tags"] = []any{pick("a", "b"), pick("x", "enabled")}
			}
			if r.Intn(3) == 0 {
				d["import-values"] = []any{pick[any]("a", "x", map[string]any{"child": pick("a", "b", "exports", "global.a"), "parent": pick("b", "a.b", ".", "one.a", "global")}), pick[any]("b", 3.0)}
			}
			if r.Intn(5) == 0 {
				d["alias"] = fmt.Sprintf("al%d", i)
			}
			deps = append(deps, d)
			if r.Intn(8) == 0 {
				deps = append(deps, map[string]any{"name": sub, "version": "1.2.3", "alias": pick("b", "again") + strconv.Itoa(i), "repository": ""})
			}
		}
	}
	if deps != nil {
		meta["dependencies"] = deps
	}
	files[prefix+"Chart.yaml"] = yml(meta)
	if r.Intn(6) > 0 {
		files[prefix+"values.yaml"] = yml(values(3))
	}
}

func load(files map[string]string) *chart.Chart {
	var list []*archive.BufferedFile
	for name, text := range files {
		list = append(list, &archive.BufferedFile{Name: name, Data: []byte(text)})
	}
	c, err := loader.LoadFiles(list)
	if err != nil {
		panic(err)
	}
	order(c)
	return c
}

// order puts charts into the order of their names, which Helm leaves to chance.
func order(c *chart.Chart) {
	deps := c.Dependencies()
	for i := range deps {
		for j := i + 1; j < len(deps); j++ {
			if deps[j].Name() < deps[i].Name() {
				deps[i], deps[j] = deps[j], deps[i]
			}
		}
	}
	c.SetDependencies(deps...)
	for _, d := range deps {
		order(d)
	}
}

func tree(c *chart.Chart) any {
	var deps []any
	for _, d := range c.Dependencies() {
		deps = append(deps, tree(d))
	}
	return map[string]any{"name": c.Name(), "dependencies": deps, "metadata": c.Metadata}
}

func answer(files map[string]string, user map[string]any) any {
	c := load(files)
	if err := chartutil.ProcessDependencies(c, user); err != nil {
		return map[string]any{"error": err.Error()}
	}
	vals, err := util.CoalesceValues(c, user)
	if err != nil {
		return map[string]any{"error": err.Error()}
	}
	return map[string]any{"charts": tree(c), "values": vals}
}

func coalesceCases(n int, out *json.Encoder) {
	for i := 0; i < n; {
		files := map[string]string{}
		chartFiles(files, "", "top", 1+r.Intn(2))
		user := values(3)
		if r.Intn(5) == 0 {
			user = map[string]any{}
		}
		text, _ := json.Marshal(user)
		var first []byte
		same := true
		for j := 0; j < 12; j++ {
			user := map[string]any{}
			json.Unmarshal(text, &user)
			got, err := json.Marshal(answer(files, user))
			if err != nil {
				panic(err)
			}
			if first == nil {
				first = got
			}
			same = same && bytes.Equal(first, got)
		}
		if !same {
			continue // Go's order of maps shows: there is no right answer.
		}
		i++
		out.Encode(map[string]any{"files": files, "user": json.RawMessage(text), "want": json.RawMessage(first)})
	}
}

func main() {
	log.SetOutput(io.Discard)
	slog.SetDefault(slog.New(slog.NewTextHandler(io.Discard, nil)))
	w := bufio.NewWriter(os.Stdout)
	defer w.Flush()
	out := json.NewEncoder(w)
	out.SetEscapeHTML(false)
	n, err := strconv.Atoi(os.Args[2])
	if err != nil {
		panic(err)
	}
	switch os.Args[1] {
	case "set":
		setCases(n, out)
	case "schema":
		schemaCases(out)
	case "coalesce":
		coalesceCases(n, out)
	}
}
