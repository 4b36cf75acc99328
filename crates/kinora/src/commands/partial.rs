use std::{
    ops::Range,
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering::Relaxed},
    },
    time::Duration,
};

use anyhow::{Context as _, anyhow};
use kinora_farm::{Progress, write_wave};
use kinora_film::share;
use kinora_script::{ScriptOptions, project_root};
use serde_json::{Value, json};

use super::render::{Order, Rendered, processors, render as render_order};
use kinora_project::{Access, CacheFolder, Library, ProjectHost};

use crate::{
    args::{DEFAULT_CRF, DEFAULT_PRESET, ProgressStyle},
    failure::Failure,
    project,
    show::{Display, Terminal},
};

/// Seconds a segment.
const SEGMENT_SECONDS: f64 = 2.0;

/// What all renders of a script share.
pub struct Grant {
    /// The script's project.
    pub root: PathBuf,
    /// What they may reach.
    pub access: Access,
    /// Their present.
    pub now_ms: f64,
}

/// Renders what a script asks for through `renderVideo` or `renderPartialVideo`:
/// a request in JSON, the answer in JSON.
///
/// # Errors
/// What the script's promise is rejected with.
pub fn render(
    request: &str,
    partial: bool,
    grant: &Grant,
    progress: &Arc<Progress>,
) -> Result<String, String> {
    // A script is already running on this thread's stack.
    std::thread::scope(|scope| {
        std::thread::Builder::new()
            .stack_size(16 << 20)
            .spawn_scoped(scope, || answer(request, partial, grant, progress))
            .map_err(|error| format!("no thread to render on: {error}"))?
            .join()
            .unwrap_or_else(|_| Err("the renderer broke down".to_owned()))
    })
}

fn answer(
    request: &str,
    partial: bool,
    grant: &Grant,
    caller: &Arc<Progress>,
) -> Result<String, String> {
    let request: Value = serde_json::from_str(request)
        .map_err(|error| format!("the request is not JSON: {error}"))?;
    let request = Request::read(&request, grant);
    let done = request.and_then(|request| {
        let progress = request.progress.clone();
        follow(caller, &progress, || {
            if partial {
                request.part()
            } else {
                request.whole()
            }
        })
    });
    done.map(|value| value.to_string())
        .map_err(|failure| failure.message())
}

/// Does the work, and stops it when the caller is asked to stop.
fn follow<T>(caller: &Progress, progress: &Progress, work: impl FnOnce() -> T) -> T {
    let ended = AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            while !ended.load(Relaxed) {
                if caller.is_cancelled() {
                    progress.cancel();
                }
                std::thread::park_timeout(Duration::from_millis(50));
            }
        });
        let done = work();
        ended.store(true, Relaxed);
        done
    })
}

struct Request<'a> {
    value: &'a Value,
    settings: &'a Value,
    script: ScriptOptions,
    access: &'a Access,
    folder: PathBuf,
    file: PathBuf,
    progress: Arc<Progress>,
    terminal: Terminal,
}

fn wrong(message: String) -> Failure {
    Failure::Project(anyhow!(message))
}

impl<'a> Request<'a> {
    fn read(value: &'a Value, grant: &'a Grant) -> Result<Self, Failure> {
        let root = &grant.root;
        let settings = &value["settings"];
        let named = value["projectFile"]
            .as_str()
            .ok_or_else(|| wrong("`projectFile` is missing".to_owned()))?;
        // Files are named from the working folder, or from the script's project
        // where the script is run from elsewhere.
        let base = match Path::new(named).is_file() {
            true => PathBuf::new(),
            false if root.join(named).is_file() => root.to_owned(),
            false => PathBuf::new(),
        };
        let project = project::existing(&base.join(named))?;
        let own = &settings["projectSettings"];
        check_exporter(&own["exporter"])?;
        let file = match &settings["outFile"] {
            Value::Null => "video.mp4".to_owned(),
            Value::String(file) => file.clone(),
            other => return Err(wrong(format!("`outFile` is not a text: `{other}`"))),
        };
        let folder = settings["outDir"].as_str().unwrap_or("./output");
        let folder = folder.strip_prefix("./").unwrap_or(folder);
        let script = ScriptOptions {
            root: project_root(&project),
            variables: Some(value["variables"].clone()).filter(|value| !value.is_null()),
            size: size(&own["size"])?,
            range: range(&own["range"])?,
            background: own["background"].as_str().map(str::to_owned),
            now_ms: grant.now_ms,
            ..ScriptOptions::new(project)
        };
        Ok(Self {
            value,
            settings,
            script,
            access: &grant.access,
            folder: base.join(folder),
            file: file.into(),
            progress: Arc::new(Progress::default()),
            terminal: Terminal::new(),
        })
    }

    fn order(&self, output: PathBuf, sound: bool, frames: Option<Range<u64>>) -> Order {
        let workers = self.settings["workers"].as_u64();
        Order {
            script: self.script.clone(),
            access: self.access.clone(),
            output,
            sound,
            frames,
            workers: workers.map_or_else(processors, |workers| workers.clamp(1, 1024) as usize),
            segment_seconds: SEGMENT_SECONDS,
            crf: DEFAULT_CRF,
            preset: DEFAULT_PRESET,
            keep: true,
        }
    }

    fn render(&self, order: &Order) -> Result<(Rendered, CacheFolder), Failure> {
        let folder = CacheFolder::of_user()?;
        let style = match self.settings["logProgress"].as_bool() {
            Some(true) => ProgressStyle::Plain,
            _ => ProgressStyle::None,
        };
        let display = Display::start(style, self.terminal.clone(), self.progress.clone());
        let rendered = render_order(order, &folder, &self.progress, &self.terminal);
        display.end();
        Ok((rendered?, folder))
    }

