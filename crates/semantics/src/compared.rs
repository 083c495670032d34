//! What rules compare stored fields with: each constant with its place, for those who know what stands in the data.

use diagnostics::Place;
use syntax::ast::{self, Comparison, Each, Entry, Expr, ExprKind, Item as Tree, Span, TextTest, TimeTest};
use values::probe::{Probe, Standing};
use values::{Pattern, Text, Type, Value};

use crate::check::{Checker, Meaning, check};
use crate::db::{Db, Item, ItemSpan, Workspace, all_items, parsed};
use crate::names::{Space, declares, find, path_text};
use crate::places::{line_of, place};
use crate::reference::table;
use crate::schema::{EACH, FieldInfo, FieldPath, Lookup, field, names_of};
use crate::walk::{decide_parts, parts, score_parts, table_parts};

/// A stored field that is compared with something that is known before any record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Compared {
    /// The record type.
    pub record: String,
    /// The field, without the record type.
    pub field: Text,
    /// What it is asked.
    pub probe: Probe,
    /// The list that the constant is a member of, where that has a name.
    pub list: Option<String>,
    /// What says so: `rule "DACH"`, `lead.tier`.
    pub owner: String,
    /// Where the constant stands, or the name of its list.
    pub place: Place,
}

/// A stored field whose values are looked up in a table of reference data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LookedUp {
    /// The record type.
    pub record: String,
    /// The field, without the record type.
    pub field: Text,
    /// The table.
    pub reference: String,
    /// Whether keys are compared to the letter.
    pub exact: bool,
    /// The keys that the table has, as texts.
    pub keys: Vec<Text>,
    /// What looks it up: `rule "DACH"`, `lead.tier`.
    pub owner: String,
    /// Where the key stands.
    pub place: Place,
}

/// What rules ask of stored fields, in the order of the files.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// The constants that fields are compared with.
    pub compared: Vec<Compared>,
    /// The fields that are looked up.
    pub looked_up: Vec<LookedUp>,
}

/// All comparisons and look-ups of all items.
pub fn asked(db: &dyn Db) -> Asked {
    let mut all = Asked::default();
    for item in all_items(db) {
        let tree = &parsed(db, *item).item;
        let mut collector =
            Collector { db, item: *item, owner: owner(db, *item, tree), variables: Vec::new(), found: &mut all };
        match tree {
            Tree::Rule(rule) => collector.visit(&rule.condition),
            Tree::Rules(rules) => rules.guard.iter().for_each(|guard| collector.visit(guard)),
            Tree::Define(define) => collector.visit(&define.value),
            Tree::Decide(decide) => decide_parts(decide).for_each(|part| collector.visit(part)),
            Tree::Score(score) => score_parts(score).for_each(|part| collector.visit(part)),
            Tree::Table(table) => table_parts(&table.grid).for_each(|part| collector.visit(part)),
            Tree::Never(never) => collector.visit(&never.condition),
            _ => {}
        }
    }
    all
}

fn owner<'db>(db: &'db dyn Db, item: Item<'db>, tree: &Tree) -> String {
    match tree {
        Tree::Rule(rule) => match &rule.name {
            Some(name) => format!("rule \"{}\"", name.text),
            None => format!("the rule at {}", line_of(db, item)),
        },
        Tree::Rules(rules) => format!("the set \"{}\"", rules.name.text),
        Tree::Define(define) => format!("`{}`", path_text(&define.path)),
        Tree::Decide(decide) => format!("`{}`", path_text(&decide.path)),
        Tree::Score(score) => format!("`{}`", path_text(&score.path)),
        Tree::Table(table) => format!("the table `{}`", table.name.text),
        Tree::Never(_) => format!("the `never` at {}", line_of(db, item)),
        _ => String::new(),
    }
}

struct Collector<'db, 'f> {
    db: &'db dyn Db,
    item: Item<'db>,
    owner: String,
    /// What the items of lists are called around the place: the record type and the path to them.
    variables: Vec<(String, String, Vec<String>)>,
    found: &'f mut Asked,
}

/// A field as it stands in a comparison.
struct Subject {
    record: String,
    info: FieldInfo,
    /// The type of the field, or of the members of a list.
    ty: Type,
}

