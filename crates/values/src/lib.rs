//! What rules compute with: values, their types, and the built-in functions.
//!
//! Read downwards: a [`Value`] is what a field, a constant or an expression holds; a [`Type`] is what the checker knows of
//! it before a record arrives; [`builtins`] is the one table of functions and operators that checker and machine both read.
//! Everything here is pure: *now* and the time zone come in through a [`Clock`].

mod value;
mod types;
mod number;
mod text;
mod pattern;
mod duration;
mod time;
mod fault;
pub mod compare;
pub mod literal;
pub mod builtins;

pub use duration::{Duration, DurationUnit};
pub use fault::FaultCode;
pub use number::{Number, NumberError};
pub use pattern::{Pattern, PatternError};
pub use text::Text;
pub use time::{Clock, Date, Instant, zone_named};
pub use types::Type;
pub use value::Value;
