use std::ops::Range;

use kinora_farm::RecordedFilm;
use kinora_film::{ContentHash, FilmHeader, OnMissing, Segment};
use kinora_media::Format;
use kinora_raster::SimdLevel;
use kinora_worker::{AssetStore, Recipe, SegmentRenderer, render_frame_rgba, shrink, straighten};

use crate::{
    FrameList, FramePicture, RecordOrder, RecordedProject, Session, SessionError, Wanted,
    in_proportion,
};

/// The tools that draw frames of recorded films, in any order and of one after another.
pub struct FramePainter {
    level: SimdLevel,
    renderer: SegmentRenderer,
    /// The segment drawn from last.
    segment: Option<(ContentHash, Segment)>,
}

impl Default for FramePainter {
    fn default() -> Self {
        Self::new()
    }
}

impl FramePainter {
    /// A painter with nothing in hand.
    pub fn new() -> Self {
        let level = Recipe::new(Format::default()).level();
        Self {
            level: level.unwrap_or_else(SimdLevel::detect),
            renderer: SegmentRenderer::new(),
            segment: None,
        }
    }

    /// The same for a film in which videos that cannot be read on have this in their place.
    pub fn on_missing(self, on_missing: OnMissing) -> Self {
        Self {
            renderer: self.renderer.on_missing(on_missing),
            ..self
        }
    }

    /// Draws the frame at a place of the film, from 0, which is the project's frame
    /// `number`. A picture of another width has the frame's height in proportion.
    ///
    /// # Errors
    /// When there is no such frame, or a file is at fault.
    pub fn draw(
        &mut self,
        film: &RecordedFilm,
        place: u64,
        number: u64,
        width: Option<u32>,
        store: &dyn AssetStore,
    ) -> Result<FramePicture, SessionError> {
        let entries = film.segments();
        let index = entries.partition_point(|entry| entry.frames.end <= place);
        let Some(entry) = entries.get(index) else {
            return Err(SessionError::Asked(format!("there is no frame {number}")));
        };
        let segment = match self.segment.take().filter(|(hash, _)| *hash == entry.hash) {
            Some((_, segment)) => segment,
            None => film.read(index as u64)?,
        };
        let header = *film.header();
        let (_, segment) = self.segment.insert((entry.hash, segment));
        let pixels = render_frame_rgba(
            &mut self.renderer,
            &segment.frames[(place - entry.frames.start) as usize],
            number,
            header.size,
            self.level,
            store,
        )?;
        let size = width.map_or(header.size, |width| in_proportion(header.size, width));
        let mut rgba = match size == header.size {
            true => pixels.to_vec(),
            false => shrink(pixels, header.size, size),
        };
        straighten(&mut rgba, header.background);
        Ok(FramePicture { number, size, rgba })
    }
}

/// A project's recording, of which frames are drawn in any order.
pub struct FrameView<'a> {
    session: &'a Session,
    recorded: RecordedProject,
    /// Whether it was recorded to its end.
    whole: bool,
    painter: FramePainter,
}

impl Session {
    /// Records the project so that its frames can be drawn: up to the last one wanted, or
    /// all of it.
    ///
    /// # Errors
    /// When the project or a file of it is at fault.
    pub fn view(&self, until: Option<&Wanted>) -> Result<FrameView<'_>, SessionError> {
        let recipe = Recipe::new(Format::default());
        let recorded = self.record(&RecordOrder {
            until: until.cloned(),
            encodes: false,
            ..RecordOrder::new(recipe)
        })?;
        Ok(FrameView {
            session: self,
            recorded,
            whole: until.is_none(),
            painter: FramePainter::new().on_missing(self.script().on_missing),
        })
    }

    /// Draws frames of the project, in order, and hands each to `take`. The script runs
    /// up to the last of them.
    ///
    /// # Errors
    /// When the project or a file of it is at fault, there is no such frame, or `take`
    /// fails. A frame that does not exist is told before any is drawn.
    pub fn frames<E: From<SessionError>>(
        &self,
        wanted: &Wanted,
        mut take: impl FnMut(FramePicture) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut view = self.view(Some(wanted))?;
        let list = view.list(wanted)?;
        for number in list.from(0) {
            take(view.draw(number)?)?;
        }
        Ok(())
    }
}

impl FrameView<'_> {
    /// The recorded film.
    pub(crate) fn film(&self) -> &RecordedFilm {
        &self.recorded.film
    }

    /// The project's frame that the film begins with.
    pub(crate) fn first(&self) -> u64 {
        self.recorded.recording.frames.start
    }

    /// The numbers of the frames wanted, all of which there are.
    ///
    /// # Errors
    /// When there is no such frame.
    pub fn list(&self, wanted: &Wanted) -> Result<FrameList, SessionError> {
        let list = wanted.list(self.recorded.film.header().fps);
        check(&list, &self.recorded.recording.frames)?;
        Ok(list)
    }

    /// Records the project to its end if these frames lie behind what is recorded.
    ///
    /// # Errors
    /// When the project or a file of it is at fault.
    pub fn reach(&mut self, wanted: &Wanted) -> Result<(), SessionError> {
        let last = wanted.list(self.recorded.film.header().fps).last();
        if !self.whole && last >= self.recorded.recording.frames.end {
            *self = self.session.view(None)?;
        }
        Ok(())
    }

    /// The numbers of the frames that were recorded.
    pub fn frames(&self) -> Range<u64> {
        self.recorded.recording.frames.clone()
    }

    /// What all frames share.
    pub fn header(&self) -> FilmHeader {
        *self.recorded.film.header()
    }

    /// Draws a frame of the project, this many pixels across if it has more.
    ///
    /// # Errors
    /// As [`FrameView::draw`].
    pub fn draw_small(&mut self, number: u64, width: u32) -> Result<FramePicture, SessionError> {
        self.paint(number, Some(width))
    }

    /// Draws a frame of the project.
    ///
    /// # Errors
    /// When there is none of this number among those recorded, or a file is at fault.
    pub fn draw(&mut self, number: u64) -> Result<FramePicture, SessionError> {
        self.paint(number, None)
    }

    fn paint(&mut self, number: u64, width: Option<u32>) -> Result<FramePicture, SessionError> {
        let have = &self.recorded.recording.frames;
        check(&FrameList::one(number), have)?;
        let (film, store) = (&*self.recorded.film, &*self.session.library);
        self.painter
            .draw(film, number - have.start, number, width, store)
    }
}

/// Refuses frames that were not recorded.
fn check(list: &FrameList, have: &Range<u64>) -> Result<(), SessionError> {
    let missing = list.from(0).find(|number| !have.contains(number));
    match missing {
        None => Ok(()),
        Some(number) if number < have.start => Err(SessionError::Asked(format!(
            "frames before {} lie outside the range",
            have.start
        ))),
        Some(number) => Err(SessionError::Asked(format!(
            "there is no frame {number}: the project has frames {}..{} (the last one not included)",
            have.start, have.end
        ))),
    }
}
