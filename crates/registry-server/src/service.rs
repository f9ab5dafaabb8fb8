use std::net::SocketAddr;
use std::sync::Arc;

use http::Request;
use http::header::{HeaderName, HeaderValue};
use http::request::Parts;
use hyper::body::Incoming;

use crate::body::Response;
use crate::incoming::Upstream;
use crate::names::Names;
use crate::problem::Problem;
use crate::route::Route;
use crate::store::{self, Store};
use crate::{Error, Options};

/// Answers requests.
pub(crate) struct Service {
    pub(crate) store: Arc<dyn Store>,
    pub(crate) names: Names,
}

/// A request.
pub(crate) struct Call {
    pub(crate) head: Parts,
    pub(crate) body: Upstream,
}

impl Service {
    pub(crate) async fn open(options: &Options) -> Result<Self, Error> {
        let store = store::open(&options.storage, &options.clock).await?;
        Ok(Self { store, names: Names::new() })
    }

    /// Answers one request of a client at `peer`.
    pub(crate) async fn answer(&self, request: Request<Incoming>, _peer: SocketAddr) -> Response {
        let (head, body) = request.into_parts();
        let call = Call { head, body: Upstream::new(body) };
        let mut response = self.try_answer(call).await.unwrap_or_else(Problem::into_response);
        response.headers_mut().insert(
            HeaderName::from_static("docker-distribution-api-version"),
            HeaderValue::from_static("registry/2.0"),
        );
        response
    }

    async fn try_answer(&self, call: Call) -> Result<Response, Problem> {
        let route = Route::parse(call.head.uri.path())?;
        self.dispatch(route, call).await
    }
}
