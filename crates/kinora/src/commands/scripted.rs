use std::{
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering::Relaxed},
    },
    time::Duration,
};

use anyhow::{Context as _, anyhow};
use kinora_farm::{FarmError, Progress};
use kinora_media::Format;
use kinora_project::Access;
use kinora_script::{Limits, ScriptOptions, project_root};
use kinora_session::{PartOrder, RenderOrder, RenderSettings, Session, processors};
use serde_json::{Value, json};

use crate::{
    args::ProgressStyle,
    failure::Failure,
    project,
    show::{Display, Terminal},
};

/// What all renders of a script share.
pub struct Grant {
    /// The script's project.
    pub root: PathBuf,
    /// What they may reach.
    pub access: Access,
    /// Their present.
    pub now_ms: f64,
    /// What their scripts may use.
    pub limits: Limits,
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
    let request: Value = serde_json::from_str(request)
        .map_err(|error| format!("the request is not JSON: {error}"))?;
    let request = Request::read(&request, grant);
    let done = request.and_then(|request| {
        let asked = request.progress.clone();
        let work = || match partial {
            true => request.part(),
            false => request.whole(),
        };
        follow(progress, &asked, work)?
    });
    done.map(|value| value.to_string())
        .map_err(|failure| failure.message())
}

/// Does the work, and stops it when the caller is asked to stop.
pub fn follow<T>(
    caller: &Progress,
    progress: &Progress,
    work: impl FnOnce() -> T,
) -> Result<T, Failure> {
    let ended = AtomicBool::new(false);
    let look = || {
        while !ended.load(Relaxed) {
            if caller.is_cancelled() {
                progress.cancel();
            }
            std::thread::park_timeout(Duration::from_millis(50));
        }
    };
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().spawn_scoped(scope, look);
        thread.map_err(|error| Failure::Tool(FarmError::Threads(error).into()))?;
        let done = work();
        ended.store(true, Relaxed);
        Ok(done)
    })
}

struct Request<'a> {
    value: &'a Value,
    settings: &'a Value,
    script: ScriptOptions,
    /// What replaces the project's settings.
    own: RenderSettings,
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
        let own = own_settings(&settings["projectSettings"])?;
        let exporter = &settings["projectSettings"]["exporter"];
        let file = file_name(&settings["outFile"], exporter, &own)?;
        let folder = settings["outDir"].as_str().unwrap_or("./output");
        let folder = folder.strip_prefix("./").unwrap_or(folder);
        let mut script = ScriptOptions {
            root: project_root(&project),
            variables: Some(value["variables"].clone()).filter(|value| !value.is_null()),
            now_ms: grant.now_ms,
            limits: grant.limits,
            ..ScriptOptions::new(project)
        };
        own.apply(&mut script);
        Ok(Self {
            value,
            settings,
            script,
            own,
            access: &grant.access,
            folder: base.join(folder),
            file,
            progress: Arc::new(Progress::default()),
            terminal: Terminal::new(),
        })
    }

    fn workers(&self) -> usize {
        let workers = self.settings["workers"].as_u64();
        workers.map_or_else(processors, |workers| workers.clamp(1, 1024) as usize)
    }

    /// Opens the project and works with it, showing how far that is.
    fn show<T>(&self, work: impl FnOnce(&Session) -> Result<T, Failure>) -> Result<T, Failure> {
        let access = self.access.clone();
        let surroundings = project::surroundings(access, true, &self.terminal, &self.progress)?;
        let session = Session::open(self.script.clone(), surroundings);
        let style = match self.settings["logProgress"].as_bool() {
            Some(true) => ProgressStyle::Plain,
            _ => ProgressStyle::None,
        };
        let display = Display::start(style, self.terminal.clone(), self.progress.clone());
        let done = work(&session);
        display.end();
        done
    }

    /// The path of the finished file, or of the folder of its pictures.
    fn whole(&self) -> Result<Value, Failure> {
        let output = self.folder.join(&self.file);
        let recipe = self.own.recipe(&output);
        let recipe = recipe.map_err(|error| Failure::Tool(error.into()))?;
        let order = RenderOrder {
            workers: self.workers(),
            ..RenderOrder::new(&output, recipe)
        };
        let sequence = order.record.recipe.format.container.is_sequence();
        self.show(|session| Ok(session.render(&order)?))?;
        Ok(match output.parent() {
            Some(folder) if sequence => json!(folder),
            _ => json!(output),
        })
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
        let recipe = self.own.recipe(&self.file);
        let order = PartOrder {
            recipe: recipe.map_err(|error| Failure::Tool(error.into()))?,
            worker,
            workers,
            threads: self.workers(),
            keep: true,
        };
        let stem = self.file.file_stem().unwrap_or_default().to_string_lossy();
        // Taken away again if anything fails.
        let folder = tempfile::Builder::new()
            .prefix(&format!("revideo-{stem}-{worker}-"))
            .tempdir()
            .context("cannot make a temporary folder")?;
        let part = self.show(|session| Ok(session.part(&order, folder.path())?))?;
        let _ = folder.keep();
        Ok(json!({"audioFile": part.audio, "videoFile": part.video}))
    }
}

