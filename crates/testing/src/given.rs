//! The records that a test gives, as the JSON in which they would come from a file: so that the same reader reads them.

use semantics::typed::ExprKind;
use semantics::typed::test::Datum;
use values::{FaultCode, Value};

/// A record as one line of JSON. `computed` tells the value of an expression that is no constant.
pub(crate) fn json(
    datum: &Datum,
    computed: &impl Fn(&ExprKind) -> Result<Value, FaultCode>,
) -> Result<String, FaultCode> {
    match datum {
        Datum::Value(expr) => match &expr.kind {
            ExprKind::Constant(value) => Ok(json_value(value)),
            other => computed(other).map(|value| json_value(&value)),
        },
        Datum::List(data) => {
            let members: Vec<String> = data.iter().map(|datum| json(datum, computed)).collect::<Result<_, _>>()?;
            Ok(format!("[{}]", members.join(",")))
        }
        Datum::Record(members) => {
            let member =
                |(key, datum): &(values::Text, Datum)| Ok(format!("{}:{}", quoted(key), json(datum, computed)?));
            let members: Vec<String> = members.iter().map(member).collect::<Result<_, FaultCode>>()?;
            Ok(format!("{{{}}}", members.join(",")))
        }
    }
}

fn json_value(value: &Value) -> String {
    match value {
        Value::Missing => "null".to_owned(),
        Value::Truth(truth) => truth.to_string(),
        Value::Number(number) => number.to_string(),
        Value::Text(text) => quoted(text),
        Value::Money(money) => quoted(&money.to_string()),
        Value::Date(date) => quoted(&date.to_string()),
        Value::DateTime(instant) => quoted(&instant.to_string()),
        Value::Duration(duration) => quoted(&duration.to_string()),
        Value::Record(_) => "{}".to_owned(), // Nothing computes a record.
        Value::List(members) => {
            let members: Vec<String> = members.iter().map(json_value).collect();
            format!("[{}]", members.join(","))
        }
    }
}

fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
