use std::{ops::Range, sync::Arc};

use kinora_farm::{FarmError, Job, RecordOptions, RecordedFilm, Recorder, segment_frames};
use kinora_film::{Drawing, FilmHeader};
use kinora_media::Chapter;
use kinora_script::{FilmSink, FontUse, Recording, SceneSpan};
use kinora_worker::Recipe;

use crate::{RenderOrder, SEGMENT_SECONDS, Session, SessionError, Wanted, on_script_stack};

/// What is recorded of a project, and into what.
#[derive(Clone, Debug)]
pub struct RecordOrder {
    /// How its segments are to be rendered.
    pub recipe: Recipe,
    /// Seconds a segment, greater than 0.
    pub segment_seconds: f64,
    /// The project's frames to take; all of its range if not given.
    pub frames: Option<Range<u64>>,
    /// The frames after the last of which nothing more is wanted.
    pub until: Option<Wanted>,
    /// Whether the film is to be encoded: what the recipe cannot take is refused at once.
    pub encodes: bool,
}

impl RecordOrder {
    /// All of the project's range, in segments of the usual length.
    pub fn new(recipe: Recipe) -> Self {
        Self {
            recipe,
            segment_seconds: SEGMENT_SECONDS,
            frames: None,
            until: None,
            encodes: true,
        }
    }
}

/// A recorded project.
pub struct RecordedProject {
    /// Its film.
    pub film: Arc<RecordedFilm>,
    /// What else is known of it.
    pub recording: Recording,
}

/// Where recorded frames go: to disk, or at once to those who render them.
pub(crate) enum Target {
    Film(Recorder),
    File(Job),
}

/// Why a sink wants no more frames.
enum Stop {
    /// All that was wanted is there.
    Enough,
    Failed(SessionError),
}

impl From<FarmError> for Stop {
    fn from(error: FarmError) -> Self {
        Self::Failed(error.into())
    }
}

/// The one way from a script's frames to a film.
struct Sink<'a> {
    session: &'a Session,
    order: &'a RecordOrder,
    /// Renders the film while it is recorded, if it is given.
    render: Option<&'a RenderOrder>,
    target: Option<Target>,
    /// The project's frame after which nothing more is wanted.
    last: Option<u64>,
    /// Told of the film when its first frame is there.
    begun: Option<Begun<'a>>,
}

/// Hears of a film that is being recorded, and the project's number of its first frame.
type Begun<'a> = &'a (dyn Fn(&Arc<RecordedFilm>, u64) + Sync);

impl Sink<'_> {
    /// Says so if the background that was asked for lets something through and the format
    /// does not.
    fn warn_of_opacity(&self, header: &FilmHeader) {
        let asked = self.session.script.background.is_some();
        if asked && header.background.a < 1.0 && !self.order.recipe.format.keeps_opacity() {
            self.session.voice.say(
                "warning: the background lets something through, which this format cannot: it is \
                 drawn on black; `.webm`, `.mov`, `.png`, `.apng`, `.webp` and `.gif` can",
            );
        }
    }

    fn start(&self, header: &FilmHeader) -> Result<Target, FarmError> {
        let order = self.order;
        if order.encodes {
            order.recipe.check(header).map_err(FarmError::Settings)?;
            self.warn_of_opacity(header);
        }
        let segment_frames = segment_frames(order.segment_seconds, header.fps.value());
        Ok(match self.render {
            None => Target::Film(Recorder::new(RecordOptions {
                header: *header,
                recipe: order.recipe.clone(),
                segment_frames,
                scratch: self.session.scratch.clone(),
            })?),
            Some(render) => Target::File(Job::start(
                render.job(self.session, header, segment_frames),
                self.session.library.clone(),
                self.session.progress.clone(),
            )?),
        })
    }
}

