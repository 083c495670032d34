//! What effects are called in a verdict.

use values::Value;

use super::Effect;

impl Effect<Value> {
    /// Its verb, with the field for what writes one: `assign`, `set stage`, `create task`.
    pub fn verb(&self) -> String {
        match self {
            Self::Assign { .. } => "assign".to_owned(),
            Self::LeaveUnassigned => "leave unassigned".to_owned(),
            Self::KeepOwner => "keep owner".to_owned(),
            Self::Set { field, .. } => format!("set {field}"),
            Self::Add { field, .. } => format!("add to {field}"),
            Self::Remove { field, .. } => format!("remove from {field}"),
            Self::Task { .. } => "create task".to_owned(),
            Self::Notify { .. } => "notify".to_owned(),
            Self::Email { .. } => "send email".to_owned(),
            Self::Call { integration, .. } => format!("call {integration}"),
            Self::Accept => "accept".to_owned(),
            Self::Reject { .. } => "reject".to_owned(),
            Self::Start { workflow } => format!("start {workflow}"),
        }
    }
}
