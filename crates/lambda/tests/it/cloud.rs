//! An emulator with the real function and a project, and a local render to compare with.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

use kinora_emulator::{Emulator, EmulatorOptions, FunctionOptions, Limits};
use kinora_farm::Progress;
use kinora_lambda::{
    Account, Aim, Bucket, Called, Caller, CloudJob, Coordinator, Fault, JobReport, LambdaFunction,
    Output, Terms,
};
use kinora_media::{
    FilmWriter, Format, FrameSpec, Pixels, Png, Preset, Quality, VideoCodec, VideoEncoder,
    encode_still,
};
use kinora_project::{Access, Bundle, CacheFolder, Voice};
use kinora_script::ScriptOptions;
use kinora_session::{RecordOrder, RenderOrder, Session, Surroundings};
use kinora_worker::Recipe;
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::runtime::Runtime;

/// The name of the bucket.
pub const BUCKET: &str = "films";

/// A clip with a tone under a text that grows, with a box that moves.
const PROJECT: &str = r#"
import {Rect, Txt, Video, makeScene2D} from '@revideo/2d';
import {all, createRef, makeProject, useScene, waitFor} from '@revideo/core';

const scene = makeScene2D('scene', function* (view) {
  const seconds = useScene().variables.get('seconds', 6)();
  const message = useScene().variables.get('message', 'Hello');
  const box = createRef<Rect>();
  const text = createRef<Txt>();
  yield view.add(<>
    <Video src={'/clip.mp4'} size={['100%', '100%']} play={true} />
    <Rect ref={box} size={60} x={-100} fill={'#e13238'} radius={8} />
    <Txt ref={text} fontSize={20} fill={'white'} text={message} />
  </>);
  yield* all(box().x(100, seconds / 2), text().fontSize(40, seconds / 2));
  yield* waitFor(seconds / 2);
});

export default makeProject({scenes: [scene], settings: {shared: {size: {x: 320, y: 180}}}});
"#;

/// A folder with a project.
pub struct Studio {
    folder: TempDir,
}

impl Studio {
    pub fn new() -> Self {
        let studio = Self {
            // Not below /tmp, of which a sandbox may have its own.
            folder: tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap(),
        };
        fs::create_dir_all(studio.root().join("src")).unwrap();
        fs::create_dir_all(studio.root().join("public")).unwrap();
        studio.write("src/project.tsx", PROJECT);
        studio.make_clip("clip.mp4", (160, 90), 120);
        studio
    }

    /// Makes `public/NAME`, a film of so many frames.
    pub fn make_clip(&self, name: &str, size: (u32, u32), frames: u64) {
        make_clip(&self.root().join("public").join(name), size, frames);
    }

    pub fn root(&self) -> &Path {
        self.folder.path()
    }

    pub fn write(&self, name: &str, text: &str) {
        fs::write(self.root().join(name), text).unwrap();
    }

    /// The project as one process renders it.
    pub fn render(&self, variables: Value, preset: Option<Preset>) -> Vec<u8> {
        self.render_by(variables, recipe(preset))
    }

    /// The same by default settings, by which videos that are shown as they are are copied.
    pub fn copied(&self) -> Vec<u8> {
        let recipe = Recipe {
            copy: true,
            ..recipe(None)
        };
        self.render_by(Value::Null, recipe)
    }

    fn render_by(&self, variables: Value, recipe: Recipe) -> Vec<u8> {
        let output = self.root().join("local.mp4");
        let order = RenderOrder {
            workers: 1,
            keep: false,
            ..RenderOrder::new(&output, recipe)
        };
        self.session(variables, 1.0, Arc::default())
            .render(&order)
            .unwrap();
        fs::read(output).unwrap()
    }

    /// The project, opened.
    fn session(&self, variables: Value, scale: f64, progress: Arc<Progress>) -> Session {
        let script = ScriptOptions {
            root: self.root().to_owned(),
            variables: Some(variables).filter(|variables| !variables.is_null()),
            scale: Some(scale),
            ..ScriptOptions::new(self.root().join("src/project.tsx"))
        };
        let surroundings = Surroundings {
            access: Access::default(),
            cache: CacheFolder::temporary().unwrap(),
            voice: Arc::new(Silent),
            progress,
            scratch: std::env::temp_dir(),
        };
        Session::open(script, surroundings)
    }

    /// What [`Cloud::make`] made.
    pub fn film(&self) -> Vec<u8> {
        fs::read(self.root().join("cloud.mp4")).unwrap()
    }

    /// The project as a bundle.
    pub fn bundle(&self) -> Bundle {
        let session = self.session(Value::Null, 1.0, Arc::default());
        let recording = session.look().unwrap();
        Bundle::of(session.script(), &recording, session.library()).unwrap()
    }
}

/// The bytes of a picture of one colour.
pub fn picture(width: u32, height: u32) -> Vec<u8> {
    let pixels = [40, 90, 200, 255].repeat((width * height) as usize);
    let codec = VideoCodec::Png(Png::default());
    encode_still(&codec, width, height, &pixels).unwrap()
}

