//! What the client may call. Every handler only puts what came in into the owner's queue, and does nothing else before it
//! waits for the answer: order is kept because nothing comes in between.

use std::io;
use std::sync::mpsc::Sender;
use std::sync::{Mutex, PoisonError};

use futures::channel::oneshot;
use serde_json::json;
use tower_lsp::jsonrpc::{Error, Result};
use tower_lsp::ls_types::request::{GotoTypeDefinitionParams, GotoTypeDefinitionResponse};
#[allow(
    clippy::wildcard_imports,
    reason = "a handler for each request of the protocol, each with types of its own"
)]
use tower_lsp::ls_types::*;
use tower_lsp::{Client, ClientSocket, LanguageServer, LspService};

use crate::abilities::Abilities;
use crate::answers::tokens::Told;
use crate::answers::{
    actions, completion, diagnostics, format, hints, lenses, navigation, rename, shape, symbols, tokens,
};
use crate::configuration::Configuration;
use crate::errands;
use crate::owner::{self, Event, Scope};
use crate::serve::{Errands, Outbox};
use crate::view::View;
use crate::workers::{Cancel, CancelOnDrop, Question};

/// The way to the owner.
pub(crate) struct Backend {
    events: Sender<Event>,
    errands: Errands,
    outbox: Outbox,
    client: Client,
    abilities: Mutex<Abilities>,
    told: Told,
}

/// Starts the owner, and makes the service that calls the handlers.
///
/// # Errors
/// The system gives no threads.
pub(crate) fn service(outbox: Outbox, errands: Errands) -> io::Result<(LspService<Backend>, ClientSocket)> {
    let events = owner::start(outbox.clone())?;
    let backend =
        |client| Backend { events, errands, outbox, client, abilities: Mutex::default(), told: Told::default() };
    Ok(LspService::build(backend).custom_method("rulebook/explain", Backend::explain).finish())
}

impl Backend {
    fn tell(&self, event: Event) {
        let _ = self.events.send(event);
    }

    fn abilities(&self) -> Abilities {
        *self.abilities.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Asks about a file. Where it is not known, there is no answer.
    async fn ask<T: Send + 'static>(
        &self,
        uri: Uri,
        question: impl Fn(&View) -> T + Send + 'static,
    ) -> Result<Option<T>> {
        self.ask_all(Scope::File(uri), move |views| views.first().map(&question)).await
    }

    /// Asks about a position in a file.
    async fn ask_at<T: Send + 'static>(
        &self,
        at: TextDocumentPositionParams,
        question: impl Fn(&View, Position) -> Option<T> + Send + 'static,
    ) -> Result<Option<T>> {
        Ok(self.ask(at.text_document.uri, move |view| question(view, at.position)).await?.flatten())
    }

    /// Asks. Whoever stops waiting cancels.
    async fn ask_all<T: Send + 'static>(
        &self,
        scope: Scope,
        question: impl Fn(&[View]) -> T + Send + 'static,
    ) -> Result<T> {
        let (sender, answer) = oneshot::channel();
        let mut sender = Some(sender);
        let cancel = Cancel::default();
        let work = Box::new(move |views: std::result::Result<&[View], Error>| {
            let answer = views.map(&question);
            if let Some(sender) = sender.take() {
                let _ = sender.send(answer);
            }
        });
        self.tell(Event::Ask(Question { scope, work, cancel: cancel.clone(), attempts: 0 }));
        let _cancelled = CancelOnDrop(cancel);
        answer.await.unwrap_or_else(|_| Err(Error::request_cancelled()))
    }

    /// The page about a code, as Markdown.
    async fn explain(&self, asked: Explain) -> Result<Option<String>> {
        Ok(::diagnostics::Code::named(&asked.code).map(|code| code.page().to_owned()))
    }

    /// Runs a test. What is asked for it holds no edit up.
    async fn run_test(&self, uri: Uri, name: String) -> Result<Option<LSPAny>> {
        let asked = self.ask(uri, |view| Some((view.trial()?, view.trier.clone()))).await?.flatten();
        let Some((trial, trier)) = asked else {
            return Err(Error {
                message: "tests run once nothing is wrong with the rules".into(),
                ..Error::request_cancelled()
            });
        };
        let outcome = trier.run_test(trial, name).await.ok().flatten();
        let shown = outcome.as_ref().map(lenses::outcome);
        if let Some(failure) = outcome.as_ref().and_then(|it| it.failures.first()) {
            self.outbox
                .notify("window/showMessage", json!({ "type": MessageType::WARNING, "message": failure.sentence }));
        }
        Ok(shown)
    }

    fn ask_for_configuration(&self) {
        if self.abilities().configures {
            let _ = self.errands.unbounded_send(errands::configuration(self.client.clone(), self.events.clone()));
        }
    }
}

