//! Record types: what fields there are, and how a rule file declares them.

use std::rc::Rc;

use super::Wish;
use crate::source::Source;

/// The type of a value.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Ty {
    Text,
    Exact,
    OneOf(Rc<[&'static str]>),
    Number,
    Money(Option<&'static str>),
    Truth,
    Date,
    Moment,
    Duration,
    /// A person, team or queue, by this word.
    Who(&'static str),
    List(Box<Ty>),
}

impl Ty {
    pub(crate) fn is_textual(&self) -> bool {
        matches!(self, Self::Text | Self::Exact | Self::OneOf(_) | Self::Who(_))
    }

    /// As a record block writes it.
    fn words(&self) -> String {
        match self {
            Self::Text => "text".to_owned(),
            Self::Exact => "text exact".to_owned(),
            Self::OneOf(labels) => {
                let labels: Vec<String> = labels.iter().map(|label| format!("\"{label}\"")).collect();
                format!("one of {}", labels.join(", "))
            }
            Self::Number => "number".to_owned(),
            Self::Money(None) => "money".to_owned(),
            Self::Money(Some(currency)) => format!("money in {currency}"),
            Self::Truth => "true or false".to_owned(),
            Self::Date => "date".to_owned(),
            Self::Moment => "datetime".to_owned(),
            Self::Duration => "duration".to_owned(),
            Self::Who(word) => (*word).to_owned(),
            Self::List(member) => format!("list of {}", member.words()),
        }
    }
}

/// What a field holds.
#[derive(Clone, Debug)]
pub(crate) enum Holds {
    Value(Ty),
    Fields(Vec<Field>),
    /// A list of records, of a declared type or with fields of their own.
    Items {
        of: Option<&'static str>,
        fields: Vec<Field>,
    },
    /// The record of another type whose key a field of this one holds.
    Reference {
        to: &'static str,
        by: &'static str,
    },
}

/// A field of a record.
#[derive(Clone, Debug)]
pub(crate) struct Field {
    pub(crate) name: &'static str,
    pub(crate) holds: Holds,
    pub(crate) optional: bool,
    pub(crate) key: bool,
    /// What a missing value counts as.
    pub(crate) default: Option<&'static str>,
    /// What it is called in the data.
    pub(crate) column: Option<&'static str>,
    /// What means that nothing was entered.
    pub(crate) sentinels: &'static [&'static str],
}

impl Field {
    fn of(name: &'static str, holds: Holds) -> Self {
        Self { name, holds, optional: false, key: false, default: None, column: None, sentinels: &[] }
    }

    /// What it is called in the data.
    pub(crate) fn data_name(&self) -> &'static str {
        match self.holds {
            Holds::Reference { by, .. } => self.column.unwrap_or(by),
            _ => self.column.unwrap_or(self.name),
        }
    }

    /// Whether the data may leave it out.
    pub(crate) fn may_lack(&self) -> bool {
        self.optional || self.default.is_some()
    }

    fn words(&self) -> String {
        let mut words = match &self.holds {
            Holds::Value(ty) => format!("{}: {}", self.name, ty.words()),
            Holds::Fields(fields) => format!("{}: {}", self.name, block(fields)),
            Holds::Items { of: Some(name), .. } => format!("{}: list of {name}", self.name),
            Holds::Items { of: None, fields } => format!("{}: list of {}", self.name, block(fields)),
            Holds::Reference { to, .. } => format!("{}: {to}", self.name),
        };
        words.push_str(if self.optional { "?" } else { "" });
        if let Holds::Reference { by, .. } = self.holds {
            words.push_str(&format!(" by {by}"));
        }
        words.push_str(if self.key { " key" } else { "" });
        words.extend(self.column.map(|column| format!(" from \"{column}\"")));
        if !self.sentinels.is_empty() {
            let sentinels: Vec<String> = self.sentinels.iter().map(|it| format!("\"{it}\"")).collect();
            words.push_str(&format!(" missing when {}", sentinels.join(", ")));
        }
        words.extend(self.default.map(|default| format!(" default {default}")));
        words
    }
}

/// Fields in braces, as they are declared.
pub(crate) fn block(fields: &[Field]) -> String {
    let fields: Vec<String> = fields.iter().map(Field::words).collect();
    format!("{{ {} }}", fields.join(", "))
}

const STAGES: [&str; 4] = ["new", "working", "won", "lost"];
const TIERS: [&str; 3] = ["gold", "Silver", "bronze"];
const KINDS: [&str; 3] = ["demo", "visit", "call"];

/// Fields of amounts in any currency, and of lists that need more than `contains`.
const NOT_SCALAR: [&str; 3] = ["price", "points", "contacts"];

/// The fields of a record type, drawn from a fixed stock, so that rules read like rules.
pub(crate) fn fields(source: &mut Source, wish: Wish) -> Vec<Field> {
    let mut fields = Vec::new();
    if !source.once_in(6) {
        fields.push(Field { key: true, ..Field::of("id", Holds::Value(Ty::Text)) });
    }
    let stock = [
        ("score", Ty::Number),
        ("country", Ty::Text),
        ("stage", Ty::OneOf(STAGES.into())),
        ("vip", Ty::Truth),
        ("visits", Ty::Number),
        ("name", Ty::Text),
        ("code", Ty::Exact),
        ("tier", Ty::OneOf(TIERS.into())),
        ("opted_out", Ty::Truth),
        ("created_at", Ty::Moment),
        ("follow_up", Ty::Date),
        ("closed_at", Ty::Moment),
        ("birthday", Ty::Date),
        ("waited", Ty::Duration),
        ("amount", Ty::Money(Some("EUR"))),
        ("discount", Ty::Money(Some("EUR"))),
        ("price", Ty::Money(None)),
        ("tags", Ty::List(Box::new(Ty::Text))),
        ("points", Ty::List(Box::new(Ty::Number))),
        ("contacts", Ty::List(Box::new(Ty::Date))),
        ("owner", Ty::Who("user")),
        ("desk", Ty::Who("queue")),
    ];
    for (name, ty) in stock {
        if !source.once_in(2) {
            fields.push(marked(source, name, ty));
        }
    }
    if source.once_in(2) {
        let company = [("name", Ty::Text), ("employees", Ty::Number), ("since", Ty::Date)];
        let company = company.map(|(name, ty)| marked(source, name, ty));
        let optional = source.once_in(3);
        fields.push(Field { optional, ..Field::of("company", Holds::Fields(company.into())) });
    }
    if !wish.scalar && source.once_in(3) {
        let column = source.once_in(8).then_some("Account Id");
        let optional = !source.once_in(4);
        fields.push(Field { column, optional, ..account_reference("account", "account_id") });
    }
    if !wish.flat {
        fields.extend(lists(source));
    }
    if wish.scalar {
        fields.retain(|field| !NOT_SCALAR.contains(&field.name));
    }
    fields
}

/// The fields of an `activity`.
fn activity(source: &mut Source) -> Vec<Field> {
    let stock = [
        ("type", Ty::OneOf(KINDS.into())),
        ("at", Ty::Moment),
        ("points", Ty::Number),
        ("note", Ty::Text),
        ("value", Ty::Money(Some("EUR"))),
    ];
    stock.map(|(name, ty)| marked(source, name, ty)).into()
}

/// Lists of records.
fn lists(source: &mut Source) -> Vec<Field> {
    let mut lists = Vec::new();
    if source.once_in(2) {
        let items = Holds::Items { of: Some("activity"), fields: activity(source) };
        lists.push(Field { optional: source.once_in(3), ..Field::of("activities", items) });
    }
    if source.once_in(3) {
        let stock = [("product", Ty::Text), ("quantity", Ty::Number), ("marks", Ty::List(Box::new(Ty::Text)))];
        let fields = stock.map(|(name, ty)| marked(source, name, ty)).into();
        let items = Holds::Items { of: None, fields };
        lists.push(Field { optional: source.once_in(3), ..Field::of("lines", items) });
    }
    lists
}

fn account_reference(name: &'static str, by: &'static str) -> Field {
    Field::of(name, Holds::Reference { to: "account", by })
}

/// The fields of the records to which references lead.
pub(crate) fn account(source: &mut Source) -> Vec<Field> {
    let stock = [
        ("region", Ty::Text),
        ("tier", Ty::OneOf(TIERS.into())),
        ("employees", Ty::Number),
        ("since", Ty::Date),
        ("owner", Ty::Who("user")),
        ("tags", Ty::List(Box::new(Ty::Text))),
    ];
    let mut fields = vec![Field { key: true, ..Field::of("account_id", Holds::Value(Ty::Text)) }];
    for (name, ty) in stock {
        if !source.once_in(3) {
            fields.push(marked(source, name, ty));
        }
    }
    if source.once_in(2) {
        fields.push(Field { optional: true, ..account_reference("parent", "parent_id") });
    }
    fields
}

/// The fields of who acts.
pub(crate) fn actor() -> Vec<Field> {
    let level = Field { default: Some("1"), ..Field::of("level", Holds::Value(Ty::Number)) };
    vec![Field { optional: true, ..Field::of("profile", Holds::Value(Ty::Text)) }, level]
}

/// The columns of a table of reference data, the key first.
pub(crate) fn columns(source: &mut Source) -> Vec<Field> {
    let key = if source.once_in(3) { Ty::Exact } else { Ty::Text };
    let mut columns = vec![Field::of("product", Holds::Value(key))];
    let stock =
        [("stock", Ty::Number), ("supplier", Ty::Text), ("grade", Ty::OneOf(TIERS.into())), ("since", Ty::Date)];
    for (name, ty) in stock {
        if !source.once_in(3) {
            columns.push(Field { optional: source.once_in(2), ..Field::of(name, Holds::Value(ty)) });
        }
    }
    columns
}

/// A field with what may stand behind its type.
fn marked(source: &mut Source, name: &'static str, ty: Ty) -> Field {
    let default = match &ty {
        Ty::Number => Some("10"),
        Ty::Truth => Some("false"),
        Ty::Text => Some("\"DE\""),
        Ty::OneOf(labels) if labels[..] == STAGES => Some("\"new\""),
        Ty::Money(Some(_)) => Some("0 EUR"),
        Ty::Date => Some("2026-03-01"),
        _ => None,
    };
    let sentinels: &[&str] = match &ty {
        Ty::Text => &["Select", "n/a"],
        Ty::Number | Ty::Date => &["n/a"],
        _ => &[],
    };
    let mut field = Field::of(name, Holds::Value(ty));
    match source.below(8) {
        0 | 1 => {}
        2..=4 => field.optional = true,
        _ => {
            field.default = default;
            field.optional = default.is_none() || source.once_in(2);
        }
    }
    if field.may_lack() && source.once_in(5) {
        field.sentinels = sentinels;
    }
    if source.once_in(8) {
        field.column = column(name);
    }
    field
}

fn column(name: &str) -> Option<&'static str> {
    let columns = [
        ("score", "Lead Score"),
        ("country", "Land"),
        ("created_at", "Created At"),
        ("amount", "Deal Size"),
        ("tags", "Tags"),
    ];
    columns.iter().find(|(known, _)| *known == name).map(|(_, column)| *column)
}
