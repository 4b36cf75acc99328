use std::path::{Path, PathBuf};

use kinora_farm::{FarmError, JobOptions, Report, RetryPolicy};
use kinora_film::FilmHeader;
use kinora_script::Recording;
use kinora_worker::Recipe;

use crate::{
    RecordOrder, Session, SessionError, processors,
    record::{Target, chapters},
};

/// What is rendered to a file of this machine, and how.
#[derive(Clone, Debug)]
pub struct RenderOrder {
    /// The file; its folder is made if absent.
    pub output: PathBuf,
    /// What is recorded of the project.
    pub record: RecordOrder,
    /// Threads that render, at least 1.
    pub workers: usize,
    /// Whether segments are kept in the session's cache for later runs.
    pub keep: bool,
}

impl RenderOrder {
    /// All of the project, by all processors, into this file.
    pub fn new(output: &Path, recipe: Recipe) -> Self {
        Self {
            output: output.to_owned(),
            record: RecordOrder::new(recipe),
            workers: processors(),
            keep: true,
        }
    }

    pub(crate) fn job(
        &self,
        session: &Session,
        header: &FilmHeader,
        segment_frames: u64,
    ) -> JobOptions {
        let keep = self.keep && session.cache.lasting;
        JobOptions {
            output: self.output.clone(),
            header: *header,
            recipe: self.record.recipe.clone(),
            segment_frames,
            workers: self.workers,
            cache: keep.then(|| session.cache.cache.clone()),
            scratch: session.scratch.clone(),
            retry: RetryPolicy::default(),
        }
    }
}

/// A rendered film.
pub struct Rendered {
    /// What was done.
    pub report: Report,
    /// What the project is.
    pub recording: Recording,
}

impl Session {
    /// Records the project and renders it meanwhile.
    ///
    /// # Errors
    /// When the project, a file of it, or the output is at fault, or it is stopped. No
    /// file is left then.
    pub fn render(&self, order: &RenderOrder) -> Result<Rendered, SessionError> {
        self.check_written(&order.output)?;
        let (recording, target) = self.record_into(&order.record, Some(order), None)?;
        let Some(Target::File(job)) = target else {
            return Err(FarmError::Empty.into());
        };
        job.tell_scenes(chapters(&recording));
        let report = job.finish(recording.sounds.clone())?;
        for warning in &report.warnings {
            self.voice.say(&format!("warning: {warning}"));
        }
        self.prune(report.keys.iter().cloned());
        Ok(Rendered { report, recording })
    }
}
