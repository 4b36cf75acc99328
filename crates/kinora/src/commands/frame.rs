use std::{
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

use anyhow::{Context as _, anyhow};
use kinora_farm::Progress;
use kinora_media::WholeFile;
use kinora_project::CacheFolder;
use kinora_session::{FramePicture, Wanted};

use crate::{args::FrameArgs, failure::Failure, interrupt, project, show::Terminal};

/// `kinora frame`.
pub fn command(args: &FrameArgs) -> Result<(), Failure> {
    let progress = Arc::new(Progress::default());
    interrupt::stop_on_interrupt(&progress);
    draw(args, &progress).map_err(|failure| failure.or_interrupted(&progress))
}

fn draw(args: &FrameArgs, progress: &Arc<Progress>) -> Result<(), Failure> {
    let terminal = Terminal::new();
    let pattern = Pattern::parse(&args.output)?;
    check_ending(&pattern.path(0))?;
    let wanted = match &args.frames {
        Some(list) if list.count() > 1 && !pattern.is_numbered() => {
            return Err(Failure::Tool(anyhow!(
                "`{}` names one file for {} frames; put %06d where the frame's number is to stand",
                args.output,
                list.count()
            )));
        }
        Some(list) => Wanted::Frames(list.clone()),
        None => Wanted::Time(args.time.unwrap_or_default()),
    };
    let folder = CacheFolder::of_user_or_temporary(&terminal)?;
    let session = project::open(&args.project, folder, &terminal, progress)?;
    session.frames(&wanted, |picture| {
        write(&pattern.path(picture.number), &picture)
    })
}

/// Refuses names whose endings promise another format.
fn check_ending(path: &Path) -> Result<(), Failure> {
    let ending = path
        .extension()
        .map(|it| it.to_string_lossy().to_lowercase());
    match ending.as_deref() {
        None | Some("png") => Ok(()),
        Some(ending) => Err(Failure::Tool(anyhow!(
            "pictures are written as PNG, and the name `{}` ends in `.{ending}`",
            path.display()
        ))),
    }
}

/// Writes a picture as a PNG file, which has its name when it is whole.
fn write(path: &Path, picture: &FramePicture) -> Result<(), Failure> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)
            .with_context(|| format!("cannot make the folder `{}`", folder.display()))?;
    }
    WholeFile::write(path, &picture.to_png()?)
        .with_context(|| format!("cannot write `{}`", path.display()))?;
    Ok(())
}

/// A file name in which a frame's number may stand.
struct Pattern {
    before: String,
    /// The least number of digits, and what follows.
    number: Option<(usize, String)>,
}

impl Pattern {
    fn parse(text: &str) -> Result<Self, Failure> {
        let fault = || {
            Failure::Tool(anyhow!(
                "`{text}` is not a file name: %d or %06d may stand in it once, and %% for a percent sign"
            ))
        };
        let mut parts = vec![String::new()];
        let mut number = None;
        let mut rest = text;
        while let Some((plain, after)) = rest.split_once('%') {
            let part = parts.last_mut().ok_or_else(fault)?;
            part.push_str(plain);
            if let Some(after) = after.strip_prefix('%') {
                part.push('%');
                rest = after;
                continue;
            }
            let (digits, after) = after.split_once('d').ok_or_else(fault)?;
            let width = match digits {
                "" => 0,
                _ => digits
                    .parse()
                    .ok()
                    .filter(|width| *width <= 20)
                    .ok_or_else(fault)?,
            };
            if number.replace(width).is_some() {
                return Err(fault());
            }
            parts.push(String::new());
            rest = after;
        }
        parts.last_mut().ok_or_else(fault)?.push_str(rest);
        let after = parts.pop().filter(|_| number.is_some());
        let before = match after {
            Some(_) => parts.pop().unwrap_or_default(),
            None => text.replace("%%", "%"),
        };
        Ok(Self {
            before,
            number: number.zip(after),
        })
    }

    fn is_numbered(&self) -> bool {
        self.number.is_some()
    }

    fn path(&self, frame: u64) -> PathBuf {
        match &self.number {
            Some((width, after)) => format!("{}{frame:0width$}{after}", self.before).into(),
            None => self.before.clone().into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(pattern: &str) -> Option<String> {
        let pattern = Pattern::parse(pattern).ok()?;
        Some(pattern.path(29).to_str().unwrap().to_owned())
    }

    #[test]
    fn numbers_stand_where_the_pattern_says() {
        assert_eq!(path("dir/%06d.png").as_deref(), Some("dir/000029.png"));
        assert_eq!(path("a%d.png").as_deref(), Some("a29.png"));
        assert_eq!(path("100%%-%3d").as_deref(), Some("100%-029"));
        assert_eq!(path("one.png").as_deref(), Some("one.png"));
        assert_eq!(path("50%%.png").as_deref(), Some("50%.png"));
        for pattern in ["%d-%d.png", "%s.png", "%", "%xd"] {
            assert_eq!(path(pattern), None, "{pattern}");
        }
    }
}
