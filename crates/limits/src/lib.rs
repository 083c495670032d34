//! Every limit of rulebook, in one place: what it bounds, in which unit, how much unless something else is said, and why.
//!
//! A limit is fatal: what goes over it is an error of the rules or a fault of the record, and never an answer. Those that
//! a user may move are the fields of [`Limits`], each with a row in [`Limit`]; `rulebook` makes its options and the
//! `[limits]` of `rulebook.toml` of these rows, and the guide's table is held to them. Those that keep recursion from the
//! stack are constants in [`fixed`] that nobody moves.

mod amount;
pub mod fixed;

use std::ops::RangeInclusive;

pub use amount::Unit;

/// One row for each limit: its name as an option, its unit, the default, what it may be moved to, where it counts, what it
/// bounds, why there is a bound.
macro_rules! limits {
    ($($variant:ident $field:ident $name:literal: $unit:ident, $default:expr, $range:expr, $phase:ident,
       $meaning:literal, $reason:literal;)*) => {
        /// A limit that a user may move.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Limit {
            $(#[doc = $meaning] $variant,)*
        }

        /// How much of each there may be. A saved program carries none: they belong to the one who runs it.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub struct Limits {
            $(#[doc = $meaning] pub $field: usize,)*
        }

        impl Default for Limits {
            fn default() -> Self {
                Self { $($field: $default,)* }
            }
        }

        impl Limits {
            /// How much of something there may be.
            pub const fn get(&self, limit: Limit) -> usize {
                match limit { $(Limit::$variant => self.$field,)* }
            }

            /// Moves a limit to a value that is [allowed](Limit::read).
            pub const fn set(&mut self, limit: Limit, value: usize) {
                match limit { $(Limit::$variant => self.$field = value,)* }
            }
        }

        impl Limit {
            /// All of them, in the order in which a rulebook meets them.
            pub const ALL: &[Self] = &[$(Self::$variant,)*];

            const fn row(self) -> Row {
                match self {
                    $(Self::$variant => Row {
                        name: $name,
                        option: concat!("limit-", $name),
                        unit: Unit::$unit,
                        range: $range,
                        phase: Phase::$phase,
                        meaning: $meaning,
                        reason: $reason,
                    },)*
                }
            }
        }
    };
}

limits! {
    FileSize file_size "file-size": Bytes, 256 << 20, 1..=2 << 30, Read,
        "The largest file of rules, of a list or of a table that is read into memory",
        "a file of records named by mistake must not fill the memory";
    Items items "items": Items, 100_000, 1..=10_000_000, Read,
        "The most items (rules, definitions, lists, tests and so on) in all files of a rulebook",
        "every check looks at all of them";
    Tokens tokens "tokens": Words, 10_000, 1..=1_000_000, Read,
        "The longest item; a `table` may have any number of rows",
        "a rule of so many words is a table in disguise and slows down every check";
    PatternSize pattern_size "pattern-size": Bytes, 4 << 20, 1..=16 << 20, Check,
        "The most memory that one pattern may take",
        "a few signs such as `(\\w{100}){100}` ask for gigabytes";
    TreeSize tree_size "tree-size": Nodes, 200_000, 1..=10_000_000, Compile,
        "The largest decision tree of a rule set, in questions and rules; beyond, its rules are looked up in an index or asked one by one, which decides the same",
        "a tree that tells every way apart may double with every rule";
    RecordSize record_size "record-size": Bytes, 16 << 20, 1..=2 << 30, Run,
        "The longest record",
        "a missing line break must not make one record of a whole file";
    TextLength text_length "text-length": Bytes, 1 << 20, 16..=1 << 30, Run,
        "The longest text that rules read or put together",
        "`replace` and `+` on texts that grew before would fill the memory";
    ListLength list_length "list-length": Members, 100_000, 1..=100_000_000, Run,
        "The longest list that rules read or make",
        "whatever is asked of the items of a list is asked once for each";
    Steps steps "steps": Steps, 10_000_000, 1..=4_000_000_000, Run,
        "The most steps that deciding one record may take; an item of a list and 64 bytes of text are a step each",
        "loops in loops over long lists would run for days";
}

