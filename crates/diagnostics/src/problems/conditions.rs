//! What is well typed and still not what can have been meant.

/// A problem with what a condition or effect means.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum ConditionProblem {
    /// A condition that holds for every record.
    AlwaysTrue {
        /// Why, without full stop: "`lead.name` is never missing".
        reason: String,
    },
    /// A condition that holds for no record.
    AlwaysFalse {
        /// Why.
        reason: String,
    },
    /// A range whose low end is above its high end.
    EmptyRange {
        /// The low end as written.
        low: String,
        /// The high end as written.
        high: String,
    },
    /// A negative form that also holds for records without a value (a hint).
    HoldsWhenMissing {
        /// The field that may be missing.
        field: String,
    },
    /// A target that may be missing, so that the effect is then not performed.
    TargetMayBeMissing {
        /// The expression.
        target: String,
    },
    /// A rule behind one that always holds in a `first match` set; the related place is that one.
    Unreachable {
        /// The rule that always holds.
        by: String,
    },
}
