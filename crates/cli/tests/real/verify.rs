//! Provenance files beside Helm: real keys of GnuPG, files signed by it and by Helm, from every place that charts
//! come from.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use rhumb_testkit::{ChartFile, Registry, Web, program};

use crate::beside_helm::{Answer, Beside};
use crate::gnupg::{KEYS, Keys};

const NAME: &str = "web-1.0.0.tgz";
const CONFIG: &str = ".config/helm/repositories.yaml";
const INDEX: &str = ".cache/helm/repository/main-index.yaml";

/// The text of a provenance file.
fn text(file: &str, archive: &[u8]) -> String {
    let digest = rhumb_oci::Digest::of(archive);
    format!("apiVersion: v2\nname: web\nversion: 1.0.0\n\n...\nfiles:\n  {file}: {digest}\n")
}

/// Makes an archive, with a provenance file that Helm made.
fn packed(beside: &Beside) -> Vec<u8> {
    beside.write("web/Chart.yaml", "apiVersion: v2\nname: web\nversion: 1.0.0\n");
    beside.write("web/templates/map.yaml", "kind: ConfigMap\nname: {{ .Release.Name }}\n");
    beside.write("web/values.yaml", "a: 1\n");
    let mut command = Command::new(program("helm"));
    command.args(["package", "web", "--sign", "--key", "rsa@example.com", "--keyring", "secret"]);
    command.env_clear().env("HOME", beside.path()).current_dir(beside.path());
    assert!(command.status().expect("helm runs").success());
    fs::read(beside.path().join(NAME)).expect("an archive")
}

/// Asks both with nothing in the cache, and compares what they say.
#[track_caller]
fn compare(beside: &Beside, words: &[&str]) -> Answer {
    let cache = beside.path().join(".cache/helm/content");
    let forget = || fs::remove_dir_all(&cache).ok();
    forget();
    let helm = normal(beside.helm(words));
    forget();
    let rhumb = normal(beside.rhumb(words));
    assert_eq!(rhumb, helm, "{words:?}");
    rhumb
}

/// What is said without what may differ: the order of a key's names, and how often it is told what was pulled.
fn normal((code, output, mut errors): Answer) -> Answer {
    let is_told = |line: &str| !["Pulled: ", "Digest: "].iter().any(|word| line.starts_with(word));
    let mut lines: Vec<&str> = output.lines().filter(|line| is_told(line)).collect();
    if lines.iter().any(|line| line.starts_with("Signed by: ")) {
        lines.sort_unstable();
    }
    errors.retain(|line| is_told(line));
    (code, lines.join("\n"), errors)
}

