use rhumb_testkit::{Asked, ChartFile};

use crate::support::{Home, Web};

const CONFIG: &str = ".config/helm/repositories.yaml";
const INDEX: &str = ".cache/helm/repository/main-index.yaml";

/// A repository with some versions of a chart, whose archives are below `/charts`.
fn serve() -> (Web, String) {
    let web = Web::new(&[]);
    let mut index = String::from("apiVersion: v1\nentries:\n  web:\n");
    for version in ["1.0.0", "1.1.0", "2.0.0-rc.1"] {
        let chart = ChartFile::small("web", version);
        let url = format!("charts/{}", chart.file_name());
        web.put(&format!("/{url}"), &chart.archive);
        index = format!("{index}  - {}\n", chart.index_entry(&url));
    }
    web.put("/index.yaml", &index);
    (web, index)
}

/// A user who has added the repository as `main`.
fn user(url: &str, index: &str, more: &str) -> Home {
    let home = Home::new();
    home.write(CONFIG, format!("repositories:\n- {{name: main, url: '{url}'{more}}}\n"));
    home.write(INDEX, index);
    home
}

#[test]
fn charts_are_found_by_the_index_that_is_kept() {
    let (web, index) = serve();
    let home = user(&web.url(""), &index, "");
    let version = |words: &[&str]| {
        let shown = home.run(&[&["show", "chart", "main/web"], words].concat()).ok();
        shown.lines().find(|line| line.starts_with("version: ")).unwrap_or_default().to_owned()
    };
    assert_eq!(version(&[]), "version: 1.1.0");
    assert_eq!(version(&["--devel"]), "version: 2.0.0-rc.1");
    assert_eq!(version(&["--version", "~1.0"]), "version: 1.0.0");
    let asked: Vec<String> = web.asked().into_iter().map(|asked| asked.path).collect();
    let paths = ["1.1.0", "2.0.0-rc.1", "1.0.0"].map(|v| format!("/charts/web-{v}.tgz"));
    assert_eq!(asked, paths);
    // What was downloaded is not downloaded again.
    let text = home.run(&["template", "rel", "main/web", "--offline"]).ok();
    assert!(text.contains("name: rel\n"), "{text}");
    assert!(web.asked().is_empty());
    let pulled = home.run(&["pull", "main/web", "--version", "1.0.0", "-d", "here"]);
    assert_eq!(pulled.ok(), "");
    assert_eq!(home.list("here"), ["web-1.0.0.tgz"]);
    home.run(&["pull", "main/web", "--untar"]).ok();
    assert_eq!(home.list("web"), ["Chart.yaml", "templates"]);
}

#[test]
fn charts_are_found_at_addresses() {
    let (web, _) = serve();
    let home = Home::new();
    let shown = home.run(&["show", "chart", &web.url("/charts/web-1.0.0.tgz")]).ok();
    assert!(shown.contains("\nversion: 1.0.0\n"), "{shown}");
    let words = ["template", "web", "--repo", &web.url("/"), "--version", "^1"];
    let text = home.run(&words).ok();
    assert!(text.contains("# Source: web/templates/map.yaml"), "{text}");
    let paths: Vec<String> = web.asked().into_iter().map(|asked| asked.path).collect();
    assert_eq!(paths, ["/charts/web-1.0.0.tgz", "/index.yaml", "/charts/web-1.1.0.tgz"]);
    // No file but that of the cache is left.
    assert_eq!(home.list(".cache/helm"), ["content"]);
}

#[test]
fn a_chart_is_fetched_from_the_registry_that_an_index_leads_to() {
    let registry = crate::support::Registry::new();
    let home = user(
        "http://127.0.0.1:1",
        &format!(
            "apiVersion: v1\nentries: {{web: [{{name: web, version: 1.0.0, urls: ['oci://{}/charts/web:1.0.0']}}]}}\n",
            registry.host()
        ),
        "",
    );
    home.chart("web", "1.0.0");
    let place = format!("oci://{}/charts", registry.host());
    home.run(&["push", "web", &place, "--plain-http"]).ok();
    let shown = home.run(&["show", "chart", "main/web", "--plain-http"]).ok();
    assert!(shown.contains("\nversion: 1.0.0\n"), "{shown}");
}

/// Who was told to a server, by path.
fn told(web: &Web) -> Vec<(String, Option<String>)> {
    web.asked().into_iter().map(|Asked { path, user, .. }| (path, user)).collect()
}

