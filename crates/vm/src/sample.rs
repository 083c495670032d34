//! Small programs for the tests of this crate, put together by hand.

use std::sync::Arc;

use limits::Limits;
use values::{Clock, Instant, Text, Type, Value, zone_named};

use crate::effect::{Effect, Operand, Recipient, TargetKind};
use crate::instruction::Instruction;
use crate::machine::{Machine, Options};
use crate::program::{Choice, Decision, Definition, Field, Policy, Program, Rule, RuleSet, Target, Trigger};
use crate::record::Record;
use crate::verdict::{Fault, Verdict};
use crate::verify::{Verified, verify};

/// A program in the making. Places in code are counted from the beginning of each piece.
pub(crate) struct Sample(pub(crate) Program);

/// A rule in the making: its condition without `Return`, and its effects with the code that computes their operands.
pub(crate) struct Draft {
    name: &'static str,
    condition: Option<Vec<Instruction>>,
    effects: Vec<Instruction>,
}

pub(crate) fn rule(name: &'static str, condition: &[Instruction], effects: &[Instruction]) -> Draft {
    Draft { name, condition: Some(condition.to_vec()), effects: effects.to_vec() }
}

pub(crate) fn otherwise(effects: &[Instruction]) -> Draft {
    Draft { name: "otherwise", condition: None, effects: effects.to_vec() }
}

impl Sample {
    /// A decision about leads with these fields, all of them optional numbers, texts or truths: a machine does not care.
    pub(crate) fn new(fields: &[&str]) -> Self {
        let field = |name: &&str| Field {
            name: Text::from(*name),
            source: vec![Text::from(*name)],
            ty: Type::Number,
            optional: true,
            default: None,
            sentinels: vec![],
            inferred: false,
            key: false,
            through: None,
        };
        let decision = Decision {
            record: Text::from("lead"),
            fields: fields.iter().map(field).collect(),
            actor: vec![],
            items: vec![],
            joins: vec![],
            definitions: vec![],
            guards: vec![],
            sets: vec![],
            rules: vec![],
            effects: vec![],
            constants: vec![],
            choices: vec![],
            patterns: vec![],
            lookups: vec![],
            loops: vec![],
            sieves: vec![],
            code: vec![],
        };
        Self(Program {
            zone: "UTC".to_owned(),
            decisions: vec![decision],
            targets: vec![],
            calendars: vec![],
            references: vec![],
        })
    }

    pub(crate) fn decision(&mut self) -> &mut Decision {
        &mut self.0.decisions[0]
    }

    pub(crate) fn target(&mut self, kind: TargetKind, name: &str) -> u32 {
        self.0.targets.push(Target { kind, name: Text::from(name), members: vec![] });
        self.0.targets.len() as u32 - 1
    }

    pub(crate) fn number(&mut self, number: i64) -> Instruction {
        self.constant(Value::Number(number.into()))
    }

    pub(crate) fn text(&mut self, text: &str) -> Instruction {
        self.constant(Value::text(text))
    }

    pub(crate) fn constant(&mut self, value: Value) -> Instruction {
        self.decision().constants.push(value);
        Instruction::Constant(self.decision().constants.len() as u32 - 1)
    }

    pub(crate) fn choice(&mut self, constants: Vec<Value>, exact: bool) -> Instruction {
        self.decision().choices.push(Choice { constants: Arc::from(constants), exact });
        Instruction::In(self.decision().choices.len() as u32 - 1)
    }

    pub(crate) fn effect(&mut self, effect: Effect<Operand>) -> Instruction {
        self.decision().effects.push(effect);
        Instruction::Perform(self.decision().effects.len() as u32 - 1)
    }

    pub(crate) fn definition(&mut self, name: &str, code: &[Instruction]) -> Instruction {
        let entry = self.piece(code);
        self.decision().definitions.push(Definition {
            name: Text::from(name),
            entry,
            lines: Vec::new(),
            first_only: false,
            hidden: false,
        });
        Instruction::Definition(self.decision().definitions.len() as u32 - 1)
    }

    /// Adds a set; its tree asks one rule after the other.
    pub(crate) fn set(&mut self, policy: Policy, drafts: Vec<Draft>) {
        let set = self.decision().sets.len() as u32;
        let start = self.decision().rules.len() as u32;
        let entry = self.piece(&tree(policy, start, &drafts));
        for (index, draft) in drafts.into_iter().enumerate() {
            let condition = draft.condition.map(|condition| self.piece(&condition));
            let effects = self.piece(&draft.effects);
            let at = Text::from(format!("sample.rules:{}", index + 1));
            let name = Text::from(draft.name);
            self.decision().rules.push(Rule { name, at, set, condition, leaves: Vec::new(), effects, stops: false });
        }
        let end = self.decision().rules.len() as u32;
        let (name, trigger) = (Text::from("sample"), Trigger::Always);
        let set = RuleSet { name, policy, trigger, sees: vec![], guard: None, rules: start..end, entry, index: None };
        self.decision().sets.push(set);
    }

