//! Prints what an operation says while it runs.

use tokio::sync::mpsc;

use crate::context::{Context, block_on};
use crate::error::Error;

/// Does `work`, and prints what it sends meanwhile. The sender must not outlive the work.
pub(crate) fn telling<M, T>(
    context: &mut Context<'_>,
    work: impl AsyncFnOnce(mpsc::UnboundedSender<M>) -> T,
    mut print: impl FnMut(M, &mut Context<'_>) -> Result<(), Error>,
) -> Result<T, Error> {
    let (sender, mut messages) = mpsc::unbounded_channel();
    let printing = async {
        while let Some(message) = messages.recv().await {
            print(message, context)?;
        }
        Ok::<_, Error>(())
    };
    let (done, printed) = block_on(futures_util::future::join(work(sender), printing))?;
    printed?;
    Ok(done)
}
