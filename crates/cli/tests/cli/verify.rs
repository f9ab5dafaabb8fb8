//! Provenance files: what `--verify` and `verify` accept, say and write.

use std::path::Path;

use rhumb_testkit::{ChartFile, Web};

use crate::support::{Home, Registry};

const CONFIG: &str = ".config/helm/repositories.yaml";
const INDEX: &str = ".cache/helm/repository/main-index.yaml";
const NAME: &str = "web-1.0.0.tgz";
const SIGNED: &str = "Signed by: Ada <ada@example.com>
Using Key With Fingerprint: 95C8D9C3C2108782D811BFDECED1BAEC7A789D02
Chart Hash Verified: sha256:2aaf5fe6cb9e56020ebe7f54004b61f3564c051106eae53658926eaff9d8c3ed
";
const UNKNOWN: &str = "Error: openpgp: signature made by unknown entity
hint: if you trust who signed it, add the public key to the file of `--keyring`
";

/// A file that Ada signed, or a key; `../signed/make` made them.
fn file(name: &str) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/signed").join(name);
    std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Someone who has the keys of Ada and Bob, and the archive that Ada signed.
fn user() -> Home {
    let home = Home::new();
    for name in [NAME, "web-1.0.0.tgz.prov", "ada.gpg", "bob.gpg"] {
        home.write(name, file(name));
    }
    home
}

/// A chart repository that the user has as `main`, with the archive and perhaps its provenance file.
fn serve(home: &Home, has_provenance: bool) -> Web {
    let web = Web::new(&[]);
    let (name, version, archive) = ("web".to_owned(), "1.0.0".to_owned(), file(NAME));
    let entry = ChartFile { name, version, archive }.index_entry(NAME);
    let index = format!("apiVersion: v1\nentries: {{web: [{entry}]}}\n");
    web.put("/index.yaml", &index);
    web.put(&format!("/{NAME}"), file(NAME));
    if has_provenance {
        web.put(&format!("/{NAME}.prov"), file("web-1.0.0.tgz.prov"));
    }
    home.write(CONFIG, format!("repositories:\n- {{name: main, url: '{}'}}\n", web.url("")));
    home.write(INDEX, &index);
    web
}

/// The same in a registry; gives its place.
fn push(home: &Home, registry: &Registry, has_provenance: bool) -> String {
    home.write("p/web-1.0.0.tgz", file(NAME));
    if has_provenance {
        home.write("p/web-1.0.0.tgz.prov", file("web-1.0.0.tgz.prov"));
    }
    let place = format!("oci://{}/c", registry.host());
    home.run(&["push", "p/web-1.0.0.tgz", &place, "--plain-http"]).ok();
    std::fs::remove_dir_all(home.join("p")).unwrap();
    format!("{place}/web:1.0.0")
}

#[test]
fn archives_are_verified_by_trusted_keys_only() {
    let home = user();
    assert_eq!(home.run(&["verify", NAME, "--keyring", "ada.gpg"]).ok(), SIGNED);
    assert_eq!(home.run(&["verify", NAME, "--keyring", "bob.gpg"]).error(), UNKNOWN);
    let json = home.run(&["verify", NAME, "--keyring", "ada.gpg", "-o", "json"]).ok();
    assert!(
        json.starts_with("{\"signedBy\":[\"Ada <ada@example.com>\"],\"fingerprint\":\""),
        "{json}"
    );
}

#[test]
fn without_a_file_of_keys_those_of_gnupg_are_trusted() {
    let home = user();
    let missing = home.join(".gnupg/pubring.gpg");
    let told = format!(
        "Error: failed to load keyring: open {}: no such file or directory
hint: `gpg --export NAME > FILE` writes a file of keys for `--keyring FILE`
",
        missing.display()
    );
    assert_eq!(home.run(&["verify", NAME]).error(), told);
    home.write(".gnupg/pubring.kbx", file("ada.gpg"));
    assert_eq!(home.run(&["verify", NAME]).ok(), SIGNED);
    home.write(".gnupg/pubring.gpg", file("bob.gpg"));
    assert_eq!(home.run(&["verify", NAME]).error(), UNKNOWN);
    home.write("elsewhere/pubring.gpg", file("ada.gpg"));
    let mut command = home.command(&["verify", NAME]);
    let output = command.env("GNUPGHOME", "elsewhere").output().unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stdout), SIGNED);
}

