use crate::support::{Home, Ran};

const TEMPLATE: &str = "# top

# of the map
kind: ConfigMap # behind
metadata: {name: a}
data:
  # above
  text: |
    one
     two
  list:
    - a   # wide
    # below
---
kind: Pod
metadata:
  name: hook
  annotations:
    \"helm.sh/hook\": pre-install
";

fn home() -> Home {
    let home = Home::new();
    home.chart("web", "1.0.0");
    home.write("web/templates/a.yaml", TEMPLATE);
    home.write("web/templates/NOTES.txt", "Well done\n");
    home
}

fn plugin(home: &Home, name: &str, script: &str) {
    let command = format!("  - command: sh\n    args: [-c, '{script}', 'sh']\n");
    home.write(
        &format!("plugins/{name}/plugin.yaml"),
        format!(
            "apiVersion: v1\nname: {name}\ntype: postrenderer/v1\nversion: 0.1.0\nruntime: subprocess\nruntimeConfig:\n  platformCommand:\n{command}"
        ),
    );
}

fn template(home: &Home, words: &[&str]) -> Ran {
    let mut command = home.command(&[&["template", "rel", "web"], words].concat());
    command.env("HELM_PLUGINS", home.join("plugins")).env("PATH", "/usr/bin:/bin");
    Ran::of(command.output().unwrap())
}

#[test]
fn documents_go_through_the_plugin_and_keep_their_places() {
    let home = home();
    plugin(&home, "sed", "tee seen.yaml | sed s/two/2/");
    let output = template(&home, &["--post-renderer", "sed"]).ok();
    let wanted = "---
# Source: web/templates/a.yaml
# top

# of the map
kind: ConfigMap # behind
metadata: {name: a}
data:
  # above
  text: |
    one
     2
  list:
  - a # wide
  # below
---
# Source: web/templates/a.yaml
kind: Pod
metadata:
  name: hook
  annotations:
    \"helm.sh/hook\": pre-install

";
    assert_eq!(output, wanted);
    let seen = home.read("seen.yaml");
    let annotation =
        "annotations: {postrenderer.helm.sh/postrender-filename: 'web/templates/a.yaml'}";
    assert!(seen.contains(&format!("metadata: {{name: a, {annotation}}}\n")), "{seen}");
    assert!(!seen.contains("Well done"), "{seen}");
}

#[test]
fn the_plugin_sees_its_arguments_and_where_it_is() {
    let home = home();
    // Variables in the plugin's own arguments are filled in before the shell sees them.
    plugin(&home, "args", "cat; . $HELM_PLUGIN_DIR/more.sh");
    home.write("plugins/args/more.sh", "echo \"# $1 $HELM_PLUGIN_NAME $HELM_PLUGIN_DIR\"\n");
    let words = ["--post-renderer", "args", "--post-renderer-args", "a,$b"];
    let output = template(&home, &words).ok();
    let place = home.join("plugins/args");
    assert!(output.contains(&format!("\n# a,$b args {}\n", place.display())), "{output}");
}

#[test]
fn plugins_that_do_no_good_are_named() {
    let home = home();
    plugin(&home, "fails", "echo oh no >&2; exit 3");
    plugin(&home, "silent", "cat >/dev/null");
    plugin(&home, "words", "echo just words");
    plugin(&home, "bad", "echo a: b: c");
    plugin(&home, "bytes", "cat; printf \"%b\" \"---\\\\n# \\\\0377\"");
    let lost = "apiVersion: v1\nname: lost\ntype: postrenderer/v1\nversion: 0.1.0\nruntime: subprocess\nruntimeConfig:\n  platformCommand: [{command: $NOWHERE}]\n";
    home.write("plugins/lost/plugin.yaml", lost);
    home.write(
        "plugins/none/plugin.yaml",
        "apiVersion: v1\nname: none\ntype: postrenderer/v1\nversion: 0.1.0\nruntime: subprocess\n",
    );
    let invoked = "error while running post render on files: failed to invoke post-renderer plugin";
    let parsing = "error while parsing post rendered output: error parsing YAML";
    for (name, wanted) in [
        ("fails", format!("{invoked} \"fails\": plugin \"fails\" exited with error")),
        ("silent", "error while running post render on files: post-renderer \"silent\" produced empty output".to_owned()),
        ("words", format!("{parsing}: wrong node kind: expected MappingNode but got ScalarNode: node contents:\njust words\n")),
        ("bad", format!("{parsing}: MalformedYAMLError: yaml: mapping values are not allowed in this context")),
        ("bytes", format!("{parsing}: MalformedYAMLError: yaml: invalid leading UTF-8 octet")),
        ("lost", format!("{invoked} \"lost\": exec: no command")),
        ("none", format!("{invoked} \"none\": failed to prepare plugin command: no plugin command is applicable")),
    ] {
        let error = template(&home, &["--post-renderer", name]).error();
        let hint = if name == "fails" { "hint: the plugin says: oh no\n" } else { "" };
        let advice = "\n\nUse --debug flag to render out invalid YAML\n";
        assert_eq!(error, format!("Error: {wanted}{advice}{hint}"), "{name}");
    }
}

#[test]
fn only_one_plugin_that_is_there_can_be_named() {
    let home = home();
    plugin(&home, "cat", "cat");
    home.write("plugins/broken/plugin.yaml", "apiVersion: v1\nname: b c\n");
    home.write(
        "plugins/wasm/plugin.yaml",
        "apiVersion: v1\nname: wasm\ntype: postrenderer/v1\nversion: 0.1.0\nruntime: extism/v1\n",
    );
    home.write("plugins/wasm/plugin.wasm", "");
    let error = template(&home, &["--post-renderer", "nope"]).error();
    assert!(error.contains("error=\"failed to load plugin"), "{error}");
    assert!(error.ends_with("Error: invalid argument \"nope\" for \"--post-renderer\" flag: plugin: {Name:nope Type:postrenderer/v1} not found\n"), "{error}");
    let error = template(&home, &["--post-renderer", "cat", "--post-renderer", "cat"]).error();
    assert!(error.contains("cannot specify --post-renderer flag more than once"), "{error}");
    let error = template(&home, &["--post-renderer", "wasm"]).error();
    assert!(
        error.contains("a post-renderer with the runtime extism/v1 cannot be used yet"),
        "{error}"
    );
}
