//! The records that references lead to, as a test gives them, or else from their sources.

use std::io::Cursor;
use std::sync::Arc;

use records::{Asked, Format, Joined, Source};
use semantics::typed::test::{Given, Subject};
use values::Text;

use crate::bench::Session;
use crate::given;
use crate::outcome::Failure;

/// Why the records of a type cannot be had.
enum Trouble {
    Source(String),
    Given(Failure),
}

impl From<records::SourceError> for Trouble {
    fn from(error: records::SourceError) -> Self {
        Self::Source(error.to_string())
    }
}

/// The records that some references lead to; none if there are no references.
///
/// A test that gives records of a type has no others of it. A test over a file has those of the sources, and a test that gives
/// its records has none beside them.
pub(crate) fn joined(session: &Session<'_>, asked: Asked<'_>) -> Result<Option<Arc<Joined>>, Failure> {
    if asked.joins.is_empty() {
        return Ok(None);
    }
    let test = session.test;
    let whole = |sentence: String| {
        let labels = vec![(test.place(test.says.name_span), "cannot be run".to_owned())];
        Failure { sentence, labels, notes: Vec::new() }
    };
    let joined = Joined::read(asked, |record| source(session, record), &session.reading(None));
    let joined = joined.map_err(|trouble| match trouble {
        Trouble::Source(sentence) => whole(sentence),
        Trouble::Given(failure) => failure,
    })?;
    let is_given = |record: &Text| given_of(session, record).is_some();
    for report in joined.reports().iter().filter(|report| is_given(&report.record)) {
        if let Some(wrong) = &report.first_wrong {
            return Err(whole(format!("a `{}` that the test gives cannot be read: {}", report.record, wrong.message)));
        }
        if let Some((key, ..)) = &report.first_repeated {
            return Err(whole(format!("the test gives two `{}` records with the key `{key}`", report.record)));
        }
    }
    Ok(Some(Arc::new(joined)))
}

/// The records of a type that the test gives, if it gives any.
fn given_of<'s>(session: &'s Session<'_>, record: &Text) -> Option<Vec<&'s Given>> {
    let says = &session.calculator.says;
    let beside: Vec<&Given> = says.beside.iter().filter(|it| it.record == *record).flat_map(|it| &it.records).collect();
    match &says.subject {
        Subject::Records(records) if says.record == *record => Some(records.iter().chain(beside).collect()),
        Subject::Records(_) => Some(beside),
        Subject::File(..) if beside.is_empty() => None,
        Subject::File(..) => Some(beside),
    }
}

fn source(session: &Session<'_>, record: &Text) -> Result<Source, Trouble> {
    let Some(given) = given_of(session, record) else {
        return session.bench.source(record).map_err(Trouble::Source);
    };
    let computed = session.calculator.values_without_record();
    let mut text = String::new();
    for given in given {
        let json = given::json(&given.data, &|expr| computed.of(expr).cloned());
        let json = json.map_err(|fault| {
            let sentence = format!("a value of this record cannot be computed: {}", fault.sentence());
            let labels = vec![(session.test.place(given.span), "cannot be read".to_owned())];
            Trouble::Given(Failure { sentence, labels, notes: Vec::new() })
        })?;
        text.push_str(&json);
        text.push('\n');
    }
    Ok(Source::read(record, Cursor::new(text.into_bytes()), Some(Format::Ndjson))?)
}
