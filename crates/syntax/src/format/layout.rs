//! Where the lines of an item break. Start at [`lines`].
//!
//! An item that was written on one line and fits stays there. Else its clauses stand on lines of their own, and within
//! a clause the outermost [`Block`] that does not fit is broken first:
//!
//! ```text
//! rule "Hot enterprise leads"
//!   when lead.is_enterprise                     a chain breaks before each `and`
//!     and any of (                              a list of conditions breaks around each
//!       lead.score > hot,
//!       lead.source in "referral", "event"      a list of values breaks where the line is full
//!     )
//!   then assign team enterprise_sales within 4h
//!          else escalate to director
//!        set lead.stage = "working"
//! ```

mod blocks;
mod calendar;
mod derived;
mod table;
mod test;

use std::ops::Range;

use super::WIDTH;
use super::sheet::{Line, Sheet};
use crate::ast::{Effect, Expr, ExprKind, Field, Item, Otherwise, Rule, Rules, TypeExpr, TypeKind};
use blocks::{Block, Style, bytes};

/// The lines of an item that begins at column `base`.
pub(super) fn lines(text: &str, item: &Item, base: usize) -> Vec<Line> {
    let mut layout = Layout { sheet: Sheet::new(text), base };
    layout.item(item);
    layout.sheet.lines(base)
}

struct Layout<'t> {
    sheet: Sheet<'t>,
    base: usize,
}