/// What `rulebook/explain` is asked with.
#[derive(Debug, serde::Serialize, serde::Deserialize)]
struct Explain {
    code: String,
}

impl Drop for Backend {
    fn drop(&mut self) {
        self.tell(Event::Stop);
    }
}

impl LanguageServer for Backend {
    async fn initialize(&self, asked: InitializeParams) -> Result<InitializeResult> {
        let abilities = Abilities::of(&asked.capabilities);
        *self.abilities.lock().unwrap_or_else(PoisonError::into_inner) = abilities;
        #[expect(deprecated, reason = "older clients name their folder in this way")]
        let root = asked.root_uri;
        let folders = match asked.workspace_folders {
            Some(folders) => folders.into_iter().map(|folder| folder.uri).collect(),
            None => root.into_iter().collect(),
        };
        if let Some(options) = asked.initialization_options {
            self.tell(Event::Configured(Configuration::read(options)));
        }
        self.tell(Event::Start(abilities, folders));
        Ok(InitializeResult {
            capabilities: abilities.offer(),
            server_info: Some(ServerInfo {
                name: "rulebook".to_owned(),
                version: Some(env!("CARGO_PKG_VERSION").to_owned()),
            }),
            offset_encoding: None,
        })
    }

    async fn initialized(&self, _: InitializedParams) {
        self.ask_for_configuration();
        let abilities = self.abilities();
        if abilities.watches {
            errands::watch(&self.outbox);
        }
        if abilities.shows_progress {
            let _ = self.errands.unbounded_send(errands::progress(self.client.clone(), self.events.clone()));
        }
    }

    async fn shutdown(&self) -> Result<()> {
        Ok(())
    }

    async fn did_open(&self, opened: DidOpenTextDocumentParams) {
        let document = opened.text_document;
        self.tell(Event::Open(document.uri, document.version, document.text));
    }

    async fn did_change(&self, changed: DidChangeTextDocumentParams) {
        let document = changed.text_document;
        self.tell(Event::Change(document.uri, document.version, changed.content_changes));
    }

    async fn did_save(&self, _: DidSaveTextDocumentParams) {
        if !self.abilities().watches {
            self.tell(Event::Disk);
        }
    }

    async fn did_close(&self, closed: DidCloseTextDocumentParams) {
        self.tell(Event::Close(closed.text_document.uri));
    }

    async fn did_change_watched_files(&self, _: DidChangeWatchedFilesParams) {
        self.tell(Event::Disk);
    }

    async fn did_change_workspace_folders(&self, changed: DidChangeWorkspaceFoldersParams) {
        let uris = |folders: Vec<WorkspaceFolder>| folders.into_iter().map(|it| it.uri).collect();
        self.tell(Event::Folders(uris(changed.event.added), uris(changed.event.removed)));
    }

    async fn did_change_configuration(&self, changed: DidChangeConfigurationParams) {
        if self.abilities().configures {
            self.ask_for_configuration();
        } else if let Some(ours) = changed.settings.get(crate::configuration::SECTION) {
            self.tell(Event::Configured(Configuration::read(ours.clone())));
        }
    }

    async fn diagnostic(&self, asked: DocumentDiagnosticParams) -> Result<DocumentDiagnosticReportResult> {
        let known = asked.previous_result_id;
        let report =
            self.ask(asked.text_document.uri, move |view| diagnostics::document(view, known.as_deref())).await?;
        report.ok_or_else(|| Error::invalid_params("the file is not open"))
    }

