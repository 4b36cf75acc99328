use std::{fs, path::Path, sync::Arc};

use anyhow::{Context as _, anyhow};
use kinora_farm::Progress;
use kinora_media::{MediaError, Pattern, Quality, VideoCodec, WholeFile};
use kinora_project::Voice as _;
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
    let pattern = Pattern::parse(&args.output).map_err(tool)?;
    let quality = Quality {
        quality: args.quality,
        ..Quality::default()
    };
    let codec = VideoCodec::of_picture(&pattern.path(0), &quality).map_err(tool)?;
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
    let session = project::open(&args.project, true, &terminal, progress)?;
    if let Some(count) = args.sheet {
        let sheet = session.sheet(u64::from(count), args.sheet_width)?;
        let path = pattern.path(0);
        write(&path, &sheet.picture, &codec)?;
        terminal.print(&sheet.to_string());
        return Ok(());
    }
    session.frames(&wanted, |picture| {
        write(&pattern.path(picture.number), &picture, &codec)
    })
}

fn tool(error: MediaError) -> Failure {
    Failure::Tool(error.into())
}

/// Writes a picture's file, which has its name when it is whole.
fn write(path: &Path, picture: &FramePicture, codec: &VideoCodec) -> Result<(), Failure> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)
            .with_context(|| format!("cannot make the folder `{}`", folder.display()))?;
    }
    WholeFile::write(path, &picture.encode(codec)?)
        .with_context(|| format!("cannot write `{}`", path.display()))?;
    Ok(())
}
