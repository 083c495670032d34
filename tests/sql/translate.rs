//! From a rule file to one SELECT, and to the rule file without what SQL cannot say.

use std::collections::BTreeSet;

use jiff::tz::TimeZone;
use syntax::ChunkKind;
use syntax::ast::{Item, Never};

use super::Unsaid;
use super::column::{Kind, Sql, alike, either};
use super::derived::{derived, names};
use super::effect::Targets;
use super::layers::Layers;
use super::record::{Stored, stored};
use super::run::Run;
use super::scope::{Known, Scope, View};
use super::source::{self, Piece};

/// What a column of the query says.
#[derive(Clone, Debug)]
pub(super) enum Part {
    /// A derived value.
    Value(String),
    /// Whether a rule fired, by set and name.
    Fired(String, String),
    /// Whether several rules fired of which one may.
    Several,
    /// Who gets the record, as the verdict writes it.
    Assign,
    /// Whether a field is set, and in the column behind it to what.
    IsSet(String),
    Set(String),
    Outcome,
}

/// A rulebook in SQL.
#[derive(Debug)]
pub struct Translation {
    /// The rule file without what SQL cannot say.
    pub rules: String,
    /// The query, over a table `records` of which `#` is the row.
    pub query: String,
    /// How many derived values, guards, sets and rules there were, and how many are left.
    pub items: (usize, usize),
    /// Why the others are not.
    pub unsaid: Vec<&'static str>,
    pub(super) parts: Vec<(Part, Kind)>,
    pub(super) fields: Vec<Stored>,
    pub(super) zone: TimeZone,
}

/// Translates a rule file, as a run at a moment would decide one type of record.
///
/// # Errors
///
/// Nothing of it can be said in SQL.
pub fn translate(rules: &str, file: &str, root: &str, zone: &str, now: &str) -> Result<Translation, Unsaid> {
    let pieces = source::pieces(rules);
    let (mut known, fields) = source::known(&pieces, root, zone, now)?;
    let fields = stored(&fields, &[], "", true);
    let closed = fields.iter().filter(|field| !field.labels.is_empty());
    known.labels = closed.map(|field| (field.name.clone(), field.labels.clone())).collect();
    let mut translator = Translator::new(known, &pieces);
    let base = translator.stored(&fields)?;
    let view = translator.derive(&base, None)?;
    translator.declarations();
    translator.values(&view);
    let guards = translator.guards(&view);
    let (text, parts, selected) = {
        let mut run = Run::new(&mut translator, base, view, guards, &fields);
        for set in source::sets(&pieces, file) {
            run.set(&set);
        }
        run.end()?
    };
    translator.rules.push_str(&text);
    if !parts.iter().any(|(part, _)| matches!(part, Part::Fired(..))) {
        return Err(Unsaid("a rulebook of which no rule is left"));
    }
    translator.parts.extend(parts);
    translator.selected.extend(selected);
    let query = translator.layers.select(&translator.selected);
    // What no rule asks for cannot spoil a record.
    let fields = fields.into_iter().filter(|field| query.contains(&field.column().text)).collect();
    Ok(Translation {
        rules: translator.rules,
        query,
        items: translator.items,
        unsaid: translator.unsaid,
        parts: translator.parts,
        fields,
        zone: translator.known.zone,
    })
}

/// What a translation is made with.
pub(super) struct Translator<'a> {
    pub(super) known: Known,
    pub(super) targets: Targets,
    pub(super) layers: Layers,
    pieces: &'a [Piece<'a>],
    /// The places of the pieces that derive something which SQL says.
    said: BTreeSet<usize>,
    rules: String,
    parts: Vec<(Part, Kind)>,
    selected: Vec<String>,
    pub(super) items: (usize, usize),
    pub(super) unsaid: Vec<&'static str>,
}