fn words<'w>(line: &'w str, more: &[&'w str]) -> Vec<&'w str> {
    line.split(' ').chain(more.iter().copied()).collect()
}

/// Provenance files of all kinds.
fn files(keys: &Keys<'_>, archive: &[u8]) -> Vec<String> {
    let helms = fs::read_to_string(keys.beside.path().join("web-1.0.0.tgz.prov")).expect("a file");
    let good = text(NAME, archive);
    let mut files = vec![
        helms.replace("version: 1.0.0", "version: 1.0.1"),
        helms.replace('\n', "\r\n"),
        helms.replace("name: web", "name: web \t"),
        format!("before\n{helms}after\n"),
        helms.replace("Hash: SHA512", "Hash: SHA9"),
        helms.replace("Hash: SHA512", "Comment: no"),
        helms.replace("-----END PGP SIGNATURE-----", ""),
        helms.replace("-----BEGIN PGP SIGNED", "-----BEGIN PGP"),
        helms[..helms.len() / 2].to_owned(),
        helms.split_inclusive('\n').filter(|line| !line.starts_with('=')).collect(),
        helms.clone(),
        good.clone(),
        String::new(),
    ];
    for (name, ..) in KEYS {
        files.push(keys.sign(name, &good, &[]));
    }
    for hash in ["SHA1", "SHA224", "SHA384"] {
        files.push(keys.sign("rsa", &good, &["--digest-algo", hash]));
    }
    files.push(keys.sign("ed", &good, &["-u", "rsa@example.com"]));
    for odd in [
        text(NAME, b"another"),
        text("other-1.0.0.tgz", archive),
        "no parts".to_owned(),
        good.replace("...", "---"),
        good.replace("files:", "- files:"),
        good.replace("files:", "files: 5\nmore:"),
        good.replace("files:", "images:"),
        good.replace("sha256:", "sha512:"),
        good.replace("sha256:", ""),
        good.replace("files:\n", "files:\n  b: [\n"),
        format!("{good}\n...\nfiles: {{}}\n"),
        format!("- dash\n--- more\n{good}"),
    ] {
        files.push(keys.sign("ed", &odd, &[]));
    }
    files
}

#[test]
#[ignore = "needs helm, gpg"]
fn helm_and_gpg_verify_the_same_archives() {
    let beside = Beside::new();
    let keys = Keys::new(&beside);
    let archive = packed(&beside);
    let mut good = 0;
    for file in files(&keys, &archive) {
        beside.write("web-1.0.0.tgz.prov", &file);
        for ring in ["all", "rsa", "ed", "gone"] {
            let answer = compare(&beside, &words("verify web-1.0.0.tgz --keyring", &[ring]));
            good += usize::from(answer.0 == Some(0));
        }
    }
    assert!(good > 20, "{good}");
    beside.write("web-1.0.0.tgz.prov", keys.sign("ed", &text(NAME, &archive), &[]));
    for ring in ["keybox", "armored", "secret", "empty", "bad", "bad-armor", "nope", "web", ""] {
        compare(&beside, &words("verify web-1.0.0.tgz --keyring", &[ring]));
        compare(&beside, &words("template web-1.0.0.tgz --verify --keyring", &[ring]));
    }
    for name in [".gnupg/pubring.kbx", ".gnupg/pubring.gpg"] {
        compare(&beside, &["verify", NAME]);
        compare(&beside, &["show", "chart", NAME, "--verify"]);
        let ring = fs::read(beside.path().join("all")).expect("keys");
        beside.write(name, if name.ends_with("kbx") { ring } else { Vec::new() });
    }
    compare(&beside, &["verify", NAME]);
}

#[test]
#[ignore = "needs helm, gpg"]
fn helm_and_gpg_refuse_the_same_files() {
    let beside = Beside::new();
    let keys = Keys::new(&beside);
    let archive = packed(&beside);
    let signed = |name: &str| keys.sign("ed", &text(name, &archive), &[]);
    for name in ["web-1.0.0.tar.gz", "web-1.0.0.TGZ", "renamed.tgz", "a b.tgz", ".tgz"] {
        beside.write(name, &archive);
        compare(&beside, &words("verify --keyring ed", &[name]));
        beside.write(&format!("{name}.prov"), signed(NAME));
        compare(&beside, &words("verify --keyring ed", &[name]));
        beside.write(&format!("{name}.prov"), signed(&format!("'{name}'")));
        compare(&beside, &words("verify --keyring ed", &[name]));
        compare(&beside, &words("template --verify --keyring ed", &[name]));
        compare(&beside, &words("show values --verify --keyring ed", &[name]));
    }
    for line in [
        "verify",
        "verify a b",
        "verify --keyring",
        "verify nope.tgz",
        "verify web",
        "verify web/",
        "verify ed",
        "verify web/Chart.yaml",
        "verify .tgz/",
        "template web --verify",
        "template ./nope --verify",
        "template nope --verify",
        "template web-1.0.0.tgz --verify --keyring nope -f nope",
        "template web-1.0.0.tgz --verify=false --keyring nope",
        "template web-1.0.0.tgz --verify=x",
        "template a web-1.0.0.tgz --verify --keyring rsa",
        "show all web --verify",
        "show all web-1.0.0.tgz --verify --keyring rsa",
        "show crds web-1.0.0.tgz --verify --keyring ed",
        "pull web-1.0.0.tgz --verify --keyring ed",
        "pull --verify",
    ] {
        compare(&beside, &words(line, &[]));
    }
}

/// A chart repository and a registry with the chart as it is, without a provenance file, and with a wrong one.
fn serve(beside: &Beside, archive: &[u8], signed: &str, registry: &Registry) -> Web {
    let web = Web::new(&[]);
    let mut index = String::from("apiVersion: v1\nentries:\n");
    for (name, file) in [("web", signed), ("none", ""), ("wrong", "no signature")] {
        let (version, archive) = ("1.0.0".to_owned(), archive.to_vec());
        let chart = ChartFile { name: name.to_owned(), version, archive: archive.clone() };
        // All are the same archive; the index calls it otherwise.
        let entry = chart.index_entry(&format!("{name}/{NAME}"));
        index = format!("{index}  {name}: [{entry}]\n");
        web.put(&format!("/{name}/{NAME}"), &archive);
        beside.write(&format!("push/{NAME}"), &archive);
        if !file.is_empty() {
            web.put(&format!("/{name}/{NAME}.prov"), file);
            beside.write(&format!("push/{NAME}.prov"), file);
        }
        let place = format!("oci://{}/{name}", registry.host());
        let mut command = Command::new(program("helm"));
        command.args(["push", NAME, &place, "--plain-http"]).env("HOME", beside.path());
        let output = command.current_dir(beside.path().join("push")).output().expect("helm runs");
        assert!(output.status.success(), "{output:?}");
        fs::remove_dir_all(beside.path().join("push")).expect("a folder");
    }
    web.put("/index.yaml", &index);
    beside.write(CONFIG, format!("repositories:\n- {{name: main, url: '{}'}}\n", web.url("")));
    beside.write(INDEX, &index);
    web
}

#[test]
#[ignore = "needs helm, gpg"]
fn helm_and_gpg_verify_what_is_downloaded() {
    let beside = Beside::new();
    let keys = Keys::new(&beside);
    let archive = packed(&beside);
    let (signed, registry) = (keys.sign("ed", &text(NAME, &archive), &[]), Registry::embedded());
    let web = serve(&beside, &archive, &signed, &registry);
    let base = web.url("");
    let mut places = vec![];
    for name in ["web", "none", "wrong"] {
        places.push(vec![format!("main/{name}")]);
        places.push(vec![name.to_owned(), "--repo".to_owned(), base.clone()]);
        places.push(vec![format!("{base}/{name}/{NAME}")]);
        let place = format!("oci://{}/{name}/web:1.0.0", registry.host());
        places.push(vec![place.clone(), "--plain-http".to_owned()]);
        let place = place.trim_end_matches(":1.0.0").to_owned();
        places.push(vec![
            place,
            "--plain-http".to_owned(),
            "--version".to_owned(),
            "^1".to_owned(),
        ]);
    }
    for place in &places {
        let place: Vec<&str> = place.iter().map(String::as_str).collect();
        for ring in ["ed", "rsa", "nope", "bad"] {
            for command in
                ["template", "show all", "show chart", "pull", "pull --untar", "pull --prov"]
            {
                let more = [&place[..], &["--verify", "--keyring", ring]].concat();
                let words = words(command, &more);
                if command.starts_with("pull") {
                    compare_pull(&beside, &words);
                } else {
                    compare(&beside, &words);
                }
            }
        }
    }
    compare(&beside, &words("template main/web --version 2 --verify --keyring nope", &[]));
    compare(&beside, &words("template main/web --verify --keyring nope -f nope", &[]));
}

/// Pulls: what was verified is written as by Helm, and what is not good by Helm only.
#[track_caller]
fn compare_pull(beside: &Beside, words: &[&str]) {
    let to = beside.path().join("to");
    let words = [words, &["-d", "to"]].concat();
    let pull = |ask: &dyn Fn(&[&str]) -> Answer| {
        fs::remove_dir_all(&to).ok();
        fs::create_dir(&to).expect("a folder");
        fs::remove_dir_all(beside.path().join(".cache/helm/content")).ok();
        (normal(ask(&words)), names(&to))
    };
    let (helm, by_helm) = pull(&|words| beside.helm(words));
    let (rhumb, by_rhumb) = pull(&|words| beside.rhumb(words));
    assert_eq!(rhumb, helm, "{words:?}");
    let wanted = if rhumb.0 == Some(0) { by_helm } else { Vec::new() };
    assert_eq!(by_rhumb, wanted, "{words:?}");
}

/// The paths of all files in a folder.
fn names(folder: &Path) -> Vec<PathBuf> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder").flatten() {
        let path = entry.path();
        if path.is_dir() { names.extend(self::names(&path)) } else { names.push(path) }
    }
    names.sort();
    names
}

