//! The items of a file as an outline, and those of the whole rulebook by name.

use std::ops::Range;

use diagnostics::Place;
use semantics::{ItemView, Kind, Role};
use syntax::ChunkKind;
use syntax::ast::{Field, Span, TypeExpr, TypeKind};

use crate::Snapshot;
use crate::hover::fields_of;
use crate::titles::{code_start, title};

/// An entry of the outline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Symbol {
    /// What it is called.
    pub name: String,
    /// What it is; an item without a name is a rule.
    pub kind: Kind,
    /// All of it.
    pub range: Range<usize>,
    /// Its name.
    pub selection: Range<usize>,
    /// What lies in it: the rules of a set, the fields of a record.
    pub children: Vec<Symbol>,
}

/// Something in the whole rulebook that was looked for by name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundSymbol {
    /// What it is called.
    pub name: String,
    /// What it is.
    pub kind: Kind,
    /// Where.
    pub place: Place,
    /// The rule set in which it lies.
    pub container: Option<String>,
}

impl Snapshot {
    /// The outline of a file.
    pub fn symbols(&self, path: &str) -> Vec<Symbol> {
        let mut outline: Vec<Symbol> = Vec::new();
        let mut set: Option<ItemView<'_>> = None;
        for view in self.project().items(path) {
            match view.kind() {
                ChunkKind::Close => {
                    if let (Some(last), true) = (outline.last_mut(), set.take().is_some()) {
                        last.range.end = view.end();
                    }
                }
                ChunkKind::Unknown | ChunkKind::NotYet(_) => {}
                _ => {
                    let symbol = symbol(view);
                    match outline.last_mut().filter(|_| set.is_some() && view.set().is_some()) {
                        Some(around) => {
                            around.range.end = symbol.range.end;
                            around.children.push(symbol);
                        }
                        None => outline.push(symbol),
                    }
                }
            }
            if view.kind() == ChunkKind::RulesHeader {
                set = Some(view);
            }
        }
        outline
    }

    /// What in the whole rulebook has the letters of a query in its name, in their order; of very many the first.
    pub fn workspace_symbols(&self, query: &str) -> Vec<FoundSymbol> {
        let wanted: Vec<char> = query.to_lowercase().chars().filter(|letter| !letter.is_whitespace()).collect();
        let named =
            self.project().all_items().filter(|view| kind_of(view.kind()).is_some() && matches(&title(*view), &wanted));
        let found = |view: ItemView<'_>| {
            let symbol = symbol(view);
            let place = Place { file: view.path().clone(), start: symbol.selection.start, end: symbol.selection.end };
            let container = view.set().map(|set| set.key().to_owned());
            FoundSymbol { name: symbol.name, kind: symbol.kind, place, container }
        };
        named.map(found).take(MOST_FOUND).collect()
    }
}

/// More are not told: nobody reads so many.
const MOST_FOUND: usize = 500;

/// Whether the letters stand in a name in their order.
fn matches(name: &str, wanted: &[char]) -> bool {
    let mut rest = wanted.iter().peekable();
    for letter in name.chars().flat_map(char::to_lowercase) {
        if rest.peek() == Some(&&letter) {
            rest.next();
        }
    }
    rest.peek().is_none()
}

fn symbol(view: ItemView<'_>) -> Symbol {
    let start = view.start();
    let words = start + code_start(view.text());
    let declares =
        view.mentions().iter().rev().find(|mention| {
            mention.role == Role::Declares && !matches!(mention.thing.kind, Kind::Field | Kind::Variable)
        });
    let first = view.text().get(words - start..).unwrap_or_default();
    let first = first.find(char::is_whitespace).unwrap_or(first.len());
    let selection = match declares {
        Some(mention) => start + mention.span.start as usize..start + mention.span.end as usize,
        None => words..words + first,
    };
    Symbol {
        name: title(view),
        kind: kind_of(view.kind()).unwrap_or(Kind::Rule),
        range: start..view.end(),
        selection,
        children: fields_of(view.tree()).iter().map(|field| field_symbol(start, field)).collect(),
    }
}

fn field_symbol(start: usize, field: &Field) -> Symbol {
    let range = |span: Span| start + span.start as usize..start + span.end as usize;
    Symbol {
        name: field.name.text.clone(),
        kind: Kind::Field,
        range: range(field.span),
        selection: range(field.name.span),
        children: inner(&field.ty).iter().map(|field| field_symbol(start, field)).collect(),
    }
}

fn inner(ty: &TypeExpr) -> &[Field] {
    match &ty.kind {
        TypeKind::Nested(fields) => fields,
        TypeKind::List(member) => inner(member),
        _ => &[],
    }
}

/// What an item is; none for what is no item.
const fn kind_of(kind: ChunkKind) -> Option<Kind> {
    Some(match kind {
        ChunkKind::Record => Kind::Record,
        ChunkKind::Let => Kind::Constant,
        ChunkKind::List => Kind::List,
        ChunkKind::Define | ChunkKind::Decide | ChunkKind::Score => Kind::Derived,
        ChunkKind::Calendar => Kind::Calendar,
        ChunkKind::Table => Kind::Table,
        ChunkKind::Reference => Kind::Reference,
        ChunkKind::Target(_) => Kind::Target,
        ChunkKind::RulesHeader => Kind::Set,
        ChunkKind::Test => Kind::Test,
        ChunkKind::Rule | ChunkKind::Otherwise | ChunkKind::Never => Kind::Rule,
        ChunkKind::Close | ChunkKind::NotYet(_) | ChunkKind::Unknown => return None,
    })
}
