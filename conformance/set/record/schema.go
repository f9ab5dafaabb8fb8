package main

import (
	"encoding/json"

	"helm.sh/helm/v4/pkg/chart/common/util"
)

// A schema and values that break it or not.
var schemas = [][]string{
	{`{"type":"object","required":["a"]}`, `{}`},
	{`{"required":["a","b"]}`, `{}`},
	{`{"properties":{"a":{"type":"string"},"b":{"type":["integer","null"]}}}`, `{"a":1,"b":1.5}`},
	{`{"properties":{"a":{"type":"integer"}}}`, `{"a":"x"}`},
	{`{"properties":{"a":{"type":"integer"}}}`, `{"a":3}`},
	{`{"properties":{"a":{"minimum":0,"maximum":10000},"b":{"exclusiveMinimum":0},"c":{"exclusiveMaximum":1.5},"d":{"multipleOf":3}}}`, `{"a":-5,"b":0,"c":1.5,"d":4}`},
	{`{"properties":{"a":{"maximum":65535}}}`, `{"a":70000}`},
	{`{"properties":{"a":{"maximum":1}}}`, `{"a":1234567.25}`},
	{`{"properties":{"a":{"maximum":1}}}`, `{"a":1e22}`},
	{`{"properties":{"a":{"minimum":1}}}`, `{"a":1e-7}`},
	{`{"properties":{"a":{"minLength":3,"pattern":"^[a-z]+$"},"b":{"maxLength":1}}}`, `{"a":"A","b":"it's"}`},
	{`{"properties":{"a":{"enum":["x","y"]},"b":{"enum":[1]},"c":{"const":true},"d":{"const":[1]},"e":{"enum":[[1],2]},"f":{"enum":[null,1.5,"q'\"z"]}}}`, `{"a":"z","b":2,"c":false,"d":1,"e":1,"f":0}`},
	{`{"additionalProperties":false,"properties":{"a":{}}}`, `{"b":1}`},
	{`{"additionalProperties":{"type":"string"},"properties":{"a":{}}}`, `{"b":1}`},
	{`{"properties":{"a":{"minItems":2,"uniqueItems":true},"b":{"maxItems":1},"c":{"contains":{"type":"string"}},"d":{"minContains":2,"contains":{"type":"string"}},"e":{"maxContains":1,"contains":{"type":"string"}}}}`, `{"a":[1],"b":[1,2],"c":[1],"d":["a",1],"e":["a",1,"b"]}`},
	{`{"properties":{"a":{"uniqueItems":true}}}`, `{"a":[1,2,1]}`},
	{`{"minProperties":2,"maxProperties":1}`, `{}`},
	{`{"not":{"type":"object"}}`, `{}`},
	{`{"anyOf":[{"required":["a"]},{"required":["b"]}]}`, `{}`},
	{`{"allOf":[{"required":["a"]},{"required":["b"]}]}`, `{}`},
	{`{"oneOf":[{"required":["a"]},{"required":["b"]}]}`, `{}`},
	{`{"oneOf":[{"required":["a"]},{"required":["b"]},{}]}`, `{"a":1,"b":1}`},
	{`{"if":{"required":["a"]},"then":{"required":["b"]},"else":{"required":["c"]}}`, `{"a":1}`},
	{`{"properties":{"a":false}}`, `{"a":1}`},
	{`{"propertyNames":{"pattern":"^x"}}`, `{"a":1}`},
	{`{"properties":{"o":{"propertyNames":{"maxLength":1}}}}`, `{"o":{"ab":1}}`},
	{`{"dependentRequired":{"a":["b","c"]}}`, `{"a":1}`},
	{`{"dependentSchemas":{"a":{"required":["b"]}}}`, `{"a":1}`},
	{`{"$schema":"http://json-schema.org/draft-07/schema#","dependencies":{"a":["b"],"c":{"required":["d"]}}}`, `{"a":1,"c":1}`},
	{`{"$schema":"http://json-schema.org/draft-07/schema#","properties":{"a":{"items":[{}],"additionalItems":false}}}`, `{"a":[1,2,3]}`},
	{`{"$schema":"http://json-schema.org/draft-07/schema#","properties":{"a":{"format":"email"},"b":{"format":"uri"},"c":{"format":"ipv4"},"d":{"format":"date-time"},"e":{"format":"hostname"}}}`, `{"a":"x","b":"x","c":"x","d":"x","e":"-"}`},
	{`{"$schema":"http://json-schema.org/draft-04/schema#","properties":{"a":{"minimum":1,"exclusiveMinimum":true}}}`, `{"a":1}`},
	{`{"$schema":"http://json-schema.org/draft-06/schema#","properties":{"a":{"type":"string"}}}`, `{"a":null}`},
	{`{"$schema":"https://json-schema.org/draft/2019-09/schema","properties":{"a":{"type":"string"}},"unevaluatedProperties":false}`, `{"b":null}`},
	{`{"$defs":{"n":{"type":"number"}},"properties":{"a":{"$ref":"#/$defs/n"},"l":{"items":{"$ref":"#/$defs/n"}}}}`, `{"a":"x","l":[1,"y",{"a":1}]}`},
	{`{"$defs":{"n":{"type":"number","allOf":[{"minimum":5},{"multipleOf":2}]}},"properties":{"a":{"$ref":"#/$defs/n"}}}`, `{"a":1}`},
	{`{"properties":{"a/b~c":{"type":"string"},"it's":{"type":"string"}}}`, `{"a/b~c":1}`},
	{`{"properties":{"it's \"q\"":{"type":"string"}}}`, `{"it's \"q\"":1}`},
	{`{"properties":{"l":{"prefixItems":[{"type":"string"}],"unevaluatedItems":false}}}`, `{"l":["a",2]}`},
	{`{"patternProperties":{"^s":{"type":"string"}}}`, `{"s1":1}`},
	{`{"properties":{"a":{"type":["string","array"]},"b":{"type":"boolean"},"c":{"type":"object"},"d":{"type":"null"}}}`, `{"a":{},"b":"true","c":[],"d":true}`},
	{`{"type":5}`, `{}`},
	{`1`, `{}`},
	{`{"properties":{"a":1}}`, `{}`},
	{`{"$ref":"urn:nothing"}`, `{"a":1}`},
	{`{"$ref":"#/nowhere"}`, `{}`},
	{`{"$ref":"#anchor"}`, `{}`},
	{`{"$ref":"ftp://example.com/x"}`, `{}`},
	{`{"properties":{"a":{"$ref":"#/properties/a"}}}`, `{"a":1}`},
	{`{"properties":{"a":{"pattern":"(?=x)"}}}`, `{"a":"b"}`},
	{`{"properties":{"a":{"contentEncoding":"base64"}}}`, `{"a":"*"}`},
	{`true`, `{"a":1}`},
	{`false`, `{"a":1}`},
	{`{"type":"string"}`, `{"a":1}`},
	{`{"properties":{"a":{"minLength":1234}}}`, `{"a":"b"}`},
	{`{"properties":{"a":{"type":"object","properties":{"b":{"type":"object","required":["c"]}},"additionalProperties":false}}}`, `{"a":{"b":{},"d":1}}`},
}

func schemaCases(out *json.Encoder) {
	for _, s := range schemas {
		values := map[string]any{}
		if err := json.Unmarshal([]byte(s[1]), &values); err != nil {
			panic(err)
		}
		answers := map[string]bool{}
		for range 20 {
			text := ""
			if err := util.ValidateAgainstSingleSchema(values, []byte(s[0])); err != nil {
				text = err.Error()
			}
			answers[text] = true
		}
		var all []string
		for a := range answers {
			all = append(all, a)
		}
		out.Encode(map[string]any{"schema": s[0], "values": s[1], "answers": all})
	}
}
