use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use rhumb_oci::Reference;
use rhumb_registry::{Cache, Client, ClientBuilder, CredentialFiles, Limits, Transport};
use rhumb_report::{Event, Reporter, TaskId};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;

/// A request as it came.
#[derive(Clone, Debug)]
pub(crate) struct Seen {
    pub(crate) method: String,
    /// Path and query.
    pub(crate) path: String,
    headers: BTreeMap<String, String>,
    pub(crate) body: Vec<u8>,
    /// Which connection it came on.
    pub(crate) connection: usize,
}

impl Seen {
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", String::as_str)
    }

    /// `METHOD path` without the query.
    pub(crate) fn line(&self) -> String {
        format!("{} {}", self.method, self.path.split('?').next().unwrap_or_default())
    }
}

/// An answer to give.
#[derive(Clone, Debug, Default)]
pub(crate) struct Reply {
    status: u16,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
    cut_after: Option<usize>,
    delay: Duration,
}

impl Reply {
    pub(crate) fn new(status: u16) -> Self {
        Self { status, ..Self::default() }
    }

    pub(crate) fn header(mut self, name: &str, value: impl Into<String>) -> Self {
        self.headers.push((name.to_owned(), value.into()));
        self
    }

    pub(crate) fn body(mut self, body: impl Into<Vec<u8>>) -> Self {
        self.body = body.into();
        self
    }

    pub(crate) fn json(self, body: impl Into<Vec<u8>>) -> Self {
        self.header("content-type", "application/json").body(body)
    }

    /// Ends the connection after so many bytes of the body.
    pub(crate) fn cut_after(mut self, bytes: usize) -> Self {
        self.cut_after = Some(bytes);
        self
    }

    pub(crate) fn delay(mut self, delay: Duration) -> Self {
        self.delay = delay;
        self
    }
}

/// A server on a loopback port, answering by a function.
pub(crate) struct Fake {
    address: String,
    seen: Arc<Mutex<Vec<Seen>>>,
}

impl Fake {
    pub(crate) async fn start(answer: impl Fn(&Seen) -> Reply + Send + Sync + 'static) -> Self {
        Self::start_with(None, answer).await
    }

    /// The same over TLS.
    pub(crate) async fn start_tls(
        acceptor: TlsAcceptor,
        answer: impl Fn(&Seen) -> Reply + Send + Sync + 'static,
    ) -> Self {
        Self::start_with(Some(acceptor), answer).await
    }

    async fn start_with(
        acceptor: Option<TlsAcceptor>,
        answer: impl Fn(&Seen) -> Reply + Send + Sync + 'static,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let seen = Arc::new(Mutex::new(Vec::new()));
        let record = Arc::clone(&seen);
        let answer = Arc::new(answer);
        tokio::spawn(async move {
            for connection in 0.. {
                let Ok((stream, _)) = listener.accept().await else { return };
                stream.set_nodelay(true).unwrap();
                let serve =
                    Serve { record: Arc::clone(&record), answer: Arc::clone(&answer), connection };
                tokio::spawn(serve.accept(stream, acceptor.clone()));
            }
        });
        Self { address, seen }
    }

    /// The host and port.
    pub(crate) fn address(&self) -> &str {
        &self.address
    }

    pub(crate) fn reference(&self, rest: &str) -> Reference {
        format!("{}/{rest}", self.address).parse().unwrap()
    }

    pub(crate) fn seen(&self) -> Vec<Seen> {
        self.seen.lock().unwrap().clone()
    }

    /// `METHOD path` of every request, in order.
    pub(crate) fn lines(&self) -> Vec<String> {
        self.seen().iter().map(Seen::line).collect()
    }
}

/// One connection.
struct Serve<F> {
    record: Arc<Mutex<Vec<Seen>>>,
    answer: Arc<F>,
    connection: usize,
}

impl<F: Fn(&Seen) -> Reply> Serve<F> {
    async fn accept(self, stream: TcpStream, acceptor: Option<TlsAcceptor>) {
        let Some(acceptor) = acceptor else { return self.run(stream).await };
        if let Ok(stream) = acceptor.accept(stream).await {
            self.run(stream).await;
        }
    }

    async fn run(self, stream: impl AsyncRead + AsyncWrite + Unpin) {
        let mut stream = BufReader::new(stream);
        while let Some(request) = read(&mut stream, self.connection).await {
            self.record.lock().unwrap().push(request.clone());
            let reply = (self.answer)(&request);
            if !write(stream.get_mut(), &request, reply).await {
                return;
            }
        }
    }
}

