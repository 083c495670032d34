//! Plans how a rule set decides.
//!
//! # What is asked next
//!
//! The tree asks what a plain reading of the rules asks, in the same order: the first undecided test of the first
//! undecided rule, left to right, top to bottom, stopping early. So a fault shows exactly where it would show then. What
//! the tree saves is asking what it knows:
//!
//! - a test is the same test in all rules (`plan/condition.rs`), and answers follow from answers (`plan/subject.rs`);
//! - a test whose answer is known is left out only if asking could not fault: because nothing in it can, or because its
//!   operand has been computed on this way already and would come out the same (`plan/facts.rs`);
//! - a test whose answer does not matter is left out if it cannot fault (`plan/formula.rs`).
//!
//! # Why it stays small
//!
//! A node is known by the rule it is at, what is left of its condition, and the facts that later questions can use. Ways
//! that agree in these share one node. Where ways still differ too much, the budget ends.
//!
//! # Where a tree is not the best
//!
//! The more rules there are, the longer are its ways. So from [`SEARCHED`] rules on, and where the budget ends, the set is
//! [searched](Node::Search): an index over what its rules ask for (`plan/index.rs`) finds those that can hold, in order, and
//! what the index does not tell of them is asked. Only where nothing can be told without a possible fault the rest of the
//! set becomes a [`Tail`](Node::Tail), which all ways share.

mod atoms;
mod condition;
mod facts;
mod formula;
mod held;
mod index;
mod labels;
mod line;
mod questions;
mod scale;
mod skips;
mod subject;
mod ways;

use std::collections::{HashMap, HashSet, VecDeque};
use std::rc::Rc;

use limits::Limits;
use semantics::typed::{Decision, Effect, Expr, Policy, RuleSet};

use self::condition::Conditions;
use self::facts::{Facts, Knowledge};
use self::formula::{FormulaId, Formulas};
use self::questions::Questions;
use self::skips::Skips;
use crate::traits::Trait;
use crate::tree::{Index, Node, NodeId, TestId, Tree};

/// Plans how a rule set of a decision decides.
pub fn plan(decision: &Decision, set: &RuleSet) -> Tree {
    plan_within(decision, set, Limits::default().tree_size)
}

/// Plans a tree of at most `size` questions and rules; what does not fit is asked rule by rule.
pub fn plan_within(decision: &Decision, set: &RuleSet, size: usize) -> Tree {
    plan_with(decision, set, |occurrences| Budget::new(occurrences, size))
}

/// Plans within the budget for a set in whose conditions so many tests stand.
pub(crate) fn plan_with(decision: &Decision, set: &RuleSet, budget: impl FnOnce(usize) -> Budget) -> Tree {
    let mut conditions = Conditions::new();
    let rules: Vec<_> = (0..).zip(&set.rules).map(|(place, rule)| conditions.read(place, &rule.condition)).collect();
    let budget = budget(conditions.occurrences);
    let Conditions { formulas, asked, .. } = conditions;
    let questions = Questions::new(&asked, &Trait::fault(&decision.definitions));
    let indexed = set.rules.len() >= budget.indexed;
    let index = indexed.then(|| index::index(decision, &rules, (&formulas, &questions), &asked)).flatten();
    let mut planner = Planner::new(set, rules, formulas, questions, budget);
    let root = if index.is_some() { planner.tree_or_search() } else { planner.tree() };
    Tree { nodes: planner.nodes, root, tests: asked.into_iter().map(|asked| asked.test).collect(), index }
}

/// An index over conditions, of which one that is none always holds; none if it would tell little: of most conditions
/// nothing.
pub(crate) fn index_of(decision: &Decision, wanted: &[Option<&Expr>]) -> Option<Index> {
    let mut conditions = Conditions::new();
    let read = |(place, condition): (u32, &Option<&Expr>)| {
        condition.map_or(Formulas::settled(true), |condition| conditions.read(place, condition))
    };
    let rules: Vec<_> = (0..).zip(wanted).map(read).collect();
    let Conditions { formulas, asked, .. } = conditions;
    let questions = Questions::new(&asked, &Trait::fault(&decision.definitions));
    let index = index::index(decision, &rules, (&formulas, &questions), &asked)?;
    let telling: HashSet<_> = index.index.dimensions.iter().flat_map(|it| &it.made_by).map(|(row, _)| row).collect();
    (telling.len() * 2 > index.index.rows.len()).then_some(index)
}

