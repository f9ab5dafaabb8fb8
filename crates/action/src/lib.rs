//! One request type and one function per operation.
//!
//! [`Client`] is built from ports, never from the environment: a registry client, a reporter, a
//! clock. Operations are its methods; each takes a plain request and gives a plain result, both of
//! which serialise.

mod blocking;
mod chart_source;
mod client;
mod create;
mod dependency;
mod error;
mod explain;
mod jsonpath;
mod lint;
mod log;
mod login;
mod logout;
mod package;
mod plugin;
mod post_render;
mod print;
mod pull;
mod push;
mod repo;
mod search;
mod show;
mod template;
mod verify;
mod versions;

pub use chart_source::{ChartSource, FetchedChart};
pub use client::{Client, ClientBuilder};
pub use create::{Create, Created};
pub use dependency::{DependencyList, DependencyRow, FetchDependencies, ListDependencies};
pub use error::Error;
pub use explain::{
    Caller, Excerpt, ExplainValue, Explained, ExplainedValue, ReadPlace, ReadValue, TurnedOff,
};
pub use jsonpath::{JsonPath, JsonPathError};
pub use lint::{Lint, LintMessage, Linted, LintedChart};
pub use login::{LoggedIn, Login};
pub use logout::{LoggedOut, Logout};
pub use package::{Package, Packaged};
pub use plugin::{PlatformCommand, Plugin, PluginError, PluginRunError, PluginRuntime};
pub use post_render::PostRenderer;
pub use print::print_yaml;
pub use pull::{Pull, Pulled};
pub use push::{Existing, Push, PushOutcome, Pushed};
pub use repo::{
    AddRepo, ChartVersion, IndexCharts, IndexFormat, RepoAdded, RepoError, UpdateRepos,
};
pub use rhumb_chart::repo::{ChartRepo, ChartRepos};
pub use rhumb_source::{ChartRepoFiles, Said, Verify};
pub use search::{Found, FoundChart, Search, SearchRepos};
pub use show::{Show, ShowPart, Shown};
pub use template::{
    Document, GivenValues, MAX_VALUES, PrintOptions, Rendered, RenderedText, Template,
    check_kube_version, select,
};
pub use verify::{Verified, VerifyArchive};
pub use versions::{Repositories, VersionList, Versions};
