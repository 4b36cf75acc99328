use std::sync::Arc;

use anyhow::anyhow;
use kinora_farm::Progress;
use kinora_project::Voice as _;
use kinora_session::Wanted;

use crate::{
    args::FrameArgs, failure::Failure, interrupt, picture_file::PictureFile, project,
    show::Terminal,
};

/// `kinora frame`.
pub fn command(args: &FrameArgs) -> Result<(), Failure> {
    let progress = Arc::new(Progress::default());
    interrupt::stop_on_interrupt(&progress);
    draw(args, &progress).map_err(|failure| failure.or_interrupted(&progress))
}

fn draw(args: &FrameArgs, progress: &Arc<Progress>) -> Result<(), Failure> {
    let terminal = Terminal::new();
    let file = PictureFile::of_quality(&args.output, args.quality)?;
    let wanted = match &args.frames {
        Some(list) if list.count() > 1 && !file.is_numbered() => {
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
        file.write(&sheet.picture)?;
        terminal.print(&sheet.to_string());
        return Ok(());
    }
    session.frames(&wanted, |picture| file.write(&picture))
}