    /// Adds a piece of code, and `Return` to its end.
    fn piece(&mut self, code: &[Instruction]) -> u32 {
        let all = &mut self.decision().code;
        let entry = all.len() as u32;
        all.extend(code.iter().map(|instruction| moved(*instruction, entry)));
        all.push(Instruction::Return);
        entry
    }

    pub(crate) fn verified(&self) -> Verified {
        verify(self.0.clone()).unwrap()
    }

    /// Decides one record.
    pub(crate) fn run(&self, values: &[Value]) -> Result<Verdict, Fault> {
        self.run_with(values, Options::default())
    }

    pub(crate) fn run_with(&self, values: &[Value], options: Options) -> Result<Verdict, Fault> {
        self.decide(values, options, Limits::default())
    }

    /// Decides one record that may take so many steps.
    pub(crate) fn run_in_steps(&self, values: &[Value], steps: usize) -> Result<Verdict, Fault> {
        self.decide(values, Options::default(), Limits { steps, ..Limits::default() })
    }

    fn decide(&self, values: &[Value], options: Options, limits: Limits) -> Result<Verdict, Fault> {
        let now = Instant::from_second(1_800_000_000).unwrap();
        let clock = Clock { limits, ..Clock::new(now, zone_named("UTC").unwrap()) };
        Machine::new(&self.verified(), 0, clock, options).unwrap().run(&Record::of(values.to_vec()))
    }
}

fn tree(policy: Policy, start: u32, drafts: &[Draft]) -> Vec<Instruction> {
    let length = |draft: &Draft| draft.condition.as_ref().map_or(1, |condition| condition.len() + 3);
    let end = drafts.iter().map(length).sum::<usize>() as u32;
    let mut code = Vec::new();
    for (index, draft) in (start..).zip(drafts) {
        let Some(condition) = &draft.condition else {
            code.push(Instruction::FireOtherwise(index));
            continue;
        };
        let begin = code.len() as u32;
        let next = begin + condition.len() as u32 + 3;
        code.extend(condition.iter().map(|instruction| moved(*instruction, begin)));
        let leave = if policy == Policy::First { end } else { next };
        code.extend([Instruction::JumpUnless(next), Instruction::Fire(index), Instruction::Jump(leave)]);
    }
    code
}

/// The same instruction where its piece begins at `by`.
fn moved(instruction: Instruction, by: u32) -> Instruction {
    match instruction {
        Instruction::Jump(to) => Instruction::Jump(to + by),
        Instruction::JumpUnless(to) => Instruction::JumpUnless(to + by),
        Instruction::JumpIfFalse(to) => Instruction::JumpIfFalse(to + by),
        Instruction::JumpIfTrue(to) => Instruction::JumpIfTrue(to + by),
        Instruction::EnterBefore(to) => Instruction::EnterBefore(to + by),
        Instruction::JumpIfPresent(to) => Instruction::JumpIfPresent(to + by),
        other => other,
    }
}

/// `assign` to a target, nothing more.
pub(crate) fn assign(target: Recipient<Operand>) -> Effect<Operand> {
    Effect::Assign { target, by: None, due: None, escalations: vec![] }
}

/// A computed recipient: the effect's operand of this number.
pub(crate) fn computed(number: u16) -> Recipient<Operand> {
    Recipient::Computed { kind: None, value: Operand(number), written: Text::from("lead.owner") }
}

/// A program with something of everything: two derived values, two sets, targets, every kind of table.
pub(crate) fn lead_routing() -> Sample {
    let mut sample = Sample::new(&["score", "country", "owner"]);
    let sales = sample.target(TargetKind::Team, "sales");
    let (seventy, two) = (sample.number(70), sample.number(2));
    let [score, country, owner] = [0, 1, 2].map(Instruction::Field);
    let emea = sample.choice(vec![Value::text("DE"), Value::text("AT")], false);
    let divide = values::builtins::operator("/", &[Type::Number, Type::Number]).unwrap().0;
    let half = sample.definition("half", &[score, two, Instruction::Call(divide, 2)]);
    let hot = sample.definition("hot", &[half, seventy, Instruction::Greater]);
    let to_sales = sample.effect(assign(Recipient::Declared(sales)));
    let to_owner = sample.effect(Effect::Notify { to: vec![computed(0)], text: Operand(1) });
    let accept = sample.effect(Effect::Accept);
    let hello = sample.text("hello");
    sample.set(
        Policy::First,
        vec![
            rule("hot", &[hot, Instruction::Holds], &[to_sales]),
            rule("emea", &[country, emea], &[owner, hello, Instruction::Join(1), to_owner]),
            otherwise(&[accept]),
        ],
    );
    sample.set(Policy::All, vec![rule("always", &[score, Instruction::IsMissing, Instruction::Not], &[])]);
    sample
}
