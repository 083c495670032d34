//! All places in a tree, to move them or to leave them out of a comparison.

use crate::ast::{
    Absence, Argument, Blocked, BlockedKind, Calendar, CalendarLine, CalendarLineKind, Cell, CellKind, Claim, Column,
    Datum, DatumKind, Days, Deadline, Decide, DecideLine, Define, Detail, Due, Each, Effect, EffectKind, Effective,
    Entry, Escalation, Expectation, Expr, ExprKind, Field, Given, Grid, Halving, Heading, Holiday, Item, Let, Limit,
    List, Measure, MeasureLimit, Member, MemberName, Name, Never, Otherwise, Path, Piece, Quoted, Record, Reference,
    Row, Rule, Rules, Score, ScoreLine, ScoreStart, Selection, Sketch, Span, Table, Target, TargetDeclaration,
    TeamMember, Test, TestLine, TestLineKind, Times, Trigger, TriggerKind, TypeExpr, TypeKind, Who,
};

/// Whether two items say the same, wherever each word of them stands.
pub fn equal_ignoring_spans(left: &Item, right: &Item) -> bool {
    let erased = |item: &Item| {
        let mut item = item.clone();
        item.each_span(&mut |span| *span = Span::default());
        item
    };
    erased(left) == erased(right)
}

/// Every place in an item that holds a byte, the smallest first; each once.
pub fn spans_around(item: &Item, offset: u32) -> Vec<Span> {
    let mut around = Vec::new();
    item.clone().each_span(&mut |span| {
        if span.start <= offset && offset <= span.end && span.start < span.end {
            around.push(*span);
        }
    });
    around.sort_by_key(|span| (span.end - span.start, span.start));
    around.dedup();
    around
}

/// A part of the tree that has places in it.
pub(crate) trait Spans {
    /// Calls `visit` with every place in this part.
    fn each_span(&mut self, visit: &mut dyn FnMut(&mut Span));
}

impl Spans for Span {
    fn each_span(&mut self, visit: &mut dyn FnMut(&mut Span)) {
        visit(self);
    }
}

impl Spans for MemberName {
    fn each_span(&mut self, visit: &mut dyn FnMut(&mut Span)) {
        match self {
            Self::Address(address) => address.each_span(visit),
            Self::User(name) => name.each_span(visit),
        }
    }
}

impl<T: Spans> Spans for Option<T> {
    fn each_span(&mut self, visit: &mut dyn FnMut(&mut Span)) {
        self.iter_mut().for_each(|part| part.each_span(visit));
    }
}

impl<T: Spans> Spans for Vec<T> {
    fn each_span(&mut self, visit: &mut dyn FnMut(&mut Span)) {
        self.iter_mut().for_each(|part| part.each_span(visit));
    }
}

impl<T: Spans> Spans for Box<T> {
    fn each_span(&mut self, visit: &mut dyn FnMut(&mut Span)) {
        (**self).each_span(visit);
    }
}

impl<P, T: Spans> Spans for (P, T) {
    fn each_span(&mut self, visit: &mut dyn FnMut(&mut Span)) {
        self.1.each_span(visit);
    }
}

/// Visits the named fields of a struct; what is not named has no place.
macro_rules! fields {
    ($($struct:ident { $($field:ident),* })*) => {
        $(impl Spans for $struct {
            fn each_span(&mut self, visit: &mut dyn FnMut(&mut Span)) {
                $(self.$field.each_span(visit);)*
            }
        })*
    };
}

fields! {
    Name { span }
    Quoted { span }
    Path { root, fields, span }
    Record { name, fields }
    Field { name, ty, optional, key, from, missing_when, default, span }
    TypeExpr { kind, span }
    Reference { name, from, key, fields }
    Let { name, value }
    List { name, entries, from }
    Define { path, value }
    Decide { path, lines, otherwise }
    DecideLine { condition, value, span }
    Score { path, start, lines, limit }
    Table { name, record, policy, from, grid }
    Grid { columns, rows }
    Column { heading, span }
    Row { cells, effective, span }
    Cell { kind, span }
    ScoreStart { amount, span }
    ScoreLine { amount, each, condition, halving, at_most, span }
    Halving { every, since, span }
    Limit { low, high, span }
    Calendar { name, lines }
    CalendarLine { kind, span }
    Days { from, to }
    Times { span }
    Holiday { from, to, span }
    TargetDeclaration { name, members }
    TeamMember { who, weight, away, span }
    Absence { first, last, span }
    Rules { name, record, policy, effective, trigger, after, guard }
    Trigger { kind, span }
    Never { effect, condition, span }
    Blocked { kind, span }
    Rule { name, disabled, effective, condition, effects, span }
    Effective { from, until, span }
    Otherwise { effects, span }
    Effect { kind, span }
    Argument { name, value }
    Deadline { within, escalate }
    Escalation { target, within }
    Target { who, span }
    Expr { kind, span }
    Each { variable, list, filter }
    Test { name, over, lines }
    TestLine { kind, span }
    Given { before, name, value }
    Datum { kind, span }
    Member { name, value }
    Expectation { no, claim }
    Measure { of, of_span, limit }
    Sketch { details, span }
}

