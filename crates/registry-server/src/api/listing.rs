use futures_util::TryStreamExt as _;
use rhumb_oci::Repository;
use serde::Serialize;

use super::{json, link_next, parameter};
use crate::body::Response;
use crate::layout;
use crate::problem::{Code, Problem};
use crate::service::{Call, Service};

/// The most entries of one page; a client that asks for more, or for all, follows the link.
const MAX_PAGE: usize = 10_000;

#[derive(Serialize)]
struct Tags<'a> {
    name: &'a str,
    tags: &'a [String],
}

#[derive(Serialize)]
struct Repositories<'a> {
    repositories: &'a [String],
}

impl Service {
    /// Lists the tags of a repository, in the order of their bytes.
    pub(super) async fn list_tags(
        &self,
        name: &Repository,
        call: &Call,
    ) -> Result<Response, Problem> {
        let prefix = layout::tags(name);
        let tags = self.store.list(&prefix).map_ok(|key| key[prefix.len()..].to_owned());
        let tags: Vec<_> = tags.try_collect().await?;
        if tags.is_empty() && !self.store.has(&layout::catalog(name)).await? {
            let message = format!("there is no repository `{name}`");
            return Err(Problem::new(Code::NameUnknown, message));
        }
        let page = Page::of(tags, call)?;
        let mut response = json(text(&Tags { name: name.as_str(), tags: &page.entries })?);
        page.link(&mut response, &format!("/v2/{name}/tags/list"))?;
        Ok(response)
    }

    /// Lists the repositories, in the order of their bytes.
    pub(super) async fn list_repositories(&self, call: &Call) -> Result<Response, Problem> {
        let names = self.store.list(layout::CATALOG).try_filter_map(|key| {
            let name = key.strip_prefix(layout::CATALOG).and_then(|key| key.strip_suffix("/_"));
            std::future::ready(Ok(name.map(str::to_owned)))
        });
        let names: Vec<_> = names.try_collect().await?;
        let page = Page::of(names, call)?;
        let mut response = json(text(&Repositories { repositories: &page.entries })?);
        page.link(&mut response, "/v2/_catalog")?;
        Ok(response)
    }
}

/// A page of a list.
struct Page {
    entries: Vec<String>,
    size: usize,
    is_last: bool,
}

impl Page {
    /// Cuts the page that the call asks for by `n` and `last`.
    fn of(mut all: Vec<String>, call: &Call) -> Result<Self, Problem> {
        let size = match parameter(&call.head, "n") {
            None => MAX_PAGE,
            Some(text) => text.parse::<usize>().map_err(|_| {
                let message = format!("`n` is the size of a page, not `{text}`");
                Problem::new(Code::Unsupported, message).with_status(http::StatusCode::BAD_REQUEST)
            })?,
        };
        let size = size.min(MAX_PAGE);
        all.sort_unstable();
        if let Some(last) = parameter(&call.head, "last") {
            let start = all.partition_point(|entry| *entry <= last);
            all.drain(..start);
        }
        let is_last = all.len() <= size;
        all.truncate(size);
        Ok(Self { entries: all, size, is_last })
    }

    fn link(&self, response: &mut Response, path: &str) -> Result<(), Problem> {
        match self.entries.last() {
            Some(last) if !self.is_last => {
                link_next(response, path, &[("n", &self.size.to_string()), ("last", last)])
            }
            _ => Ok(()),
        }
    }
}

fn text(list: &impl Serialize) -> Result<String, Problem> {
    serde_json::to_string(list).map_err(|error| Problem::new(Code::Unknown, error.to_string()))
}
