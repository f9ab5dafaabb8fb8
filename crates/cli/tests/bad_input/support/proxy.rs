use std::io::{Read as _, Write as _};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread;
use std::time::Duration;

/// Bytes that are passed on at once, and the pause after them, when the line is slow.
const PIECE: usize = 4 << 10;
const PAUSE: Duration = Duration::from_millis(4);

/// A line to a registry that is slow until told otherwise, and counts what it passes on.
pub(crate) struct Proxy {
    host: String,
    line: Arc<Line>,
}

struct Line {
    is_slow: AtomicBool,
    passed: AtomicU64,
}

impl Proxy {
    pub(crate) fn new(target: String) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let host = listener.local_addr().unwrap().to_string();
        let line = Arc::new(Line { is_slow: AtomicBool::new(true), passed: AtomicU64::new(0) });
        let shared = Arc::clone(&line);
        thread::spawn(move || {
            for client in listener.incoming() {
                let client = client.unwrap();
                let server = TcpStream::connect(&target).unwrap();
                let ends = (client.try_clone().unwrap(), server.try_clone().unwrap());
                let (up, down) = (Arc::clone(&shared), Arc::clone(&shared));
                thread::spawn(move || up.pass(client, server));
                thread::spawn(move || down.pass(ends.1, ends.0));
            }
        });
        Self { host, line }
    }

    pub(crate) fn host(&self) -> &str {
        &self.host
    }

    pub(crate) fn slow(&self, is_slow: bool) {
        self.line.is_slow.store(is_slow, Ordering::SeqCst);
        self.line.passed.store(0, Ordering::SeqCst);
    }

    /// Bytes in both directions since the speed was chosen.
    pub(crate) fn passed(&self) -> u64 {
        self.line.passed.load(Ordering::SeqCst)
    }
}

impl Line {
    fn pass(&self, mut from: TcpStream, mut to: TcpStream) {
        let mut buffer = [0; PIECE];
        while let Ok(read @ 1..) = from.read(&mut buffer) {
            if self.is_slow.load(Ordering::SeqCst) {
                thread::sleep(PAUSE);
            }
            if to.write_all(&buffer[..read]).is_err() {
                break;
            }
            self.passed.fetch_add(read as u64, Ordering::SeqCst);
        }
        // Either may be closed already.
        from.shutdown(Shutdown::Read).ok();
        to.shutdown(Shutdown::Write).ok();
    }
}
