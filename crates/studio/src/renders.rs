use std::{
    path::{Path, PathBuf},
    sync::{Arc, Condvar, Mutex, MutexGuard},
    time::{Duration, Instant},
};

use kinora_farm::Progress;
use kinora_script::ScriptOptions;
use kinora_session::{RenderOrder, RenderSettings, Session, SessionError};
use kinora_worker::ErrorKind;
use serde_json::{Map, Value, json};
use tokio::sync::broadcast;

use crate::{
    apart::apart,
    cloud::{self, CloudOrder},
    console::Silence,
    desk::Desk,
    recorder::fault,
};

/// Renders that are remembered.
const MOST_RENDERS: usize = 50;

/// The films that are to be made, that is being made, and that were.
pub struct Renders {
    list: Mutex<List>,
    /// Wakes who renders.
    more: Condvar,
    bell: broadcast::Sender<()>,
}

#[derive(Default)]
struct List {
    all: Vec<Render>,
    count: u64,
    ended: bool,
}

struct Render {
    id: u64,
    output: PathBuf,
    shown: String,
    script: ScriptOptions,
    settings: RenderSettings,
    cloud: Option<CloudOrder>,
    progress: Arc<Progress>,
    stage: Stage,
}

enum Stage {
    Waiting,
    Working(Instant),
    Done {
        bytes: u64,
        seconds: f64,
        frames: u64,
        cached: u64,
        segments: u64,
        /// What Lambda's functions did, if they rendered it.
        cloud: Value,
    },
    Failed(Value),
    Stopped,
}

/// A film that somebody asks for.
pub struct Asked {
    /// The file to write.
    pub output: PathBuf,
    /// What it was called.
    shown: String,
    /// How it is rendered.
    pub settings: RenderSettings,
    /// Who renders it, if not this machine.
    pub cloud: Option<CloudOrder>,
}

impl Asked {
    /// What the fields of a request say: `output`, below `root` unless it is a full path,
    /// `lambda`, and the settings of [`RenderSettings`].
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn take(mut asked: Map<String, Value>, root: &Path) -> Result<Self, String> {
        let output = asked.remove("output");
        let output = output.as_ref().and_then(Value::as_str).map(str::trim);
        let shown = output.filter(|output| !output.is_empty());
        let shown = shown.ok_or("`output` names no file")?.to_owned();
        let cloud = CloudOrder::take(&mut asked)?;
        let settings = RenderSettings::take(&mut asked).map_err(|error| error.to_string())?;
        if let Some(name) = asked.keys().next() {
            return Err(format!("there is no setting `{name}`"));
        }
        let output = root.join(&shown);
        settings
            .recipe(&output)
            .map_err(|error| error.to_string())?;
        Ok(Self {
            output,
            shown,
            settings,
            cloud,
        })
    }
}

impl Renders {
    /// Nothing to render yet.
    pub fn new(bell: broadcast::Sender<()>) -> Self {
        Self {
            list: Mutex::default(),
            more: Condvar::new(),
            bell,
        }
    }

    /// Adds a film that is to be made of what `script` says.
    pub fn add(&self, asked: Asked, script: ScriptOptions) -> u64 {
        let Asked {
            output,
            shown,
            settings,
            cloud,
        } = asked;
        let mut list = self.lock();
        list.count += 1;
        let id = list.count;
        if list.all.len() >= MOST_RENDERS
            && let Some(oldest) = list.all.iter().position(|render| render.stage.is_over())
        {
            list.all.remove(oldest);
        }
        list.all.push(Render {
            id,
            output,
            shown,
            script,
            settings,
            cloud,
            progress: Arc::default(),
            stage: Stage::Waiting,
        });
        drop(list);
        self.more.notify_all();
        self.ring();
        id
    }

    /// Stops a render, or takes one that has ended out of the list; whether there is one.
    pub fn stop(&self, id: u64) -> bool {
        let mut list = self.lock();
        let Some(index) = list.all.iter().position(|render| render.id == id) else {
            return false;
        };
        match &list.all[index].stage {
            Stage::Waiting => list.all[index].stage = Stage::Stopped,
            Stage::Working(_) => list.all[index].progress.cancel(),
            _ => _ = list.all.remove(index),
        }
        drop(list);
        self.ring();
        true
    }

    /// Stops all.
    pub fn end(&self) {
        let mut list = self.lock();
        list.ended = true;
        list.all.iter().for_each(|render| render.progress.cancel());
        drop(list);
        self.more.notify_all();
    }

    /// The renders, first come first.
    pub fn to_json(&self) -> Value {
        self.lock().all.iter().map(Render::to_json).collect()
    }

    fn ring(&self) {
        // Without a page nobody listens.
        let _ = self.bell.send(());
    }

