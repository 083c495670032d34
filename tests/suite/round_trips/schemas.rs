//! Record types: what goes out as a JSON Schema comes in again as it was, references included.

use std::fmt::Write as _;
use std::path::PathBuf;

use records::RecordType;
use values::Type;

use super::programs::project;
use super::{Text, texts};

#[test]
fn a_record_type_comes_in_again_as_it_went_out() {
    let (mut all, mut with_references) = (0, 0);
    for text in texts() {
        for (types, name) in declared(&text) {
            let schema = records::export(&types, &name);
            let imported = records::import("a.json", &schema, None);
            let imported = imported.unwrap_or_else(|error| panic!("{} `{name}`: {error}\n{schema}", text.name));
            let there =
                declared(&Text { name: text.name.clone(), rules: imported.text.clone(), folder: PathBuf::new() });
            let (again, _) = there.first().unwrap_or_else(|| panic!("{}: {}", text.name, imported.text));
            let before = described(&types, &name);
            assert_eq!(described(again, &imported.name), before, "{} {schema}\n{}", text.name, imported.text);
            all += 1;
            with_references += usize::from(before.contains(" by "));
        }
    }
    assert!(all > 200 && with_references > 12, "{all} record types, {with_references} with references");
}

/// The record types that some rules declare, each with all there are; none if the rules have errors.
fn declared(text: &Text) -> Vec<(Vec<RecordType>, String)> {
    let project = project(text);
    if project.rulebook().is_none() {
        return Vec::new();
    }
    let types: Vec<RecordType> = project.record_types().iter().map(testing::record_type).collect();
    let is_declared = |ty: &&RecordType| {
        !ty.name.ends_with("[]") && !ty.fields.is_empty() && ty.fields.iter().all(|field| !field.inferred)
    };
    let names: Vec<String> = types.iter().filter(is_declared).map(|ty| ty.name.to_string()).collect();
    names.into_iter().map(|name| (types.clone(), name)).collect()
}

/// All that is said of a record type and of those it leads to, which are numbered as they are met: what declares the items of
/// a list in place has no name.
fn described(types: &[RecordType], name: &str) -> String {
    let mut met: Vec<String> = vec![name.to_owned()];
    let mut said = String::new();
    let mut next = 0;
    while let Some(name) = met.get(next).cloned() {
        let _ = writeln!(said, "{next}:");
        next += 1;
        let Some(ty) = types.iter().find(|ty| *ty.name == *name) else { continue };
        let mut number = |record: &str| {
            let known = met.iter().position(|known| known == record);
            known.unwrap_or_else(|| {
                met.push(record.to_owned());
                met.len() - 1
            })
        };
        for field in &ty.fields {
            let is_type = |name: &str| types.iter().any(|ty| *ty.name == *name);
            let ty = match &field.ty {
                Type::Record(record) if is_type(record) => format!("record {}", number(record)),
                Type::Record(_) => "nested".to_owned(),
                Type::List(member) => match &**member {
                    Type::Record(record) => format!("list of record {}", number(record)),
                    member => format!("list of {member}"),
                },
                ty => format!("{ty:?}"),
            };
            let optional = field.optional || field.default.is_some();
            let (name, source, key) = (&field.name, &field.source, field.key);
            let _ = writeln!(
                said,
                "  {name} {source:?}: {ty} optional {optional} key {key} default {:?} missing when {:?}",
                field.default, field.sentinels
            );
        }
        // They come in beside their keys.
        let mut references: Vec<_> = ty.references.iter().collect();
        references.sort_by_key(|reference| (&reference.by, &reference.name));
        for reference in references {
            let _ = writeln!(said, "  {}: {} by {}", reference.name, number(&reference.record), reference.by);
        }
    }
    said
}
