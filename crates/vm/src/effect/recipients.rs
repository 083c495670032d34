//! Who stands in an effect.

use super::{Effect, Recipient};

impl<V> Effect<V> {
    /// Everybody in it, in the order of its fields.
    pub fn recipients(&self) -> Vec<&Recipient<V>> {
        match self {
            Self::Assign { target, escalations, .. } => {
                std::iter::once(target).chain(escalations.iter().map(|escalation| &escalation.target)).collect()
            }
            Self::Task { owner, .. } => owner.iter().collect(),
            Self::Notify { to, .. } => to.iter().collect(),
            Self::Email { to, cc, from, reply_to, .. } => to.iter().chain(cc).chain(from).chain(reply_to).collect(),
            Self::LeaveUnassigned
            | Self::KeepOwner
            | Self::Set { .. }
            | Self::Add { .. }
            | Self::Remove { .. }
            | Self::Call { .. }
            | Self::Accept
            | Self::Reject { .. }
            | Self::Start { .. } => Vec::new(),
        }
    }
}
