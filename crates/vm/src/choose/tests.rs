//! Whole runs of choices.

use values::{Clock, Date, Instant, Value, zone_named};

use super::*;
use crate::effect::Selection;
use crate::sample::lead_routing;

const TODAY: Date = Date::constant(2026, 11, 20);

fn clock() -> Clock {
    Clock::new("2026-11-20T09:00:00Z".parse::<Instant>().unwrap(), zone_named("UTC").unwrap())
}

fn team(members: &[(&str, u32)]) -> Target {
    let member = |&(address, weight): &(&str, u32)| Member { address: address.into(), weight, away: Vec::new() };
    Target { kind: TargetKind::Team, name: "sales".into(), members: members.iter().map(member).collect() }
}

fn verdict(by: Selection<Value>) -> Verdict {
    let target = Recipient::Declared(0);
    let to = Assignment::To { target, member: None, by: Some(by), due: None, escalations: Vec::new() };
    Verdict { assignment: Some(to), assigned_by: Some(3), ..Verdict::default() }
}

/// Who got each of so many records: one letter each, `-` for nobody.
fn chosen(chooser: &mut Chooser, team: &Target, by: &Selection<Value>, records: usize) -> String {
    let one = |_| {
        let mut verdict = verdict(by.clone());
        chooser.choose(std::slice::from_ref(team), &clock(), &mut verdict);
        match verdict.assignment {
            Some(Assignment::To { member: Some(member), .. }) => member[..1].to_owned(),
            _ => "-".to_owned(),
        }
    };
    (0..records).map(one).collect()
}

fn away(team: &mut Target, place: usize) {
    team.members[place].away.push((TODAY, TODAY));
}

#[test]
fn round_robin_goes_round_smoothly() {
    let mut chooser = Chooser::default();
    assert_eq!(
        chosen(&mut chooser, &team(&[("a", 100), ("b", 100), ("c", 100)]), &Selection::RoundRobin, 7),
        "abcabca"
    );
    // The example of nginx's commit message: weights 5, 1, 1.
    let weighted = team(&[("a", 500), ("b", 100), ("c", 100)]);
    assert_eq!(chosen(&mut Chooser::default(), &weighted, &Selection::RoundRobin, 14), "aabacaaaabacaa");
    let halves = team(&[("a", 150), ("b", 100)]);
    assert_eq!(chosen(&mut Chooser::default(), &halves, &Selection::RoundRobin, 10), "ababaababa");
}

#[test]
fn who_is_away_is_skipped_and_returns_without_a_pile() {
    let mut chooser = Chooser::default();
    let whole = team(&[("a", 100), ("b", 100), ("c", 100)]);
    assert_eq!(chosen(&mut chooser, &whole, &Selection::RoundRobin, 2), "ab");
    let mut without_c = whole.clone();
    away(&mut without_c, 2);
    assert_eq!(chosen(&mut chooser, &without_c, &Selection::RoundRobin, 4), "abab");
    assert_eq!(chosen(&mut chooser, &whole, &Selection::RoundRobin, 6), "cabcab");

    let mut chooser = Chooser::default();
    assert_eq!(chosen(&mut chooser, &whole, &Selection::LeastLoaded(None), 3), "abc");
    assert_eq!(chosen(&mut chooser, &without_c, &Selection::LeastLoaded(None), 8), "abababab");
    assert_eq!(chosen(&mut chooser, &whole, &Selection::LeastLoaded(None), 6), "cabcab");

    // Away from the first record on, while the others take turns.
    let mut chooser = Chooser::default();
    assert_eq!(chosen(&mut chooser, &without_c, &Selection::RoundRobin, 8), "abababab");
    assert_eq!(chosen(&mut chooser, &whole, &Selection::LeastLoaded(None), 4), "cabc");
}

#[test]
fn whoever_has_least_for_his_weight_is_next() {
    let mut chooser = Chooser::default();
    let weighted = team(&[("a", 200), ("b", 100)]);
    assert_eq!(chosen(&mut chooser, &weighted, &Selection::LeastLoaded(None), 6), "abaaba");
    // A new member begins where the least loaded stands.
    let grown = team(&[("a", 200), ("b", 100), ("c", 100)]);
    assert_eq!(chosen(&mut chooser, &grown, &Selection::LeastLoaded(None), 4), "abca");
    // What somebody got by turns counts as well.
    let mut chooser = Chooser::default();
    let pair = team(&[("a", 100), ("b", 100)]);
    assert_eq!(chosen(&mut chooser, &pair, &Selection::RoundRobin, 1), "a");
    assert_eq!(chosen(&mut chooser, &pair, &Selection::LeastLoaded(None), 2), "ba");
}

#[test]
fn who_has_got_nothing_yet_is_no_new_member() {
    let pair = team(&[("a", 100), ("b", 100)]);
    let by_hash = Selection::HashOf(Value::text("x"));
    let mut chooser = Chooser::default();
    let (one, other) = if chosen(&mut chooser, &pair, &by_hash, 1) == "a" { ("a", "b") } else { ("b", "a") };
    let least = chosen(&mut chooser, &pair, &Selection::LeastLoaded(None), 1);
    assert_eq!(least, other, "{one} has got a record by the hash");
    // Whichever of the two the hash gives it to.
    let swapped = team(&[("b", 100), ("a", 100)]);
    let mut chooser = Chooser::default();
    assert_eq!(chosen(&mut chooser, &swapped, &by_hash, 1), one);
    assert_eq!(chosen(&mut chooser, &swapped, &Selection::LeastLoaded(None), 1), other);
}

#[test]
fn what_is_remembered_goes_on() {
    let team = team(&[("a", 300), ("b", 200), ("c", 100)]);
    for by in [Selection::RoundRobin, Selection::LeastLoaded(None), Selection::HashOf(Value::text("x"))] {
        let mut whole = Chooser::default();
        let expected = chosen(&mut whole, &team, &by, 20);
        let mut first = Chooser::default();
        let begun = chosen(&mut first, &team, &by, 7);
        let bytes = postcard::to_stdvec(first.standings()).unwrap();
        let mut second = Chooser::new(&lead_routing().0, postcard::from_bytes(&bytes).unwrap());
        assert_eq!(begun + &chosen(&mut second, &team, &by, 13), expected);
        assert_eq!(second.standings(), whole.standings());
    }
}

#[test]
fn where_nobody_can_be_chosen_the_team_keeps_the_record() {
    let mut alone = team(&[("a", 100)]);
    away(&mut alone, 0);
    let mut queue = team(&[]);
    queue.kind = TargetKind::Queue;
    let cases = [
        (alone, Because::EverybodyAway("sales".into())),
        (team(&[]), Because::NoMembers("sales".into())),
        (queue, Because::NoMembers("sales".into())),
    ];
    for (target, because) in cases {
        let mut verdict = verdict(Selection::RoundRobin);
        Chooser::default().choose(&[target], &clock(), &mut verdict);
        assert_eq!(verdict.lost, [Lost { rule: 3, effect: "choose a member".to_owned(), because }]);
    }
}

#[test]
fn forged_numbers_do_no_harm() {
    let standing = Standing { turn: i64::MAX, load: u64::MAX };
    let members = BTreeMap::from([("a".into(), standing), ("z".into(), standing)]);
    let mut chooser = Chooser::new(&lead_routing().0, Standings { teams: BTreeMap::from([("sales".into(), members)]) });
    let team = team(&[("a", 100_000), ("b", 1)]);
    for by in [Selection::RoundRobin, Selection::LeastLoaded(None)] {
        assert_eq!(chosen(&mut chooser, &team, &by, 3).len(), 3);
    }
}
