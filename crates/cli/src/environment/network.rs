//! Where credentials are kept and which proxies to use, by the environment.

use std::path::PathBuf;

use rhumb_registry::{CredentialFiles, Proxies};
use rhumb_report::Secret;

use super::Environment;
use super::folder::join;

/// Hosts that Go's programs never reach through a proxy.
const LOOPBACK: &str = "localhost,127.0.0.0/8,::1";

/// Reads the variables for proxies, each in capitals first.
pub(crate) fn proxies(environment: &Environment) -> Proxies {
    let get = |name: &str| {
        let found = environment.get_non_empty(name);
        found.or_else(|| environment.get_non_empty(&name.to_lowercase()))
    };
    let exceptions = match get("NO_PROXY") {
        Some(hosts) => format!("{hosts},{LOOPBACK}"),
        None => LOOPBACK.to_owned(),
    };
    // A server's `Proxy:` header would arrive as HTTP_PROXY in a CGI program.
    let in_cgi = environment.get_non_empty("REQUEST_METHOD").is_some();
    let http = if in_cgi { environment.get_non_empty("http_proxy") } else { get("HTTP_PROXY") };
    Proxies {
        http: http.map(Secret::new),
        https: get("HTTPS_PROXY").map(Secret::new),
        all: None,
        exceptions: Some(exceptions),
    }
}

/// The files that hold logins: Helm's, Docker's, and those of Podman and its kin.
pub(crate) fn credential_files(
    environment: &Environment,
    home: &str,
    registry_config: &str,
) -> CredentialFiles {
    let docker = match environment.get_non_empty("DOCKER_CONFIG") {
        Some(folder) => Some(join(&folder, "config.json")),
        None if home.is_empty() => None,
        None => Some(join(home, ".docker/config.json")),
    };
    let mut containers = Vec::new();
    if let Some(file) = environment.get_non_empty("REGISTRY_AUTH_FILE") {
        containers.push(file);
    } else if let Some(folder) = environment.get_non_empty("XDG_RUNTIME_DIR") {
        containers.push(join(&folder, "containers/auth.json"));
    }
    match environment.get_non_empty("XDG_CONFIG_HOME") {
        Some(folder) => containers.push(join(&folder, "containers/auth.json")),
        None if home.is_empty() => {}
        None => containers.push(join(home, ".config/containers/auth.json")),
    }
    let path = environment.get_non_empty("PATH").unwrap_or_default();
    CredentialFiles {
        helm: registry_config.into(),
        docker: docker.map(PathBuf::from),
        containers: containers.into_iter().map(PathBuf::from).collect(),
        helper_folders: std::env::split_paths(&path)
            .filter(|folder| !folder.as_os_str().is_empty())
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn proxies_are_read_in_capitals_first_and_spare_loopback() {
        let pairs =
            [("https_proxy", "http://low"), ("HTTP_PROXY", "http://up"), ("no_proxy", "a.b")];
        let proxies = proxies(&Environment::from_pairs("rhumb", &pairs));
        assert_eq!(proxies.https, Some(Secret::new("http://low")));
        assert_eq!(proxies.http, Some(Secret::new("http://up")));
        assert_eq!(proxies.exceptions.as_deref(), Some("a.b,localhost,127.0.0.0/8,::1"));
    }

    #[test]
    fn a_web_request_cannot_choose_the_proxy() {
        let pairs = [("REQUEST_METHOD", "GET"), ("HTTP_PROXY", "http://evil")];
        assert_eq!(proxies(&Environment::from_pairs("rhumb", &pairs)).http, None);
    }

    #[test]
    #[cfg(unix)]
    fn login_files_are_found_where_each_tool_keeps_them() {
        let pairs = [("XDG_RUNTIME_DIR", "/run/u"), ("PATH", "/a::/b")];
        let files =
            credential_files(&Environment::from_pairs("rhumb", &pairs), "/h", "/c/config.json");
        assert_eq!(files.docker, Some("/h/.docker/config.json".into()));
        assert_eq!(
            files.containers,
            ["/run/u/containers/auth.json", "/h/.config/containers/auth.json"].map(PathBuf::from)
        );
        assert_eq!(files.helper_folders, ["/a", "/b"].map(PathBuf::from));
    }
}
