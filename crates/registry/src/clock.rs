use std::sync::Arc;
use std::time::SystemTime;

/// Tells the time. The caller brings it, so that tests decide what time it is.
///
/// Embedders usually write `Arc::new(SystemTime::now)`.
pub type Clock = Arc<dyn Fn() -> SystemTime + Send + Sync>;
