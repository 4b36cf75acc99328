//! Renders a project to a file: `cargo run --release --example render -- PROJECT.tsx FILE.mp4`.

use std::{env, error::Error, path::PathBuf, sync::Arc};

use kinora_farm::Progress;
use kinora_project::{Access, CacheFolder, Voice};
use kinora_script::ScriptOptions;
use kinora_session::{RenderOrder, RenderSettings, Session, Surroundings};

/// Says on standard error what the project has to say.
struct Aloud;

impl Voice for Aloud {
    fn say(&self, line: &str) {
        eprintln!("{line}");
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = env::args_os().skip(1).map(PathBuf::from);
    let usage = "usage: render PROJECT.tsx FILE.mp4";
    let (project, output) = arguments.next().zip(arguments.next()).ok_or(usage)?;
    let settings = RenderSettings {
        size: Some((1280, 720)),
        ..RenderSettings::default()
    };
    let mut script = ScriptOptions::new(std::path::absolute(project)?);
    settings.apply(&mut script);
    let session = Session::open(
        script,
        Surroundings {
            access: Access::default(),
            cache: CacheFolder::of_user()?,
            voice: Arc::new(Aloud),
            progress: Arc::new(Progress::default()),
            scratch: env::temp_dir(),
        },
    );
    let rendered = session.render(&RenderOrder::new(&output, settings.recipe(&output)?))?;
    println!("{} frames in {}", rendered.report.frames, output.display());
    Ok(())
}
