//! The threads that work on answers: each on its own snapshots, and none of them ever on an edit.

use std::collections::VecDeque;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;

use ide::{Cancellation, Interrupted};
use tower_lsp::jsonrpc::{Error, ErrorCode};

use crate::view::View;

/// Rules may nest deeply, and what works on them calls itself as deeply.
pub(crate) const STACK: usize = 16 * 1024 * 1024;

/// How often an answer is begun again because an edit came in between.
const ATTEMPTS: u8 = 3;

/// Something to work out, and what becomes of it. Where it ends in an error, that is handed in instead of the views.
pub(crate) type Work = Box<dyn FnMut(Result<&[View], Error>) + Send>;

/// A question on its way to an answer.
pub(crate) struct Job {
    /// What is asked about, and of what state.
    pub(crate) views: Vec<View>,
    /// What is asked.
    pub(crate) question: Question,
}

/// A question without the state it is asked of.
pub(crate) struct Question {
    pub(crate) scope: crate::owner::Scope,
    pub(crate) work: Work,
    pub(crate) cancel: Cancel,
    pub(crate) attempts: u8,
}

/// Whether somebody still wants an answer.
#[derive(Clone, Default)]
pub(crate) struct Cancel(Arc<Mutex<Wanted>>);

#[derive(Default)]
enum Wanted {
    #[default]
    Yes,
    /// And these questions are at work on it.
    Asked(Vec<Cancellation>),
    No,
}

/// Cancels when it is dropped.
pub(crate) struct CancelOnDrop(pub(crate) Cancel);

/// The threads and what they have to do.
pub(crate) struct Workers {
    queue: Arc<Queue>,
}

struct Queue {
    jobs: Mutex<Jobs>,
    more: Condvar,
    /// Where questions go that an edit interrupted.
    again: Box<dyn Fn(Question) + Send + Sync>,
}

#[derive(Default)]
struct Jobs {
    waiting: VecDeque<Job>,
    closed: bool,
}

impl Workers {
    /// So many threads. Questions that an edit interrupted are handed to `again`.
    ///
    /// # Errors
    /// The system gives no threads.
    pub(crate) fn new(count: usize, again: impl Fn(Question) + Send + Sync + 'static) -> io::Result<Self> {
        let queue = Queue { jobs: Mutex::default(), more: Condvar::new(), again: Box::new(again) };
        let workers = Self { queue: Arc::new(queue) };
        for number in 0..count {
            let queue = Arc::clone(&workers.queue);
            let thread = thread::Builder::new().name(format!("rulebook-work-{number}")).stack_size(STACK);
            thread.spawn(move || queue.work())?;
        }
        Ok(workers)
    }

    /// Puts a job at the end of the queue.
    pub(crate) fn start(&self, job: Job) {
        self.queue.lock().waiting.push_back(job);
        self.queue.more.notify_one();
    }

    /// Takes back what nobody has begun: before an edit, which would wait for all these.
    pub(crate) fn recall(&self) -> Vec<Question> {
        self.queue.lock().waiting.drain(..).map(|job| job.question).collect()
    }
}

impl Drop for Workers {
    fn drop(&mut self) {
        let mut jobs = self.queue.lock();
        jobs.closed = true;
        jobs.waiting.clear();
        self.queue.more.notify_all();
    }
}

impl Queue {
    fn lock(&self) -> MutexGuard<'_, Jobs> {
        self.jobs.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn next(&self) -> Option<Job> {
        let mut jobs = self.lock();
        loop {
            if jobs.closed {
                return None;
            }
            if let Some(job) = jobs.waiting.pop_front() {
                return Some(job);
            }
            jobs = self.more.wait(jobs).unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn work(&self) {
        while let Some(job) = self.next() {
            if let Some(question) = job.run() {
                (self.again)(question);
            }
        }
    }
}

impl Job {
    /// Works it out. The question comes back if an edit came in between and it is to be asked again.
    fn run(self) -> Option<Question> {
        let Self { views, mut question } = self;
        if !question.cancel.begin(&views) {
            return None;
        }
        let work = &mut question.work;
        let ended = catch_unwind(AssertUnwindSafe(|| ide::interruptible(|| work(Ok(&views)))));
        drop(views);
        match ended {
            Ok(Ok(())) | Ok(Err(Interrupted::Cancelled)) => None,
            Ok(Err(Interrupted::Edited)) if question.attempts < ATTEMPTS => {
                question.attempts += 1;
                Some(question)
            }
            Ok(Err(Interrupted::Edited)) => {
                (question.work)(Err(Error::content_modified()));
                None
            }
            Ok(Err(Interrupted::Failed)) | Err(_) => {
                (question.work)(Err(Error::new(ErrorCode::InternalError)));
                None
            }
        }
    }
}

impl Cancel {
    /// Nobody wants the answer any more.
    pub(crate) fn cancel(&self) {
        let mut wanted = self.lock();
        if let Wanted::Asked(questions) = &*wanted {
            questions.iter().for_each(Cancellation::cancel);
        }
        *wanted = Wanted::No;
    }

    fn lock(&self) -> MutexGuard<'_, Wanted> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether work may begin, on these.
    fn begin(&self, views: &[View]) -> bool {
        let mut wanted = self.lock();
        let is_wanted = !matches!(*wanted, Wanted::No);
        if is_wanted {
            *wanted = Wanted::Asked(views.iter().map(|view| view.snapshot.cancellation()).collect());
        }
        is_wanted
    }
}

impl Drop for CancelOnDrop {
    fn drop(&mut self) {
        self.0.cancel();
    }
}
