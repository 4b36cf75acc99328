//! Files that cannot be read on.

use std::{io, sync::Arc};

use kinora_film::{
    AssetId, Color, Drawing, FilmHeader, Fps, Node, OnMissing, Picture, PictureSource, Size,
    SoundCue, Volume, kurbo::Rect,
};
use kinora_media::{Blocks, ByteSource, FilmWriter, Format, Pixels, Preset, Quality, VideoEncoder};
use kinora_worker::{
    AssetStore, Content, DamagedFile, Recipe, SegmentRenderer, SoundMixer, StoreError, StoredAsset,
    WorkerError, frame_spec, mix_sound, render_frame_rgba,
};

const SIZE: Size = Size::new(160, 90);
const FRAMES: u64 = 60;

/// A server that goes away behind so many bytes of a file.
struct GoingAway {
    bytes: Vec<u8>,
    most: u64,
}

impl ByteSource for GoingAway {
    fn name(&self) -> &str {
        "far.mp4"
    }

    fn length(&self) -> u64 {
        self.bytes.len() as u64
    }

    fn read_at(&self, offset: u64, buffer: &mut [u8]) -> io::Result<()> {
        let end = offset as usize + buffer.len();
        if end as u64 > self.most {
            return Err(io::Error::other("the server is gone"));
        }
        buffer.copy_from_slice(&self.bytes[offset as usize..end]);
        Ok(())
    }
}

struct Far(Arc<Blocks>);

impl AssetStore for Far {
    fn find(&self, _: AssetId) -> Result<StoredAsset, StoreError> {
        Ok(StoredAsset {
            name: "far.mp4".to_owned(),
            content: Content::Blocks(self.0.clone()),
        })
    }
}

/// A film of noise, each frame of which is brighter, and whose sound is a steady value: large
/// enough to be read in several parts. Only about half of it can be read.
fn far() -> Far {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("film.mp4");
    let quality = Quality {
        preset: Some(Preset::Ultrafast),
        ..Quality::default()
    };
    let format = Format::named("mp4", &quality).unwrap();
    let header = FilmHeader {
        size: SIZE,
        fps: Fps::new(30.0).unwrap(),
        background: Color::BLACK,
    };
    let spec = frame_spec(&header);
    let mut encoder = VideoEncoder::new(format.video.as_ref().unwrap(), &spec).unwrap();
    let (width, height) = (SIZE.width as usize, SIZE.height as usize);
    let grey = vec![128; width * height / 4];
    let mut random = 1_u32;
    for frame in 0..FRAMES {
        let mut noise = || {
            random = random.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            40 + 2 * frame as u8 + (random >> 26) as u8
        };
        let luma: Vec<u8> = (0..width * height).map(|_| noise()).collect();
        let pixels = Pixels::yuv420(&luma, width, &grey, &grey, width / 2);
        encoder.push(pixels).unwrap();
    }
    let video = encoder.finish().unwrap();
    let mut writer = FilmWriter::create(&path, &format, &spec, &video.header).unwrap();
    writer.video(video.packets).unwrap();
    writer
        .audio(&vec![0.25; 2 * 1600 * FRAMES as usize])
        .unwrap();
    writer.finish().unwrap();
    let bytes = std::fs::read(path).unwrap();
    assert!(bytes.len() > 6 << 16, "{} bytes", bytes.len());
    let most = bytes.len() as u64 / 2;
    Far(Arc::new(Blocks::new(Box::new(GoingAway { bytes, most }))))
}

/// The frame that shows the film's frame of this number.
fn draw(renderer: &mut SegmentRenderer, store: &Far, frame: u64) -> Result<Vec<u8>, WorkerError> {
    let drawing = Drawing::new(Node::Picture(Picture {
        asset: AssetId::of(b"far"),
        source: PictureSource::Video {
            time: frame as f64 / 30.0,
        },
        rect: Rect::new(0.0, 0.0, 160.0, 90.0),
        opacity: 1.0,
        smoothing: true,
    }));
    let level = Recipe::new(Format::default()).level().unwrap();
    render_frame_rgba(renderer, &drawing, frame, SIZE, level, store).map(<[u8]>::to_vec)
}

#[test]
fn a_film_that_cannot_be_read_on_stands_still_or_is_black() {
    let store = far();
    let mut plain = SegmentRenderer::new();
    let good: Vec<Vec<u8>> = (0..FRAMES)
        .map_while(|frame| draw(&mut plain, &store, frame).ok())
        .collect();
    let count = good.len() as u64;
    assert!((10..50).contains(&count), "{count} frames can be read");
    let fault = draw(&mut SegmentRenderer::new(), &store, FRAMES - 1).unwrap_err();
    assert!(fault.to_string().contains("`far.mp4`"), "{fault}");

    let holding = || SegmentRenderer::new().on_missing(OnMissing::Hold);
    let mut through = holding();
    let held = draw(&mut holding(), &store, FRAMES - 1).unwrap();
    assert!(good.contains(&held), "it is one of those that can be read");
    for frame in 0..FRAMES {
        let drawn = draw(&mut through, &store, frame).unwrap();
        match good.get(frame as usize) {
            Some(good) => assert!(drawn == *good, "frame {frame}"),
            None => assert!(drawn == held, "frame {frame}"),
        }
    }
    // Going back it is read as ever.
    assert!(draw(&mut through, &store, 3).unwrap() == good[3]);

    let mut black = SegmentRenderer::new().on_missing(OnMissing::Black);
    assert!(draw(&mut black, &store, 3).unwrap() == good[3]);
    let drawn = draw(&mut black, &store, FRAMES - 1).unwrap();
    assert!(
        drawn
            .as_chunks::<4>()
            .0
            .iter()
            .all(|pixel| *pixel == [0, 0, 0, 255])
    );
}

#[test]
fn a_sound_that_cannot_be_read_on_is_silent() {
    let store = far();
    let fps = Fps::new(30.0).unwrap();
    let cue = SoundCue {
        asset: AssetId::of(b"far"),
        frames: 0..FRAMES,
        time: 0.0,
        from: 0.0,
        loops: None,
        rate: 1.0,
        keeps_pitch: true,
        volume: Volume::steady(1.0),
    };
    let cues = [cue];
    let mix = |mixer: &mut SoundMixer| -> Result<Vec<i16>, WorkerError> {
        let mut whole = Vec::new();
        for frame in 0..FRAMES {
            let range = frame * 1600..(frame + 1) * 1600;
            whole.extend(mix_sound(&cues, fps, range, &store, mixer)?);
        }
        Ok(whole)
    };
    assert!(mix(&mut SoundMixer::new()).is_err());
    let mut mixer = SoundMixer::new().on_missing(OnMissing::Hold);
    let sound = mix(&mut mixer).unwrap();
    assert!(
        sound[2 * 4800..2 * 9600]
            .iter()
            .all(|sample| *sample > 7000)
    );
    assert!(
        sound[sound.len() - 9600..]
            .iter()
            .all(|sample| *sample == 0)
    );
    let [DamagedFile { name, damage, lost }] = mixer.damaged() else {
        panic!("{:?}", mixer.damaged());
    };
    assert_eq!(name, "far.mp4");
    assert!((0.2..1.8).contains(&damage.time), "{damage:?}");
    let lost = lost.as_ref().unwrap();
    assert!(lost.ends_with("the server is gone"), "{lost}");
}
