//! What nobody moves. Most are limits: what works on rules and records calls itself as deeply as they are nested, and these keep
//! it from running out of stack.

/// How deep brackets, `if`, `list of` and the like may stand in each other in an item; also the most levels of its tree.
pub const NESTING: usize = 256;

/// How deep groups may stand in each other in a pattern.
pub const PATTERN_NESTING: u32 = 50;

/// How long a chain of constants, lists and definitions may be that build on each other.
pub const CHAIN: usize = 256;

/// How many loops over items (`any(x in …)`) may stand in each other: with each, the work is multiplied.
pub const LOOPS: u8 = 3;

/// How deep brackets may stand in each other in a JSON record, the record's own included.
pub const RECORD_NESTING: usize = 128;

/// The greatest height of the machine's stack within one piece of code.
pub const STACK: u32 = 1024;

/// How many values an effect or condition may need at once: the machine has room for a few more on its [`STACK`], which
/// the compiler may need beside them.
pub const VALUES: usize = 1000;

/// How many names deep a path may lead from a record to a field of it.
pub const PATH: usize = 5;

/// How deep derived values of a program may use each other: a chain of [`CHAIN`] items may have two each.
pub const CALLS: u32 = 512;

/// How many bytes of memory all patterns of a saved program may take.
pub const PATTERNS: usize = 512 << 20;

/// How many lists may stand in each other in a value of a saved program.
pub const NESTED_LISTS: usize = 4;

/// How many bytes of text are looked at, or made, in one step of the machine.
pub const TEXT_OF_A_STEP: usize = 64;

/// The limits of this file that people meet: what is bounded, and how much there may be.
pub const TOLD: &[(&str, usize)] = &[
    ("brackets, `if`, `list of` and the like in each other in an item", NESTING),
    ("groups in each other in a pattern", PATTERN_NESTING as usize),
    ("constants, lists and definitions that build on each other", CHAIN),
    ("loops over items in each other", LOOPS as usize),
    ("brackets in each other in a JSON record", RECORD_NESTING),
    ("names of a path to a field behind each other", PATH),
    ("values that one effect or condition needs at once", VALUES),
];
