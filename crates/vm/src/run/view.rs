//! Views of the record: as it came, as it was before the event, and as later sets see it.
//!
//! ```text
//! view 0   the record as it came                 sets that see no writes
//! view 1   the record before the event           what `previous` looks at
//! view 2…  view 0 with the writes of some sets   sets `after` those
//! ```
//! Derived values and guards are remembered for each view. A set gets a view of its own only where a set that it sees has
//! written something that code reads; sets that see the same writes share one.

use std::collections::BTreeSet;

use values::{FaultCode, Type, Value, compare};

use super::{Memo, Mode, Run};
use crate::effect::Effect;
use crate::program::{Decision, RuleSet};
use crate::verdict::Fault;

/// The record as it came.
pub(super) const RECORD: usize = 0;
/// The record as it was before the event.
pub(super) const BEFORE: usize = 1;

/// What is known of one view.
#[derive(Debug, Default)]
pub(crate) struct View {
    /// The sets whose writes it shows, in ascending order.
    writers: Vec<u32>,
    /// Its values, where they are not the record's own.
    values: Vec<Value>,
    /// The derived values, once asked for; with known truth and with unknown truth.
    known: Memo,
    unknown: Memo,
    /// Whether each of the decision's guards holds, once asked for.
    guards: Vec<Option<bool>>,
}

impl View {
    fn forget(&mut self, decision: &Decision) {
        renew(&mut self.known, decision.definitions.len());
        renew(&mut self.unknown, decision.definitions.len());
        renew(&mut self.guards, decision.guards.len());
    }
}

/// Makes nothing known of so many things.
#[inline]
fn renew<T: Clone>(remembered: &mut Vec<Option<T>>, count: usize) {
    if count > 0 || !remembered.is_empty() {
        remembered.clear();
        remembered.resize(count, None);
    }
}

/// Makes room for a new record.
pub(super) fn forget(views: &mut Vec<View>, decision: &Decision) {
    views.truncate(BEFORE + 1);
    views.resize_with(BEFORE + 1, View::default);
    views.iter_mut().for_each(|view| view.forget(decision));
}

/// A write that later sets see.
#[derive(Debug)]
pub(crate) struct Write {
    /// The set that wrote.
    set: u32,
    /// The effect, by its place in the decision.
    effect: u32,
    change: Change,
}

#[derive(Debug)]
pub(super) enum Change {
    Put(Value),
    Add(Value),
    Remove(Value),
}

/// Which fields effects write, as far as code reads them and a later set sees them.
#[derive(Debug)]
pub(crate) struct Writes {
    /// For each effect, what it writes.
    written: Vec<Written>,
    /// The sets whose writes another sees.
    seen: BTreeSet<u32>,
}

/// What an effect writes, as far as code reads it: all by their places in the decision.
#[derive(Debug, Default)]
struct Written {
    /// The field.
    field: Option<u32>,
    /// The nested records around it, which are there when something in them is.
    around: Vec<u32>,
}

impl Writes {
    pub(crate) fn new(decision: &Decision) -> Self {
        let holds = |outer: &str, inner: &str| inner.strip_prefix(outer).is_some_and(|rest| rest.starts_with('.'));
        let fields = || (0..).zip(&decision.fields);
        let written = |effect: &Effect<_>| match effect {
            Effect::Set { field: name, .. } | Effect::Add { field: name, .. } | Effect::Remove { field: name, .. } => {
                let around = fields().filter(|(_, field)| holds(&field.name, name));
                Written {
                    field: fields().find(|(_, field)| field.name == *name).map(|(place, _)| place),
                    around: around.map(|(place, _)| place).collect(),
                }
            }
            _ => Written::default(),
        };
        let seen: BTreeSet<u32> = decision.sets.iter().flat_map(|set| set.sees.iter().copied()).collect();
        Self { written: decision.effects.iter().map(written).collect(), seen }
    }
}

