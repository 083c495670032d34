//! What an item says about the fields of record types that no `record` block declares: it compares them with a number,
//! searches text in them, adds a duration to them.
//!
//! The walk goes over the written tree, because types are not known yet. Going down it carries what is *wanted* of an
//! expression by its surroundings; [`hint`](Walk::hint) looks at an expression from outside and tells what it will be.

mod effects;
mod hint;

use syntax::ast::{
    self, Arithmetic, Comparison, Each, Entry, EventTest, Expr, ExprKind, Path, Piece, Presence, Span, TextTest,
};
use values::Type;
use values::builtins;

use crate::db::{Db, Item, parsed};
use crate::names::path_text;
use crate::table_file::grid;

/// One use of a field.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct FieldUse {
    /// The root name: the record type, if it is one.
    pub record: String,
    /// The fields below it: `company.employees`.
    pub path: String,
    /// The same, name by name: a name may have a dot in it.
    pub names: Vec<String>,
    /// What the use says about its type.
    pub says: Says,
    /// Where it stands in the item.
    pub span: Span,
}

/// What a use says about a field's type.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Says {
    /// It is this type.
    Is(Type),
    /// It is of one type with another path of the same item.
    Like(String),
    /// The same, and the type has an order: a number, where nothing else tells.
    OrderedLike(String),
    /// Something is looked for in it: it is a text, or a list where another use says so.
    Searched,
    /// It is a list, of what is not told.
    Listed,
    /// It is a list of records with fields of their own.
    Records,
    /// It has a value or not; any type will do.
    Present,
    /// It is shown or passed on; any single value will do.
    Shown,
}

/// Every use of a path in an item, in written order.
#[salsa::tracked]
pub fn field_uses<'db>(db: &'db dyn Db, item: Item<'db>) -> Vec<FieldUse> {
    let mut walk = Walk { db, uses: Vec::new(), variables: Vec::new() };
    match &parsed(db, item).item {
        ast::Item::Define(define) => walk.expr(&define.value, None),
        ast::Item::Decide(decide) => walk.decide(decide),
        ast::Item::Score(score) => walk.score(score),
        ast::Item::Table(_) => grid(db, item).into_iter().for_each(|grid| walk.grid(grid)),
        ast::Item::Rule(rule) => {
            walk.expr(&rule.condition, Some(Type::Truth));
            walk.effects(&rule.effects);
        }
        ast::Item::Otherwise(otherwise) => walk.effects(&otherwise.effects),
        ast::Item::Never(never) => walk.expr(&never.condition, Some(Type::Truth)),
        ast::Item::Rules(rules) => rules.guard.iter().for_each(|guard| walk.expr(guard, Some(Type::Truth))),
        _ => {}
    }
    walk.uses.sort_by_key(|field_use| field_use.span.start);
    walk.uses
}

struct Walk<'db> {
    db: &'db dyn Db,
    uses: Vec<FieldUse>,
    /// What the items of the lists around the place are called.
    variables: Vec<String>,
}

