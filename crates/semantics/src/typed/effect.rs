//! What rules do, and who receives it.

use values::Text;

use super::{Expr, TargetKind};

/// What an effect does, names bound.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Gives the record to someone.
    Assign {
        /// Whom.
        target: Recipient,
        /// How a member of a team is chosen.
        by: Option<Selection>,
        /// The deadline.
        within: Option<Deadline>,
    },
    /// Settles that nobody gets the record.
    LeaveUnassigned,
    /// Settles that the owner stays.
    KeepOwner,
    /// Writes a stored field; a missing value clears it.
    Set {
        /// The field as rules write it: `company.industry`.
        field: Text,
        /// Its new value; the constant `Missing` for `clear`.
        value: Expr,
    },
    /// Adds a value to a stored list.
    Add {
        /// The list.
        field: Text,
        /// The value.
        value: Expr,
    },
    /// Removes a value from a stored list.
    Remove {
        /// The list.
        field: Text,
        /// The value.
        value: Expr,
    },
    /// Creates a task.
    Task {
        /// What is to be done.
        text: Expr,
        /// Whose task it is.
        owner: Option<Recipient>,
        /// Until when: an expression of type `DateTime` (`within D` has become `now + D`).
        due: Option<Expr>,
    },
    /// Tells somebody.
    Notify {
        /// Whom.
        to: Vec<Recipient>,
        /// What.
        text: Expr,
    },
    /// Sends an email from a template.
    Email {
        /// The template's name.
        template: Expr,
        /// The recipients.
        to: Vec<Recipient>,
        /// The recipients of a copy.
        cc: Vec<Recipient>,
        /// The sender.
        from: Option<Recipient>,
        /// Where answers go.
        reply_to: Option<Recipient>,
        /// Values for the template, in written order.
        with: Vec<(Text, Expr)>,
    },
    /// Calls an integration.
    Call {
        /// Its name.
        integration: Text,
        /// What it is given, in written order.
        with: Vec<(Text, Expr)>,
    },
    /// Accepts the record.
    Accept,
    /// Rejects the record.
    Reject {
        /// The field at fault, as rules write it.
        field: Option<Text>,
        /// Why.
        reason: Expr,
    },
    /// Starts a workflow.
    Start {
        /// Its name.
        workflow: Text,
    },
    /// No later rule of the set fires.
    Stop,
}

/// Who receives something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Recipient {
    /// A declared target, by its place in [`Rulebook::targets`].
    Declared(u32),
    /// A name that no declaration knows, in a rulebook that declares no targets.
    Undeclared {
        /// The kind word, when written.
        kind: Option<TargetKind>,
        /// The name.
        name: Text,
    },
    /// Whoever this verdict assigns the record to.
    Assignee,
    /// A computed name or address.
    Computed {
        /// The kind, when the word is written or the type tells.
        kind: Option<TargetKind>,
        /// A textual expression.
        value: Expr,
        /// For messages: the expression as written.
        written: Text,
    },
}

/// How a member of a team is chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Selection {
    /// One after the other.
    RoundRobin,
    /// Whoever has least, with what each begins with.
    LeastLoaded(Option<Loads>),
    /// By a stable hash of a value.
    HashOf(Expr),
}

/// A column that tells what each member of a team has already, by their address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Loads {
    /// The table.
    pub reference: Text,
    /// The column, which holds whole numbers from 0 on.
    pub column: Text,
}

/// A deadline with what happens when it passes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deadline {
    /// An expression of type `DateTime`: now plus the written duration.
    pub due: Expr,
    /// Who is told then.
    pub escalate: Option<Box<Escalation>>,
}

/// Who is told when a deadline passes. Their own deadline counts from the one before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Escalation {
    /// Who.
    pub target: Recipient,
    /// Until when they have to act, and what happens then.
    pub within: Option<Deadline>,
}
