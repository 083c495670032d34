//! Values that could stand at a place: labels, truths, numbers with their units, texts that name something.

use semantics::{Kind, Thing};
use syntax::{ChunkKind, TokenKind};
use values::Type;
use values::builtins;

use super::place::PlaceKind;
use super::{Offer, Suggestion, SuggestionKind, rank};
use crate::edits::quoted;

/// The units that may be glued to a number, with what each means.
const UNITS: [(&str, &str); 10] = [
    ("min", "minutes"),
    ("h", "hours"),
    ("d", "days of 24 hours"),
    ("w", "weeks"),
    ("mo", "months"),
    ("y", "years"),
    (" business hours", "working time by a calendar"),
    (" business days", "working days by a calendar"),
    ("%", "hundredths"),
    ("k", "thousands"),
];

impl Offer<'_> {
    /// A number with each unit that it may have.
    pub(super) fn units(&mut self) {
        let PlaceKind::Number { digits } = self.place.kind.clone() else { return };
        let clause = self.place.word_back(0);
        let wants_time = matches!(clause, "last" | "next" | "than" | "within" | "every" | "due" | "for");
        for (unit, means) in UNITS {
            let is_time = !matches!(unit, "%" | "k");
            let rank = if is_time == wants_time { rank::FITS } else { rank::UNLIKELY };
            self.plain(&format!("{digits}{unit}"), SuggestionKind::Value, means, rank);
        }
        for currency in ["EUR", "USD", "GBP", "CHF"] {
            if matches!(self.wanted_type(), Some(Type::Money(_))) {
                self.plain(&format!("{digits} {currency}"), SuggestionKind::Value, "money", rank::FITS);
            }
        }
    }

    /// The labels of a type, in quotes; truths.
    pub(super) fn labels(&mut self, ty: Option<&Type>) {
        match ty {
            Some(Type::OneOf(labels)) => {
                for label in labels.iter() {
                    self.plain(&quoted(label), SuggestionKind::Value, "", rank::FITS);
                }
            }
            Some(Type::Truth) => {
                for truth in ["true", "false"] {
                    self.plain(truth, SuggestionKind::Value, "", rank::FITS);
                }
            }
            _ => {}
        }
        if matches!(self.place.word_back(0), "last" | "next" | "than" | "within" | "every") {
            for length in ["1d", "7d", "30d", "2h", "2 business days"] {
                self.plain(length, SuggestionKind::Value, "a length of time", rank::NEAR);
            }
        }
    }

    /// Functions, as calls.
    pub(super) fn functions(&mut self) {
        for name in builtins::names() {
            let row = builtins::rows().find(|row| row.name == name && row.form == builtins::Form::Function);
            let Some(row) = row else { continue };
            self.put(Suggestion {
                label: name.to_owned(),
                kind: SuggestionKind::Name(Kind::Function),
                insert: format!("{name}($1)"),
                snippet: true,
                detail: row.signature(),
                rank: rank::WORD,
                key: super::key_of(&Thing::new(Kind::Function, name)),
            });
        }
        for name in ["any", "all", "none", "count"] {
            self.put(Suggestion {
                label: format!("{name}(… in … where …)"),
                kind: SuggestionKind::Snippet,
                insert: format!("{name}(${{1:item}} in ${{2:list}} where $3)"),
                snippet: true,
                detail: "of the items of a list".to_owned(),
                rank: rank::WORD,
                key: format!("word|{name}"),
            });
        }
    }

    /// Texts in quotes that name something.
    pub(super) fn texts(&mut self) {
        for (name, detail) in self.named_by_text() {
            self.plain(&quoted(&name), SuggestionKind::Value, detail, rank::FITS);
        }
    }

    /// What can stand in the quotes that are open.
    pub(super) fn within_text(&mut self) {
        let named = self.named_by_text();
        let labels = match self.wanted_type() {
            Some(Type::OneOf(labels)) => labels.iter().map(|label| (label.to_string(), "")).collect(),
            _ => Vec::new(),
        };
        for (name, detail) in named.into_iter().chain(labels) {
            self.plain(&name, SuggestionKind::Value, detail, rank::FITS);
        }
    }

    /// The names that a text can have here, by the words before it.
    fn named_by_text(&self) -> Vec<(String, &'static str)> {
        let project = self.snapshot.project();
        let is_text = |back: usize| {
            let place = self.place.tokens.len().checked_sub(back + 1);
            place
                .and_then(|place| self.place.tokens.get(place))
                .is_some_and(|it| matches!(it.kind, TokenKind::Text { .. }))
        };
        let mut back = 0;
        while self.place.word_back(back) == "," && is_text(back + 1) {
            back += 2;
        }
        let all = |names: Vec<String>, detail: &'static str| names.into_iter().map(|name| (name, detail)).collect();
        match (self.place.word_back(back), self.place.view.kind()) {
            ("after", ChunkKind::RulesHeader) => {
                let others = project.names_of(Kind::Set).into_iter();
                all(others.filter(|name| !self.place.declares(&Thing::new(Kind::Set, name))).collect(), "a rule set")
            }
            ("rule" | "rules", ChunkKind::Test) => {
                let rules = project.all_items().filter(|item| item.kind() == ChunkKind::Rule && !item.key().is_empty());
                all(rules.map(|item| item.key().to_owned()).collect(), "a rule")
            }
            ("email", _) => all(project.names_of(Kind::Template), "a template"),
            ("over", ChunkKind::Test) => all(self.snapshot.record_files(), "a file of records"),
            ("from", ChunkKind::List | ChunkKind::Table | ChunkKind::Reference | ChunkKind::Calendar) => {
                all(self.snapshot.data_files(), "a file")
            }
            _ => Vec::new(),
        }
    }

    /// The types that a field can have.
    pub(super) fn types(&mut self) {
        const TYPES: [(&str, &str, &str); 15] = [
            ("text", "text", "compared ignoring case"),
            ("text exact", "text exact", "compared to the letter"),
            ("number", "number", "an exact decimal"),
            ("money", "money", "an amount with its currency"),
            ("money in …", "money in ${1:EUR}", "amounts of one currency"),
            ("true or false", "true or false", "a truth"),
            ("date", "date", "a day"),
            ("datetime", "datetime", "a moment"),
            ("duration", "duration", "a length of time"),
            ("one of …", "one of \"$1\"", "one of these labels"),
            ("list of …", "list of $1", "several values"),
            ("user", "user", "a person"),
            ("team", "team", "a team, by name"),
            ("queue", "queue", "a queue, by name"),
            ("{ … }", "{ $1 }", "fields of its own"),
        ];
        for (label, insert, detail) in TYPES {
            self.put(Suggestion {
                label: label.to_owned(),
                kind: SuggestionKind::Type,
                insert: insert.to_owned(),
                snippet: insert.contains('$'),
                detail: detail.to_owned(),
                rank: rank::FITS,
                key: String::new(),
            });
        }
        self.records();
    }
}
