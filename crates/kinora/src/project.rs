use std::{
    io::IsTerminal as _,
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use anyhow::{Context as _, anyhow};
use kinora_farm::Progress;
use kinora_project::{Access, CacheFolder};
use kinora_script::{Limits, ScriptOptions, own_folder, project_root};
use kinora_session::{RenderSettings, Session, Surroundings};
use serde_json::{Deserializer, Map, Value};

use crate::{
    args::{EncodeArgs, LimitArgs, NetworkArgs, OnDamaged, OnShader, ProgressStyle, ProjectArgs},
    failure::Failure,
    show::Terminal,
};

/// Seconds that one frame of a stranger's project may wait for downloads.
const UNTRUSTED_WAIT: f64 = 600.0;

/// The project, opened as the arguments say; `keep` as for [`surroundings`].
///
/// # Errors
/// When it or the file of variables is missing or not what it should be, or there is no
/// place for a cache.
pub fn open(
    args: &ProjectArgs,
    keep: bool,
    terminal: &Terminal,
    progress: &Arc<Progress>,
) -> Result<Session, Failure> {
    let surroundings = surroundings(access(args), keep, terminal, progress)?;
    Ok(Session::open(options(args)?, surroundings))
}

/// What a project is opened with here. Without `keep`, results and downloads go when the
/// session does.
///
/// # Errors
/// When there is no place for a cache.
pub fn surroundings(
    access: Access,
    keep: bool,
    terminal: &Terminal,
    progress: &Arc<Progress>,
) -> Result<Surroundings, Failure> {
    let cache = match keep {
        true => CacheFolder::of_user_or_temporary(terminal)?,
        false => CacheFolder::temporary()?,
    };
    Ok(Surroundings {
        access,
        cache,
        voice: Arc::new(terminal.clone()),
        progress: progress.clone(),
        scratch: std::env::temp_dir(),
    })
}

/// Refuses standard output as a film's place where it would do harm there.
///
/// # Errors
/// When it is a terminal, or progress goes there as well.
pub fn check_output(output: &Path, progress: ProgressStyle) -> Result<(), Failure> {
    let fault = match output == Path::new("-") {
        true if std::io::stdout().is_terminal() => {
            "`--output -` writes a film to standard output, which is a terminal: redirect it, as \
             in `-o - > film.mp4` or `-o - | ffplay -`"
        }
        true if progress == ProgressStyle::Json => {
            "`--output -` and `--progress json` both write to standard output"
        }
        _ => return Ok(()),
    };
    Err(Failure::Tool(anyhow!(fault)))
}

/// What replaces the project's settings, as the arguments say.
pub fn settings(args: &ProjectArgs, encode: &EncodeArgs) -> RenderSettings {
    RenderSettings {
        size: args.size,
        scale: args.scale,
        fps: args.fps,
        range: args.range,
        background: args.background.clone(),
        format: encode.format.clone(),
        quality: encode.quality(),
        no_audio: encode.no_audio,
        loudness: encode.loudness,
        refuse_damaged: encode.on_damaged == OnDamaged::Error,
        on_missing: Some(args.on_missing),
        // What a stranger's file holds beside its pictures is not handed on.
        no_copy: encode.no_copy || args.untrusted,
        volume: encode.sound.volume,
        true_peak: encode.sound.true_peak,
        title: encode.tags.title.clone(),
        chapters: encode.tags.chapters,
    }
}

/// The limits that the arguments name; `wait` is that of one frame's downloads if they
/// name none.
pub fn limits(args: &LimitArgs, wait: f64, max_duration_s: f64) -> Limits {
    Limits {
        max_duration_s,
        frame_seconds: args.max_frame_time,
        wait_seconds: args.max_wait.unwrap_or(wait),
        heap_bytes: args.script.max_memory,
        stack_bytes: args.script.max_stack,
    }
}

/// What is to be recorded, as the arguments say.
///
/// # Errors
/// When the project or the file of variables is missing or not what it should be.
pub fn options(args: &ProjectArgs) -> Result<ScriptOptions, Failure> {
    let project = existing(&args.project)?;
    let root = match (&args.root, args.untrusted) {
        (None, true) => own_folder(&project),
        (asked, _) => root(&project, asked.as_deref())?,
    };
    let plain = ScriptOptions::new(project);
    kinora_media::limit_pixels(args.limits.max_picture);
    let wait = match args.untrusted {
        true => UNTRUSTED_WAIT,
        false => f64::INFINITY,
    };
    Ok(ScriptOptions {
        variables: variables(args)?,
        fps: args.fps,
        size: args.size,
        scale: args.scale,
        range: args.range,
        background: args.background.clone(),
        limits: limits(&args.limits, wait, args.max_duration),
        root,
        now_ms: args.now.unwrap_or(plain.now_ms),
        confined: args.untrusted,
        ignore_shaders: args.on_shader == OnShader::Ignore,
        on_missing: args.on_missing,
        ..plain
    })
}

/// What the project may reach, as the arguments say.
pub fn access(args: &ProjectArgs) -> Access {
    let access = match args.untrusted {
        true => Access::untrusted(),
        false => Access::default(),
    };
    let wait = args.limits.max_wait.unwrap_or(f64::INFINITY);
    let wait = Duration::try_from_secs_f64(wait).unwrap_or(Duration::MAX);
    let access = Access {
        download_time: access.download_time.min(wait),
        system_fonts: args.system_fonts,
        ..access
    };
    with_network(&args.network, access)
}

/// Makes the folder of a file that is to be written.
///
/// # Errors
/// When it cannot be made.
pub fn make_folder(output: &Path) -> Result<(), Failure> {
    match output.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => std::fs::create_dir_all(folder)
            .with_context(|| format!("cannot make the folder `{}`", folder.display()))
            .map_err(Failure::Tool),
        _ => Ok(()),
    }
}

