mod stage;

use crate::context::Context;
use crate::error::Error;
use stage::Stage;

/// Take a tour: a chart goes from a folder to a registry and back
///
/// A registry is started on this machine, with a password, and a chart is made, packed, uploaded, listed, downloaded
/// and rendered. Every command is printed as one would type it, with its output. All of it happens in a folder of
/// its own, which is removed at the end; logins and caches of this machine are not touched.
#[derive(Debug, clap::Args)]
pub(crate) struct DemoArgs {}

pub(crate) fn run(args: &DemoArgs, context: &mut Context<'_>) -> Result<(), Error> {
    let DemoArgs {} = args;
    if !context.settings.cluster.context.is_empty() {
        return Err(Error::NotYet { what: "a demo in a cluster" });
    }
    let mut stage = Stage::new(context)?;
    stage.tell("A registry of our own, in memory, for users of a password file:")?;
    let host = stage.serve()?;
    let charts = format!("oci://{host}/charts");
    let web = format!("{charts}/web");

    stage.tell("Log in. A script gives the password on standard input:")?;
    stage.run_with(
        &["registry", "login", &host, "--plain-http", "-u", stage::USER, "--password-stdin"],
        Some(stage::PASSWORD),
    )?;
    stage.tell("A new chart, packed and uploaded:")?;
    stage.run(&["create", "web"])?;
    stage.run(&["package", "web"])?;
    stage.run(&["push", "web-0.1.0.tgz", &charts, "--plain-http"])?;
    stage.tell("The next version goes from its folder to the registry at once:")?;
    stage.run(&["package", "web", "--version", "0.2.0"])?;
    let pushed = stage.run(&["push", "web-0.2.0.tgz", &charts, "--plain-http", "-o", "json"])?;
    stage.tell("Pushed again, it is there already and nothing is uploaded:")?;
    stage.run(&["push", "web-0.2.0.tgz", &charts, "--plain-http", "-o", "json"])?;

    stage.tell("What does the registry have?")?;
    stage.run(&["search", "repo", &charts, "--plain-http"])?;
    stage.run(&["search", "repo", &web, "--versions", "--plain-http"])?;
    stage.tell("Back again: by tag, by range, and by digest, which never moves:")?;
    stage.run(&["pull", &format!("{web}:0.1.0"), "--plain-http", "-d", "by-tag"])?;
    stage.run(&["pull", &web, "--version", "^0.2", "--plain-http", "-d", "by-range"])?;
    let digest = digest(&pushed)?;
    stage.run(&["pull", &format!("{web}@{digest}"), "--plain-http", "-d", "by-digest"])?;
    stage.tell("Its metadata, without the archive; then what it renders to:")?;
    stage.run(&["show", "chart", &web, "--plain-http"])?;
    stage.run(&["template", "hello", &web, "--plain-http", "-s", "templates/service.yaml"])?;
    stage.tell("What was downloaded once needs no network:")?;
    stage.run(&["pull", &format!("{web}:0.1.0"), "--offline", "-d", "offline"])?;
    stage.run(&["registry", "logout", &host])?;
    stage.tell("That was it; nothing of it is left.")
}

/// The digest in the result of a push.
fn digest(pushed: &str) -> Result<String, Error> {
    let pushed: serde_json::Value =
        serde_json::from_str(pushed).map_err(|source| Error::Json { source })?;
    Ok(pushed["digest"].as_str().unwrap_or_default().to_owned())
}
