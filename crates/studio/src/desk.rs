use std::{
    path::{Path, PathBuf},
    sync::{
        Arc, Condvar, Mutex, MutexGuard,
        atomic::{AtomicU64, AtomicUsize, Ordering::Relaxed},
    },
};

use kinora_farm::{Cache, Progress};
use kinora_project::{Access, CacheFolder, Inputs, Voice};
use kinora_script::{ScriptError, ScriptOptions};
use kinora_session::{Session, Surroundings};
use kinora_worker::SoundMixer;
use serde_json::{Value, json};
use tokio::sync::broadcast;

use crate::{
    StudioOptions, cloud::CloudOrder, console::Console, painting::Easel, pictures::Pictures,
    renders::Renders, take::Take,
};

/// Scripts that are stuck for good at most.
const MOST_STUCK: usize = 4;

/// All that the studio's threads share.
pub struct Desk {
    script: ScriptOptions,
    access: Access,
    folder: CacheFolder,
    scratch: PathBuf,
    /// The words of the command that began it, for copying.
    command: Vec<String>,
    state: Mutex<State>,
    /// Wakes the recorder.
    wish: Condvar,
    /// Tells pages that something is new.
    pub bell: broadcast::Sender<()>,
    pub console: Arc<Console>,
    /// Draws what is looked at.
    pub easel: Easel,
    /// Draws what is wanted beside, from decoders that may be elsewhere.
    pub aside: Easel,
    pub pictures: Mutex<Pictures>,
    pub mixer: Mutex<SoundMixer>,
    pub renders: Renders,
    /// What Lambda is asked for as long as nobody says otherwise.
    cloud: Value,
    /// The project's frame that was asked for last.
    pub playhead: AtomicU64,
    /// Stops what a price is being reckoned by.
    reckoning: Mutex<Arc<Progress>>,
    /// Scripts that are stuck.
    stuck: AtomicUsize,
}

#[derive(Default)]
struct State {
    /// In the place of the project's variables.
    variables: Option<Value>,
    /// Counts the wishes to record.
    wished: u64,
    /// The last one that was fulfilled or failed.
    done: u64,
    /// Stops what records now.
    progress: Arc<Progress>,
    /// What is shown.
    take: Option<Arc<Take>>,
    /// The last one that was recorded to its end.
    good: Option<Arc<Take>>,
    /// The one that is being recorded, once its first frame is there.
    growing: Option<Arc<Take>>,
    /// What variables may be, when the last recording began.
    inputs: Value,
    /// Why the last recording failed.
    fault: Option<Value>,
    ended: bool,
}

/// A recording that is to be made.
pub struct Wish {
    /// Its number.
    pub number: u64,
    /// What is to be recorded.
    pub session: Session,
}

impl Desk {
    /// A desk at which nothing was recorded.
    pub fn new(options: StudioOptions) -> Self {
        let (bell, _) = broadcast::channel(16);
        Self {
            script: options.script,
            access: options.access,
            folder: options.cache,
            scratch: options.scratch,
            command: options.command,
            state: Mutex::new(State {
                wished: 1,
                ..State::default()
            }),
            wish: Condvar::new(),
            console: Arc::new(Console::new(bell.clone())),
            renders: Renders::new(bell.clone()),
            cloud: CloudOrder::usual(),
            bell,
            easel: Easel::default(),
            aside: Easel::default(),
            pictures: Mutex::default(),
            mixer: Mutex::default(),
            playhead: AtomicU64::new(0),
            reckoning: Mutex::default(),
            stuck: AtomicUsize::new(0),
        }
    }

    /// The project's file.
    pub fn project(&self) -> &Path {
        &self.script.project
    }

    /// The project's folder.
    pub fn root(&self) -> &Path {
        &self.script.root
    }

    /// Where results are kept.
    pub fn cache(&self) -> &Cache {
        &self.folder.cache
    }

    /// What is recorded with the variables that are on.
    pub fn script(&self) -> ScriptOptions {
        let mut script = self.script.clone();
        let variables = self.lock().variables.clone();
        script.variables = variables.or(script.variables);
        script
    }

    /// Opens the project.
    pub fn open(
        &self,
        script: ScriptOptions,
        voice: Arc<dyn Voice>,
        progress: Arc<Progress>,
    ) -> Session {
        let surroundings = Surroundings {
            access: self.access.clone(),
            cache: CacheFolder::lasting(self.folder.cache.clone()),
            voice,
            progress,
            scratch: self.scratch.clone(),
        };
        Session::open(script, surroundings)
    }

    /// Tells pages that something is new.
    pub fn ring(&self) {
        // Without a page nobody listens.
        let _ = self.bell.send(());
    }

    /// What is shown.
    pub fn take(&self) -> Option<Arc<Take>> {
        self.lock().take.clone()
    }