    fn lock(&self) -> MutexGuard<'_, List> {
        self.list.lock().expect("no holder of the lock panics")
    }

    /// The next one, which begins now; none when the studio ends.
    fn next(&self) -> Option<Next> {
        let mut list = self.lock();
        loop {
            if list.ended {
                return None;
            }
            let waiting = |render: &&mut Render| matches!(render.stage, Stage::Waiting);
            if let Some(render) = list.all.iter_mut().find(waiting) {
                let recipe = match render.settings.recipe(&render.output) {
                    Ok(recipe) => recipe,
                    Err(error) => {
                        render.stage = Stage::Failed(json!({"message": error.to_string()}));
                        continue;
                    }
                };
                render.stage = Stage::Working(Instant::now());
                let mut script = render.script.clone();
                render.settings.apply(&mut script);
                let order = RenderOrder::new(&render.output, recipe);
                return Some(Next {
                    id: render.id,
                    order,
                    script,
                    cloud: render.cloud.clone(),
                    progress: render.progress.clone(),
                });
            }
            list = self.more.wait(list).expect("no holder of the lock panics");
        }
    }

    fn done(&self, id: u64, stage: Stage) {
        let mut list = self.lock();
        if let Some(render) = list.all.iter_mut().find(|render| render.id == id) {
            render.stage = stage;
        }
        drop(list);
        self.ring();
    }

    /// Whether one is being made.
    pub fn is_working(&self) -> bool {
        let working = |render: &Render| matches!(render.stage, Stage::Working(_));
        self.lock().all.iter().any(working)
    }
}

/// A film that is to be made now.
struct Next {
    id: u64,
    order: RenderOrder,
    script: ScriptOptions,
    cloud: Option<CloudOrder>,
    progress: Arc<Progress>,
}

/// Renders what is asked for, one after another, until the studio ends.
pub fn work(desk: &Arc<Desk>) {
    while let Some(next) = desk.renders.next() {
        desk.ring();
        let session = desk.open(next.script, Arc::new(Silence), next.progress);
        let (order, cloud) = (next.order, next.cloud);
        let made = apart(desk, session, move |session, _| match cloud {
            None => here(&session, &order),
            Some(cloud) => elsewhere(session, &order, &cloud),
        });
        let stage = made.unwrap_or_else(|error| failure(&error));
        desk.renders.done(next.id, stage);
    }
}

/// Renders on this machine.
fn here(session: &Session, order: &RenderOrder) -> Stage {
    let started = Instant::now();
    match session.render(order) {
        Ok(rendered) => Stage::Done {
            bytes: rendered.report.bytes,
            frames: rendered.report.frames,
            cached: rendered.report.cached_segments,
            segments: rendered.report.segments,
            seconds: started.elapsed().as_secs_f64(),
            cloud: Value::Null,
        },
        Err(error) => failure(&error),
    }
}

/// Has functions render.
fn elsewhere(session: Session, order: &RenderOrder, cloud: &CloudOrder) -> Stage {
    match cloud.render(session, order) {
        Ok(made) => Stage::Done {
            bytes: made.bytes,
            frames: made.frames,
            cached: made.segments.cached,
            segments: made.segments.total,
            seconds: made.wall.total,
            cloud: json!({
                "usd": made.estimated_cost_usd,
                "gbSeconds": made.billed_gb_seconds,
                "workers": made.workers,
                "retries": made.retries,
            }),
        },
        Err(fault) if cloud::is_stopped(&fault) => Stage::Stopped,
        Err(fault) => Stage::Failed(json!({"message": fault.text(), "diagnostics": []})),
    }
}

/// Tells pages how far a render is, until the studio ends.
pub fn tell(desk: &Arc<Desk>) {
    while !desk.has_ended() {
        if desk.renders.is_working() {
            desk.ring();
        }
        std::thread::sleep(Duration::from_millis(200));
    }
}

fn failure(error: &SessionError) -> Stage {
    match error.kind() {
        ErrorKind::Cancelled => Stage::Stopped,
        _ => Stage::Failed(fault(error)),
    }
}

impl Stage {
    fn is_over(&self) -> bool {
        !matches!(self, Self::Waiting | Self::Working(_))
    }
}

impl Render {
    fn to_json(&self) -> Value {
        let mut facts = json!({
            "id": self.id,
            "output": self.shown,
            "file": self.output,
            "onLambda": self.cloud.is_some(),
        });
        let (name, more) = match &self.stage {
            Stage::Waiting => ("waiting", json!({})),
            Stage::Working(since) => {
                let snapshot = self.progress.snapshot();
                let made = snapshot.rendered + snapshot.cached;
                let seconds = since.elapsed().as_secs_f64();
                let left = (snapshot.recording_ended && made > 0).then(|| {
                    seconds * (snapshot.recorded - made.min(snapshot.recorded)) as f64 / made as f64
                });
                (
                    "working",
                    json!({
                        "doing": snapshot.stage(),
                        "made": made,
                        "recorded": snapshot.recorded,
                        "known": snapshot.recording_ended,
                        "seconds": seconds,
                        "left": left,
                    }),
                )
            }
            Stage::Done {
                bytes,
                seconds,
                frames,
                cached,
                segments,
                cloud,
            } => (
                "done",
                json!({"bytes": bytes, "seconds": seconds, "frames": frames, "cached": cached, "segments": segments, "lambda": cloud}),
            ),
            Stage::Failed(fault) => ("failed", json!({"fault": fault})),
            Stage::Stopped => ("stopped", json!({})),
        };
        facts["stage"] = name.into();
        if let (Value::Object(facts), Value::Object(more)) = (&mut facts, more) {
            facts.extend(more);
        }
        facts
    }
}