#[test]
fn what_was_not_signed_so_is_told() {
    let home = user();
    let check = |path: &str| home.run(&["verify", path, "--keyring", "ada.gpg"]).error();
    home.write("other-1.0.0.tgz", file(NAME));
    let beside = "Error: could not load provenance file other-1.0.0.tgz.prov: stat other-1.0.0.tgz.prov: no such file or directory\n";
    assert_eq!(check("other-1.0.0.tgz"), beside);
    home.write("other-1.0.0.tgz.prov", file("web-1.0.0.tgz.prov"));
    let renamed = "Error: provenance does not contain a SHA for a file named \"other-1.0.0.tgz\"\n";
    assert_eq!(check("other-1.0.0.tgz"), renamed);
    home.write(NAME, "another");
    let error = check(NAME);
    assert!(
        error.starts_with("Error: sha256 sum does not match for web-1.0.0.tgz: \"sha256:"),
        "{error}"
    );
    home.write("web-1.0.0.tgz.prov", "name: web\n\n...\nfiles: {}\n");
    assert_eq!(check(NAME), "Error: signature block not found\n");
    assert_eq!(check("."), "Error: unpacked charts cannot be verified\n");
    assert_eq!(check("ada.gpg"), "Error: chart must be a tgz file\n");
    assert_eq!(check("nope.tgz"), "Error: stat nope.tgz: no such file or directory\n");
}

#[test]
fn charts_of_this_machine_are_used_only_if_they_are_good() {
    let home = user();
    for command in [&["template"][..], &["show", "all"], &["explain", "values"]] {
        let run = |chart, key| {
            let words = [command, &[chart, "--verify", "--keyring", key]].concat();
            home.run(&if command[0] == "explain" { [&words[..], &["a"]].concat() } else { words })
        };
        let ran = run(NAME, "ada.gpg");
        assert!(ran.code == Some(0) || ran.stderr.contains("`a`"), "{ran:?}");
        assert_eq!(run(NAME, "bob.gpg").error(), UNKNOWN, "{command:?}");
        assert_eq!(run(".", "ada.gpg").error(), "Error: unpacked charts cannot be verified\n");
    }
    // Before anything about values.
    let words = ["template", NAME, "--verify", "--keyring", "bob.gpg", "-f", "nope.yaml"];
    assert_eq!(home.run(&words).error(), UNKNOWN);
}

#[test]
fn pull_writes_what_was_verified_and_nothing_else() {
    let home = user();
    let web = serve(&home, true);
    let pull = |key, more: &[&str]| {
        let words = ["pull", "main/web", "--verify", "--keyring", key, "-d", "out"];
        home.run(&[&words[..], more].concat())
    };
    assert_eq!(pull("bob.gpg", &[]).error(), UNKNOWN);
    assert!(!home.join("out").exists(), "nothing is left");
    assert_eq!(pull("ada.gpg", &[]).ok(), SIGNED);
    assert_eq!(home.list("out"), [NAME, "web-1.0.0.tgz.prov"]);
    assert_eq!(std::fs::read(home.join("out/web-1.0.0.tgz")).unwrap(), file(NAME));
    std::fs::remove_dir_all(home.join("out")).unwrap();
    assert_eq!(pull("ada.gpg", &["--untar"]).ok(), SIGNED);
    assert_eq!(home.list("out"), ["web"]);
    // Another archive at the same address, whose digest the index does not have.
    std::fs::remove_dir_all(home.join(".cache/helm/content")).unwrap();
    web.put(&format!("/{NAME}"), ChartFile::small("web", "1.0.0").archive);
    let error = pull("ada.gpg", &["--untardir", "other", "--untar"]).error();
    assert!(error.contains("sha256 sum does not match for web-1.0.0.tgz: \"sha256:"), "{error}");
    assert_eq!(home.list("out"), ["web"]);
}

#[test]
fn a_provenance_file_is_kept_only_once_it_is_good() {
    let home = user();
    let web = serve(&home, true);
    web.put(&format!("/{NAME}.prov"), "bad");
    let show = || home.run(&["show", "chart", "main/web", "--verify", "--keyring", "ada.gpg"]);
    assert_eq!(show().error(), "Error: signature block not found\n");
    web.put(&format!("/{NAME}.prov"), file("web-1.0.0.tgz.prov"));
    show().ok();
    web.asked();
    show().ok();
    assert!(web.asked().is_empty(), "all is in the cache");
    let other = ["show", "chart", "main/web", "--verify", "--keyring", "bob.gpg"];
    assert_eq!(home.run(&other).error(), UNKNOWN, "the cache makes nothing good");
}

