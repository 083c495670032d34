//! Whether JSON conforms to a JSON Schema: the few keywords that ours use, each in a line. A schema that uses another is
//! refused, so that nothing is passed over.

use serde_json::{Map, Value};

/// Why a value does not conform, with its place; none if it does.
pub fn conforms(schema: &Value, value: &Value) -> Result<(), String> {
    Schema { root: schema }.check(schema, value, "$")
}

struct Schema<'a> {
    root: &'a Value,
}

impl Schema<'_> {
    fn check(&self, schema: &Value, value: &Value, at: &str) -> Result<(), String> {
        let keywords = schema.as_object().ok_or("a schema is an object")?;
        keywords.iter().try_for_each(|(keyword, says)| self.keyword(keywords, keyword, says, value, at))
    }

    fn keyword(
        &self,
        keywords: &Map<String, Value>,
        keyword: &str,
        says: &Value,
        value: &Value,
        at: &str,
    ) -> Result<(), String> {
        let holds = match keyword {
            "$schema" | "$defs" | "title" | "description" | "properties" => true,
            "$ref" => {
                let place = says.as_str().and_then(|name| name.strip_prefix('#')).unwrap_or_default();
                let target = self.root.pointer(place).ok_or_else(|| format!("no definition {says}"))?;
                return self.check(target, value, at);
            }
            "type" => match says {
                Value::Array(types) => types.iter().any(|ty| is(value, ty)),
                ty => is(value, ty),
            },
            "const" => value == says,
            "enum" => says.as_array().is_some_and(|all| all.contains(value)),
            "anyOf" => says.as_array().is_some_and(|all| all.iter().any(|one| self.check(one, value, at).is_ok())),
            "minProperties" => value.as_object().map(Map::len) >= says.as_u64().and_then(|least| least.try_into().ok()),
            "required" => names(says).all(|name| value.get(name).is_some()),
            "items" => return self.items(says, value, at),
            "additionalProperties" => return self.members(keywords, says, value, at),
            other => return Err(format!("the keyword `{other}` is not known")),
        };
        if holds { Ok(()) } else { Err(format!("{at}: {value} does not conform to {keyword} {says}")) }
    }

    fn items(&self, schema: &Value, value: &Value, at: &str) -> Result<(), String> {
        let items = value.as_array().into_iter().flatten().enumerate();
        items.into_iter().try_for_each(|(index, item)| self.check(schema, item, &format!("{at}[{index}]")))
    }

    /// The members with a schema of their own, and all others.
    fn members(&self, keywords: &Map<String, Value>, others: &Value, value: &Value, at: &str) -> Result<(), String> {
        for (name, member) in value.as_object().into_iter().flatten() {
            let at = format!("{at}.{name}");
            match (keywords.get("properties").and_then(|own| own.get(name)), others) {
                (Some(own), _) => self.check(own, member, &at)?,
                (None, Value::Bool(false)) => return Err(format!("{at} is not in the schema")),
                (None, others) => self.check(others, member, &at)?,
            }
        }
        Ok(())
    }
}

fn names(list: &Value) -> impl Iterator<Item = &str> {
    list.as_array().into_iter().flatten().filter_map(Value::as_str)
}

fn is(value: &Value, ty: &Value) -> bool {
    match ty.as_str() {
        Some("null") => value.is_null(),
        Some("boolean") => value.is_boolean(),
        Some("integer") => value.is_i64() || value.is_u64(),
        Some("number") => value.is_number(),
        Some("string") => value.is_string(),
        Some("array") => value.is_array(),
        Some("object") => value.is_object(),
        _ => false,
    }
}
