//! The names in each kind of item.

use syntax::ast::{
    self, CellKind, Claim, Datum, DatumKind, Detail, Expr, Field, Heading, Item, Path, Span, TestLineKind, TypeExpr,
    TypeKind,
};

use super::{Kind, Role, Thing, Walk};
use crate::schema::{EACH, joined};

impl Walk<'_> {
    pub(super) fn item(&mut self, item: &Item) {
        match item {
            Item::Record(record) => {
                self.declares(Kind::Record, &record.name);
                self.fields(&record.name.text, &mut Vec::new(), &record.fields);
            }
            Item::Reference(reference) => {
                self.declares(Kind::Reference, &reference.name);
                if let Some(key) = &reference.key {
                    let thing = Thing::of(Kind::Field, &reference.name.text, &key.text);
                    self.put(thing, key.span, Role::Reads);
                }
                self.fields(&reference.name.text, &mut Vec::new(), &reference.fields);
            }
            Item::Let(constant) => {
                self.declares(Kind::Constant, &constant.name);
                self.expr(&constant.value);
            }
            Item::List(list) => {
                self.declares(Kind::List, &list.name);
                self.entries(&list.entries);
            }
            Item::Define(define) => {
                self.derived(&define.path);
                self.expr(&define.value);
            }
            Item::Decide(decide) => {
                self.derived(&decide.path);
                crate::walk::decide_parts(decide).for_each(|part| self.expr(part));
            }
            Item::Score(score) => self.score(score),
            Item::Table(table) => self.table(table),
            Item::Target(target) => self.target_declaration(target),
            Item::Calendar(calendar) => self.declares(Kind::Calendar, &calendar.name),
            Item::Never(never) => {
                self.blocked(&never.effect.kind);
                self.expr(&never.condition);
            }
            Item::Rules(rules) => {
                self.quoted(Kind::Set, &rules.name, Role::Declares);
                rules.record.iter().for_each(|record| self.record(record));
                rules.after.iter().for_each(|set| self.quoted(Kind::Set, set, Role::Reads));
                rules.guard.iter().for_each(|guard| self.expr(guard));
            }
            Item::Rule(rule) => {
                rule.name.iter().for_each(|name| self.quoted(Kind::Rule, name, Role::Declares));
                self.expr(&rule.condition);
                self.effects(&rule.effects);
            }
            Item::Otherwise(otherwise) => self.effects(&otherwise.effects),
            Item::Test(test) => self.test(test),
            Item::Close(_) | Item::NotYet(_) | Item::Error => {}
        }
    }

    /// The fields of a block; `around` are the names of the nested records that they lie in.
    fn fields(&mut self, record: &str, around: &mut Vec<String>, fields: &[Field]) {
        for field in fields {
            around.push(field.name.text.clone());
            self.put(Thing::of(Kind::Field, record, &joined(around)), field.name.span, Role::Declares);
            self.type_of(record, around, &field.ty);
            field.missing_when.iter().chain(&field.default).for_each(|value| self.expr(value));
            around.pop();
        }
    }

    fn type_of(&mut self, record: &str, around: &mut Vec<String>, ty: &TypeExpr) {
        match &ty.kind {
            TypeKind::Named(name) => self.value(name),
            TypeKind::OneOf(labels) => labels.iter().for_each(|label| self.expr(label)),
            TypeKind::List(member) => {
                around.push(EACH.to_owned());
                self.type_of(record, around, member);
                around.pop();
            }
            TypeKind::Nested(fields) => self.fields(record, around, fields),
            TypeKind::Reference { record: other, by } => {
                self.record(other);
                let mut names = around.clone();
                names.pop();
                names.push(by.text.clone());
                self.put(Thing::of(Kind::Field, record, &joined(&names)), by.span, Role::Reads);
            }
            TypeKind::ExactText | TypeKind::Money(_) | TypeKind::Truth | TypeKind::Error => {}
        }
    }

    /// The record type and the name of a derived value.
    fn derived(&mut self, path: &Path) {
        self.record(&path.root);
        if let [name] = path.fields.as_slice() {
            self.put(Thing::of(Kind::Derived, &path.root.text, &name.text), name.span, Role::Declares);
        }
    }

    fn score(&mut self, score: &ast::Score) {
        self.derived(&score.path);
        score.start.iter().for_each(|start| self.expr(&start.amount));
        for line in &score.lines {
            let counted = crate::walk::counted_parts(line);
            match &line.each {
                Some(each) => self.each(&counted, each),
                None => counted.into_iter().for_each(|part| self.expr(part)),
            }
            line.condition.iter().chain(&line.at_most).for_each(|part| self.expr(part));
        }
        score.limit.iter().flat_map(|limit| [&limit.low, &limit.high]).for_each(|end| self.expr(end));
    }

    /// A table whose rows stand in the rules. A cell stands for a condition in which its heading stands again: only what is
    /// written in the cell counts.
    fn table(&mut self, table: &ast::Table) {
        self.declares(Kind::Table, &table.name);
        self.record(&table.record);
        self.headings(&table.grid);
        for cell in table.grid.rows.iter().flat_map(|row| &row.cells) {
            if let CellKind::Condition(part) | CellKind::Value(part) = &cell.kind {
                self.cell(part, cell.span);
            }
        }
    }

    /// What the columns of a table are about.
    pub(super) fn headings(&mut self, grid: &ast::Grid) {
        for column in &grid.columns {
            match &column.heading {
                Heading::Input(input) => self.expr(input),
                Heading::Output(path) => self.derived(path),
                Heading::Error => {}
            }
        }
    }

    fn cell(&mut self, part: &Expr, cell: Span) {
        let before = self.mentions.len();
        self.expr(part);
        let text = self.item.text(self.db);
        let found = self.mentions.split_off(before);
        let is_written = |mention: &super::Mention| {
            let written = text.get(mention.span.start as usize..mention.span.end as usize).unwrap_or_default();
            let inside = cell.start <= mention.span.start && mention.span.end <= cell.end;
            inside && written.trim_matches(['`', '"']) == mention.thing.last_name()
        };
        self.mentions.extend(found.into_iter().filter(is_written));
    }

    fn target_declaration(&mut self, target: &ast::TargetDeclaration) {
        self.declares(Kind::Target, &target.name);
        for member in &target.members {
            if let ast::MemberName::User(name) = &member.who {
                self.reads(Kind::Target, name);
            }
        }
    }

    fn test(&mut self, test: &ast::Test) {
        self.quoted(Kind::Test, &test.name, Role::Declares);
        for line in &test.lines {
            match &line.kind {
                TestLineKind::Now(now) => self.expr(now),
                TestLineKind::Given(given) => {
                    self.record(&given.name);
                    self.datum(&given.name.text, &mut Vec::new(), &given.value);
                }
                TestLineKind::Expect(expectation) => self.claim(&expectation.claim),
                TestLineKind::Event(_) | TestLineKind::Error => {}
            }
        }
    }

    /// What a test gives of a record; `around` are the names of the fields that lead to it.
    fn datum(&mut self, record: &str, around: &mut Vec<String>, datum: &Datum) {
        match &datum.kind {
            DatumKind::Record(members) => {
                for member in members {
                    around.push(member.name.text.clone());
                    self.field(record, around, &member.name, Role::Writes);
                    self.datum(record, around, &member.value);
                    around.pop();
                }
            }
            DatumKind::List(data) => {
                let inside = !around.is_empty();
                around.extend(inside.then(|| EACH.to_owned()));
                data.iter().for_each(|datum| self.datum(record, around, datum));
                around.truncate(around.len() - usize::from(inside));
            }
            DatumKind::Value(value) => self.expr(value),
        }
    }

    fn claim(&mut self, claim: &Claim) {
        match claim {
            Claim::Rule(name) => self.quoted(Kind::Rule, name, Role::Reads),
            Claim::Rules(names) => names.iter().for_each(|name| self.quoted(Kind::Rule, name, Role::Reads)),
            Claim::Lost(Some(sketch)) | Claim::Effect(sketch) => {
                let is_email = sketch.verb == ast::Verb::Email;
                let kind = if sketch.verb == ast::Verb::Call { Kind::Integration } else { Kind::Workflow };
                sketch.details.iter().for_each(|detail| self.detail(detail, is_email, kind));
            }
            Claim::Condition(condition) => self.expr(condition),
            Claim::Measure(measure) => {
                self.claim(&measure.of.claim);
                match &measure.limit {
                    ast::MeasureLimit::Compared { value, .. } => self.expr(value),
                    ast::MeasureLimit::Between { low, high, .. } => {
                        [low, high].into_iter().for_each(|it| self.expr(it));
                    }
                }
            }
            Claim::Fault(_) | Claim::Lost(None) => {}
        }
    }

    fn detail(&mut self, detail: &Detail, is_email: bool, named: Kind) {
        match detail {
            Detail::Target(target) | Detail::Owner(target) | Detail::From(target) | Detail::ReplyTo(target) => {
                self.target(target);
            }
            Detail::To(targets) | Detail::Cc(targets) => targets.iter().for_each(|target| self.target(target)),
            Detail::By(selection) => self.selection(selection),
            Detail::Within(deadline) => self.deadline(deadline),
            Detail::Field(path) => self.path(path, Role::Reads),
            Detail::Text(text) if is_email => self.template(text),
            Detail::Value(value) | Detail::Text(value) => self.expr(value),
            Detail::Due(due) => self.due(due),
            Detail::With(arguments) => arguments.iter().for_each(|argument| self.expr(&argument.value)),
            Detail::Name(name) => self.reads(named, name),
        }
    }
}