impl Walk<'_> {
    fn path(&mut self, path: &Path, says: Says) {
        if !path.fields.is_empty() && !self.variables.contains(&path.root.text) {
            let names: Vec<String> = path.fields.iter().map(|name| name.text.clone()).collect();
            let (record, span) = (path.root.text.clone(), path.span);
            self.uses.push(FieldUse { record, path: names.join("."), names, says, span });
        }
    }

    /// The values of all lines are of one type.
    fn decide(&mut self, decide: &ast::Decide) {
        let values = || decide.lines.iter().map(|line| &line.value).chain(&decide.otherwise);
        let wanted = values().find_map(|value| self.hint(value));
        decide.lines.iter().for_each(|line| self.expr(&line.condition, Some(Type::Truth)));
        values().for_each(|value| self.expr(value, wanted.clone()));
    }

    /// The cells of an input say what its column is; the values of an output are of one type.
    fn grid(&mut self, grid: &ast::Grid) {
        for (place, column) in grid.columns.iter().enumerate() {
            let cells = || grid.rows.iter().filter_map(|row| row.cells.get(place)).map(|cell| &cell.kind);
            if let ast::Heading::Input(heading) = &column.heading {
                self.heading(heading);
            }
            for cell in cells() {
                if let ast::CellKind::Condition(condition) = cell {
                    self.expr(condition, Some(Type::Truth));
                }
            }
            let values =
                || cells().filter_map(|cell| if let ast::CellKind::Value(it) = cell { Some(it) } else { None });
            let wanted = values().find_map(|value| self.hint(value));
            values().for_each(|value| self.expr(value, wanted.clone()));
        }
    }

    /// A field alone is whatever its cells make of it.
    fn heading(&mut self, heading: &Expr) {
        match &ungrouped(heading).kind {
            ExprKind::Path(path) => self.path(path, Says::Present),
            _ => self.expr(heading, None),
        }
    }

    /// All amounts are numbers.
    fn score(&mut self, score: &ast::Score) {
        let number = || Some(Type::Number);
        score.start.iter().for_each(|start| self.expr(&start.amount, number()));
        for line in &score.lines {
            let counted = crate::walk::counted_parts(line);
            let wanted = [number(), Some(Type::Duration), Some(Type::DateTime)];
            match &line.each {
                Some(each) => self.over_items("", &counted.into_iter().zip(wanted).collect::<Vec<_>>(), each),
                None => counted.into_iter().zip(wanted).for_each(|(part, wanted)| self.expr(part, wanted)),
            }
            line.condition.iter().for_each(|condition| self.expr(condition, Some(Type::Truth)));
            line.at_most.iter().for_each(|most| self.expr(most, number()));
        }
        let ends = score.limit.iter().flat_map(|limit| [&limit.low, &limit.high]);
        ends.for_each(|end| self.expr(end, number()));
    }

    fn expr(&mut self, expr: &Expr, wanted: Option<Type>) {
        match &expr.kind {
            ExprKind::Path(path) => self.path(path, wanted.map_or(Says::Shown, Says::Is)),
            ExprKind::Group(inner) => self.expr(inner, wanted),
            ExprKind::Negate(inner) => self.expr(inner, wanted.or(Some(Type::Number))),
            ExprKind::Not(inner) => self.expr(inner, Some(Type::Truth)),
            ExprKind::And(members) | ExprKind::Or(members) | ExprKind::Of { members, .. } => {
                members.iter().for_each(|member| self.expr(member, Some(Type::Truth)));
            }
            ExprKind::Text(pieces) => pieces.iter().for_each(|piece| self.piece(piece)),
            ExprKind::If { condition, then, otherwise } => {
                self.expr(condition, Some(Type::Truth));
                self.alike(then, otherwise, wanted);
            }
            ExprKind::Default { value, fallback } => self.alike(value, fallback, wanted),
            ExprKind::Arithmetic { operator, left, right } => self.arithmetic(*operator, left, right, wanted),
            ExprKind::Call { function, arguments } => self.call(&function.text, arguments),
            ExprKind::Lookup { reference, key, .. } => self.expr(key, self.key(&reference.text).or(Some(Type::Text))),
            ExprKind::Over { function, item, each } => self.over(&function.text, item.as_deref(), each),
            _ => self.test(expr),
        }
    }

    fn piece(&mut self, piece: &Piece) {
        if let Piece::Expr(inner) = piece {
            self.expr(inner, None);
        }
    }

    /// The forms that are conditions.
    fn test(&mut self, expr: &Expr) {
        match &expr.kind {
            ExprKind::Compare { operator, left, right, .. } => {
                let says = if *operator == Comparison::Equal { Says::Like } else { Says::OrderedLike };
                self.compared(left, right, says);
            }
            ExprKind::In { value, entries, .. } => {
                let wanted = self.hint(value).or_else(|| entries.iter().find_map(|entry| self.entry_hint(entry)));
                self.expr(value, wanted.clone());
                self.entries(entries, wanted.as_ref());
            }
            ExprKind::TextTest { test: TextTest::Contains, value, operands, .. } => self.contains(value, operands),
            ExprKind::TextTest { value, operands, .. } => {
                self.expr(value, Some(Type::Text));
                self.entries(operands, Some(&Type::Text));
            }
            ExprKind::Presence { test: Presence::Blank, value, .. } => self.expr(value, Some(Type::Text)),
            ExprKind::Presence { value, .. } => match &ungrouped(value).kind {
                ExprKind::Path(path) => self.path(path, Says::Present),
                _ => self.expr(value, None),
            },
            ExprKind::During { value, .. } => self.expr(value, Some(Type::DateTime)),
            ExprKind::Event { test, value, from, to, .. } => self.event(*test, value, [from, to]),
            ExprKind::TimeTest { value, operand, .. } => {
                self.expr(value, Some(Type::DateTime));
                let operand_type = self.hint(operand);
                self.expr(operand, operand_type.or(Some(Type::DateTime)));
            }
            _ => {}
        }
    }

    /// What is compared with what it was.
    fn event(&mut self, test: EventTest, value: &Expr, lists: [&Vec<Entry>; 2]) {
        if let (EventTest::New, ExprKind::Path(path)) = (test, &value.kind) {
            let (record, span) = (path.root.text.clone(), path.span);
            self.uses.push(FieldUse { record, path: String::new(), names: Vec::new(), says: Says::Present, span });
            return;
        }
        let entries = || lists.into_iter().flatten();
        let wanted = self.hint(value).or_else(|| entries().find_map(|entry| self.entry_hint(entry)));
        self.expr(value, wanted.clone());
        lists.into_iter().for_each(|list| self.entries(list, wanted.as_ref()));
    }

    /// A text is looked for in a text or a list; anything else in a list.
    fn contains(&mut self, value: &Expr, operands: &[Entry]) {
        let member = operands.iter().find_map(|operand| self.entry_hint(operand)).unwrap_or(Type::Text);
        match &ungrouped(value).kind {
            _ if member != Type::Text => self.expr(value, Some(Type::List(Box::new(member.clone())))),
            ExprKind::Path(path) => self.path(path, Says::Searched),
            _ => self.expr(value, Some(Type::Text)),
        }
        self.entries(operands, Some(&member));
    }

    /// Two expressions of one type, perhaps known.
    fn alike(&mut self, left: &Expr, right: &Expr, wanted: Option<Type>) {
        let wanted = wanted.or_else(|| self.either_hint(left, right));
        self.expr(left, wanted.clone());
        self.expr(right, wanted);
    }

    /// Two compared expressions; two fields of which nothing else is known are of one type.
    fn compared(&mut self, left: &Expr, right: &Expr, says: fn(String) -> Says) {
        let hint = self.either_hint(left, right);
        match (&ungrouped(left).kind, &ungrouped(right).kind, hint) {
            (ExprKind::Path(a), ExprKind::Path(b), None) if !a.fields.is_empty() && !b.fields.is_empty() => {
                self.path(a, says(path_text(b)));
                self.path(b, says(path_text(a)));
            }
            (_, _, hint) => self.alike(left, right, hint),
        }
    }

    /// The type that one of two expressions of one type tells. What is multiplied seems a number until the other side is
    /// money.
    fn either_hint(&self, left: &Expr, right: &Expr) -> Option<Type> {
        let (left, right) = (self.hint(left), self.hint(right));
        let right_is_money = matches!(right, Some(Type::Money(_)));
        if right_is_money { right } else { left.or(right) }
    }

    fn entries(&mut self, entries: &[Entry], wanted: Option<&Type>) {
        for part in entries.iter().flat_map(crate::walk::entry_parts) {
            self.expr(part, wanted.cloned());
        }
    }

    fn arithmetic(&mut self, operator: Arithmetic, left: &Expr, right: &Expr, wanted: Option<Type>) {
        let (left_hint, right_hint) = (self.hint(left), self.hint(right));
        let of_left = left_hint.clone().or_else(|| beside(operator, right_hint.as_ref(), wanted.as_ref()));
        let of_right = right_hint.or_else(|| beside(operator, left_hint.as_ref(), wanted.as_ref()));
        self.expr(left, of_left);
        self.expr(right, of_right);
    }

    fn call(&mut self, function: &str, arguments: &[Expr]) {
        let count = arguments.len();
        let alike = builtins::takes_alike(function, count);
        let of_any = alike.then(|| arguments.iter().find_map(|argument| self.hint(argument))).flatten();
        for (place, argument) in arguments.iter().enumerate() {
            let of_place = || builtins::parameter_hint(function, if alike { 0 } else { place }, count);
            let wanted = self.hint(argument).or_else(|| of_any.clone()).or_else(of_place);
            match (&ungrouped(argument).kind, wanted) {
                (ExprKind::Path(path), None) if builtins::takes_any_list(function, place) => {
                    self.path(path, Says::Listed);
                }
                (_, wanted) => self.expr(argument, wanted),
            }
        }
    }
}