/// How many small steps of work the largest tree may take for each of its nodes.
const WORK_OF_A_NODE: u64 = 100;

/// From how many rules on an index is worth its place: it tells faster than the rules what missing values can have decided.
const INDEXED: usize = 8;

/// From how many rules on an index decides faster than a tree (see `tests/benches/README.md`).
const SEARCHED: usize = 10;

/// From how many cases on asking an index is faster than asking each.
const SIEVED: usize = 12;

/// How much a tree may cost.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Budget {
    /// How many nodes it may have, tails and ends apart.
    pub(crate) nodes: usize,
    /// How many small steps of work planning may take.
    pub(crate) work: u64,
    /// From how many rules on they get an index.
    pub(crate) indexed: usize,
    /// From how many rules on the index decides, without a tree.
    pub(crate) searched: usize,
    /// From how many cases on a derived value gets a sieve.
    pub(crate) sieved: usize,
}

impl Budget {
    /// Nothing for trees: indexes decide, however few rules there are.
    pub(crate) const SEARCH: Self = Self { nodes: 0, work: 0, indexed: 0, searched: 0, sieved: 1 };

    /// What a set is worth in whose conditions so many tests stand, if its tree may have `size` nodes.
    pub(crate) fn new(occurrences: usize, size: usize) -> Self {
        let usual = occurrences.saturating_mul(32).saturating_add(64);
        // Who allows a larger tree than usual also allows more for each test.
        let nodes = usual.max(usual.saturating_mul(size) / Limits::default().tree_size).min(size);
        // Without a plan there is nothing but the rules.
        let (indexed, sieved) = if size == 0 { (usize::MAX, usize::MAX) } else { (INDEXED, SIEVED) };
        Self { nodes, work: WORK_OF_A_NODE.saturating_mul(size as u64), indexed, searched: SEARCHED, sieved }
    }
}

/// A set that is being planned.
struct Planner<'a> {
    set: &'a RuleSet,
    conditions: Vec<FormulaId>,
    formulas: Formulas,
    questions: Questions,
    skips: Skips,
    nodes: Vec<Node>,
    /// Where to go on after the last rule.
    finale: NodeId,
    /// The nodes of all states that have been met.
    known: HashMap<Rc<State>, NodeId>,
    /// Nodes whose place is kept but that say nothing yet. First in, first out: should the budget end, all ways have
    /// come about equally far.
    waiting: VecDeque<(NodeId, Rc<State>)>,
    /// The tails, by the rule that they begin with.
    tails: HashMap<usize, NodeId>,
    budget: Budget,
    work: u64,
}

/// All that matters for how a decision goes on.
#[derive(PartialEq, Eq, Hash)]
struct State {
    /// The rule that it is at.
    rule: usize,
    /// What is left of the rule's condition.
    rest: FormulaId,
    facts: Facts,
}

impl<'a> Planner<'a> {
    fn new(
        set: &'a RuleSet,
        conditions: Vec<FormulaId>,
        formulas: Formulas,
        questions: Questions,
        budget: Budget,
    ) -> Self {
        let mut nodes = vec![Node::End];
        nodes.extend(set.otherwise.as_ref().map(|_| Node::Otherwise { next: NodeId(0) }));
        Self {
            set,
            skips: Skips::new(&conditions, &formulas, &questions),
            conditions,
            formulas,
            questions,
            finale: NodeId(u32::from(set.otherwise.is_some())),
            nodes,
            known: HashMap::new(),
            waiting: VecDeque::new(),
            tails: HashMap::new(),
            budget,
            work: 0,
        }
    }

    /// A tree of the whole set, as far as its budget goes.
    fn tree(&mut self) -> NodeId {
        let root = self.go_on(0, Facts::default());
        self.work_off();
        root
    }

    /// A tree of the whole set, or a search by its index where that is faster or the budget does not suffice.
    fn tree_or_search(&mut self) -> NodeId {
        if self.set.rules.len() < self.budget.searched {
            let root = self.tree();
            if self.tails.is_empty() {
                return root;
            }
            self.nodes.truncate(self.finale.0 as usize + 1);
        }
        self.push(Node::Search { next: self.finale })
    }

