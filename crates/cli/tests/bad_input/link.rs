use std::fs;
use std::os::unix::fs::symlink;

use crate::support::{Home, OUT, Registry, fails, tarball};

const HINT: &str = "put a copy into the chart, or name it in .helmignore";

#[test]
fn a_link_out_of_a_folder_is_not_published() {
    let home = Home::new();
    home.write("secret/id", "private");
    for (at, target) in [("web/id", "../secret/id"), ("web/templates/more", "../../secret")] {
        home.chart("web", "1.0.0");
        symlink(target, home.join(at)).unwrap();
        let name = at.strip_prefix("web/").unwrap();
        let message = format!("{name} is a link to ");
        fails(&home, &["package", "web", "-d", OUT]).says(&message, HINT);
        fails(&home, &["push", "web", "oci://127.0.0.1:1/charts"]).says(&message, HINT);
        fs::remove_dir_all(home.join("web")).unwrap();
    }
}

#[test]
fn a_link_that_stays_within_or_is_ignored_is_fine() {
    let (home, registry) = (Home::new(), Registry::new());
    home.chart("web", "1.0.0");
    home.write("secret/id", "private");
    symlink("values.yaml", home.join("web/more.yaml")).unwrap();
    symlink("../secret", home.join("web/secret")).unwrap();
    home.write("web/.helmignore", "secret\n");
    symlink("web", home.join("here")).unwrap();
    home.run(&["package", "here", "-d", OUT]).ok();
    let place = format!("oci://{}/charts", registry.host());
    home.run(&["push", "here", &place, "--plain-http"]).ok();
    home.run(&["pull", &format!("{place}/web"), "--plain-http", "--untar", "-d", "back"]).ok();
    assert_eq!(home.read("back/web/more.yaml"), home.read("web/values.yaml"));
    assert!(!home.join("back/web/secret").exists());
}

#[test]
fn a_link_to_nothing_or_to_itself() {
    let home = Home::new();
    for target in ["nowhere", "loop"] {
        home.chart("web", "1.0.0");
        symlink(target, home.join("web/loop")).unwrap();
        for words in [&["package", "web", "-d", OUT][..], &["template", "web"]] {
            fails(&home, words).says("error evaluating symlink", "remove the link");
        }
        fs::remove_file(home.join("web/loop")).unwrap();
    }
    for (target, end, why) in [
        ("loop", "none", "/web/loop: EvalSymlinks: too many links"),
        ("more", "none", "/web/none: no such file or directory"),
        ("Chart.yaml/x", "none", "/web/loop: not a directory"),
    ] {
        symlink(target, home.join("web/loop")).unwrap();
        symlink(end, home.join("web/more")).unwrap();
        fails(&home, &["template", "web"]).says(why, "remove the link");
        fs::remove_file(home.join("web/loop")).unwrap();
        fs::remove_file(home.join("web/more")).unwrap();
    }
    symlink(".", home.join("web/again")).unwrap();
    fails(&home, &["package", "web", "-d", OUT])
        .says("too many levels of symbolic links", "remove the link");
}

#[test]
fn unpacking_does_not_follow_a_link_that_is_there() {
    let (home, registry) = (Home::new(), Registry::new());
    let text = "apiVersion: v2\nname: web\nversion: 1.0.0\n";
    home.write("web.tgz", tarball(&[("web/Chart.yaml", text)]));
    let place = format!("oci://{}/charts", registry.host());
    home.run(&["push", "web.tgz", &place, "--plain-http"]).ok();
    home.write("elsewhere/keep", "");
    home.write("un/keep", "");
    symlink("../elsewhere", home.join("un/web")).unwrap();
    let words = ["pull", &format!("{place}/web"), "--plain-http", "--untar", "-d", "un"];
    fails(&home, &words).says("a file or directory with the name un/web", "remove it");
    assert_eq!(home.list("elsewhere"), ["keep"]);
}
