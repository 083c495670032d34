//! The one thread that owns what is edited. Everything that comes in stands in one queue, in the order in which it came:
//! edits are made here, questions leave with a snapshot for the [workers](crate::workers), and when the queue is empty the
//! [checker](crate::checker) is told what to look at.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::io;
use std::mem;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

use tower_lsp::ls_types::{MessageType, TextDocumentContentChangeEvent, Uri};

use crate::abilities::Abilities;
use crate::checker::{Check, Checker, Finished};
use crate::configuration::Configuration;
use crate::documents::Document;
use crate::progress::FirstLook;
use crate::project::{Number, Project};
use crate::projects::Projects;
use crate::serve::Outbox;
use crate::trier::Trier;
use crate::view::View;
use crate::workers::{Job, Question, STACK, Workers};

/// A turn of the loop that takes longer than this is told in the log: while it lasts, typing waits.
const LONG_TURN: Duration = Duration::from_millis(250);

/// What comes in.
pub(crate) enum Event {
    /// The client has told what it can do and which folders are open.
    Start(Abilities, Vec<Uri>),
    /// A file was opened.
    Open(Uri, i32, String),
    /// An open file was changed.
    Change(Uri, i32, Vec<TextDocumentContentChangeEvent>),
    /// An open file was closed.
    Close(Uri),
    /// Something on disk has changed.
    Disk,
    /// Folders were opened and closed.
    Folders(Vec<Uri>, Vec<Uri>),
    /// What the client wants.
    Configured(Configuration),
    /// Something is asked.
    Ask(Question),
    /// The checker has come to an end.
    Checked(Finished),
    /// Something has come of trying the rules.
    Tried,
    /// The client shows how far the first look has come.
    ShowsProgress,
    /// The client is gone.
    Stop,
}

/// What a question is about.
#[derive(Clone, Debug)]
pub(crate) enum Scope {
    /// One file.
    File(Uri),
    /// Every rulebook.
    All,
}

/// An open file, and where it belongs.
struct Open {
    document: Document,
    project: Number,
    name: String,
}

/// What is edited.
struct Owner {
    open: HashMap<Uri, Open>,
    /// The open files whose text the rulebook has not got yet.
    unsaid: BTreeSet<Uri>,
    /// The rulebooks to look at, and the files in them that were edited.
    unchecked: BTreeMap<Number, BTreeSet<String>>,
    /// The rulebooks of which the client shows what is wrong.
    looked_at: BTreeSet<Number>,
    disk_changed: bool,
    first_look: FirstLook,
    projects: Projects,
    workers: Workers,
    checker: Checker,
    trier: Trier,
    abilities: Abilities,
    configuration: Arc<Configuration>,
    outbox: Outbox,
}

/// Starts the thread. It ends with [`Event::Stop`].
///
/// # Errors
/// The system gives no threads.
pub(crate) fn start(outbox: Outbox) -> io::Result<Sender<Event>> {
    let (sender, events) = channel();
    let (again, finished, tried) = (sender.clone(), sender.clone(), sender.clone());
    let threads = thread::available_parallelism().map_or(2, usize::from).clamp(2, 4);
    let owner = Owner {
        open: HashMap::new(),
        unsaid: BTreeSet::new(),
        unchecked: BTreeMap::new(),
        looked_at: BTreeSet::new(),
        disk_changed: false,
        first_look: FirstLook::default(),
        projects: Projects::default(),
        workers: Workers::new(threads, move |question| drop(again.send(Event::Ask(question))))?,
        checker: Checker::new(outbox.clone(), move |end| drop(finished.send(Event::Checked(end))))?,
        trier: Trier::new(outbox.clone(), move || drop(tried.send(Event::Tried)))?,
        abilities: Abilities::default(),
        configuration: Arc::default(),
        outbox,
    };
    thread::Builder::new().name("rulebook-own".to_owned()).stack_size(STACK).spawn(move || owner.run(&events))?;
    Ok(sender)
}

impl Owner {
    fn run(mut self, events: &Receiver<Event>) {
        while let Ok(event) = events.recv() {
            let began = Instant::now();
            let mut next = Some(event);
            while let Some(event) = next {
                if matches!(event, Event::Stop) {
                    self.trier.close();
                    return;
                }
                self.take(event);
                next = events.try_recv().ok();
            }
            self.settle();
            let turn = began.elapsed();
            if turn > LONG_TURN {
                self.outbox.log(MessageType::LOG, &format!("a turn of the loop took {} ms", turn.as_millis()));
            }
        }
    }

    fn take(&mut self, event: Event) {
        match event {
            Event::Start(abilities, folders) => self.start(abilities, &folders),
            Event::Open(uri, version, text) => self.open(uri, version, text),
            Event::Change(uri, version, changes) => {
                if let Some(open) = self.open.get_mut(&uri) {
                    open.document.change(version, changes);
                    self.unsaid.insert(uri);
                }
            }
            Event::Close(uri) => self.close(&uri),
            Event::Disk => self.disk_changed = true,
            Event::Folders(opened, closed) => self.write(|owner| {
                owner.projects.change_folders(&opened, &closed);
                owner.find_homes();
            }),
            Event::Configured(configuration) => self.configuration = Arc::new(configuration),
            Event::Ask(question) => {
                self.say();
                self.ask(question);
            }
            Event::Checked(finished) => self.checked(finished),
            Event::Tried if self.abilities.lenses_again => self.outbox.request("workspace/codeLens/refresh", ()),
            Event::Tried => {}
            Event::ShowsProgress => self.first_look.show(&self.outbox),
            Event::Stop => {}
        }
    }

