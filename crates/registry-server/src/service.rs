use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use http::header::{HeaderName, HeaderValue};
use http::request::Parts;
use http::{Method, Request};
use hyper::body::Incoming;

use crate::body::Response;
use crate::guard::{Guard, Need};
use crate::incoming::Upstream;
use crate::names::Names;
use crate::observer::{Meter, Observer};
use crate::problem::{Code, Problem};
use crate::route::Route;
use crate::store::{self, Store};
use crate::{Error, Options, collect};

/// An upload that nobody has touched for so long has been given up.
const GIVEN_UP: Duration = Duration::from_hours(24);

/// Answers requests.
pub(crate) struct Service {
    pub(crate) store: Arc<dyn Store>,
    pub(crate) names: Names,
    pub(crate) observer: Arc<Observer>,
    guard: Option<Guard>,
    read_only: bool,
}

/// A request.
pub(crate) struct Call {
    pub(crate) head: Parts,
    pub(crate) body: Upstream,
}

impl Service {
    pub(crate) async fn open(options: &Options) -> Result<Self, Error> {
        let names = Names::new();
        let salt = names.next().map_err(|source| Error::Randomness { source })?;
        let guard = options.login.as_ref().map(|login| Guard::open(login, salt)).transpose()?;
        let store = store::open(&options.storage, &options.clock).await?;
        let observer = Arc::new(Observer::new(options));
        Ok(Self { store, names, observer, guard, read_only: options.read_only })
    }

    /// Answers one request of a client at `peer`.
    pub(crate) async fn answer(&self, request: Request<Incoming>, peer: SocketAddr) -> Response {
        let (head, body) = request.into_parts();
        let mut meter = self.observer.begin(&head, peer);
        let body = Upstream::new(&head, body, meter.received());
        let call = Call { head, body };
        let answer = self.try_answer(call, &mut meter).await;
        let mut response = answer.unwrap_or_else(Problem::into_response);
        response.headers_mut().insert(
            HeaderName::from_static("docker-distribution-api-version"),
            HeaderValue::from_static("registry/2.0"),
        );
        meter.status = response.status();
        response.body_mut().set_meter(meter);
        response
    }

    /// Removes uploads that nobody has touched for a day.
    pub(crate) async fn sweep_uploads(&self) -> io::Result<u64> {
        let before = self.observer.clock().now().checked_sub(GIVEN_UP);
        let before = before.unwrap_or(SystemTime::UNIX_EPOCH);
        collect::sweep_uploads(&*self.store, before, false).await
    }

    async fn try_answer(&self, call: Call, meter: &mut Meter) -> Result<Response, Problem> {
        let route = Route::parse(call.head.uri.path())?;
        meter.kind = route.kind();
        let user = self.admit(&route, &call.head).await?;
        meter.set_user(user);
        self.dispatch(route, call).await
    }

    async fn admit(&self, route: &Route, head: &Parts) -> Result<Option<Arc<str>>, Problem> {
        let need = match (route, &head.method) {
            (Route::Base, _) => Need::Login,
            (Route::Upload(..), _) => Need::Write,
            (_, &Method::GET | &Method::HEAD) => Need::Read,
            _ => Need::Write,
        };
        let user = match &self.guard {
            Some(guard) => guard.admit(&head.headers, need).await?,
            None => None,
        };
        if self.read_only && need == Need::Write {
            return Err(Problem::new(Code::Unsupported, "this registry takes no changes"));
        }
        Ok(user)
    }
}
