//! A stand-in for Google Cloud Storage: its XML API is that of S3 with other names of headers, so this gives
//! requests their S3 names and passes them on to a stand-in for S3.

use std::convert::Infallible;
use std::io;

use bytes::Bytes;
use http::header::{AUTHORIZATION, HeaderName, HeaderValue};
use http::{Request, Response};
use http_body_util::{BodyExt as _, Full};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::TcpListener;

/// What tells the stand-in for S3 that the caller has a name; it does not look at the signature.
const SOMEBODY: &str = "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/s3/aws4_request, \
    SignedHeaders=host, Signature=00";

/// Starts the stand-in in front of `s3` and returns its URL. It ends with the runtime.
pub(super) async fn start(s3: String) -> io::Result<String> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let url = format!("http://{}", listener.local_addr()?);
    let client = reqwest::Client::builder().no_proxy().build().map_err(io::Error::other)?;
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let (client, s3) = (client.clone(), s3.clone());
            let service = service_fn(move |request| {
                let (client, s3) = (client.clone(), s3.clone());
                async move { Ok::<_, Infallible>(pass_on(&client, &s3, request).await) }
            });
            tokio::spawn(http1::Builder::new().serve_connection(TokioIo::new(stream), service));
        }
    });
    Ok(url)
}

async fn pass_on(
    client: &reqwest::Client,
    s3: &str,
    request: Request<Incoming>,
) -> Response<Full<Bytes>> {
    let (mut head, body) = request.into_parts();
    let body = body.collect().await.expect("a body").to_bytes();
    let path = head.uri.path_and_query().expect("a path");
    head.headers.insert(AUTHORIZATION, HeaderValue::from_static(SOMEBODY));
    head.headers.remove("host");
    let headers = head.headers.iter().map(|(name, value)| {
        let name = name.as_str().replace("x-goog-", "x-amz-");
        (name.parse::<HeaderName>().expect("a name"), value.clone())
    });
    let request = client.request(head.method, format!("{s3}{path}"));
    let answer = request.headers(headers.collect()).body(body).send().await.expect("an answer");
    let mut response = Response::builder().status(answer.status());
    for (name, value) in answer.headers() {
        response = response.header(name, value);
    }
    response.body(Full::new(answer.bytes().await.expect("a body"))).expect("a response")
}
