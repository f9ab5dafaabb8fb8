use crate::support::Home;

#[test]
fn says_what_helm_says_and_packs_the_same_bytes_each_time() {
    let home = Home::new();
    home.chart("web", "1.0.0");
    let output = home.run(&["package", "web", "-d", "one"]).ok();
    assert_eq!(output, "Successfully packaged chart and saved it to: one/web-1.0.0.tgz\n");
    home.run(&["package", "web", "-d", "two"]).ok();
    let bytes = |path: &str| std::fs::read(home.join(path)).unwrap();
    assert_eq!(bytes("one/web-1.0.0.tgz"), bytes("two/web-1.0.0.tgz"));
    let output = home.run(&["package", "web"]).ok();
    let path = home.path().canonicalize().unwrap().join("web-1.0.0.tgz");
    assert!(output.ends_with(&format!("{}\n", path.display())), "{output}");
}

#[test]
fn the_time_can_be_given_for_all_files() {
    let home = Home::new();
    home.chart("web", "1.0.0");
    let pack = |folder: &str, epoch: &str| {
        let mut command = home.command(&["package", "web", "-d", folder]);
        crate::support::Ran::of(command.env("SOURCE_DATE_EPOCH", epoch).output().unwrap())
    };
    pack("one", "86400").ok();
    home.chart("web", "1.0.0");
    std::fs::File::open(home.join("web/Chart.yaml"))
        .unwrap()
        .set_modified(std::time::UNIX_EPOCH)
        .unwrap();
    pack("two", "86400").ok();
    let bytes = |path: &str| std::fs::read(home.join(path)).unwrap();
    assert_eq!(bytes("one/web-1.0.0.tgz"), bytes("two/web-1.0.0.tgz"));
    assert_eq!(
        pack("no", "x").error(),
        "Error: invalid SOURCE_DATE_EPOCH: strconv.ParseInt: parsing \"x\": invalid syntax\n"
    );
    assert_eq!(
        pack("no", "-1").error(),
        "Error: invalid SOURCE_DATE_EPOCH: must not be negative\n"
    );
}

#[test]
fn versions_can_be_set() {
    let home = Home::new();
    home.chart("web", "1.0.0");
    home.run(&["package", "web", "--version", "2.0.0+b", "--app-version", "8"]).ok();
    let shown = home.run(&["show", "chart", "web-2.0.0+b.tgz"]).ok();
    assert!(
        shown.contains("appVersion: \"8\"\n") && shown.contains("version: 2.0.0+b\n"),
        "{shown}"
    );
    let error = home.run(&["package", "web", "--version", "one"]).error();
    assert_eq!(error, "Error: invalid semantic version\n");
}

#[test]
fn mistakes_are_named_and_nothing_is_written() {
    let home = Home::new();
    assert_eq!(
        home.run(&["package"]).error(),
        "Error: need at least one argument, the path to the chart\n"
    );
    assert_eq!(
        home.run(&["package", "nope", "-d", "out"]).error(),
        "Error: stat nope: no such file or directory\n"
    );
    home.write("lacking/Chart.yaml", "{apiVersion: v2, name: lacking, version: 1.0.0, dependencies: [{name: db, version: 1.0.0}]}");
    let error = home.run(&["package", "lacking", "-d", "out"]).error();
    let want = "Error: found in Chart.yaml, but missing in charts/ directory: db\nhint: put them into charts/";
    assert!(error.starts_with(want), "{error}");
    assert!(!home.join("out").exists());
}

#[cfg(unix)]
#[test]
fn links_within_are_said() {
    let home = Home::new();
    home.chart("web", "1.0.0");
    std::os::unix::fs::symlink("values.yaml", home.join("web/more.yaml")).unwrap();
    let web = home.path().join("web").canonicalize().unwrap();
    let ran = home.run(&["package", "web"]);
    let line = format!(
        "level=INFO msg=\"found symbolic link in path. Contents of linked file included and used\" path={} resolved={}\n",
        web.join("more.yaml").display(),
        web.join("values.yaml").display()
    );
    assert_eq!(ran.stderr, line);
}

/// An empty path is the current folder where Go makes it whole, and else that of nothing.
#[test]
fn empty_paths_are_paths() {
    let home = Home::new();
    home.chart("web", "1.0.0");
    let inside = |words: &[&str]| {
        let mut command = home.command(words);
        crate::support::Ran::of(command.current_dir(home.join("web")).output().unwrap())
    };
    assert_eq!(inside(&["package", ""]).error(), "Error: stat : no such file or directory\n");
    inside(&["package", ".", "-d", ""]).ok();
    inside(&["repo", "index", ""]).ok();
    assert!(home.read("web/index.yaml").contains("- web-1.0.0.tgz\n"));
    let linted = inside(&["lint", ""]).stdout;
    assert!(
        linted.starts_with("==> Linting \n[INFO] Chart.yaml: icon is recommended\n"),
        "{linted}"
    );
}
