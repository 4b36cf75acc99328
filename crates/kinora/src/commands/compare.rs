use std::{fs, path::Path, sync::Arc};

use anyhow::{Context as _, anyhow};
use kinora_farm::Progress;
use kinora_project::Voice as _;
use kinora_session::{FramePicture, Session, in_proportion};
use serde_json::{Map, Value, json};

use crate::{
    args::CompareArgs,
    failure::Failure,
    interrupt,
    picture_file::PictureFile,
    project,
    show::{Terminal, round},
};

/// Variants at most.
const MOST: usize = 100;

/// `kinora compare`.
pub fn command(args: &CompareArgs) -> Result<(), Failure> {
    let progress = Arc::new(Progress::default());
    interrupt::stop_on_interrupt(&progress);
    compare(args, &progress).map_err(|failure| failure.or_interrupted(&progress))
}

fn compare(args: &CompareArgs, progress: &Arc<Progress>) -> Result<(), Failure> {
    let terminal = Terminal::new();
    let file = PictureFile::parse(&args.output)?;
    let mut variants: Vec<Map<String, Value>> = Vec::new();
    for (name, value) in &args.vary {
        variants.push(Map::from_iter([(name.clone(), value.clone())]));
    }
    if let Some(list) = &args.variants {
        variants.extend(read(list).map_err(Failure::Project)?);
    }
    if variants.len() > MOST {
        return Err(Failure::Tool(anyhow!(
            "there are more than {MOST} variants"
        )));
    }
    let base = project::options(&args.project)?;
    let (mut pictures, mut rows) = (Vec::new(), Vec::new());
    for (row, variant) in (1..).zip(&variants) {
        let mut variables = match &base.variables {
            Some(Value::Object(given)) => given.clone(),
            _ => Map::new(),
        };
        variables.extend(variant.clone());
        let mut script = base.clone();
        script.variables = Some(Value::Object(variables));
        let access = project::access(&args.project);
        let surroundings = project::surroundings(access, true, &terminal, progress)?;
        let session = Session::open(script, surroundings);
        session.check_written(&file.path(0))?;
        let mut view = session.view(None)?;
        let (range, header) = (view.frames(), view.header());
        let (all, columns) = (range.end - range.start, u64::from(args.columns));
        let mut shown = Vec::new();
        for column in 0..columns {
            // The middle of each of as many equal parts.
            let frame = range.start + (2 * column + 1) * all / (2 * columns);
            let picture = view.draw_small(frame, args.width)?;
            if pictures
                .first()
                .is_some_and(|first: &FramePicture| first.size != picture.size)
            {
                let size = in_proportion(header.size, args.width);
                return Err(Failure::Project(anyhow!(
                    "variant {row} has another shape than the first one: {}x{} in this width",
                    size.width,
                    size.height
                )));
            }
            shown.push(json!({"frame": frame, "seconds": round(header.fps.seconds(frame))}));
            pictures.push(picture);
        }
        rows.push(json!({"row": row, "variables": variant, "frames": shown}));
    }
    file.write(&FramePicture::grid(&pictures, u32::from(args.columns)))?;
    match args.json {
        true => terminal.tell(&json!({"rows": rows})),
        false => rows.iter().for_each(|row| terminal.print(&line(row))),
    }
    Ok(())
}

fn line(row: &Value) -> String {
    let frames = row["frames"].as_array().into_iter().flatten();
    let frames: Vec<String> = frames
        .map(|shown| format!("{} ({} s)", shown["frame"], shown["seconds"]))
        .collect();
    format!(
        "row {}: {}, frames {}",
        row["row"],
        row["variables"],
        frames.join(", ")
    )
}

/// The variants of a file.
fn read(file: &Path) -> anyhow::Result<Vec<Map<String, Value>>> {
    let shown = file.display();
    let text = fs::read_to_string(file).with_context(|| format!("cannot read `{shown}`"))?;
    let list: Vec<Map<String, Value>> = serde_json::from_str(&text)
        .with_context(|| format!("`{shown}` is no list of objects of variables"))?;
    match list.is_empty() {
        true => Err(anyhow!("`{shown}` has no variants")),
        false => Ok(list),
    }
}
