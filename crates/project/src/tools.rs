use std::{
    error::Error,
    fs::File,
    io::{self, BufReader, BufWriter, Read, Seek as _, SeekFrom, Write},
    path::{Path, PathBuf},
};

use kinora_media::{
    MediaInfo, SAMPLE_RATE, VideoInfo, WholeFile, add_sound, join_files, probe, video_codec,
};
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::{Value, json};

/// Does one of the things with media files that `@revideo/ffmpeg` offers: the function's
/// name and its arguments as a JSON array, the answer as JSON.
///
/// # Errors
/// When there is no such function, the arguments are not its own, or it cannot be done;
/// the message says which.
pub fn media_tool(function: &str, arguments_json: &str) -> Result<String, String> {
    let value = match function {
        "concatenateMedia" => {
            let (files, output): (Vec<PathBuf>, PathBuf) = read(function, arguments_json)?;
            concatenate(&files, &output)?;
            Value::Null
        }
        "mergeAudioWithVideo" => {
            let (audio, video, output, codec): (PathBuf, PathBuf, PathBuf, Option<String>) =
                read(function, arguments_json)?;
            match codec.as_deref() {
                None | Some("aac") => {}
                Some("libopus") if output.extension().is_some_and(|it| it == "webm") => {}
                Some(codec) => {
                    return Err(format!("sound is encoded as `aac` here, not as `{codec}`"));
                }
            }
            add_sound(&audio, &video, &output).map_err(chain)?;
            Value::Null
        }
        "createSilentAudioFile" => {
            let (path, seconds): (PathBuf, f64) = read(function, arguments_json)?;
            silence(&path, seconds)?;
            Value::Null
        }
        "doesFileExist" => json!(one::<PathBuf>(function, arguments_json)?.is_file()),
        "getVideoDuration" => json!(look(function, arguments_json)?.1.duration),
        "getVideoDimensions" => {
            let (_, video) = pictures(function, arguments_json)?;
            json!({"width": video.width, "height": video.height})
        }
        "getVideoCodec" => {
            let (path, _) = pictures(function, arguments_json)?;
            json!(video_codec(&path).map_err(chain)?)
        }
        "getVideoMetadata" => {
            let (path, video) = pictures(function, arguments_json)?;
            json!({
                "width": video.width,
                "height": video.height,
                "fps": video.fps,
                "duration": probe(&path).map_err(chain)?.duration,
                "codec": video_codec(&path).map_err(chain)?,
            })
        }
        "checkForAudioStream" => json!(look(function, arguments_json)?.1.audio.is_some()),
        "getSampleRate" => {
            let (path, info) = look(function, arguments_json)?;
            let sound = info.audio;
            let sound = sound.ok_or_else(|| format!("`{}` has no audio stream", path.display()))?;
            json!(sound.sample_rate)
        }
        _ => return Err(format!("`{function}` is not available here")),
    };
    Ok(value.to_string())
}

fn read<T: DeserializeOwned>(function: &str, arguments_json: &str) -> Result<T, String> {
    serde_json::from_str(arguments_json)
        .map_err(|error| format!("the arguments of `{function}` are not what it takes: {error}"))
}

/// The only argument.
fn one<T: for<'a> Deserialize<'a>>(function: &str, arguments_json: &str) -> Result<T, String> {
    let [argument] = read::<[T; 1]>(function, arguments_json)?;
    Ok(argument)
}

fn look(function: &str, arguments_json: &str) -> Result<(PathBuf, MediaInfo), String> {
    let path: PathBuf = one(function, arguments_json)?;
    let info = probe(&path).map_err(chain)?;
    Ok((path, info))
}

fn pictures(function: &str, arguments_json: &str) -> Result<(PathBuf, VideoInfo), String> {
    let (path, info) = look(function, arguments_json)?;
    let video = info.video;
    let video = video.ok_or_else(|| format!("`{}` has no video stream", path.display()))?;
    Ok((path, video))
}