impl Collector<'_, '_> {
    /// Looks at an expression and everything inside it. The depth of expressions is bounded where they are read.
    fn visit(&mut self, expr: &Expr) {
        match &expr.kind {
            ExprKind::Compare { operator, left, right, .. } => {
                self.comparison((*operator, false), left, right);
                self.comparison(turned(*operator), right, left);
            }
            ExprKind::TimeTest { test: TimeTest::Before, value, operand, .. } => {
                self.comparison((Comparison::Less, false), value, operand);
            }
            ExprKind::TimeTest { test: TimeTest::After, value, operand, .. } => {
                self.comparison((Comparison::Greater, false), value, operand);
            }
            ExprKind::In { value, entries, .. } => self.membership(value, entries),
            ExprKind::TextTest { test, value, operands, .. } => self.text_test(*test, value, operands),
            ExprKind::Lookup { reference, key, .. } => self.lookup(&reference.text, key),
            ExprKind::Over { item, each, .. } => return self.over(item.as_deref(), each),
            _ => {}
        }
        parts(expr).into_iter().for_each(|part| self.visit(part));
    }

    /// What is asked of the items of a list.
    fn over(&mut self, item: Option<&Expr>, each: &Each) {
        self.visit(&each.list);
        let path = match &each.list.kind {
            ExprKind::Path(path) => self.names(path),
            _ => None,
        };
        let (record, mut names) = path.unwrap_or_default();
        names.push(EACH.to_owned());
        self.variables.push((each.variable.text.clone(), record, names));
        item.into_iter().chain(each.filter.as_deref()).for_each(|part| self.visit(part));
        self.variables.pop();
    }

    /// The record type that a path begins in, and the names from there on.
    fn names(&self, path: &ast::Path) -> Option<(String, Vec<String>)> {
        let own = path.fields.iter().map(|name| name.text.clone());
        match self.variables.iter().rev().find(|(name, ..)| *name == path.root.text) {
            Some((_, record, _)) if record.is_empty() => None,
            Some((_, record, names)) => Some((record.clone(), names.iter().cloned().chain(own).collect())),
            None => Some((path.root.text.clone(), own.collect())),
        }
    }

    fn comparison(&mut self, operator: (Comparison, bool), subject: &Expr, other: &Expr) {
        let Some(subject) = self.subject(subject) else { return };
        let Some(value) = self.constant(other, &subject.ty) else { return };
        let probe = match operator {
            (Comparison::Equal, _) => equal(value, &subject.ty),
            (Comparison::Less, turned) => ordered(value, !turned, false),
            (Comparison::LessOrEqual, turned) => ordered(value, !turned, true),
            (Comparison::Greater, turned) => ordered(value, turned, false),
            (Comparison::GreaterOrEqual, turned) => ordered(value, turned, true),
        };
        self.add(&subject, probe, None, other.span);
    }

    fn membership(&mut self, value: &Expr, entries: &[Entry]) {
        let Some(subject) = self.subject(value) else { return };
        for entry in entries {
            match entry {
                Entry::One(one) => self.member(&subject, one, |value, ty| Some(equal(value, ty))),
                Entry::Range { low, high, exclusive, span } => {
                    let (low, high) = (self.constant(low, &subject.ty), self.constant(high, &subject.ty));
                    if let (Some(low), Some(high)) = (low, high) {
                        self.add(&subject, Probe::Between { low, high, exclusive: *exclusive }, None, *span);
                    }
                }
            }
        }
    }

    fn text_test(&mut self, test: TextTest, value: &Expr, operands: &[Entry]) {
        let Some(subject) = self.subject(value) else { return };
        let of_list = matches!(subject.info.ty, Some(Type::List(_)));
        for operand in operands {
            let Entry::One(one) = operand else { continue };
            self.member(&subject, one, |value, ty| {
                let standing = match test {
                    TextTest::Contains if of_list => return Some(equal(value, ty)),
                    TextTest::Contains => Standing::Anywhere,
                    TextTest::ContainsWord => Standing::Word,
                    TextTest::StartsWith => Standing::Start,
                    TextTest::EndsWith => Standing::End,
                    TextTest::Matches => return None,
                };
                let Value::Text(part) = value else { return None };
                Some(Probe::Search { place: standing, part, exact: ty.is_exact() })
            });
            let largest = Workspace::get(self.db).limits(self.db).pattern_size;
            if let (TextTest::Matches, ExprKind::Pattern(pattern)) = (test, &one.kind)
                && let Ok(pattern) = Pattern::new(&pattern.source, pattern.ignore_case, largest)
            {
                self.add(&subject, Probe::Matches(pattern), None, one.span);
            }
        }
    }

