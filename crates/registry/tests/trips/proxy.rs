use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

/// Holds each new connection for a trip, and each answer for another.
pub(crate) struct Proxy {
    address: SocketAddr,
    requests: Arc<AtomicUsize>,
}

impl Proxy {
    pub(crate) async fn start(target: SocketAddr, trip: Duration) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let requests = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&requests);
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                tokio::spawn(carry(client, target, trip, Arc::clone(&count)));
            }
        });
        Self { address, requests }
    }

    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    /// Requests that have come so far.
    pub(crate) fn requests(&self) -> usize {
        self.requests.load(Ordering::SeqCst)
    }
}

/// Carries bytes both ways. A request begins with the first bytes after an answer.
async fn carry(
    mut client: TcpStream,
    target: SocketAddr,
    trip: Duration,
    requests: Arc<AtomicUsize>,
) -> Option<()> {
    tokio::time::sleep(trip).await;
    let mut server = TcpStream::connect(target).await.ok()?;
    client.set_nodelay(true).ok()?;
    server.set_nodelay(true).ok()?;
    let (mut up, mut down) = (vec![0; 64 << 10], vec![0; 64 << 10]);
    let mut is_asking = false;
    loop {
        tokio::select! {
            read = client.read(&mut up) => {
                let read = read.ok().filter(|read| *read > 0)?;
                if !is_asking {
                    is_asking = true;
                    requests.fetch_add(1, Ordering::SeqCst);
                }
                server.write_all(&up[..read]).await.ok()?;
            }
            read = server.read(&mut down) => {
                let read = read.ok().filter(|read| *read > 0)?;
                if is_asking {
                    is_asking = false;
                    tokio::time::sleep(trip).await;
                }
                client.write_all(&down[..read]).await.ok()?;
            }
        }
    }
}
