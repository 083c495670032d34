//! What is to be said of a word: what it is, where it is declared, what is written above it, who uses it.

mod words;

use std::ops::Range;

use diagnostics::Place;
use semantics::{ItemView, Kind, Known, Role, Thing};
use syntax::ast::{Field, Item, TargetKind, TypeExpr, TypeKind};
use syntax::{TokenKind, scan};
use values::Type;
use values::builtins;

use crate::Snapshot;
use crate::titles::{code_of, doc_of, doc_of_field, kind_words, title, written};

pub(crate) use words::word;

/// The answer for a word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hover {
    /// The word.
    pub range: Range<usize>,
    /// What is said of it, in Markdown.
    pub text: String,
    /// The page of the guide that says more: `05-time.md`.
    pub guide: Option<&'static str>,
}

impl Snapshot {
    /// What is to be said of the word at a byte of a file.
    pub fn hover(&self, path: &str, offset: usize) -> Option<Hover> {
        if let Some((view, mention)) = self.project().mention_at(path, offset)
            && let Some(text) = self.about(view, &mention.thing)
        {
            let at = view.place(mention.span);
            let guide = (mention.thing.kind == Kind::Function).then_some("functions.md");
            return Some(Hover { range: at.start..at.end, text, guide });
        }
        self.keyword(path, offset)
    }

    /// A word of the language.
    fn keyword(&self, path: &str, offset: usize) -> Option<Hover> {
        let view = self.project().item_at(path, offset)?;
        let (text, start) = (view.text(), view.start());
        let here = offset - start;
        let at = |token: &syntax::Token| token.start <= here && here <= token.end && token.kind == TokenKind::Word;
        let token = scan(text).into_iter().rfind(at)?;
        let about = word(token.of(text))?;
        let text = format!("**{}**: {}", token.of(text), about.sentence);
        Some(Hover { range: start + token.start..start + token.end, text, guide: Some(about.guide) })
    }

    /// What is said of something, in Markdown.
    pub(crate) fn about(&self, view: ItemView<'_>, thing: &Thing) -> Option<String> {
        match thing.kind {
            Kind::Function => {
                let entry = builtins::reference::entry(&thing.name);
                return entry.or_else(|| word(&thing.name).map(|about| about.sentence.to_owned()));
            }
            Kind::Field => self.about_field(thing),
            Kind::Variable => Some(self.about_variable(view, thing)),
            _ => Some(self.about_declared(thing)),
        }
        .map(|text| self.with_uses(thing, text))
    }

    fn about_field(&self, thing: &Thing) -> Option<String> {
        let known = self.project().known_thing(thing)?;
        let facts = facts(&known);
        let Some(view) = self.project().declaring(thing).into_iter().next() else {
            let ty = type_words(&known);
            let said = "a stored field that no `record` block declares: the rules that use it tell its type";
            return Some(format!("```rules\n{}: {ty}\n```\n{said}{facts}\n", written(thing)));
        };
        let place = view.declaration(thing)?;
        let at = u32::try_from(place.start - view.start()).ok()?;
        let field = declared_field(fields_of(view.tree()), at)?;
        let written_field = view.text().get(field.span.start as usize..field.span.end as usize)?;
        let before = written(thing);
        let before = before.strip_suffix(thing.last_name()).unwrap_or_default();
        let mut text = format!("```rules\n{before}{}\n```\n", excerpt(written_field));
        let (what, holder) = match view.tree() {
            Item::Reference(_) => ("a column of reference data", "row"),
            _ => ("a stored field", "record"),
        };
        let facts = facts.replace("record", holder);
        text.push_str(&format!("{what}, declared in `{}`{facts}\n", self.line_of(&place)));
        text.extend(doc_of_field(view.text(), field.name.span).map(|doc| format!("\n{doc}\n")));
        Some(text)
    }

    fn about_variable(&self, view: ItemView<'_>, thing: &Thing) -> String {
        let place =
            view.declaration(thing).map_or_else(String::new, |place| format!(", named in `{}`", self.line_of(&place)));
        format!("```rules\n{}\n```\nan item of a list{place}\n", thing.name)
    }

    /// What an item declares, as it is written there.
    fn about_declared(&self, thing: &Thing) -> String {
        let declaring = self.project().declaring(thing);
        let Some(view) = declaring.first() else {
            return format!("```rules\n{}\n```\n{}, which no item declares\n", written(thing), kind_words(thing.kind));
        };
        let mut text = format!("```rules\n{}\n```\n", excerpt(code_of(view.text())));
        let ty = self.value_type(thing, *view).map(|ty| format!(": {ty}")).unwrap_or_default();
        let place = view.declaration(thing).map_or_else(String::new, |place| self.line_of(&place));
        let what = self.what(thing);
        text.push_str(&format!("{what}{ty}, declared in `{place}`\n"));
        text.extend(doc_of(view.text()).map(|doc| format!("\n{doc}\n")));
        text
    }

