//! What Rulebook promises, as tests: `pages` runs the Markdown pages, `suite` holds the tests that are programs.