#[test]
fn a_password_goes_to_its_own_server_only() {
    let (web, index) = serve();
    let (other, _) = serve();
    let password = Some("alice:secret".to_owned());
    let path = "/charts/web-1.1.0.tgz".to_owned();
    let flags = ["--username", "alice", "--password", "secret"];
    let elsewhere = index.replace("'charts/", &format!("'{}/charts/", other.url("")));
    // With the repository's own password.
    for (index, more, want) in [
        (
            &index,
            ", username: alice, password: secret",
            (vec![(path.clone(), password.clone())], vec![]),
        ),
        (&elsewhere, ", username: alice, password: secret", (vec![], vec![(path.clone(), None)])),
        (
            &elsewhere,
            ", username: alice, password: secret, pass_credentials_all: true",
            (vec![], vec![(path.clone(), password.clone())]),
        ),
    ] {
        let home = user(&web.url(""), index, more);
        home.run(&["show", "values", "main/web"]).ok();
        assert_eq!((told(&web), told(&other)), want, "{more}");
    }
    // With that of the command line.
    web.put("/elsewhere/index.yaml", &elsewhere);
    let repo = web.url("/elsewhere");
    for (more, want) in [(vec![], None), (vec!["--pass-credentials"], password.clone())] {
        for command in ["show chart", "pull"] {
            let words: Vec<&str> = command.split(' ').chain(["web", "--repo", &repo]).collect();
            Home::new().run(&[words, flags.to_vec(), more.clone()].concat()).ok();
            assert_eq!(told(&web), [("/elsewhere/index.yaml".to_owned(), password.clone())]);
            assert_eq!(told(&other), [(path.clone(), want.clone())], "{command} {more:?}");
        }
    }
    // A redirect takes it nowhere else.
    web.redirect("/charts/", other.url("/charts/"));
    let home = user(&web.url(""), &index, ", username: alice, password: secret");
    home.run(&["show", "values", "main/web"]).ok();
    assert_eq!((told(&web), told(&other)), (vec![(path.clone(), password)], vec![(path, None)]));
}

#[test]
fn what_is_protected_needs_the_password() {
    let (web, index) = serve();
    web.protect("/", "alice:secret");
    let home = user(&web.url(""), &index, "");
    let error = home.run(&["show", "chart", "main/web"]).error();
    let url = web.url("/charts/web-1.1.0.tgz");
    assert_eq!(
        error.lines().next(),
        Some(&*format!("Error: failed to fetch {url} : 401 Unauthorized"))
    );
    let flags = ["--username", "alice", "--password", "secret"];
    home.run(&[&["show", "chart", "main/web"][..], &flags].concat()).ok();
    let address = url.replace("//", "//alice:secret@");
    assert!(Home::new().run(&["show", "chart", &address]).ok().contains("\nversion: 1.1.0\n"));
    // It is not repeated in errors.
    let error = Home::new().run(&["show", "chart", &address.replace("1.1.0", "9")]).error();
    assert!(!error.contains("secret"), "{error}");
}

#[test]
fn a_repository_brings_the_authority_that_vouches_for_it() {
    let home = Home::new();
    let (web, authority) = Web::with_tls(&[], home.path());
    let chart = ChartFile::small("web", "1.0.0");
    web.put("/web-1.0.0.tgz", &chart.archive);
    let index =
        format!("apiVersion: v1\nentries: {{web: [{}]}}\n", chart.index_entry("web-1.0.0.tgz"));
    web.put("/index.yaml", &index);
    let authority = authority.display().to_string();
    let words = ["show", "chart", "main/web"];
    let trusting = user(&web.url(""), &index, &format!(", caFile: '{authority}'"));
    trusting.run(&words).ok();
    // As in Helm, the archive's server is not trusted because the index's was.
    let more = ", insecure_skip_tls_verify: true";
    let unsure = user(&web.url(""), &index, more);
    let error = unsure.run(&words).error();
    assert!(
        error.contains(
            "tls: failed to verify certificate: x509: certificate signed by unknown authority\n"
        ),
        "{error}"
    );
    unsure.run(&[&words[..], &["--insecure-skip-tls-verify"]].concat()).ok();
    let repo = web.url("");
    let words = ["show", "chart", "web", "--repo", &repo, "--ca-file", &authority];
    Home::new().run(&words).ok();
}

