//! What the compiler promises: trees ask what they must and no more, and programs decide like a plain reading.

mod build;
mod index;
mod oracle;
mod programs;
mod random;
mod sieve;
mod size;
mod trees;
