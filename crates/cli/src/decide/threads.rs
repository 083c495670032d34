//! Several threads decide the records of one input.
//!
//! One reads and cuts, some decide, and the one that began takes what becomes of the records, in the order of the input.
//! Jobs go round: whoever is ahead waits until one is free.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::panic::resume_unwind;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Mutex, PoisonError};
use std::thread;

use records::Reader;

use super::job::Job;
use super::worker::Worker;
use super::{Decider, Step};

/// How many jobs go round for each thread that decides: one in work, one ahead of it, one behind it.
const JOBS: usize = 3;

/// A job and its place in the order of the input.
type Numbered = (u64, Job);

/// Where the jobs for all workers are put. Dropped, it tells each of them that there will be no more.
struct Desk {
    jobs: Sender<Option<Numbered>>,
    workers: usize,
}

impl Drop for Desk {
    fn drop(&mut self) {
        for _ in 0..self.workers {
            let _ = self.jobs.send(None);
        }
    }
}

impl Decider<'_> {
    /// Decides the records of an input on threads of their own.
    pub(super) fn on_threads(&mut self, reader: Reader, worker: &Worker<'_>) -> Step {
        let workers = self.threads;
        let (free, free_jobs) = channel();
        let (jobs, cut_jobs) = channel();
        let (done, done_jobs) = channel();
        let cut_jobs = Mutex::new(cut_jobs);
        for _ in 0..workers * JOBS {
            let _ = free.send(Job::default());
        }
        let desk = Desk { jobs: jobs.clone(), workers };
        // Not waited for when the run ends early: it may itself be waiting for another program to write.
        let reading = thread::spawn(move || read(reader, &free_jobs, &desk));
        let ended = thread::scope(|scope| {
            for _ in 0..workers {
                let (worker, done, cut_jobs) = (worker.clone(), done.clone(), &cut_jobs);
                scope.spawn(move || work(worker, cut_jobs, &done));
            }
            drop(done);
            let _desk = Desk { jobs, workers };
            self.collect(&done_jobs, &free)
        })?;
        if ended.is_continue() {
            reading.join().unwrap_or_else(|panic| resume_unwind(panic));
        }
        Ok(ended)
    }

    /// Takes jobs in order, until all are done or the run ends early.
    fn collect(&mut self, done: &Receiver<Numbered>, free: &Sender<Job>) -> Step {
        let (mut next, mut early) = (0, BTreeMap::new());
        for (number, job) in done {
            early.insert(number, job);
            while let Some(mut job) = early.remove(&next) {
                next += 1;
                if self.take(&mut job)?.is_break() {
                    return Ok(ControlFlow::Break(()));
                }
                let _ = free.send(job);
            }
        }
        Ok(ControlFlow::Continue(()))
    }
}

fn read(mut reader: Reader, free: &Receiver<Job>, desk: &Desk) {
    for (number, mut job) in (0..).zip(free) {
        if !reader.fill(&mut job.batch) || desk.jobs.send(Some((number, job))).is_err() {
            return;
        }
    }
}

fn work(mut worker: Worker<'_>, cut: &Mutex<Receiver<Option<Numbered>>>, done: &Sender<Numbered>) {
    loop {
        let next = cut.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok(Some((number, mut job))) = next else { return };
        worker.work(&mut job);
        if done.send((number, job)).is_err() {
            return;
        }
    }
}
