//! The instruction set: one table, read by the emitter, the verifier, the machine and the disassembler.

use serde::{Deserialize, Serialize};
use values::builtins::Builtin;

/// One instruction of a stack machine. The comment shows the stack before and after, its top at the right; a *truth* is
/// `Truth`, or `Missing` for "unknown" while a rule is examined for missing data (see `Machine`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Instruction {
    /// `→ value`: a constant.
    Constant(u32),
    /// `→ value`: a field of the record.
    Field(u32),
    /// `→ value`: a derived value, computed when first asked for.
    Definition(u32),
    /// `→ instant`
    Now,
    /// `→ date`
    Today,
    /// `truth → truth`
    Not,
    /// `truth truth → truth`: both.
    And,
    /// `truth truth → truth`: either.
    Or,
    /// `value → truth`: a truth as a condition; missing counts as false.
    Holds,
    /// `a b → truth`: ignoring case in text.
    Equal,
    /// `a b → truth`: to the letter.
    EqualExact,
    /// `a b → truth`
    Less,
    /// `a b → truth`
    LessOrEqual,
    /// `a b → truth`
    Greater,
    /// `a b → truth`
    GreaterOrEqual,
    /// `value → truth`: whether it is one of a choice.
    In(u32),
    /// `text → truth`: whether a pattern is found.
    Matches(u32),
    /// `value → truth`
    IsMissing,
    /// `arguments … → value`
    Call(Builtin, u8),
    /// `texts … → text`: joined; missing ones are empty.
    Join(u16),
    /// `→`: goes on at another place.
    Jump(u32),
    /// `truth →`: goes on elsewhere unless it is true.
    JumpUnless(u32),
    /// `truth → truth`: goes on elsewhere if it is false, keeping it.
    JumpIfFalse(u32),
    /// `truth → truth`: goes on elsewhere if it is true, keeping it.
    JumpIfTrue(u32),
    /// `value → value` and goes on elsewhere if it is present; `value →` and goes on here if not.
    JumpIfPresent(u32),
    /// `→`: a rule fires: its effects are performed.
    Fire(u32),
    /// `→`: the `otherwise` of a set fires unless a rule of the set has.
    FireOtherwise(u32),
    /// `operands … →`: an effect is collected.
    Perform(u32),
    /// The end of this piece of code.
    Return,
}