    /// Fills all nodes whose place is kept, and those that come up on the way.
    fn work_off(&mut self) {
        while let Some((id, state)) = self.waiting.pop_front() {
            let node = self.step(&state);
            if let Some(place) = self.nodes.get_mut(id.0 as usize) {
                *place = node;
            }
        }
    }

    /// What happens in a state: a rule whose condition holds fires, of any other the next test is asked.
    fn step(&mut self, state: &State) -> Node {
        let Some(test) = self.formulas.first(state.rest) else { return self.fire(state) };
        let known = Knowledge { questions: &self.questions, facts: &state.facts }.known(test);
        let yes = self.answered(state, test, known.unwrap_or(true));
        let no = if known.is_some() { yes } else { self.answered(state, test, false) };
        Node::Ask { test, yes, no }
    }

    fn fire(&mut self, state: &State) -> Node {
        let ends = self.set.policy == Policy::First || self.set.rules.get(state.rule).is_some_and(stops);
        let next = if ends { NodeId(0) } else { self.go_on(state.rule + 1, state.facts.clone()) };
        Node::Fire { rule: number(state.rule), next }
    }

    /// Where to go on after an answer. The test is gone from what is left of the condition: it is known now and its
    /// subject is computed. So every step leads on, and every way ends.
    fn answered(&mut self, state: &State, test: TestId, answer: bool) -> NodeId {
        let facts = state.facts.learn(&self.questions, test, answer);
        let rest = self.formulas.simplify(state.rest, &Knowledge { questions: &self.questions, facts: &facts });
        if rest == Formulas::settled(false) {
            self.go_on(state.rule + 1, facts)
        } else {
            self.arrive(state.rule, rest, facts)
        }
    }

    /// The node of the first rule from `rule` on that may still hold.
    fn go_on(&mut self, mut rule: usize, facts: Facts) -> NodeId {
        loop {
            rule = self.skips.next(rule, &facts, &self.questions);
            let Some(condition) = self.conditions.get(rule) else { return self.finale };
            if self.is_spent() {
                return self.tail(rule);
            }
            let rest = self.formulas.simplify(*condition, &Knowledge { questions: &self.questions, facts: &facts });
            if rest != Formulas::settled(false) {
                return self.arrive(rule, rest, facts);
            }
            rule += 1;
        }
    }

    /// The node of a state: a new one unless a way has led there before.
    fn arrive(&mut self, rule: usize, rest: FormulaId, mut facts: Facts) -> NodeId {
        let mut open = Vec::new();
        self.formulas.tests(rest, &mut |test| {
            let question = self.questions.get(test).into_iter();
            open.extend(question.flat_map(|question| question.needs.iter().copied().chain([question.subject])));
        });
        open.sort_unstable();
        facts.forget(&self.questions, number(rule), &open);
        self.work += 1 + facts.size() as u64;
        let state = Rc::new(State { rule, rest, facts });
        if let Some(id) = self.known.get(&state) {
            return *id;
        }
        if self.is_spent() {
            return self.tail(rule);
        }
        let id = self.push(Node::End);
        self.known.insert(Rc::clone(&state), id);
        self.waiting.push_back((id, state));
        id
    }

    /// The rest of the set without a plan. Its first rule begins anew: what has been asked of it comes out the same.
    fn tail(&mut self, rule: usize) -> NodeId {
        if let Some(id) = self.tails.get(&rule) {
            return *id;
        }
        let id = self.push(Node::Tail { from: number(rule), next: self.finale });
        self.tails.insert(rule, id);
        id
    }

    fn push(&mut self, node: Node) -> NodeId {
        let id = NodeId(number(self.nodes.len()));
        self.nodes.push(node);
        id
    }

    fn is_spent(&self) -> bool {
        let work = self.work + self.formulas.visits + self.skips.visits;
        self.nodes.len() >= self.budget.nodes || work >= self.budget.work
    }
}

/// Whether no later rule of the set fires after this one.
pub(crate) fn stops(rule: &semantics::typed::Rule) -> bool {
    rule.effects.contains(&Effect::Stop)
}

fn number(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(u32::MAX)
}
