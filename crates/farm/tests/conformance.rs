//! The common checks on threads and in simulated time.

use std::{
    collections::HashMap,
    fs,
    path::{Path, PathBuf},
    sync::{Arc, Mutex},
    time::Duration,
};

use kinora_farm::{
    Cache, DispatchAction, DispatchEvent, DispatchPolicy, Dispatcher, FarmError, Job, JobOptions,
    Progress, RetryPolicy, Run,
    conformance::{ATTEMPTS, Backend, Ending, SEGMENTS, Trouble, WORKERS, check},
};
use kinora_film::{
    AssetId, Color, Drawing, FilmHeader, Fps, Node, Picture, PictureSource, Size, kurbo::Rect,
};
use kinora_media::{FilmWriter, Format, Pixels, Preset, Quality, VideoEncoder};
use kinora_worker::{AssetStore, Content, Recipe, StoreError, StoredAsset, frame_spec};

const SIZE: Size = Size::new(32, 32);
const FRAMES: u64 = 5;

fn recipe() -> Recipe {
    let quality = Quality {
        preset: Some(Preset::Ultrafast),
        ..Quality::default()
    };
    Recipe::new(Format::named("mp4", &quality).unwrap())
}

fn header() -> FilmHeader {
    FilmHeader {
        size: SIZE,
        fps: Fps::new(30.0).unwrap(),
        background: Color::BLACK,
    }
}

/// Threads of this process; each segment shows a clip of its own, so what happens to a
/// segment is arranged by what the store does when its clip is asked for.
struct Threads {
    folder: tempfile::TempDir,
    clips: Vec<(AssetId, PathBuf)>,
}

impl Threads {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let clip = |segment| {
            let path = folder.path().join(format!("{segment}.mp4"));
            make_clip(&path, 40 * segment as u8 + 40);
            (AssetId::of(&fs::read(&path).unwrap()), path)
        };
        let clips = (0..SEGMENTS).map(clip).collect();
        Self { folder, clips }
    }

    fn output(&self) -> PathBuf {
        self.folder.path().join("film.mp4")
    }

    /// Renders the film; how it ended, and the names of its results in the cache.
    fn render(&self, store: &Arc<Store>, cache: &Cache, cancel: bool) -> (Ending, Vec<String>) {
        let progress = Arc::new(Progress::default());
        let options = JobOptions {
            output: self.output(),
            header: header(),
            recipe: recipe().silent(),
            segment_frames: FRAMES,
            workers: WORKERS,
            cache: Some(cache.clone()),
            scratch: self.folder.path().to_owned(),
            retry: RetryPolicy {
                attempts: ATTEMPTS,
                backoff: Duration::from_millis(5),
            },
        };
        let done = || {
            let mut job = Job::start(options, store.clone(), progress.clone())?;
            for frame in 0..SEGMENTS * FRAMES {
                let (asset, _) = self.clips[(frame / FRAMES) as usize];
                job.push(frame, picture(asset, frame % FRAMES))?;
            }
            if cancel {
                progress.cancel();
            }
            job.finish(Vec::new())
        };
        match done() {
            Ok(report) => (Ending::Film(fs::read(self.output()).unwrap()), report.keys),
            Err(FarmError::Cancelled) => (Ending::Cancelled, Vec::new()),
            Err(error) => (Ending::Failed(error.to_string()), Vec::new()),
        }
    }
}

fn make_clip(path: &Path, brightness: u8) {
    let mut encoder = VideoEncoder::new(
        recipe().format.video.as_ref().unwrap(),
        &frame_spec(&header()),
    )
    .unwrap();
    let (luma, grey) = (vec![brightness; 32 * 32], vec![128; 16 * 16]);
    for _ in 0..FRAMES {
        encoder
            .push(Pixels::yuv420(&luma, 32, &grey, &grey, 16))
            .unwrap();
    }
    let video = encoder.finish().unwrap();
    let mut writer = FilmWriter::create(
        path,
        &recipe().format.silent(),
        &frame_spec(&header()),
        &video.header,
    )
    .unwrap();
    writer.video(video.packets).unwrap();
    writer.finish().unwrap();
}