/// An error and its causes, one behind the other.
fn chain(error: impl Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        text = format!("{text}: {cause}");
        source = cause.source();
    }
    text
}

fn concatenate(files: &[PathBuf], output: &Path) -> Result<(), String> {
    if is_wave(output) {
        join_waves(files, output)
    } else {
        join_files(files, output).map_err(chain).map(|_| ())
    }
}

fn is_wave(path: &Path) -> bool {
    path.extension()
        .is_some_and(|ending| ending.eq_ignore_ascii_case("wav"))
}

fn silence(path: &Path, seconds: f64) -> Result<(), String> {
    if !is_wave(path) {
        let shown = path.display();
        return Err(format!(
            "silence is written as WAV, and the name `{shown}` does not end in `.wav`"
        ));
    }
    if !(seconds.is_finite() && seconds >= 0.0) {
        return Err(format!("`{seconds}` is no number of seconds"));
    }
    let bytes = (seconds * f64::from(SAMPLE_RATE)).round() as u64 * 4;
    let write = || {
        let mut file = BufWriter::new(WholeFile::create(path)?);
        write_head(&mut file, &PLAIN, bytes)?;
        io::copy(&mut io::repeat(0).take(bytes), &mut file)?;
        file.into_inner()
            .map_err(|error| error.into_error())?
            .keep()
    };
    write().map_err(|error| unwritable(path, &error))
}

fn unwritable(path: &Path, error: &io::Error) -> String {
    format!("`{}` cannot be written: {error}", path.display())
}

/// The `fmt ` chunk of 16-bit stereo at 48 kHz.
const PLAIN: [u8; 16] = {
    let rate = SAMPLE_RATE.to_le_bytes();
    let bytes = (SAMPLE_RATE * 4).to_le_bytes();
    [
        1, 0, 2, 0, rate[0], rate[1], rate[2], rate[3], bytes[0], bytes[1], bytes[2], bytes[3], 4,
        0, 16, 0,
    ]
};

/// A WAV file at the beginning of its samples.
struct Wave {
    file: BufReader<File>,
    /// How the samples are stored: the `fmt ` chunk.
    format: Vec<u8>,
    /// Bytes of samples.
    length: u64,
}

fn open_wave(path: &Path) -> Result<Wave, String> {
    let shown = path.display();
    let unreadable = |error: io::Error| match error.kind() {
        io::ErrorKind::UnexpectedEof => format!("`{shown}` is not a WAV file, or is cut short"),
        io::ErrorKind::NotFound => format!("`{shown}` does not exist"),
        _ => format!("`{shown}` cannot be read: {error}"),
    };
    let file = File::open(path).map_err(unreadable)?;
    let size = file.metadata().map_err(unreadable)?.len();
    let mut file = BufReader::new(file);
    let mut head = [0; 12];
    file.read_exact(&mut head).map_err(unreadable)?;
    if &head[..4] != b"RIFF" || &head[8..] != b"WAVE" {
        return Err(format!("`{shown}` is not a WAV file"));
    }
    let mut format = Vec::new();
    loop {
        let mut head = [0; 8];
        file.read_exact(&mut head).map_err(unreadable)?;
        let length = u64::from(u32::from_le_bytes([head[4], head[5], head[6], head[7]]));
        match &head[..4] {
            b"data" => {
                // A file over 4 GiB cannot say its length and goes on to its end.
                let here = file.stream_position().map_err(unreadable)?;
                let length = length.min(size.saturating_sub(here));
                return Ok(Wave {
                    file,
                    format,
                    length,
                });
            }
            b"fmt " if length <= 64 => {
                format = vec![0; length as usize];
                file.read_exact(&mut format).map_err(unreadable)?;
            }
            _ => {
                let skip = (length + length % 2) as i64;
                file.seek(SeekFrom::Current(skip)).map_err(unreadable)?;
            }
        }
    }
}

