//! What many cases become: a sieve, which finds those that hold by an index. Its code stands by itself behind all other.
//!
//! ```text
//!         sieve 0, end ───────┐    the sums of scores, the cases of a `decide`, the rows of a table
//!         … case after case   │    the same without a sieve, for unknown truth
//! end:    …  ◀────────────────┘
//! ```

use semantics::typed::{Expr, ExprKind};
use values::Value;
use values::builtins::{Builtin, WhenMissing};
use vm::instruction::Instruction;
use vm::program::Sieve;
use vm::program::sieve::{Case, Made, TOGETHER};

use super::Emitter;
use super::code::Label;
use crate::plan::index_of;
use crate::tree;

/// The sieves so far.
pub(super) struct Sieves {
    /// From how many cases on one is worth it.
    from: usize,
    /// Those whose code is still to be written.
    drafts: Vec<Draft>,
    done: Vec<Sieve>,
    /// Whether the code of a sieve is being written: there is none in another.
    within: bool,
}

/// A sieve whose code is still to be written.
struct Draft {
    index: tree::Index,
    cases: Vec<(Option<Expr>, Expr)>,
    made: Wanted,
}

/// What is to be made of the cases.
enum Wanted {
    First { otherwise: Expr },
    All(Builtin),
}

impl Sieves {
    pub(super) fn new(from: usize) -> Self {
        Self { from, drafts: Vec::new(), done: Vec::new(), within: false }
    }

    pub(super) fn done(self) -> Vec<Sieve> {
        self.done
    }
}

impl Emitter<'_> {
    /// Begins with a sieve for a call, if it is one on many values most of which are there under a condition.
    pub(super) fn sieve_call(&mut self, builtin: Builtin, arguments: &[Expr], end: Label) {
        if builtin.row().missing == WhenMissing::LeavesOut {
            self.sieve(arguments.len(), || arguments.iter().map(counted).collect(), Wanted::All(builtin), end);
        }
    }

    /// Begins with a sieve for cases, if there are many.
    pub(super) fn sieve_cases(&mut self, cases: &[(Expr, Expr)], otherwise: &Expr, end: Label) {
        let all = || cases.iter().map(|(condition, value)| (Some(condition), value)).collect();
        self.sieve(cases.len(), all, Wanted::First { otherwise: otherwise.clone() }, end);
    }

    fn sieve<'e>(
        &mut self,
        count: usize,
        cases: impl FnOnce() -> Vec<(Option<&'e Expr>, &'e Expr)>,
        made: Wanted,
        end: Label,
    ) {
        let Ok(place) = u16::try_from(self.sieves.drafts.len()) else { return };
        if count < self.sieves.from || self.sieves.within || self.loops.are_running() {
            return;
        }
        let cases = cases();
        let conditions: Vec<_> = cases.iter().map(|(condition, _)| *condition).collect();
        let Some(index) = index_of(self.decision, &conditions) else { return };
        let cases = cases.into_iter().map(|(condition, value)| (condition.cloned(), value.clone())).collect();
        self.sieves.drafts.push(Draft { index, cases, made });
        self.code.jump_with(Instruction::Sieve(place, 0), end);
    }

    /// The code of all sieves.
    pub(super) fn sieves(&mut self) {
        self.sieves.within = true;
        for draft in std::mem::take(&mut self.sieves.drafts) {
            let index = self.index(&draft.index, 0);
            let cases = draft.cases.iter().map(|(condition, value)| self.case(condition.as_ref(), value)).collect();
            let made = match draft.made {
                Wanted::First { otherwise } => Made::First(self.alone(&otherwise)),
                Wanted::All(builtin) => Made::All(builtin),
            };
            self.sieves.done.push(Sieve { index, cases, made });
        }
    }

    fn case(&mut self, condition: Option<&Expr>, value: &Expr) -> Case {
        Case { condition: condition.map(|condition| self.whole_condition(condition)), value: self.alone(value) }
    }

    /// A value by itself.
    fn alone(&mut self, value: &Expr) -> u32 {
        let entry = self.code.here();
        self.value(value);
        self.code.push(Instruction::Return);
        entry
    }
}

/// A value, and the condition under which it is there.
fn counted(value: &Expr) -> (Option<&Expr>, &Expr) {
    match &value.kind {
        ExprKind::If { condition, then, otherwise } if matches!(otherwise.kind, ExprKind::Constant(Value::Missing)) => {
            (Some(condition), then)
        }
        _ => (None, value),
    }
}

/// How many arguments a call takes at once, and pieces of a text are joined: the stack is not deep. Of a sieve as many
/// cases are given to a built-in.
pub(super) const PIECES: usize = TOGETHER as usize;
