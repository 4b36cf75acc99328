use std::{path::Path, sync::Arc};

use anyhow::anyhow;
use kinora_farm::Progress;
use kinora_film::Size;
use kinora_project::Voice as _;
use kinora_session::{FramePicture, Reference, Session, Wanted};
use serde_json::json;

use crate::{
    args::FrameArgs,
    failure::Failure,
    interrupt,
    picture_file::PictureFile,
    project,
    show::{Terminal, round},
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
    session.check_written(&file.path(0))?;
    if let Some(count) = args.sheet {
        let sheet = session.sheet(u64::from(count), args.sheet_width)?;
        file.write(&sheet.picture)?;
        match args.json {
            true => terminal.tell(&sheet.to_json()),
            false => terminal.print(&sheet.to_string()),
        }
        return Ok(());
    }
    if let Some(key) = &args.onion {
        let onion = session.onion(key)?;
        file.write(&cropped(onion.picture, args)?)?;
        let (first, last) = onion.visible;
        match args.json {
            true => {
                let facts = json!({"firstFrame": first, "lastFrame": last, "frames": onion.frames});
                terminal.tell(&facts);
            }
            false => terminal.print(&format!("`{key}` is visible from frame {first} to {last}")),
        }
        return Ok(());
    }
    if let Some(reference) = &args.against {
        return against(reference, &session, &wanted, &file, args, &terminal);
    }
    let mut view = session.view(Some(&wanted))?;
    let mut written = Vec::new();
    for number in view.list(&wanted)?.from(0) {
        let picture = match args.width {
            Some(width) => view.draw_small(number, width)?,
            None => view.draw(number)?,
        };
        file.write(&cropped(picture, args)?)?;
        written.push(json!({"frame": number, "file": file.path(number)}));
    }
    if args.json {
        terminal.tell(&json!({"frames": written}));
    }
    Ok(())
}

/// The part of a picture that is wanted.
fn cropped(picture: FramePicture, args: &FrameArgs) -> Result<FramePicture, Failure> {
    let Some(part) = args.crop else {
        return Ok(picture);
    };
    let Size { width, height } = picture.size;
    picture.crop(part).ok_or_else(|| {
        Failure::Tool(anyhow!(
            "`--crop` lies outside the frame, which has {width}x{height} pixels"
        ))
    })
}

/// Compares frames with a picture or a film.
fn against(
    reference: &Path,
    session: &Session,
    wanted: &Wanted,
    file: &PictureFile,
    args: &FrameArgs,
    terminal: &Terminal,
) -> Result<(), Failure> {
    let mut reference = Reference::open(reference)?;
    let mut view = session.view(Some(wanted))?;
    let fps = view.header().fps;
    let mut told = Vec::new();
    for number in view.list(wanted)?.from(0) {
        let picture = view.draw(number)?;
        // Within the frame, so that no rounding of times matters.
        let time = fps.seconds(number) + 0.5 / fps.value();
        let found = reference.compare(&picture, time)?;
        file.write(&found.picture)?;
        let bounds = found.bounds.map(|part| {
            json!({"left": part.left, "top": part.top, "width": part.size.width, "height": part.size.height})
        });
        // JSON has no infinity.
        let psnr = found.psnr.is_finite().then_some(round(found.psnr));
        told.push(
            json!({"frame": number, "psnr": psnr, "share": round(found.share), "box": bounds}),
        );
        if !args.json {
            let like = match psnr {
                Some(psnr) => format!("{psnr:.1} dB alike"),
                None => "equal".to_owned(),
            };
            let percent = found.share * 100.0;
            let part = found.bounds.map_or(String::new(), |part| {
                let (left, top, size) = (part.left, part.top, part.size);
                format!(", within {left},{top},{},{}", size.width, size.height)
            });
            terminal.print(&format!(
                "frame {number}: {like}, {percent:.2} % of the pixels differ{part}"
            ));
        }
    }
    if args.json {
        terminal.tell(&json!({"frames": told}));
    }
    Ok(())
}
