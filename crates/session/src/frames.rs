use std::ops::Range;

use kinora_farm::RecordedFilm;
use kinora_film::{Segment, Size};
use kinora_media::{Format, VideoCodec, encode_still};
use kinora_raster::SimdLevel;
use kinora_worker::{Recipe, SegmentRenderer, render_frame_rgba, straighten};

use crate::{FrameList, RecordOrder, RecordedProject, Session, SessionError, Wanted};

/// A frame as a picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FramePicture {
    /// Its number in the project.
    pub number: u64,
    /// Pixels across and down.
    pub size: Size,
    /// Red, green, blue and opacity, 8 bits each, not premultiplied; rows without gaps.
    pub rgba: Vec<u8>,
}

impl FramePicture {
    /// The picture as a file.
    ///
    /// # Errors
    /// When it is too large for the codec, or that makes no pictures on their own.
    pub fn encode(&self, codec: &VideoCodec) -> Result<Vec<u8>, SessionError> {
        let Size { width, height } = self.size;
        Ok(encode_still(codec, width, height, &self.rgba)?)
    }
}

/// A project's recording, of which frames are drawn in any order.
pub struct FrameView<'a> {
    session: &'a Session,
    recorded: RecordedProject,
    /// Whether it was recorded to its end.
    whole: bool,
    level: SimdLevel,
    renderer: SegmentRenderer,
    /// The segment drawn from last, with its place in the film.
    segment: Option<(usize, Segment)>,
}

impl Session {
    /// Records the project so that its frames can be drawn: up to the last one wanted, or
    /// all of it.
    ///
    /// # Errors
    /// When the project or a file of it is at fault.
    pub fn view(&self, until: Option<&Wanted>) -> Result<FrameView<'_>, SessionError> {
        let recipe = Recipe::new(Format::default());
        let level = recipe.level().unwrap_or_else(SimdLevel::detect);
        let recorded = self.record(&RecordOrder {
            until: until.cloned(),
            encodes: false,
            ..RecordOrder::new(recipe)
        })?;
        Ok(FrameView {
            session: self,
            recorded,
            whole: until.is_none(),
            level,
            renderer: SegmentRenderer::new(),
            segment: None,
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

    /// Draws a frame of the project.
    ///
    /// # Errors
    /// When there is none of this number among those recorded, or a file is at fault.
    pub fn draw(&mut self, number: u64) -> Result<FramePicture, SessionError> {
        let have = &self.recorded.recording.frames;
        check(&FrameList::one(number), have)?;
        let film = &*self.recorded.film;
        let place = number - have.start;
        let entries = film.segments();
        let index = entries.partition_point(|entry| entry.frames.end <= place);
        let segment = match self.segment.take().filter(|(at, _)| *at == index) {
            Some((_, segment)) => segment,
            None => film.read(index as u64)?,
        };
        let header = *film.header();
        let (_, segment) = self.segment.insert((index, segment));
        let frame = place - entries[index].frames.start;
        let pixels = render_frame_rgba(
            &mut self.renderer,
            &segment.frames[frame as usize],
            number,
            header.size,
            self.level,
            &*self.session.library,
        )?;
        let mut rgba = pixels.to_vec();
        straighten(&mut rgba, header.background);
        Ok(FramePicture {
            number,
            size: header.size,
            rgba,
        })
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