    /// What is left to do when nothing more has come in.
    fn settle(&mut self) {
        if mem::take(&mut self.disk_changed) {
            self.write(|owner| {
                owner.projects.reread();
                owner.find_homes();
            });
            self.check_all();
        }
        self.say();
        for (number, edited) in mem::take(&mut self.unchecked) {
            if let Some(project) = self.projects.numbered(number) {
                self.looked_at.insert(number);
                self.checker.start(self.check(project, edited));
            }
        }
        let gone = |number: &Number| self.projects.numbered(*number).is_none();
        self.looked_at.extract_if(.., gone).for_each(|number| {
            self.checker.forget(number);
            self.trier.forget(number);
        });
    }

    fn start(&mut self, abilities: Abilities, folders: &[Uri]) {
        self.abilities = abilities;
        self.checker.pulled(self.abilities.pulls);
        self.projects.change_folders(folders, &[]);
        self.first_look.begin(self.projects.all().iter().map(|project| project.number));
        self.check_all();
    }

    fn check_all(&mut self) {
        for project in self.projects.all() {
            self.unchecked.entry(project.number).or_default();
        }
    }

    fn open(&mut self, uri: Uri, version: i32, text: String) {
        let document = Document::new(text, version, self.abilities.encoding);
        self.write(|owner| {
            let (number, name) = owner.projects.home(&uri);
            if let Some(project) = owner.projects.numbered_mut(number) {
                project.open(&name, uri.clone(), document.text());
            }
            owner.unchecked.entry(number).or_default().insert(name.clone());
            owner.open.insert(uri, Open { document, project: number, name });
        });
    }

    fn close(&mut self, uri: &Uri) {
        self.unsaid.remove(uri);
        let Some(open) = self.open.remove(uri) else { return };
        self.write(|owner| {
            owner.projects.leave(open.project, &open.name);
            owner.unchecked.entry(open.project).or_default();
        });
    }

    /// Brings open files to where they belong now that folders or settings have come or gone.
    fn find_homes(&mut self) {
        for (uri, open) in &mut self.open {
            let (number, name) = self.projects.home(uri);
            if (number, &name) != (open.project, &open.name) || !self.projects.holds(number, &name) {
                self.projects.leave(open.project, &open.name);
                if let Some(project) = self.projects.numbered_mut(number) {
                    project.open(&name, uri.clone(), open.document.text());
                }
                self.unchecked.entry(open.project).or_default();
                self.unchecked.entry(number).or_default().insert(name.clone());
                (open.project, open.name) = (number, name);
            }
        }
    }

    /// Hands the rulebooks what was typed.
    fn say(&mut self) {
        if self.unsaid.is_empty() {
            return;
        }
        self.write(|owner| {
            for uri in mem::take(&mut owner.unsaid) {
                let Some(open) = owner.open.get(&uri) else { continue };
                if let Some(project) = owner.projects.numbered_mut(open.project) {
                    project.set_text(&open.name, open.document.text());
                    owner.unchecked.entry(open.project).or_default().insert(open.name.clone());
                }
            }
        });
    }

    /// Edits. That waits until every snapshot is gone, so what nobody has begun is taken back and asked again afterwards.
    fn write(&mut self, edit: impl FnOnce(&mut Self)) {
        let questions = self.workers.recall();
        for (number, edited) in self.checker.recall() {
            self.unchecked.entry(number).or_default().extend(edited);
        }
        edit(self);
        for question in questions {
            self.ask(question);
        }
    }

    fn ask(&mut self, question: Question) {
        let views = match &question.scope {
            Scope::All => self.projects.all().iter().map(|project| self.view(project, "")).collect(),
            Scope::File(uri) => self.view_of(uri).into_iter().collect(),
        };
        self.workers.start(Job { views, question });
    }

    fn view_of(&self, uri: &Uri) -> Option<View> {
        if let Some(open) = self.open.get(uri) {
            let view = self.view(self.projects.numbered(open.project)?, &open.name);
            view.lines.borrow_mut().insert(open.name.clone(), Arc::clone(open.document.lines()));
            return Some(view);
        }
        let (project, name) = self.projects.holder(uri)?;
        Some(self.view(project, &name))
    }

    fn view(&self, project: &Project, file: &str) -> View {
        View {
            snapshot: project.workspace.snapshot(),
            number: project.number,
            file: file.to_owned(),
            names: Arc::clone(&project.names),
            versions: self.versions(project.number),
            configuration: Arc::clone(&self.configuration),
            client: self.abilities,
            carried: self.checker.carried(),
            trier: self.trier.clone(),
            records: Arc::clone(&project.records),
            lines: Default::default(),
        }
    }

    fn versions(&self, number: Number) -> BTreeMap<String, i32> {
        let open = self.open.values().filter(|open| open.project == number);
        open.map(|open| (open.name.clone(), open.document.version)).collect()
    }

    fn check(&self, project: &Project, edited: BTreeSet<String>) -> Check {
        let view = self.view(project, "");
        for open in self.open.values().filter(|open| open.project == project.number) {
            view.lines.borrow_mut().insert(open.name.clone(), Arc::clone(open.document.lines()));
        }
        Check { view, edited, troubles: project.troubles.clone() }
    }

    /// The rules may name other files now, and may be tried.
    fn checked(&mut self, finished: Finished) {
        let Finished { number, data_files, news, trial } = finished;
        self.first_look.done(number, &self.outbox);
        if news && self.abilities.pulls_again {
            self.outbox.request("workspace/diagnostic/refresh", ());
        }
        let names_others = |project: &Project| project.data_files != data_files;
        if self.projects.numbered(number).is_some_and(names_others) {
            self.write(|owner| {
                if let Some(project) = owner.projects.numbered_mut(number) {
                    project.read_data();
                    owner.unchecked.entry(number).or_default();
                }
            });
        } else if let Some(trial) = trial {
            self.trier.start(trial);
        }
    }
}