impl<'a> Translator<'a> {
    fn new(known: Known, pieces: &'a [Piece<'a>]) -> Self {
        Self {
            targets: Targets::of(pieces),
            layers: Layers::over("records"),
            known,
            pieces,
            said: BTreeSet::new(),
            rules: String::new(),
            parts: Vec::new(),
            selected: Vec::new(),
            items: (0, 0),
            unsaid: Vec::new(),
        }
    }

    /// The stored fields, each with what a missing value counts as.
    fn stored(&mut self, fields: &[Stored]) -> Result<View, Unsaid> {
        let mut view = View::new();
        for field in fields {
            let column = field.column();
            let value = match default_of(&self.known, field) {
                Some(default) => self.layers.column(&or(&column, &default)?),
                None => column,
            };
            view.insert(field.name.clone(), value);
        }
        Ok(view)
    }

    /// Stored fields and all that is derived from them. Derived values use each other in any order, so whatever can be said
    /// is said, until nothing more can. With places, just those.
    pub(super) fn derive(&mut self, base: &View, places: Option<&BTreeSet<usize>>) -> Result<View, Unsaid> {
        let mut view = base.clone();
        let pieces = self.pieces;
        let mut open: Vec<usize> = (0..pieces.len())
            .filter(|place| places.map_or_else(|| pieces.get(*place).is_some_and(derives), |it| it.contains(place)))
            .collect();
        loop {
            let before = open.len();
            let mut later = Vec::new();
            let mut reasons = Vec::new();
            for place in open {
                let Some(piece) = pieces.get(place) else { continue };
                let mut scope = Scope::new(&self.known, &view);
                match derived(&mut scope, &piece.item) {
                    Ok(values) => {
                        let doubts = std::mem::take(&mut scope.doubts);
                        self.layers.doubt(doubts);
                        for (name, value) in values {
                            let column = self.layers.column(&value);
                            view.insert(name, column);
                        }
                        self.said.insert(place);
                    }
                    Err(Unsaid(reason)) => {
                        reasons.push(reason);
                        later.push(place);
                    }
                }
            }
            open = later;
            if open.len() == before || open.is_empty() {
                if places.is_none() {
                    self.unsaid.extend(reasons);
                } else if !open.is_empty() {
                    return Err(Unsaid("a derived value of what a set has written"));
                }
                return Ok(view);
            }
        }
    }

    /// The same on a record that sets have written to.
    pub(super) fn derive_again(&mut self, base: &View) -> Result<View, Unsaid> {
        let said = self.said.clone();
        self.derive(base, Some(&said))
    }

    /// Writes down what is declared, and what is derived as far as SQL says it.
    fn declarations(&mut self) {
        for (place, piece) in self.pieces.iter().enumerate() {
            let kept = match piece.kind {
                ChunkKind::Define | ChunkKind::Decide | ChunkKind::Score | ChunkKind::Table => {
                    self.items.0 += 1;
                    self.items.1 += usize::from(self.said.contains(&place));
                    self.said.contains(&place)
                }
                ChunkKind::Record
                | ChunkKind::Let
                | ChunkKind::List
                | ChunkKind::Calendar
                | ChunkKind::Reference
                | ChunkKind::Target(_) => true,
                _ => false,
            };
            if kept {
                self.rules.push_str(piece.text);
                self.rules.push('\n');
            }
        }
    }

    /// The derived values are columns of the verdict.
    fn values(&mut self, view: &View) {
        for place in &self.said {
            for name in self.pieces.get(*place).map(|piece| names(&piece.item)).unwrap_or_default() {
                if let Some(sql) = view.get(&name) {
                    self.parts.push((Part::Value(name.clone()), sql.kind.clone()));
                    self.selected.push(sql.text.clone());
                }
            }
        }
    }

    /// The guards of which SQL says what they do.
    fn guards(&mut self, view: &View) -> Vec<&'a Never> {
        let pieces = self.pieces;
        let mut kept = Vec::new();
        for (text, never) in source::guards(pieces) {
            self.items.0 += 1;
            let said = Scope::new(&self.known, view).condition(&never.condition);
            match said {
                Ok(_) if self.targets.knows(&never.effect.kind) => {
                    self.items.1 += 1;
                    self.rules.push_str(text);
                    self.rules.push('\n');
                    kept.push(never);
                }
                Ok(_) => self.unsaid.push("a guard of what SQL does not say"),
                Err(Unsaid(reason)) => self.unsaid.push(reason),
            }
        }
        kept
    }
}

fn derives(piece: &Piece<'_>) -> bool {
    matches!(piece.item, Item::Define(_) | Item::Decide(_) | Item::Score(_) | Item::Table(_))
}

/// A value, or another where it is missing.
pub(super) fn or(value: &Sql, fallback: &Sql) -> Result<Sql, Unsaid> {
    let (one, other) = alike(value, fallback)?;
    Sql::of(format!("coalesce({}, {})", one.text, other.text), one.kind.clone(), either(&one, &other))
}

/// A constant that stands for what a missing value counts as.
pub(super) fn default_of(known: &Known, field: &Stored) -> Option<Sql> {
    let nothing = View::new();
    Scope::new(known, &nothing).value(field.default.as_ref()?).ok()
}