#[test]
#[ignore = "needs helm, gpg"]
fn helm_and_gpg_fetch_the_same_dependencies() {
    let beside = Beside::new();
    let keys = Keys::new(&beside);
    let archive = packed(&beside);
    let (signed, registry) = (keys.sign("ed", &text(NAME, &archive), &[]), Registry::embedded());
    let web = serve(&beside, &archive, &signed, &registry);
    let mut places = Vec::new();
    for name in ["web", "none", "wrong"] {
        places.push((name, web.url("")));
        places.push(("web", format!("oci://{}/{name}", registry.host())));
    }
    for (name, place) in places {
        for ring in ["ed", "rsa", "nope"] {
            compare_dependency(&beside, (name, &place), &["update", "--keyring", ring]);
            compare_dependency(&beside, (name, &place), &["build", "--keyring", ring]);
        }
    }
}

#[track_caller]
fn compare_dependency(beside: &Beside, (name, place): (&str, &str), words: &[&str]) {
    let chart = "apiVersion: v2\nname: top\nversion: 1.0.0\n";
    let dependency = format!("{{name: {name}, version: 1.0.0, repository: '{place}'}}");
    let words = [&["dependency"], words, &["top", "--plain-http", "--verify"]].concat();
    let fetch = |ask: &dyn Fn(&[&str]) -> Answer| {
        fs::remove_dir_all(beside.path().join("top")).ok();
        fs::remove_dir_all(beside.path().join(".cache/helm/content")).ok();
        beside.write("top/Chart.yaml", format!("{chart}dependencies: [{dependency}]\n"));
        (fetched(ask(&words)), names(&beside.path().join("top")))
    };
    let helm = fetch(&|words| beside.helm(words));
    assert_eq!(fetch(&|words| beside.rhumb(words)), helm, "{place} {words:?}");
}

/// As [`normal`], without what Helm says of provenance files, which are no charts to move.
fn fetched(answer: Answer) -> Answer {
    let (code, output, errors) = normal(answer);
    let line = |line: &str| match line.split_once(" (Skipping)") {
        Some((told, rest)) if told.starts_with("Could not verify ") => rest.to_owned(),
        _ => line.to_owned(),
    };
    (code, output.lines().map(line).collect::<Vec<_>>().join("\n"), errors)
}
