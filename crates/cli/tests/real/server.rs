use rhumb_testkit::Registry;

use crate::exchange;

/// One module for a server, with one test for each client.
macro_rules! server {
    ($name:ident, $needs:literal) => {
        mod $name {
            use super::{Registry, exchange};

            #[test]
            #[ignore = $needs]
            fn helm() {
                exchange::helm(&Registry::$name());
            }

            #[test]
            #[ignore = $needs]
            fn oras() {
                exchange::oras(&Registry::$name());
            }

            #[test]
            #[ignore = $needs]
            fn crane() {
                exchange::crane(&Registry::$name());
            }

            #[test]
            #[ignore = $needs]
            fn regctl() {
                exchange::regctl(&Registry::$name());
            }
        }
    };
}

server!(embedded, "needs helm, oras, crane, regctl");
server!(docker_registry, "needs docker-registry and helm, oras, crane, regctl");
server!(docker_registry_with_login, "needs docker-registry and helm, oras, crane, regctl");
server!(distribution, "needs distribution and helm, oras, crane, regctl");
server!(distribution_with_login, "needs distribution and helm, oras, crane, regctl");
server!(distribution_with_tls, "needs distribution and helm, oras, crane, regctl");
server!(distribution_with_relative_urls, "needs distribution and helm, oras, crane, regctl");
server!(gitea, "needs gitea and helm, oras, crane, regctl");
