use std::path::{Path, PathBuf};

use anyhow::{Context as _, anyhow};
use kinora_project::Access;
use kinora_script::{Limits, ScriptOptions, project_root};
use serde_json::{Map, Value};

use crate::{
    args::{NetworkArgs, ProjectArgs},
    failure::Failure,
};

/// Seconds that one frame of a stranger's project may wait for downloads.
const UNTRUSTED_WAIT: f64 = 600.0;

/// What is to be recorded, as the arguments say.
///
/// # Errors
/// When the project or the file of variables is missing or not what it should be.
pub fn options(args: &ProjectArgs) -> Result<ScriptOptions, Failure> {
    let project = existing(&args.project)?;
    let root = root(&project, args.root.as_deref())?;
    let plain = ScriptOptions::new(project);
    let limits = &args.limits;
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
        limits: Limits {
            max_duration_s: args.max_duration,
            frame_seconds: limits.max_frame_time,
            wait_seconds: limits.max_wait.unwrap_or(wait),
            heap_bytes: limits.max_memory,
            stack_bytes: limits.max_stack,
        },
        root,
        now_ms: args.now.unwrap_or(plain.now_ms),
        confined: args.untrusted,
        ..plain
    })
}

/// What the project may reach, as the arguments say.
pub fn access(args: &ProjectArgs) -> Access {
    let access = match args.untrusted {
        true => Access::untrusted(),
        false => Access::default(),
    };
    with_network(&args.network, access)
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
    let text = std::fs::read_to_string(file)
        .with_context(|| format!("cannot read the variables `{shown}`"))?;
    match serde_json::from_str(&text) {
        Ok(Value::Object(map)) => Ok(map),
        Ok(_) => Err(anyhow!("the variables `{shown}` are not a JSON object")),
        Err(error) => Err(anyhow!("the variables `{shown}` are not JSON: {error}")),
    }
}

/// Refuses sizes that the encoder cannot take, with sizes that it can.
///
/// # Errors
/// When a side is odd.
pub fn check_even(size: kinora_film::Size) -> Result<(), Failure> {
    let kinora_film::Size { width, height } = size;
    if width.is_multiple_of(2) && height.is_multiple_of(2) {
        return Ok(());
    }
    let down = |side: u32| (side - side % 2).max(2);
    let up = |side: u32| side.next_multiple_of(2);
    Err(Failure::Project(anyhow!(
        "H.264 video in yuv420p has an even number of pixels each way, got `{width}x{height}`; \
         the nearest sizes are {}x{} and {}x{} (--size or --scale)",
        down(width),
        down(height),
        up(width),
        up(height),
    )))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn odd_sizes_name_the_nearest_even_ones() {
        let message = |width, height| {
            let fault = check_even(kinora_film::Size::new(width, height));
            fault.map_err(|fault| fault.message())
        };
        assert!(message(320, 180).is_ok());
        assert_eq!(
            message(321, 180).unwrap_err(),
            "H.264 video in yuv420p has an even number of pixels each way, got `321x180`; \
             the nearest sizes are 320x180 and 322x180 (--size or --scale)"
        );
        assert!(message(1, 1).unwrap_err().contains("2x2 and 2x2"));
    }
}
