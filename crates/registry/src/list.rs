use std::collections::BTreeSet;

use rhumb_oci::{Reference, Registry, Repository, Tag, response};
use serde::Deserialize;

use crate::auth::Scope;
use crate::client::Inner;
use crate::credential::Place;
use crate::send::{self, Call};
use crate::wire::{Response, follow};
use crate::{Client, Error, MAX_ANSWER, MAX_ENTRIES, MAX_PAGES, PAGE_SIZE};

impl Client {
    /// Lists the tags of a repository in the registry's order, all pages. Offline it is the list
    /// that was seen last.
    ///
    /// # Errors
    ///
    /// [`Error::NotFound`] if there is no such repository.
    pub async fn tags(&self, repository: &Reference) -> Result<Vec<Tag>, Error> {
        #[derive(Deserialize)]
        struct Page {
            tags: Option<Vec<String>>,
        }
        let inner = &*self.inner;
        let what = repository.clone().with_digest(None).with_tag(None).to_string();
        let cache = inner.settings.cache.as_ref();
        if inner.settings.offline {
            let known = cache.and_then(|cache| cache.tags(repository));
            return known.ok_or(Error::Offline { what: format!("the tags of {what}") });
        }
        let name = repository.repository();
        let request = inner.endpoint(repository.registry()).tags(name, PAGE_SIZE);
        let call = inner.call(repository, Scope::pull(name), request)?;
        let names = inner.pages(call, &what, |page: Page| page.tags).await?;
        let tags: Vec<Tag> = names.iter().filter_map(|tag| tag.parse().ok()).collect();
        if let Some(cache) = cache {
            cache.set_tags(repository, &tags, (inner.settings.clock)());
        }
        Ok(tags)
    }

    /// Lists the repositories of a registry, all pages, where it allows that.
    ///
    /// # Errors
    ///
    /// [`Error::Denied`] or [`Error::NotFound`] where it does not.
    pub async fn catalog(&self, registry: &Registry) -> Result<Vec<Repository>, Error> {
        #[derive(Deserialize)]
        struct Page {
            repositories: Option<Vec<String>>,
        }
        let inner = &*self.inner;
        let request = inner.endpoint(registry).catalog(PAGE_SIZE);
        let place = Place::new(registry.as_str(), "");
        let call = inner.call_at(registry, place, Scope::catalog(), request)?;
        let what = format!("the catalog of {registry}");
        let names = inner.pages(call, &what, |page: Page| page.repositories).await?;
        Ok(names.iter().filter_map(|name| name.parse().ok()).collect())
    }
}

impl Inner {
    /// Reads every page of a list. `entries` takes them out of one page.
    pub(crate) async fn pages<P, T>(
        &self,
        mut call: Call,
        what: &str,
        entries: impl Fn(P) -> Option<Vec<T>>,
    ) -> Result<Vec<T>, Error>
    where
        P: for<'de> Deserialize<'de>,
    {
        let mut all = Vec::new();
        let mut seen = BTreeSet::new();
        for _ in 0..MAX_PAGES {
            seen.insert(call.message.url.to_string());
            let response = self.send(call.clone()).await?;
            if response.status() != http::StatusCode::OK {
                let place = call.party.place.to_string();
                let now = (self.settings.clock)();
                return Err(send::refused(&place, what, response, now).await);
            }
            let next = next_page(&response)?;
            all.extend(entries(read_page(response).await?).unwrap_or_default());
            let Some(next) = next else { return Ok(all) };
            if seen.contains(next.as_str()) {
                return Err(call.message.odd("its pages lead back to one another"));
            }
            if all.len() > MAX_ENTRIES {
                break;
            }
            call.message.url = next;
        }
        Err(Error::TooManyPages { what: what.to_owned(), pages: MAX_PAGES })
    }
}

pub(crate) fn next_page(response: &Response) -> Result<Option<url::Url>, Error> {
    let Some(link) = response::next_page(response.headers()) else { return Ok(None) };
    let next = follow(response.url(), link);
    next.map(Some).map_err(|problem| response.odd(format!("the link to the next page {problem}")))
}

pub(crate) async fn read_page<P>(response: Response) -> Result<P, Error>
where
    P: for<'de> Deserialize<'de>,
{
    let (page, odd) = (response.web_page(), response.odd("the answer is not the JSON expected"));
    if response.is_web_page() {
        return Err(page);
    }
    let bytes = response.bytes(MAX_ANSWER).await?;
    serde_json::from_slice(&bytes)
        .map_err(|_| if bytes.trim_ascii_start().starts_with(b"<") { page } else { odd })
}
