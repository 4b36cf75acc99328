use std::path::Path;

use kinora_film::Fps;
use kinora_media::{Matrix, MediaError, SAMPLE_RATE, Tracks, VideoFrame, VideoReader, tracks};

use crate::{FramePicture, Session, SessionError};

/// How alike a film's file and a project are.
#[derive(Clone, Debug, Default)]
pub struct Verification {
    /// Pictures in the file.
    pub frames: u64,
    /// Seconds of sound in the file; none if it has none.
    pub sound: Option<f64>,
    /// Frames that were drawn anew and compared, by their place in the file.
    pub compared: Vec<u64>,
    /// The frame least like the project's, and how like it is: the peak signal-to-noise
    /// ratio of its brightness in decibels, infinite for equal ones.
    pub worst: Option<(u64, f64)>,
    /// What is not as the project says; empty if the file is its film.
    pub faults: Vec<String>,
}

/// Seconds by which sound may end before or after the pictures: a frame of AAC at 48 kHz
/// more on each side, for readers that do not cut what an encoder adds.
const SOUND: f64 = 2.0 * 1024.0 / SAMPLE_RATE as f64;

impl Session {
    /// Compares a finished file with what the project says: the number of pictures, their
    /// times, the length of the sound, and of each segment the first, the middle and the last
    /// frame, drawn anew, which must be alike to at least `decibels`.
    ///
    /// # Errors
    /// When the project is at fault, or the file cannot be read as a film.
    pub fn verify(&self, file: &Path, decibels: f64) -> Result<Verification, SessionError> {
        let film = tracks(file).map_err(unreadable)?;
        let mut view = self.view(None)?;
        let header = *view.film().header();
        let segments = view.film().segments();
        let mut held = Vec::new();
        for index in 0..view.film().segment_count() {
            held.extend(view.film().read(index)?.held());
        }
        let mut told = Verification {
            frames: film.times.len() as u64,
            sound: film.sound,
            faults: times(&film, &held, header.fps),
            ..Verification::default()
        };
        let mut reader = VideoReader::open(file).map_err(unreadable)?;
        let first = view.first();
        let there = match film.lasting {
            true => held.len() as u64,
            false => told.frames,
        };
        for segment in segments {
            let (start, last) = (segment.frames.start, segment.frames.end - 1);
            let mut places = vec![start, start + (last - start) / 2, last];
            places.dedup();
            for place in places.into_iter().filter(|place| *place < there) {
                let drawn = view.draw(first + place)?;
                // Within the frame, so that no rounding of times matters.
                let time = header.fps.seconds(place) + 0.5 / header.fps.value();
                let shown = reader.frame_at(time).map_err(unreadable)?;
                told.compare(place, &drawn, &shown, decibels);
            }
        }
        Ok(told)
    }
}

impl Verification {
    fn compare(&mut self, place: u64, drawn: &FramePicture, shown: &VideoFrame, decibels: f64) {
        let (width, height) = (shown.width(), shown.height());
        if (width, height) != (drawn.size.width, drawn.size.height) {
            let fault = format!(
                "the pictures have {width}x{height} pixels, not {}x{}",
                drawn.size.width, drawn.size.height
            );
            if !self.faults.contains(&fault) {
                self.faults.push(fault);
            }
            return;
        }
        let likeness = likeness(&brightness(drawn), &shown_brightness(shown));
        self.compared.push(place);
        if self.worst.is_none_or(|(_, worst)| likeness < worst) {
            self.worst = Some((place, likeness));
        }
        if likeness < decibels {
            self.faults.push(format!(
                "frame {place} is not the project's: {likeness:.1} dB alike, and {decibels:.1} are wanted"
            ));
        }
    }
}

/// What is wrong with a file's times; `held` says of each frame whether it draws what the
/// one before draws.
fn times(film: &Tracks, held: &[bool], fps: Fps) -> Vec<String> {
    let mut faults = Vec::new();
    let wanted = held.len() as u64;
    // Where pictures last, one that stays need not be told again.
    let stays = |place: u64| film.lasting && held.get(place as usize) == Some(&true);
    let begins = |time: &f64| !stays((time * fps.value()).round() as u64);
    let shown: Vec<f64> = film.times.iter().copied().filter(begins).collect();
    let places: Vec<u64> = (0..wanted).filter(|place| !stays(*place)).collect();
    if shown.len() != places.len() {
        let (frames, wanted) = (shown.len(), places.len());
        faults.push(format!("there are {frames} pictures, not {wanted}"));
    }
    if !film.ordered {
        faults.push("the decoding times of the pictures do not rise".to_owned());
    }
    // Each is at the nearest tick, and the film's start is at a whole one.
    let allowed = film.tick + 1e-6;
    let off = places.iter().zip(&shown).find(|(place, time)| {
        let exact = fps.seconds(**place);
        (**time - exact).abs() > allowed
    });
    if let Some((&place, time)) = off {
        faults.push(format!(
            "picture {place} is shown at {time:.6} s, not at {:.6} s",
            fps.seconds(place)
        ));
    }
    let length = fps.seconds(wanted);
    if let Some(sound) = film.sound.filter(|sound| (sound - length).abs() > SOUND) {
        faults.push(format!(
            "the sound lasts {sound:.3} s, and the pictures {length:.3} s"
        ));
    }
    faults
}

