//! Work that keeps a processor or the disk busy, away from what waits for the network.

use crate::Error;

/// Runs `work` where blocking is allowed.
pub(crate) async fn run<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Error> + Send + 'static,
) -> Result<T, Error> {
    match tokio::task::spawn_blocking(work).await {
        Ok(result) => result,
        Err(error) => match error.try_into_panic() {
            Ok(panic) => std::panic::resume_unwind(panic),
            // The runtime is going away, and this future with it.
            Err(_) => std::future::pending().await,
        },
    }
}
