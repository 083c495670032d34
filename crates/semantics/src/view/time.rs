//! Lengths of time as rules write them, and the clock that counts them.

use syntax::ast::{DurationUnit as Written, Expr, ExprKind};
use values::{Clock, Duration, DurationUnit, Instant, literal};

use crate::calendars::{calendar_number, calendars, default_calendar};
use crate::db::Workspace;
use crate::names::{Space, Symbol};
use crate::project::Project;

impl Project {
    /// A clock of this rulebook that stands at a moment.
    pub fn clock(&self, now: Instant) -> Clock {
        Clock::of(now, Workspace::get(&self.db).zone(&self.db), &calendars(&self.db))
    }

    /// A length of time that is written out: `2d`, `4 business hours on office`.
    pub fn duration(&self, written: &Expr) -> Option<Duration> {
        let ExprKind::Duration { amount, unit, calendar } = &written.kind else { return None };
        let amount = literal::number(amount).ok()?;
        let by_calendar = || {
            let named = calendar.as_ref().map(|name| name.text.clone());
            let name = named.or_else(|| default_calendar(&self.db).clone())?;
            *calendar_number(&self.db, Symbol::new(&self.db, Space::Calendar, name))
        };
        let unit = match unit {
            Written::Second => DurationUnit::Second,
            Written::Minute => DurationUnit::Minute,
            Written::Hour => DurationUnit::Hour,
            Written::Day => DurationUnit::Day,
            Written::Week => DurationUnit::Week,
            Written::Month => DurationUnit::Month,
            Written::Year => DurationUnit::Year,
            Written::BusinessHour => return Duration::business_hours(amount, by_calendar()?).ok(),
            Written::BusinessDay => return Duration::business_days(amount, by_calendar()?).ok(),
        };
        Duration::of(amount, unit).ok()
    }
}
