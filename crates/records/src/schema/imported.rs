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
    /// The references whose key it holds.
    pub(super) references: Vec<Reference>,
    /// Whether the first of them says all about it.
    pub(super) is_implied: bool,
}

/// A reference to a record of another type, or of the same.
#[derive(Clone, Debug)]
pub(super) struct Reference {
    /// The name that rules will use.
    pub(super) name: String,
    /// The type of the other record.
    pub(super) record: String,
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

impl Kind {
    /// The fields of a record that is declared in place, alone or as the items of a list.
    pub(super) fn inner(&self) -> Option<&[Field]> {
        match self {
            Self::Nested(fields) => Some(fields),
            Self::List(member) => member.inner(),
            _ => None,
        }
    }

    /// The same, to be changed.
    pub(super) fn inner_mut(&mut self) -> Option<&mut [Field]> {
        match self {
            Self::Nested(fields) => Some(fields),
            Self::List(member) => member.inner_mut(),
            _ => None,
        }
    }

    /// Whether a key of this type can be looked for with values of another.
    pub(super) fn finds(&self, other: &Self) -> bool {
        let is_number = |kind: &Self| match kind {
            Self::Named(name) if matches!(&**name, "text" | "text exact" | "user") => Some(false),
            Self::Named(name) if name == "number" => Some(true),
            _ => None,
        };
        is_number(self).is_some() && is_number(self) == is_number(other)
    }
}

impl PartialEq for Field {
    /// Whether both say the same of the value; what stands beside it aside.
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name && self.ty == other.ty
    }
}
