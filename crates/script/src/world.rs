use std::{
    cell::{Cell, RefCell},
    hash::{DefaultHasher, Hash as _, Hasher as _},
    path::Path,
    time::{Duration, Instant},
};

use cpu_time::ThreadTime;
use kinora_film::OnMissing;
use rquickjs::Value;

use crate::{
    Diagnostic, Host, Limits, LogLevel,
    graph::Graph,
    guard::{Guard, Tripped},
    heap::Heap,
    stage_bridge::StageBridge,
    trace,
};

/// What a script lives in: all that the engine's callbacks share.
pub struct World {
    /// The project's files.
    pub graph: RefCell<Graph>,
    /// What the binaries grant.
    pub host: RefCell<Box<dyn Host>>,
    /// What a script may use.
    pub limits: Limits,
    /// What the script's memory comes from.
    pub heap: Heap,
    /// Stops it.
    pub guard: Guard,
    /// Whether time passes: a script that runs, not a film that is recorded.
    pub live: Cell<bool>,
    /// What becomes of a video or sound that cannot be had.
    pub on_missing: Cell<OnMissing>,
    bridge: RefCell<Option<StageBridge>>,
    /// Time spent on the stage.
    pub stage_time: Cell<Duration>,
    /// Time spent in the host.
    pub host_time: Cell<Duration>,
    rejections: RefCell<Vec<(u64, Diagnostic)>>,
    handled: RefCell<Vec<u64>>,
    warnings: RefCell<Vec<Diagnostic>>,
    held: RefCell<Vec<(String, Option<String>)>>,
}

impl World {
    /// A world in which nothing has happened.
    pub fn new(
        graph: Graph,
        host: Box<dyn Host>,
        limits: Limits,
        heap: Heap,
        guard: Guard,
    ) -> Self {
        Self {
            graph: RefCell::new(graph),
            host: RefCell::new(host),
            heap,
            guard,
            limits,
            live: Cell::new(false),
            on_missing: Cell::default(),
            bridge: RefCell::new(None),
            stage_time: Cell::new(Duration::ZERO),
            host_time: Cell::new(Duration::ZERO),
            rejections: RefCell::new(Vec::new()),
            handled: RefCell::new(Vec::new()),
            warnings: RefCell::new(Vec::new()),
            held: RefCell::new(Vec::new()),
        }
    }

    /// Asks the host for what is behind `src`; its time is not the script's.
    pub fn ask_for<T>(&self, src: &str, question: impl FnOnce(&mut dyn Host) -> T) -> T {
        self.ask(|host| {
            let started = Instant::now();
            let answer = question(host);
            self.guard.awaited(src, started.elapsed());
            answer
        })
    }

    /// Asks the host; its time is not the script's.
    pub fn ask<T>(&self, question: impl FnOnce(&mut dyn Host) -> T) -> T {
        let (started, working) = (Instant::now(), ThreadTime::now());
        let away = self.guard.away();
        let answer = question(self.host.borrow_mut().as_mut());
        self.guard.excuse(started.elapsed());
        drop(away);
        self.host_time.set(self.host_time.get() + working.elapsed());
        self.look();
        answer
    }

    /// Has the host work for the script; its time is the script's.
    pub fn employ<T>(&self, work: impl FnOnce(&mut dyn Host) -> T) -> T {
        let working = ThreadTime::now();
        let away = self.guard.away();
        let done = work(self.host.borrow_mut().as_mut());
        drop(away);
        self.host_time.set(self.host_time.get() + working.elapsed());
        self.look();
        done
    }

    /// Stops a script whose time is over: one that does little but ask its host would
    /// not be asked for long.
    fn look(&self) {
        if self.guard.tripped().is_none() {
            if self.host.borrow().interrupted() {
                self.guard.trip(Tripped::Interrupted);
            } else if self.guard.is_late() {
                self.guard.trip(Tripped::Late);
            }
        }
    }

    /// Adds a file and all that it imports; the name of its module.
    ///
    /// # Errors
    /// All mistakes found in the files.
    pub fn add_file(&self, file: &Path) -> Result<String, Vec<Diagnostic>> {
        let added = self.graph.borrow_mut().add_file(file);
        self.tell_assets();
        added
    }

