//! The tests of a rulebook, put together from its items.

use std::collections::BTreeMap;
use std::sync::Arc;

use syntax::ast::Span;
use values::Text;

use crate::check::{Checked, Meaning, check};
use crate::db::{Db, Item, ItemSpan, all_items};
use crate::link::{Linker, Names};
use crate::names::ACTOR;
use crate::places::{line_at, place};
use crate::rulebook::{place_in_list, rulebook, with_references, without_rules};
use crate::typed::Decision;
use crate::typed::test::{Part, Saying, Test};

/// All tests, in path order and then in written order. Only asked for when nothing is wrong with the rulebook.
#[salsa::tracked]
pub fn tests(db: &dyn Db) -> Arc<Vec<Test>> {
    let targets: Vec<Text> = rulebook(db).targets.iter().map(|target| target.name.clone()).collect();
    let mut frames: BTreeMap<Text, Arc<Decision>> = BTreeMap::new();
    let mut tests = Vec::new();
    for item in all_items(db) {
        let checked = check(db, *item);
        let Meaning::Test(saying) = &checked.meaning else { continue };
        let record = saying.record.clone();
        let frame = frames.entry(record).or_insert_with_key(|record| Arc::new(frame(db, record)));
        tests.push(linked(db, *item, checked, saying, frame, &targets));
    }
    Arc::new(tests)
}

/// What the rules about a record type know of it.
fn frame(db: &dyn Db, record: &Text) -> Decision {
    let decided = rulebook(db).decisions.iter().find(|decision| decision.record == *record);
    match decided {
        Some(decision) => Decision { sets: Vec::new(), ..decision.clone() },
        None => without_rules(db, record),
    }
}

fn linked<'db>(
    db: &'db dyn Db,
    item: Item<'db>,
    checked: &Checked<'db>,
    saying: &Saying,
    frame: &Arc<Decision>,
    targets: &[Text],
) -> Test {
    let known = |name: &&Text| !frame.fields.iter().any(|field| field.name == **name);
    let more = checked.symbols.fields.iter().filter(known).cloned().collect();
    let mut more_fields = with_references(db, &saying.record, more);
    more_fields.retain(|field| known(&&field.name));
    let fields: Vec<Text> = frame.fields.iter().chain(&more_fields).map(|field| field.name.clone()).collect();
    more_fields.iter_mut().for_each(|field| place_in_list(field, &fields));
    let definitions: Vec<Text> = frame.definitions.iter().map(|definition| definition.name.clone()).collect();
    let known = |name: &&Text| !frame.actor.iter().any(|field| field.name == **name);
    let mut more_actor = with_references(db, ACTOR, checked.symbols.actor.iter().filter(known).cloned().collect());
    more_actor.retain(|field| known(&&field.name));
    let actor: Vec<Text> = frame.actor.iter().chain(&more_actor).map(|field| field.name.clone()).collect();
    let names = Names { fields: &fields, actor: &actor, definitions: &definitions, targets };
    let linker = Linker::new(&checked.symbols, &names);
    let mut says = saying.clone();
    says.each_mut(&mut |part| match part {
        Part::Expr(expr) => linker.expr(expr),
        Part::Recipient(recipient) => linker.recipient(recipient),
    });
    let start = place(db, ItemSpan { item, span: Span::default() });
    let at = Text::from(line_at(db, ItemSpan { item, span: saying.name_span }));
    let start_of = u32::try_from(start.start).unwrap_or(u32::MAX);
    Test { file: start.file, start: start_of, at, frame: Arc::clone(frame), more_fields, more_actor, says }
}