impl Walk<'_> {
    /// A list that is gone through. Nothing tells the types of fields in its items.
    fn over(&mut self, function: &str, item: Option<&Expr>, each: &Each) {
        self.over_items(function, &item.map(|item| (item, None)).into_iter().collect::<Vec<_>>(), each);
    }

    /// The same with several things taken of each item.
    fn over_items(&mut self, function: &str, items: &[(&Expr, Option<Type>)], each: &Each) {
        let inside = || items.iter().map(|(item, _)| *item).chain(each.filter.as_deref());
        let mut paths = Vec::new();
        inside().for_each(|part| crate::walk::paths(part, &mut paths));
        let of_item = |path: &&Path| path.root.text == each.variable.text && !path.fields.is_empty();
        let records = paths.iter().any(of_item);
        match &ungrouped(&each.list).kind {
            ExprKind::Path(path) if records => self.path(path, Says::Records),
            ExprKind::Path(path) if items.is_empty() && matches!(function, "sum" | "average") => {
                self.path(path, Says::Is(Type::List(Box::new(Type::Number))));
            }
            ExprKind::Path(path) => self.path(path, Says::Listed),
            _ => self.expr(&each.list, None),
        }
        self.variables.push(each.variable.text.clone());
        items.iter().for_each(|(item, wanted)| self.expr(item, wanted.clone()));
        each.filter.iter().for_each(|filter| self.expr(filter, Some(Type::Truth)));
        self.variables.pop();
    }
}

/// What an operand of unknown type most likely is beside the other one, where a result is wanted.
fn beside(operator: Arithmetic, other: Option<&Type>, wanted: Option<&Type>) -> Option<Type> {
    let adds = matches!(operator, Arithmetic::Add | Arithmetic::Subtract);
    match (other, wanted) {
        (Some(Type::Duration | Type::AnchoredDuration | Type::DateTime), _) if adds => Some(Type::DateTime),
        (Some(Type::Text), _) => Some(Type::Text),
        (Some(Type::Money(_)), _) if adds || operator == Arithmetic::Divide => Some(Type::Money(None)),
        (Some(Type::Number), Some(Type::Money(_))) => Some(Type::Money(None)),
        (None, Some(Type::Money(_))) if adds => Some(Type::Money(None)),
        (None, Some(Type::Duration)) if operator == Arithmetic::Subtract => Some(Type::DateTime),
        (None, Some(Type::Text | Type::Duration | Type::DateTime)) => None,
        _ => Some(Type::Number),
    }
}

/// An expression without the brackets around it.
fn ungrouped(expr: &Expr) -> &Expr {
    match &expr.kind {
        ExprKind::Group(inner) => ungrouped(inner),
        _ => expr,
    }
}
