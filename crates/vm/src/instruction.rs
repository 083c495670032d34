//! The instruction set: one table, read by the emitter, the verifier, the machine and the disassembler.
//!
//! Start at the table below. Each row says, in this order: what the instruction does to the stack, its name with its
//! immediates, its mnemonic, how many values it takes and leaves, and where the machine goes on. A new instruction is a
//! row here and an arm in the dispatch loop (`run.rs`).

use serde::{Deserialize, Serialize};
use values::builtins::Builtin;

/// What stands inside an instruction: what the verifier checks against the program and the disassembler looks up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Immediate {
    /// A place in [`Decision::constants`](crate::program::Decision::constants).
    Constant(u32),
    /// A place in [`Decision::fields`](crate::program::Decision::fields).
    Field(u32),
    /// A place in [`Decision::actor`](crate::program::Decision::actor).
    Actor(u32),
    /// A place in [`Decision::definitions`](crate::program::Decision::definitions).
    Definition(u32),
    /// A place in [`Decision::choices`](crate::program::Decision::choices).
    Choice(u32),
    /// A place in [`Decision::patterns`](crate::program::Decision::patterns).
    Pattern(u32),
    /// A place in [`Decision::rules`](crate::program::Decision::rules).
    Rule(u32),
    /// A place in [`Decision::effects`](crate::program::Decision::effects).
    Effect(u32),
    /// A place in [`Decision::code`](crate::program::Decision::code), further down in the same piece.
    Place(u32),
    /// A place in [`Decision::lookups`](crate::program::Decision::lookups).
    Lookup(u32),
    /// A place in [`Decision::loops`](crate::program::Decision::loops).
    Loop(u32),
    /// A place in [`Decision::sieves`](crate::program::Decision::sieves).
    Sieve(u32),
    /// A place in [`Decision::items`](crate::program::Decision::items); a [`Count`](Self::Count) behind it is a field there.
    Items(u32),
    /// How many loops further out an item lies.
    Up(u32),
    /// A built-in function, operator or test.
    Builtin(Builtin),
    /// How many values are taken from the stack.
    Count(u32),
}

/// Where the machine goes on after an instruction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flow {
    /// At the next instruction.
    Next,
    /// At the place that the instruction names.
    Jump,
    /// At the next instruction or at the named place.
    Branch,
    /// At the next instruction, or at the named place with one value more on the stack.
    BranchKeeping,
    /// Nowhere: the piece of code is done.
    End,
}