    /// The path of the finished file.
    fn whole(&self) -> Result<Value, Failure> {
        let output = self.folder.join(&self.file);
        super::render::check_name(&output)?;
        self.render(&self.order(output.clone(), true, None))?;
        Ok(json!(output))
    }

    /// The paths of one worker's pictures and sound, in a folder of their own.
    fn part(&self) -> Result<Value, Failure> {
        let count = |name: &str| {
            self.value[name].as_u64().ok_or_else(|| {
                wrong(format!(
                    "`{name}` is not a whole number: `{}`",
                    self.value[name]
                ))
            })
        };
        let (worker, workers) = (count("workerId")?, count("numWorkers")?);
        if worker >= workers {
            return Err(wrong(format!(
                "`workerId` is `{worker}`, but `numWorkers` is `{workers}`"
            )));
        }
        let frames = share(self.count_frames()?, worker, workers);
        let stem = self.file.file_stem().unwrap_or_default().to_string_lossy();
        let folder = tempfile::Builder::new()
            .prefix(&format!("revideo-{stem}-{worker}-"))
            .tempdir()
            .context("cannot make a temporary folder")?
            .keep();
        let made = self.make_part(&folder, frames);
        if made.is_err() {
            // What was wrong is told; a folder left behind in the system's
            // temporary files is not worth another word.
            let _ = std::fs::remove_dir_all(&folder);
        }
        made
    }

    fn make_part(&self, folder: &Path, frames: Range<u64>) -> Result<Value, Failure> {
        let video = folder.join("visuals.mp4");
        let audio = folder.join("audio.wav");
        let order = self.order(video.clone(), false, Some(frames.clone()));
        let (rendered, _folder) = self.render(&order)?;
        let recording = &rendered.recording;
        let start = recording.frames.start;
        write_wave(
            &audio,
            &recording.sounds,
            recording.header.fps,
            frames.start - start..frames.end - start,
            &*rendered.library,
        )?;
        Ok(json!({"audioFile": audio, "videoFile": video}))
    }

    /// The project's frames, found by recording it.
    fn count_frames(&self) -> Result<Range<u64>, Failure> {
        let folder = CacheFolder::of_user()?;
        let root = self.script.root.clone();
        let library = Library::new(root, folder.cache, self.progress.clone());
        let library = Arc::new(library.granting(self.access.clone()));
        let host = ProjectHost::new(
            library,
            self.progress.clone(),
            Arc::new(self.terminal.clone()),
        );
        let recording = kinora_script::record(&self.script, Box::new(host), &mut ())?;
        Ok(recording.frames)
    }
}

fn check_exporter(exporter: &Value) -> Result<(), Failure> {
    let name = exporter["name"].as_str();
    let format = exporter["options"]["format"].as_str();
    match (name, format) {
        (Some("@revideo/core/image-sequence"), _) => Err(wrong(
            "the exporter `image-sequence` is not for rendering; `kinora frame` draws frames"
                .to_owned(),
        )),
        (_, Some(format)) if format != "mp4" => Err(wrong(format!(
            "the format `{format}` cannot be written yet, only `mp4`"
        ))),
        _ => Ok(()),
    }
}

/// A pair of numbers, as a list or as an object.
fn pair(value: &Value, names: [&str; 2]) -> Option<[Value; 2]> {
    match value {
        Value::Array(list) if list.len() == 2 => Some([list[0].clone(), list[1].clone()]),
        Value::Object(map) => Some([map.get(names[0])?.clone(), map.get(names[1])?.clone()]),
        _ => None,
    }
}

fn size(value: &Value) -> Result<Option<(u32, u32)>, Failure> {
    if value.is_null() {
        return Ok(None);
    }
    let side = |value: &Value| {
        let side = value.as_f64()?;
        (side.fract() == 0.0 && (1.0..=16_384.0).contains(&side)).then_some(side as u32)
    };
    pair(value, ["x", "y"])
        .or_else(|| pair(value, ["width", "height"]))
        .and_then(|[width, height]| Some((side(&width)?, side(&height)?)))
        .map(Some)
        .ok_or_else(|| wrong(format!("`size` is not a width and a height: `{value}`")))
}

/// Seconds from and to; JSON has no infinity and writes `null` for it.
fn range(value: &Value) -> Result<Option<(f64, f64)>, Failure> {
    if value.is_null() {
        return Ok(None);
    }
    let fault = || wrong(format!("`range` is not two times in seconds: `{value}`"));
    let [from, to] = pair(value, ["0", "1"]).ok_or_else(fault)?;
    let from = from.as_f64().ok_or_else(fault)?;
    let to = match to {
        Value::Null => f64::INFINITY,
        to => to.as_f64().ok_or_else(fault)?,
    };
    if from < 0.0 || to <= from {
        return Err(fault());
    }
    Ok(Some((from, to)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_and_sizes_come_in_the_reference_s_shapes() {
        let range = |value| range(&value).map_err(|fault| fault.message());
        assert_eq!(range(json!([0, null])), Ok(Some((0.0, f64::INFINITY))));
        assert_eq!(range(json!([1, 2.5])), Ok(Some((1.0, 2.5))));
        assert!(range(json!([2, 1])).is_err());
        let size = |value| size(&value).map_err(|fault| fault.message());
        assert_eq!(size(json!({"x": 320, "y": 180})), Ok(Some((320, 180))));
        assert_eq!(size(json!([320, 180])), Ok(Some((320, 180))));
        assert!(size(json!([320.5, 180])).is_err());
    }
}
