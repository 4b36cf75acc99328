use std::{
    ops::Range,
    path::{Path, PathBuf},
};

use kinora_farm::write_wave;
use kinora_film::share;
use kinora_media::Container;
use kinora_worker::Recipe;

use crate::{RecordOrder, RenderOrder, Session, SessionError};

/// One worker's share of a film, the way of Revideo's own example: for callers that call
/// workers themselves.
#[derive(Clone, Debug)]
pub struct PartOrder {
    /// How it is rendered; its sound goes to a file of its own.
    pub recipe: Recipe,
    /// Which worker this is, from 0.
    pub worker: u64,
    /// How many there are.
    pub workers: u64,
    /// Threads that render, at least 1.
    pub threads: usize,
    /// Whether segments are kept in the session's cache for later runs.
    pub keep: bool,
}

/// One worker's pictures and sound.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// The file of its pictures.
    pub video: PathBuf,
    /// The file of its sound: 16-bit stereo at 48 kHz, as long as the pictures to the
    /// sample.
    pub audio: PathBuf,
    /// The output frames that it holds.
    pub frames: Range<u64>,
}

impl Session {
    /// Renders one worker's share of the project into `folder`. The project is recorded
    /// twice, because only its end tells which frames are the share.
    ///
    /// # Errors
    /// When the project or a file of it is at fault, the share has no frames, or there is
    /// no room.
    pub fn part(&self, order: &PartOrder, folder: &Path) -> Result<Part, SessionError> {
        if order.recipe.loudness.is_some() {
            return Err(SessionError::Asked(
                "the loudness of a film cannot be told from one worker's part of it".to_owned(),
            ));
        }
        let recipe = Recipe {
            format: order.recipe.format.clone().without_sound()?,
            // Parts of one film are joined, and have to be encoded alike.
            copy: false,
            ..order.recipe.clone()
        };
        let ending = match recipe.format.container {
            Container::Mp4 => "mp4",
            Container::WebM => "webm",
            Container::Mov => "mov",
            _ => {
                return Err(SessionError::Asked(
                    "a worker's part of a film is an MP4, WebM or MOV file".to_owned(),
                ));
            }
        };
        let whole = self.look_quietly()?.frames;
        let wanted = share(whole.clone(), order.worker, order.workers);
        if wanted.is_empty() {
            return Err(SessionError::NoFrames {
                worker: order.worker,
                workers: order.workers,
                frames: whole.end - whole.start,
            });
        }
        let part = Part {
            video: folder.join(format!("visuals.{ending}")),
            audio: folder.join("audio.wav"),
            frames: wanted.start - whole.start..wanted.end - whole.start,
        };
        let rendered = self.render(&RenderOrder {
            output: part.video.clone(),
            record: RecordOrder {
                frames: Some(wanted),
                ..RecordOrder::new(recipe)
            },
            workers: order.threads,
            keep: order.keep,
        })?;
        let recording = &rendered.recording;
        write_wave(
            &part.audio,
            &order.recipe.at_volume(recording.sounds.clone()),
            recording.header.fps,
            part.frames.clone(),
            &order.recipe,
            &*self.library,
        )?;
        Ok(part)
    }
}
