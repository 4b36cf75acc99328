use kinora_farm::{CopyPlan, RecordedFilm};
use kinora_session::{RecordOrder, Session, SessionError};
use kinora_worker::{Observer, SegmentJob, SegmentRenderer, render_segment};
use serde::Serialize;

use crate::{money, report::round};

/// Segments that are rendered to learn how fast this machine is.
const SAMPLES: usize = 3;

/// What a job will cost and how long it will take, about.
///
/// Some segments are rendered here, which tells how much processor time all of them take;
/// a second of it is as long at AWS as here, and what functions have is paid for at AWS's
/// list prices ([`Estimate::PRICES`]), as functions of 3008 MB on x86-64.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Estimate {
    /// US dollars.
    pub usd: f64,
    /// Seconds from the start to the film, if functions begin at once.
    pub seconds: f64,
    /// Seconds of one processor that rendering takes.
    pub processor_seconds: f64,
    /// Workers that have something to do.
    pub workers: u64,
    /// The film's segments.
    pub segments: u64,
    /// The film's frames.
    pub frames: u64,
    /// Frames that were rendered to measure.
    pub measured_frames: u64,
    /// Whose prices these are, and when they were.
    pub prices: &'static str,
}

impl Estimate {
    /// Whose prices are reckoned with, and when they were.
    pub const PRICES: &'static str = money::PRICES;

    /// Records the session's project and renders a little of it.
    ///
    /// # Errors
    /// When the project is at fault, or the session's progress is cancelled.
    pub fn of(session: &Session, record: &RecordOrder, workers: u64) -> Result<Self, SessionError> {
        let film = session.record(record)?.film;
        if film.recipe().copy && CopyPlan::of(&film, &**session.library()).is_some() {
            // No function is called.
            return Ok(Self::new(0.0, &film, 0, 0));
        }
        let (seconds, measured) = measured(session, &film)?;
        Ok(Self::new(seconds, &film, workers, measured))
    }

    fn new(processor_seconds: f64, film: &RecordedFilm, workers: u64, measured: u64) -> Self {
        let segments = film.segment_count();
        let figures = money::foresee(processor_seconds, segments, workers);
        Self {
            usd: figures.usd,
            seconds: round(figures.seconds),
            processor_seconds: round(processor_seconds),
            workers: workers.min(segments),
            segments,
            frames: film.frames(),
            measured_frames: measured,
            prices: Self::PRICES,
        }
    }
}

/// Seconds of one processor that a film takes, and how many frames were rendered to tell.
fn measured(session: &Session, film: &RecordedFilm) -> Result<(f64, u64), SessionError> {
    let segments = film.segments();
    let all: u64 = segments.iter().map(|segment| segment.cost).sum();
    let mut renderer = SegmentRenderer::new();
    let (mut known, mut frames) = (0, 0);
    for index in samples(&segments.iter().map(|one| one.cost).collect::<Vec<_>>()) {
        let segment = film.read(index)?;
        let job = SegmentJob {
            segment: &segment,
            first_frame: segments[index as usize].frames.start,
            recipe: film.recipe(),
        };
        render_segment(&mut renderer, job, &**session.library(), &Watch(session))?;
        known += segments[index as usize].cost;
        frames += segment.frames.len() as u64;
    }
    let timings = renderer.timings();
    let spent = (timings.decode + timings.raster + timings.encode).as_secs_f64();
    match known {
        0 => Ok((0.0, frames)),
        _ => Ok((spent * all as f64 / known as f64, frames)),
    }
}

/// Segments that stand for the others: those in the middle of each third, by cost.
fn samples(costs: &[u64]) -> Vec<u64> {
    let mut order: Vec<usize> = (0..costs.len()).collect();
    order.sort_by_key(|index| costs[*index]);
    let count = SAMPLES.min(order.len());
    let middle = |part: usize| order[(2 * part + 1) * order.len() / (2 * count)] as u64;
    let mut found: Vec<u64> = (0..count).map(middle).collect();
    // As they follow each other videos are decoded straight through.
    found.sort_unstable();
    found.dedup();
    found
}

/// Asks whether the session is to stop.
struct Watch<'a>(&'a Session);

impl Observer for Watch<'_> {
    fn encoded(&self, _: u64) {}

    fn cancelled(&self) -> bool {
        self.0.progress().is_cancelled()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cheap_middling_and_dear_segments_are_tried() {
        assert_eq!(samples(&[]), Vec::<u64>::new());
        assert_eq!(samples(&[5]), [0]);
        assert_eq!(samples(&[5, 1]), [0, 1]);
        let costs = [9, 1, 2, 8, 7, 3, 4, 6, 5];
        // In order of cost: 1, 2, 5, 6, 8, 7, 4, 3, 0; of these the 2nd, 5th and 8th.
        assert_eq!(samples(&costs), [2, 3, 8]);
    }
}
