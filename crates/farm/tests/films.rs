//! Whole films made by hand: rendered, cached, stopped.

use std::{
    collections::HashMap,
    path::{Path, PathBuf},
    sync::Arc,
    time::{Duration, Instant},
};

use kinora_farm::{Cache, FarmError, Job, JobOptions, Progress, Report, RetryPolicy};
use kinora_film::{
    AssetId, Color, Drawing, FilmHeader, Fps, Geometry, Group, Node, Paint, Picture, PictureSource,
    Shape, Size, SoundCue, Volume,
    kurbo::{Affine, Rect},
};
use kinora_media::{FilmWriter, Format, Pixels, Preset, Quality, VideoEncoder, VideoReader};
use kinora_worker::{AssetStore, Content, ErrorKind, Recipe, StoreError, StoredAsset, frame_spec};

const SIZE: Size = Size::new(160, 90);

fn header() -> FilmHeader {
    FilmHeader {
        size: SIZE,
        fps: Fps::new(30.0).unwrap(),
        background: Color::BLACK,
    }
}

fn recipe() -> Recipe {
    let quality = Quality {
        preset: Some(Preset::Ultrafast),
        ..Quality::default()
    };
    Recipe::new(Format::named("mp4", &quality).unwrap())
}

#[derive(Default)]
struct Files(HashMap<AssetId, PathBuf>);

impl Files {
    fn with(paths: &[&Path]) -> (Arc<Self>, Vec<AssetId>) {
        let ids = paths
            .iter()
            .map(|path| AssetId::of(&std::fs::read(path).unwrap()));
        let ids: Vec<AssetId> = ids.collect();
        let files = ids
            .iter()
            .copied()
            .zip(paths.iter().map(|path| path.to_path_buf()));
        (Arc::new(Self(files.collect())), ids)
    }
}

impl AssetStore for Files {
    fn find(&self, id: AssetId) -> Result<StoredAsset, StoreError> {
        match self.0.get(&id) {
            Some(path) => Ok(StoredAsset {
                name: path.file_name().unwrap().to_string_lossy().into_owned(),
                content: Content::File(path.clone()),
            }),
            None => Err(StoreError {
                message: "it was never stored".to_owned(),
                passing: false,
            }),
        }
    }
}

/// A square that moves right, a pixel a frame, from frame `from` on.
fn moving(count: u64, from: u64) -> Vec<Drawing> {
    let rect = Geometry::Rect(Rect::new(0.0, 20.0, 30.0, 50.0));
    let square = Drawing::new(Node::Shape(Shape::filled(rect, Paint::Solid(Color::WHITE))));
    let moved = |frame: u64| {
        let x = frame.saturating_sub(from) as f64;
        let group = Group::new(Affine::translate((x, 0.0)), vec![square.clone()]);
        Drawing::new(Node::Group(group))
    };
    (0..count).map(moved).collect()
}

/// A clip over the whole frame, from second `start` on.
fn clip(id: AssetId, count: u64, start: f64) -> Vec<Drawing> {
    let picture = |frame: u64| {
        Drawing::new(Node::Picture(Picture {
            asset: id,
            source: PictureSource::Video {
                time: start + frame as f64 / 30.0,
            },
            rect: Rect::new(0.0, 0.0, 160.0, 90.0),
            opacity: 1.0,
            smoothing: true,
        }))
    };
    (0..count).map(picture).collect()
}

struct Studio {
    folder: tempfile::TempDir,
    store: Arc<Files>,
    cache: Option<Cache>,
    segment_frames: u64,
}