impl Run<'_> {
    /// The values of the view that code reads from at this moment.
    pub(super) fn values(&self) -> &[Value] {
        match self.view {
            RECORD => &self.record.values,
            BEFORE => self.record.before.as_deref().unwrap_or_default(),
            view => self.memory.views.get(view).map_or(&[], |view| &view.values),
        }
    }

    /// What is true may differ between the modes, so each remembers for itself.
    pub(super) fn memo(&mut self) -> Option<&mut Memo> {
        let mode = self.mode;
        let view = self.memory.views.get_mut(self.view)?;
        Some(match mode {
            Mode::Known => &mut view.known,
            Mode::Unknown => &mut view.unknown,
        })
    }

    /// Forgets what derived values are with unknown truth, which depends on the choices that are taken.
    pub(super) fn forget_unknown(&mut self) {
        for view in &mut self.memory.views {
            view.unknown.iter_mut().for_each(|remembered| *remembered = None);
        }
    }

    /// Looks at the record as a set sees it.
    pub(super) fn look(&mut self, view: usize) {
        self.ground = view;
        self.view = view;
    }

    /// The view of a set: a new one only where a set that it sees has written.
    pub(super) fn view_of(&mut self, set: &RuleSet) -> Result<usize, FaultCode> {
        let writes = &self.memory.writes;
        let wrote = |set: &&u32| writes.iter().any(|write| write.set == **set);
        let writers: Vec<u32> = set.sees.iter().filter(wrote).copied().collect();
        if writers.is_empty() {
            return Ok(RECORD);
        }
        match self.memory.views.iter().position(|view| view.writers == writers) {
            Some(known) => Ok(known),
            None => self.new_view(writers),
        }
    }

    /// A view takes steps, for it takes memory.
    fn new_view(&mut self, writers: Vec<u32>) -> Result<usize, FaultCode> {
        self.spend(self.record.values.len() + 2 * self.decision.definitions.len() + self.decision.guards.len())?;
        let mut values = self.record.values.clone();
        for write in self.memory.writes.iter().filter(|write| writers.contains(&write.set)) {
            self.apply(write, &mut values);
        }
        let mut view = View { writers, values, ..View::default() };
        view.forget(self.decision);
        self.memory.views.push(view);
        Ok(self.memory.views.len() - 1)
    }

    /// What one write makes of the values. A field that is cleared counts as its default from then on.
    fn apply(&self, write: &Write, values: &mut [Value]) {
        let Some(written) = self.prepared.writes.written.get(write.effect as usize) else { return };
        let place = written.field.map(|place| place as usize);
        let field = place.and_then(|place| self.decision.fields.get(place));
        let exact = field.is_some_and(|field| matches!(&field.ty, Type::List(member) if member.is_exact()));
        let old = place.and_then(|place| values.get(place)).unwrap_or(&Value::Missing);
        let mut new = match &write.change {
            Change::Put(new) => new.clone(),
            Change::Add(member) => with_member(old, member, exact),
            Change::Remove(member) => without_member(old, member, exact),
        };
        if let (true, Some(default)) = (new.is_missing(), field.and_then(|field| field.default.as_ref())) {
            new = default.clone();
        }
        if !new.is_missing() {
            for outer in &written.around {
                if let Some(outer) = values.get_mut(*outer as usize) {
                    *outer = Value::Truth(true);
                }
            }
        }
        if let Some(value) = place.and_then(|place| values.get_mut(place)) {
            *value = new;
        }
    }

    /// What later sets will see of an effect; nothing if none of them looks.
    pub(super) fn change(&self, index: u32, effect: &Effect<Value>) -> Option<Write> {
        let writes = &self.prepared.writes;
        let written = writes.written.get(index as usize)?;
        let is_read = written.field.is_some() || !written.around.is_empty();
        if !is_read || !writes.seen.contains(&self.set) {
            return None;
        }
        let change = match effect {
            Effect::Set { value, .. } => Change::Put(value.clone()),
            Effect::Add { value, .. } => Change::Add(value.clone()),
            Effect::Remove { value, .. } => Change::Remove(value.clone()),
            _ => return None,
        };
        Some(Write { set: self.set, effect: index, change })
    }

    /// Whether one of the decision's guards holds on the record as it is seen here.
    pub(super) fn guard_holds(&mut self, guard: u32, condition: u32) -> Result<bool, Fault> {
        let memory = |run: &Self| run.memory.views.get(run.view)?.guards.get(guard as usize).copied()?;
        if let Some(known) = memory(self) {
            return Ok(known);
        }
        let holds = self.evaluate(condition)?.holds();
        let view = self.view;
        let slot = self.memory.views.get_mut(view).and_then(|view| view.guards.get_mut(guard as usize));
        if let Some(slot) = slot {
            *slot = Some(holds);
        }
        Ok(holds)
    }
}

/// A list with one member more, unless it holds that member already.
fn with_member(list: &Value, member: &Value, exact: bool) -> Value {
    let members: &[Value] = if let Value::List(members) = list { members } else { &[] };
    if member.is_missing() || members.iter().any(|known| compare::equal(known, member, exact)) {
        return list.clone();
    }
    Value::List(members.iter().chain([member]).cloned().collect())
}

/// A list without a member.
fn without_member(list: &Value, member: &Value, exact: bool) -> Value {
    match list {
        Value::List(members) => {
            Value::List(members.iter().filter(|known| !compare::equal(known, member, exact)).cloned().collect())
        }
        other => other.clone(),
    }
}
