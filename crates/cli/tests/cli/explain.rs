use crate::support::Home;

fn home() -> Home {
    let home = Home::new();
    home.chart("web", "1.0.0");
    home.write("web/values.yaml", "replicas: 1\nimage:\n  tag: a\n");
    home.write("prod.yaml", "# Production\nreplicas: 4\n");
    home.write("web/templates/_lib.tpl", "{{ define \"x\" }}\n{{ .Values.imag.tag }}{{ end }}");
    home
}

#[test]
fn values_have_origins_and_readers() {
    let home = home();
    home.write("web/templates/_lib.tpl", "");
    let words = ["explain", "values", "web", "replicas"];
    let read = "read at web/templates/a.yaml:1:7: a: {{ .Values.replicas }}\n";
    assert_eq!(home.run(&words).ok(), format!("replicas: 1\nfrom values.yaml:1\n{read}"));
    assert_eq!(
        home.run(&[&words[..], &["-f", "prod.yaml"]].concat()).ok(),
        format!("replicas: 4\nfrom prod.yaml:2\n{read}")
    );
    assert_eq!(
        home.run(&[&words[..], &["--set", "replicas=9"]].concat()).ok(),
        format!("replicas: 9\nfrom --set replicas=9\n{read}")
    );
    assert_eq!(
        home.run(&["explain", "values", "web", "image.tagg"]).ok(),
        "image.tagg has no value\nis `image.tag` meant?\nread by no template\n"
    );
    let json = home.run(&[&words[..], &["-o", "json"]].concat()).ok();
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["origin"]["line"], 1);
    assert_eq!(json["reads"][0]["column"], 7);
}

#[test]
fn errors_are_explained_if_asked() {
    let home = home();
    home.write("web/templates/a.yaml", "a: 1\nb: {{ include \"x\" . }}\n");
    let plain = home.run(&["template", "r", "web"]).error();
    assert!(!plain.contains("-->"), "{plain}");
    let error = home.run(&["template", "r", "web", "--explain"]).error();
    let explained = error.strip_prefix(&plain).unwrap();
    assert!(explained.contains("--> web/templates/_lib.tpl:2:"), "{explained}");
    assert!(explained.contains("2 | {{ .Values.imag.tag }}{{ end }}\n"), "{explained}");
    assert!(explained.contains('^'), "{explained}");
    assert!(
        explained
            .contains("  in `x`, called from web/templates/a.yaml:2:7: b: {{ include \"x\" . }}\n"),
        "{explained}"
    );
    assert!(
        explained.contains("  .Values.imag.tag has no value; is `image.tag` meant?\n"),
        "{explained}"
    );
    home.write("web/templates/a.yaml", "{{ qote .Values.replicas }}");
    let error = home.run(&["template", "r", "web", "--explain"]).error();
    assert!(error.contains("hint: is `quote` meant?\n"), "{error}");
}