impl Studio {
    fn new() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
            store: Arc::default(),
            cache: None,
            segment_frames: 10,
        }
    }

    fn cached() -> Self {
        let mut studio = Self::new();
        let cache = Cache::open(&studio.path("cache"), 1 << 30).unwrap();
        studio.cache = Some(cache);
        studio
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn job(&self, name: &str, workers: usize, progress: &Arc<Progress>) -> Job {
        let options = JobOptions {
            output: self.path(name),
            header: header(),
            recipe: recipe(),
            segment_frames: self.segment_frames,
            workers,
            cache: self.cache.clone(),
            scratch: self.folder.path().to_owned(),
            retry: RetryPolicy::default(),
        };
        Job::start(options, self.store.clone(), progress.clone()).unwrap()
    }

    fn render(
        &self,
        name: &str,
        workers: usize,
        frames: &[Drawing],
        sounds: &[SoundCue],
    ) -> Result<Report, FarmError> {
        let mut job = self.job(name, workers, &Arc::default());
        for (number, drawing) in frames.iter().enumerate() {
            job.push(number as u64, drawing.clone())?;
        }
        job.finish(sounds.to_vec())
    }

    fn bytes(&self, name: &str) -> Vec<u8> {
        std::fs::read(self.path(name)).unwrap()
    }

    /// Makes a file whose frame `k` has the brightness `40 + 4k` and whose sound is a tone.
    fn make_clip(&self, name: &str, frames: u64) -> PathBuf {
        let path = self.path(name);
        let mut encoder = VideoEncoder::new(
            recipe().format.video.as_ref().unwrap(),
            &frame_spec(&header()),
        )
        .unwrap();
        let (width, height) = (SIZE.width as usize, SIZE.height as usize);
        let grey = vec![128; width * height / 4];
        for frame in 0..frames {
            let luma = vec![40 + 4 * frame as u8; width * height];
            encoder
                .push(Pixels::yuv420(&luma, width, &grey, &grey, width / 2))
                .unwrap();
        }
        let video = encoder.finish().unwrap();
        let mut writer = FilmWriter::create(
            &path,
            &recipe().format,
            &frame_spec(&header()),
            &video.header,
        )
        .unwrap();
        writer.video(video.packets).unwrap();
        let tone = |index: u64| (index as f32 / 48_000.0 * 440.0 * std::f32::consts::TAU).sin();
        let tone: Vec<f32> = (0..frames * 1600)
            .flat_map(|index| [tone(index) * 0.5; 2])
            .collect();
        writer.audio(&tone).unwrap();
        writer.finish().unwrap();
        path
    }

    fn names(&self) -> Vec<String> {
        let names = std::fs::read_dir(self.folder.path()).unwrap();
        let mut names: Vec<String> = names
            .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    }
}

#[test]
fn the_bytes_do_not_depend_on_the_number_of_workers() {
    let mut studio = Studio::new();
    let path = studio.make_clip("clip.mp4", 45);
    let (store, ids) = Files::with(&[&path]);
    studio.store = store;
    let mut frames = clip(ids[0], 43, 0.0);
    frames.extend(moving(50, 0));
    let cue = SoundCue {
        asset: ids[0],
        frames: 5..40,
        time: 0.1,
        from: 0.0,
        loops: None,
        rate: 1.0,
        keeps_pitch: true,
        volume: Volume::steady(0.8),
    };
    let mut all = Vec::new();
    for workers in [1, 2, 5] {
        let report = studio
            .render("film.mp4", workers, &frames, std::slice::from_ref(&cue))
            .unwrap();
        assert_eq!((report.frames, report.segments), (93, 10));
        assert!(report.timings.encode > Duration::ZERO);
        all.push(studio.bytes("film.mp4"));
        assert_eq!(all.last().map(Vec::len), Some(report.bytes as usize));
    }
    assert!(all.iter().all(|bytes| *bytes == all[0]));
    assert_eq!(studio.names(), ["clip.mp4", "film.mp4"]);
}

#[test]
fn each_frame_shows_its_frame_of_the_clip() {
    let mut studio = Studio::new();
    let path = studio.make_clip("clip.mp4", 45);
    let (store, ids) = Files::with(&[&path]);
    studio.store = store;
    studio
        .render("film.mp4", 2, &clip(ids[0], 30, 0.5), &[])
        .unwrap();
    let mut reader = VideoReader::open(&studio.path("film.mp4")).unwrap();
    for frame in 0..30 {
        let picture = reader.frame_at(frame as f64 / 30.0).unwrap();
        let luma = i32::from(picture.planes().unwrap().y[80 * 45]);
        let wanted = 40 + 4 * (frame + 15);
        assert!(
            (luma - wanted).abs() <= 1,
            "frame {frame}: {luma}, not {wanted}"
        );
    }
}