macro_rules! instructions {
    ($(
        $(#[$doc:meta])*
        $variant:ident $( ( $($name:ident: $ty:ty as $kind:ident),+ ) )?,
        $mnemonic:literal, takes $takes:expr, leaves $leaves:expr, $flow:ident;
    )+) => {
        /// One instruction of a stack machine. The comment shows the stack before and after, its top at the right; a
        /// *truth* is `Truth`, or `Missing` for "unknown" while a rule is examined for missing data (see
        /// [`Machine`](crate::Machine)).
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
        pub enum Instruction {
            $( $(#[$doc])* $variant $( ( $($ty),+ ) )?, )+
        }

        #[allow(unused_variables, reason = "each function looks at some of a row's immediates")]
        impl Instruction {
            /// The instruction's name in a disassembly.
            pub const fn mnemonic(self) -> &'static str {
                match self {
                    $( Self::$variant $( ( $($name),+ ) )? => $mnemonic, )+
                }
            }

            /// How many values it takes from the stack; for `Perform` those of its effect come on top.
            pub const fn takes(self) -> u32 {
                match self {
                    $( Self::$variant $( ( $($name),+ ) )? => $takes as u32, )+
                }
            }

            /// How many values it leaves on the stack where it goes on at the next instruction.
            pub const fn leaves(self) -> u32 {
                match self {
                    $( Self::$variant $( ( $($name),+ ) )? => $leaves, )+
                }
            }

            /// Where the machine goes on.
            pub const fn flow(self) -> Flow {
                match self {
                    $( Self::$variant $( ( $($name),+ ) )? => Flow::$flow, )+
                }
            }

            /// What stands inside it.
            pub fn immediates(self) -> Vec<Immediate> {
                match self {
                    $( Self::$variant $( ( $($name),+ ) )? => vec![$( $( Immediate::$kind($name.into()) ),+ )?], )+
                }
            }
        }
    };
}

instructions! {
    // Values.
    /// `→ value`: a constant.
    Constant(constant: u32 as Constant), "constant", takes 0, leaves 1, Next;
    /// `→ value`: a field of the record.
    Field(field: u32 as Field), "field", takes 0, leaves 1, Next;
    /// `→ value`: a derived value, computed when first asked for.
    Definition(definition: u32 as Definition), "definition", takes 0, leaves 1, Next;
    /// `→ instant`
    Now, "now", takes 0, leaves 1, Next;
    /// `→ date`
    Today, "today", takes 0, leaves 1, Next;
    /// `→ value`: the item that a loop has come to, so many loops further out.
    Item(up: u8 as Up), "item", takes 0, leaves 1, Next;
    /// `→ value`: a field of such an item.
    Element(up: u8 as Up, items: u16 as Items, field: u32 as Count), "element", takes 0, leaves 1, Next;
    /// `key → value`: a row of reference data, as `true`, or a value in it; missing where there is no such row.
    Lookup(which: u32 as Lookup), "lookup", takes 1, leaves 1, Next;
    /// `list → value`: what a loop makes of the items.
    Loop(which: u32 as Loop), "loop", takes 1, leaves 1, Next;
    /// `→ value` and goes on elsewhere: what a sieve makes of its cases. With unknown truth goes on here, where the same
    /// stands without a sieve.
    Sieve(which: u16 as Sieve, place: u32 as Place), "sieve", takes 0, leaves 0, BranchKeeping;

    // What happened.
    /// `→ value`: a field of who acts.
    Actor(field: u32 as Actor), "actor", takes 0, leaves 1, Next;
    /// `→ truth`: whether the event has made the record.
    IsNew, "is-new", takes 0, leaves 1, Next;
    /// `→ truth`: whether the record before the event is known.
    HasBefore, "has-before", takes 0, leaves 1, Next;
    /// `→`: from here on fields and derived values are those before the event; `→ missing` and goes on elsewhere if the
    /// record before is not known.
    EnterBefore(place: u32 as Place), "enter-before", takes 0, leaves 0, BranchKeeping;
    /// `→`: fields and derived values are those of the record again.
    LeaveBefore, "leave-before", takes 0, leaves 0, Next;

    // Truth.
    /// `truth → truth`
    Not, "not", takes 1, leaves 1, Next;
    /// `truth truth → truth`: both.
    And, "and", takes 2, leaves 1, Next;
    /// `truth truth → truth`: either.
    Or, "or", takes 2, leaves 1, Next;
    /// `value → truth`: a truth as a condition; missing counts as false.
    Holds, "holds", takes 1, leaves 1, Next;

    // Tests: false when an operand is missing.
    /// `a b → truth`: ignoring case in text.
    Equal, "equal", takes 2, leaves 1, Next;
    /// `a b → truth`: to the letter.
    EqualExact, "equal-exact", takes 2, leaves 1, Next;
    /// `a b → truth`
    Less, "less", takes 2, leaves 1, Next;
    /// `a b → truth`
    LessOrEqual, "less-or-equal", takes 2, leaves 1, Next;
    /// `a b → truth`
    Greater, "greater", takes 2, leaves 1, Next;
    /// `a b → truth`
    GreaterOrEqual, "greater-or-equal", takes 2, leaves 1, Next;
    /// `value → truth`: whether it is one of a choice.
    In(choice: u32 as Choice), "in", takes 1, leaves 1, Next;
    /// `text → truth`: whether a pattern is found.
    Matches(pattern: u32 as Pattern), "matches", takes 1, leaves 1, Next;
    /// `value → truth`: never unknown.
    IsMissing, "is-missing", takes 1, leaves 1, Next;

    // Computing.
    /// `arguments … → value`
    Call(builtin: Builtin as Builtin, count: u8 as Count), "call", takes count, leaves 1, Next;
    /// `texts … → text`: joined; missing ones are empty.
    Join(count: u16 as Count), "join", takes count, leaves 1, Next;

    // Jumps, always forward.
    /// `→`: goes on at another place.
    Jump(place: u32 as Place), "jump", takes 0, leaves 0, Jump;
    /// `truth →`: goes on elsewhere unless it is true.
    JumpUnless(place: u32 as Place), "jump-unless", takes 1, leaves 0, Branch;
    /// `truth → truth`: goes on elsewhere if it is false, keeping it.
    JumpIfFalse(place: u32 as Place), "jump-if-false", takes 1, leaves 1, Branch;
    /// `truth → truth`: goes on elsewhere if it is true, keeping it.
    JumpIfTrue(place: u32 as Place), "jump-if-true", takes 1, leaves 1, Branch;
    /// `value → value` and goes on elsewhere if it is present; `value →` and goes on here if not.
    JumpIfPresent(place: u32 as Place), "jump-if-present", takes 1, leaves 0, BranchKeeping;

    // Acting.
    /// `→`: a rule fires: its effects are performed.
    Fire(rule: u32 as Rule), "fire", takes 0, leaves 0, Next;
    /// `→`: the rules of a set that hold fire, as its policy has it: its index finds them.
    Search, "search", takes 0, leaves 0, Next;
    /// `→`: the `otherwise` of a set fires unless a rule of the set has.
    FireOtherwise(rule: u32 as Rule), "fire-otherwise", takes 0, leaves 0, Next;
    /// `operands … →`: an effect is collected.
    Perform(effect: u32 as Effect), "perform", takes 0, leaves 0, Next;
    /// The end of this piece of code.
    Return, "return", takes 0, leaves 0, End;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_instruction_is_small() {
        assert_eq!(size_of::<Instruction>(), 8);
    }
}
