use std::collections::BTreeMap;
use std::fmt;
use std::io::{BufRead as _, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned};

use crate::certificate;

/// A web server with a few files, until the test ends.
#[derive(Debug)]
pub struct Web {
    address: SocketAddr,
    scheme: &'static str,
    state: Arc<Mutex<State>>,
}

/// What was asked of a [`Web`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// The path, with the query.
    pub path: String,
    /// The name and password, with a colon between, if any were sent.
    pub user: Option<String>,
    /// The media types that were asked for.
    pub accept: Option<String>,
}

#[derive(Debug, Default)]
struct State {
    files: BTreeMap<String, Vec<u8>>,
    users: BTreeMap<String, String>,
    redirects: BTreeMap<String, String>,
    asked: Vec<Asked>,
}

trait Stream: Read + Write {}
impl<T: Read + Write> Stream for T {}

impl Web {
    /// A server of these files, by path.
    pub fn new(files: &[(&str, &str)]) -> Self {
        Self::start(files, None)
    }

    /// A server that speaks HTTPS. Also gives the file of the authority that its certificate is from, which is
    /// written to `folder`.
    pub fn with_tls(files: &[(&str, &str)], folder: &Path) -> (Self, PathBuf) {
        let made = certificate::make(folder);
        let chain = CertificateDer::pem_file_iter(&made.certificate).expect("a file");
        let chain = chain.collect::<Result<Vec<_>, _>>().expect("certificates");
        let key = PrivateKeyDer::from_pem_file(&made.key).expect("a key");
        let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
        let config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .expect("versions")
            .with_no_client_auth()
            .with_single_cert(chain, key)
            .expect("a certificate with its key");
        (Self::start(files, Some(Arc::new(config))), made.authority)
    }

    fn start(files: &[(&str, &str)], tls: Option<Arc<ServerConfig>>) -> Self {
        let own = |(path, text): &(&str, &str)| ((*path).to_owned(), text.as_bytes().to_vec());
        let files = files.iter().map(own).collect();
        let state = Arc::new(Mutex::new(State { files, ..State::default() }));
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = listener.local_addr().expect("an address");
        let scheme = if tls.is_some() { "https" } else { "http" };
        let shared = Arc::clone(&state);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                // Whoever asks is told by the answer that does not come.
                drop(answer(stream, tls.as_ref(), &shared));
            }
        });
        Self { address, scheme, state }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().expect("nobody panics while holding it")
    }

    /// The address of a path.
    pub fn url(&self, path: &str) -> String {
        format!("{}://{}{path}", self.scheme, self.address)
    }

    /// Puts a file there, or another in its place.
    pub fn put(&self, path: &str, bytes: impl AsRef<[u8]>) {
        self.state().files.insert(path.to_owned(), bytes.as_ref().to_vec());
    }

    /// Lets only `user`, as in `name:password`, have what is below a path.
    pub fn protect(&self, below: &str, user: &str) {
        self.state().users.insert(below.to_owned(), user.to_owned());
    }

    /// Sends whoever asks for what is below a path to the same below an address.
    pub fn redirect(&self, below: &str, to: impl fmt::Display) {
        self.state().redirects.insert(below.to_owned(), to.to_string());
    }

    /// What has been asked since the last time.
    pub fn asked(&self) -> Vec<Asked> {
        std::mem::take(&mut self.state().asked)
    }
}

fn answer(
    stream: TcpStream,
    tls: Option<&Arc<ServerConfig>>,
    state: &Mutex<State>,
) -> std::io::Result<()> {
    let mut stream: Box<dyn Stream> = match tls {
        None => Box::new(stream),
        Some(config) => {
            let connection = ServerConnection::new(Arc::clone(config));
            Box::new(StreamOwned::new(connection.map_err(std::io::Error::other)?, stream))
        }
    };
    let mut lines = BufReader::new(&mut stream).lines();
    let request = lines.next().transpose()?.unwrap_or_default();
    let path = request.split(' ').nth(1).unwrap_or_default().to_owned();
    let mut asked = Asked { path, user: None, accept: None };
    for line in lines {
        let line = line?;
        if line.is_empty() {
            break;
        }
        let (name, value) = line.split_once(": ").unwrap_or_default();
        if name.eq_ignore_ascii_case("authorization") {
            let pair = STANDARD.decode(value.trim_start_matches("Basic ")).unwrap_or_default();
            asked.user = Some(String::from_utf8_lossy(&pair).into_owned());
        } else if name.eq_ignore_ascii_case("accept") {
            asked.accept = Some(value.to_owned());
        }
    }
    let (status, more, body) = state.lock().expect("nobody panics").reply(&asked);
    let length = body.len();
    write!(
        stream,
        "HTTP/1.1 {status}\r\nContent-Length: {length}\r\n{more}Connection: close\r\n\r\n"
    )?;
    stream.write_all(&body)?;
    stream.flush()
}

impl State {
    /// The status, more headers, and the body.
    fn reply(&mut self, asked: &Asked) -> (&'static str, String, Vec<u8>) {
        self.asked.push(asked.clone());
        let path = asked.path.as_str();
        let below = |part: &&String| path.starts_with(part.as_str());
        if let Some(from) = self.redirects.keys().find(below) {
            let to = format!("{}{}", self.redirects[from], &path[from.len()..]);
            return ("302 Found", format!("Location: {to}\r\n"), Vec::new());
        }
        let owner = self.users.keys().find(below).map(|part| &self.users[part]);
        if owner.is_some_and(|owner| asked.user.as_ref() != Some(owner)) {
            return ("401 Unauthorized", String::new(), Vec::new());
        }
        match self.files.get(path.split('?').next().unwrap_or_default()) {
            Some(body) => ("200 OK", String::new(), body.clone()),
            None => ("404 Not Found", String::new(), Vec::new()),
        }
    }
}
