//! What a JSON Schema says, in the terms of a `record` block.

/// A record type.
#[derive(Clone, Debug)]
pub(super) struct Record {
    pub(super) name: String,
    /// What the schema says about it, line by line.
    pub(super) doc: Vec<String>,
    pub(super) fields: Vec<Field>,
}

/// A field.
#[derive(Clone, Debug)]
pub(super) struct Field {
    /// The name that rules will use.
    pub(super) name: String,
    /// The property.
    pub(super) property: String,
    pub(super) doc: Vec<String>,
    pub(super) ty: Kind,
    pub(super) optional: bool,
    pub(super) key: bool,
    pub(super) sentinels: Vec<String>,
    /// As a rule file writes it.
    pub(super) default: Option<String>,
    /// What a record block cannot say: `minimum 0`.
    pub(super) not_kept: Vec<String>,
}

/// The type of a field.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Kind {
    /// A type of one or two words: `number`, `text exact`; also the name of another record type.
    Named(String),
    OneOf(Vec<String>),
    List(Box<Kind>),
    Nested(Vec<Field>),
    /// Nothing that can be declared, and why.
    LeftOut(String),
}

impl Kind {
    pub(super) fn named(name: &str) -> Self {
        Self::Named(name.to_owned())
    }

    /// Whether its values are written in quotes.
    pub(super) fn is_text(&self) -> bool {
        match self {
            Self::Named(name) => name.starts_with("text"),
            Self::OneOf(_) => true,
            _ => false,
        }
    }
}

impl PartialEq for Field {
    /// Whether both say the same of the value; what stands beside it aside.
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name && self.ty == other.ty
    }
}