fn picture(asset: AssetId, frame: u64) -> Drawing {
    Drawing::new(Node::Picture(Picture {
        asset,
        source: PictureSource::Video {
            time: frame as f64 / 30.0,
        },
        rect: Rect::new(0.0, 0.0, 32.0, 32.0),
        opacity: 1.0,
        smoothing: true,
    }))
}

/// Gives the clips, and makes the trouble.
struct Store {
    clips: HashMap<AssetId, (u64, PathBuf)>,
    trouble: Trouble,
    asked: Mutex<Vec<u32>>,
    given: Mutex<Vec<u32>>,
}

impl AssetStore for Store {
    fn find(&self, id: AssetId) -> Result<StoredAsset, StoreError> {
        let (segment, path) = &self.clips[&id];
        let time = {
            let asked = &mut self.asked.lock().unwrap()[*segment as usize];
            *asked += 1;
            *asked
        };
        let fail = |passing| {
            let message = "it is not there".to_owned();
            Err(StoreError { message, passing })
        };
        match &self.trouble {
            Trouble::Passing { segment: at, times } if at == segment && time <= *times => {
                return fail(true);
            }
            Trouble::Lasting { segment: at } if at == segment => return fail(false),
            Trouble::Lost { segment: at } if at == segment && time == 1 => {
                panic!("the worker is lost")
            }
            Trouble::Slow { segment: at } if at == segment => {
                std::thread::sleep(Duration::from_millis(300));
            }
            _ => {}
        }
        self.given.lock().unwrap()[*segment as usize] += 1;
        Ok(StoredAsset {
            name: "clip".to_owned(),
            content: Content::File(path.clone()),
        })
    }
}

impl Backend for Threads {
    fn segment_frames(&self) -> u64 {
        FRAMES
    }

    fn run(&mut self, trouble: &Trouble) -> Option<(Ending, Option<Vec<u32>>)> {
        if matches!(trouble, Trouble::Twice { .. }) {
            return None;
        }
        let clips = self.clips.iter().enumerate();
        let clips = clips.map(|(segment, (id, path))| (*id, (segment as u64, path.clone())));
        let store = |trouble: &Trouble| {
            Arc::new(Store {
                clips: clips.clone().collect(),
                trouble: trouble.clone(),
                asked: Mutex::new(vec![0; SEGMENTS as usize]),
                given: Mutex::new(vec![0; SEGMENTS as usize]),
            })
        };
        let folder = tempfile::tempdir().unwrap();
        let cache = Cache::open(folder.path(), u64::MAX).unwrap();
        if let Trouble::Damaged { segment: at } | Trouble::Standing { but: at } = trouble {
            let (_, keys) = self.render(&store(&Trouble::None), &cache, false);
            let result = cache.path(&keys[*at as usize]);
            match trouble {
                Trouble::Damaged { .. } => fs::write(result, "damaged").unwrap(),
                _ => fs::remove_file(result).unwrap(),
            }
        }
        let _ = fs::remove_file(self.output());
        let store = store(trouble);
        let (ending, _) = self.render(&store, &cache, *trouble == Trouble::Cancelled);
        let given = store.given.lock().unwrap().clone();
        Some((ending, Some(given)))
    }

    fn film_stands(&self) -> bool {
        self.output().exists()
    }
}

#[test]
fn threads_do_as_every_backend_does() {
    assert_eq!(check(&mut Threads::new()), 10);
}

/// Far workers in simulated time: the film is the list of its segments.
#[derive(Default)]
struct Simulated {
    stands: bool,
}

impl Backend for Simulated {
    fn segment_frames(&self) -> u64 {
        FRAMES
    }

