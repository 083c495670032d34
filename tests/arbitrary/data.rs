//! Files that rules name.

use semantics::Project;

use super::decide::verdicts;
use super::limits;
use super::rules::shown;

/// Rules that name a file, one for each kind.
const RULES: [&str; 4] = [
    "calendar office { hours mon..fri 09:00..17:30 holidays from \"a.csv\" }
     record lead { id: text key, at: datetime, day: date }
     define lead.due = lead.at + 3 business days on office
     when lead.at during office or lead.day during office then assign sales within 4 business hours on office\n",
    "list codes from \"a.csv\"
     when lead.code in codes then accept\n",
    "record lead { id: text key, code: text, score: number? }
     table route for lead, first match from \"a.csv\"
     when lead.score > 1 then accept\n",
    "reference goods from \"a.csv\" keyed by code { code: text  stock: number?  day: date? }
     record lead { id: text key, code: text? }
     when goods[lead.code].stock > 1 or goods[lead.code].day < today or goods[lead.code] is missing then accept\n",
];

/// Whatever stands in a file that rules name, the rules are checked; without errors they decide.
pub fn data(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    for rules in RULES {
        let mut project = Project::new();
        project.set_limits(limits());
        project.set_file("a.rules", rules);
        project.set_data("a.csv", Ok(&text));
        shown(&project.findings(), rules);
        if let Some(rulebook) = project.rulebook() {
            let program = vm::verify(compiler::compile(&rulebook)).expect("the program verifies");
            let _ = verdicts(&program, vm::Options::default());
        }
    }
}
