//! What rules do.

use super::{Expr, Name, Path, Span, TargetKind};

/// One effect and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Effect {
    /// What it does.
    pub kind: EffectKind,
    /// From its verb to its last word.
    pub span: Span,
}

/// What an effect does. All are data in the verdict; none acts on the world.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EffectKind {
    /// `assign team sales by round robin within 4h else escalate to director`
    Assign {
        /// Who gets the record.
        target: Target,
        /// How a member of a team is chosen.
        by: Option<Selection>,
        /// The deadline and who is told when it passes.
        within: Option<Deadline>,
    },
    /// `leave unassigned`
    LeaveUnassigned,
    /// `keep owner`
    KeepOwner,
    /// `set lead.stage = "working"`
    Set {
        /// The stored field.
        field: Path,
        /// Its new value.
        value: Expr,
    },
    /// `clear lead.stage`
    Clear {
        /// The stored field.
        field: Path,
    },
    /// `add "vip" to lead.tags`
    Add {
        /// The value to add.
        value: Expr,
        /// The stored list.
        field: Path,
    },
    /// `remove "vip" from lead.tags`
    Remove {
        /// The value to remove.
        value: Expr,
        /// The stored list.
        field: Path,
    },
    /// `create task "Call" for lead.owner within 2d`, `… due 3d before lead.close_date`
    Task {
        /// What is to be done.
        text: Expr,
        /// Whose task it is.
        owner: Option<Target>,
        /// Until when.
        due: Option<Due>,
    },
    /// `notify assignee, director "…"`
    Notify {
        /// Who is told.
        to: Vec<Target>,
        /// What they are told.
        text: Expr,
    },
    /// `send email "template" to … cc … from … reply to … with { … }`
    Email {
        /// The template's name.
        template: Expr,
        /// The recipients.
        to: Vec<Target>,
        /// The recipients of a copy.
        cc: Vec<Target>,
        /// The sender.
        from: Option<Target>,
        /// Where answers go.
        reply_to: Option<Target>,
        /// Values for the template.
        with: Vec<Argument>,
    },
    /// `call erp with { id: lead.id }`
    Call {
        /// The integration, a name of its own namespace.
        integration: Name,
        /// What it is given.
        with: Vec<Argument>,
    },
    /// `accept`
    Accept,
    /// `reject order.quantity "out of stock"`
    Reject {
        /// The field that is at fault.
        field: Option<Path>,
        /// Why.
        reason: Expr,
    },
    /// `start fulfilment`
    Start {
        /// The workflow, a name of its own namespace.
        workflow: Name,
    },
    /// `stop`: no later rule of the set fires. Always the last effect.
    Stop,
    /// Nothing that could be read as an effect.
    Error,
}

/// `id: lead.id` inside `with { … }`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Argument {
    /// The key.
    pub name: Name,
    /// The value.
    pub value: Expr,
}

/// How a member of a team is chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Selection {
    /// `by round robin`
    RoundRobin,
    /// `by least loaded`, `by least loaded from open_cases.open`: the table that tells what each member begins with, and
    /// perhaps its column.
    LeastLoaded(Option<Path>),
    /// `by hash of E`
    HashOf(Expr),
}

/// `within 4h else escalate to director within 1d else …`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deadline {
    /// How long from now.
    pub within: Expr,
    /// Who is told when it passes, with a deadline of their own.
    pub escalate: Option<Box<Escalation>>,
}

/// `else escalate to director within 1d`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Escalation {
    /// Who is told.
    pub target: Target,
    /// Their own deadline.
    pub within: Option<Deadline>,
}

/// Until when a task is due.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Due {
    /// `within 2d`
    Within(Expr),
    /// `due 3d before lead.close_date`
    Before {
        /// How long before.
        distance: Expr,
        /// Before what.
        instant: Expr,
    },
}

/// Where a target stands: `team sales`, `sales`, `assignee`, `lead.owner`, `"ana@example.com"`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// The kind word, when written.
    pub kind: Option<TargetKind>,
    /// Who.
    pub who: Who,
    /// From the kind word to the last word.
    pub span: Span,
}

/// Who a target is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Who {
    /// A bare name: a declared team, queue or user.
    Name(Name),
    /// `assignee`: whoever this verdict assigns the record to.
    Assignee,
    /// Anything else: an address in quotes, a path, an expression in brackets.
    Expr(Expr),
}
