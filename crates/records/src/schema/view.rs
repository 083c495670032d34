//! A schema with everything that stands for it elsewhere: references followed, `allOf` merged, "or null" set aside.

use super::document::{At, SchemaError, referred};
use super::json::Json;

/// How many references may lead from one to the next.
const LONGEST_WAY: usize = 64;
/// How many keywords may be looked at in one document, counting those that are reached in several ways each time.
const MOST_STEPS: usize = 1_000_000;

/// The keywords that hold for a value.
#[derive(Clone, Debug, Default)]
pub(super) struct View<'d> {
    /// The keywords in the order in which they were met; one can stand there several times.
    pub(super) keywords: Vec<(&'d str, At<'d>)>,
    /// Whether there may be `null` instead.
    pub(super) nullable: bool,
    /// For each `properties`, the schema that was referred to and holds it.
    holders: Vec<Option<At<'d>>>,
}

impl<'d> View<'d> {
    /// The first value of a keyword.
    pub(super) fn get(&self, keyword: &str) -> Option<&At<'d>> {
        self.keywords.iter().find(|(known, _)| *known == keyword).map(|(_, at)| at)
    }

    /// Every value of a keyword.
    pub(super) fn all<'v>(&'v self, keyword: &'v str) -> impl Iterator<Item = &'v At<'d>> {
        self.keywords.iter().filter(move |(known, _)| *known == keyword).map(|(_, at)| at)
    }

    /// The keywords that do not come from a schema elsewhere in the document.
    pub(super) fn without(&self, elsewhere: &At<'d>) -> Self {
        let is_there =
            |at: &At<'d>| at.pointer.strip_prefix(&elsewhere.pointer).is_some_and(|rest| rest.starts_with('/'));
        let keywords = self.keywords.iter().filter(|(_, at)| !is_there(at)).cloned().collect();
        Self { keywords, nullable: self.nullable, holders: Vec::new() }
    }

    /// The schema elsewhere in the document that all the properties come from: a record type of its own.
    pub(super) fn referred_record(&self) -> Option<&At<'d>> {
        let mut holders = self.holders.iter();
        let first = holders.next()?.as_ref()?;
        holders.all(|other| other.as_ref().is_some_and(|other| other.pointer == first.pointer)).then_some(first)
    }
}

/// Makes views of the schemas of one document.
pub(super) struct Viewer<'d> {
    document: &'d Json,
    steps: usize,
}

impl<'d> Viewer<'d> {
    pub(super) fn new(document: &'d Json) -> Self {
        Self { document, steps: 0 }
    }

    /// The document that the schemas stand in.
    pub(super) fn document(&self) -> &'d Json {
        self.document
    }

    /// What holds for a value that must satisfy several schemas.
    pub(super) fn view(&mut self, schemas: &[At<'d>]) -> Result<View<'d>, SchemaError> {
        let mut view = View::default();
        for schema in schemas {
            self.extend(&mut view, schema, &mut Vec::new())?;
        }
        Ok(view)
    }

    fn extend(&mut self, view: &mut View<'d>, schema: &At<'d>, way: &mut Vec<At<'d>>) -> Result<(), SchemaError> {
        match schema.json {
            Json::Truth(true) => return Ok(()),
            Json::Truth(false) => return Err(schema.error("`false` allows no value at all")),
            Json::Object(_) => {}
            _ => return Err(schema.error("a schema is an object in `{ … }`, `true` or `false`")),
        }
        for (keyword, at) in schema.entries() {
            self.steps += 1;
            if self.steps > MOST_STEPS {
                return Err(schema.error("the schema is too large when its references are followed"));
            }
            match keyword {
                "$ref" => self.follow(view, &at, way)?,
                "allOf" => at.members().try_for_each(|member| self.extend(view, &member, way))?,
                "oneOf" | "anyOf" => self.alternatives(view, keyword, &at, way)?,
                "nullable" | "x-nullable" => view.nullable |= *at.json == Json::Truth(true),
                _ => {
                    if keyword == "properties" {
                        view.holders.push(way.last().cloned());
                    }
                    view.keywords.push((keyword, at));
                }
            }
        }
        Ok(())
    }

    fn follow(&mut self, view: &mut View<'d>, at: &At<'d>, way: &mut Vec<At<'d>>) -> Result<(), SchemaError> {
        let target = referred(self.document, at)?;
        if way.iter().any(|before| before.pointer == target.pointer) {
            return Err(at.error(format!("`$ref` leads back to `{}`, and nowhere else", target.pointer)));
        }
        if way.len() == LONGEST_WAY {
            return Err(at.error(format!("`$ref` leads through more than {LONGEST_WAY} others")));
        }
        way.push(target.clone());
        self.extend(view, &target, way)?;
        way.pop();
        Ok(())
    }

    /// "This or null" is this, and may be missing. Several other alternatives stay what they are.
    fn alternatives(
        &mut self,
        view: &mut View<'d>,
        keyword: &'d str,
        at: &At<'d>,
        way: &mut Vec<At<'d>>,
    ) -> Result<(), SchemaError> {
        let (nulls, others): (Vec<_>, Vec<_>) = at.members().partition(|member| is_null(member.json));
        view.nullable |= !nulls.is_empty();
        match others.as_slice() {
            [only] => self.extend(view, only, way),
            _ => {
                view.keywords.push((keyword, at.clone()));
                Ok(())
            }
        }
    }
}

/// Whether a schema allows `null` and nothing else.
pub(super) fn is_null(schema: &Json) -> bool {
    let says_null = |json: &Json| *json == Json::Null || json.as_text() == Some("null");
    let only = |list: &Json| matches!(list.members(), [only] if says_null(only));
    schema.get("type").is_some_and(|ty| says_null(ty) || only(ty))
        || schema.get("const").is_some_and(|value| *value == Json::Null)
        || schema.get("enum").is_some_and(only)
}