    fn run(&mut self, trouble: &Trouble) -> Option<(Ending, Option<Vec<u32>>)> {
        self.stands = false;
        let runs = (0..SEGMENTS).map(|segment| Run {
            segments: segment..segment + 1,
            cost: 1,
        });
        let policy = DispatchPolicy {
            attempts: ATTEMPTS,
            ..DispatchPolicy::default()
        };
        let mut dispatcher = Dispatcher::new(runs.collect(), policy);
        let mut now = Duration::ZERO;
        let mut renders = vec![0; SEGMENTS as usize];
        let mut tries = vec![0; SEGMENTS as usize];
        let mut damaged = None;
        match trouble {
            Trouble::Cancelled => return Some((Ending::Cancelled, None)),
            Trouble::Standing { but } => {
                for segment in (0..SEGMENTS).filter(|segment| segment != but) {
                    dispatcher.handle(DispatchEvent::Standing { segment }, now);
                }
            }
            Trouble::Damaged { segment } => {
                (0..SEGMENTS).for_each(|segment| {
                    dispatcher.handle(DispatchEvent::Standing { segment }, now)
                });
                damaged = Some(*segment);
            }
            _ => {}
        }
        let mut slow = Vec::new();
        for _ in 0..1000 {
            match dispatcher.poll(now) {
                DispatchAction::Call {
                    attempt, segments, ..
                } => {
                    let segment = segments[0];
                    let time = &mut tries[segment as usize];
                    *time += 1;
                    let failed = match trouble {
                        Trouble::Passing { segment: at, times }
                            if *at == segment && *time <= *times =>
                        {
                            Some(true)
                        }
                        Trouble::Lasting { segment: at } if *at == segment => Some(false),
                        Trouble::Lost { segment: at } | Trouble::Slow { segment: at }
                            if *at == segment && *time == 1 =>
                        {
                            slow.push((attempt, segment));
                            continue;
                        }
                        _ => None,
                    };
                    if let Some(retriable) = failed {
                        dispatcher.handle(DispatchEvent::Failed { attempt, retriable }, now);
                        continue;
                    }
                    now += Duration::from_secs(1);
                    renders[segment as usize] += 1;
                    let answer = DispatchEvent::Answered {
                        attempt,
                        left: Vec::new(),
                    };
                    dispatcher.handle(answer.clone(), now);
                    if matches!(trouble, Trouble::Twice { segment: at } if *at == segment) {
                        dispatcher.handle(answer, now);
                    }
                }
                DispatchAction::Wait { until: Some(until) } => now = until,
                DispatchAction::Wait { until: None } => {
                    panic!("nothing will ever happen: {trouble:?}")
                }
                DispatchAction::Finished => match damaged.take() {
                    Some(segment) => dispatcher.handle(DispatchEvent::Gone { segment }, now),
                    None => {
                        // What a slow worker still has to say changes nothing.
                        for (attempt, _) in slow {
                            dispatcher.handle(
                                DispatchEvent::Answered {
                                    attempt,
                                    left: Vec::new(),
                                },
                                now,
                            );
                        }
                        assert_eq!(dispatcher.poll(now), DispatchAction::Finished);
                        self.stands = true;
                        let film = (0..SEGMENTS as u8).collect();
                        return Some((Ending::Film(film), Some(renders)));
                    }
                },
                DispatchAction::Failed { run, .. } => {
                    let (from, to) = (run as u64 * FRAMES, (run as u64 + 1) * FRAMES);
                    return Some((
                        Ending::Failed(format!("frames {from}..{to}")),
                        Some(renders),
                    ));
                }
                DispatchAction::OutOfTime => panic!("there is no deadline"),
            }
        }
        panic!("the job never ends: {trouble:?}");
    }

    fn film_stands(&self) -> bool {
        self.stands
    }
}

#[test]
fn simulated_workers_do_as_every_backend_does() {
    assert_eq!(check(&mut Simulated::default()), 11);
}
