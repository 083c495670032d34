//! What the server asks of the client. Nobody waits for these but themselves.

use std::sync::mpsc::Sender;

use futures::FutureExt;
use futures::future::BoxFuture;
use serde_json::json;
use tower_lsp::Client;
use tower_lsp::ls_types::{ConfigurationItem, ProgressToken, Registration, RegistrationParams};

use crate::configuration::{Configuration, SECTION};
use crate::owner::Event;
use crate::progress::TOKEN;
use crate::serve::Outbox;

/// The files whose changes on disk matter: rules, settings, and what rules name.
const WATCHED: &str = "**/{*.rules,rulebook.toml,*.csv,*.tsv,*.txt,*.json,*.ndjson,*.jsonl}";

/// Asks for the client's settings.
pub(crate) fn configuration(client: Client, events: Sender<Event>) -> BoxFuture<'static, ()> {
    async move {
        let item = ConfigurationItem { scope_uri: None, section: Some(SECTION.to_owned()) };
        if let Some(said) = client.configuration(vec![item]).await.ok().and_then(|said| said.into_iter().next()) {
            let _ = events.send(Event::Configured(Configuration::read(said)));
        }
    }
    .boxed()
}

/// Asks for a place to show how far the first look has come.
pub(crate) fn progress(client: Client, events: Sender<Event>) -> BoxFuture<'static, ()> {
    async move {
        if client.create_work_done_progress(ProgressToken::String(TOKEN.to_owned())).await.is_ok() {
            let _ = events.send(Event::ShowsProgress);
        }
    }
    .boxed()
}

/// Has the client watch files.
pub(crate) fn watch(outbox: &Outbox) {
    let registration = Registration {
        id: "rulebook-files".to_owned(),
        method: "workspace/didChangeWatchedFiles".to_owned(),
        register_options: Some(json!({ "watchers": [{ "globPattern": WATCHED }] })),
    };
    outbox.request("client/registerCapability", RegistrationParams { registrations: vec![registration] });
}
