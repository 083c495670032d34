//! What time it is.

use std::time::{SystemTime, UNIX_EPOCH};

/// Now, to the second; none before 1970.
pub(crate) fn now() -> Option<values::Instant> {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).ok()?;
    values::Instant::new(i64::try_from(since.as_secs()).ok()?, 0).ok()
}