#[test]
fn only_what_changed_is_rendered_again() {
    let studio = Studio::cached();
    let first = studio.render("a.mp4", 2, &moving(60, 0), &[]).unwrap();
    assert_eq!((first.segments, first.cached_segments), (6, 0));
    let again = studio.render("b.mp4", 1, &moving(60, 0), &[]).unwrap();
    assert_eq!((again.segments, again.cached_segments), (6, 6));
    assert_eq!(studio.bytes("a.mp4"), studio.bytes("b.mp4"));

    let mut changed = moving(60, 0);
    changed[25] = changed[0].clone();
    let changed = studio.render("c.mp4", 2, &changed, &[]).unwrap();
    assert_eq!(changed.cached_segments, 5);
    assert_ne!(studio.bytes("a.mp4"), studio.bytes("c.mp4"));
}

#[test]
fn a_damaged_result_is_rendered_again() {
    let studio = Studio::cached();
    let report = studio.render("a.mp4", 2, &moving(30, 0), &[]).unwrap();
    let path = studio.path("cache").join(&report.keys[1]);
    let mut bytes = std::fs::read(&path).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    std::fs::write(&path, bytes).unwrap();
    studio.render("b.mp4", 2, &moving(30, 0), &[]).unwrap();
    assert_eq!(studio.bytes("a.mp4"), studio.bytes("b.mp4"));
}

#[test]
fn a_stopped_job_leaves_its_finished_segments_and_no_file() {
    let mut studio = Studio::cached();
    studio.segment_frames = 30;
    let frames = moving(3000, 0);
    let progress = Arc::new(Progress::default());
    let mut job = studio.job("film.mp4", 2, &progress);
    for (number, drawing) in frames.iter().enumerate() {
        job.push(number as u64, drawing.clone()).unwrap();
    }
    let stopper = progress.clone();
    let thread = std::thread::spawn(move || {
        while stopper.snapshot().segments_done < 3 {
            std::thread::sleep(Duration::from_millis(1));
        }
        stopper.cancel();
        Instant::now()
    });
    let error = job.finish(Vec::new()).unwrap_err();
    let stopped = thread.join().unwrap().elapsed();
    assert_eq!(error.kind(), ErrorKind::Cancelled);
    assert!(stopped < Duration::from_secs(1), "{stopped:?}");
    assert_eq!(studio.names(), ["cache"]);
    let kept = std::fs::read_dir(studio.path("cache")).unwrap().count();
    assert!(kept >= 3, "{kept}");
    let report = studio.render("film.mp4", 2, &frames, &[]).unwrap();
    assert_eq!(report.cached_segments, kept as u64);
}

#[test]
fn a_missing_or_broken_file_is_named() {
    let mut studio = Studio::new();
    let broken = studio.path("broken.mp4");
    std::fs::write(&broken, b"this is no video").unwrap();
    let (store, ids) = Files::with(&[&broken]);
    studio.store = store;
    let chain = |error: &dyn std::error::Error| {
        let mut text = vec![error.to_string()];
        let mut cause = error.source();
        while let Some(error) = cause {
            text.push(error.to_string());
            cause = error.source();
        }
        text
    };
    let error = studio
        .render("film.mp4", 2, &clip(ids[0], 20, 0.0), &[])
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Project);
    let text = chain(&error);
    assert!(text[0].starts_with("cannot render frames "), "{text:?}");
    assert!(
        text[1].starts_with("cannot decode `broken.mp4` at "),
        "{text:?}"
    );

    let absent = AssetId::of(b"absent");
    let error = studio
        .render("film.mp4", 1, &clip(absent, 20, 0.0), &[])
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Tool);
    assert_eq!(chain(&error)[2], "it was never stored");
    assert_eq!(studio.names(), ["broken.mp4"]);
}

#[test]
fn a_film_without_frames_and_an_output_that_cannot_be_are_refused() {
    let studio = Studio::new();
    let error = studio.render("film.mp4", 1, &[], &[]).unwrap_err();
    assert_eq!(error.to_string(), "the film has no frames");
    assert!(studio.names().is_empty());

    std::fs::write(studio.path("file"), b"").unwrap();
    let options = JobOptions {
        output: studio.path("file/film.mp4"),
        header: header(),
        recipe: recipe(),
        segment_frames: 10,
        workers: 1,
        cache: None,
        scratch: studio.folder.path().to_owned(),
        retry: RetryPolicy::default(),
    };
    let error = Job::start(options, studio.store.clone(), Arc::default())
        .err()
        .unwrap();
    assert!(error.to_string().starts_with("cannot make the folder `"));
}
