//! Records a project and writes its segments as workers read them, a tenth of a second each:
//! `cargo run --release --example segments -- PROJECT.tsx FOLDER`.

use std::{env, error::Error, fs, path::PathBuf, sync::Arc};

use kinora_farm::Progress;
use kinora_media::Format;
use kinora_project::{Access, CacheFolder, Voice};
use kinora_script::ScriptOptions;
use kinora_session::{RecordOrder, Session, Surroundings};
use kinora_worker::Recipe;

/// Says on standard error what the project has to say.
struct Aloud;

impl Voice for Aloud {
    fn say(&self, line: &str) {
        eprintln!("{line}");
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = env::args_os().skip(1).map(PathBuf::from);
    let usage = "usage: segments PROJECT.tsx FOLDER";
    let (project, folder) = arguments.next().zip(arguments.next()).ok_or(usage)?;
    let session = Session::open(
        ScriptOptions::new(std::path::absolute(project)?),
        Surroundings {
            access: Access::default(),
            cache: CacheFolder::of_user()?,
            voice: Arc::new(Aloud),
            progress: Arc::new(Progress::default()),
            scratch: env::temp_dir(),
        },
    );
    let recorded = session.record(&RecordOrder {
        segment_seconds: 0.1,
        encodes: false,
        ..RecordOrder::new(Recipe::new(Format::default()))
    })?;
    fs::create_dir_all(&folder)?;
    for index in 0..recorded.film.segment_count() {
        fs::write(
            folder.join(format!("{index}.segment")),
            recorded.film.bytes(index)?,
        )?;
    }
    Ok(())
}
