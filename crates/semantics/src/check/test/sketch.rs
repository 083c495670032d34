//! The effects that a test expects: each part typed as in a rule, the parts that are not written left out.

use syntax::ast::{self, Detail as Written, Span, Verb};
use values::{Text, Type, Value};

use super::super::build::{constant, now};
use super::super::path::below;
use super::super::{Checker, Wanted};
use crate::schema::Lookup;
use crate::typed::test::{Detail, Expected, Sketch};
use crate::typed::{Deadline, Expr, Selection};

impl Checker<'_> {
    pub(super) fn sketch(&mut self, sketch: &ast::Sketch) -> Option<Sketch> {
        let mut details = Some(Vec::new());
        for detail in &sketch.details {
            let parts = self.detail(sketch, detail);
            details = details.zip(parts).map(|(mut details, parts)| {
                details.extend(parts);
                details
            });
        }
        let mut details = details?;
        let verb = if sketch.verb == Verb::Clear { Verb::Set } else { sketch.verb };
        if sketch.verb == Verb::Clear {
            details.push(value(sketch.span, constant(Value::Missing, Type::Text)));
        }
        Some(Sketch { verb, details })
    }

    fn detail(&mut self, sketch: &ast::Sketch, detail: &Written) -> Option<Vec<Detail>> {
        let part = |part: &str, span, is| vec![Detail { part: Text::from(part), span, is }];
        Some(match detail {
            Written::Target(target) => part("target", target.span, Expected::Who(self.recipient(target)?)),
            Written::Owner(target) => part("for", target.span, Expected::Who(self.recipient(target)?)),
            Written::From(target) => part("from", target.span, Expected::Who(self.recipient(target)?)),
            Written::ReplyTo(target) => part("reply to", target.span, Expected::Who(self.recipient(target)?)),
            Written::To(targets) => part("to", around(targets), Expected::All(self.recipients(targets)?)),
            Written::Cc(targets) => part("cc", around(targets), Expected::All(self.recipients(targets)?)),
            Written::By(selection) => {
                let word = match self.selection(Some(selection))?? {
                    Selection::RoundRobin => "round robin",
                    Selection::LeastLoaded(_) => "least loaded",
                    Selection::HashOf(_) => "hash",
                };
                part("by", sketch.span, Expected::Word(Text::from(word)))
            }
            Written::Within(deadline) => {
                let typed = self.deadline(Some(deadline), &now())??;
                let mut details = Vec::new();
                due(&typed, deadline, "due", &mut details);
                details
            }
            Written::Due(written) => {
                let (due, span) = self.task_due(written)?;
                part("due", span, Expected::Value(due))
            }
            Written::Field(path) => part("field", path.span, Expected::Word(self.sketched_field(sketch.verb, path)?)),
            Written::Value(expr) => vec![value(expr.span, self.sketched_value(sketch, expr)?)],
            Written::Text(text) => {
                let name = match sketch.verb {
                    Verb::Email => "template",
                    Verb::Reject => "reason",
                    _ => "text",
                };
                part(name, text.span, Expected::Value(self.expect(text, &Type::Text, "the text")?))
            }
            Written::With(arguments) => {
                let typed = self.arguments(arguments)?;
                let placed = typed.into_iter().zip(arguments);
                let detail = |((name, value), written): ((Text, Expr), &ast::Argument)| Detail {
                    part: Text::from(format!("with {name}")),
                    span: written.value.span,
                    is: Expected::Value(value),
                };
                placed.map(detail).collect()
            }
            Written::Name(name) => part("name", name.span, Expected::Word(Text::from(name.text.as_str()))),
        })
    }

    /// The field that is written must be one that can be; the field at fault any.
    fn sketched_field(&mut self, verb: Verb, path: &ast::Path) -> Option<Text> {
        if verb != Verb::Reject {
            self.read_by_rules(path)?;
        }
        match self.follow(path)? {
            Lookup::Stored(field) => Some(field.name),
            _ => Some(below(path)),
        }
    }

    /// A value of the type of the field that it is written to.
    fn sketched_value(&mut self, sketch: &ast::Sketch, value: &ast::Expr) -> Option<Expr> {
        let path = sketch.details.iter().find_map(|detail| match detail {
            Written::Field(path) => Some(path),
            _ => None,
        });
        let Some(path) = path else { return self.expr(value, None) };
        let Lookup::Stored(field) = self.follow(path)? else { return self.expr(value, None) };
        let ty = match (sketch.verb, field.ty?) {
            (Verb::Add | Verb::Remove, Type::List(member)) => *member,
            (_, ty) => ty,
        };
        let what = self.written(path.span);
        let typed = self.expr(value, Some(Wanted::new(&ty, what)))?;
        self.fit(typed, &ty, what, value.span)
    }

    fn task_due(&mut self, due: &ast::Due) -> Option<(Expr, Span)> {
        Some(match due {
            ast::Due::Within(distance) => {
                let typed = self.distance(distance, "within")?;
                (self.moved("+", now(), typed)?, distance.span)
            }
            ast::Due::Before { distance, instant } => {
                (self.due_before(distance, instant)?, distance.span.to(instant.span))
            }
        })
    }
}

fn value(span: Span, value: Expr) -> Detail {
    Detail { part: Text::from("value"), span, is: Expected::Value(value) }
}

fn around(targets: &[ast::Target]) -> Span {
    targets.iter().map(|target| target.span).reduce(Span::to).unwrap_or_default()
}

/// A deadline and the chain of those who are told when it passes.
fn due(deadline: &Deadline, written: &ast::Deadline, name: &str, details: &mut Vec<Detail>) {
    let is = Expected::Value(deadline.due.clone());
    details.push(Detail { part: Text::from(name), span: written.within.span, is });
    let (Some(escalation), Some(words)) = (&deadline.escalate, &written.escalate) else { return };
    let then =
        if name == "due" { "escalate to".to_owned() } else { format!("{}, then to", name.trim_end_matches(" due")) };
    let is = Expected::Who(escalation.target.clone());
    details.push(Detail { part: Text::from(then.as_str()), span: words.target.span, is });
    if let (Some(within), Some(words)) = (&escalation.within, &words.within) {
        due(within, words, &format!("{then} due"), details);
    }
}
