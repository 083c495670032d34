//! From the client's questions to `ide`'s and back: a file for each kind. Nothing is worked out here.

pub(crate) mod actions;
pub(crate) mod completion;
pub(crate) mod diagnostics;
pub(crate) mod format;
pub(crate) mod hints;
pub(crate) mod lenses;
pub(crate) mod navigation;
pub(crate) mod rename;
pub(crate) mod shape;
pub(crate) mod symbols;
pub(crate) mod tokens;