async fn read(
    stream: &mut BufReader<impl AsyncRead + AsyncWrite + Unpin>,
    connection: usize,
) -> Option<Seen> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        if head.first() == Some(&0x16) {
            // The first byte of TLS, which this server does not speak.
            stream.get_mut().write_all(b"HTTP/1.0 400 Bad Request\r\n\r\n").await.ok()?;
            return None;
        }
        head.push(stream.read_u8().await.ok()?);
    }
    let head = String::from_utf8(head).unwrap();
    let mut lines = head.lines();
    let mut words = lines.next()?.split(' ');
    let (method, path) = (words.next()?.to_owned(), words.next()?.to_owned());
    let headers: BTreeMap<_, _> = lines
        .filter_map(|line| line.split_once(": "))
        .map(|(name, value)| (name.to_lowercase(), value.to_owned()))
        .collect();
    assert!(!headers.contains_key("transfer-encoding"), "sizes are known: {head}");
    let length = headers.get("content-length").map_or(0, |length| length.parse().unwrap());
    let mut body = vec![0; length];
    stream.read_exact(&mut body).await.ok()?;
    Some(Seen { method, path, headers, body, connection })
}

/// Says whether the connection stays.
async fn write(stream: &mut (impl AsyncWrite + Unpin), request: &Seen, reply: Reply) -> bool {
    tokio::time::sleep(reply.delay).await;
    let mut head = format!("HTTP/1.1 {} X\r\n", reply.status);
    let sized = reply.headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("content-length"));
    for (name, value) in &reply.headers {
        write!(head, "{name}: {value}\r\n").expect("a text takes all");
    }
    if !sized {
        write!(head, "content-length: {}\r\n", reply.body.len()).expect("a text takes all");
    }
    head.push_str("\r\n");
    let mut bytes = head.into_bytes();
    if request.method != "HEAD" {
        let end = reply.cut_after.unwrap_or(reply.body.len());
        bytes.extend_from_slice(&reply.body[..end]);
    }
    let written = stream.write_all(&bytes).await.is_ok() && stream.flush().await.is_ok();
    written && (reply.cut_after.is_none() || request.method == "HEAD")
}

/// A registry's error.
pub(crate) fn error(status: u16, code: &str, message: &str) -> Reply {
    Reply::new(status).json(format!(r#"{{"errors":[{{"code":"{code}","message":"{message}"}}]}}"#))
}

/// Keeps the warnings.
#[derive(Default)]
pub(crate) struct Warnings(Mutex<Vec<String>>);

impl Warnings {
    pub(crate) fn all(&self) -> Vec<String> {
        self.0.lock().unwrap().clone()
    }
}

impl Reporter for Warnings {
    fn report(&self, _task: TaskId, event: Event) {
        if let Event::Warning { message } = event {
            self.0.lock().unwrap().push(message);
        }
    }
}

/// 2026-11-24.
const NOW: u64 = 1_795_478_400;

/// A client that speaks plain HTTP, does not wait long, and always finds the same time.
pub(crate) fn builder() -> ClientBuilder {
    builder_at(Arc::new(Mutex::new(NOW)))
}

/// The same by a clock that a test moves.
pub(crate) fn builder_at(seconds: Arc<Mutex<u64>>) -> ClientBuilder {
    let clock = move || SystemTime::UNIX_EPOCH + Duration::from_secs(*seconds.lock().unwrap());
    let mut limits = Limits::default();
    limits.first_pause = Duration::from_millis(2);
    limits.stall = Duration::from_millis(300);
    limits.longest_pause = Duration::from_secs(2);
    Client::builder(Arc::new(clock)).transport(Transport::PlainHttp).limits(limits)
}

pub(crate) fn now() -> Arc<Mutex<u64>> {
    Arc::new(Mutex::new(NOW))
}

/// A cache in a folder.
pub(crate) fn cache(folder: &Path) -> Cache {
    Cache::new(folder.join("content"), folder.join("state"))
}

/// Credential files: Helm's in a folder, with this content.
pub(crate) fn credentials(folder: &Path, config: &str) -> CredentialFiles {
    let helm = folder.join("config.json");
    std::fs::write(&helm, config).unwrap();
    CredentialFiles { helm, ..CredentialFiles::default() }
}

/// `user:pass` for a host, as Docker writes it.
pub(crate) fn login_for(host: &str) -> String {
    format!(r#"{{"auths":{{"{host}":{{"auth":"dXNlcjpwYXNz"}}}}}}"#)
}
