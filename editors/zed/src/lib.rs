//! Starts the language server of Rulebook for Zed.

use zed_extension_api::{self as zed, settings::LspSettings, Command, LanguageServerId, Result, Worktree};

struct Rulebook;

impl zed::Extension for Rulebook {
    fn new() -> Self {
        Self
    }

    /// The program that the settings name (`lsp.rulebook.binary.path`), or else the one on the path of the project.
    fn language_server_command(&mut self, server: &LanguageServerId, worktree: &Worktree) -> Result<Command> {
        let set = LspSettings::for_worktree(server.as_ref(), worktree).ok().and_then(|settings| settings.binary);
        let path = set.as_ref().and_then(|binary| binary.path.clone());
        let command = path.or_else(|| worktree.which("rulebook")).ok_or(
            "The program `rulebook` is not on the path. Install it, or set lsp.rulebook.binary.path in Zed's settings.",
        )?;
        let args = set.and_then(|binary| binary.arguments).unwrap_or_else(|| vec!["lsp".to_owned()]);
        Ok(Command { command, args, env: worktree.shell_env() })
    }

    /// What stands under `lsp.rulebook.settings`.
    fn language_server_workspace_configuration(
        &mut self,
        server: &LanguageServerId,
        worktree: &Worktree,
    ) -> Result<Option<zed::serde_json::Value>> {
        let settings = LspSettings::for_worktree(server.as_ref(), worktree)?.settings;
        Ok(settings.map(|settings| zed::serde_json::json!({ "rulebook": settings })))
    }
}

zed::register_extension!(Rulebook);
