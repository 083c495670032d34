//! Tests of what stands in a field: `lead.title contains "VP"`, `lead.tags contains "vip"`. Each is a question of its own,
//! but an index answers all that are asked of a field at once; see [`Scale::Holding`](vm::program::index::Scale).

use std::collections::HashMap;

use semantics::typed::{Expr, ExprKind};
use values::Value;

use super::questions::{Questions, SubjectId};
use super::subject::label;

/// The needles that are looked for in a field.
pub(super) struct Held {
    pub(super) field: Expr,
    /// Whether case matters.
    pub(super) exact: bool,
    /// Each needle with the subjects of the tests that look for it, in whatever case they write it.
    pub(super) needles: Vec<(Value, Vec<SubjectId>)>,
}

/// The subjects that are tests of what stands in a field, field by field.
pub(super) fn held(questions: &Questions) -> Vec<Held> {
    let (mut fields, mut needles) = (HashMap::new(), HashMap::new());
    let mut all: Vec<Held> = Vec::new();
    for (id, subject) in questions.subjects() {
        let Some((field, needle, exact)) = needle_of(&subject.operand) else { continue };
        let place = *fields.entry((field, exact)).or_insert(all.len());
        if place == all.len() {
            all.push(Held { field: field.clone(), exact, needles: Vec::new() });
        }
        let Some(held) = all.get_mut(place) else { continue };
        let needle = label(needle, exact);
        let known = *needles.entry((place, needle.clone())).or_insert(held.needles.len());
        match held.needles.get_mut(known) {
            Some((_, subjects)) => subjects.push(id),
            None => held.needles.push((needle, vec![id])),
        }
    }
    all
}

/// What a test looks for, and in which field. An empty text stands everywhere, so it is none.
fn needle_of(test: &Expr) -> Option<(&Expr, &Value, bool)> {
    let ExprKind::Call { builtin, arguments } = &test.kind else { return None };
    let exact = match builtin.row().key {
        "contains" | "list contains" => false,
        "contains exact" | "list contains exact" => true,
        _ => return None,
    };
    match arguments.as_slice() {
        [
            field @ Expr { kind: ExprKind::Field(_), .. },
            Expr { kind: ExprKind::Constant(needle @ Value::Text(text)), .. },
        ] if !text.is_empty() => Some((field, needle, exact)),
        _ => None,
    }
}
