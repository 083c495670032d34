//! A validator of JSON Schema as far as ours go: plain, and made without looking at the code that writes them.

use regex::Regex;
use serde_json::Value;

/// Whether a record satisfies a schema.
pub(super) fn accepts(schema: &str, record: &str) -> bool {
    let schema: Value = serde_json::from_str(schema).unwrap();
    let record: Value = serde_json::from_str(record).unwrap();
    valid(&schema, &schema, &record)
}

fn valid(root: &Value, schema: &Value, value: &Value) -> bool {
    let Value::Object(keywords) = schema else { return schema.as_bool().unwrap() };
    keywords.iter().all(|(keyword, says)| match keyword.as_str() {
        "type" => match says {
            Value::Array(types) => types.iter().any(|ty| is_type(ty, value)),
            ty => is_type(ty, value),
        },
        "enum" => says.as_array().unwrap().contains(value),
        "const" => says == value,
        "pattern" => value.as_str().is_none_or(|text| Regex::new(says.as_str().unwrap()).unwrap().is_match(text)),
        "properties" => says.as_object().unwrap().iter().all(|(name, inner)| {
            let inside = value.as_object().and_then(|object| object.get(name));
            inside.is_none_or(|inside| valid(root, inner, inside))
        }),
        "required" => value.as_object().is_none_or(|object| {
            says.as_array().unwrap().iter().all(|name| object.contains_key(name.as_str().unwrap()))
        }),
        "items" => value.as_array().is_none_or(|members| members.iter().all(|member| valid(root, says, member))),
        "anyOf" => says.as_array().unwrap().iter().any(|one| valid(root, one, value)),
        "allOf" => says.as_array().unwrap().iter().all(|one| valid(root, one, value)),
        "not" => !valid(root, says, value),
        "$ref" => valid(root, root.pointer(says.as_str().unwrap().trim_start_matches('#')).unwrap(), value),
        "$schema" | "$defs" | "title" | "format" | "default" | "additionalProperties" => true,
        own => own.starts_with("x-rulebook-"),
    })
}

fn is_type(ty: &Value, value: &Value) -> bool {
    match ty.as_str().unwrap() {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "number" => value.is_number(),
        "boolean" => value.is_boolean(),
        "null" => value.is_null(),
        other => panic!("the type {other}"),
    }
}