    /// A field as the key of a table whose keys are texts.
    fn lookup(&mut self, reference: &str, key: &Expr) {
        let Some(subject) = self.subject(key) else { return };
        let item = find(self.db, Space::Value, reference).filter(|item| declares(self.db, *item, "reference"));
        let Some(rows) = item.and_then(|item| table(self.db, item).rows.clone()) else { return };
        let keys = rows.columns.get(rows.key).map(|column| column.values.iter()).into_iter().flatten();
        let text = |key: &Value| if let Value::Text(text) = key { Some(text.clone()) } else { None };
        self.found.looked_up.push(LookedUp {
            record: subject.record,
            field: subject.info.name,
            reference: reference.to_owned(),
            exact: rows.exact,
            keys: keys.filter_map(text).collect(),
            owner: self.owner.clone(),
            place: place(self.db, ItemSpan { item: self.item, span: key.span }),
        });
    }

    /// A constant, or every member of a list that has a name.
    fn member(&mut self, subject: &Subject, one: &Expr, probe: impl Fn(Value, &Type) -> Option<Probe>) {
        let list = match &one.kind {
            ExprKind::Path(path) if path.fields.is_empty() => self.list(&path.root.text),
            _ => None,
        };
        match list {
            Some((name, values)) => {
                for value in values {
                    if let Some(probe) = probe(value, &subject.ty) {
                        self.add(subject, probe, Some(name.clone()), one.span);
                    }
                }
            }
            None => {
                let value = self.constant(one, &subject.ty);
                if let Some(probe) = value.and_then(|value| probe(value, &subject.ty)) {
                    self.add(subject, probe, None, one.span);
                }
            }
        }
    }

    fn list(&self, name: &str) -> Option<(String, Vec<Value>)> {
        let item = find(self.db, Space::Value, name).filter(|item| declares(self.db, *item, "list"))?;
        match &check(self.db, item).meaning {
            Meaning::List(list) => Some((name.to_owned(), list.values.clone())),
            _ => None,
        }
    }

    /// The field that an expression is, perhaps with a default.
    fn subject(&self, expr: &Expr) -> Option<Subject> {
        match &expr.kind {
            ExprKind::Group(inner) | ExprKind::Default { value: inner, .. } => self.subject(inner),
            ExprKind::Path(path) if !path.fields.is_empty() => {
                let (record, names) = self.names(path)?;
                let Lookup::Stored(info) = field(self.db, FieldPath::new(self.db, record.clone(), names)) else {
                    return None;
                };
                let (record, info) = self.at_home(record, info)?;
                let ty = match info.ty.clone()? {
                    Type::List(member) => *member,
                    ty => ty,
                };
                Some(Subject { record, info, ty })
            }
            _ => None,
        }
    }

    /// A field where the data has it: one that is read through a reference is in the records that the reference leads to.
    fn at_home(&self, record: String, info: &FieldInfo) -> Option<(String, FieldInfo)> {
        let Some(through) = &info.through else { return Some((record, info.clone())) };
        let stored = |record: &str, name: &str| {
            let path = FieldPath::new(self.db, record.to_owned(), names_of(name));
            if let Lookup::Stored(info) = field(self.db, path) { Some(info.clone()) } else { None }
        };
        let other = stored(&record, through)?.link?.record.to_string();
        let info = stored(&other, info.name.strip_prefix(through.as_str())?.strip_prefix('.')?)?;
        Some((other, info))
    }

    /// A value that no record can change.
    fn constant(&self, expr: &Expr, ty: &Type) -> Option<Value> {
        let mut names = Vec::new();
        crate::walk::paths(expr, &mut names);
        if names.iter().any(|path: &&ast::Path| !path.fields.is_empty()) {
            return None;
        }
        let value = Checker::constant(self.db, self.item.text(self.db)).constant_value(expr, ty, "a value")?;
        (!value.is_missing()).then_some(value)
    }

    fn add(&mut self, subject: &Subject, probe: Probe, list: Option<String>, span: Span) {
        let at = place(self.db, ItemSpan { item: self.item, span });
        let (record, field, owner) = (subject.record.clone(), subject.info.name.clone(), self.owner.clone());
        self.found.compared.push(Compared { record, field, probe, list, owner, place: at });
    }
}

/// The operator as seen from the other side.
fn turned(operator: Comparison) -> (Comparison, bool) {
    (operator, true)
}

fn equal(value: Value, ty: &Type) -> Probe {
    Probe::Equal { value, exact: ty.is_exact() }
}

fn ordered(than: Value, less: bool, equal: bool) -> Probe {
    Probe::Ordered { than, less, equal }
}
