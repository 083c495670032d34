//! Proves once that a program can be run without looking.
//!
//! What holds for a [`Verified`] program, file by file:
//!
//! - `verify/shape.rs`: tables agree with each other: sets tile the rules, targets exist, defaults fit their fields;
//! - `verify/pieces.rs`: the code falls into pieces, one for each thing that runs by itself;
//! - `verify/immediates.rs`: whatever an instruction names exists;
//! - `verify/index.rs`: indexes lead to rules of their sets, and are small;
//! - `verify/flow.rs`: in each piece every jump goes forward and stays inside, so that it ends; the stack has one height
//!   wherever two ways meet, never runs empty nor over its bound, and has the right height at every `return`; on every
//!   way rules fire in their order, each at most once;
//! - `verify/nesting.rs`: derived values use each other without a circle, and not too deep.
//!
//! Together with memoised derived values this bounds a run: no instruction is executed twice in one mode of truth but
//! those of loops, once for each item of their lists.

mod error;
mod flow;
mod immediates;
mod index;
mod nesting;
pub(crate) mod pieces;
mod shape;

use std::ops::Deref;
use std::sync::Arc;

pub use error::{Flaw, VerifyError};

use crate::program::{Decision, Program};

/// A program that can be run without looking. Cloning it is cheap.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verified(Arc<Program>);

impl Deref for Verified {
    type Target = Program;

    fn deref(&self) -> &Program {
        &self.0
    }
}

/// Checks all that the machine relies on.
///
/// # Errors
///
/// The first flaw found, with its place. What the compiler emits has none: a flaw tells of a damaged or forged file, or
/// of a mistake in the compiler.
pub fn verify(program: Program) -> Result<Verified, VerifyError> {
    shape::check_program(&program)?;
    for decision in &program.decisions {
        check_decision(&program, decision).map_err(|error| error.within(&decision.record))?;
    }
    Ok(Verified(Arc::new(program)))
}

fn check_decision(program: &Program, decision: &Decision) -> Result<(), VerifyError> {
    shape::check_decision(program, decision)?;
    immediates::check(decision)?;
    let pieces = pieces::pieces(decision)?;
    for piece in &pieces {
        flow::check(decision, piece)?;
    }
    nesting::check(decision, &pieces)
}

#[cfg(test)]
mod tests;
