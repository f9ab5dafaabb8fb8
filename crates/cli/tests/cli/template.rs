use crate::support::{Home, Registry, Web};

fn home() -> Home {
    let home = Home::new();
    home.chart("web", "1.0.0");
    home.write(
        "web/templates/a.yaml",
        "kind: ConfigMap\nmetadata:\n  name: {{ .Release.Name }}\n  ns: {{ .Release.Namespace }}\n  replicas: {{ .Values.replicas }}\n",
    );
    home.write(
        "web/templates/hook.yaml",
        "kind: Job\nmetadata: {name: j, annotations: {helm.sh/hook: test}}\n",
    );
    home.write("web/templates/NOTES.txt", "Well done\n");
    home
}

#[test]
fn prints_documents_in_helms_form() {
    let home = home();
    let output = home.run(&["template", "rel", "web", "-n", "ns", "--set", "replicas=3"]).ok();
    assert_eq!(
        output,
        "---\n# Source: web/templates/a.yaml\nkind: ConfigMap\nmetadata:\n  name: rel\n  ns: ns\n  replicas: 3\n---\n# Source: web/templates/hook.yaml\nkind: Job\nmetadata: {name: j, annotations: {helm.sh/hook: test}}\n\n"
    );
    let without = home.run(&["template", "rel", "web", "--skip-tests"]).ok();
    assert!(!without.contains("kind: Job") && without.contains("ns: default"), "{without}");
    let crds = home.run(&["template", "rel", "web", "--include-crds"]).ok();
    assert!(crds.starts_with("---\n# Source: web/crds/crd.yaml\nkind: Custom"), "{crds}");
    let only = home.run(&["template", "rel", "web", "-s", "templates/hook.yaml"]).ok();
    assert!(only.starts_with("---\n# Source: web/templates/hook.yaml\n"), "{only}");
}

#[test]
fn json_is_one_object_with_everything() {
    let home = home();
    let output = home.run(&["template", "rel", "web", "-o", "json"]).ok();
    let object: serde_json::Value = serde_json::from_str(&output).unwrap();
    let keys: Vec<_> = object.as_object().unwrap().keys().collect();
    assert_eq!(keys, ["templates", "manifests", "hooks", "notes"]);
    assert_eq!(object["templates"]["web/templates/NOTES.txt"], "Well done\n");
    assert_eq!(object["manifests"][0]["kind"], "ConfigMap");
    assert_eq!(object["hooks"][0]["name"], "j");
    assert_eq!(object["notes"], "Well done\n");
}

#[test]
fn each_file_of_values_renders_the_chart_once() {
    let home = home();
    home.write("one.yaml", "replicas: 11\n");
    home.write("two.yaml", "replicas: 22\n");
    let words =
        ["template", "rel", "web", "--each-values", "one.yaml", "--each-values", "two.yaml"];
    let all: Vec<serde_json::Value> = serde_json::from_str(&home.run(&words).ok()).unwrap();
    for (result, replicas) in all.iter().zip(["11", "22"]) {
        let text = result["manifests"][0]["manifest"].as_str().unwrap();
        assert!(text.contains(&format!("replicas: {replicas}\n")), "{text}");
    }
    home.run(&[&words[..], &["--output-dir", "out"]].concat()).ok();
    assert_eq!(home.list("out"), ["one", "two"]);
    assert!(home.read("out/two/web/templates/a.yaml").contains("replicas: 22"));
}

#[test]
fn values_come_from_files_flags_and_standard_input() {
    let home = home();
    let ran = home.run_with(&["template", "rel", "web", "-f", "-"], "replicas: 7\n");
    assert!(ran.ok().contains("replicas: 7\n"));
    let error = home.run(&["template", "rel", "web", "-f", "nope.yaml"]).error();
    assert_eq!(error, "Error: open nope.yaml: no such file or directory\n");
}

#[test]
fn a_reference_renders_like_its_folder() {
    let (home, registry) = (home(), Registry::new());
    let place = format!("oci://{}/charts", registry.host());
    let pushed = home.run(&["push", "web", &place, "--plain-http"]).ok();
    let remote = home.run(&["template", "rel", &format!("{place}/web"), "--plain-http"]);
    assert_eq!(remote.stderr, pushed.replace("Pushed", "Pulled"));
    assert_eq!(remote.stdout, home.run(&["template", "rel", "web"]).ok());
}