#[test]
fn charts_without_a_provenance_file_are_refused() {
    let home = user();
    let web = serve(&home, false);
    let url = web.url("/web-1.0.0.tgz.prov");
    let why = format!("hint: failed to fetch {url} : 404 Not Found\n");
    let told = format!("Error: failed to fetch provenance \"{url}\"\n{why}");
    for command in [&["template"][..], &["show", "values"], &["pull", "-d", "out"]] {
        for chart in ["main/web", &web.url("/web-1.0.0.tgz")] {
            let words = [command, &[chart, "--verify", "--keyring", "ada.gpg"]].concat();
            assert_eq!(home.run(&words).error(), told, "{words:?}");
        }
    }
    assert!(!home.join("out").exists());
    let registry = Registry::new();
    let place = push(&home, &registry, false);
    let words = ["pull", &place, "--verify", "--keyring", "ada.gpg", "--plain-http", "-d", "out"];
    let why = "hint: the chart was pushed without a provenance file\n";
    let told = format!("Error: failed to fetch provenance \"{place}.prov\"\n{why}");
    assert_eq!(home.run(&words).error(), told);
    assert!(!home.join("out").exists());
}

#[test]
fn charts_of_registries_are_verified_too() {
    let (home, registry) = (user(), Registry::new());
    let place = push(&home, &registry, true);
    let run = |words: &[&str], key| {
        home.run(&[words, &[&place, "--verify", "--plain-http", "--keyring", key]].concat())
    };
    let pulled = run(&["pull", "-d", "out"], "ada.gpg").ok();
    assert!(pulled.starts_with("Pulled: ") && pulled.ends_with(SIGNED), "{pulled}");
    assert_eq!(home.list("out"), [NAME, "web-1.0.0.tgz.prov"]);
    assert!(run(&["show", "chart"], "ada.gpg").ok().contains("name: web\n"));
    assert!(run(&["template"], "ada.gpg").ok().contains("kind: ConfigMap\n"));
    for words in [
        &["pull", "-d", "no"][..],
        &["pull", "--untar", "-d", "no"],
        &["show", "chart"],
        &["template"],
    ] {
        assert_eq!(run(words, "bob.gpg").error(), UNKNOWN, "{words:?}");
    }
    assert!(!home.join("no").exists());
}

#[test]
fn dependencies_are_fetched_only_if_they_are_good() {
    let (home, registry) = (user(), Registry::new());
    let place = push(&home, &registry, true);
    let repository = place.strip_suffix("/web:1.0.0").unwrap();
    let web = serve(&home, false);
    let chart = |place: &str| {
        let metadata = "apiVersion: v2\nname: all\nversion: 1.0.0\n";
        let dependency = format!("{{name: web, version: ^1, repository: '{place}'}}");
        home.write("all/Chart.yaml", format!("{metadata}dependencies: [{dependency}]\n"));
    };
    let run = |command, key| {
        home.run(&["dependency", command, "all", "--verify", "--keyring", key, "--plain-http"])
    };
    chart(repository);
    let error = run("update", "bob.gpg").stderr;
    assert_eq!(error, format!("Error: could not download {repository}/web: {}", &UNKNOWN[7..]));
    assert_eq!(home.list("all"), ["Chart.yaml", "charts"]);
    assert!(home.list("all/charts").is_empty());
    run("update", "ada.gpg").ok();
    assert_eq!(home.list("all/charts"), [NAME]);
    assert_eq!(run("build", "bob.gpg").code, Some(1));

    std::fs::remove_file(home.join("all/Chart.lock")).unwrap();
    chart(&web.url(""));
    let error = run("update", "ada.gpg").stderr;
    let url = web.url("/web-1.0.0.tgz");
    let told =
        format!("Error: could not download {url}: failed to fetch provenance \"{url}.prov\"\n");
    assert!(error.starts_with(&told), "{error}");
    // As in Helm, `build` takes what nobody signed, and says so.
    let text = run("build", "ada.gpg").ok();
    assert!(text.contains(&format!("WARNING: Verification not found for {url}: ")), "{text}");
    assert_eq!(home.list("all/charts"), [NAME]);
}
