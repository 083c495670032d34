//! What each word of the language does, in a sentence, and the page of the guide that says more.

/// What is said of a word.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Word {
    /// What it does.
    pub(crate) sentence: &'static str,
    /// The page of the guide.
    pub(crate) guide: &'static str,
}

/// What is said of a word of the language; nothing of those that only join others: `of`, `to`.
pub(crate) fn word(word: &str) -> Option<Word> {
    let pages =
        || WORDS.iter().flat_map(|(guide, words)| words.iter().map(move |(word, sentence)| (*word, *guide, *sentence)));
    pages().find(|(known, ..)| *known == word).map(|(_, guide, sentence)| Word { sentence, guide })
}

const WORDS: &[(&str, &[(&str, &str)])] = &[
    (
        "02-records.md",
        &[
            ("record", "says which fields a type of record has: `record lead { name: text  score: number? }`"),
            ("let", "gives a value a name: `let hot = 70`"),
            (
                "define",
                "gives a record one more value that is computed from the others: `define lead.is_large = lead.employees >= 500`",
            ),
            ("key", "marks the field that identifies the record"),
            ("exact", "makes a text one that is compared to the letter"),
            ("user", "names a person, by address, to whom work can be given"),
            ("money", "is an amount with its currency: `500 EUR`"),
        ],
    ),
    (
        "03-conditions.md",
        &[
            ("and", "holds when both sides hold; beside `or` it needs brackets"),
            ("or", "holds when one side holds; beside `and` it needs brackets"),
            ("not", "turns a condition into its exact opposite"),
            ("is", "compares like `=`, or asks what a value is: `is missing`, `is in emea`"),
            ("in", "asks whether a value is one of several: `in \"DE\", \"AT\"`, `in emea`, `in 10..20`"),
            ("between", "asks whether a value lies between two others, both included"),
            ("contains", "looks for a text in a text, or for a member in a list"),
            ("contain", "stands behind `does not`: the opposite of `contains`"),
            ("starts", "`starts with` asks how a text begins"),
            ("ends", "`ends with` asks how a text ends"),
            ("matches", "looks for a pattern in a text: `matches /^A\\d+$/`"),
            ("does", "`does not` begins the opposite of a test of text: `does not contain \"x\"`"),
            ("list", "names several values: `list emea = \"DE\", \"AT\"`"),
            ("if", "chooses between two values: `if lead.vip then 1 else 2`"),
            ("else", "the value, or the person told, where what stands before it does not hold or is late"),
            ("true", "the truth that holds"),
            ("false", "the truth that does not hold"),
            ("it", "in a cell of a table: the value of the cell's column"),
        ],
    ),
    (
        "04-missing.md",
        &[
            (
                "missing",
                "no value: `is missing` asks whether there is none, and every other comparison with it is false",
            ),
            ("present", "`is present` asks whether there is a value"),
            ("blank", "`is blank` asks whether a text is missing or has only spaces in it"),
            ("default", "what counts where a value is missing: `lead.score default 0`"),
        ],
    ),
    (
        "05-time.md",
        &[
            ("now", "the moment of the evaluation, the same for all rules"),
            ("today", "the day of the evaluation in the time zone of the rulebook"),
            (
                "within",
                "asks whether a moment is near (`within last 7d`, `within next 2h`), or says by when work is due",
            ),
            ("older", "`older than` asks whether a moment lies further back than so long"),
            ("before", "asks whether a moment is earlier than another"),
            ("after", "asks whether a moment is later than another; behind `rules`, which sets run earlier"),
            ("during", "asks whether a moment lies in the hours of a calendar"),
            ("calendar", "says when work is done: its hours, holidays and time zone"),
            ("business", "counts working time by a calendar: `4 business hours`"),
            ("hours", "the working hours of the days of a calendar: `hours mon..fri 09:00..17:30`"),
            ("holidays", "the days on which nobody works"),
            ("zone", "`time zone` says where the hours of a calendar are"),
        ],
    ),
    (
        "06-rules-and-sets.md",
        &[
            ("rules", "opens a set of rules that belong together: `rules \"Routing\" for lead, first match { … }`"),
            ("rule", "names a rule: `rule \"Hot leads\" when … then …`"),
            ("when", "begins the condition of a rule or of a line"),
            ("then", "begins what is done, or the value that is given, where the condition holds"),
            ("otherwise", "says what is done, or which value is given, where nothing else in the set or block holds"),
            ("never", "keeps an effect from happening, whatever the rules say: `never send email when lead.opted_out`"),
            ("first", "`first match`: the first rule or row that holds counts, no other"),
            ("unique", "`unique match`: at most one rule or row may hold"),
            ("only", "`only when` says for which records a set of rules runs at all"),
            ("on", "says on which event a set of rules runs: `on created or updated`"),
            ("becoming", "`on becoming true`: a rule fires when its condition holds and did not before"),
            ("changed", "asks whether the event changed a value: `lead.stage changed from \"new\" to \"won\"`"),
            ("was", "asks what a value was before the event"),
            ("becomes", "asks whether a value is something now that it was not before the event"),
            ("new", "`is new` asks whether the event has made the record"),
            ("disabled", "keeps a rule in the file without running it"),
            ("until", "the last day on which a rule is in force"),
            ("stop", "ends the set for this record: no later rule of it fires"),
        ],
    ),
    (
        "07-effects.md",
        &[
            ("assign", "gives the record to a team, queue or user: `assign team sales within 2d`"),
            ("leave", "`leave unassigned` settles that nobody gets the record"),
            ("keep", "`keep owner` settles that who has the record keeps it"),
            ("set", "gives a stored field a new value: `set lead.stage = \"working\"`"),
            ("clear", "takes the value of a stored field away"),
            ("add", "puts a member into a list, `add \"vip\" to lead.tags`; in a score, adds points"),
            ("remove", "takes a member out of a list: `remove \"vip\" from lead.tags`"),
            ("create", "`create task` says what is to be done, by whom and until when"),
            ("notify", "tells people something: `notify assignee \"Call {lead.name}\"`"),
            ("send", "`send email` sends what a template says: `send email \"welcome\" to lead.email`"),
            ("call", "tells another system: `call erp with { id: order.id }`"),
            ("accept", "accepts the record"),
            ("reject", "rejects the record and says why: `reject \"out of stock\"`"),
            ("start", "starts a workflow; in a score, the points to begin with"),
            ("team", "names people who share work: `team sales { \"ana@example.com\", \"bo@example.com\" }`"),
            ("queue", "names a place where work waits for whoever takes it: `queue triage`"),
            ("escalate", "`else escalate to` says who is told when a deadline passes"),
            ("robin", "`by round robin`: the members of a team take turns"),
            ("loaded", "`by least loaded`: whoever of the team has least to do"),
            ("weight", "how much of the team's work a member gets beside the others"),
            ("away", "the days on which a member of a team gets no work"),
            ("due", "says until when a task is due: `due 3d before lead.close_date`"),
        ],
    ),
    (
        "09-test-your-rules.md",
        &[
            ("test", "says what must come of a record, and is run by `rulebook test`"),
            ("given", "the record that a test decides"),
            ("expect", "what must come of the record that a test gives"),
            ("fault", "expects that a record cannot be decided"),
            ("lost", "expects that an effect is not performed"),
            ("share", "`share of` asks what share of the records of a file something comes of"),
            (
                "count",
                "`count of` asks for how many records of a file something comes; also the function that counts items",
            ),
            ("event", "what has happened to the record of a test"),
            ("over", "the file whose records a test decides"),
        ],
    ),
    (
        "10-lists.md",
        &[
            (
                "any",
                "`any of` holds when one of several holds; `any(a in list where …)` asks whether there is such an item; in a cell, whatever the value",
            ),
            ("all", "`all of` holds when all of several hold; `all(a in list where …)` asks whether every item is so"),
            (
                "none",
                "`none of` holds when none of several holds; `none(a in list where …)` asks whether no item is so",
            ),
            ("where", "which items of a list count"),
        ],
    ),
    (
        "12-score.md",
        &[
            ("score", "adds up points: `score lead.fit { add 30 when …  limit 0..100 }`"),
            ("subtract", "takes points away where its condition holds"),
            ("halving", "lets points fade: `halving every 14d since lead.met_at`"),
            ("limit", "brings a score into a range in the end"),
            ("most", "`at most`: a line gives no more points than this"),
        ],
    ),
    (
        "13-territories.md",
        &[
            ("table", "gives values row by row, as in a spreadsheet: the first line has the columns"),
            ("decide", "gives a value line by line: the first line that holds counts"),
            ("collect", "a list of what all rows that hold give"),
        ],
    ),
    (
        "14-reference-data.md",
        &[
            ("reference", "names a file of rows that rules look up by a key: `inventory[order.product].stock`"),
            ("keyed", "`keyed by` names the column by which a row is found"),
        ],
    ),
    (
        "cheat-sheet.md",
        &[
            ("workflow", "a process of several steps, which this version does not run yet"),
            ("lifecycle", "the ways of a status, which this version does not know yet"),
            ("every", "a rule for certain times, which this version does not run yet; `halving every` in a score"),
        ],
    ),
];

#[cfg(test)]
mod tests {
    use super::*;
    use syntax::keywords::{self, Class};

    #[test]
    fn every_reserved_word_is_explained() {
        let silent = keywords::all().filter(|it| it.class != Class::Contextual && word(it.word).is_none());
        assert_eq!(silent.map(|it| it.word).collect::<Vec<_>>(), [""; 0]);
    }

    #[test]
    fn only_words_of_the_language_are_explained() {
        let words = WORDS.iter().flat_map(|(_, words)| *words);
        assert_eq!(words.filter(|(it, _)| keywords::class(it).is_none()).count(), 0);
    }
}
