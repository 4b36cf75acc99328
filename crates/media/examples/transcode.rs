//! Decodes a video, encodes it again in segments of 60 frames on some threads, and
//! joins them with the sound: all of the crate at work, and its speed.
//!
//! `cargo run --release -p kinora-media --example transcode -- IN.mp4 OUT.mp4 veryfast 300 2`

use std::{error::Error, path::Path, sync::mpsc, thread};

use kinora_media::{
    EncodedVideo, FilmWriter, Format, FrameSpec, Pixels, Quality, SoundReader, VideoEncoder,
    VideoReader, probe,
};

const SEGMENT: u64 = 60;

type Fault = Box<dyn Error + Send + Sync>;

fn main() -> Result<(), Fault> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [input, output, preset, frames, workers] = &arguments[..] else {
        return Err("usage: transcode IN OUT PRESET FRAMES WORKERS".into());
    };
    let (input, output) = (Path::new(input), Path::new(output));
    let (frames, workers): (u64, u64) = (frames.parse()?, workers.parse()?);
    let info = probe(input)?;
    let video = info.video.ok_or("no video")?;
    let frame_spec = FrameSpec {
        width: video.width,
        height: video.height,
        fps_num: 30,
        fps_den: 1,
        transparent: false,
    };
    let quality = Quality {
        preset: Some(preset.parse()?),
        ..Quality::default()
    };
    let format = Format::named("mp4", &quality)?;
    let format = match info.audio {
        Some(_) => format,
        None => format.silent(),
    };
    let settings = (format, frame_spec);

    let segments = frames.div_ceil(SEGMENT);
    thread::scope(|scope| -> Result<(), Fault> {
        let mut results = Vec::new();
        for worker in 0..workers {
            let (sender, receiver) = mpsc::sync_channel(1);
            results.push(receiver);
            let settings = &settings;
            scope.spawn(move || {
                let run = || -> Result<(), Fault> {
                    let mut reader = VideoReader::open(input)?;
                    for segment in (worker..segments).step_by(workers as usize) {
                        let range = segment * SEGMENT..((segment + 1) * SEGMENT).min(frames);
                        sender.send(Ok(encode(&mut reader, settings, range)?))?;
                    }
                    Ok(())
                };
                if let Err(fault) = run() {
                    // The receiver is gone only when the main thread has failed itself.
                    let _ = sender.send(Err(fault));
                }
            });
        }
        join(
            output,
            &settings,
            input,
            info.audio.is_some(),
            frames,
            |segment| results[(segment % workers) as usize].recv()?,
        )
    })
}

fn encode(
    reader: &mut VideoReader,
    settings: &(Format, FrameSpec),
    frames: std::ops::Range<u64>,
) -> Result<EncodedVideo, Fault> {
    let mut encoder =
        VideoEncoder::new(settings.0.video.as_ref().ok_or("no pictures")?, &settings.1)?;
    for n in frames {
        let frame = reader.frame_at(n as f64 / 30.0)?;
        let planes = frame.planes().ok_or("not planar")?;
        encoder.push(Pixels::yuv420(
            planes.y,
            planes.y_stride,
            planes.u,
            planes.v,
            planes.uv_stride,
        ))?;
    }
    Ok(encoder.finish()?)
}

fn join(
    output: &Path,
    settings: &(Format, FrameSpec),
    sound: &Path,
    has_sound: bool,
    frames: u64,
    mut segment: impl FnMut(u64) -> Result<EncodedVideo, Fault>,
) -> Result<(), Fault> {
    let first = segment(0)?;
    let mut writer = FilmWriter::create(output, &settings.0, &settings.1, &first.header)?;
    let mut reader = match has_sound {
        true => Some(SoundReader::open(sound, 1.0)?),
        false => None,
    };
    let mut samples = vec![0.0; SEGMENT as usize * 3200];
    let mut next = Some(first);
    for index in 0..frames.div_ceil(SEGMENT) {
        let encoded = match next.take() {
            Some(first) => first,
            None => segment(index)?,
        };
        writer.video(encoded.packets)?;
        if let Some(reader) = &mut reader {
            reader.read(index * SEGMENT * 1600, &mut samples)?;
            writer.audio(&samples)?;
        }
    }
    println!("{} bytes", writer.finish()?);
    Ok(())
}