#[test]
fn mistakes_are_told_in_helms_words() {
    let home = home();
    home.write("web/templates/bad.yaml", "a: [\n");
    let error = home.run(&["template", "rel", "web"]).error();
    assert!(
        error.starts_with(
            "Error: YAML parse error on web/templates/bad.yaml: error converting YAML to JSON: "
        ),
        "{error}"
    );
    assert!(error.ends_with("\n\nUse --debug flag to render out invalid YAML\n"), "{error}");
    let debug = home.run(&["template", "rel", "web", "--debug"]);
    assert!(debug.stdout.contains("# Source: web/templates/bad.yaml\na: [\n"), "{debug:?}");
    home.write("web/templates/bad.yaml", "{{ fail \"no\" }}");
    let error = home.run(&["template", "rel", "web"]).error();
    assert!(
        error.starts_with("Error: execution error at (web/templates/bad.yaml:1:3): no\n"),
        "{error}"
    );
    for (flags, message) in [
        (
            &["--dry-run=none"] as &[&str],
            "invalid dry-run value (\"none\"). Must be \"server\" or \"client\"",
        ),
        (&["--kube-version", "x"], "invalid kube version 'x': "),
        (&["more"], "expected at most two arguments, unexpected arguments: more"),
        (&["--name-template", "x"], "cannot set --name-template and also specify a name"),
        (
            &["-f", "http://127.0.0.1:1/x.yaml"],
            "Get \"http://127.0.0.1:1/x.yaml\": dial tcp 127.0.0.1:1: connect: connection refused",
        ),
        (
            &["--post-renderer", "/bin/cat"],
            "invalid argument \"/bin/cat\" for \"--post-renderer\" flag: plugin: {Name:/bin/cat Type:postrenderer/v1} not found",
        ),
        (&["--generate-name"], "cannot set --generate-name and also specify a name"),
    ] {
        let error = home.run(&[&["template", "rel", "web"], flags].concat()).error();
        assert!(error.starts_with(&format!("Error: {message}")), "{error}");
    }
}

#[test]
fn flags_of_old_are_told_of_where_they_stand() {
    let home = home();
    let flags = ["--hide-notes", "--atomic", "--hide-notes=false", "--nope"];
    let hidden = "Flag --hide-notes has been deprecated, this flag has no effect for \
                  'helm template' and will be removed in Helm 5\n";
    let atomic = "Flag --atomic has been deprecated, use --rollback-on-failure instead\n";
    let words = [&["template", "rel", "web"][..], &flags].concat();
    let error = home.run(&words).error();
    assert!(error.starts_with("Error: unknown flag: --nope"), "{error}");
    // Flags of old are told of once all can be read, values of old as they are read.
    let wait = |value, better| {
        format!(
            "level=WARN msg=\"--wait={value} is deprecated (boolean value) and can be replaced with --wait={better}\"\n"
        )
    };
    let (yes, no) = (wait("true", "watcher"), wait("false", "hookOnly"));
    let waiting = |rest: &[&str]| {
        let words = ["template", "--atomic", "--wait=false", "--wait=true"];
        home.run(&[&words, rest].concat()).stderr
    };
    assert_eq!(waiting(&["web"]), format!("{no}{yes}{atomic}"));
    let arity = "Error: \"rhumb template\" requires at least 1 argument\n";
    assert!(waiting(&[]).starts_with(&format!("{no}{yes}{atomic}{arity}")), "{}", waiting(&[]));
    assert_eq!(waiting(&["--nope"]), format!("{no}{yes}Error: unknown flag: --nope\n"));
    for (flags, wrong) in [
        (&["--timeout", "q", "--qps", "q"], "--timeout"),
        (&["--qps", "q", "--timeout", "q"], "--qps"),
    ] {
        let error = home.run(&[&["template", "web"], &flags[..]].concat()).error();
        assert!(
            error.starts_with(&format!("Error: invalid argument \"q\" for \"{wrong}\" flag: "))
        );
    }
    let late = ["template", "--wait=true", "--timeout", "q", "--wait=false", "--nope", "-h"];
    let timeout =
        "Error: invalid argument \"q\" for \"--timeout\" flag: time: invalid duration \"q\"\n";
    assert_eq!(home.run(&late).stderr, format!("{yes}{timeout}"));
    for words in [&words[..6], &[&words[..6], &["--help"]].concat()] {
        assert_eq!(home.run(words).stderr, format!("{hidden}{atomic}{hidden}"));
    }
}

