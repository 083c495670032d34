//! The connection: messages in, messages out, and in between tower-lsp's service, which never waits for anything.
//!
//! Three threads: one reads frames, one writes them, and the one in the middle calls the handlers. Handlers only put what
//! came in into the queue of the [owner](crate::owner), in the order in which it came, so the middle is never busy; the
//! way out is a queue without an end, so that a client which does not read keeps nobody from reading on.

use std::io::{self, BufReader, Read, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc;
use std::task::Poll;
use std::thread;

use futures::channel::mpsc::{UnboundedReceiver, UnboundedSender, unbounded};
use futures::executor::block_on;
use futures::future::BoxFuture;
use futures::stream::FuturesUnordered;
use futures::{FutureExt, SinkExt, Stream, StreamExt, future, poll};
use serde::Serialize;
use serde_json::json;
use tower_lsp::jsonrpc::{Error, Id, Request, Response};
use tower_lsp::ls_types::MessageType;
use tower_lsp::{ClientSocket, LspService};

use crate::backend::{self, Backend};
use crate::frames::{self, Incoming};

/// How a connection ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// The client asked for it, as it should: `shutdown`, then `exit`.
    Orderly,
    /// It broke off, or the client said `exit` without `shutdown`.
    Broken,
}

/// Messages on their way to the client.
#[derive(Clone)]
pub(crate) struct Outbox(mpsc::Sender<String>, Arc<AtomicU64>);

/// What waits for the client's answers, which the middle thread does.
pub(crate) type Errands = UnboundedSender<BoxFuture<'static, ()>>;

/// Speaks with one client until it leaves.
///
/// # Errors
/// The system gives no threads.
pub fn serve(input: impl Read + Send + 'static, output: impl Write + Send + 'static) -> io::Result<End> {
    let (incoming, messages) = unbounded();
    let (outbox, outgoing) = mpsc::channel();
    // Nobody waits for the reader: its client may never say another word.
    thread::Builder::new().name("rulebook-read".to_owned()).spawn(move || read_all(input, &incoming))?;
    let writer =
        thread::Builder::new().name("rulebook-write".to_owned()).spawn(move || write_all(output, &outgoing))?;
    let (errands, to_do) = unbounded();
    let outbox = Outbox(outbox, Arc::default());
    let service = backend::service(outbox.clone(), errands)?;
    let end = block_on(converse(service, outbox, messages, to_do));
    if end == End::Orderly {
        let _ = writer.join();
    }
    Ok(end)
}

impl Outbox {
    /// Sends a notification. That the client is gone is found elsewhere.
    pub(crate) fn notify(&self, method: &str, params: impl Serialize) {
        self.send(&json!({ "jsonrpc": "2.0", "method": method, "params": params }));
    }

    /// Sends a request whose answer tells nothing.
    pub(crate) fn request(&self, method: &str, params: impl Serialize) {
        let id = format!("{method}#{}", self.1.fetch_add(1, Ordering::Relaxed));
        self.send(&json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }));
    }

    /// Writes a line into the client's log.
    pub(crate) fn log(&self, kind: MessageType, message: &str) {
        self.notify("window/logMessage", json!({ "type": kind, "message": message }));
    }

    fn send(&self, message: &impl Serialize) {
        if let Ok(text) = serde_json::to_string(message) {
            let _ = self.0.send(text);
        }
    }
}

fn read_all(input: impl Read, incoming: &UnboundedSender<Incoming>) {
    let mut input = BufReader::with_capacity(64 * 1024, input);
    while let Ok(Some(message)) = frames::read(&mut input) {
        if incoming.unbounded_send(message).is_err() {
            return;
        }
    }
}

fn write_all(mut output: impl Write, outgoing: &mpsc::Receiver<String>) {
    for message in outgoing {
        if frames::write(&mut output, &message).is_err() {
            return;
        }
    }
}

/// A handler at work: its answer, if it has one.
type Answer = BoxFuture<'static, Option<Response>>;

async fn converse(
    (mut service, socket): (LspService<Backend>, ClientSocket),
    outbox: Outbox,
    mut messages: UnboundedReceiver<Incoming>,
    mut errands: UnboundedReceiver<BoxFuture<'static, ()>>,
) -> End {
    let (mut requests, mut responses) = ClientSocket::split(socket);
    let mut answers: FuturesUnordered<Answer> = FuturesUnordered::new();
    let mut errand = FuturesUnordered::new();
    let mut asked_to_stop = false;
    loop {
        match next(&mut messages, &mut requests, &mut errands, &mut answers, &mut errand).await {
            Step::In(Incoming::Request(request)) => {
                let ends = request.method() == "exit";
                asked_to_stop |= request.method() == "shutdown";
                let mut answer = handled(&mut service, request);
                // Once now, so that what comes in is queued in the order in which it came.
                match poll!(&mut answer) {
                    Poll::Ready(response) => response.iter().for_each(|response| outbox.send(response)),
                    Poll::Pending => answers.push(answer),
                }
                if ends {
                    break;
                }
            }
            Step::In(Incoming::Response(response)) => drop(responses.send(response).await),
            Step::In(Incoming::Malformed(code, reason)) => {
                let error = Error { code: code.into(), message: reason.into(), data: None };
                outbox.send(&Response::from_error(Id::Null, error));
            }
            Step::Out(request) => outbox.send(&request),
            Step::Errand(work) => errand.push(work),
            Step::Answer(response) => response.iter().for_each(|response| outbox.send(response)),
            Step::Gone => return End::Broken,
        }
    }
    if asked_to_stop { End::Orderly } else { End::Broken }
}

/// What happens next.
enum Step {
    In(Incoming),
    Out(Request),
    Errand(BoxFuture<'static, ()>),
    Answer(Option<Response>),
    Gone,
}

async fn next(
    messages: &mut UnboundedReceiver<Incoming>,
    requests: &mut (impl Stream<Item = Request> + Unpin),
    errands: &mut UnboundedReceiver<BoxFuture<'static, ()>>,
    answers: &mut FuturesUnordered<Answer>,
    errand: &mut FuturesUnordered<BoxFuture<'static, ()>>,
) -> Step {
    future::poll_fn(|context| {
        // Errands only make progress here; what comes of them goes elsewhere.
        while let Poll::Ready(Some(())) = errand.poll_next_unpin(context) {}
        if let Poll::Ready(Some(work)) = errands.poll_next_unpin(context) {
            return Poll::Ready(Step::Errand(work));
        }
        if let Poll::Ready(Some(request)) = requests.poll_next_unpin(context) {
            return Poll::Ready(Step::Out(request));
        }
        if let Poll::Ready(Some(response)) = answers.poll_next_unpin(context) {
            return Poll::Ready(Step::Answer(response));
        }
        match messages.poll_next_unpin(context) {
            Poll::Ready(Some(message)) => Poll::Ready(Step::In(message)),
            Poll::Ready(None) => Poll::Ready(Step::Gone),
            Poll::Pending => Poll::Pending,
        }
    })
    .await
}

/// The answer of a handler. One that panics answers that it failed, and the server lives on.
fn handled(service: &mut LspService<Backend>, request: Request) -> Answer {
    use tower_service::Service as _;
    let id = request.id().cloned();
    let called = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| service.call(request)));
    let failed = move || id.map(|id| Response::from_error(id, Error::internal_error()));
    match called {
        Ok(answer) => std::panic::AssertUnwindSafe(answer)
            .catch_unwind()
            .map(move |answer| answer.map_or_else(|_| failed(), |answer| answer.ok().flatten()))
            .boxed(),
        Err(_) => future::ready(failed()).boxed(),
    }
}
