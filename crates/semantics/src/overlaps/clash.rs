//! Effects for which one record has room only once.

use values::Text;

use crate::typed::Effect;

/// What the effects of two rules decide differently, if anything: `the assignment`, `stage`.
pub(super) fn clash(some: &[Effect], others: &[Effect]) -> Option<String> {
    some.iter().find_map(|one| others.iter().find_map(|other| one_clash(one, other)))
}

fn one_clash(one: &Effect, other: &Effect) -> Option<String> {
    match (one, other) {
        _ if one == other => None,
        _ if assigns(one) && assigns(other) => Some("the assignment".to_owned()),
        (Effect::Set { field, .. }, Effect::Set { field: again, .. }) if field == again => Some(format!("`{field}`")),
        (Effect::Add { field, value }, Effect::Remove { field: again, value: same })
        | (Effect::Remove { field, value }, Effect::Add { field: again, value: same })
            if field == again && value == same =>
        {
            Some(format!("`{field}`"))
        }
        _ => None,
    }
}

const fn assigns(effect: &Effect) -> bool {
    matches!(effect, Effect::Assign { .. } | Effect::LeaveUnassigned | Effect::KeepOwner)
}

/// The fields that effects write.
pub(super) fn written(effects: &[Effect]) -> impl Iterator<Item = &Text> {
    effects.iter().filter_map(|effect| match effect {
        Effect::Set { field, .. } | Effect::Add { field, .. } | Effect::Remove { field, .. } => Some(field),
        _ => None,
    })
}