#[test]
fn of_several_files_of_values_the_one_that_fails_is_named() {
    let home = home();
    home.write("web/templates/b.yaml", "b: {{ .Values.b.c }}\n");
    home.write("good.yaml", "b: {c: 1}\n");
    home.write("bad.yaml", "b: 2\n");
    let each = ["--each-values", "good.yaml", "--each-values", "bad.yaml"];
    let words = [&["template", "rel", "web"][..], &each].concat();
    let error = home.run(&words).error();
    assert!(error.starts_with("Error: bad.yaml: web/templates/b.yaml:1:13\n"), "{error}");
    home.write("web/values.schema.json", "{\"properties\": {\"b\": {\"type\": \"object\"}}}");
    let error = home.run(&words).error();
    assert!(error.starts_with("Error: bad.yaml: values don't meet"), "{error}");
    // A chart that is missing is no file's fault.
    let words = [&["template", "rel", "main/web"][..], &each].concat();
    assert!(home.run(&words).error().starts_with("Error: repo main not found\n"));
}

#[test]
fn the_name_of_the_release_can_be_a_template() {
    let home = home();
    let named = home.run(&["template", "--name-template", "x-{{ \"AB\" | lower }}", "web"]).ok();
    assert!(named.contains("  name: x-ab\n"), "{named}");
    for (template, message) in [
        ("{{ foo }}", "template: name-template:1: function \"foo\" not defined\n"),
        (
            "{{ index nil 1 }}",
            "template: name-template:1:3: executing \"name-template\" at <index nil 1>: error calling index: index of untyped nil\n",
        ),
        (
            "X_",
            "release name check failed: release name \"X_\": invalid release name, must match regex ^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$ and the length must not be longer than 53\n",
        ),
    ] {
        let error = home.run(&["template", "--name-template", template, "web"]).error();
        let error = error.lines().filter(|line| !line.starts_with("level=ERROR "));
        assert_eq!(error.collect::<String>(), format!("Error: {}", message.trim_end()));
    }
}

#[test]
fn values_and_schemas_come_from_web_servers() {
    let home = home();
    let server = Web::new(&[
        ("/values.yaml", "replicas: 5\n"),
        ("/schema.json", "{\"properties\": {\"replicas\": {\"maximum\": 6}}}"),
    ]);
    let values = server.url("/values.yaml");
    assert!(home.run(&["template", "r", "web", "-f", &values]).ok().contains("replicas: 5\n"));
    let missing = server.url("/none.yaml");
    assert_eq!(
        home.run(&["template", "r", "web", "-f", &missing]).error(),
        format!("Error: failed to fetch {missing} : 404 Not Found\n")
    );
    let offline = home.run(&["template", "r", "web", "-f", &values, "--offline"]).error();
    assert!(offline.contains("--offline"), "{offline}");
    let schema = format!("{{\"$ref\": \"{}\"}}", server.url("/schema.json"));
    home.write("web/values.schema.json", schema);
    home.run(&["template", "r", "web", "-f", &values]).ok();
    let error = home.run(&["template", "r", "web", "--set", "replicas=7"]).error();
    assert!(error.contains("at '/replicas': maximum: got 7, want 6"), "{error}");
}

#[test]
fn what_helm_logs_is_logged_as_often() {
    let home = Home::new();
    home.chart("web", "1.0.0");
    home.chart("web/charts/db", "1.0.0");
    home.write(
        "web/Chart.yaml",
        "apiVersion: v2\nname: web\nversion: 1.0.0\ndependencies: [{name: db, version: 1.0.0}]\n",
    );
    home.write("web/charts/db/Chart.yaml", "apiVersion: v2\nname: db\nversion: 1.0.0\n");
    home.write("web/values.yaml", "db: {port: {number: 1}}\n");
    home.write("web/charts/db/values.yaml", "port: 1\n");
    let hook =
        |events| format!("kind: Job\nmetadata: {{annotations: {{helm.sh/hook: {events}}}}}\n");
    home.write("web/templates/a.yaml", hook("crd-install"));
    home.write("web/templates/b.yaml", hook("'test, tea'"));
    let ran = home.run(&["template", "web"]);
    let port = "level=INFO msg=\"warning: skipped value for web.db.port: Not a table.\"\n";
    let hooks = "level=INFO msg=\"skipping unknown hooks\" hookTypes=crd-install\n\
                 level=INFO msg=\"skipping unknown hooks\" hookTypes=\"test, tea\"\n";
    assert_eq!(ran.stderr, format!("{port}{port}{port}{hooks}"));
    let ran = home.run(&["template", "web", "--set", "db=5"]);
    assert_eq!(
        ran.stderr,
        "level=ERROR msg=\"chart dependencies processing failed\" error=\"type mismatch on db: %!t(int64=5)\"\n\
         Error: chart dependencies processing failed: type mismatch on db: %!t(int64=5)\n"
    );
}