fn recipe(preset: Option<Preset>) -> Recipe {
    let quality = Quality {
        preset,
        ..Quality::default()
    };
    Recipe::new(Format::named("mp4", &quality).unwrap())
}

struct Silent;

impl Voice for Silent {
    fn say(&self, _: &str) {}
}

/// A clip whose frames brighten, with a tone.
fn make_clip(path: &Path, (width, height): (u32, u32), frames: u64) {
    let quality = Quality {
        preset: Some(Preset::Ultrafast),
        ..Quality::default()
    };
    let format = Format::named("mp4", &quality).unwrap();
    let frame_spec = FrameSpec {
        width,
        height,
        fps_num: 30,
        fps_den: 1,
        transparent: false,
    };
    let mut encoder = VideoEncoder::new(format.video.as_ref().unwrap(), &frame_spec).unwrap();
    let (row, rows) = (width as usize, height as usize);
    let grey = vec![128; row / 2 * (rows / 2)];
    for frame in 0..frames {
        let luma = vec![40 + frame as u8; row * rows];
        encoder
            .push(Pixels::yuv420(&luma, row, &grey, &grey, row / 2))
            .unwrap();
    }
    let video = encoder.finish().unwrap();
    let mut writer = FilmWriter::create(path, &format, &frame_spec, &video.header).unwrap();
    writer.video(video.packets).unwrap();
    let tone = |index: u64| (index as f32 / 48_000.0 * 440.0 * std::f32::consts::TAU).sin();
    let samples = 0..frames * 1600;
    let tone: Vec<f32> = samples.flat_map(|index| [tone(index) * 0.5; 2]).collect();
    writer.audio(&tone).unwrap();
    writer.finish().unwrap();
}

/// An emulator in which the studio's project is part of the function.
pub struct Cloud {
    pub emulator: Emulator,
    pub bucket: Bucket,
    pub account: Account,
    runtime: Runtime,
}

/// The options of an emulator for this studio; no limits are enforced.
pub fn options(studio: &Studio) -> EmulatorOptions {
    let env = [
        ("REVIDEO_BUCKET_NAME".to_owned(), BUCKET.to_owned()),
        (
            "KINORA_PROJECT".to_owned(),
            studio.root().join("src/project.tsx").display().to_string(),
        ),
    ];
    EmulatorOptions {
        function: FunctionOptions {
            command: PathBuf::from(env!("CARGO_BIN_EXE_kinora-lambda")),
            env: env.into_iter().collect(),
            ..FunctionOptions::default()
        },
        concurrency: 40,
        buckets: vec![kinora_emulator::Bucket::new(BUCKET)],
        limits: Limits::OFF,
        ..EmulatorOptions::default()
    }
}

impl Cloud {
    pub fn start(options: EmulatorOptions) -> Self {
        let (access, secret) = options.credentials.clone();
        let region = options.region.clone();
        let emulator = Emulator::start(options).unwrap();
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .unwrap();
        let (lambda, s3) = (
            emulator.endpoints().lambda_url(),
            emulator.endpoints().s3_url(),
        );
        let keys = (access.as_str(), secret.as_str());
        let account = runtime.block_on(Account::given(keys, &region, &lambda, &s3));
        let bucket = Bucket::open(&account, BUCKET).unwrap();
        Self {
            emulator,
            bucket,
            account,
            runtime,
        }
    }

    /// Calls the function and waits for its answer.
    pub fn call(&self, event: Value) -> Value {
        let function = LambdaFunction::new(&self.account, "kinora", None);
        match self.runtime.block_on(function.call(&event)) {
            Called::Answered(answer, _) => answer,
            other => panic!("{other:?}"),
        }
    }

    /// Calls the function; the answer's status and body, which are as the schema has them.
    pub fn ask(&self, event: Value) -> (u64, Value) {
        let kind = event["jobType"].as_str().unwrap_or("fullRender");
        let kind = if event["dryRun"] == true {
            "dryRun"
        } else {
            kind
        }
        .to_owned();
        let planned = event["planned"].is_object();
        let answer = self.call(event);
        let body = answer["body"].as_str().unwrap();
        let (status, body) = (
            answer["statusCode"].as_u64().unwrap(),
            serde_json::from_str(body).unwrap(),
        );
        if !planned {
            check_answer(if status == 200 { &kind } else { "error" }, &body);
        }
        (status, body)
    }

    /// Renders the project by so many workers; the answer's body.
    pub fn render(&self, job: &str, workers: u64, variables: Value) -> Value {
        let (status, body) = self.ask(json!({
            "jobType": "fullRender", "jobId": job, "numWorkers": workers, "variables": variables,
        }));
        assert_eq!(status, 200, "{body:#}");
        body
    }

    pub fn get(&self, key: &str) -> Option<Vec<u8>> {
        let found = self.runtime.block_on(self.bucket.get(key)).unwrap();
        found.map(|bytes| bytes.to_vec())
    }

