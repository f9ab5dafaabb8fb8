use std::net::SocketAddr;

use http::Request;
use http::header::{HeaderName, HeaderValue};
use hyper::body::Incoming;

use crate::body::{Body, Response};
use crate::problem::{Code, Problem};
use crate::{Error, Options};

/// Answers requests.
pub(crate) struct Service {}

impl Service {
    pub(crate) async fn open(_options: &Options) -> Result<Self, Error> {
        Ok(Self {})
    }

    pub(crate) async fn answer(&self, request: Request<Incoming>, _peer: SocketAddr) -> Response {
        let answer = match request.uri().path() {
            "/v2/" | "/v2" => Ok(Response::new(Body::empty())),
            _ => Err(Problem::new(Code::NameUnknown, "there is nothing here")),
        };
        let mut response = answer.unwrap_or_else(Problem::into_response);
        response.headers_mut().insert(
            HeaderName::from_static("docker-distribution-api-version"),
            HeaderValue::from_static("registry/2.0"),
        );
        response
    }
}