impl FilmSink for Sink<'_> {
    type Stop = Stop;

    fn begin(&mut self, header: &FilmHeader) -> Result<(), Stop> {
        self.target = Some(self.start(header)?);
        let until = self.order.until.as_ref();
        self.last = until.map(|wanted| wanted.list(header.fps).last());
        Ok(())
    }

    fn font(&mut self, font: &FontUse) {
        let library = &self.session.library;
        library.add_bytes(font.id, &font.family, font.bytes.clone());
    }

    fn frame(&mut self, number: u64, drawing: Drawing) -> Result<(), Stop> {
        let wanted = |frames: &Range<u64>| frames.contains(&number);
        if self.order.frames.as_ref().is_none_or(wanted) {
            match &mut self.target {
                Some(Target::Film(recorder)) => {
                    if let Some(begun) = self.begun.take() {
                        begun(recorder.film(), number);
                    }
                    recorder.push(number, drawing)?;
                    self.session.progress.recorded_frame();
                }
                Some(Target::File(job)) => job.push(number, drawing)?,
                None => return Err(Stop::Enough),
            }
        }
        match self.last {
            Some(last) if number >= last => Err(Stop::Enough),
            _ => Ok(()),
        }
    }
}

/// The scenes of a recording that have frames in it.
pub(crate) fn chapters(recording: &Recording) -> Vec<Chapter> {
    let all = &recording.frames;
    let chapter = |scene: &SceneSpan| {
        let place = |frame: u64| frame.clamp(all.start, all.end) - all.start;
        let end = scene.first_frame + scene.frames;
        Chapter {
            title: scene.name.clone(),
            frames: place(scene.first_frame)..place(end),
        }
    };
    let chapters = recording.scenes.iter().map(chapter);
    chapters
        .filter(|chapter| !chapter.frames.is_empty())
        .collect()
}

impl Session {
    /// Records the project.
    ///
    /// # Errors
    /// When the project is at fault, cannot be encoded so, or there is no room for it.
    pub fn record(&self, order: &RecordOrder) -> Result<RecordedProject, SessionError> {
        self.record_while(order, &|_, _| {})
    }

    /// The same; `begun` is told of the film while it grows, once, and of the project's
    /// number of its first frame.
    ///
    /// # Errors
    /// As [`Session::record`].
    pub fn record_while(
        &self,
        order: &RecordOrder,
        begun: &(dyn Fn(&Arc<RecordedFilm>, u64) + Sync),
    ) -> Result<RecordedProject, SessionError> {
        let (mut recording, target) = self.record_into(order, None, Some(begun))?;
        let Some(Target::Film(recorder)) = target else {
            return Err(FarmError::Empty.into());
        };
        recorder.tell_scenes(chapters(&recording));
        let sounds = std::mem::take(&mut recording.sounds);
        let film = recorder.finish(sounds)?;
        self.prune([]);
        Ok(RecordedProject { film, recording })
    }

    /// Records the project without keeping its frames, only to learn what it is.
    ///
    /// # Errors
    /// When the project is at fault.
    pub fn look(&self) -> Result<Recording, SessionError> {
        let recording = self.look_quietly()?;
        self.warn(&recording);
        self.prune([]);
        Ok(recording)
    }

    /// The same without a word on what its author should know.
    pub(crate) fn look_quietly(&self) -> Result<Recording, SessionError> {
        self.check_inputs()?;
        let look = || kinora_script::record(&self.script, self.host(), &mut ());
        Ok(on_script_stack(look)??.recording)
    }

    pub(crate) fn record_into(
        &self,
        order: &RecordOrder,
        render: Option<&RenderOrder>,
        begun: Option<Begun<'_>>,
    ) -> Result<(Recording, Option<Target>), SessionError> {
        self.check_inputs()?;
        let mut sink = Sink {
            session: self,
            order,
            render,
            target: None,
            last: None,
            begun,
        };
        let recorded =
            on_script_stack(|| kinora_script::record(&self.script, self.host(), &mut sink))??;
        self.warn(&recorded.recording);
        match recorded.stopped {
            Some(Stop::Failed(error)) => Err(error),
            Some(Stop::Enough) | None => Ok((recorded.recording, sink.target)),
        }
    }
}