    async fn workspace_diagnostic(&self, asked: WorkspaceDiagnosticParams) -> Result<WorkspaceDiagnosticReportResult> {
        let known = asked.previous_result_ids;
        self.ask_all(Scope::All, move |views| diagnostics::workspace(views, &known)).await
    }

    async fn formatting(&self, asked: DocumentFormattingParams) -> Result<Option<Vec<TextEdit>>> {
        self.ask(asked.text_document.uri, format::document).await
    }

    async fn range_formatting(&self, asked: DocumentRangeFormattingParams) -> Result<Option<Vec<TextEdit>>> {
        self.ask(asked.text_document.uri, move |view| format::range(view, asked.range)).await
    }

    async fn on_type_formatting(&self, asked: DocumentOnTypeFormattingParams) -> Result<Option<Vec<TextEdit>>> {
        let at = asked.text_document_position;
        self.ask(at.text_document.uri, move |view| format::on_type(view, at.position)).await
    }

    async fn code_action(&self, asked: CodeActionParams) -> Result<Option<CodeActionResponse>> {
        self.ask(asked.text_document.uri.clone(), move |view| actions::actions(view, &asked)).await
    }

    async fn hover(&self, asked: HoverParams) -> Result<Option<Hover>> {
        self.ask_at(asked.text_document_position_params, completion::hover).await
    }

    async fn completion(&self, asked: CompletionParams) -> Result<Option<CompletionResponse>> {
        let list = |view: &View, position| Some(CompletionResponse::List(completion::completion(view, position)));
        self.ask_at(asked.text_document_position, list).await
    }

    async fn completion_resolve(&self, item: CompletionItem) -> Result<CompletionItem> {
        let said = |name: &str| item.data.as_ref()?.get(name)?.as_str().map(str::to_owned);
        let (Some(key), Some(uri)) = (said("key"), said("uri").and_then(|uri| uri.parse().ok())) else {
            return Ok(item);
        };
        let known = item.clone();
        let resolved = self.ask(uri, move |view| completion::resolve(view, known.clone(), &key)).await?;
        Ok(resolved.unwrap_or(item))
    }

    async fn signature_help(&self, asked: SignatureHelpParams) -> Result<Option<SignatureHelp>> {
        self.ask_at(asked.text_document_position_params, completion::signature).await
    }

    async fn goto_definition(&self, asked: GotoDefinitionParams) -> Result<Option<GotoDefinitionResponse>> {
        self.ask_at(asked.text_document_position_params, navigation::definition).await
    }

    async fn goto_type_definition(
        &self,
        asked: GotoTypeDefinitionParams,
    ) -> Result<Option<GotoTypeDefinitionResponse>> {
        self.ask_at(asked.text_document_position_params, navigation::type_definition).await
    }

    async fn references(&self, asked: ReferenceParams) -> Result<Option<Vec<Location>>> {
        let declarations = asked.context.include_declaration;
        let references = move |view: &View, position| Some(navigation::references(view, position, declarations));
        self.ask_at(asked.text_document_position, references).await
    }

    async fn document_highlight(&self, asked: DocumentHighlightParams) -> Result<Option<Vec<DocumentHighlight>>> {
        let highlights = |view: &View, position| Some(navigation::highlights(view, position));
        self.ask_at(asked.text_document_position_params, highlights).await
    }

    async fn prepare_call_hierarchy(
        &self,
        asked: CallHierarchyPrepareParams,
    ) -> Result<Option<Vec<CallHierarchyItem>>> {
        self.ask_at(asked.text_document_position_params, navigation::call_item).await
    }

    async fn incoming_calls(
        &self,
        asked: CallHierarchyIncomingCallsParams,
    ) -> Result<Option<Vec<CallHierarchyIncomingCall>>> {
        self.ask(asked.item.uri.clone(), move |view| navigation::incoming(view, &asked.item)).await
    }

    async fn outgoing_calls(
        &self,
        asked: CallHierarchyOutgoingCallsParams,
    ) -> Result<Option<Vec<CallHierarchyOutgoingCall>>> {
        self.ask(asked.item.uri.clone(), move |view| navigation::outgoing(view, &asked.item)).await
    }

