//! A project in a temporary folder and a host that grants what tests need.
#![allow(dead_code)] // each test file uses its own part

use std::{
    cell::RefCell,
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    rc::Rc,
    sync::mpsc::Sender,
    time::{Duration, Instant},
};

use kinora_film::{AssetId, AssetKind, Drawing, FilmHeader};
use kinora_script::{
    FilmSink, Host, HostAsset, Limits, LogLevel, Recording, ScriptError, ScriptOptions,
    ScriptRequest, ScriptResponse, Watch, record, run_module, run_runtime_test,
};
use kinora_stage::{FontSource, NoFonts};

/// A folder with files, removed at the end.
pub struct Project {
    folder: tempfile::TempDir,
}

impl Project {
    /// Files by their paths below the project's root.
    pub fn new(files: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        for (path, text) in files {
            let path = folder.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        Self { folder }
    }

    pub fn root(&self) -> PathBuf {
        fs::canonicalize(self.folder.path()).unwrap()
    }

    /// Runs a file; what it logged, line by line.
    pub fn run(&self, file: &str) -> Result<Vec<String>, ScriptError> {
        let (logged, done) = self.run_logged(file);
        done.map(|()| logged)
    }

    /// Runs a file; what it logged and how it ended.
    pub fn run_logged(&self, file: &str) -> (Vec<String>, Result<(), ScriptError>) {
        let host = TestHost::default();
        let logged = host.logged.clone();
        let root = self.root();
        let done = run_module(
            &root.join(file),
            &root,
            Box::new(host),
            &Limits::default(),
            &[],
        );
        let lines = logged.borrow().clone();
        (lines, done)
    }

    /// Runs a test of the runtime; what it logged and how it ended.
    pub fn run_test(&self, file: &str) -> (Vec<String>, Result<(), ScriptError>) {
        let host = TestHost::default();
        let logged = host.logged.clone();
        let root = self.root();
        let done = run_runtime_test(&root.join(file), &root, Box::new(host));
        let lines = logged.borrow().clone();
        (lines, done)
    }

    /// Why a file does not run, with the folder's path taken out.
    pub fn fault(&self, file: &str) -> String {
        match self.run(file) {
            Ok(lines) => panic!("it ran and logged {lines:?}"),
            Err(error) => self.relative(&error),
        }
    }

    pub fn relative(&self, error: &ScriptError) -> String {
        self.without_root(&error.to_string())
    }

    fn without_root(&self, text: &str) -> String {
        text.replace(&format!("{}/", self.root().display()), "")
    }

    pub fn options(&self, file: &str) -> ScriptOptions {
        let root = self.root();
        ScriptOptions {
            root: root.clone(),
            ..ScriptOptions::new(root.join(file))
        }
    }

    /// Records a project with `change`d options.
    pub fn record(
        &self,
        file: &str,
        change: impl FnOnce(&mut ScriptOptions),
    ) -> Result<(Recording, Film), ScriptError> {
        let mut options = self.options(file);
        change(&mut options);
        let mut film = Film::default();
        let recorded = record(&options, Box::new(TestHost::default()), &mut film)?;
        Ok((recorded.recording, film))
    }

    /// Records `src/project.tsx`; what it logged and why it could not be recorded.
    pub fn record_logged(&self) -> (Vec<String>, Result<Film, String>) {
        let host = TestHost::default();
        let logged = host.logged.clone();
        let mut film = Film::default();
        let done = record(&self.options("src/project.tsx"), Box::new(host), &mut film);
        let lines = logged.borrow();
        let lines = lines.iter().map(|line| self.without_root(line));
        (
            lines.collect(),
            done.map(|_| film).map_err(|error| self.relative(&error)),
        )
    }

    /// Why a project cannot be recorded.
    pub fn record_fault(&self, file: &str, change: impl FnOnce(&mut ScriptOptions)) -> String {
        match self.record(file, change) {
            Ok((recording, _)) => panic!("it was recorded: {:?}", recording.frames),
            Err(error) => self.relative(&error),
        }
    }
}

/// Keeps all frames.
#[derive(Default)]
pub struct Film {
    pub header: Option<FilmHeader>,
    pub frames: Vec<(u64, Drawing)>,
    /// How many frames to take; all if none.
    pub limit: Option<usize>,
}

/// The film has as many frames as were asked for.
#[derive(Debug)]
pub struct Enough;

impl FilmSink for Film {
    type Stop = Enough;

    fn begin(&mut self, header: &FilmHeader) -> Result<(), Enough> {
        self.header = Some(*header);
        Ok(())
    }

