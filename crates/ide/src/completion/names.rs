//! Names that could stand at a place.

use semantics::{Kind, Known, Thing};
use syntax::ChunkKind;
use syntax::ast::TargetKind;
use values::Type;

use super::{Offer, SuggestionKind, rank};
use crate::edits::backquoted;
use crate::hover::type_words;

impl Offer<'_> {
    /// What can follow a dot.
    pub(super) fn below(&mut self) {
        let super::place::PlaceKind::Below { record, names } = self.place.kind.clone() else { return };
        let wanted = self.wanted_of_path();
        for (name, thing) in self.snapshot.project().below(&record, &names) {
            let known = self.snapshot.project().known_thing(&thing);
            let rank = fit(wanted.as_ref(), known.as_ref());
            self.named(&thing, &backquoted(&name), known.as_ref().map(type_words).unwrap_or_default(), rank);
        }
    }

    /// The fields and derived values of the record, items of lists, constants, reference data.
    pub(super) fn value(&mut self) {
        let wanted = self.wanted_type();
        self.labels(wanted.as_ref());
        let project = self.snapshot.project();
        for name in self.place.variables() {
            self.plain(&name, SuggestionKind::Name(Kind::Variable), "an item of the list", rank::NEAR);
        }
        let record = self.place.record.clone();
        let roots: Vec<String> =
            if self.place.view.kind() == ChunkKind::Let { Vec::new() } else { record.clone().into_iter().collect() };
        for root in &roots {
            self.named(&Thing::new(Kind::Record, root), root, "the record".to_owned(), rank::CAN);
            for (name, thing) in project.below(root, &[]) {
                let known = project.known_thing(&thing);
                let label = format!("{root}.{}", backquoted(&name));
                let rank = fit(wanted.as_ref(), known.as_ref());
                self.named(&thing, &label, known.as_ref().map(type_words).unwrap_or_default(), rank);
            }
        }
        if record.is_none() {
            self.records();
        }
        for name in project.names_of(Kind::Constant) {
            let thing = Thing::new(Kind::Constant, &name);
            let ty = project.declaring(&thing).first().and_then(|view| view.value_type());
            let rank = if ty.as_ref().is_some_and(|(ty, _)| comparable(wanted.as_ref(), Some(ty))) {
                rank::NEAR
            } else {
                rank::UNLIKELY
            };
            self.named(&thing, &backquoted(&name), ty.map(|(ty, _)| ty.to_string()).unwrap_or_default(), rank);
        }
        for name in project.names_of(Kind::Reference) {
            self.named(&Thing::new(Kind::Reference, &name), &backquoted(&name), "reference data".to_owned(), rank::CAN);
        }
        self.functions();
    }

    pub(super) fn lists(&mut self) {
        for name in self.snapshot.project().names_of(Kind::List) {
            self.named(&Thing::new(Kind::List, &name), &backquoted(&name), "a list".to_owned(), rank::NEAR);
        }
    }

    pub(super) fn records(&mut self) {
        for name in self.snapshot.project().names_of(Kind::Record) {
            self.named(&Thing::new(Kind::Record, &name), &backquoted(&name), "a record type".to_owned(), rank::CAN);
        }
    }

    /// Teams, queues and users; only of the kind whose word stands before.
    pub(super) fn targets(&mut self) {
        let kind = match self.place.word_back(0) {
            "team" => Some(TargetKind::Team),
            "queue" => Some(TargetKind::Queue),
            "user" => Some(TargetKind::User),
            _ => None,
        };
        for name in self.snapshot.project().names_of(Kind::Target) {
            let declared = self.snapshot.project().target_kind(&name);
            if kind.is_some() && kind != declared {
                continue;
            }
            let thing = Thing::new(Kind::Target, &name);
            let rank = if self.place.is_near(&thing) { rank::NEAR } else { rank::FITS };
            self.named(&thing, &backquoted(&name), self.snapshot.what(&thing).to_owned(), rank);
        }
        if kind.is_some() {
            return;
        }
        self.plain("assignee", SuggestionKind::Word, "whoever gets the record", rank::CAN);
        let Some(record) = self.place.record.clone() else { return };
        for (name, thing) in self.snapshot.project().below(&record, &[]) {
            let known = self.snapshot.project().known_thing(&thing);
            let ty = known.as_ref().and_then(|known| known.ty.as_ref());
            if matches!(ty, Some(Type::User | Type::Team | Type::Queue)) {
                let label = format!("{record}.{}", backquoted(&name));
                self.named(&thing, &label, known.as_ref().map(type_words).unwrap_or_default(), rank::CAN);
            }
        }
    }

    /// The names of fields: in a record that a test gives, those that it has not yet; columns; the events of a set.
    pub(super) fn field_names(&mut self) {
        let Some((record, names)) = self.place.given() else { return };
        for (name, thing) in self.snapshot.project().below(&record, &names) {
            let known = self.snapshot.project().known_thing(&thing);
            if thing.kind == Kind::Field && known.as_ref().is_none_or(|known| known.link.is_none()) {
                let detail = known.as_ref().map(type_words).unwrap_or_default();
                self.named(&thing, &format!("{}: ", backquoted(&name)), detail, rank::FITS);
            }
        }
    }

    /// The names that a word before asks for.
    pub(super) fn wanted_by_word(&mut self) {
        let kind = self.place.view.kind();
        match (self.place.word_back(0), kind) {
            ("for", ChunkKind::RulesHeader | ChunkKind::Table) | ("define" | "decide" | "score", _) => self.records(),
            ("given" | "before", ChunkKind::Test) => {
                self.records();
                self.names(Kind::Reference);
            }
            ("during", _) => self.names(Kind::Calendar),
            ("on", _) if kind != ChunkKind::RulesHeader => self.names(Kind::Calendar),
            ("call", _) => self.names(Kind::Integration),
            ("on" | "or", ChunkKind::RulesHeader) | ("event", ChunkKind::Test) => {
                for event in ["created", "updated"] {
                    self.plain(event, SuggestionKind::Word, "an event", rank::FITS);
                }
            }
            ("by", ChunkKind::Record) => self.own_fields(),
            _ => {}
        }
    }

    /// The fields of the record type that is being declared.
    fn own_fields(&mut self) {
        let Some(record) = self.place.record.clone() else { return };
        for (name, thing) in self.snapshot.project().below(&record, &[]) {
            if thing.kind == Kind::Field {
                self.named(&thing, &backquoted(&name), "a field".to_owned(), rank::FITS);
            }
        }
    }

    pub(super) fn names(&mut self, kind: Kind) {
        for name in self.snapshot.project().names_of(kind) {
            let what = crate::titles::kind_words(kind).to_owned();
            self.named(&Thing::new(kind, &name), &backquoted(&name), what, rank::FITS);
        }
    }
}

/// How well a field fits where a type is wanted.
fn fit(wanted: Option<&Type>, known: Option<&Known>) -> u8 {
    match (wanted, known.and_then(|known| known.ty.as_ref())) {
        (None, _) => rank::CAN,
        (wanted, ty) if comparable(wanted, ty) => rank::NEAR,
        _ => rank::UNLIKELY,
    }
}

/// Whether values of two types can be compared.
fn comparable(one: Option<&Type>, other: Option<&Type>) -> bool {
    match (one, other) {
        (Some(one), Some(other)) => {
            let days = |ty: &Type| matches!(ty, Type::Date | Type::DateTime);
            one == other
                || (one.is_textual() && other.is_textual())
                || (days(one) && days(other))
                || one.joined(other).is_some()
        }
        _ => true,
    }
}
