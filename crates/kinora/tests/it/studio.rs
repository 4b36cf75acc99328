use std::{
    fs,
    path::{Path, PathBuf},
    process::{Child, Command, Output, Stdio},
    time::{Duration, Instant},
};

use kinora_media::{FilmWriter, Format, FrameSpec, Pixels, Preset, Quality, VideoEncoder};
use serde_json::Value;

/// A project in a folder of its own, with a cache and temporary files of its own.
pub struct Studio {
    folder: tempfile::TempDir,
}

/// How a command ended.
#[derive(Debug)]
pub struct Outcome {
    pub code: Option<i32>,
    pub out: String,
    pub err: String,
}

/// A scene of two minutes in which no two segments are alike.
pub const LONG: &str = "
  const disc = createRef<Circle>();
  view.add(<Circle ref={disc} size={50} fill={'red'} />);
  yield* disc().scale(3, 120);";

impl Outcome {
    /// The outcome, which must be a success.
    pub fn good(self) -> Self {
        assert_eq!(self.code, Some(0), "{self:#?}");
        self
    }

    /// The outcome, which must be a failure with this code and exactly this message.
    pub fn fault(self, code: i32, message: &str) -> Self {
        let wanted = format!("error: {message}\n");
        assert_eq!(
            (self.code, self.err.as_str()),
            (Some(code), wanted.as_str())
        );
        self
    }

    /// The outcome, which must be that of arguments that are wrong, with this one named.
    pub fn refused(self, argument: &str) -> Self {
        assert_eq!(self.code, Some(2), "{self:#?}");
        assert!(self.err.contains(argument), "{}", self.err);
        self
    }
}

/// Fills in what all projects of the tests share: a small canvas, and the scene's body.
pub fn project(body: &str) -> String {
    format!(
        "import {{Audio, Circle, Img, Rect, Txt, Video, makeScene2D}} from '@revideo/2d';\n\
         import {{createRef, makeProject, useScene, waitFor}} from '@revideo/core';\n\
         const scene = makeScene2D('scene', function* (view) {{\n{body}\n}});\n\
         export default makeProject({{scenes: [scene], settings: {{shared: {{size: {{x: 160, y: 90}}}}}}}});\n"
    )
}

impl Studio {
    /// A project with this `src/project.tsx`.
    pub fn new(source: &str) -> Self {
        let studio = Self {
            folder: tempfile::tempdir().unwrap(),
        };
        for folder in ["project/src", "project/public", "cache", "tmp"] {
            fs::create_dir_all(studio.folder.path().join(folder)).unwrap();
        }
        studio.write("package.json", "{}");
        studio.write("src/project.tsx", source);
        studio
    }

    /// A project whose scene does this.
    pub fn scene(body: &str) -> Self {
        Self::new(&project(body))
    }