    fn frame(&mut self, number: u64, drawing: Drawing) -> Result<(), Enough> {
        self.frames.push((number, drawing));
        match self.limit {
            Some(limit) if self.frames.len() >= limit => Err(Enough),
            _ => Ok(()),
        }
    }
}

/// Logs to memory; knows pictures and clips by name only.
#[derive(Clone)]
pub struct TestHost {
    pub logged: Rc<RefCell<Vec<String>>>,
    start: Instant,
    stuck: Option<Sender<ScriptError>>,
}

impl TestHost {
    /// A host that tells of what nothing stops.
    pub fn watched(stuck: Sender<ScriptError>) -> Self {
        Self {
            stuck: Some(stuck),
            ..Self::default()
        }
    }
}

impl Default for TestHost {
    fn default() -> Self {
        Self {
            logged: Rc::default(),
            start: Instant::now(),
            stuck: None,
        }
    }
}

impl Host for TestHost {
    fn asset(&mut self, src: &str, kind: AssetKind) -> Result<HostAsset, String> {
        if src.contains("missing") {
            return Err("there is no such file".to_owned());
        }
        Ok(HostAsset {
            id: AssetId::of(src.as_bytes()),
            width: if kind == AssetKind::Audio { 0 } else { 640 },
            height: if kind == AssetKind::Audio { 0 } else { 360 },
            duration: if kind == AssetKind::Still { 0.0 } else { 12.0 },
            audio: kind != AssetKind::Still,
            name: src.to_owned(),
            vector: None,
        })
    }

    fn read(&mut self, src: &str) -> Result<Vec<u8>, String> {
        if src.starts_with("https:") {
            return match src.contains("missing") {
                true => Err("the server answered 404".to_owned()),
                false => Ok(br#"<svg><path fill="currentColor"/></svg>"#.to_vec()),
            };
        }
        fs::read(Path::new(src)).map_err(|cause| cause.to_string())
    }

    /// Answers with the request.
    fn fetch(&mut self, request: &ScriptRequest) -> Result<ScriptResponse, String> {
        if request.url.contains("broken") {
            return Err("the line is dead".to_owned());
        }
        let body = serde_json::json!({
            "method": request.method,
            "headers": request.headers,
            "body": String::from_utf8_lossy(&request.body),
        });
        let missing = request.url.contains("missing");
        Ok(ScriptResponse {
            status: if missing { 404 } else { 201 },
            status_text: "Created".to_owned(),
            headers: vec![("content-type".to_owned(), "application/json".to_owned())],
            ..ScriptResponse::found(&request.url, body.to_string().into_bytes())
        })
    }

    fn fonts(&mut self) -> Box<dyn FontSource> {
        Box::new(NoFonts)
    }

    fn pixel(&mut self, _: AssetId, x: u32, y: u32) -> Result<[u8; 4], String> {
        Ok([x as u8, y as u8, 0, 255])
    }

    fn log(&mut self, level: LogLevel, message: &str, details: Option<&str>) {
        let mut line = match level {
            LogLevel::Info => message.to_owned(),
            level => format!("{level:?}: {message}").to_lowercase(),
        };
        if let Some(details) = details {
            line.push_str(" / ");
            line.push_str(details);
        }
        self.logged.borrow_mut().push(line);
    }

    fn render(&mut self, request_json: &str, partial: bool) -> Result<String, String> {
        if request_json.contains("broken") {
            return Err("the project is broken".to_owned());
        }
        self.logged.borrow_mut().push(request_json.to_owned());
        Ok(if partial {
            r#"{"audioFile":"a.wav","videoFile":"v.mp4"}"#
        } else {
            r#""output/video.mp4""#
        }
        .to_owned())
    }

    fn media(&mut self, function: &str, arguments_json: &str) -> Result<String, String> {
        Ok(match function {
            "getVideoDuration" => "2.5".to_owned(),
            _ => {
                self.logged
                    .borrow_mut()
                    .push(format!("{function} {arguments_json}"));
                "null".to_owned()
            }
        })
    }

    fn environment(&self) -> BTreeMap<String, String> {
        BTreeMap::from([("REGION".to_owned(), "here".to_owned())])
    }

    fn interrupted(&self) -> bool {
        self.start.elapsed() > Duration::from_secs(60)
    }

    fn watch(&self) -> Option<Watch> {
        let tell = self.stuck.clone()?;
        Some(Watch {
            interrupted: Box::new(|| false),
            stuck: Box::new(move |error| tell.send(error).unwrap()),
        })
    }

    fn now(&self) -> Duration {
        self.start.elapsed()
    }
}