    /// Wishes the project to be recorded anew, in place of what is being recorded.
    pub fn record(&self) {
        self.change(|_| {});
    }

    /// The same with these variables, or with the project's own.
    pub fn set_variables(&self, variables: Option<Value>) {
        self.change(|state| state.variables = variables);
    }

    fn change(&self, change: impl FnOnce(&mut State)) {
        let mut state = self.lock();
        change(&mut state);
        state.wished += 1;
        state.progress.cancel();
        drop(state);
        self.wish.notify_all();
        self.ring();
    }

    /// Waits for a wish that is not fulfilled; none when the studio ends.
    pub fn next_wish(&self) -> Option<Wish> {
        let mut state = self.lock();
        while state.wished == state.done && !state.ended {
            state = self.wish.wait(state).expect("no holder of the lock panics");
        }
        if state.ended {
            return None;
        }
        let number = state.wished;
        state.progress = Arc::new(Progress::default());
        // What is wrong with them is told by the recording.
        let inputs = Inputs::beside(&self.script.project, &self.script.fence());
        let inputs = inputs.ok().flatten();
        state.inputs = inputs.map_or(Value::Null, |inputs| inputs.schema().clone());
        let progress = state.progress.clone();
        drop(state);
        self.console.clear();
        let voice = self.console.clone();
        let session = self.open(self.script(), voice, progress);
        Some(Wish { number, session })
    }

    /// Takes note of a recording that has its first frame.
    pub fn begun(&self, take: Arc<Take>) {
        self.lock().growing = Some(take);
        self.ring();
    }

    /// Shows the take that is being recorded if what is looked at is there.
    pub fn show_growing(&self) {
        let mut state = self.lock();
        let Some(growing) = state.growing.clone() else {
            return;
        };
        let seen = |take: &Arc<Take>| Arc::ptr_eq(take, &growing);
        let place = self.playhead.load(Relaxed).saturating_sub(growing.first);
        if growing.film.frames() > place && !state.take.as_ref().is_some_and(seen) {
            state.take = Some(growing);
            drop(state);
            self.ring();
        }
    }

    /// Shows a take that is whole.
    pub fn finished(&self, number: u64, take: Arc<Take>) {
        let mut state = self.lock();
        state.done = number.max(state.done);
        state.growing = None;
        state.fault = None;
        state.good = Some(take.clone());
        state.take = Some(take);
        drop(state);
        self.ring();
    }

    /// Takes note of a failure; the last good take is shown. Without a fault, the
    /// recording was stopped because another one is wished for.
    pub fn failed(&self, number: u64, fault: Option<Value>) {
        let mut state = self.lock();
        state.growing = None;
        if let Some(fault) = fault {
            state.done = number.max(state.done);
            state.take = state.good.clone();
            state.fault = Some(fault);
        }
        drop(state);
        self.ring();
    }

    /// Ends what waits and works.
    pub fn end(&self) {
        let mut state = self.lock();
        state.ended = true;
        state.progress.cancel();
        drop(state);
        self.wish.notify_all();
        self.renders.end();
        self.reckon().cancel();
    }

    /// Counts a script that is stuck for good, on a thread and a processor of its own. With
    /// too many of them the process ends.
    pub fn count_stuck(&self, error: &ScriptError) {
        if self.stuck.fetch_add(1, Relaxed) >= MOST_STUCK {
            eprintln!("error: {error}\n  {MOST_STUCK} scripts are stuck already");
            std::process::exit(1);
        }
    }

    /// Stops the reckoning of a price that was asked for before, and gives what stops the
    /// next one.
    pub fn reckon(&self) -> Arc<Progress> {
        let progress = Arc::new(Progress::default());
        let mut reckoning = self.reckoning.lock().expect("no holder of the lock panics");
        std::mem::replace(&mut *reckoning, progress.clone()).cancel();
        progress
    }

    /// Whether the studio has ended.
    pub fn has_ended(&self) -> bool {
        self.lock().ended
    }

    /// All that a page shows but pictures and sounds.
    pub fn to_json(&self) -> Value {
        let state = self.lock();
        let take = state.take.as_ref().map(|take| take.to_json());
        let name = self.root().file_name().unwrap_or_default();
        let (fault, variables) = (state.fault.clone(), state.variables.clone());
        let inputs = state.inputs.clone();
        let recording = state.wished != state.done;
        let recorded = state.growing.as_ref().map(|take| take.film.frames());
        drop(state);
        json!({
            "name": name.to_string_lossy(),
            "project": self.project(),
            "root": self.root(),
            "command": self.command,
            "recording": recording,
            "recorded": recorded,
            "take": take,
            "fault": fault,
            "variables": variables,
            "given": self.script.variables,
            "inputs": inputs,
            "lambda": self.cloud,
            "renders": self.renders.to_json(),
            "console": self.console.lines(),
        })
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().expect("no holder of the lock panics")
    }
}
