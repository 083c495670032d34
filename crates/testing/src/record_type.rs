//! Record types on their way from the check to those who know data.

use records::{RecordType, Reference};
use semantics::typed::Link;
use values::Text;

/// A record type of a rulebook as `records` exports it and looks for it in data.
pub fn record_type(ty: &semantics::RecordType) -> RecordType {
    let reference = |(name, link): &(Text, Link)| Reference {
        name: name.clone(),
        record: link.record.clone(),
        by: link.by.clone(),
    };
    RecordType {
        name: ty.name.clone(),
        fields: ty.fields.iter().map(compiler::field).collect(),
        references: ty.references.iter().map(reference).collect(),
    }
}