/// The same with what the arguments say of the network.
pub fn with_network(args: &NetworkArgs, access: Access) -> Access {
    let urls = args.allow_urls.clone();
    Access {
        offline: args.offline,
        urls: Some(urls).filter(|urls| !urls.is_empty()),
        ..access
    }
}

/// The file in full, if there is one.
///
/// # Errors
/// When there is none; the message says so.
pub fn existing(file: &Path) -> Result<PathBuf, Failure> {
    if file.is_file() {
        let full = std::path::absolute(file).context("the working folder is gone")?;
        return Ok(full);
    }
    let what = if file.is_dir() {
        "is a folder, not a file"
    } else {
        "does not exist"
    };
    Err(Failure::Project(anyhow!("`{}` {what}", file.display())))
}

/// The project's root: the folder asked for, else the one found above the file.
///
/// # Errors
/// When the folder asked for is none.
pub fn root(file: &Path, asked: Option<&Path>) -> Result<PathBuf, Failure> {
    match asked {
        None => Ok(project_root(file)),
        Some(root) if root.is_dir() => {
            Ok(std::path::absolute(root).context("the working folder is gone")?)
        }
        Some(root) => Err(Failure::Project(anyhow!(
            "`{}` is not a folder",
            root.display()
        ))),
    }
}

/// The variables of the file, with those given one by one on top.
fn variables(args: &ProjectArgs) -> Result<Option<Value>, Failure> {
    let mut all = match &args.variables {
        Some(file) => Some(read(file).map_err(Failure::Project)?),
        None => None,
    };
    for (name, value) in &args.vars {
        all.get_or_insert_default()
            .insert(name.clone(), value.clone());
    }
    Ok(all.map(Value::Object))
}

fn read(file: &Path) -> anyhow::Result<Map<String, Value>> {
    let shown = file.display();
    let value = if file == Path::new("-") {
        // One value and no more: what follows may be meant for others.
        let mut values = Deserializer::from_reader(std::io::stdin().lock()).into_iter();
        values.next().unwrap_or(Ok(Value::Null))
    } else {
        let text = std::fs::read_to_string(file)
            .with_context(|| format!("cannot read the variables `{shown}`"))?;
        serde_json::from_str(&text)
    };
    match value {
        Ok(Value::Object(map)) => Ok(map),
        Ok(_) => Err(anyhow!("the variables `{shown}` are not a JSON object")),
        Err(error) => Err(anyhow!("the variables `{shown}` are not JSON: {error}")),
    }
}
