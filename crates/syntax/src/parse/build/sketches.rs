//! Effects as tests describe them: each part of one is a detail of its own.

use super::{Build, Pair, Parts, Rule};
use crate::ast::{Detail, Due, Expr, Sketch, Span, Verb};

impl<'s> Build<'s> {
    pub(super) fn sketch(&mut self, pair: Pair<'s>) -> Sketch {
        let span = self.span(&pair);
        let Some(form) = Parts::of(pair).next() else {
            return Sketch { verb: Verb::Accept, details: Vec::new(), span };
        };
        let verb = verb(form.as_rule());
        let mut details: Vec<Detail> = Vec::new();
        for part in Parts::of(form) {
            let detail = self.detail(verb, part, &details, span);
            details.extend(detail);
        }
        Sketch { verb, details, span }
    }

    /// What a part says of the effect; words that only join the parts say nothing.
    fn detail(&mut self, verb: Verb, part: Pair<'s>, before: &[Detail], span: Span) -> Option<Detail> {
        Some(match part.as_rule() {
            Rule::target if verb == Verb::Task => Detail::Owner(self.target(part)),
            Rule::target => Detail::Target(self.target(part)),
            Rule::targets => Detail::To(self.targets_in(Some(part))),
            Rule::selection => Detail::By(self.selection(part)),
            Rule::deadline => Detail::Within(self.deadline(part)),
            Rule::due_within | Rule::due_before => Detail::Due(self.due(part, span)),
            Rule::path => Detail::Field(self.path(&part)),
            Rule::name => Detail::Name(self.name(&part)),
            Rule::sum => {
                let value = self.sum(part);
                let is_text = matches!(verb, Verb::Task | Verb::Notify | Verb::Email | Verb::Reject);
                if is_text { Detail::Text(value) } else { Detail::Value(value) }
            }
            Rule::with => Detail::With(self.with(part)),
            Rule::send_to | Rule::send_cc => {
                let is_copy = part.as_rule() == Rule::send_cc;
                self.once(&part, before, |detail| {
                    matches!((detail, is_copy), (Detail::Cc(_), true) | (Detail::To(_), false))
                });
                let targets = self.targets_in(Parts::of(part).seek(Rule::targets));
                if is_copy { Detail::Cc(targets) } else { Detail::To(targets) }
            }
            Rule::send_from => {
                self.once(&part, before, |detail| matches!(detail, Detail::From(_)));
                Detail::From(self.target(Parts::of(part).seek(Rule::target)?))
            }
            Rule::reply_to => {
                self.once(&part, before, |detail| matches!(detail, Detail::ReplyTo(_)));
                Detail::ReplyTo(self.target(Parts::of(part).seek(Rule::target)?))
            }
            _ => return None,
        })
    }

    /// Each detail may be written once.
    fn once(&mut self, part: &Pair<'s>, before: &[Detail], is_same: impl Fn(&Detail) -> bool) {
        if before.iter().any(is_same) {
            self.written_again(part);
        }
    }

    fn due(&mut self, pair: Pair<'s>, span: Span) -> Due {
        let is_before = pair.as_rule() == Rule::due_before;
        let mut sums = Parts::of(pair).filter(|part| part.as_rule() == Rule::sum);
        let mut sum = || sums.next().map_or_else(|| Expr::error(span), |sum| self.sum(sum));
        let distance = sum();
        if is_before { Due::Before { distance, instant: sum() } } else { Due::Within(distance) }
    }
}

const fn verb(form: Rule) -> Verb {
    match form {
        Rule::sketch_assign => Verb::Assign,
        Rule::leave => Verb::LeaveUnassigned,
        Rule::keep => Verb::KeepOwner,
        Rule::sketch_set => Verb::Set,
        Rule::sketch_clear => Verb::Clear,
        Rule::sketch_add => Verb::Add,
        Rule::sketch_remove => Verb::Remove,
        Rule::sketch_create => Verb::Task,
        Rule::sketch_notify => Verb::Notify,
        Rule::sketch_send => Verb::Email,
        Rule::sketch_call => Verb::Call,
        Rule::sketch_reject => Verb::Reject,
        Rule::sketch_start => Verb::Start,
        _ => Verb::Accept,
    }
}
