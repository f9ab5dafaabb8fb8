use crate::beside_helm::Beside;

/// Templates with all that can be lost on the way: comments, styles, tags, hooks, odd lists.
const TEMPLATES: [(&str, &str); 4] = [
    (
        "a.yaml",
        "# top\n\n# map\nkind: A # line\nmetadata:\n    name: yes # n\n    # foot\n    labels: {a: b, \"c\": 'd'}\ndata:\n  # head\n  x: |+ # hint\n    text\n\n  y: >-\n    folded\n    text\n  list:\n    - a\n    # c\n    - b: [1, # one\n        2]\n    - - x\n      - # y\n        z: 1\n  # trailing\n# end\n",
    ),
    (
        "b.yaml",
        "kind: List\nitems:\n- kind: B\n  metadata: {}\n- kind: C\n---\nkind: D\nmetadata:\n  annotations:\n---\n# only this\n--- # with a comment\nkind: E\nx: &a {b: 1}\ny:\n  <<: *a\nz: !!str 12\nw: !foo bar\nv: \"a\\tb é 😀\"\n? complex key\n: value\n",
    ),
    (
        "hook.yaml",
        "kind: Job\nmetadata:\n  name: j\n  annotations: {helm.sh/hook: \"pre-install,test\"}\n",
    ),
    ("NOTES.txt", "notes: of {{ .Release.Name }}\n"),
];

const PLUGINS: [(&str, &str); 8] = [
    ("cat", "cat"),
    ("sed", "sed s/text/TEXT/"),
    ("fails", "exit 3"),
    ("silent", "true"),
    ("noisy", "echo noise >&2; cat"),
    ("words", "echo just words"),
    ("bad", "printf \"a: 1\\n  b: 2\\n\""),
    ("own", "cat >/dev/null; echo \"kind: Own\"; echo ---; echo \"kind: More\""),
];

#[test]
#[ignore = "needs helm"]
fn helm() {
    let beside = Beside::new();
    beside.write("web/Chart.yaml", "apiVersion: v2\nname: web\nversion: 1.0.0\n");
    for (name, text) in TEMPLATES {
        beside.write(&format!("web/templates/{name}"), text);
    }
    for (name, script) in PLUGINS {
        let text = format!(
            "apiVersion: v1\nname: {name}\ntype: postrenderer/v1\nversion: 0.1.0\nruntime: subprocess\nruntimeConfig:\n  platformCommand:\n  - command: sh\n    args:\n    - -c\n    - |\n      {script}\n"
        );
        beside.write(&format!("plugins/{name}/plugin.yaml"), text);
    }
    for (name, _) in PLUGINS {
        beside.compare(&["template", "rel", "web", "--post-renderer", name]);
        beside.compare(&[
            "template",
            "web",
            "--post-renderer",
            name,
            "--no-hooks",
            "--debug=false",
        ]);
    }
    for text in ["- a\n", "a: *b\n", "a: 1\n  b: 2\n", "x: [a\n"] {
        beside.write("web/templates/wrong.yaml", text);
        beside.compare(&["template", "web", "--post-renderer", "cat"]);
    }
}
