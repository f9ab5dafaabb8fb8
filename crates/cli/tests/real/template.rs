use crate::beside_helm::Beside;

fn charts() -> Beside {
    let beside = Beside::new();
    let metadata =
        |name: &str, more: &str| format!("apiVersion: v2\nname: {name}\nversion: 0.1.0\n{more}");
    for (name, more) in [
        ("web", "kubeVersion: '>=1.20.0-0'\n"),
        ("broken", ""),
        ("unyaml", ""),
        ("latin", ""),
        (
            "needy",
            "dependencies:\n- {name: missing, version: 1.0.0}\n- {name: other, version: 1.0.0}\n",
        ),
        ("library", "type: library\n"),
    ] {
        beside.write(&format!("{name}/Chart.yaml"), metadata(name, more));
    }
    beside.write("web/values.yaml", "replicas: 1\nm: {a: 1}\n");
    beside.write(
        "web/templates/a.yaml",
        "kind: ConfigMap\nmetadata: {name: '{{ .Release.Name }}'}\nis: {{ .Release.IsUpgrade }}\nkube: {{ .Capabilities.KubeVersion.Version }}\napi: {{ .Capabilities.APIVersions.Has \"foo/v1\" }}\nvalues: {{ .Values | toJson }}\n---\nkind: Secret\n",
    );
    beside.write(
        "web/templates/hook.yaml",
        "kind: Job\nmetadata:\n  name: h\n  annotations: {helm.sh/hook: pre-install}\n",
    );
    beside.write(
        "web/templates/tests/t.yaml",
        "kind: Pod\nmetadata:\n  name: t\n  annotations: {helm.sh/hook: test}\n",
    );
    beside.write("web/templates/NOTES.txt", "notes\n");
    beside.write("web/crds/x.yaml", "kind: CustomResourceDefinition\n");
    beside.write("web/charts/db/Chart.yaml", metadata("db", ""));
    beside.write("web/charts/db/templates/d.yaml", "kind: Db\n");
    beside.write("broken/templates/b.yaml", "a: {{ .Values.x.y.z }}\n");
    beside.write("unyaml/templates/b.yaml", "a: 1\n  b: 2\n");
    beside.write("latin/templates/a.yaml", "# {{ \"/w==\" | b64dec }}\na: 1\n");
    beside.write("one.yaml", "a: 1\n");
    beside.write("several.yaml", "a: 1\n---\na: 2\nb: 3\n---\n");
    beside.write("list.yaml", "- a\n");
    beside.write("bad.yaml", "a: 1\n  b: 2\n");
    beside
}