/// Of several mistakes the one is told that Helm comes upon first.
#[test]
fn mistakes_are_told_in_helms_order() {
    let home = Home::new();
    home.chart("web", "1.0.0");
    home.write("bad.yaml", "a: [\n");
    let fails = |words: &[&str]| home.run(words).error().lines().next().unwrap().to_owned();
    let bad = "Error: failed to parse bad.yaml: cannot unmarshal yaml document: error converting YAML to JSON: yaml: line 1: did not find expected node content";
    let words = ["template", "web", "-f", "bad.yaml", "-f", "none.yaml", "--set", "a"];
    assert_eq!(fails(&words), bad);
    let words = ["template", "./none", "-f", "none.yaml"];
    assert_eq!(fails(&words), "Error: path \"./none\" not found");
    home.write("web/values.yaml", "[1]\n");
    assert_eq!(fails(&["template", "web", "-f", "bad.yaml"]), bad);
    let no_value = "Error: failed parsing --set data: key \"a\" has no value";
    assert_eq!(fails(&["template", "web", "--set", "a"]), no_value);
    let words = ["template", "web", "--set", "a", "--kube-version", "x"];
    assert_eq!(fails(&words), "Error: invalid kube version 'x': could not parse \"x\" as version");
    let dry_run = ["template", "./none", "--dry-run=true"];
    let warning = "level=WARN msg=\"boolean '--dry-run=true' flag is deprecated and must be replaced with '--dry-run=client'\"";
    assert_eq!(fails(&dry_run), warning);
    for more in [&["--kube-version", "x"][..], &["--ca-file", "none"]] {
        let first = fails(&[&dry_run, more].concat());
        assert!(first.starts_with("Error: "), "{first}");
    }
    let no_file = "Error: missing registry client: can't create TLS config for client: can't read CA file: \".\": read .: is a directory";
    assert_eq!(fails(&["template", "a", "b", "c", "--ca-file", "."]), no_file);
}

/// As Helm, which logs it before it looks at anything else.
#[test]
fn a_mode_of_colour_that_is_none_is_told_first() {
    let wanted = "level=WARN msg=\"command failed\" error=\"invalid color mode \\\"x\\\": must be one of: never, auto, always\"\n";
    for words in [
        &["template", "--color", "x", "--nope"][..],
        &["--colour", "auto", "--color=x", "-h"],
        &["nope", "--colour=x"],
    ] {
        assert_eq!(Home::new().run(words).error(), wanted);
    }
    Home::new().run(&["--color", "x", "--colour=never", "env"]).ok();
}

#[test]
fn a_chart_is_fetched_before_values_are_looked_at() {
    let (home, registry) = (home(), Registry::new());
    let place = format!("oci://{}/charts", registry.host());
    home.run(&["push", "web", &place, "--plain-http"]).ok();
    let reference = format!("{place}/web");
    let words = ["template", &reference, "--plain-http", "-f", "none.yaml"];
    let error = home.run(&words).error();
    assert!(error.starts_with("Pulled: "), "{error}");
    assert!(error.ends_with("\nError: open none.yaml: no such file or directory\n"), "{error}");
    let words = ["template", "none/web", "-f", "none.yaml"];
    let error = home.run(&words).error();
    assert!(error.starts_with("Error: repo none not found\n"), "{error}");
}

#[test]
fn names_of_values_files_must_be_urls() {
    let home = home();
    home.write("x%zz", "a: 1\n");
    let error = home.run(&["template", "web", "-f", "x%zz"]).error();
    assert_eq!(error, "Error: parse \"x%zz\": invalid URL escape \"%zz\"\n");
}

#[test]
fn errors_about_a_chart_as_such_name_its_whole_path() {
    let home = home();
    home.write("text.tgz", "some text");
    let whole = |name: &str| home.join(name).display().to_string();
    let error = home.run(&["template", "./text.tgz"]).error();
    let kind = "does not appear to be a gzipped archive; got 'application/octet-stream'";
    assert!(error.starts_with(&format!("Error: file '{}' {kind}\n", whole("text.tgz"))), "{error}");
    std::fs::create_dir_all(home.join("odd/Chart.yaml")).unwrap();
    let error = home.run(&["template", "odd"]).error();
    let path = whole("odd/Chart.yaml");
    let wanted = format!("Error: unable to detect chart at {path}: read {path}: is a directory\n");
    assert!(error.starts_with(&wanted), "{error}");
    for (version, wanted) in [
        ("v3", "invalid chart apiVersion"),
        ("v4", "unsupported chart version"),
        ("v4\nhome: []", "unsupported chart version"),
        (
            "[]",
            "cannot load Chart.yaml: error unmarshaling JSON: while decoding JSON: json: cannot \
             unmarshal array into Go struct field chartBase.apiVersion of type string",
        ),
    ] {
        home.write("web/Chart.yaml", format!("apiVersion: {version}\nname: web\nversion: 1.0.0\n"));
        let error = home.run(&["template", "web"]).error();
        assert!(error.starts_with(&format!("Error: {wanted}\n")), "{error}");
    }
}

