//! How the rules of a set share a record.

use super::*;

/// The rules that fire when each of two rules holds if its field is true.
fn fired(policy: Policy, first: bool, second: bool) -> Result<Vec<u32>, Fault> {
    let mut sample = Sample::new(&["a", "b"]);
    let drafts =
        vec![rule("a", &[Instruction::Field(0)], &[]), rule("b", &[Instruction::Field(1)], &[]), otherwise(&[])];
    sample.set(policy, drafts);
    sample.run(&[Value::Truth(first), Value::Truth(second)]).map(|verdict| verdict.fired)
}

#[test]
fn first_match_fires_one() {
    assert_eq!(fired(Policy::First, true, true), Ok(vec![0]));
    assert_eq!(fired(Policy::First, false, true), Ok(vec![1]));
    assert_eq!(fired(Policy::First, false, false), Ok(vec![2]));
}

#[test]
fn all_matches_fires_all() {
    assert_eq!(fired(Policy::All, true, true), Ok(vec![0, 1]));
    assert_eq!(fired(Policy::All, false, false), Ok(vec![2]));
}

#[test]
fn unique_match_fires_one_or_faults() {
    assert_eq!(fired(Policy::Unique, false, true), Ok(vec![1]));
    let fault = Fault { code: FaultCode::SeveralMatches, rule: Some(1), detail: "`a` and `b`".to_owned() };
    assert_eq!(fired(Policy::Unique, true, true), Err(fault));
}
