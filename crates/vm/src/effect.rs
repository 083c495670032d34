//! What a rule does, as data. The same shape holds [`Operand`]s in a program and [`Value`](values::Value)s in a verdict.

mod map;
mod recipients;
mod verb;

use serde::{Deserialize, Serialize};
use values::Text;

/// The place of an operand among those that an effect finds on the stack, the first pushed being 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Operand(pub u16);

/// The three kinds of target that work can be given to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum TargetKind {
    /// Several people.
    Team,
    /// A place where work waits.
    Queue,
    /// One person.
    User,
}

/// What a rule does; `V` stands where a value is computed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Effect<V> {
    /// Gives the record to someone.
    Assign {
        /// Whom.
        target: Recipient<V>,
        /// How a member of a team is chosen.
        by: Option<Selection<V>>,
        /// The deadline, an instant.
        due: Option<V>,
        /// Who is told when it passes, one after the other.
        escalations: Vec<Escalation<V>>,
    },
    /// Settles that nobody gets the record.
    LeaveUnassigned,
    /// Settles that the owner stays.
    KeepOwner,
    /// Writes a stored field; a missing value clears it.
    Set {
        /// The field as rules write it: `company.industry`.
        field: Text,
        /// Its new value.
        value: V,
    },
    /// Adds a value to a stored list.
    Add {
        /// The list.
        field: Text,
        /// The value.
        value: V,
    },
    /// Removes a value from a stored list.
    Remove {
        /// The list.
        field: Text,
        /// The value.
        value: V,
    },
    /// Creates a task.
    Task {
        /// What is to be done.
        text: V,
        /// Whose task it is.
        owner: Option<Recipient<V>>,
        /// Until when, an instant.
        due: Option<V>,
    },
    /// Tells somebody.
    Notify {
        /// Whom.
        to: Vec<Recipient<V>>,
        /// What.
        text: V,
    },
    /// Sends an email from a template.
    Email {
        /// The template's name.
        template: V,
        /// The recipients.
        to: Vec<Recipient<V>>,
        /// The recipients of a copy.
        cc: Vec<Recipient<V>>,
        /// The sender.
        from: Option<Recipient<V>>,
        /// Where answers go.
        reply_to: Option<Recipient<V>>,
        /// Values for the template, in written order.
        with: Vec<(Text, V)>,
    },
    /// Calls an integration.
    Call {
        /// Its name.
        integration: Text,
        /// What it is given, in written order.
        with: Vec<(Text, V)>,
    },
    /// Accepts the record.
    Accept,
    /// Rejects the record.
    Reject {
        /// The field at fault, as rules write it.
        field: Option<Text>,
        /// Why.
        reason: V,
    },
    /// Starts a workflow.
    Start {
        /// Its name.
        workflow: Text,
    },
}

/// Who receives something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Recipient<V> {
    /// A declared target, by its place in [`Program::targets`](crate::Program::targets).
    Declared(u32),
    /// A name that no declaration knows, in a rulebook that declares none.
    Undeclared {
        /// The kind, when written.
        kind: Option<TargetKind>,
        /// The name.
        name: Text,
    },
    /// Whoever the verdict assigns the record to.
    Assignee,
    /// A computed name or address. In a verdict it is one only where it named no declared target.
    Computed {
        /// The kind, when the word is written or the type tells.
        kind: Option<TargetKind>,
        /// The name or address.
        value: V,
        /// The expression as written, for messages.
        written: Text,
    },
}

/// How a member of a team is chosen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Selection<V> {
    /// One after the other.
    RoundRobin,
    /// Whoever has least. What each member begins with stands in a column of reference data, by their address: a place in
    /// [`Decision::lookups`](crate::program::Decision::lookups).
    LeastLoaded(Option<u32>),
    /// By a stable hash of a value.
    HashOf(V),
}

/// Who is told when a deadline passes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Escalation<V> {
    /// Who.
    pub target: Recipient<V>,
    /// Until when they have to act, an instant.
    pub due: Option<V>,
}
