//! What rules compute with: values, their types, and the built-in functions.
//!
//! Read downwards: a [`Value`] is what a field, a constant or an expression holds; a [`Type`] is what the checker knows of
//! it before a record arrives; [`builtins`] is the one table of functions and operators that checker and machine both read.
//! Everything here is pure: *now* and the time zone come in through a [`Clock`].

// A value and its type.
mod types;
mod value;

// What values are made of.
mod calendar;
mod duration;
mod money;
mod number;
mod pattern;
pub mod probe;
pub mod text;
mod time;
mod unit;

// What is done with them.
pub mod builtins;
pub mod compare;
mod fault;
pub mod literal;

pub use calendar::{Calendar, WorkingTime};
pub use duration::Duration;
pub use fault::FaultCode;
pub use money::{Currency, Money};
pub use number::{Number, NumberError};
pub use pattern::{Pattern, PatternError};
pub use text::Text;
pub use time::{Clock, Date, Instant, zone_named, zone_names};
pub use types::Type;
pub use unit::DurationUnit;
pub use value::Value;
