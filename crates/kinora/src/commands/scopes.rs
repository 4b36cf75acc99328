use std::sync::Arc;

use kinora_farm::Progress;
use kinora_project::Voice as _;
use kinora_session::Scopes;

use crate::{
    args::ScopesArgs, failure::Failure, interrupt, picture_file::PictureFile, project,
    show::Terminal,
};

/// Endings of what is a project; all else is media.
const PROJECTS: [&str; 9] = [
    "tsx", "ts", "mts", "cts", "jsx", "js", "mjs", "cjs", "kinora",
];

/// `kinora scopes`.
pub fn command(args: &ScopesArgs) -> Result<(), Failure> {
    let progress = Arc::new(Progress::default());
    interrupt::stop_on_interrupt(&progress);
    let picture = args.output.as_deref().map(PictureFile::parse).transpose()?;
    let terminal = Terminal::new();
    let scopes = measure(args, &terminal, &progress);
    let scopes = scopes.map_err(|failure| failure.or_interrupted(&progress))?;
    if let Some(file) = picture {
        file.write(&scopes.draw())?;
    }
    terminal.print(&match args.json {
        true => format!("{:#}", scopes.to_json()),
        false => lines(&scopes),
    });
    Ok(())
}

fn measure(
    args: &ScopesArgs,
    terminal: &Terminal,
    progress: &Arc<Progress>,
) -> Result<Scopes, Failure> {
    let file = &args.project.project;
    let ending = file.extension().unwrap_or_default().to_ascii_lowercase();
    if PROJECTS.iter().any(|known| ending == *known) {
        let session = project::open(&args.project, true, terminal, progress)?;
        return Ok(session.scopes(args.at)?);
    }
    Ok(Scopes::of_file(&project::existing(file)?, args.at)?)
}

fn lines(scopes: &Scopes) -> String {
    let place = match scopes.frame {
        Some(frame) => format!("frame {frame}, {:.3} s", scopes.seconds),
        None => format!("{:.3} s", scopes.seconds),
    };
    let picture = match &scopes.picture {
        Some(picture) => format!("picture ({place}): {}", picture.summary()),
        None => "no picture".to_owned(),
    };
    let Some(sound) = &scopes.sound else {
        return format!("{picture}\nno sound");
    };
    let told = |value: Option<f64>, unit: &str| match value {
        Some(value) => format!("{value:.1} {unit}"),
        None => "silent".to_owned(),
    };
    let loudest = |values: &[Option<f64>]| values.iter().flatten().copied().reduce(f64::max);
    format!(
        "{picture}\nsound: integrated {}, range {:.1} LU, true peak {}; at most {} in 400 ms and {} in 3 s",
        told(sound.integrated, "LUFS"),
        sound.range,
        told(sound.true_peak, "dBTP"),
        told(loudest(&sound.momentary), "LUFS"),
        told(loudest(&sound.short_term), "LUFS"),
    )
}
