//! Rules that get into each other's way: what two rules decide differently, and what one reads while another writes it.
//!
//! Asked of the whole rulebook, once nothing else is wrong with it. Start at [`overlaps`]; whether two rules can fire
//! for one record is told by `overlaps/together.rs`.

mod candidates;
mod clash;
mod together;
mod ways;

use diagnostics::Severity;
use diagnostics::problems::{ConditionProblem, SetProblem, Unexamined};
use syntax::ast::Policy;
use values::Text;

use crate::check::check;
use crate::db::{Db, Item, ItemSpan, SourceFile};
use crate::findings::basic_error;
use crate::found::Found;
use crate::rulebook::{Laid, laid_out, rulebook};
use crate::sets::words_of;
use crate::typed::{Decision, Effect, Expr, Rule, RuleSet, Trigger};
use clash::{clash, written};
use together::{Together, together};

/// How many pairs of rules are looked at for each record type, so that the time stays bounded.
const MOST_PAIRS: usize = 20_000;

/// What is wrong with rules beside each other, each at the later of the two.
#[salsa::tracked]
pub fn overlaps(db: &dyn Db) -> Vec<(Item<'_>, Found<'_>)> {
    if *basic_error(db) {
        return Vec::new();
    }
    let mut all = Vec::new();
    for decision in &rulebook(db).decisions {
        if let Some(items) = laid_out(db).get(&*decision.record) {
            let mut search = Search { db, decision, items, pairs: 0, found: Vec::new() };
            search.sets();
            all.extend(search.found);
        }
    }
    all
}

/// What is wrong with the rules of one file beside others: the firewall between a file and all overlaps.
#[salsa::tracked]
pub fn file_overlaps(db: &dyn Db, file: SourceFile) -> Vec<(Item<'_>, Found<'_>)> {
    overlaps(db).iter().filter(|(item, _)| item.file(db) == file).cloned().collect()
}

/// Whether any of it keeps the rulebook from running.
#[salsa::tracked]
pub fn any_forbidden_overlap(db: &dyn Db) -> bool {
    overlaps(db).iter().any(|(_, found)| found.problem.severity() == Severity::Error)
}

/// A rule or `otherwise`.
struct Actor<'a, 'db> {
    item: Item<'db>,
    name: &'a str,
    set: &'a RuleSet,
    /// Its own condition; none for an `otherwise`.
    condition: Option<&'a Expr>,
    /// The rules that must not have fired before it.
    passed: &'a [Rule],
    effects: &'a [Effect],
}

impl<'a> Actor<'a, '_> {
    /// All that must hold, or not, for it to fire.
    fn conditions(&self) -> impl Iterator<Item = (&'a Expr, bool)> {
        let guard = self.set.guard.iter().flat_map(|guard| guard.in_force.iter().chain(&guard.condition));
        let wanted = guard.chain(self.condition).map(|condition| (condition, true));
        wanted.chain(self.passed.iter().map(|earlier| (&earlier.condition, false)))
    }
}

struct Search<'a, 'db> {
    db: &'db dyn Db,
    decision: &'a Decision,
    items: &'a [Laid<'db>],
    pairs: usize,
    found: Vec<(Item<'db>, Found<'db>)>,
}

impl<'a, 'db> Search<'a, 'db> {
    fn sets(&mut self) {
        let sets: Vec<Vec<Actor<'a, 'db>>> =
            self.decision.sets.iter().zip(self.items).map(|(set, items)| actors(set, items)).collect();
        for (place, (set, actors)) in (0_u32..).zip(self.decision.sets.iter().zip(&sets)) {
            self.within(set, actors);
            let earlier = (0_u32..).zip(self.decision.sets.iter().zip(&sets)).take(place as usize);
            for (number, (_, others)) in earlier.filter(|(_, (other, _))| meet(&set.trigger, &other.trigger)) {
                self.old_links(others, actors);
                if !set.sees.contains(&number) {
                    self.beside(others, actors);
                    self.reads(others, actors);
                    self.reads(actors, others);
                    self.old_links(actors, others);
                }
            }
        }
    }

    /// Rules of one set: under `all matches` the earlier wins, under `unique match` there may be only one. Of what is wrong
    /// with a rule one thing is told: the first that a record shows, else the first.
    fn within(&mut self, set: &RuleSet, actors: &[Actor<'a, 'db>]) {
        let rules = actors.get(..set.rules.len()).unwrap_or_default();
        for (place, later) in rules.iter().enumerate() {
            let mut told = None;
            for earlier in rules.iter().take(place) {
                let problem = match set.policy {
                    Policy::First => None,
                    Policy::Unique => self.both_match(earlier, later),
                    Policy::All => self.overlap(earlier, later),
                };
                let Some(problem) = problem else { continue };
                if !matches!(problem, SetProblem::SeveralMatch { witness: None, .. }) {
                    told = Some((earlier, problem));
                    break;
                }
                told.get_or_insert((earlier, problem));
            }
            if let Some((earlier, problem)) = told {
                self.report(earlier, later, problem);
            }
        }
    }

    fn both_match(&mut self, earlier: &Actor<'a, 'db>, later: &Actor<'a, 'db>) -> Option<SetProblem> {
        let other = earlier.name.to_owned();
        match self.together(earlier, later) {
            Together::Never => None,
            Together::Perhaps => Some(SetProblem::SeveralMatch { other, witness: None }),
            Together::Shown(witness) => Some(SetProblem::SeveralMatch { other, witness: Some(witness) }),
        }
    }

