//! What lists that are gone through become: a loop each, whose code runs once for each item and stands by itself behind
//! all other code.

use std::collections::HashMap;

use semantics::typed::{self, Expr};
use vm::instruction::Instruction;
use vm::program::{Fold, Loop};

use super::Emitter;

/// The loops so far, equal ones once.
#[derive(Default)]
pub(super) struct Loops {
    drafts: Vec<Draft>,
    places: HashMap<Draft, u32>,
    done: Vec<Loop>,
    /// In how many loops the code that is being written runs.
    depth: u32,
}

/// A loop whose code is still to be written.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Draft {
    fold: typed::Fold,
    depth: u32,
    filter: Option<Expr>,
    item: Option<Expr>,
}

impl Loops {
    pub(super) fn done(self) -> Vec<Loop> {
        self.done
    }

    /// Whether code is being written that runs in a loop.
    pub(super) fn are_running(&self) -> bool {
        self.depth > 0
    }

    fn place(&mut self, draft: Draft) -> u32 {
        let next = u32::try_from(self.drafts.len()).unwrap_or(u32::MAX);
        let place = *self.places.entry(draft.clone()).or_insert(next);
        if place == next {
            self.drafts.push(draft);
        }
        place
    }
}

impl Emitter<'_> {
    /// `list → value`
    pub(super) fn run_loop(&mut self, fold: typed::Fold, filter: Option<&Expr>, item: Option<&Expr>) {
        let (filter, item) = (filter.cloned(), item.cloned());
        let place = self.loops.place(Draft { fold, depth: self.loops.depth, filter, item });
        self.code.push(Instruction::Loop(place));
    }

    /// `→ value`: an item or a field of it. Items lie in frames that are counted from the innermost loop outwards.
    pub(super) fn element(&mut self, level: u32, field: Option<u32>) {
        let up = self.loops.depth.saturating_sub(level + 1);
        let up = u8::try_from(up).unwrap_or(u8::MAX);
        self.code.push(match field {
            Some(field) => Instruction::Element(up, 0, field), // Which items they are is filled in by `lay_out`.
            None => Instruction::Item(up),
        });
    }

    /// The code of all loops, which may bring in others.
    pub(super) fn bodies(&mut self) {
        while let Some(draft) = self.loops.drafts.get(self.loops.done.len()).cloned() {
            self.loops.depth = draft.depth + 1;
            let filter = draft.filter.map(|filter| self.body(|emitter| emitter.condition(&filter)));
            let item = draft.item.map(|item| self.body(|emitter| emitter.value(&item)));
            let depth = u8::try_from(draft.depth).unwrap_or(u8::MAX);
            self.loops.done.push(Loop { fold: fold(draft.fold), depth, filter, item });
        }
    }

    fn body(&mut self, write: impl FnOnce(&mut Self)) -> u32 {
        let entry = self.code.here();
        write(self);
        self.code.push(Instruction::Return);
        entry
    }
}

fn fold(fold: typed::Fold) -> Fold {
    match fold {
        typed::Fold::Any => Fold::Any,
        typed::Fold::Count => Fold::Count,
        typed::Fold::First => Fold::First,
        typed::Fold::Gather => Fold::Gather,
    }
}