/// Visits what each variant of an enum holds; a variant that is not named has no place.
macro_rules! variants {
    ($($enum:ident { $($variant:ident $fields:tt,)* })*) => {
        $(impl Spans for $enum {
            fn each_span(&mut self, visit: &mut dyn FnMut(&mut Span)) {
                match self {
                    $(variants!(@pattern $enum $variant $fields) => variants!(@visit visit $fields),)*
                    #[allow(unreachable_patterns, reason = "where every variant has places")]
                    _ => {}
                }
            }
        })*
    };
    (@pattern $enum:ident $variant:ident ($($field:ident),*)) => { $enum::$variant($($field),*) };
    (@pattern $enum:ident $variant:ident { $($field:ident),* }) => { $enum::$variant { $($field,)* .. } };
    (@visit $visit:ident ($($field:ident),*)) => {{ $($field.each_span($visit);)* }};
    (@visit $visit:ident { $($field:ident),* }) => {{ $($field.each_span($visit);)* }};
}

variants! {
    Item {
        Record(item), Reference(item), Let(item), List(item), Define(item), Decide(item), Score(item), Table(item), Calendar(item), Target(item), Never(item), Rules(item), Rule(item), Otherwise(item),
        Test(test), Close(span), NotYet(name),
    }
    TriggerKind { Events(names), }
    BlockedKind {
        Assign(target), Set(field), Clear(field), Add(field), Remove(field), Email(template), Call(name), Start(name),
    }
    TypeKind { Named(name), Money(currency), OneOf(entries), List(element), Nested(fields), Reference { record, by }, }
    EffectKind {
        Assign { target, by, within },
        Set { field, value },
        Clear { field },
        Add { value, field },
        Remove { value, field },
        Task { text, owner, due },
        Notify { to, text },
        Email { template, to, cc, from, reply_to, with },
        Call { integration, with },
        Reject { field, reason },
        Start { workflow },
    }
    CalendarLineKind { Zone(zone), Hours { days, times }, Holidays(days), HolidaysFrom(file), }
    Selection { LeastLoaded(from), HashOf(value), }
    Due { Within(distance), Before { distance, instant }, }
    Who { Name(name), Expr(expr), }
    ExprKind {
        Money { currency }, Text(pieces), Path(path), Group(inner), Negate(inner),
        Arithmetic { left, right },
        Default { value, fallback },
        If { condition, then, otherwise },
        Call { function, arguments },
        Over { function, item, each },
        Lookup { reference, key, fields },
        Not(inner), And(operands), Or(operands),
        Of { members },
        Compare { left, right },
        In { value, entries },
        TextTest { value, operands },
        Presence { value },
        TimeTest { value, operand },
        Duration { calendar }, During { value, calendar },
        Event { value, from, to },
    }
    Heading { Input(expr), Output(path), }
    CellKind { Condition(expr), Value(expr), }
    Piece { Expr(expr), }
    Entry { One(value), Range { low, high, span }, }
    TestLineKind { Now(value), Event(name), Given(given), Expect(expectation), }
    DatumKind { Record(members), List(data), Value(value), }
    Claim {
        Rule(name), Rules(names), Fault(code), Lost(effect), Effect(effect), Condition(condition), Measure(measure),
    }
    MeasureLimit { Compared { value }, Between { low, high }, }
    Detail {
        Target(target), By(selection), Within(deadline), Field(path), Value(value), Text(text), Owner(target), Due(due),
        To(targets), Cc(targets), From(target), ReplyTo(target), With(arguments), Name(name),
    }
}
