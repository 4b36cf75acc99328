use cpu_time::ThreadTime;

use kinora_film::Segment;
use kinora_media::{VideoEncoder, VideoSettings};
use kinora_raster::SimdLevel;

use crate::{AssetStore, Bench, Chunk, WorkerError};

/// One segment to render and how.
#[derive(Clone, Debug)]
pub struct SegmentJob {
    /// The segment.
    pub segment: Segment,
    /// The output frame that its first frame becomes; for messages only.
    pub first_frame: u64,
    /// How it is encoded; the size is the segment's.
    pub video: VideoSettings,
    /// The instruction set it is drawn with, the same for all of a job.
    pub level: SimdLevel,
}

/// Hears of each frame, and can stop the work.
pub trait Progress: Sync {
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

/// Renders and encodes a segment.
///
/// # Errors
/// When a file cannot be had or read, or the encoder fails; the message names
/// the file and the frame. [`WorkerError::Cancelled`] when `progress` says stop.
pub fn render_segment(
    bench: &mut Bench,
    job: &SegmentJob,
    store: &dyn AssetStore,
    progress: &dyn Progress,
) -> Result<Chunk, WorkerError> {
    let header = job.segment.header;
    bench.prepare(&job.segment.frames, store)?;
    let encoding = |frame| move |source| WorkerError::Encode { frame, source };
    let mut encoder = VideoEncoder::new(&job.video).map_err(encoding(job.first_frame))?;
    for (index, drawing) in job.segment.frames.iter().enumerate() {
        if progress.cancelled() {
            return Err(WorkerError::Cancelled);
        }
        let frame = job.first_frame + index as u64;
        bench.decode(drawing, frame, progress.spare())?;

        let start = ThreadTime::now();
        let ready = bench.ready(header.size, job.level)?;
        let view = ready.painter.yuv(drawing, header.background, &ready.assets);
        let drawn = ThreadTime::now();
        encoder
            .push(view.y, view.y_stride, view.u, view.v, view.uv_stride)
            .map_err(encoding(frame))?;
        bench.timings.raster += drawn.duration_since(start);
        bench.timings.encode += drawn.elapsed();
        progress.encoded(index as u64 + 1);
    }
    let start = ThreadTime::now();
    let frames = job.segment.frames.len() as u64;
    let last = job.first_frame + frames.saturating_sub(1);
    let stop = || progress.cancelled();
    let video = encoder.finish_unless(stop).map_err(encoding(last))?;
    bench.timings.encode += start.elapsed();
    let video = video.ok_or(WorkerError::Cancelled)?;
    Ok(Chunk { frames, video })
}
