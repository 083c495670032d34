//! The type of a value, by the keywords that hold for it.

use values::Currency;

use super::super::document::{At, SchemaError};
use super::super::imported::Kind;
use super::super::json::Json;
use super::super::own;
use super::super::view::{View, is_null};
use super::{Importer, is_name, literals, merge};

/// How deep values may be nested that have no name of their own.
const DEEPEST: usize = 16;

/// How the reason begins for which lists are left out because of their members.
const OF_MEMBERS: &str = "of the members of its lists: ";

impl<'d> Importer<'d> {
    /// The type of a value; `name` is what a record type is called that has no name of its own.
    pub(super) fn kind(&mut self, view: &View<'d>, schema: &At<'d>, name: &str) -> Result<Kind, SchemaError> {
        if self.depth == DEEPEST {
            return Ok(Kind::LeftOut("it is nested in itself, or too deeply".to_owned()));
        }
        self.depth += 1;
        let kind = self.kind_of(view, schema, name);
        self.depth -= 1;
        kind
    }

    fn kind_of(&mut self, view: &View<'d>, schema: &At<'d>, name: &str) -> Result<Kind, SchemaError> {
        if let Some(own) = view.get(own::TYPE).and_then(|own| own_type(own.json)) {
            return Ok(own);
        }
        if let Some(labels) = literals::labels(view) {
            return Ok(labels);
        }
        let types: Vec<String> = types(view).into_iter().filter(|ty| ty != "null").collect();
        let types: Vec<&str> = types.iter().map(String::as_str).collect();
        match types.as_slice() {
            [] => self.untyped(view, schema, name),
            ["boolean"] => Ok(Kind::named("true or false")),
            ["number" | "integer"] | ["number", "integer"] | ["integer", "number"] => Ok(Kind::named("number")),
            ["string"] => Ok(Kind::named(by_format(view))),
            ["array"] => self.list(view, name),
            ["object"] => self.object(view, schema, name),
            [one] => Err(schema.error(format!("`{one}` is no type of JSON Schema"))),
            several => Ok(Kind::LeftOut(format!("it has no one type: {}", several.join(" or ")))),
        }
    }

    /// Where `type` says nothing, other keywords may.
    fn untyped(&mut self, view: &View<'d>, schema: &At<'d>, name: &str) -> Result<Kind, SchemaError> {
        if view.get("properties").is_some() {
            return self.object(view, schema, name);
        }
        if view.get("items").is_some() {
            return self.list(view, name);
        }
        if let Some(alternatives) = view.get("oneOf").or_else(|| view.get("anyOf")) {
            let sentinels = literals::sentinels(view);
            return self.alternatives(&alternatives.clone(), &sentinels, name);
        }
        let of_text = ["format", "pattern", "minLength", "maxLength"];
        let of_number = ["minimum", "maximum", "multipleOf", "exclusiveMinimum", "exclusiveMaximum"];
        Ok(match () {
            () if of_text.iter().any(|keyword| view.get(keyword).is_some()) => Kind::named(by_format(view)),
            () if of_number.iter().any(|keyword| view.get(keyword).is_some()) => Kind::named("number"),
            () => Kind::LeftOut("it can hold anything".to_owned()),
        })
    }

    /// The one type of several alternatives, those set aside that only say what means missing.
    fn alternatives(&mut self, alternatives: &At<'d>, sentinels: &[String], name: &str) -> Result<Kind, SchemaError> {
        let is_sentinel = |text: &Json| text.as_text().is_some_and(|text| sentinels.iter().any(|known| known == text));
        let says_missing = |at: &At<'_>| {
            let listed = at.json.get("enum").map(Json::members).unwrap_or_default();
            !listed.is_empty() && listed.iter().all(is_sentinel)
        };
        let mut kinds = Vec::new();
        for alternative in alternatives.members().filter(|at| !is_null(at.json) && !says_missing(at)) {
            let view = self.viewer.view(std::slice::from_ref(&alternative))?;
            let kind = match view.get("properties") {
                // Several records in one place become one with the fields of all.
                Some(_) => Kind::Nested(self.fields(&view, name)?),
                None => self.kind(&view, &alternative, name)?,
            };
            kinds.push(kind);
        }
        Ok(merge::merged(kinds))
    }

    fn list(&mut self, view: &View<'d>, name: &str) -> Result<Kind, SchemaError> {
        let Some(items) = view.get("items").filter(|items| !matches!(items.json, Json::List(_))) else {
            return Ok(Kind::LeftOut("nothing says what all members of its lists are".to_owned()));
        };
        let items = items.clone();
        let inner = self.viewer.view(std::slice::from_ref(&items))?;
        let member = match self.kind(&inner, &items, name)? {
            Kind::LeftOut(why) if why.starts_with(OF_MEMBERS) => return Ok(Kind::LeftOut(why)),
            Kind::LeftOut(why) => return Ok(Kind::LeftOut(format!("{OF_MEMBERS}{why}"))),
            Kind::List(_) => return Ok(Kind::LeftOut("its lists hold lists".to_owned())),
            member => member,
        };
        Ok(Kind::List(Box::new(member)))
    }

    /// A nested record, or one of a type of its own when it is described elsewhere.
    fn object(&mut self, view: &View<'d>, schema: &At<'d>, name: &str) -> Result<Kind, SchemaError> {
        if view.get("properties").is_none_or(|properties| properties.json.entries().is_empty()) {
            return Ok(Kind::LeftOut("its fields have no names".to_owned()));
        }
        if is_money(view) {
            return Ok(Kind::named("money"));
        }
        match view.referred_record() {
            Some(elsewhere) if elsewhere.pointer != schema.pointer => {
                Ok(Kind::Named(self.record_type(&elsewhere.clone(), name)))
            }
            _ => self.fields(view, name).map(Kind::Nested),
        }
    }
}

