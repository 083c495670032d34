//! Findings for one medium each.