const WORDS: [&str; 93] = [
    "latin",
    "web",
    "n web",
    "n web extra",
    "n web --generate-name",
    "n web --name-template x",
    "web --name-template {{",
    "web --name-template abc-{{\"X\"|lower}}",
    "N_bad web",
    "n.a-b web",
    "a-very-long-name-a-very-long-name-a-very-long-name-abcd web",
    "web -s templates/a.yaml",
    "web -s templates/*.yaml",
    "web -s templates/nope.yaml",
    "web -s templates/NOTES.txt",
    "web -s templates/hook.yaml -s templates/a.yaml",
    "web -s crds/x.yaml",
    "web -s crds/x.yaml --include-crds",
    "web -s charts/*/templates/*",
    "web -s [",
    "web -s templates/[ab].yaml",
    "web -s",
    "web -s templates/tests/t.yaml --skip-tests",
    "web -s templates/hook.yaml --no-hooks",
    "web --include-crds",
    "web --skip-tests",
    "web --no-hooks",
    "web --no-hooks=false",
    "web --no-hooks=x",
    "web --is-upgrade",
    "web --kube-version 1.30",
    "web --kube-version v1.30.1",
    "web --kube-version 1.30.1+k3s1",
    "web --kube-version 1.30.1-eks",
    "web --kube-version 1",
    "web --kube-version x",
    "web --kube-version 1.19",
    "web --kube-version 1.30.1.2",
    "web -a foo/v1,bar/v1",
    "web --api-versions foo/v1 --api-versions bar/v1",
    "web --set a",
    "web --set a.b[0].c=1,a.b[1]=2",
    "web --set a[-1]=1",
    "web --set a[70000]=1",
    "web --set a={1,2",
    "web --set a={1,2}",
    "web --set =1",
    "web --set m=null",
    "web --set a=1,",
    "web --set a\\.b=1",
    "web --set-string a=1",
    "web --set-json a={\"b\":1}",
    "web --set-json {\"b\":1}",
    "web --set-json a={",
    "web --set-json [1]",
    "web --set-literal a=b,c=d",
    "web --set-file a=nope",
    "web --set-file a=web/values.yaml",
    "web --set-file a=web",
    "web --set replicas=1e3,x=010,y=0x1f,z=true",
    "web -f nope.yaml",
    "web -f web",
    "web -f /dev/null",
    "web -f several.yaml",
    "web -f list.yaml",
    "web -f bad.yaml",
    "web -f one.yaml,several.yaml",
    "web --dependency-update",
    "web --validate=false",
    "web --dry-run",
    "web --dry-run=client",
    "web --dry-run=none",
    "web --dry-run=true",
    "web --dry-run=foo",
    "web --validate --dry-run=client",
    "web --disable-openapi-validation --devel --version 9",
    "broken",
    "broken --debug=false",
    "unyaml",
    "unyaml --show-only templates/b.yaml",
    "web -l a",
    "web -l a=b,c=d",
    "web --hide-notes",
    "web --render-subchart-notes",
    "web --atomic --force",
    "web --wait=foo",
    "web --wait=true",
    "web --timeout x",
    "web --nope",
    "nope",
    "library",
    "needy",
    "web --verify",
];

#[test]
#[ignore = "needs helm"]
fn helm() {
    let beside = charts();
    for words in WORDS {
        let words: Vec<_> = ["template"].into_iter().chain(words.split(' ')).collect();
        beside.compare(&words);
    }
}

#[test]
#[ignore = "needs helm"]
fn helm_with_files() {
    for words in [
        "n web --output-dir out",
        "n web --output-dir out/ --release-name --include-crds",
        "n web --output-dir out -s templates/a.yaml",
        "n web --output-dir out --no-hooks",
        "n web --output-dir one.yaml",
        "unyaml --output-dir out",
    ] {
        let beside = charts();
        beside.write("out/web/templates/hook.yaml", "old\n");
        beside.write("out/web/templates/a.yaml", "old\n");
        let words: Vec<_> = ["template"].into_iter().chain(words.split(' ')).collect();
        beside.compare_files(&words, "out");
    }
}

#[test]
#[ignore = "needs helm"]
fn helm_with_jsonpath() {
    let beside = charts();
    let values = include_str!("../../../action/tests/jsonpath/data.json");
    beside.write("web/values.yaml", values);
    for line in include_str!("../../../action/tests/jsonpath/cases.jsonl").lines() {
        let case: serde_json::Value = serde_json::from_str(line).expect("JSON");
        let template = case["template"].as_str().expect("a text");
        beside.compare(&["show", "values", "web", "--jsonpath", template]);
    }
}

#[test]
#[ignore = "needs helm"]
fn helm_with_names() {
    let beside = charts();
    for template in [
        "{{ fail \"x\" }}",
        "{{ fail \"a\\nb\" }}",
        "{{ fail 1 }}",
        "{{ env \"HOME\" | base | lower | trunc 4 | replace \".\" \"x\" }}y",
        "{{ expandenv \"$HOME-${HOME}-$-${\" | sha256sum | trunc 8 }}",
        "{{ env \"NOT_SET\" }}a",
        "{{ env 1 }}",
        "{{ getHostByName \"localhost\" }}",
        "{{ required \"m\" nil }}",
        "{{ include \"x\" . }}",
        "{{ .a.b.c }}",
        "{{ nope }}",
        "{{",
    ] {
        beside.compare(&["template", "web", "--name-template", template]);
    }
}