impl Layout<'_> {
    fn item(&mut self, item: &Item) {
        let start = self.sheet.at(0).map_or(0, |token| token.start);
        let end = self.sheet.last_before(usize::MAX).map_or(0, |token| token.end);
        let whole = start..end;
        self.sheet.break_before(start, self.base);
        match item {
            Item::Record(record) => self.record(&record.fields, whole),
            Item::Reference(reference) => self.record(&reference.fields, whole),
            Item::Let(constant) => self.declaration(whole, &constant.value),
            Item::Define(derived) => self.declaration(whole, &derived.value),
            Item::Decide(decide) => self.decide(decide, &whole),
            Item::Score(score) => self.score(score, &whole),
            Item::Table(table) => self.table(table, &whole),
            Item::List(list) => {
                let block = blocks::entries(whole, &list.entries);
                self.place(&block, self.base, self.base);
            }
            Item::Calendar(calendar) => self.calendar(calendar, &whole),
            Item::Target(target) => {
                let starts = target.members.iter().map(|member| member.span.start as usize);
                let block = blocks::braces(whole, starts, Vec::new());
                self.place(&block, self.base, self.base);
            }
            Item::Rule(rule) => self.rule(rule, whole),
            Item::Otherwise(otherwise) => self.otherwise(otherwise, &whole),
            Item::Test(test) => self.test(test, &whole),
            Item::Never(never) => self.declaration(whole, &never.condition),
            Item::Rules(rules) => self.opening(rules, whole),
            Item::Close(_) | Item::NotYet(_) | Item::Error => {}
        }
    }

    /// A value that does not fit behind its `=` begins a line, unless a bracket at its beginning opens one.
    fn declaration(&mut self, whole: Range<usize>, value: &Expr) {
        let opens = matches!(
            value.kind,
            ExprKind::Of { .. } | ExprKind::Group(_) | ExprKind::Call { .. } | ExprKind::Over { .. }
        );
        let is_choice = matches!(value.kind, ExprKind::If { .. });
        let mut value = blocks::expr(value, &mut self.sheet);
        let column = self.base + self.sheet.width(whole.start..value.range.start) + 1;
        if opens || self.fits(&value.range, column) {
            return self.place(&value, self.base, column);
        }
        let indent = self.base + 2;
        self.sheet.break_before(value.range.start, indent);
        if is_choice {
            // `else` stands below `if`.
            value.breaks.iter_mut().for_each(|(_, deeper)| *deeper = 0);
        }
        self.place(&value, indent, indent);
    }

    /// A record stays on one line where it was written so and fits; else each of its fields has a line.
    fn record(&mut self, fields: &[Field], whole: Range<usize>) {
        if !self.stays_on_one_line(fields, &whole, &whole, self.base) {
            self.below_each_other(fields, &whole, self.base);
        }
    }

    /// Whether fields that stand on one line may stay there: whether `line`, which begins at `column` and holds the
    /// `braces` around them, fits with the commas that they have on one line. Sets those commas.
    fn stays_on_one_line(
        &mut self,
        fields: &[Field],
        braces: &Range<usize>,
        line: &Range<usize>,
        column: usize,
    ) -> bool {
        let one_line = self.sheet.is_one_line(braces);
        if one_line {
            self.beside_each_other(fields);
        }
        one_line && self.fits(line, column)
    }

    /// Fields on one line, with commas between them.
    fn beside_each_other(&mut self, fields: &[Field]) {
        for (place, field) in fields.iter().enumerate() {
            self.sheet.set_comma(bytes(field.span).end, place + 1 < fields.len());
            if let TypeKind::Nested(fields) = &element(&field.ty).kind {
                self.beside_each_other(fields);
            }
        }
    }

    /// Fields on lines of their own, without commas, and the closing brace on another.
    fn below_each_other(&mut self, fields: &[Field], braces: &Range<usize>, indent: usize) {
        for field in fields {
            let range = bytes(field.span);
            self.sheet.set_comma(range.end, false);
            self.sheet.break_before(range.start, indent + 2);
            self.field(field, indent + 2);
        }
        if let Some(brace) = self.sheet.last_before(braces.end) {
            self.sheet.break_before(brace.start, indent);
        }
    }

    fn field(&mut self, field: &Field, indent: usize) {
        let range = bytes(field.span);
        let ty = element(&field.ty);
        match &ty.kind {
            TypeKind::Nested(fields) => {
                let braces = bytes(ty.span);
                if !self.stays_on_one_line(fields, &braces, &range, indent) {
                    self.below_each_other(fields, &braces, indent);
                }
            }
            TypeKind::OneOf(entries) => {
                let starts = entries.iter().skip(1).map(|entry| entry.span.start as usize);
                let attributes = field.missing_when.iter().skip(1).map(|entry| entry.span.start as usize);
                let block = Block::filled(range, starts.chain(attributes));
                self.place(&block, indent, indent);
            }
            _ => {
                let starts = field.missing_when.iter().skip(1).map(|entry| entry.span.start as usize);
                self.place(&Block::filled(range, starts), indent, indent);
            }
        }
    }

    /// A rule stays on one line where it was written so and fits; else each of its clauses and effects has a line.
    fn rule(&mut self, rule: &Rule, whole: Range<usize>) {
        let condition = blocks::expr(&rule.condition, &mut self.sheet);
        let effects = self.effect_blocks(&rule.effects);
        if self.sheet.is_one_line(&whole) && self.fits(&whole, self.base) {
            return;
        }
        let indent = if rule.name.is_some() { self.base + 2 } else { self.base };
        if let Some(when) = self.sheet.last_before(condition.range.start) {
            self.sheet.break_before(when.start, indent);
        }
        self.place(&condition, indent, indent + "when ".len());
        let then_indent = self.base + 2;
        let then = effects.first().and_then(|first| self.sheet.last_before(first.range.start));
        if let Some(then) = then {
            self.sheet.break_before(then.start, then_indent);
        }
        self.effects(&effects, then_indent + "then ".len());
    }

    /// The opening of a set that does not fit has its last options on lines of their own.
    fn opening(&mut self, rules: &Rules, whole: Range<usize>) {
        let guard = rules.guard.as_ref().map(|guard| blocks::expr(guard, &mut self.sheet));
        if self.fits(&whole, self.base) {
            return;
        }
        let word = |sheet: &Sheet<'_>, at: usize| sheet.last_before(at).map_or(at, |word| word.start);
        let indent = self.base + 2;
        let days = rules.effective.iter().map(|days| days.span.start as usize);
        let events = rules.trigger.iter().map(|trigger| trigger.span.start as usize);
        let sets = rules.after.first().map(|first| word(&self.sheet, first.span.start as usize));
        let starts: Vec<usize> = days.chain(events).chain(sets).collect();
        starts.into_iter().for_each(|start| self.sheet.break_before(start, indent));
        if let Some(guard) = guard {
            let only = word(&self.sheet, word(&self.sheet, guard.range.start));
            self.sheet.break_before(only, indent);
            self.place(&guard, indent, indent + "only when ".len());
        }
    }

    fn otherwise(&mut self, otherwise: &Otherwise, whole: &Range<usize>) {
        let effects = self.effect_blocks(&otherwise.effects);
        if !(self.sheet.is_one_line(whole) && self.fits(whole, self.base)) {
            self.effects(&effects, self.base + "otherwise ".len());
        }
    }

    fn effect_blocks(&mut self, effects: &[Effect]) -> Vec<Block> {
        effects.iter().map(|effect| blocks::effect(effect, &mut self.sheet)).collect()
    }

    /// Effects below each other; only the first stands behind its word.
    fn effects(&mut self, effects: &[Block], column: usize) {
        for (place, effect) in effects.iter().enumerate() {
            if place > 0 {
                self.sheet.break_before(effect.range.start, column);
            }
            self.place(effect, column, column);
        }
    }

    pub(super) fn fits(&self, range: &Range<usize>, column: usize) -> bool {
        !self.sheet.has_comment(range) && column + self.sheet.width(range.clone()) <= WIDTH
    }

    /// Breaks a block that begins at `column` of a line with some indentation, if it must be broken.
    pub(super) fn place(&mut self, block: &Block, indent: usize, column: usize) {
        // One more for the comma or bracket that may stand behind it.
        if self.fits(&block.range, column + 1) {
            return;
        }
        match block.style {
            Style::All => {
                for (at, deeper) in &block.breaks {
                    self.sheet.break_before(*at, indent + deeper);
                }
                self.place_parts(block, indent, column);
            }
            Style::Fill => self.fill(block, indent, column),
        }
    }

    fn place_parts(&mut self, block: &Block, indent: usize, column: usize) {
        for part in &block.parts {
            let before = block.breaks.iter().rfind(|(at, _)| *at <= part.range.start);
            let (line, line_indent, start) = match before {
                Some((at, deeper)) => (*at, indent + deeper, indent + deeper),
                None => (block.range.start, indent, column),
            };
            let ahead = self.sheet.width(line..part.range.start);
            let gap = usize::from(ahead > 0);
            self.place(part, line_indent, start + ahead + gap);
        }
    }

    /// Breaks only where the line is full.
    fn fill(&mut self, block: &Block, indent: usize, column: usize) {
        let ends = block.breaks.iter().skip(1).map(|(at, _)| *at).chain([block.range.end]);
        let first = block.breaks.first().map_or(block.range.end, |(at, _)| *at);
        let mut filled = column + self.sheet.width(block.range.start..first);
        for ((at, deeper), end) in block.breaks.iter().zip(ends) {
            let width = self.sheet.width(*at..end);
            if filled + 1 + width > WIDTH || self.sheet.has_comment(&(*at..end)) {
                self.sheet.break_before(*at, indent + deeper);
                filled = indent + deeper + width;
            } else {
                filled += 1 + width;
            }
        }
    }
}

/// The type itself, or that of the innermost element of a list.
fn element(ty: &TypeExpr) -> &TypeExpr {
    match &ty.kind {
        TypeKind::List(inner) => element(inner),
        _ => ty,
    }
}
