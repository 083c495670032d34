//! What instructions refer to by number, each thing once.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::Arc;

use values::{Pattern, Text, Value};
use vm::effect::{Effect, Operand};
use vm::program::{Choice, Lookup};

/// The tables of a decision.
#[derive(Default)]
pub(super) struct Pool {
    pub(super) constants: Interned<Value, Value>,
    pub(super) choices: Interned<(Arc<[Value]>, bool), Choice>,
    pub(super) patterns: Interned<Pattern, Pattern>,
    pub(super) lookups: Interned<Lookup, Lookup>,
    pub(super) effects: Vec<Effect<Operand>>,
}

impl Pool {
    pub(super) fn constant(&mut self, value: &Value) -> u32 {
        self.constants.place(value, || value.clone())
    }

    pub(super) fn choice(&mut self, constants: &Arc<[Value]>, exact: bool) -> u32 {
        let key = (Arc::clone(constants), exact);
        self.choices.place(&key, || Choice { constants: Arc::clone(constants), exact })
    }

    pub(super) fn pattern(&mut self, pattern: &Pattern) -> u32 {
        self.patterns.place(pattern, || pattern.clone())
    }

    pub(super) fn lookup(&mut self, reference: &Text, column: Option<&Text>) -> u32 {
        let lookup = Lookup { reference: reference.clone(), column: column.cloned() };
        self.lookups.place(&lookup, || lookup.clone())
    }

    pub(super) fn effect(&mut self, effect: Effect<Operand>) -> u32 {
        self.effects.push(effect);
        u32::try_from(self.effects.len() - 1).unwrap_or(u32::MAX)
    }
}

/// A list without duplicates.
pub(super) struct Interned<K, T> {
    pub(super) list: Vec<T>,
    places: HashMap<K, u32>,
}

impl<K: Clone + Eq + Hash, T> Interned<K, T> {
    fn place(&mut self, key: &K, make: impl FnOnce() -> T) -> u32 {
        if let Some(place) = self.places.get(key) {
            return *place;
        }
        let place = u32::try_from(self.list.len()).unwrap_or(u32::MAX);
        self.list.push(make());
        self.places.insert(key.clone(), place);
        place
    }
}

impl<K, T> Default for Interned<K, T> {
    fn default() -> Self {
        Self { list: Vec::new(), places: HashMap::new() }
    }
}
