//! The stable codes and their pages.