/// Puts WAV files of one kind one behind the other, sample for sample.
fn join_waves(files: &[PathBuf], output: &Path) -> Result<(), String> {
    let mut waves = Vec::new();
    for path in files {
        let wave = open_wave(path)?;
        if waves
            .first()
            .is_some_and(|first: &Wave| first.format != wave.format)
        {
            return Err(format!(
                "`{}` holds another kind of sound than `{}`",
                path.display(),
                files[0].display()
            ));
        }
        waves.push(wave);
    }
    let Some(first) = waves.first() else {
        return Err("there is no file to join".to_owned());
    };
    let (format, length) = (first.format.clone(), waves.iter().map(|it| it.length).sum());
    let write = || {
        let mut file = BufWriter::new(WholeFile::create(output)?);
        write_head(&mut file, &format, length)?;
        for wave in waves {
            io::copy(&mut wave.file.take(wave.length), &mut file)?;
        }
        file.into_inner()
            .map_err(|error| error.into_error())?
            .keep()
    };
    write().map_err(|error| unwritable(output, &error))
}

/// What stands before the samples. Sizes over 4 GiB are written as the largest possible.
fn write_head(file: &mut impl Write, format: &[u8], bytes: u64) -> io::Result<()> {
    let around = 20 + format.len() as u32;
    let bytes = u32::try_from(bytes)
        .unwrap_or(u32::MAX)
        .min(u32::MAX - around);
    file.write_all(b"RIFF")?;
    file.write_all(&(bytes + around).to_le_bytes())?;
    file.write_all(b"WAVEfmt ")?;
    file.write_all(&(format.len() as u32).to_le_bytes())?;
    file.write_all(format)?;
    file.write_all(b"data")?;
    file.write_all(&bytes.to_le_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waves_are_joined_sample_for_sample() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        let call = |function: &str, arguments: Value| media_tool(function, &arguments.to_string());
        call("createSilentAudioFile", json!([path("a.wav"), 0.25])).unwrap();
        let mut loud = std::fs::read(path("a.wav")).unwrap();
        assert_eq!(loud.len(), 44 + 12_000 * 4);
        loud[44..].fill(7);
        std::fs::write(path("b.wav"), &loud).unwrap();
        let files = json!([[path("a.wav"), path("b.wav"), path("a.wav")], path("c.wav")]);
        assert_eq!(call("concatenateMedia", files).as_deref(), Ok("null"));
        let joined = std::fs::read(path("c.wav")).unwrap();
        assert_eq!(joined.len(), 44 + 3 * 48_000);
        assert!(
            joined[44 + 48_000..44 + 96_000]
                .iter()
                .all(|byte| *byte == 7)
        );
        let seconds = call("getVideoDuration", json!([path("c.wav")]));
        assert_eq!(seconds.as_deref(), Ok("0.75"));
        let rate = call("getSampleRate", json!([path("c.wav")]));
        assert_eq!(rate.as_deref(), Ok("48000"));
    }

    #[test]
    fn what_is_wrong_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.wav");
        std::fs::write(&path, "RIFF").unwrap();
        for (function, arguments, wanted) in [
            ("concatenateMedia", json!([[path], path]), "cut short"),
            ("concatenateMedia", json!([[], path]), "no file to join"),
            ("concatenateMedia", json!([path]), "are not what it takes"),
            ("createSilentAudioFile", json!([path, -1]), "`-1`"),
            ("createSilentAudioFile", json!(["a.mp3", 1]), "`a.mp3`"),
            ("getVideoDimensions", json!(["none.mp4"]), "`none.mp4`"),
            ("generateAudio", json!([]), "`generateAudio`"),
        ] {
            let fault = media_tool(function, &arguments.to_string()).unwrap_err();
            assert!(fault.contains(wanted), "{fault}");
        }
    }
}
