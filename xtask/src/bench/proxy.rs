use std::io::{self, BufRead as _, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

/// Bytes of a head that are read before it is given up.
const MAX_HEAD: u64 = 64 * 1024;

/// A proxy for plain HTTP/1.1 that counts requests and makes the way to a server long: it holds each new connection,
/// and each answer, for one round trip. It ends with this program.
#[derive(Debug)]
pub(super) struct Proxy {
    pub(super) address: SocketAddr,
    requests: Arc<Mutex<Vec<String>>>,
}

/// What the threads of one proxy share.
#[derive(Clone)]
struct Way {
    to: SocketAddr,
    round_trip: Duration,
    requests: Arc<Mutex<Vec<String>>>,
}

impl Proxy {
    pub(super) fn start(to: SocketAddr, round_trip: Duration) -> io::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0")?;
        let address = listener.local_addr()?;
        let requests = Arc::new(Mutex::new(Vec::new()));
        let way = Way { to, round_trip, requests: Arc::clone(&requests) };
        thread::spawn(move || {
            for client in listener.incoming().flatten() {
                let way = way.clone();
                // A connection that breaks off is the client's to notice.
                thread::spawn(move || pass(&way, client).ok());
            }
        });
        Ok(Self { address, requests })
    }

    /// The requests since the last time this was asked, such as `HEAD /v2/…`, in the order in which they came.
    pub(super) fn take_requests(&self) -> Vec<String> {
        std::mem::take(&mut *self.requests.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Passes one connection's requests on and their answers back, one after the other.
fn pass(way: &Way, client: TcpStream) -> io::Result<()> {
    thread::sleep(way.round_trip);
    client.set_nodelay(true)?;
    let server = TcpStream::connect(way.to)?;
    server.set_nodelay(true)?;
    let (mut client_reader, mut client) = (BufReader::new(client.try_clone()?), client);
    let (mut server_reader, mut server) = (BufReader::new(server.try_clone()?), server);
    while let Some(request) = Head::read(&mut client_reader)? {
        let line = request.first_line();
        way.requests.lock().unwrap_or_else(PoisonError::into_inner).push(line.clone());
        server.write_all(&request.bytes)?;
        copy_body(&mut client_reader, &mut server, request.body(Body::None))?;
        let mut answer = Head::read(&mut server_reader)?.ok_or(io::ErrorKind::UnexpectedEof)?;
        while answer.status() < 200 {
            client.write_all(&answer.bytes)?;
            answer = Head::read(&mut server_reader)?.ok_or(io::ErrorKind::UnexpectedEof)?;
        }
        thread::sleep(way.round_trip);
        client.write_all(&answer.bytes)?;
        let empty = line.starts_with("HEAD ") || matches!(answer.status(), 204 | 304);
        let body = if empty { Body::None } else { answer.body(Body::ToTheEnd) };
        copy_body(&mut server_reader, &mut client, body)?;
    }
    Ok(())
}

/// The lines before a body, as they came.
struct Head {
    bytes: Vec<u8>,
}

/// How a body ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Body {
    None,
    Length(u64),
    Chunked,
    ToTheEnd,
}

impl Head {
    /// Reads a head, or nothing where the connection ends.
    fn read(from: &mut BufReader<TcpStream>) -> io::Result<Option<Self>> {
        let mut limited = from.take(MAX_HEAD);
        let mut bytes = Vec::new();
        while !bytes.ends_with(b"\r\n\r\n") {
            if limited.read_until(b'\n', &mut bytes)? == 0 {
                let nothing = bytes.is_empty();
                return if nothing { Ok(None) } else { Err(io::ErrorKind::UnexpectedEof.into()) };
            }
        }
        Ok(Some(Self { bytes }))
    }

    fn first_line(&self) -> String {
        let line = self.bytes.split(|byte| *byte == b'\r').next().unwrap_or_default();
        let line = String::from_utf8_lossy(line).into_owned();
        line.trim_end_matches(" HTTP/1.1").to_owned()
    }

    /// The status of an answer; 0 if there is none.
    fn status(&self) -> u16 {
        let line = self.first_line();
        line.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or_default()
    }

    /// How the body ends that follows; `default` where the head does not say.
    fn body(&self, default: Body) -> Body {
        let text = String::from_utf8_lossy(&self.bytes).to_ascii_lowercase();
        let header =
            |name: &str| text.lines().find_map(|line| line.strip_prefix(name)).map(str::trim);
        if header("transfer-encoding:").is_some_and(|coding| coding.contains("chunked")) {
            return Body::Chunked;
        }
        let length = header("content-length:").and_then(|length| length.parse().ok());
        length.map_or(default, Body::Length)
    }
}

fn copy_body(from: &mut BufReader<TcpStream>, to: &mut TcpStream, body: Body) -> io::Result<()> {
    match body {
        Body::None => Ok(()),
        Body::Length(length) => copy(&mut from.take(length), to),
        Body::ToTheEnd => copy(from, to),
        Body::Chunked => loop {
            let mut line = Vec::new();
            from.read_until(b'\n', &mut line)?;
            to.write_all(&line)?;
            let text = String::from_utf8_lossy(&line);
            let size = text.trim().split(';').next().unwrap_or_default();
            let size = u64::from_str_radix(size, 16).map_err(io::Error::other)?;
            copy(&mut from.take(size + 2), to)?;
            if size == 0 {
                return Ok(());
            }
        },
    }
}

fn copy(from: &mut impl Read, to: &mut impl Write) -> io::Result<()> {
    io::copy(from, to).map(drop)
}

#[cfg(test)]
mod tests {
    use std::net::Shutdown;
    use std::time::Instant;

    use super::*;

    /// Answers two requests on one connection, the second with chunks.
    fn server(listener: &TcpListener) {
        let (stream, _) = listener.accept().unwrap();
        let (mut reader, mut stream) = (BufReader::new(stream.try_clone().unwrap()), stream);
        let head = Head::read(&mut reader).unwrap().unwrap();
        assert_eq!(head.body(Body::None), Body::Length(3));
        let mut body = [0; 3];
        reader.read_exact(&mut body).unwrap();
        assert_eq!(&body, b"abc");
        stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok").unwrap();
        Head::read(&mut reader).unwrap().unwrap();
        let chunks = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nmore\r\n0\r\n\r\n";
        stream.write_all(chunks).unwrap();
    }

    #[test]
    fn counts_and_holds() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let proxy =
            Proxy::start(listener.local_addr().unwrap(), Duration::from_millis(20)).unwrap();
        thread::spawn(move || server(&listener));
        let start = Instant::now();
        let mut stream = TcpStream::connect(proxy.address).unwrap();
        stream.write_all(b"PUT /a HTTP/1.1\r\nContent-Length: 3\r\n\r\nabc").unwrap();
        let mut answer = vec![0; b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok".len()];
        stream.read_exact(&mut answer).unwrap();
        assert!(answer.ends_with(b"ok"));
        stream.write_all(b"GET /b HTTP/1.1\r\n\r\n").unwrap();
        stream.shutdown(Shutdown::Write).unwrap();
        let mut rest = Vec::new();
        stream.read_to_end(&mut rest).unwrap();
        assert!(rest.ends_with(b"4\r\nmore\r\n0\r\n\r\n"));
        assert!(start.elapsed() >= Duration::from_millis(60));
        assert_eq!(proxy.take_requests(), ["PUT /a", "GET /b"]);
        assert!(proxy.take_requests().is_empty());
    }
}
