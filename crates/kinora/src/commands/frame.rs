use std::{
    fs::{self, File},
    io::BufWriter,
    path::{Path, PathBuf},
    sync::Arc,
};

use anyhow::{Context as _, anyhow};
use kinora_farm::Progress;
use kinora_film::{Color, Drawing, FilmHeader, Fps, Size};
use kinora_raster::SimdLevel;
use kinora_script::{FilmSink, FontUse, Stopped};
use kinora_worker::{Bench, render_frame_rgba};

use kinora_project::{CacheFolder, Library, ProjectHost, Voice as _, straight};

use crate::{
    args::FrameArgs, failure::Failure, frame_list::FrameList, interrupt, project, show::Terminal,
};

/// `kinora frame`.
pub fn command(args: &FrameArgs) -> Result<(), Failure> {
    let progress = Arc::new(Progress::default());
    interrupt::stop_on_interrupt(&progress);
    draw(args, &progress).map_err(|failure| failure.or_interrupted(&progress))
}

fn draw(args: &FrameArgs, progress: &Arc<Progress>) -> Result<(), Failure> {
    let terminal = Terminal::new();
    let pattern = Pattern::parse(&args.output)?;
    let script = project::options(&args.project)?;
    let folder = CacheFolder::of_user().or_else(|error| {
        terminal.say(&format!("warning: {error:#}"));
        CacheFolder::temporary()
    })?;
    let root = script.root.clone();
    let library = Library::new(root, folder.cache.clone(), progress.clone());
    let library = Arc::new(library.granting(project::access(&args.project)));
    let host = ProjectHost::new(
        library.clone(),
        progress.clone(),
        Arc::new(terminal.clone()),
    );
    let mut sink = FrameSink {
        args,
        pattern,
        library: &library,
        bench: Bench::new(),
        wanted: None,
        size: Size::new(1, 1),
        background: Color::TRANSPARENT,
        next: 0,
        drawn: 0,
        failure: None,
    };
    let recorded = kinora_script::record(&script, Box::new(host), &mut sink);
    if let Some(failure) = sink.failure {
        return Err(failure);
    }
    if sink.drawn == sink.wanted.as_ref().map_or(0, FrameList::len) && sink.drawn > 0 {
        return Ok(());
    }
    let recording = recorded?;
    let missing = sink
        .wanted
        .iter()
        .flat_map(|list| list.from(sink.next))
        .next();
    Err(Failure::Project(match missing {
        Some(missing) => anyhow!(
            "there is no frame {missing}: the project has frames {}..{} (the last one not included)",
            recording.frames.start,
            recording.frames.end
        ),
        None => anyhow!(
            "frames before {} lie outside the range",
            recording.frames.start
        ),
    }))
}

/// Draws the wanted frames as they are recorded, and stops after the last.
struct FrameSink<'a> {
    args: &'a FrameArgs,
    pattern: Pattern,
    library: &'a Arc<Library>,
    bench: Bench,
    wanted: Option<FrameList>,
    size: Size,
    background: Color,
    next: u64,
    drawn: usize,
    failure: Option<Failure>,
}

impl FrameSink<'_> {
    fn list(&self, fps: Fps) -> Result<FrameList, Failure> {
        let list = match (&self.args.frames, self.args.time) {
            (Some(list), _) => list.clone(),
            // A time that is a whole number of frames but for rounding means that frame.
            (None, time) => {
                FrameList::one((time.unwrap_or_default() * fps.value() + 1e-6).floor() as u64)
            }
        };
        if list.len() > 1 && !self.pattern.is_numbered() {
            return Err(Failure::Tool(anyhow!(
                "`{}` names one file for {} frames; put %06d where the frame's number is to stand",
                self.args.output,
                list.len()
            )));
        }
        Ok(list)
    }

    fn draw(&mut self, number: u64, drawing: &Drawing) -> Result<(), Failure> {
        let level = SimdLevel::common();
        let pixels = render_frame_rgba(
            &mut self.bench,
            drawing,
            number,
            self.size,
            level,
            &**self.library,
        )?;
        let mut pixels = pixels.to_vec();
        lay_over(&mut pixels, self.background);
        write_png(&self.pattern.path(number), self.size, pixels)?;
        self.drawn += 1;
        Ok(())
    }
}

impl FilmSink for FrameSink<'_> {
    fn begin(&mut self, header: &FilmHeader) -> Result<(), Stopped> {
        self.size = header.size;
        self.background = header.background;
        match self.list(header.fps) {
            Ok(list) => self.wanted = Some(list),
            Err(failure) => {
                self.failure = Some(failure);
                return Err(Stopped);
            }
        }
        Ok(())
    }

    fn font(&mut self, font: &FontUse) {
        self.library
            .add_bytes(font.id, &font.family, font.bytes.clone());
    }

    fn frame(&mut self, number: u64, drawing: Drawing) -> Result<(), Stopped> {
        self.next = number + 1;
        let Some(wanted) = &self.wanted else {
            return Err(Stopped);
        };
        let last = wanted.last();
        if wanted.contains(number)
            && let Err(failure) = self.draw(number, &drawing)
        {
            self.failure = Some(failure);
            return Err(Stopped);
        }
        if number >= last { Err(Stopped) } else { Ok(()) }
    }
}

/// Puts the project's background below premultiplied pixels.
fn lay_over(pixels: &mut [u8], background: Color) {
    let [r, g, b, a] = background.to_rgba8();
    if a == 0 {
        return;
    }
    let below = [r, g, b, 255].map(|channel| u32::from(channel) * u32::from(a));
    for pixel in pixels.chunks_exact_mut(4) {
        let through = 255 - u32::from(pixel[3]);
        for (channel, below) in pixel.iter_mut().zip(below) {
            let sum = u32::from(*channel) + (below * through + 255 * 255 / 2) / (255 * 255);
            *channel = sum.min(255) as u8;
        }
    }
}

/// Writes premultiplied pixels as a PNG, where they are not premultiplied.
fn write_png(path: &Path, size: Size, mut pixels: Vec<u8>) -> anyhow::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)
            .with_context(|| format!("cannot make the folder `{}`", folder.display()))?;
    }
    for pixel in pixels.chunks_exact_mut(4) {
        let alpha = pixel[3];
        if alpha != 255 {
            for channel in &mut pixel[..3] {
                *channel = straight(*channel, alpha);
            }
        }
    }
    let write = || -> anyhow::Result<()> {
        let file = BufWriter::new(File::create(path)?);
        let mut encoder = png::Encoder::new(file, size.width, size.height);
        encoder.set_color(png::ColorType::Rgba);
        encoder.set_depth(png::BitDepth::Eight);
        encoder.set_compression(png::Compression::Fast);
        let mut writer = encoder.write_header()?;
        writer.write_image_data(&pixels)?;
        writer.finish()?;
        Ok(())
    };
    write().with_context(|| format!("cannot write `{}`", path.display()))
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
