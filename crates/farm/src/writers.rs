use std::path::Path;

use kinora_media::{
    Container, FilmWriter, Format, FrameSpec, HeadSink, MediaError, Packet, Pictures, Tags,
};

/// Where a film goes.
pub struct Sinks {
    /// Its own file.
    pub film: Box<dyn HeadSink>,
    /// The same film in pieces with a play list of them, to look on while it is made.
    pub stream: Option<Box<dyn HeadSink>>,
}

impl From<Box<dyn HeadSink>> for Sinks {
    fn from(film: Box<dyn HeadSink>) -> Self {
        Self { film, stream: None }
    }
}

impl Sinks {
    /// The name by which errors speak of the film.
    pub(crate) fn name(&self) -> &Path {
        self.film.name()
    }
}

/// The files that a film is written to, all with the same pictures and sound.
pub(crate) struct Writers {
    film: FilmWriter,
    stream: Option<FilmWriter>,
}

impl Writers {
    /// Begins the files; the stream, if one is wanted, is of the film's codecs.
    pub fn begin(
        sinks: Sinks,
        format: &Format,
        spec: &FrameSpec,
        pictures: &Pictures<'_>,
        tags: &Tags,
    ) -> Result<Self, MediaError> {
        let stream = sinks.stream.map(|sink| {
            let format = Format {
                container: Container::Hls,
                ..format.clone()
            };
            FilmWriter::telling(sink, &format, spec, pictures, tags)
        });
        Ok(Self {
            film: FilmWriter::telling(sinks.film, format, spec, pictures, tags)?,
            stream: stream.transpose()?,
        })
    }

    /// Adds a segment's pictures; see [`FilmWriter::video`].
    pub fn video(&mut self, packets: Vec<Packet>) -> Result<(), MediaError> {
        if let Some(stream) = &mut self.stream {
            stream.video(packets.clone())?;
        }
        self.film.video(packets)
    }

    /// Adds pictures of other files; see [`FilmWriter::copied`].
    pub fn copied(&mut self, packets: Vec<Packet>) -> Result<(), MediaError> {
        self.film.copied(packets)
    }

    /// Lets frames pass; see [`FilmWriter::pass`].
    pub fn pass(&mut self, frames: u64) -> Result<(), MediaError> {
        self.film.pass(frames)
    }

    /// Adds sound; see [`FilmWriter::audio`].
    pub fn audio(&mut self, interleaved: &[f32]) -> Result<(), MediaError> {
        if let Some(stream) = &mut self.stream {
            stream.audio(interleaved)?;
        }
        self.film.audio(interleaved)
    }

    /// Ends the files, the film's own last. Returns its size in bytes.
    pub fn finish(self) -> Result<u64, MediaError> {
        if let Some(stream) = self.stream {
            stream.finish()?;
        }
        self.film.finish()
    }
}
