use cpu_time::ThreadTime;

use kinora_film::Segment;
use kinora_media::{EncodedVideo, Outlook, PixelLayout, Pixels, VideoEncoder};

use crate::{
    AssetStore, Chunk, Recipe, SegmentRenderer, WorkerError, frame::straighten, recipe::frame_spec,
};

/// One segment to render and how.
#[derive(Clone, Copy, Debug)]
pub struct SegmentJob<'a> {
    /// The segment.
    pub segment: &'a Segment,
    /// The output frame that its first frame becomes; for messages only.
    pub first_frame: u64,
    /// How it is drawn and encoded.
    pub recipe: &'a Recipe,
}

/// Hears of each frame, and can stop the work.
pub trait Observer: Sync {
    /// `frames` frames of the segment are encoded.
    fn encoded(&self, frames: u64);

    /// Whether the work is to stop; asked before each frame.
    fn cancelled(&self) -> bool;

    /// Whether a processor is idle, so that decoding ahead is worth while; asked
    /// before each frame. It never changes the result.
    fn spare(&self) -> bool {
        false
    }
}

/// Renders and encodes a segment. Of a format without pictures a chunk is only so long.
///
/// # Errors
/// When a file cannot be had or read, or the encoder fails; the message names
/// the file and the frame. [`WorkerError::Cancelled`] when `observer` says stop.
pub fn render_segment(
    renderer: &mut SegmentRenderer,
    job: SegmentJob<'_>,
    store: &dyn AssetStore,
    observer: &dyn Observer,
) -> Result<Chunk, WorkerError> {
    let header = job.segment.header;
    let frames = job.segment.frames.len() as u64;
    let Some(codec) = &job.recipe.format.video else {
        observer.encoded(frames);
        let video = EncodedVideo::default();
        let damaged = Vec::new();
        return Ok(Chunk {
            frames,
            video,
            damaged,
        });
    };
    let level = job.recipe.level().ok_or_else(|| WorkerError::Level {
        name: job.recipe.renderer.clone(),
    })?;
    renderer.on_missing = job.recipe.on_missing;
    renderer.prepare(&job.segment.frames, store)?;
    let encoding = |frame| move |source| WorkerError::Encode { frame, source };
    let spec = frame_spec(&header);
    let layout = codec.pixels(&spec);
    let held = job.segment.held();
    let outlook = Outlook {
        frames,
        held: held.iter().filter(|held| **held).count() as u64,
        drawn: !job.segment.shows_video(),
    };
    let encoder = VideoEncoder::with_outlook(codec, &spec, &outlook);
    let mut encoder = encoder.map_err(encoding(job.first_frame))?;
    let mut straight = Vec::new();
    for (index, (drawing, held)) in job.segment.frames.iter().zip(held).enumerate() {
        if observer.cancelled() {
            return Err(WorkerError::Cancelled);
        }
        if held && encoder.stay() {
            observer.encoded(index as u64 + 1);
            continue;
        }
        let frame = job.first_frame + index as u64;
        renderer.decode(drawing, frame, observer.spare())?;

        let start = ThreadTime::now();
        let ready = renderer.ready(header.size, level)?;
        let pixels = match layout {
            PixelLayout::Yuv420 => {
                let view = ready.painter.yuv(drawing, header.background, &ready.assets);
                Pixels::yuv420(view.y, view.y_stride, view.u, view.v, view.uv_stride)
            }
            PixelLayout::Rgba => {
                straight.clear();
                straight.extend_from_slice(ready.painter.rgba(drawing, &ready.assets));
                straighten(&mut straight, header.background);
                Pixels::Rgba(&straight)
            }
        };
        let drawn = ThreadTime::now();
        encoder.push(pixels).map_err(encoding(frame))?;
        renderer.timings.raster += drawn.duration_since(start);
        renderer.timings.encode += drawn.elapsed();
        observer.encoded(index as u64 + 1);
    }
    let start = ThreadTime::now();
    let last = job.first_frame + frames.saturating_sub(1);
    let stop = || observer.cancelled();
    let video = encoder.finish_unless(stop).map_err(encoding(last))?;
    renderer.timings.encode += start.elapsed();
    let video = video.ok_or(WorkerError::Cancelled)?;
    Ok(Chunk {
        frames,
        video,
        damaged: renderer.damaged(),
    })
}