    /// Tells the host of the files that modules give the addresses of.
    pub fn tell_assets(&self) {
        let assets = self.graph.borrow_mut().take_assets();
        let mut host = self.host.borrow_mut();
        assets.iter().for_each(|asset| host.imported(asset));
    }

    /// Does what is neither the script's work nor the stage's.
    pub fn outside<T>(&self, work: impl FnOnce() -> T) -> T {
        let started = ThreadTime::now();
        let away = self.guard.away();
        let done = work();
        // a sink that is full holds the recording up for as long as it likes
        self.guard.rearm();
        drop(away);
        self.host_time.set(self.host_time.get() + started.elapsed());
        done
    }

    /// Works on the stage, which is built when it is first needed.
    pub fn stage<T>(&self, work: impl FnOnce(&mut StageBridge) -> T) -> T {
        let mut bridge = self.bridge.borrow_mut();
        let bridge = bridge.get_or_insert_with(|| StageBridge::new(self.ask(|host| host.fonts())));
        let started = ThreadTime::now();
        let done = work(bridge);
        self.stage_time
            .set(self.stage_time.get() + started.elapsed());
        done
    }

    /// The same, with the frame in which it happened.
    pub fn in_frame(&self, diagnostic: Diagnostic) -> Diagnostic {
        match self.guard.frame() {
            Some(frame) => diagnostic.hint(format!("it happened in frame {frame}")),
            None => diagnostic,
        }
    }

    /// Passes a message on. The errors of a recording wait: most of them end it
    /// and are then told as what ended it.
    pub fn log(&self, level: LogLevel, message: String, details: Option<String>) {
        let message = match message.contains("\n    at ") {
            true => trace::translate(self, &message),
            false => message,
        };
        let details = details.map(|text| trace::translate(self, &text));
        let details = details.filter(|text| !text.is_empty());
        if level == LogLevel::Error && !self.live.get() {
            self.held.borrow_mut().push((message, details));
        } else {
            let mut host = self.host.borrow_mut();
            host.log(level, &message, details.as_deref());
        }
    }

    /// Passes on the errors that waited, but for those that `told` tells.
    pub fn release(&self, told: &[Diagnostic]) {
        for (message, details) in std::mem::take(&mut *self.held.borrow_mut()) {
            if !told.iter().any(|known| known.message.ends_with(&message)) {
                let mut host = self.host.borrow_mut();
                host.log(LogLevel::Error, &message, details.as_deref());
            }
        }
    }

    /// Remembers what the author should know.
    pub fn warn(&self, diagnostic: Diagnostic) {
        self.warnings.borrow_mut().push(diagnostic);
    }

    /// What the author should know.
    pub fn take_warnings(&self) -> Vec<Diagnostic> {
        std::mem::take(&mut *self.warnings.borrow_mut())
    }

    /// Says that the outcome of `promise` is looked after.
    pub fn handle(&self, promise: &Value<'_>) {
        let key = key(promise);
        self.handled.borrow_mut().push(key);
        self.rejections
            .borrow_mut()
            .retain(|(known, _)| *known != key);
    }

    /// Remembers that `promise` was rejected, as `diagnostic` says.
    pub fn reject(&self, promise: &Value<'_>, diagnostic: Diagnostic) {
        let key = key(promise);
        let mut handled = self.handled.borrow_mut();
        match handled.iter().position(|known| *known == key) {
            Some(index) => {
                handled.swap_remove(index);
            }
            None => self.rejections.borrow_mut().push((key, diagnostic)),
        }
    }

    /// Remembers what a task threw that nobody waits for.
    pub fn uncaught(&self, diagnostic: Diagnostic) {
        self.rejections.borrow_mut().push((0, diagnostic));
    }

    /// Whether a promise was rejected and nobody cares.
    pub fn has_rejections(&self) -> bool {
        !self.rejections.borrow().is_empty()
    }

    /// What promises were rejected with that nobody cares for.
    pub fn take_rejections(&self) -> Vec<Diagnostic> {
        let rejections = std::mem::take(&mut *self.rejections.borrow_mut());
        rejections
            .into_iter()
            .map(|(_, diagnostic)| diagnostic)
            .collect()
    }
}

/// Tells values apart while they live.
pub fn key(promise: &Value<'_>) -> u64 {
    let mut hasher = DefaultHasher::new();
    promise.hash(&mut hasher);
    hasher.finish()
}
