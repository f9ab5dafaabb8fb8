use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::thread;

use rhumb_oci::{Descriptor, Manifest, media_type};

/// An answer to give.
#[derive(Clone)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(&'static str, String)>,
    pub(crate) body: Body,
}

/// What comes after an answer's head.
#[derive(Clone)]
pub(crate) enum Body {
    /// Some bytes, whose number the head tells.
    Whole(Vec<u8>),
    /// Some bytes, then the end of the connection, without a number.
    Unsized(Vec<u8>),
    /// A number that is more than what follows before the connection ends.
    Cut(Vec<u8>, u64),
    /// Bytes until the other side hangs up.
    Endless,
}

impl Reply {
    pub(crate) fn new(media_type: &str, body: impl Into<Vec<u8>>) -> Self {
        let headers = vec![("content-type", media_type.to_owned())];
        Self { status: 200, headers, body: Body::Whole(body.into()) }
    }

    pub(crate) fn blob(body: Body) -> Self {
        let headers = vec![("content-type", "application/octet-stream".to_owned())];
        Self { status: 200, headers, body }
    }

    pub(crate) fn page() -> Self {
        Self::new(
            "text/html; charset=utf-8",
            "<!doctype html>\n<html><title>Welcome</title></html>",
        )
    }

    pub(crate) fn error(status: u16, code: &str, message: &str) -> Self {
        let text = format!(r#"{{"errors":[{{"code":"{code}","message":"{message}"}}]}}"#);
        Self { status, ..Self::new("application/json", text) }
    }

    pub(crate) fn header(mut self, name: &'static str, value: &str) -> Self {
        self.headers.push((name, value.to_owned()));
        self
    }
}

/// A server on a loopback port that answers by a function of method and path.
pub(crate) struct Fake {
    host: String,
}

impl Fake {
    pub(crate) fn start(answer: impl Fn(&str, &str) -> Reply + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let host = listener.local_addr().unwrap().to_string();
        let answer = Arc::new(answer);
        thread::spawn(move || {
            for stream in listener.incoming() {
                let answer = Arc::clone(&answer);
                thread::spawn(move || serve(&stream.unwrap(), &*answer));
            }
        });
        Self { host }
    }

    /// `oci://HOST/charts/web`.
    pub(crate) fn place(&self) -> String {
        format!("oci://{}/charts/web", self.host)
    }

    pub(crate) fn host(&self) -> &str {
        &self.host
    }
}

/// Answers until either side has enough.
fn serve(stream: &TcpStream, answer: &(impl Fn(&str, &str) -> Reply + ?Sized)) -> Option<()> {
    stream.set_nodelay(true).unwrap();
    let mut reader = BufReader::new(stream);
    loop {
        let (method, path) = read(&mut reader)?;
        let Reply { status, headers, body } = answer(&method, &path);
        let mut head = format!("HTTP/1.1 {status} X\r\n");
        for (name, value) in headers {
            write!(head, "{name}: {value}\r\n").unwrap();
        }
        let (length, bytes, stays) = match body {
            Body::Whole(bytes) => (Some(bytes.len() as u64), bytes, true),
            Body::Cut(bytes, length) => (Some(length), bytes, false),
            Body::Unsized(bytes) => (None, bytes, false),
            Body::Endless => (None, vec![0; 64 << 10], false),
        };
        let is_endless = length.is_none() && bytes.len() == 64 << 10;
        match length {
            Some(length) => write!(head, "content-length: {length}\r\n\r\n").unwrap(),
            None => head.push_str("connection: close\r\n\r\n"),
        }
        let mut stream = stream;
        stream.write_all(head.as_bytes()).ok()?;
        if method != "HEAD" {
            stream.write_all(&bytes).ok()?;
            if is_endless {
                loop {
                    stream.write_all(&bytes).ok()?;
                }
            }
        }
        if !stays {
            return None;
        }
    }
}

/// The method and path of the next request, whose body is read and dropped.
fn read(reader: &mut BufReader<&TcpStream>) -> Option<(String, String)> {
    let mut line = String::new();
    reader.read_line(&mut line).ok()?;
    let mut words = line.split(' ');
    let (method, path) = (words.next()?.to_owned(), words.next()?.to_owned());
    let mut length = 0;
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).ok()?;
        if line.trim().is_empty() {
            break;
        }
        if let Some(value) = line.to_lowercase().strip_prefix("content-length:") {
            length = value.trim().parse().unwrap();
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    Some((method, path))
}

/// A registry of one chart, whose answers can be bent before it starts.
pub(crate) struct Site {
    pub(crate) manifest: Reply,
    pub(crate) tags: Reply,
    pub(crate) blobs: BTreeMap<String, Reply>,
    pub(crate) layer: Descriptor,
    config: Descriptor,
}

impl Site {
    /// One that is as it should be.
    pub(crate) fn new(archive: &[u8]) -> Self {
        let metadata = br#"{"name":"web","version":"1.0.0","apiVersion":"v2"}"#;
        let config = Descriptor::of(media_type::CHART_CONFIG, metadata);
        let layer = Descriptor::of(media_type::CHART_LAYER, archive);
        let blobs = [(&config, &metadata[..]), (&layer, archive)];
        let blobs = blobs.map(|(descriptor, bytes)| {
            (descriptor.digest.to_string(), Reply::blob(Body::Whole(bytes.to_vec())))
        });
        let mut site = Self {
            manifest: Reply::page(),
            tags: Reply::new("application/json", r#"{"name":"charts/web","tags":["1.0.0"]}"#),
            blobs: blobs.into(),
            layer,
            config,
        };
        site.describe();
        site
    }

    /// Writes the manifest anew, after its layer was changed.
    pub(crate) fn describe(&mut self) {
        let manifest = Manifest::new(self.config.clone(), vec![self.layer.clone()]);
        self.manifest = Reply::new(media_type::MANIFEST, manifest.print());
    }

    /// Answers the download of the archive.
    pub(crate) fn with_layer(mut self, body: Body) -> Self {
        self.blobs.insert(self.layer.digest.to_string(), Reply::blob(body));
        self
    }

    pub(crate) fn start(self) -> Fake {
        Fake::start(move |_, path| {
            if path.contains("/manifests/") {
                return self.manifest.clone();
            }
            if path.contains("/tags/list") {
                return self.tags.clone();
            }
            let digest = path.rsplit('/').next().unwrap();
            let unknown = || Reply::error(404, "BLOB_UNKNOWN", "blob unknown");
            self.blobs.get(digest).cloned().unwrap_or_else(unknown)
        })
    }
}