    pub fn put(&self, key: &str, bytes: Vec<u8>) {
        self.runtime.block_on(self.bucket.put(key, bytes)).unwrap();
    }

    /// All keys that begin with this folder's.
    pub fn keys(&self, folder: &str) -> Vec<String> {
        let found = self.runtime.block_on(self.bucket.list(folder)).unwrap();
        let mut keys: Vec<String> = found.into_iter().map(|(key, _)| key).collect();
        keys.sort();
        keys
    }

    /// An object in a file of its own.
    pub fn save(&self, key: &str) -> tempfile::NamedTempFile {
        let file = tempfile::NamedTempFile::with_suffix(".mp4").unwrap();
        fs::write(file.path(), self.get(key).unwrap()).unwrap();
        file
    }

    pub fn remove(&self, keys: &[&str]) {
        let keys = keys.iter().map(|key| (*key).to_owned()).collect();
        self.runtime.block_on(self.bucket.delete(keys)).unwrap();
    }

    pub fn upload(&self, key: &str, bundle: &Bundle) -> (u64, u64) {
        self.runtime
            .block_on(kinora_lambda::upload(&self.bucket, key, bundle))
            .unwrap()
    }

    /// Waits until an object of JSON is as it is wanted.
    pub fn wait_for(&self, key: &str, wanted: impl Fn(&Value) -> bool) -> Value {
        for _ in 0..600 {
            if let Some(bytes) = self.get(key) {
                let value = serde_json::from_slice(&bytes).unwrap();
                if wanted(&value) {
                    return value;
                }
            }
            std::thread::sleep(std::time::Duration::from_millis(50));
        }
        panic!("`{key}` is not as it is wanted");
    }

    /// Makes the studio's film with a coordinator of this process.
    pub fn make(
        &self,
        studio: &Studio,
        id: &str,
        workers: usize,
        variables: Value,
    ) -> Result<JobReport, Fault> {
        let progress = Arc::new(Progress::default());
        self.lead(studio, id, workers, variables, (None, 1.0), progress)
    }

    /// The same with a preset and pixels that make much work; the progress stops it.
    pub fn make_slowly(
        &self,
        studio: &Studio,
        id: &str,
        workers: usize,
        variables: Value,
        progress: Arc<Progress>,
    ) -> Result<JobReport, Fault> {
        self.lead(
            studio,
            id,
            workers,
            variables,
            (Some(Preset::Veryslow), 2.0),
            progress,
        )
    }

    fn lead(
        &self,
        studio: &Studio,
        id: &str,
        workers: usize,
        variables: Value,
        (preset, scale): (Option<Preset>, f64),
        progress: Arc<Progress>,
    ) -> Result<JobReport, Fault> {
        let coordinator = Coordinator {
            bucket: self.bucket.clone(),
            caller: Arc::new(LambdaFunction::new(&self.account, "kinora", None)),
            session: studio.session(variables.clone(), scale, progress),
        };
        let job = CloudJob {
            id: id.to_owned(),
            record: RecordOrder::new(recipe(preset)),
            aim: Aim::workers(workers as u64),
            faster: Vec::new(),
            terms: Terms::default(),
            attempts: 3,
            keep_parts: false,
            copy_sources: false,
            input: variables.to_string(),
            output: Output::File(studio.root().join("cloud.mp4")),
            stream: None,
            deadline: None,
            now_ms: None,
            known: None,
        };
        self.runtime.block_on(coordinator.make(job))
    }
}

/// Holds an answer's body against the published schema: it has all that it must have, and
/// nothing that is not told there.
fn check_answer(kind: &str, body: &Value) {
    let schema: Value = serde_json::from_str(kinora_lambda::SCHEMA).unwrap();
    let mut form = &schema["answers"][kind];
    if let Some(reference) = form["$ref"].as_str() {
        form = schema.pointer(&reference[1..]).unwrap();
    }
    for name in form["required"].as_array().unwrap() {
        let name = name.as_str().unwrap();
        assert!(body.get(name).is_some(), "{kind} has no `{name}`: {body:#}");
    }
    for name in body.as_object().unwrap().keys() {
        let told = form["properties"].get(name);
        assert!(told.is_some(), "`{name}` of {kind} is not in the schema");
    }
}

/// The head and the body of the next request, which is answered with 200.
pub fn hear(listener: &std::net::TcpListener) -> (String, String) {
    use std::io::{BufRead as _, BufReader, Read as _, Write as _};
    let (stream, _) = listener.accept().unwrap();
    let mut reader = BufReader::new(stream);
    let mut length = 0;
    let mut head = String::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).unwrap();
        if let Some(text) = line.to_ascii_lowercase().strip_prefix("content-length:") {
            length = text.trim().parse().unwrap();
        }
        if line.trim().is_empty() {
            break;
        }
        head.push_str(&line.to_ascii_lowercase());
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).unwrap();
    reader
        .get_mut()
        .write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n")
        .unwrap();
    (head, String::from_utf8(body).unwrap())
}
