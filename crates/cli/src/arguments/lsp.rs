//! What may be typed after `rulebook lsp`.

use clap::Args;

/// Serve an editor: it starts this by itself, and speaks the language server protocol with it
///
/// Messages come on standard input and go to standard output.
#[derive(Debug, Args)]
pub(crate) struct Lsp {
    /// Speak on standard input and output, as without any option
    #[arg(long, conflicts_with = "socket")]
    pub(crate) stdio: bool,

    /// Connect to the editor, which listens on this port of this machine
    #[arg(long, value_name = "PORT")]
    pub(crate) socket: Option<u16>,
}