/// What `type` says, every word once.
pub(super) fn types(view: &View<'_>) -> Vec<String> {
    let mut types: Vec<String> = Vec::new();
    for at in view.all("type") {
        let words = std::iter::once(at.json).chain(at.json.members()).filter_map(Json::as_text);
        for word in words {
            if !types.iter().any(|known| known == word) {
                types.push(word.to_owned());
            }
        }
    }
    types
}

/// Whether `null` is among the values that are listed.
pub(super) fn lists_null(view: &View<'_>) -> bool {
    view.all("enum").any(|list| list.json.members().contains(&Json::Null))
}

/// Whether an object holds an amount and its currency, and nothing else.
fn is_money(view: &View<'_>) -> bool {
    let properties: Vec<&str> = view.all("properties").flat_map(At::entries).map(|(property, _)| property).collect();
    matches!(properties.as_slice(), ["amount", "currency"] | ["currency", "amount"])
}

fn by_format(view: &View<'_>) -> &'static str {
    match view.get("format").and_then(|format| format.json.as_text()) {
        Some("date") => "date",
        Some("date-time") => "datetime",
        Some("duration") => "duration",
        _ => "text",
    }
}

/// The keywords that become part of the record block, or say nothing of the value.
const KEPT: [&str; 26] = [
    "$schema",
    "$id",
    "id",
    "$anchor",
    "$comment",
    "$defs",
    "definitions",
    "components",
    "openapi",
    "info",
    "paths",
    "type",
    "properties",
    "required",
    "enum",
    "const",
    "items",
    "title",
    "description",
    "default",
    "oneOf",
    "anyOf",
    own::KEY,
    own::MISSING_WHEN,
    own::RECORD,
    own::REFERENCES,
];

/// The type that a schema of ours names. What is no type of ours is not believed: a schema is data, and data never become
/// rules.
fn own_type(name: &Json) -> Option<Kind> {
    const NAMES: [&str; 9] = ["text", "text exact", "date", "datetime", "duration", "money", "user", "team", "queue"];
    let name = name.as_text()?;
    let is_money = name.strip_prefix("money in ").is_some_and(|code| Currency::named(code).is_some());
    (NAMES.contains(&name) || is_money).then(|| Kind::named(name))
}

/// What a record block has no words for, as remarks: `minimum 0`.
pub(super) fn not_kept(view: &View<'_>, kind: &Kind) -> Vec<String> {
    let ours = |keyword: &str| view.get(keyword).is_some();
    let is_kept = |keyword: &str, at: &At<'_>| match keyword {
        "additionalProperties" | "unevaluatedProperties" => {
            *at.json != Json::Truth(false) && at.json.entries().is_empty()
        }
        "format" => matches!(kind, Kind::Named(name) if matches!(&**name, "date" | "datetime" | "duration")),
        // With these words we say in JSON Schema what ours say.
        "pattern" | "minLength" => ours(own::TYPE) || ours(own::KEY),
        "not" => ours(own::MISSING_WHEN),
        own::TYPE => own_type(at.json).is_some(),
        own::NAME => at.json.as_text().is_some_and(is_name),
        _ => KEPT.contains(&keyword),
    };
    let remarks = view.keywords.iter().filter(|(keyword, at)| !is_kept(keyword, at));
    let mut remarks: Vec<String> = remarks.map(|(keyword, at)| remark(keyword, at.json)).collect();
    let whole = matches!(kind, Kind::Named(name) if name == "number") && types(view).iter().any(|ty| ty == "integer");
    if whole && !types(view).iter().any(|ty| ty == "number") {
        remarks.insert(0, "whole numbers only".to_owned());
    }
    remarks.dedup();
    remarks
}

/// How many letters of a value are shown.
const SHOWN: usize = 40;

/// A keyword and its value on one line.
pub(super) fn remark(keyword: &str, value: &Json) -> String {
    let value = match value {
        Json::Text(text) => text.clone(),
        value => value.compact(),
    };
    let line = value.replace(char::is_control, " ");
    let short: String = line.chars().take(SHOWN).collect();
    let more = if short.len() < line.len() { "…" } else { "" };
    format!("{} {short}{more}", keyword.replace(char::is_control, " "))
}