/// The brightness of straight pixels on black, 0 to 255 (BT.709).
pub(crate) fn brightness(picture: &FramePicture) -> Vec<f32> {
    let pixels = picture.rgba.chunks_exact(4);
    let seen = |pixel: &[u8]| luma(pixel) * f32::from(pixel[3]) / 255.0;
    pixels.map(seen).collect()
}

pub(crate) fn shown_brightness(frame: &VideoFrame) -> Vec<f32> {
    if let Some(rgba) = frame.rgba() {
        return rgba.chunks_exact(4).map(luma).collect();
    }
    let Some(planes) = frame.planes() else {
        return Vec::new();
    };
    let (width, height) = (frame.width() as usize, frame.height() as usize);
    let (scale, from, spread) = match planes.full_range {
        true => (1.0, 0.0, 1.0),
        false => (255.0 / 219.0, 16.0, 255.0 / 224.0),
    };
    let shares = match planes.matrix {
        Matrix::Bt709 => None,
        Matrix::Bt601 => Some((0.299, 0.114)),
        Matrix::Bt2020 => Some((0.2627, 0.0593)),
    };
    let pixel = |x: usize, y: usize| {
        let bright = (f32::from(planes.y[y * planes.y_stride + x]) - from) * scale;
        // What other matrices take for brightness differs with the colours.
        let Some((red, blue)) = shares else {
            return bright;
        };
        let at = y / 2 * planes.uv_stride + x / 2;
        let colour = |plane: &[u8]| 2.0 * (f32::from(plane[at]) - 128.0) * spread;
        let r = bright + (1.0 - red) * colour(planes.v);
        let b = bright + (1.0 - blue) * colour(planes.u);
        let g = (bright - red * r - blue * b) / (1.0 - red - blue);
        let [r, g, b] = [r, g, b].map(|part: f32| part.clamp(0.0, 255.0));
        0.2126 * r + 0.7152 * g + 0.0722 * b
    };
    let row = |y: usize| (0..width).map(move |x| pixel(x, y));
    (0..height).flat_map(row).collect()
}

fn luma(pixel: &[u8]) -> f32 {
    let [r, g, b] = [0, 1, 2].map(|index| f32::from(pixel[index]));
    0.2126 * r + 0.7152 * g + 0.0722 * b
}

/// The peak signal-to-noise ratio in decibels.
pub(crate) fn likeness(a: &[f32], b: &[f32]) -> f64 {
    let squares = a.iter().zip(b).map(|(a, b)| f64::from(a - b).powi(2));
    let mean = squares.sum::<f64>() / a.len().max(1) as f64;
    // What rounding to whole numbers makes counts as nothing.
    match mean < 0.5 {
        true => f64::INFINITY,
        false => 10.0 * (255.0f64.powi(2) / mean).log10(),
    }
}

pub(crate) fn unreadable(error: MediaError) -> SessionError {
    let mut text = error.to_string();
    let mut source = std::error::Error::source(&error);
    while let Some(cause) = source {
        text = format!("{text}: {cause}");
        source = cause.source();
    }
    SessionError::Asked(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn film(times: &[f64]) -> Tracks {
        Tracks {
            times: times.to_vec(),
            tick: 0.001,
            lasting: false,
            ordered: true,
            sound: None,
        }
    }

    #[test]
    fn times_are_those_of_the_frames() {
        let fps = Fps::new(30.0).unwrap();
        assert!(times(&film(&[0.0, 0.033, 0.067]), &[false; 3], fps).is_empty());
        let faults = |film: &Tracks, wanted| times(film, &vec![false; wanted], fps).join("; ");
        assert_eq!(
            faults(&film(&[0.0, 0.033]), 3),
            "there are 2 pictures, not 3"
        );
        assert!(faults(&film(&[0.0, 0.05]), 2).contains("picture 1 is shown at 0.050000 s"));
        let unordered = Tracks {
            ordered: false,
            ..film(&[0.0])
        };
        assert!(faults(&unordered, 1).contains("do not rise"));
        let quiet = Tracks {
            sound: Some(0.5),
            ..film(&[0.0])
        };
        assert!(faults(&quiet, 1).contains("the sound lasts 0.500 s"));
    }

    #[test]
    fn a_picture_that_stays_is_told_once_where_it_lasts() {
        let fps = Fps::new(10.0).unwrap();
        let held = [false, true, true, false, true];
        let lasting = |times: &[f64]| Tracks {
            lasting: true,
            ..film(times)
        };
        assert!(times(&lasting(&[0.0, 0.3]), &held, fps).is_empty());
        assert!(times(&lasting(&[0.0, 0.2, 0.3]), &held, fps).is_empty());
        assert!(!times(&lasting(&[0.0]), &held, fps).is_empty());
        assert!(!times(&lasting(&[0.0, 0.35]), &held, fps).is_empty());
        assert!(!times(&film(&[0.0, 0.3]), &held, fps).is_empty());
    }

    #[test]
    fn likeness_is_in_decibels() {
        assert_eq!(likeness(&[10.0, 20.0], &[10.0, 20.4]), f64::INFINITY);
        let ten = likeness(&[100.0; 4], &[110.0; 4]);
        assert!((ten - 28.13).abs() < 0.01, "{ten}");
        assert_eq!(likeness(&[0.0; 4], &[255.0; 4]), 0.0);
    }
}