#[test]
fn an_archive_that_the_index_does_not_know_is_told_of_and_used() {
    let (web, index) = serve();
    let home = user(&web.url(""), &index, "");
    let other = ChartFile::small("web", "9.9.9");
    web.put("/charts/web-1.1.0.tgz", &other.archive);
    let ran = home.run(&["show", "chart", "main/web"]);
    assert!(ran.stderr.contains("is not what the index says it is: its digest is sha256:"));
    assert!(ran.ok().contains("\nversion: 9.9.9\n"));
    // It is not kept under the name of what should have come.
    web.put("/charts/web-1.1.0.tgz", &ChartFile::small("web", "1.1.0").archive);
    assert!(home.run(&["show", "chart", "main/web"]).ok().contains("\nversion: 1.1.0\n"));
}

#[test]
fn what_is_wrong_is_one_line_with_the_next_step() {
    let (web, index) = serve();
    let base = web.url("");
    let home = user(&base, &index, "");
    let words = |text: &str| -> Vec<String> { text.split(' ').map(str::to_owned).collect() };
    for (command, want) in [
        (
            "show chart main/db",
            "Error: chart \"db\" matching  not found in main index. (try 'helm repo update'): no chart name found\nhint: `search repo`",
        ),
        (
            "pull main/web --version 9",
            "Error: chart \"web\" matching 9 not found in main index. (try 'helm repo update'): no chart version found for web-9\nhint: ",
        ),
        ("template a/web", "Error: repo a not found\nhint: `repo list`"),
        (
            "template web",
            "Error: non-absolute URLs should be in form of repo_name/path_to_chart, got: web\nhint: give a folder",
        ),
        ("show all ftp://a/b", "Error: scheme \"ftp\" not supported\nhint: addresses start with"),
        ("show all web --repo ftp://a", "Error: could not find protocol handler for: ftp\nhint: "),
        (
            "show all web --repo oci://a/b",
            "Error: looks like \"oci://a/b\" is not a valid chart repository or cannot be reached: it is a registry\nhint: leave out `--repo`",
        ),
        (
            "pull http://127.0.0.1:1/a.tgz",
            "Error: Get \"http://127.0.0.1:1/a.tgz\": dial tcp 127.0.0.1:1: connect: connection refused\nhint: ",
        ),
        ("pull BASE/", "Error: BASE/ does not end with the name of a file\nhint: "),
        (
            "pull BASE/charts/web-3.tgz",
            "Error: failed to fetch BASE/charts/web-3.tgz : 404 Not Found\n",
        ),
        ("show all db --repo BASE", "Error: chart \"db\" not found in BASE repository\n"),
        (
            "show all db --repo BASE/no",
            "Error: looks like \"BASE/no\" is not a valid chart repository or cannot be reached: failed to fetch BASE/no/index.yaml : 404 Not Found\nhint: check the address",
        ),
        (
            "show all db --repo BASE/bad",
            "Error: looks like \"BASE/bad\" is not a valid chart repository or cannot be reached: error converting YAML to JSON: yaml: line 2: mapping values are not allowed in this context\nhint: ",
        ),
    ] {
        web.put("/bad/index.yaml", "a: b\n  c: d: e\n");
        web.put("/", "a page");
        let command = words(&command.replace("BASE", &base));
        let command: Vec<&str> = command.iter().map(String::as_str).collect();
        let error = home.run(&command).error();
        assert!(error.starts_with(&want.replace("BASE", &base)), "{command:?}: {error}");
    }
    assert_eq!(home.list("."), [".cache", ".config"], "nothing is left");
    std::fs::remove_file(home.join(INDEX)).unwrap();
    let error = home.run(&["show", "chart", "main/web"]).error();
    let path = home.join(INDEX).display().to_string();
    assert_eq!(
        error,
        format!(
            "Error: no cached repo found. (try 'helm repo update'): open {path}: no such file or directory\nhint: `repo update` downloads the indexes of all repositories\n"
        )
    );
    let sparse = std::fs::File::create(home.join(INDEX)).unwrap();
    sparse.set_len((128 << 20) + 1).unwrap();
    let error = home.run(&["show", "chart", "main/web"]).error();
    assert!(error.contains("main-index.yaml is larger than 134217728 bytes\n"), "{error}");
}
