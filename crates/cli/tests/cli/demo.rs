use crate::support::Home;

#[test]
fn plays_to_the_end_and_leaves_nothing() {
    let home = Home::new();
    let mut command = home.command(&["demo"]);
    let ran = crate::support::Ran::of(command.env("TMPDIR", home.path()).output().unwrap());
    let output = ran.ok();
    for part in [
        "$ rhumb registry login 127.0.0.1:",
        "Login Succeeded\n",
        "\"outcome\":\"unchanged\"",
        "kind: Service",
        "nothing of it is left.\n",
    ] {
        assert!(output.contains(part), "{part}: {output}");
    }
    assert_eq!(home.list("."), [""; 0]);
}

#[test]
fn a_cluster_is_not_played_in_yet() {
    let error = Home::new().run(&["demo", "--kube-context", "kind"]).error();
    assert_eq!(error, "Error: a demo in a cluster cannot be used yet\n");
}