/// What is known of a limit.
struct Row {
    name: &'static str,
    option: &'static str,
    unit: Unit,
    range: RangeInclusive<usize>,
    phase: Phase,
    meaning: &'static str,
    reason: &'static str,
}

/// How far a command takes a rulebook; it knows the limits up to there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Phase {
    /// It is read.
    Read,
    /// It is checked.
    Check,
    /// It is made a program.
    Compile,
    /// It decides records.
    Run,
}

impl Limit {
    /// Its name: `text-length`.
    pub const fn name(self) -> &'static str {
        self.row().name
    }

    /// The name of the option that moves it: `limit-text-length`.
    pub const fn option(self) -> &'static str {
        self.row().option
    }

    /// The option as it is typed: `--limit-text-length`.
    pub fn flag(self) -> String {
        format!("--{}", self.option())
    }

    /// The limit of a name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|limit| limit.name() == name)
    }

    /// What it is counted in.
    pub const fn unit(self) -> Unit {
        self.row().unit
    }

    /// Where it counts first.
    pub const fn phase(self) -> Phase {
        self.row().phase
    }

    /// What it bounds, in a sentence without full stop.
    pub const fn meaning(self) -> &'static str {
        self.row().meaning
    }

    /// Why there is such a limit, in half a sentence.
    pub const fn reason(self) -> &'static str {
        self.row().reason
    }

    /// The most that it may be moved to.
    pub const fn most(self) -> usize {
        *self.row().range.end()
    }

    /// Reads a value that it may have: `50000`, `16MiB`.
    ///
    /// # Errors
    ///
    /// In words for the user: what should stand there, or between which values it must lie.
    pub fn read(self, text: &str) -> Result<usize, String> {
        let value = self.unit().read(text)?;
        let range = self.row().range;
        match range.contains(&value) {
            true => Ok(value),
            false => Err(format!(
                "it must lie between {} and {}",
                self.unit().short(*range.start()),
                self.unit().short(*range.end())
            )),
        }
    }
}

impl Limits {
    /// How much of something there may be, in words: `1MiB`, `100000 members`.
    pub fn amount(&self, limit: Limit) -> String {
        limit.unit().long(self.get(limit))
    }

    /// Which limit was met, how much it is now, and how to move it.
    pub fn told(&self, limit: Limit) -> String {
        format!("the limit is {}, and `{}` moves it", self.amount(limit), limit.flag())
    }
}

#[cfg(test)]
mod tests {
    use super::{Limit, Limits};

    #[test]
    fn each_limit_has_a_name_a_default_within_its_range_and_reasons() {
        for limit in Limit::ALL {
            let written = limit.unit().short(Limits::default().get(*limit));
            assert_eq!(limit.read(&written), Ok(Limits::default().get(*limit)), "{limit:?}");
            assert_eq!(Limit::named(limit.name()), Some(*limit));
            assert!(!limit.meaning().ends_with('.') && !limit.reason().ends_with('.'));
        }
    }

    #[test]
    fn a_value_that_a_limit_may_not_have_is_refused_with_the_range() {
        assert_eq!(Limit::PatternSize.read("17MiB"), Err("it must lie between 1B and 16MiB".to_owned()));
        assert_eq!(Limit::Steps.read("0"), Err("it must lie between 1 and 4000000000".to_owned()));
    }

    #[test]
    fn moving_one_limit_leaves_the_others() {
        let mut limits = Limits::default();
        limits.set(Limit::Steps, 7);
        assert_eq!((limits.steps, limits.get(Limit::Steps)), (7, 7));
        assert_eq!(Limits { steps: Limits::default().steps, ..limits }, Limits::default());
        assert_eq!(limits.told(Limit::Steps), "the limit is 7 steps, and `--limit-steps` moves it");
    }
}
