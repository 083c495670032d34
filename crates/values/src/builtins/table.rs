//! All rows, subject after subject.

use super::row::Row;
use super::{business, conversions, derived, lists, money, number, operators, tests, text, time};

const SUBJECTS: [&[Row]; 10] = [
    text::ROWS,
    number::ROWS,
    time::ROWS,
    business::ROWS,
    lists::ROWS,
    money::ROWS,
    conversions::ROWS,
    operators::ROWS,
    tests::ROWS,
    derived::ROWS,
];

/// Every built-in.
pub fn rows() -> impl Iterator<Item = &'static Row> {
    ROWS.iter()
}

pub(super) static ROWS: [Row; count()] = joined();

const fn count() -> usize {
    let (mut total, mut subjects) = (0, SUBJECTS.as_slice());
    while let [subject, rest @ ..] = subjects {
        total += subject.len();
        subjects = rest;
    }
    total
}

/// The subjects' rows in one array, put together by the compiler.
#[expect(clippy::indexing_slicing, reason = "computed while compiling: there are exactly `count()` rows")]
const fn joined() -> [Row; count()] {
    let mut joined = [SUBJECTS[0][0]; count()];
    let (mut place, mut subjects) = (0, SUBJECTS.as_slice());
    while let [subject, rest @ ..] = subjects {
        let mut rows = *subject;
        while let [row, others @ ..] = rows {
            joined[place] = *row;
            place += 1;
            rows = others;
        }
        subjects = rest;
    }
    joined
}
