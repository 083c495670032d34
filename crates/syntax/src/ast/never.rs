//! Guards of the whole rulebook.

use super::{Expr, Name, Path, Quoted, Span, Target};

/// `never send email when lead.opted_out`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Never {
    /// The effects that it is about.
    pub effect: Blocked,
    /// When they are not performed.
    pub condition: Expr,
    /// Where `never` stands.
    pub span: Span,
}

/// The effects that a guard is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Blocked {
    /// Which.
    pub kind: BlockedKind,
    /// From the verb to the last word.
    pub span: Span,
}

/// Effects by their verb; all of them, or those of what is named behind it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BlockedKind {
    /// `assign`, `assign queue triage`
    Assign(Option<Target>),
    /// `leave unassigned`
    LeaveUnassigned,
    /// `keep owner`
    KeepOwner,
    /// `set`, `set lead.stage`
    Set(Option<Path>),
    /// `clear`, `clear lead.owner`
    Clear(Option<Path>),
    /// `add`, `add to lead.tags`
    Add(Option<Path>),
    /// `remove`, `remove from lead.tags`
    Remove(Option<Path>),
    /// `create task`
    Task,
    /// `notify`
    Notify,
    /// `send email`, `send email "welcome"`
    Email(Option<Quoted>),
    /// `call`, `call erp`
    Call(Option<Name>),
    /// `start`, `start fulfilment`
    Start(Option<Name>),
    /// `accept`
    Accept,
    /// `reject`
    Reject,
    /// Nothing that could be read as an effect.
    Error,
}
