//! What the client wants: its settings in the section `rulebook`.

use ide::HintSettings;
use serde::Deserialize;
use tower_lsp::ls_types::LSPAny;

/// The section of the client's settings that is ours.
pub(crate) const SECTION: &str = "rulebook";

/// The client's settings. What it does not say is as usual.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(crate) struct Configuration {
    /// What the address of a page about a code begins with; the name of the code follows. None, no links.
    pub(crate) pages: Option<String>,
    /// Which words stand between the words.
    inlay_hints: InlayHints,
}

/// Which hints are wanted: all, unless it is said.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct InlayHints {
    /// The types of constants and derived values.
    types: bool,
    /// When work would be due.
    due: bool,
    /// Which of several rules or rows count.
    policies: bool,
}

impl Default for InlayHints {
    fn default() -> Self {
        Self { types: true, due: true, policies: true }
    }
}

impl Configuration {
    /// Which hints are wanted.
    pub(crate) fn hints(&self) -> HintSettings {
        let InlayHints { types, due, policies } = self.inlay_hints;
        HintSettings { types, due, policies }
    }

    /// Reads what a client says; what cannot be understood is as usual.
    pub(crate) fn read(said: LSPAny) -> Self {
        serde_json::from_value(said).unwrap_or_default()
    }
}