/// The settings that scripts pass under the names of the reference.
fn own_settings(given: &Value) -> Result<RenderSettings, Failure> {
    let mut settings = RenderSettings::default();
    for name in ["size", "range", "background"] {
        let set = settings.set(name, &given[name]);
        set.map_err(|error| wrong(error.to_string()))?;
    }
    choose_format(&given["exporter"], &mut settings)?;
    Ok(settings)
}

/// The format that an exporter of the reference stands for.
fn choose_format(exporter: &Value, settings: &mut RenderSettings) -> Result<(), Failure> {
    let options = &exporter["options"];
    let unknown = |what: &str, value: &Value, known: &str| {
        Err(wrong(format!(
            "the exporter's {what} is {known}, got `{value}`"
        )))
    };
    let format = match exporter["name"].as_str() {
        None if exporter.is_null() => return Ok(()),
        Some("@revideo/core/wasm") => "mp4",
        Some(IMAGE_SEQUENCE) => {
            let kind = &options["fileType"];
            if options["groupByScene"].as_bool() == Some(true) {
                return Err(wrong(
                    "pictures are numbered through the whole film; `groupByScene` is not known"
                        .to_owned(),
                ));
            }
            // A quality of PNG says nothing there either.
            if kind != "png" && !kind.is_null() {
                let set = settings.set("quality", &options["quality"]);
                set.map_err(|error| wrong(error.to_string()))?;
            }
            match kind.as_str().map(|kind| kind.trim_start_matches("image/")) {
                None if kind.is_null() => "png",
                Some("png") => "png",
                Some("jpeg" | "jpg") => "jpeg",
                Some("webp") => "webp",
                _ => return unknown("fileType", kind, "`png`, `jpeg` or `webp`"),
            }
        }
        Some("@revideo/core/ffmpeg") => {
            let format = &options["format"];
            match format.as_str() {
                None if format.is_null() => "mp4",
                Some("mp4") => "mp4",
                Some("webm") => "webm",
                Some("proRes") => "mov",
                _ => return unknown("format", format, "`mp4`, `webm` or `proRes`"),
            }
        }
        _ => {
            let known = "`@revideo/core/wasm`, `@revideo/core/ffmpeg` or \
                         `@revideo/core/image-sequence`";
            return unknown("name", &exporter["name"], known);
        }
    };
    settings.format = Some(format.to_owned());
    Ok(())
}

/// The exporter that makes a file for each picture.
const IMAGE_SEQUENCE: &str = "@revideo/core/image-sequence";

/// The name of the file: the one that is given, which must end as the exporter's files do,
/// else `video` with their ending. Of a sequence it is the name of the pictures.
fn file_name(
    given: &Value,
    exporter: &Value,
    settings: &RenderSettings,
) -> Result<PathBuf, Failure> {
    let name = match given {
        Value::Null => None,
        Value::String(file) => Some(Path::new(file)),
        other => return Err(wrong(format!("`outFile` is not a text: `{other}`"))),
    };
    let format = settings.format.as_deref();
    let endings = Format::endings(format.unwrap_or("mp4"));
    let usual = endings.first().copied().unwrap_or("mp4");
    if exporter["name"] == IMAGE_SEQUENCE {
        let stem = name.and_then(Path::file_stem).unwrap_or("video".as_ref());
        return Ok(Path::new(stem).join(format!("%06d.{usual}")));
    }
    let Some(name) = name else {
        return Ok(format!("video.{usual}").into());
    };
    let ending = name.extension().unwrap_or_default().to_string_lossy();
    let fits = |known: &&str| known.eq_ignore_ascii_case(&ending);
    if format.is_some() && !endings.iter().any(fits) {
        return Err(wrong(format!(
            "`outFile` is `{}`, and the exporter makes `.{usual}` files",
            name.display()
        )));
    }
    Ok(name.to_owned())
}
