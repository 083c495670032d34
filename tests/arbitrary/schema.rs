//! JSON Schemas of other systems.

use records::RecordType;
use semantics::Project;
use values::Type;
use vm::program::Field;

use super::rules::errors;

/// A JSON Schema is refused, or becomes record blocks that have no error, are laid out as they are, and go out and come in
/// again as they were.
pub fn json_schema(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let Ok(imported) = records::import("a.json", &text, None) else { return };
    let types = types(&imported.text);
    // The type of records that are described where their list is stands for itself nowhere.
    let named = types.iter().filter(|ty| !ty.name.contains('.')).count();
    assert_eq!(named, imported.records, "{}", imported.text);
    // A record of which nothing could be kept cannot go out as one.
    if types.iter().any(has_an_empty_record) {
        return;
    }
    let exported = records::export(&types, &imported.name);
    let again = records::import("a.json", &exported, Some(&imported.name));
    let again = again.unwrap_or_else(|error| panic!("what went out is refused: {error}\n{exported}"));
    let types_again = self::types(&again.text);
    for ty in &types {
        let found = types_again.iter().find(|it| it.name == ty.name);
        assert_eq!(found, Some(ty), "{}\n{exported}\n{}", imported.text, again.text);
    }
}

/// Whether a record type, or a nested record of it, has no field.
fn has_an_empty_record(ty: &RecordType) -> bool {
    let lies_in =
        |field: &Field, outer: &Field| field.name.strip_prefix(&*outer.name).is_some_and(|rest| rest.starts_with('.'));
    let nested = ty.fields.iter().filter(|field| matches!(&field.ty, Type::Record(name) if name.contains('.')));
    ty.fields.is_empty() || nested.into_iter().any(|outer| !ty.fields.iter().any(|field| lies_in(field, outer)))
}

/// The record types of blocks, as records are read by them. Whether a value with a default may be missing makes no
/// difference.
fn types(blocks: &str) -> Vec<RecordType> {
    let mut project = Project::new();
    project.set_file("a.rules", blocks);
    let findings = project.findings();
    let errors = errors(&findings);
    assert!(errors.is_empty(), "the blocks have errors: {errors:?}\n{blocks}");
    let mut types: Vec<RecordType> = project.record_types().iter().map(testing::record_type).collect();
    for field in types.iter_mut().flat_map(|ty| &mut ty.fields) {
        field.optional |= field.default.is_some();
    }
    types
}
