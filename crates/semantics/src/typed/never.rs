//! What is never done.

use values::Text;

use super::{Expr, Recipient};

/// A guard of the whole rulebook: what is not done while a condition holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Never {
    /// The effects that it is about.
    pub effect: Blocked,
    /// As it is written, on one line.
    pub written: Text,
    /// File and line.
    pub at: Text,
    /// An expression of type `Truth`.
    pub condition: Expr,
}

/// The effects that a guard is about: all of a kind, or those of a field, a name or a target.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Blocked {
    /// Assignments; to a declared or undeclared target.
    Assign(Option<Recipient>),
    /// `leave unassigned`
    LeaveUnassigned,
    /// `keep owner`
    KeepOwner,
    /// Whatever gives a field another value, clearing it included.
    Set(Option<Text>),
    /// Clearing a field.
    Clear(Option<Text>),
    /// Adding to a list.
    Add(Option<Text>),
    /// Removing from a list.
    Remove(Option<Text>),
    /// Tasks.
    Task,
    /// Notifications.
    Notify,
    /// Emails, or those of a template.
    Email(Option<Text>),
    /// Calls, or those of an integration.
    Call(Option<Text>),
    /// Workflows, or this one.
    Start(Option<Text>),
    /// `accept`
    Accept,
    /// `reject`
    Reject,
}
