use std::convert::Infallible;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use hyper::server::conn::{http1, http2};
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::graceful::{GracefulShutdown, Watcher};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use tokio::task::{JoinHandle, JoinSet};
use tokio_rustls::TlsAcceptor;

use crate::patient::Patient;
use crate::service::Service;
use crate::{Error, Options, tls};

/// How long open requests may go on once shutdown is asked for.
const GRACE: Duration = Duration::from_secs(10);
/// How long a client may take over a TLS handshake or the head of a request; more is a client that holds sockets.
const HANDSHAKE: Duration = Duration::from_secs(30);
/// How long a client may take nothing of an answer, and how often one that speaks HTTP/2 is asked whether it is there.
const TAKING: Duration = Duration::from_mins(1);
/// Connections at once; more wait in the kernel's queue. Each costs some tens of kilobytes.
const MAX_CONNECTIONS: usize = 4096;
/// How often uploads that were given up are looked for.
const SWEEP: Duration = Duration::from_hours(1);
/// The pause after the machine has no more sockets to give.
const OUT_OF_SOCKETS: Duration = Duration::from_millis(50);

/// Starts servers.
#[derive(Debug)]
pub struct Server;

impl Server {
    /// Opens the storage, starts to listen and answers requests on tasks of this runtime.
    ///
    /// # Errors
    ///
    /// Any [`Error`]: the address, the storage or a file of the options is unusable.
    pub async fn start(options: Options) -> Result<Running, Error> {
        let acceptor = options.tls.as_ref().map(tls::acceptor).transpose()?;
        let service = Arc::new(Service::open(&options).await?);
        let error = |source| Error::Listen { address: options.address.clone(), source };
        let listener = TcpListener::bind(&options.address).await.map_err(error)?;
        let address = listener.local_addr().map_err(error)?;
        let (stop, stopped) = oneshot::channel();
        let task = tokio::spawn(accept(listener, Arc::new(Front { service, acceptor }), stopped));
        Ok(Running { address, stop: Some(stop), task })
    }
}

/// A server that runs until it is shut down or dropped.
#[derive(Debug)]
pub struct Running {
    address: SocketAddr,
    stop: Option<oneshot::Sender<()>>,
    task: JoinHandle<()>,
}

impl Running {
    /// Where the server listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Takes no more requests, finishes those under way (for at most 10 s) and returns.
    pub async fn shutdown(mut self) {
        if let Some(stop) = self.stop.take() {
            // An error means that the task is over already.
            stop.send(()).ok();
        }
        (&mut self.task).await.ok();
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// What every connection shares.
struct Front {
    service: Arc<Service>,
    acceptor: Option<TlsAcceptor>,
}

async fn accept(listener: TcpListener, front: Arc<Front>, mut stopped: oneshot::Receiver<()>) {
    let graceful = GracefulShutdown::new();
    let mut connections = JoinSet::new();
    let mut chores = JoinSet::new();
    chores.spawn(sweep(Arc::clone(&front.service)));
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept(), if connections.len() < MAX_CONNECTIONS => accepted,
            Some(_) = connections.join_next() => continue,
            _ = &mut stopped => break,
        };
        match accepted {
            Ok((stream, peer)) => {
                connections.spawn(connect(Arc::clone(&front), stream, peer, graceful.watcher()));
            }
            Err(error) => {
                tracing::warn!(%error, "no connection accepted");
                tokio::time::sleep(OUT_OF_SOCKETS).await;
            }
        }
    }
    drop(listener);
    chores.shutdown().await;
    tokio::time::timeout(GRACE, graceful.shutdown()).await.ok();
}

/// Gives up old uploads now and then.
async fn sweep(service: Arc<Service>) {
    loop {
        if let Err(error) = service.sweep_uploads().await {
            tracing::error!(%error, "old uploads stay");
        }
        tokio::time::sleep(SWEEP).await;
    }
}

async fn connect(front: Arc<Front>, stream: TcpStream, peer: SocketAddr, watcher: Watcher) {
    stream.set_nodelay(true).ok();
    let stream = Patient::new(stream, TAKING);
    let Some(acceptor) = &front.acceptor else {
        return serve_http1(front, stream, peer, watcher).await;
    };
    let Ok(Ok(stream)) = tokio::time::timeout(HANDSHAKE, acceptor.accept(stream)).await else {
        return;
    };
    if stream.get_ref().1.alpn_protocol() == Some(tls::HTTP2) {
        serve_http2(front, stream, peer, watcher).await;
    } else {
        serve_http1(front, stream, peer, watcher).await;
    }
}

async fn serve_http1(
    front: Arc<Front>,
    stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static,
    peer: SocketAddr,
    watcher: Watcher,
) {
    let service = service_fn(|request| {
        let service = Arc::clone(&front.service);
        async move { Ok::<_, Infallible>(service.answer(request, peer).await) }
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HANDSHAKE)
        .serve_connection(TokioIo::new(stream), service);
    if let Err(error) = watcher.watch(connection).await {
        tracing::debug!(%peer, %error, "connection ended");
    }
}

async fn serve_http2(
    front: Arc<Front>,
    stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static,
    peer: SocketAddr,
    watcher: Watcher,
) {
    let service = service_fn(move |request| {
        let service = Arc::clone(&front.service);
        async move { Ok::<_, Infallible>(service.answer(request, peer).await) }
    });
    let connection = http2::Builder::new(TokioExecutor::new())
        .timer(TokioTimer::new())
        .keep_alive_interval(TAKING)
        .serve_connection(TokioIo::new(stream), service);
    if let Err(error) = watcher.watch(connection).await {
        tracing::debug!(%peer, %error, "connection ended");
    }
}
