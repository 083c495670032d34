//! The real tables, decided by the machine and by SQLite: both say the same of every record, as far as SQL has words for it.

#![expect(clippy::print_stdout, reason = "what was said is told")]

use std::fs;

use rulebook_tests::reference::exact;
use rulebook_tests::sql;
use semantics::typed::Field;

use crate::real;
use crate::second_opinion::{decided, rows, rulebook};

/// Each rulebook, and how many of its derived values, sets and rules SQL has words for.
const SAID: [(&str, usize); 3] = [("x_education", 32), ("maven", 28), ("helpdesk", 7)];

#[test]
fn sql_decides_the_real_tables_alike() {
    let Some(data) = real::data() else { return };
    for ((name, table, now), (known, least)) in real::TABLES.into_iter().zip(SAID) {
        assert_eq!(name, known);
        let folder = tempfile::tempdir().unwrap();
        let rules = fs::read_to_string(real::real(&format!("{name}.rules"))).unwrap();
        fs::write(folder.path().join("rules.rules"), &rules).unwrap();
        let root = rulebook(folder.path()).decisions[0].record.clone();
        let translation = sql::translate(&rules, "rules.rules", &root, "UTC", now).unwrap();
        fs::write(folder.path().join("rules.rules"), &translation.rules).unwrap();
        let table = data.join(table);
        let left = rulebook(folder.path());
        let fields: Vec<&Field> = left.decisions[0].fields.iter().collect();
        let records = rows(&fs::read_to_string(&table).unwrap(), &fields);
        let (verdicts, rejects) = decided(folder.path(), &table, &root, now, false);
        assert_eq!(rejects, "", "{name}");
        let said = sql::run(&translation, &records).unwrap();
        let mut compared = 0;
        for ((said, verdict), record) in said.iter().zip(verdicts.lines()).zip(&records) {
            let Some(said) = said else { continue };
            compared += 1;
            let agreed = sql::agrees(&translation, said, &exact(verdict).unwrap());
            assert_eq!(agreed, Ok(()), "{name}: {record}\n{verdict}");
        }
        let (all, kept) = translation.items;
        println!(
            "{name}: {compared} of {} records, {kept} of {all} parts; not {:?}",
            records.len(),
            translation.unsaid
        );
        assert!(kept >= least && compared * 100 >= records.len() * 99, "{name}");
    }
}
