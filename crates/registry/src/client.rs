use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};

use bytes::Bytes;
use rhumb_oci::{Descriptor, Registry};
use rhumb_report::{Reporter, Silent};

use crate::auth::{Auth, Memory};
use crate::credential::Store;
use crate::wire::{Connector, Hosts, Wire};
use crate::{
    Cache, ClientCertificate, Clock, Credential, CredentialFiles, Limits, Proxies, Transport,
};

/// Talks to registries: one for all of them, cheap to clone.
///
/// Nothing is read and no connection made before the first request.
#[derive(Clone)]
pub struct Client {
    pub(crate) inner: Arc<Inner>,
}

impl Client {
    /// Starts to set up a client that takes the time from `clock`.
    pub fn builder(clock: Clock) -> ClientBuilder {
        ClientBuilder::new(clock)
    }
}

pub(crate) struct Inner {
    pub(crate) settings: ClientBuilder,
    pub(crate) wire: Wire,
    pub(crate) auth: Auth,
    pub(crate) warned: Mutex<BTreeSet<String>>,
}

/// Sets up a [`Client`].
#[derive(Clone)]
#[must_use]
pub struct ClientBuilder {
    pub(crate) clock: Clock,
    pub(crate) transport: Transport,
    pub(crate) transports: BTreeMap<Registry, Transport>,
    pub(crate) certificate: Option<ClientCertificate>,
    pub(crate) proxies: Proxies,
    pub(crate) credential_files: CredentialFiles,
    pub(crate) credential: Option<Credential>,
    pub(crate) cache: Option<Cache>,
    pub(crate) offline: bool,
    pub(crate) reporter: Arc<dyn Reporter>,
    pub(crate) user_agent: String,
    pub(crate) limits: Limits,
}

impl ClientBuilder {
    fn new(clock: Clock) -> Self {
        Self {
            clock,
            transport: Transport::default(),
            transports: BTreeMap::new(),
            certificate: None,
            proxies: Proxies::default(),
            credential_files: CredentialFiles::default(),
            credential: None,
            cache: None,
            offline: false,
            reporter: Arc::new(Silent),
            user_agent: concat!("rhumb/", env!("CARGO_PKG_VERSION")).to_owned(),
            limits: Limits::default(),
        }
    }

    /// How to reach registries. Default: [`Transport::Https`].
    pub fn transport(mut self, transport: Transport) -> Self {
        self.transport = transport;
        self
    }

    /// How to reach one registry, whatever holds for the others.
    pub fn transport_for(mut self, registry: Registry, transport: Transport) -> Self {
        self.transports.insert(registry, transport);
        self
    }

    /// A certificate to show to servers. Default: none.
    pub fn certificate(mut self, certificate: Option<ClientCertificate>) -> Self {
        self.certificate = certificate;
        self
    }

    /// Proxies. Default: none; the environment is not looked at.
    pub fn proxies(mut self, proxies: Proxies) -> Self {
        self.proxies = proxies;
        self
    }

    /// Where credentials are kept. Default: nowhere.
    pub fn credential_files(mut self, files: CredentialFiles) -> Self {
        self.credential_files = files;
        self
    }

    /// One credential for every registry, in place of the files. Default: none.
    pub fn credential(mut self, credential: Option<Credential>) -> Self {
        self.credential = credential;
        self
    }

    /// Where downloads are kept. Default: nowhere, so everything is downloaded each time.
    pub fn cache(mut self, cache: Option<Cache>) -> Self {
        self.cache = cache;
        self
    }

    /// Whether to use nothing but the cache. Default: no.
    pub fn offline(mut self, offline: bool) -> Self {
        self.offline = offline;
        self
    }

    /// Who hears of progress and warnings. Default: nobody.
    pub fn reporter(mut self, reporter: Arc<dyn Reporter>) -> Self {
        self.reporter = reporter;
        self
    }

    /// What the client calls itself. Default: `rhumb/VERSION`.
    pub fn user_agent(mut self, user_agent: impl Into<String>) -> Self {
        self.user_agent = user_agent.into();
        self
    }

    /// How patient the client is.
    pub fn limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// Makes the client. No file is read and no connection made here.
    pub fn build(self) -> Client {
        let limits = self.limits.clone();
        let store = Store::new(self.credential_files.clone(), limits.helper);
        let memory = self.cache.as_ref().map(|cache| Memory::new(cache.hosts_folder()));
        let auth = Auth::new(Arc::clone(&self.clock), store, self.credential.clone(), memory);
        let hosts = Hosts::new(limits.concurrency);
        let connector = Connector::new(
            self.certificate.clone(),
            self.proxies.clone(),
            self.user_agent.clone(),
            limits,
        );
        let wire = Wire { connector, hosts, clock: Arc::clone(&self.clock) };
        Client { inner: Arc::new(Inner { settings: self, wire, auth, warned: Mutex::default() }) }
    }

    pub(crate) fn transport_of(&self, registry: &Registry) -> &Transport {
        self.transports.get(registry).unwrap_or(&self.transport)
    }
}

/// A manifest as it was stored.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Fetched {
    /// Its type, digest and size.
    pub descriptor: Descriptor,
    /// Its bytes, which have that digest.
    pub bytes: Bytes,
}
