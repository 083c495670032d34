//! A rulebook as editors look at it: the item at a place, the names in it, where each is declared and mentioned, what is
//! known of a field. Each answer is a query of one item or one name, so that asking again after an edit costs only what
//! the edit touched.

mod fields;
mod time;

use std::sync::Arc;

use diagnostics::{Place, Problem};
use syntax::ChunkKind;
use syntax::ast::{self, Span};
use values::Type;

use crate::check::{Meaning, check};
use crate::db::{Db, Item, ItemSpan, SourceFile, all_items, items, parsed};
use crate::mention::{Kind, Mention, Role, Thing, file_mentions, mentions, value_named};
use crate::names::{Space, all_declared, find, index, names_in};
use crate::places::{line_of, place};
use crate::project::Project;
use crate::schema::{Says, field_uses};
use crate::sets::{SetRecord, header_record, set_record};
use crate::typed::TargetKind;

pub use fields::Known;

/// One item of a rule file.
#[derive(Clone, Copy)]
pub struct ItemView<'p> {
    db: &'p dyn Db,
    item: Item<'p>,
}

/// A place that mentions something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MentionPlace {
    /// Where.
    pub place: Place,
    /// What is done to it there.
    pub role: Role,
}

impl Project {
    /// The items of a rule file in written order; none if there is no such file.
    pub fn items(&self, path: &str) -> Vec<ItemView<'_>> {
        let of = |file: SourceFile| items(&self.db, file).iter().map(|item| self.view(*item)).collect();
        self.listed(path).map_or_else(Vec::new, of)
    }

    /// The items of all rule files.
    pub fn all_items(&self) -> impl Iterator<Item = ItemView<'_>> {
        all_items(&self.db).iter().map(|item| self.view(*item))
    }

    /// The last item of a rule file that begins at or before a byte: what is written there belongs to it or follows it.
    pub fn item_at(&self, path: &str, offset: usize) -> Option<ItemView<'_>> {
        let all = items(&self.db, self.listed(path)?);
        let place = all.partition_point(|item| self.view(*item).start() <= offset);
        place.checked_sub(1).and_then(|place| all.get(place)).map(|item| self.view(*item))
    }

    /// The name at a byte of a rule file, with its item. Between two that touch, the one behind it.
    pub fn mention_at(&self, path: &str, offset: usize) -> Option<(ItemView<'_>, &Mention)> {
        let view = self.item_at(path, offset)?;
        let at = u32::try_from(offset - view.start()).ok()?;
        let touches = |mention: &&Mention| mention.span.start <= at && at <= mention.span.end;
        view.mentions().iter().rfind(touches).map(|mention| (view, mention))
    }

    /// All places that mention something, in the order of the files. A variable is known in its own item alone: ask that.
    pub fn places_of(&self, thing: &Thing) -> Vec<MentionPlace> {
        self.all_items().flat_map(|view| view.places_of(thing)).collect()
    }

    /// How many places but its declarations mention something.
    pub fn uses_of(&self, thing: &Thing) -> usize {
        let in_item = |item: &Item<'_>| {
            mentions(&self.db, *item).iter().filter(|it| it.thing == *thing && it.role != Role::Declares).count()
        };
        all_items(&self.db).iter().map(in_item).sum()
    }

    /// The items that declare something.
    pub fn declaring(&self, thing: &Thing) -> Vec<ItemView<'_>> {
        let db = &self.db;
        let items: Vec<Item<'_>> = match (thing.declared_as(), thing.kind) {
            (Some(key), _) => index(db).get(&key).cloned().unwrap_or_default(),
            (None, Kind::Field) => find(db, Space::Value, &thing.of).into_iter().collect(),
            (None, Kind::Rule) => {
                let is_it = |item: &&Item<'_>| item.kind(db) == ChunkKind::Rule && *item.key(db) == *thing.name;
                all_items(db).iter().filter(is_it).copied().collect()
            }
            _ => Vec::new(),
        };
        items.into_iter().map(|item| self.view(item)).collect()
    }

    /// Where something is declared; of a derived value that a table's file gives, where the file is named.
    pub fn declarations(&self, thing: &Thing) -> Vec<Place> {
        self.declaring(thing).into_iter().filter_map(|view| view.declaration(thing)).collect()
    }

    /// A file that is no rule file and mentions something: that of a table.
    pub fn file_mentioning(&self, thing: &Thing) -> Option<String> {
        let mentions = |item: &&Item<'_>| {
            item.kind(&self.db) == ChunkKind::Table && file_mentions(&self.db, **item).contains(thing)
        };
        match &parsed(&self.db, *all_items(&self.db).iter().find(mentions)?).item {
            ast::Item::Table(table) => table.from.as_ref().map(|file| file.text.clone()),
            _ => None,
        }
    }

    /// What a name is that records, constants, lists and reference data share a namespace of.
    pub fn value_named(&self, name: &str) -> Option<Thing> {
        value_named(&self.db, name)
    }

    /// The kind of a declared target.
    pub fn target_kind(&self, name: &str) -> Option<TargetKind> {
        match &parsed(&self.db, find(&self.db, Space::Target, name)?).item {
            ast::Item::Target(target) => Some(target.kind),
            _ => None,
        }
    }

    /// The declared names of a kind, sorted; of record types also those that rules use without declaring them. Of rules,
    /// fields and what is not declared there are none here.
    pub fn names_of(&self, kind: Kind) -> Vec<String> {
        let space = match kind {
            Kind::Record => return self.record_names(),
            Kind::Reference | Kind::Constant | Kind::List => Space::Value,
            Kind::Derived => Space::Derived,
            Kind::Target => Space::Target,
            Kind::Calendar => Space::Calendar,
            Kind::Set => Space::Set,
            Kind::Test => Space::Test,
            Kind::Table => Space::Table,
            Kind::Integration => return self.listed_names().integrations.clone().unwrap_or_default(),
            Kind::Template => return self.listed_names().templates.clone().unwrap_or_default(),
            Kind::Field | Kind::Rule | Kind::Variable | Kind::Function | Kind::Workflow => return Vec::new(),
        };
        let of_kind =
            |name: &&str| space != Space::Value || self.value_named(name).is_some_and(|thing| thing.kind == kind);
        names_in(&self.db, space).filter(of_kind).map(str::to_owned).collect()
    }

    fn view<'p>(&'p self, item: Item<'p>) -> ItemView<'p> {
        ItemView { db: &self.db, item }
    }
}

