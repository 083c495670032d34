//! Amounts of money as data has them.

use super::LiteralError;
use crate::{Currency, Money, Number};

/// An amount with its currency before or behind: `12.50 EUR`, `-3 USD`, `EUR 12.50`, `EUR12.50`. The currency is a code of
/// ISO 4217 in capitals; the amount is written as a number in data is.
pub fn money(text: &str) -> Result<Money, LiteralError> {
    let (amount, code) = match text.find(|letter: char| letter.is_ascii_uppercase()) {
        Some(0) => text.split_at_checked(3).map(|(code, amount)| (amount, code)),
        Some(at) => text.split_at_checked(at),
        None => None,
    }
    .ok_or(LiteralError::Malformed)?;
    let currency = Currency::named(code).ok_or(LiteralError::Malformed)?;
    Ok(Money::new(Number::parse(amount.trim_matches(' '))?, currency))
}