    /// A path below the project's folder.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join("project").join(name)
    }

    pub fn write(&self, name: &str, text: &str) {
        fs::write(self.path(name), text).unwrap();
    }

    pub fn bytes(&self, name: &str) -> Vec<u8> {
        fs::read(self.path(name)).unwrap()
    }

    /// The command, in the project's folder and with nothing of the caller's environment.
    pub fn command(&self, args: &[&str]) -> Command {
        self.prepared(Command::new(env!("CARGO_BIN_EXE_kinora")), args)
    }

    /// Another program in the same surroundings.
    pub fn prepared(&self, mut command: Command, args: &[&str]) -> Command {
        command
            .args(args)
            .current_dir(self.path(""))
            .env_clear()
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .env("HOME", self.folder.path())
            .env("TMPDIR", self.folder.path().join("tmp"))
            .env("KINORA_CACHE_DIR", self.cache());
        command
    }

    pub fn cache(&self) -> PathBuf {
        self.folder.path().join("cache")
    }

    pub fn run(&self, args: &[&str]) -> Outcome {
        outcome(self.command(args))
    }

    /// Runs `kinora render src/project.tsx` without progress, with these arguments.
    pub fn render(&self, args: &[&str]) -> Outcome {
        let fixed = [
            "render",
            "src/project.tsx",
            "--progress",
            "none",
            "--preset",
            "ultrafast",
        ];
        self.run(&[&fixed, args].concat())
    }

    /// Renders and gives the figures.
    pub fn figures(&self, args: &[&str]) -> Value {
        self.render(&[args, &["--stats", "stats.json"]].concat())
            .good();
        serde_json::from_slice(&self.bytes("stats.json")).unwrap()
    }

    pub fn start(&self, args: &[&str]) -> Child {
        let mut command = self.command(args);
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        command.spawn().unwrap()
    }

    /// Everything below the folder of temporary files and everything unfinished.
    pub fn leftovers(&self) -> Vec<PathBuf> {
        let mut found = files(&self.folder.path().join("tmp"));
        let unfinished = |path: &PathBuf| {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            name.starts_with(".unfinished") || name.ends_with(".partial")
        };
        let everything = files(self.folder.path());
        found.extend(everything.into_iter().filter(unfinished));
        found
    }

    /// How like the frames of two films are (SSIM); both must decode without a word.
    pub fn likeness(&self, name: &str, other: &str) -> Vec<f64> {
        let output = Command::new("ffmpeg")
            .args(["-v", "error", "-nostdin", "-err_detect", "explode", "-i"])
            .arg(self.path(name))
            .arg("-i")
            .arg(self.path(other))
            .args(["-lavfi", "[0:v][1:v]ssim=stats_file=-", "-f", "null"])
            .arg("/dev/null")
            .output()
            .unwrap();
        assert!(
            output.status.success() && output.stderr.is_empty(),
            "{output:?}"
        );
        let text = String::from_utf8(output.stdout).unwrap();
        let all = text
            .split_whitespace()
            .filter_map(|word| word.strip_prefix("All:"));
        all.map(|number| number.parse().unwrap()).collect()
    }

    /// Makes `public/NAME`: a clip whose frame `k` has the brightness `40 + 2k`,
    /// with a tone.
    pub fn make_clip(&self, name: &str, frames: u64) -> PathBuf {
        let path = self.path("public").join(name);
        let quality = Quality {
            preset: Some(Preset::Ultrafast),
            ..Quality::default()
        };
        let format = Format::named("mp4", &quality).unwrap();
        let frame_spec = FrameSpec {
            width: 160,
            height: 90,
            fps_num: 30,
            fps_den: 1,
            transparent: false,
        };
        let mut encoder = VideoEncoder::new(format.video.as_ref().unwrap(), &frame_spec).unwrap();
        let grey = vec![128; 80 * 45];
        for frame in 0..frames {
            let luma = vec![40 + 2 * frame as u8; 160 * 90];
            encoder
                .push(Pixels::yuv420(&luma, 160, &grey, &grey, 80))
                .unwrap();
        }
        let video = encoder.finish().unwrap();
        let mut writer = FilmWriter::create(&path, &format, &frame_spec, &video.header).unwrap();
        writer.video(video.packets).unwrap();
        let tone = |index: u64| (index as f32 / 48_000.0 * 440.0 * std::f32::consts::TAU).sin();
        let samples = 0..frames * 1600;
        let tone: Vec<f32> = samples.flat_map(|index| [tone(index) * 0.5; 2]).collect();
        writer.audio(&tone).unwrap();
        writer.finish().unwrap();
        path
    }
}

pub fn outcome(mut command: Command) -> Outcome {
    let output = command.stdin(Stdio::null()).output().unwrap();
    Outcome {
        code: output.status.code(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

/// All files below a folder.
pub fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.push(path);
        }
    }
    found
}

/// Sends Ctrl-C to a running command and waits for its end.
pub fn ctrl_c(child: Child) -> Output {
    let sent = Command::new("kill")
        .args(["-INT", &child.id().to_string()])
        .status();
    assert!(sent.unwrap().success());
    child.wait_with_output().unwrap()
}

/// Sends Ctrl-C to a running command, which ends with exit code 2 without waiting for
/// its work or for a silent server.
pub fn interrupt(child: Child) -> Output {
    let asked = Instant::now();
    let output = ctrl_c(child);
    // Long enough for a busy machine; servers of the tests are silent for longer.
    let waited = asked.elapsed();
    assert!(waited < Duration::from_secs(10), "{waited:?}");
    assert_eq!(output.status.code(), Some(2));
    output
}