    /// What a declared name is, with an article.
    pub(crate) fn what(&self, thing: &Thing) -> &'static str {
        match (thing.kind, self.project().target_kind(&thing.name)) {
            (Kind::Target, Some(TargetKind::Team)) => "a team",
            (Kind::Target, Some(TargetKind::Queue)) => "a queue",
            (Kind::Target, Some(TargetKind::User)) => "a user",
            (kind, _) => kind_words(kind),
        }
    }

    /// The type of what a name stands for, in words.
    fn value_type(&self, thing: &Thing, view: ItemView<'_>) -> Option<String> {
        let (ty, optional) = match thing.kind {
            Kind::Derived => {
                let known = self.project().known_thing(thing)?;
                (known.ty?, known.optional)
            }
            Kind::Constant => view.value_type()?,
            _ => return None,
        };
        Some(if optional { format!("{}, or missing", ty.with_article()) } else { ty.with_article() })
    }

    /// Says who uses something.
    fn with_uses(&self, thing: &Thing, mut text: String) -> String {
        if matches!(thing.kind, Kind::Variable | Kind::Test) {
            return text;
        }
        let (mut first, mut items, mut uses) = (Vec::new(), 0, 0);
        for view in self.project().all_items() {
            let here = view.mentions().iter().filter(|it| it.role != Role::Declares && it.thing == *thing).count();
            if here > 0 {
                (items, uses) = (items + 1, uses + here);
                if first.len() < MOST_USERS {
                    first.push(format!("`{}`", title(view)));
                }
            }
        }
        let more = if items > first.len() { format!(" and {} more", items - first.len()) } else { String::new() };
        text.push_str(&match uses {
            0 => "\nnot used\n".to_owned(),
            1 => format!("\nused once, by {}\n", first.join(", ")),
            _ => format!("\nused {uses} times, by {}{more}\n", first.join(", ")),
        });
        text
    }

    /// File and line of a place: `scoring.rules:12`.
    pub(crate) fn line_of(&self, place: &Place) -> String {
        let before = self.text(&place.file).and_then(|text| text.get(..place.start));
        let line = before.map_or(0, |before| before.bytes().filter(|byte| *byte == b'\n').count()) + 1;
        format!("{}:{line}", place.file)
    }
}

/// More users are counted and not named.
const MOST_USERS: usize = 4;

/// More lines of a declaration are not shown.
const MOST_LINES: usize = 8;

fn excerpt(code: &str) -> String {
    let mut lines: Vec<&str> = code.trim_end().lines().take(MOST_LINES).collect();
    if code.trim_end().lines().count() > MOST_LINES {
        lines.push("…");
    }
    lines.join("\n")
}

/// The type of a field as a `record` block writes it.
pub(crate) fn type_words(known: &Known) -> String {
    let mark = if known.optional && known.link.is_none() { "?" } else { "" };
    match (&known.link, &known.ty) {
        (Some(record), _) => format!("{record}?"),
        (None, Some(Type::Record(_))) => format!("{{ … }}{mark}"),
        (None, Some(ty)) => format!("{ty}{mark}"),
        (None, None) => "of a type that nothing tells".to_owned(),
    }
}

/// What else is known of a field.
fn facts(known: &Known) -> String {
    let mut facts = String::new();
    if known.key {
        facts.push_str("; it identifies the record");
    }
    facts.push_str(match &known.default {
        Some(_) => "; where it is missing, its default counts",
        None if known.optional => "; it may be missing",
        None => "; every record has it",
    });
    facts
}

/// The fields of a block.
pub(crate) fn fields_of(tree: &Item) -> &[Field] {
    match tree {
        Item::Record(record) => &record.fields,
        Item::Reference(reference) => &reference.fields,
        _ => &[],
    }
}

/// The field whose name begins at a byte of the block, also inside of another.
pub(crate) fn declared_field(fields: &[Field], at: u32) -> Option<&Field> {
    let field = fields.iter().find(|field| field.name.span.start == at || holds(&field.ty, at))?;
    if field.name.span.start == at { Some(field) } else { declared_field(inner_fields(&field.ty), at) }
}

fn holds(ty: &TypeExpr, at: u32) -> bool {
    ty.span.start <= at && at < ty.span.end && !inner_fields(ty).is_empty()
}

fn inner_fields(ty: &TypeExpr) -> &[Field] {
    match &ty.kind {
        TypeKind::Nested(fields) => fields,
        TypeKind::List(member) => inner_fields(member),
        _ => &[],
    }
}