    async fn document_symbol(&self, asked: DocumentSymbolParams) -> Result<Option<DocumentSymbolResponse>> {
        let outline = |view: &View| DocumentSymbolResponse::Nested(symbols::document(view));
        self.ask(asked.text_document.uri, outline).await
    }

    async fn symbol(&self, asked: WorkspaceSymbolParams) -> Result<Option<WorkspaceSymbolResponse>> {
        let query = asked.query;
        let found = self.ask_all(Scope::All, move |views| symbols::workspace(views, &query)).await?;
        Ok(Some(WorkspaceSymbolResponse::Nested(found)))
    }

    async fn prepare_rename(&self, asked: TextDocumentPositionParams) -> Result<Option<PrepareRenameResponse>> {
        self.ask_at(asked, |view, position| Some(rename::prepare(view, position))).await?.transpose()
    }

    async fn rename(&self, asked: RenameParams) -> Result<Option<WorkspaceEdit>> {
        let name = asked.new_name;
        let renamed = move |view: &View, position| Some(rename::rename(view, position, &name));
        self.ask_at(asked.text_document_position, renamed).await?.transpose()
    }

    async fn linked_editing_range(&self, asked: LinkedEditingRangeParams) -> Result<Option<LinkedEditingRanges>> {
        self.ask_at(asked.text_document_position_params, rename::linked).await
    }

    async fn semantic_tokens_full(&self, asked: SemanticTokensParams) -> Result<Option<SemanticTokensResult>> {
        let told = self.told.clone();
        self.ask(asked.text_document.uri, move |view| SemanticTokensResult::Tokens(told.full(view))).await
    }

    async fn semantic_tokens_full_delta(
        &self,
        asked: SemanticTokensDeltaParams,
    ) -> Result<Option<SemanticTokensFullDeltaResult>> {
        let told = self.told.clone();
        self.ask(asked.text_document.uri, move |view| told.delta(view, &asked.previous_result_id)).await
    }

    async fn semantic_tokens_range(
        &self,
        asked: SemanticTokensRangeParams,
    ) -> Result<Option<SemanticTokensRangeResult>> {
        let within = move |view: &View| SemanticTokensRangeResult::Tokens(tokens::within(view, asked.range));
        self.ask(asked.text_document.uri, within).await
    }

    async fn inlay_hint(&self, asked: InlayHintParams) -> Result<Option<Vec<InlayHint>>> {
        self.ask(asked.text_document.uri, move |view| hints::hints(view, asked.range)).await
    }

    async fn code_lens(&self, asked: CodeLensParams) -> Result<Option<Vec<CodeLens>>> {
        self.ask(asked.text_document.uri, lenses::lenses).await
    }

    async fn execute_command(&self, asked: ExecuteCommandParams) -> Result<Option<LSPAny>> {
        let about = asked.arguments.into_iter().next().map(serde_json::from_value::<lenses::About>);
        let Some(Ok(about)) = about else {
            return Err(Error::invalid_params("the command takes one argument, as the lens gives it"));
        };
        match (asked.command.as_str(), about.test.clone()) {
            (lenses::SHOW_VERDICT, _) => {
                let shown = self.ask(about.uri.clone(), move |view| lenses::verdict(view, &about)).await?.flatten();
                // Clients do nothing with what a command gives back, unless they know it.
                if let Some(said) = shown.as_ref().and_then(lenses::in_short) {
                    self.outbox.notify("window/showMessage", json!({ "type": MessageType::INFO, "message": said }));
                }
                Ok(shown)
            }
            (lenses::RUN_TEST, Some(name)) => self.run_test(about.uri, name).await,
            _ => Err(Error::invalid_params("there is no such command")),
        }
    }

    async fn folding_range(&self, asked: FoldingRangeParams) -> Result<Option<Vec<FoldingRange>>> {
        self.ask(asked.text_document.uri, shape::folds).await
    }

    async fn selection_range(&self, asked: SelectionRangeParams) -> Result<Option<Vec<SelectionRange>>> {
        self.ask(asked.text_document.uri, move |view| shape::selections(view, &asked.positions)).await
    }

    async fn document_link(&self, asked: DocumentLinkParams) -> Result<Option<Vec<DocumentLink>>> {
        self.ask(asked.text_document.uri, shape::links).await
    }
}