    fn overlap(&mut self, earlier: &Actor<'a, 'db>, later: &Actor<'a, 'db>) -> Option<SetProblem> {
        let what = clash(earlier.effects, later.effects)?;
        if earlier.effects.contains(&Effect::Stop) {
            return None;
        }
        match self.together(earlier, later) {
            Together::Shown(witness) => Some(SetProblem::Overlap { what, other: earlier.name.to_owned(), witness }),
            Together::Never | Together::Perhaps => None,
        }
    }

    /// Rules of two sets of which nobody says which comes first.
    fn beside(&mut self, earlier: &[Actor<'a, 'db>], later: &[Actor<'a, 'db>]) {
        for rule in later {
            for other in earlier {
                let Some(what) = clash(other.effects, rule.effects) else { continue };
                let witness = match self.together(other, rule) {
                    Together::Never => continue,
                    Together::Perhaps => None,
                    Together::Shown(witness) => Some(witness),
                };
                let (set, other_name) = (other.set.name.to_string(), other.name.to_owned());
                self.report(other, rule, SetProblem::Conflict { what, other: other_name, set, witness });
                break;
            }
        }
    }

    /// Rules that read a field which a set writes that theirs does not come after.
    fn reads(&mut self, writers: &[Actor<'a, 'db>], readers: &[Actor<'a, 'db>]) {
        let writes: Vec<_> =
            writers.iter().flat_map(|writer| written(writer.effects).map(move |field| (writer, field))).collect();
        if writes.is_empty() {
            return;
        }
        for reader in readers {
            let read = &check(self.db, reader.item).symbols.fields;
            if let Some((writer, field)) = writes.iter().find(|(_, field)| read.contains(field)) {
                let field = format!("{}.{field}", self.decision.record);
                let problem = SetProblem::UnorderedRead { field, set: writer.set.name.to_string() };
                self.report(writer, reader, problem);
            }
        }
    }

    /// Rules that read through a reference whose key another set writes: the other record was looked up before any set ran.
    fn old_links(&mut self, writers: &[Actor<'a, 'db>], readers: &[Actor<'a, 'db>]) {
        let keys = self.decision.fields.iter().filter_map(|field| Some((&field.name, &field.link.as_ref()?.by)));
        for (reference, by) in keys {
            let leads_through = |field: &Text| {
                field.strip_prefix(reference.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
            };
            let Some(writer) = writers.iter().find(|writer| written(writer.effects).any(|field| field == by)) else {
                continue;
            };
            for reader in readers {
                if check(self.db, reader.item).symbols.fields.iter().any(leads_through) {
                    let name = |field: &Text| format!("{}.{field}", self.decision.record);
                    let set = writer.set.name.to_string();
                    let problem = SetProblem::OldLink { reference: name(reference), key: name(by), set };
                    self.report(writer, reader, problem);
                }
            }
        }
    }

    fn together(&mut self, earlier: &Actor<'a, 'db>, later: &Actor<'a, 'db>) -> Together {
        self.pairs += 1;
        if self.pairs > MOST_PAIRS {
            if self.pairs == MOST_PAIRS + 1
                && let Some(at) = words_of(self.db, later.item)
            {
                let problem = ConditionProblem::NotExamined(Unexamined::Pairs(MOST_PAIRS));
                self.found.push((later.item, Found::new(problem, at)));
            }
            return Together::Never; // Not looked at.
        }
        // No question is asked of the database here, and an edit must not wait for all pairs.
        self.db.unwind_if_revision_cancelled();
        let conditions: Vec<_> = earlier.conditions().chain(later.conditions()).collect();
        together(&conditions, self.decision)
    }

    fn report(&mut self, first: &Actor<'a, 'db>, second: &Actor<'a, 'db>, problem: SetProblem) {
        let (Some(at), Some(other)) = (words_of(self.db, second.item), words_of(self.db, first.item)) else { return };
        let label = problem.related();
        let found = Found::new(problem, at).and(ItemSpan { item: first.item, span: other }, label);
        self.found.push((second.item, found));
    }
}

/// The rules of a set in written order, then its `otherwise`.
fn actors<'a, 'db>(set: &'a RuleSet, items: &Laid<'db>) -> Vec<Actor<'a, 'db>> {
    let mut actors = Vec::new();
    for (place, (rule, item)) in set.rules.iter().zip(&items.rules).enumerate() {
        let passed = if set.policy == Policy::First { set.rules.get(..place).unwrap_or_default() } else { &[] };
        let (condition, effects) = (Some(&rule.condition), rule.effects.as_slice());
        actors.push(Actor { item: *item, name: &rule.name, set, condition, passed, effects });
    }
    if let (Some(otherwise), Some(item)) = (&set.otherwise, items.otherwise) {
        let (passed, effects) = (set.rules.as_slice(), otherwise.effects.as_slice());
        actors.push(Actor { item, name: "otherwise", set, condition: None, passed, effects });
    }
    actors
}

/// Whether two sets can run in one evaluation.
fn meet(one: &Trigger, other: &Trigger) -> bool {
    match (one, other) {
        (Trigger::Events(some), Trigger::Events(others)) => some.iter().any(|event| others.contains(event)),
        _ => true,
    }
}