impl<'p> ItemView<'p> {
    /// The file it lies in.
    pub fn path(self) -> &'p Arc<str> {
        self.item.file(self.db).path(self.db)
    }

    /// What it is, by its first words.
    pub fn kind(self) -> ChunkKind {
        self.item.kind(self.db)
    }

    /// Its text, the comment lines directly above it included.
    pub fn text(self) -> &'p Arc<str> {
        self.item.text(self.db)
    }

    /// Its first byte in the file.
    pub fn start(self) -> usize {
        self.place(Span::default()).start
    }

    /// The byte after its last in the file.
    pub fn end(self) -> usize {
        self.start() + self.text().len()
    }

    /// A part of it in the file.
    pub fn place(self, span: Span) -> Place {
        place(self.db, ItemSpan { item: self.item, span })
    }

    /// What was written.
    pub fn tree(self) -> &'p ast::Item {
        &parsed(self.db, self.item).item
    }

    /// The name by which it is known again after an edit.
    pub fn key(self) -> &'p str {
        self.item.key(self.db)
    }

    /// The opening of the rule set that it belongs to.
    pub fn set(self) -> Option<Self> {
        self.item.set(self.db).map(|item| Self { db: self.db, item })
    }

    /// The names by which verdicts know a rule: that of its set, and its own or else its place. None of what is no rule.
    pub fn rule_names(self) -> Option<(String, String)> {
        let rule = match self.tree() {
            ast::Item::Rule(rule) => rule.name.as_ref().map(|name| name.text.clone()),
            ast::Item::Otherwise(_) => Some("otherwise".to_owned()),
            _ => return None,
        };
        let set = match self.set().map(Self::tree) {
            Some(ast::Item::Rules(rules)) => rules.name.text.clone(),
            _ => self.path().to_string(),
        };
        Some((set, rule.unwrap_or_else(|| line_of(self.db, self.item))))
    }

    /// The name of a test; none of what is no test.
    pub fn test_name(self) -> Option<&'p str> {
        if let ast::Item::Test(test) = self.tree() { Some(&test.name.text) } else { None }
    }

    /// The names in it, in written order.
    pub fn mentions(self) -> &'p [Mention] {
        mentions(self.db, self.item)
    }

    /// The places in it that mention something.
    pub fn places_of(self, thing: &Thing) -> Vec<MentionPlace> {
        let found = self.mentions().iter().filter(|mention| mention.thing == *thing);
        found.map(|mention| MentionPlace { place: self.place(mention.span), role: mention.role }).collect()
    }

    /// Where it declares something.
    pub fn declaration(self, thing: &Thing) -> Option<Place> {
        let declares = |mention: &&Mention| mention.role == Role::Declares && mention.thing == *thing;
        if let Some(mention) = self.mentions().iter().find(declares) {
            return Some(self.place(mention.span));
        }
        let (space, name) = thing.declared_as()?;
        let declared = all_declared(self.db, self.item).iter();
        let span = declared.filter(|it| it.space == space && it.name == name).map(|it| it.span).next()?;
        Some(self.place(span))
    }

    /// The record type that it is about, as far as anything tells.
    pub fn record(self) -> Option<String> {
        match self.tree() {
            ast::Item::Define(define) => Some(define.path.root.text.clone()),
            ast::Item::Decide(decide) => Some(decide.path.root.text.clone()),
            ast::Item::Score(score) => Some(score.path.root.text.clone()),
            ast::Item::Table(table) => Some(table.record.text.clone()),
            ast::Item::Record(record) => Some(record.name.text.clone()),
            ast::Item::Rules(_) => header_record(self.db, self.item).clone(),
            ast::Item::Test(test) => test.lines.iter().find_map(|line| match &line.kind {
                ast::TestLineKind::Given(given) => Some(given.name.text.clone()),
                _ => None,
            }),
            _ => match set_record(self.db, self.item) {
                SetRecord::Known { record, .. } => Some(record.clone()),
                SetRecord::None | SetRecord::Reported => None,
            },
        }
    }

    /// The type of the value that it declares, and whether that may be missing: of constants and derived values.
    pub fn value_type(self) -> Option<(Type, bool)> {
        match &check(self.db, self.item).meaning {
            Meaning::Constant(value) => Some((value.ty.clone(), value.optional)),
            Meaning::Definition(meaning) => Some((meaning.value.ty.clone(), meaning.value.optional)),
            _ => None,
        }
    }

    /// The type that a place in it takes a field to be: of `lead.score > 70` a number.
    pub fn type_at(self, at: Span) -> Option<Type> {
        let uses = field_uses(self.db, self.item).iter();
        uses.filter(|it| it.span.start <= at.start && at.end <= it.span.end).find_map(|it| match &it.says {
            Says::Is(ty) => Some(ty.clone()),
            _ => None,
        })
    }

    /// Whether anything is wrong with how it is written.
    pub fn is_broken(self) -> bool {
        let found = parsed(self.db, self.item).problems.iter();
        found
            .map(|(_, problem)| Problem::Syntax(problem.clone()))
            .any(|it| it.severity() == diagnostics::Severity::Error)
    }
}