#[test]
fn set_file_takes_what_values_files_can_be() {
    let home = home();
    let server = Web::new(&[("/n", "7")]);
    let url = format!("replicas={}", server.url("/n"));
    for (argument, wanted) in [(&*url, "replicas: 7\n"), ("replicas=-", "replicas: 8\n")] {
        let words = ["template", "web", "--set-file", argument];
        let output = home.run_with(&words, "8").ok();
        assert!(output.contains(wanted), "{output}");
    }
    home.write("web/templates/b.yaml", "b: '{{ .Values.a }}-{{ .Values.b }}-{{ .Values.c }}'");
    let words = ["template", "web", "--set-file", "a=-,b= -", "--set-file", "c=-"];
    let output = home.run_with(&words, "8").ok();
    assert!(output.contains("b: '8--'\n"), "{output}");
    let error = home.run(&["template", "web", "--set-file", "a=x%zz"]).error();
    assert!(
        error.starts_with("Error: failed parsing --set-file data: parse \"x%zz\": "),
        "{error}"
    );
}

#[test]
fn a_backslash_takes_the_meaning_of_what_follows_it() {
    let home = home();
    let only = home.run(&["template", "web", "-s", "templates/\\a.yaml"]).ok();
    assert!(only.starts_with("---\n# Source: web/templates/a.yaml\n"), "{only}");
}

#[test]
fn folders_of_releases_are_named_without_detours() {
    let home = home();
    let words = ["template", "rel", "web", "--output-dir", "./out/.", "--release-name"];
    let output = home.run(&words).ok();
    assert!(output.starts_with("wrote out/rel/web/templates/a.yaml\n"), "{output}");
}

#[cfg(unix)]
#[test]
fn links_without_end_fail_where_the_system_gives_up() {
    let home = home();
    std::os::unix::fs::symlink(".", home.join("web/templates/l")).unwrap();
    let error = home.run(&["template", "web"]).error();
    let line = error.lines().find(|line| line.starts_with("Error: ")).unwrap();
    assert!(line.starts_with("Error: open /"), "{line}");
    assert!(line.ends_with("/l/l: too many levels of symbolic links"), "{line}");
}

#[test]
fn flags_of_an_installation_are_refused_where_helm_refuses_them() {
    let home = home();
    let fails = |words: &[&str]| home.run(&[&["template", "web"], words].concat()).error();
    let reserved = "Error: user supplied labels contains system reserved label name. System labels: [name owner status version createdAt modifiedAt]\n";
    assert_eq!(fails(&["--labels", "a=b,owner=c"]), reserved);
    assert_eq!(fails(&["-l", "name=c"]), reserved);
    home.run(&["template", "web", "-l", "a=b,c=name"]).ok();
    let group = "Error: if any flags in the group [force-replace force-conflicts] are set none of the others can be; [force-conflicts force-replace] were all set\n";
    assert_eq!(fails(&["--force-replace", "--force-conflicts"]), group);
    let old = fails(&["--force", "--force-conflicts"]);
    assert!(old.ends_with("[force force-conflicts] were all set\n"), "{old}");
}

#[test]
fn no_name_is_made_up_where_nothing_is_installed() {
    let output = home().run(&["template", "web", "--generate-name"]).ok();
    assert!(output.contains("  name: release-name\n"), "{output}");
}

/// As with Helm, which compares what is there with what is needed only before it fetches.
#[test]
fn what_is_missing_after_an_update_is_done_without() {
    let home = home();
    home.chart("db", "1.0.0");
    home.write(
        "web/Chart.yaml",
        "apiVersion: v2\nname: web\nversion: 1.0.0\ndependencies: [{name: cache, version: 1.0.0, repository: 'file://../db'}]\n",
    );
    let missing = home.run(&["template", "web"]).error();
    assert!(missing.contains("missing in charts/ directory: cache"), "{missing}");
    let output = home.run(&["template", "web", "--dependency-update"]).ok();
    assert!(output.contains("# Source: web/templates/a.yaml\n"), "{output}");
    assert!(home.join("web/charts/db-1.0.0.tgz").exists());
}
