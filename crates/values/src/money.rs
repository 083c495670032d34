//! Amounts of money.

mod currency;

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::{FaultCode, Number};

pub use currency::Currency;

/// An exact amount and its currency. Amounts of different currencies have nothing to do with each other: to add or compare
/// them is a fault, for no rate of exchange is known here.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Money(Arc<(Number, Currency)>);

impl Money {
    /// So much of a currency.
    pub fn new(amount: Number, currency: Currency) -> Self {
        Self(Arc::new((amount, currency)))
    }

    /// How much it is.
    pub fn amount(&self) -> Number {
        self.0.0
    }

    /// Of which currency it is.
    pub fn currency(&self) -> Currency {
        self.0.1
    }

    /// Another amount of the same currency.
    pub fn with(&self, amount: Number) -> Self {
        Self::new(amount, self.currency())
    }

    /// Both amounts, if they are of one currency.
    pub(crate) fn amounts(&self, other: &Self) -> Result<(Number, Number), FaultCode> {
        let alike = self.currency() == other.currency();
        alike.then(|| (self.amount(), other.amount())).ok_or(FaultCode::CurrencyMismatch)
    }
}

/// As rules and texts have it: `500 EUR`.
impl fmt::Display for Money {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{} {}", self.amount(), self.currency())
    }
}
