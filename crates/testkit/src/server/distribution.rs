use std::fmt::Write as _;

use super::{Registry, Running, Wish, user};
use crate::service::{Service, configure, free_address};
use crate::{Home, program};

/// The password `secret`, as `htpasswd -B` writes it.
const HTPASSWD: &str = "rhumb:$2a$05$gKZW/FkJi08V3X.CG4HaaOcg3Y4AqsEJFAXi3HW5OjmNWtOGplpCS\n";

impl Registry {
    /// Debian's `docker-registry`, the old registry that many still run: for everyone.
    pub fn docker_registry() -> Self {
        start("docker-registry", &Wish::default())
    }

    /// Debian's `docker-registry` with a password.
    pub fn docker_registry_with_login() -> Self {
        start("docker-registry", &Wish { login: true, ..Wish::default() })
    }

    /// The registry of the distribution project, for everyone.
    pub fn distribution() -> Self {
        start("distribution", &Wish::default())
    }

    /// The same with a password.
    pub fn distribution_with_login() -> Self {
        start("distribution", &Wish { login: true, ..Wish::default() })
    }

    /// The same with a password, over TLS with an authority of its own.
    pub fn distribution_with_tls() -> Self {
        start("distribution", &Wish { login: true, tls: true, ..Wish::default() })
    }

    /// The same, for everyone, with answers that say `Location: /v2/…`.
    pub fn distribution_with_relative_urls() -> Self {
        start("distribution", &Wish { relative_urls: true, ..Wish::default() })
    }
}

/// Starts one of the two: they read the same file.
fn start(name: &str, wish: &Wish) -> Registry {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = |name: &str| folder.path().join(name).display().to_string();
    let address = free_address();
    let mut file = format!(
        "version: 0.1\nlog: {{level: warn}}\n\
         storage: {{filesystem: {{rootdirectory: {}}}, delete: {{enabled: true}}}}\n\
         http:\n  addr: {address}\n  relativeurls: {}\n",
        path("content"),
        wish.relative_urls,
    );
    let certificate = wish.certificate(&folder);
    if let Some(files) = &certificate {
        let (certificate, key) = (files.certificate.display(), files.key.display());
        writeln!(file, "  tls: {{certificate: {certificate}, key: {key}}}").expect("a string");
    }
    if wish.login {
        let users = configure(folder.path(), "htpasswd", HTPASSWD);
        writeln!(file, "auth: {{htpasswd: {{realm: rhumb, path: {}}}}}", users.display())
            .expect("a string");
    }
    let file = configure(folder.path(), "config.yml", &file);
    let home = Home::new();
    let mut command = home.command(program(name));
    command.current_dir("/").env("OTEL_TRACES_EXPORTER", "none").arg("serve").arg(file);
    let service = Service::start(&mut command, address, &folder.path().join("log"));
    Registry {
        address,
        login: wish.login.then(user),
        authority: certificate.map(|files| files.authority),
        namespace: "",
        server: Running::Process(service),
        _folder: folder,
    }
}
