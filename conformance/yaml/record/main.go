// Answers questions about YAML with the modules that Helm 4.3.1 is built with.
//
// It reads JSON lines {"op": …, "text": …}, or with "base64" for what is no UTF-8, and writes each one
// with its "out" or "error", those that it had before replaced. Operations:
//
//	json    the first document as JSON
//	strict  the same, with duplicate keys as errors
//	all     all documents of the stream as a JSON list
//	head    what Helm reads of a resource to sort it
//	v2      the first document printed as toYaml does
//	v3      the first document printed as toYamlPretty does
package main

import (
	"bufio"
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"reflect"
	"strconv"
	"strings"

	yaml2 "go.yaml.in/yaml/v2"
	yaml3 "go.yaml.in/yaml/v3"
	"sigs.k8s.io/yaml"
)

type record struct {
	Op     string  `json:"op"`
	Text   *string `json:"text,omitempty"`
	Base64 *string `json:"base64,omitempty"`
	Out    *string `json:"out,omitempty"`
	Error  *string `json:"error,omitempty"`
}

func (r *record) input() ([]byte, error) {
	if r.Base64 != nil {
		return base64.StdEncoding.DecodeString(*r.Base64)
	}
	return []byte(*r.Text), nil
}

// SimpleHead has the fields that Helm reads of a resource to sort it.
type SimpleHead struct {
	Version  string `json:"apiVersion"`
	Kind     string `json:"kind,omitempty"`
	Metadata *struct {
		Name        string            `json:"name"`
		Annotations map[string]string `json:"annotations"`
	} `json:"metadata,omitempty"`
}

func all(in []byte) ([]byte, error) {
	decoder := yaml2.NewDecoder(bytes.NewReader(in))
	documents := []json.RawMessage{}
	for {
		var document interface{}
		err := decoder.Decode(&document)
		if err == io.EOF {
			return json.Marshal(documents)
		}
		if err != nil {
			return nil, err
		}
		document, err = convert(document)
		if err != nil {
			return nil, err
		}
		converted, err := json.Marshal(document)
		if err != nil {
			return nil, err
		}
		documents = append(documents, converted)
	}
}

// convert gives mappings the keys that JSON can have, as sigs.k8s.io/yaml does.
func convert(value interface{}) (interface{}, error) {
	var err error
	switch value := value.(type) {
	case map[interface{}]interface{}:
		converted := map[string]interface{}{}
		for key, item := range value {
			text := fmt.Sprint(key)
			switch key := key.(type) {
			case float64:
				text = strconv.FormatFloat(key, 'g', -1, 32)
			case nil, uint64:
				return nil, fmt.Errorf("unsupported map key of type: %s, key: %+#v, value: %+#v",
					reflect.TypeOf(key), key, item)
			}
			if converted[text], err = convert(item); err != nil {
				return nil, err
			}
		}
		return converted, nil
	case []interface{}:
		for i, item := range value {
			if value[i], err = convert(item); err != nil {
				return nil, err
			}
		}
	}
	return value, nil
}

func answerTo(op string, in []byte) (out []byte, err error) {
	defer func() {
		if crash := recover(); crash != nil {
			err = fmt.Errorf("panic: %v", crash)
		}
	}()
	switch op {
	case "json":
		return yaml.YAMLToJSON(in)
	case "strict":
		return yaml.YAMLToJSONStrict(in)
	case "all":
		return all(in)
	case "head":
		var head SimpleHead
		if err := yaml.Unmarshal(in, &head); err != nil {
			return nil, err
		}
		shown := map[string]interface{}{
			"apiVersion": head.Version, "kind": head.Kind, "name": "", "annotations": map[string]string{},
		}
		if head.Metadata != nil {
			shown["name"] = head.Metadata.Name
			if head.Metadata.Annotations != nil {
				shown["annotations"] = head.Metadata.Annotations
			}
		}
		return json.Marshal(shown)
	case "v2":
		var value interface{}
		if err := yaml.Unmarshal(in, &value); err != nil {
			return nil, err
		}
		return yaml.Marshal(value)
	case "v3":
		var value interface{}
		if err := yaml.Unmarshal(in, &value); err != nil {
			return nil, err
		}
		var buffer bytes.Buffer
		encoder := yaml3.NewEncoder(&buffer)
		encoder.SetIndent(2)
		err := encoder.Encode(value)
		return buffer.Bytes(), err
	}
	return nil, fmt.Errorf("unknown op %q", op)
}

func main() {
	input := bufio.NewReaderSize(os.Stdin, 1<<20)
	output := bufio.NewWriterSize(os.Stdout, 1<<20)
	defer output.Flush()
	encoder := json.NewEncoder(output)
	encoder.SetEscapeHTML(false)
	for {
		line, err := input.ReadBytes('\n')
		if len(line) == 0 || err != nil {
			return
		}
		var r record
		if err := json.Unmarshal(line, &r); err != nil {
			panic(err)
		}
		in, err := r.input()
		if err != nil {
			panic(err)
		}
		r.Out, r.Error = nil, nil
		if out, err := answerTo(r.Op, in); err != nil {
			// The type is in package util in Helm.
			text := strings.ReplaceAll(err.Error(), "main.SimpleHead", "util.SimpleHead")
			r.Error = &text
		} else {
			text := string(out)
			r.Out = &text
		}
		if err := encoder.Encode(r); err != nil {
			panic(err)
		}
	}
}
