//! What the targets share: a project in a folder, recorded under tight limits.

use std::{
    fs,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use kinora_film::{AssetId, AssetKind};
use kinora_script::{Host, HostAsset, LogLevel, ScriptOptions, record};
use kinora_stage::{FontSource, NoFonts};

/// Files below a temporary folder.
pub struct Project(tempfile::TempDir);

impl Project {
    /// A folder with these files.
    pub fn new(files: &[(&str, &[u8])]) -> Self {
        let project = Self(tempfile::tempdir().expect("a temporary folder"));
        for (name, bytes) in files {
            let path = project.path().join(name);
            let folder = path.parent().expect("it lies in the project");
            fs::create_dir_all(folder)
                .and_then(|()| fs::write(&path, bytes))
                .expect("the folder is writable");
        }
        project
    }

    fn path(&self) -> PathBuf {
        self.0.path().to_owned()
    }

    /// Records `main.tsx` as a stranger's project; it may well fail.
    pub fn record(&self) {
        let root = self.path();
        let mut options = ScriptOptions {
            root: root.clone(),
            confined: true,
            ..ScriptOptions::new(root.join("main.tsx"))
        };
        options.limits.frame_seconds = 2.0;
        options.limits.heap_bytes = 64 << 20;
        options.limits.max_duration_s = 1.0;
        let host = Nothing {
            root,
            started: Instant::now(),
        };
        let _ = record(&options, Box::new(host), &mut ());
    }
}

/// A host that has the project's own files and nothing else.
struct Nothing {
    root: PathBuf,
    started: Instant,
}

impl Host for Nothing {
    fn asset(&mut self, _: &str, _: AssetKind) -> Result<HostAsset, String> {
        Err("there are no media".to_owned())
    }

    fn read(&mut self, src: &str) -> Result<Vec<u8>, String> {
        let path = Path::new(src);
        match path.starts_with(&self.root) {
            true => fs::read(path).map_err(|error| error.to_string()),
            false => Err("there is no such file".to_owned()),
        }
    }

    fn fonts(&mut self) -> Box<dyn FontSource> {
        Box::new(NoFonts)
    }

    fn pixel(&mut self, _: AssetId, _: u32, _: u32) -> Result<[u8; 4], String> {
        Err("there are no pictures".to_owned())
    }

    fn log(&mut self, _: LogLevel, _: &str, _: Option<&str>) {}

    fn now(&self) -> Duration {
        self.started.elapsed()
    }
}
