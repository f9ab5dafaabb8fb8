use rhumb_testkit::{ChartFile, Web};

use crate::support::{Home, Registry};

/// A repository with two versions of a chart.
fn serve(name: &str) -> Web {
    let web = Web::new(&[]);
    let mut index = format!("apiVersion: v1\nentries:\n  {name}:\n");
    for version in ["1.0.0", "1.1.0"] {
        let chart = ChartFile::small(name, version);
        web.put(&format!("/{}", chart.file_name()), &chart.archive);
        index = format!("{index}  - {}\n", chart.index_entry(&chart.file_name()));
    }
    web.put("/index.yaml", index);
    web
}

fn chart(home: &Home, dependencies: &str) {
    home.write(
        "all/Chart.yaml",
        format!("apiVersion: v2\nname: all\nversion: 0.1.0\ndependencies:\n{dependencies}"),
    );
}

#[test]
fn charts_of_one_name_come_from_several_places() {
    let (home, web, registry) = (Home::new(), serve("web"), Registry::new());
    home.chart("web", "1.5.0");
    let oci = format!("oci://{}/charts", registry.host());
    home.run(&["push", "web", &oci, "--plain-http"]).ok();
    let url = web.url("");
    chart(
        &home,
        &format!(
            "- {{name: web, version: ^1, repository: '{url}'}}\n- {{name: web, alias: b, version: ^1, repository: '{oci}'}}\n"
        ),
    );
    let said = home.run(&["dependency", "update", "all", "--plain-http"]).ok();
    assert!(said.ends_with("Deleting outdated charts\n"), "{said}");
    assert_eq!(home.list("all/charts"), ["web-1.1.0.tgz", "web-1.5.0.tgz"]);
    let lock = home.read("all/Chart.lock");
    assert!(lock.contains("version: 1.1.0\n") && lock.contains("version: 1.5.0\n"), "{lock}");
    // The same again changes nothing.
    home.run(&["dep", "up", "all", "--plain-http"]).ok();
    assert_eq!(home.read("all/Chart.lock"), lock);
}

#[test]
fn missing_charts_are_fetched_before_rendering() {
    let (home, web) = (Home::new(), serve("web"));
    chart(&home, &format!("- {{name: web, version: ^1, repository: '{}'}}\n", web.url("")));
    let error = home.run(&["template", "rel", "all"]).error();
    assert!(error.contains("missing in charts/ directory: web"), "{error}");
    let said = home.run(&["template", "rel", "all", "--dependency-update"]).ok();
    let (before, rendered) = said.split_once("---\n").expect("documents");
    assert!(before.contains("Saving 1 charts\n"), "{before}");
    assert!(rendered.starts_with("# Source: all/charts/web/templates/map.yaml\n"), "{rendered}");
    // They are there now, so nothing is said.
    let said = home.run(&["template", "rel", "all", "--dependency-update"]).ok();
    assert!(said.starts_with("---\n"), "{said}");
    std::fs::remove_dir_all(home.join("all/charts")).unwrap();
    let ran = home.run(&["template", "all", "--dependency-update", "-o", "json"]);
    assert!(ran.stderr.contains("Saving 1 charts\n"));
    assert!(ran.ok().starts_with("{\"templates\":"));
    std::fs::remove_dir_all(home.join("all/charts")).unwrap();
    home.run(&["package", "all", "--dependency-update"]).ok();
    assert_eq!(home.list("all/charts"), ["web-1.1.0.tgz"]);
}

#[test]
fn what_cannot_be_fetched_leaves_everything_as_it_was() {
    let (home, web) = (Home::new(), serve("web"));
    let url = web.url("");
    chart(&home, &format!("- {{name: web, version: 1.0.0, repository: '{url}'}}\n"));
    home.run(&["dependency", "update", "all"]).ok();
    let (lock, before) = (home.read("all/Chart.lock"), home.list("all/charts"));
    assert_eq!(before, ["web-1.0.0.tgz"]);
    chart(
        &home,
        &format!(
            "- {{name: web, version: 1.1.0, repository: '{url}'}}\n- {{name: db, version: 1.0.0, repository: 'file://../db'}}\n"
        ),
    );
    home.write("db/Chart.yaml", "apiVersion: v2\nname: db\nversion: 1.0.0\n");
    home.write("db/values.schema.json", "no JSON");
    let ran = home.run(&["dependency", "update", "all"]);
    assert_eq!(ran.code, Some(1), "{ran:?}");
    assert_eq!(ran.stderr, "Error: invalid JSON in values.schema.json\n");
    assert!(ran.stdout.ends_with("Save error occurred:  invalid JSON in values.schema.json\n"));
    assert_eq!(home.list("all/charts"), before);
    assert_eq!(home.list("all"), ["Chart.lock", "Chart.yaml", "charts"]);
    assert_eq!(home.read("all/Chart.lock"), lock);
}

#[test]
fn a_password_of_a_repository_is_used_for_its_own_charts() {
    let (home, web) = (Home::new(), serve("web"));
    web.protect("/", "alice:secret");
    home.write(
        ".config/helm/repositories.yaml",
        format!(
            "repositories: [{{name: main, url: '{}', username: alice, password: secret}}]",
            web.url("")
        ),
    );
    chart(&home, "- {name: web, version: ^1, repository: '@main'}\n");
    home.run(&["dependency", "update", "all"]).ok();
    assert_eq!(home.list("all/charts"), ["web-1.1.0.tgz"]);
    // Not what the command line has for a registry.
    web.asked();
    chart(&home, &format!("- {{name: web, version: ^1, repository: '{}'}}\n", web.url("/other")));
    let words = ["dependency", "update", "all", "--username", "bob", "--password", "b"];
    let ran = home.run(&words);
    assert_eq!(ran.code, Some(1));
    let users: Vec<_> = web.asked().into_iter().map(|asked| (asked.path, asked.user)).collect();
    assert!(users.contains(&("/other/index.yaml".to_owned(), None)), "{users:?}");
}

#[test]
fn what_is_wrong_is_told_with_the_next_step() {
    let home = Home::new();
    for (dependencies, want) in [
        ("- {name: a, version: ^1, repository: 'file://../b'}\n", "Error: directory b not found\n"),
        ("- {name: a, version: ^1}\n", "Error: directory all/charts/a not found\n"),
        (
            "- {name: a, version: x y, repository: 'oci://h/b'}\n",
            "Error: dependency \"a\" has an invalid version/constraint format: improper constraint: \"x y\"\n",
        ),
        (
            "- {name: a, version: ^1, repository: '@b'}\n",
            "Error: no repository definition for @b. Please add them via 'helm repo add'\nhint: ",
        ),
        (
            "- {name: a, version: ^1, repository: 'ftp://b'}\n",
            "Error: could not find protocol handler for: ftp\nhint: ",
        ),
    ] {
        chart(&home, dependencies);
        let ran = home.run(&["dependency", "update", "all"]);
        assert_eq!(ran.code, Some(1));
        assert!(ran.stderr.starts_with(want), "{ran:?}");
    }
    assert_eq!(home.list("all"), ["Chart.yaml"], "nothing is left");
}

#[test]
fn without_dependencies_the_shortest_path_is_named() {
    let home = Home::new();
    home.chart("web", "1.0.0");
    let ran = home.run(&["dependency", "list", "./web/../web/."]);
    assert_eq!(ran.stdout, "WARNING: no dependencies at web/charts\n");
}
