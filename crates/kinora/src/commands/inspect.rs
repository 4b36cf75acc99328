use std::sync::Arc;

use kinora_farm::{Progress, segment_frames};
use kinora_film::{AssetKind, Cut, Cutter, Drawing, FilmHeader};
use kinora_script::{FilmSink, Recording, Stopped};
use serde_json::{Value, json};

use kinora_project::{CacheFolder, Library, ProjectHost, UsedUrl, Voice as _};

use crate::{
    args::InspectArgs,
    failure::Failure,
    interrupt, moment, project,
    show::{Terminal, round},
};

/// `kinora inspect`.
pub fn command(args: &InspectArgs) -> Result<(), Failure> {
    let progress = Arc::new(Progress::default());
    interrupt::stop_on_interrupt(&progress);
    inspect(args, &progress).map_err(|failure| failure.or_interrupted(&progress))
}

fn inspect(args: &InspectArgs, progress: &Arc<Progress>) -> Result<(), Failure> {
    let terminal = Terminal::new();
    let mut script = project::options(&args.project)?;
    script.boxes = args.boxes.iter().flat_map(|list| list.from(0)).collect();
    let folder = CacheFolder::of_user()?;
    let root = script.root.clone();
    let library = Library::new(root, folder.cache.clone(), progress.clone());
    let library = Arc::new(library.granting(project::access(&args.project)));
    let host = ProjectHost::new(
        library.clone(),
        progress.clone(),
        Arc::new(terminal.clone()),
    );
    let mut sink = CutSink {
        seconds: args.segment_seconds,
        cutter: None,
        segments: Vec::new(),
    };
    let recording = kinora_script::record(&script, Box::new(host), &mut sink)?;
    if let Some(cut) = sink.cutter.as_mut().and_then(Cutter::finish) {
        sink.add(&cut);
    }
    for diagnostic in &recording.diagnostics {
        terminal.say(&format!("warning: {diagnostic}"));
    }
    let mut facts = facts(&recording, &library.urls(), &sink.segments);
    if args.boxes.is_some() {
        let frames = recording.boxes.iter();
        let boxes = frames.map(|(frame, nodes)| json!({"frame": frame, "nodes": nodes}));
        facts["boxes"] = boxes.collect();
    }
    if args.json || args.boxes.is_some() {
        terminal.print(&format!("{facts:#}"));
    } else {
        terminal.print(text(&facts).trim_end());
    }
    Ok(())
}

/// Cuts the film and keeps the names of the segments.
struct CutSink {
    seconds: f64,
    cutter: Option<Cutter>,
    segments: Vec<Value>,
}

impl CutSink {
    fn add(&mut self, cut: &Cut) {
        self.segments.push(json!({
            "firstFrame": cut.first_frame,
            "frames": cut.segment.frames.len(),
            "hash": cut.segment.content_hash().to_string(),
        }));
    }
}

impl FilmSink for CutSink {
    fn begin(&mut self, header: &FilmHeader) -> Result<(), Stopped> {
        let length = segment_frames(self.seconds, header.fps.value());
        self.cutter = Some(Cutter::new(*header, length));
        Ok(())
    }

    fn frame(&mut self, number: u64, drawing: Drawing) -> Result<(), Stopped> {
        let cut = self
            .cutter
            .as_mut()
            .and_then(|cutter| cutter.push(number, drawing));
        if let Some(cut) = cut {
            self.add(&cut);
        }
        Ok(())
    }
}

fn facts(recording: &Recording, urls: &[UsedUrl], segments: &[Value]) -> Value {
    let header = recording.header;
    let frames = recording.frames.end - recording.frames.start;
    let [r, g, b, a] = header.background.to_rgba8();
    let span = |span: Option<(f64, f64)>| span.map(|(from, to)| json!([round(from), round(to)]));
    let assets = recording.assets.iter().map(|used| {
        json!({
            "name": used.asset.name,
            "kind": kind(used.asset.kind),
            "id": used.asset.id.to_string(),
            "shown": span(used.shown),
            "heard": span(used.heard),
        })
    });
    let scenes = recording.scenes.iter().map(|scene| {
        json!({"name": scene.name, "firstFrame": scene.first_frame, "frames": scene.frames})
    });
    let fonts = recording
        .fonts
        .iter()
        .map(|font| json!({"family": font.family, "id": font.id.to_string()}));
    let variables = recording
        .variables
        .iter()
        .map(|(name, value)| json!({"name": name, "default": value}));
    let urls = urls
        .iter()
        .map(|used| json!({"url": used.url, "bytes": used.bytes, "kept": used.kept}));
    json!({
        "fps": header.fps.value(),
        "width": header.size.width,
        "height": header.size.height,
        "background": format!("#{r:02x}{g:02x}{b:02x}{a:02x}"),
        "frames": frames,
        "firstFrame": recording.frames.start,
        "seconds": header.fps.seconds(frames),
        "now": moment::show(recording.now_ms),
        "scenes": scenes.collect::<Vec<_>>(),
        "assets": assets.collect::<Vec<_>>(),
        "fonts": fonts.collect::<Vec<_>>(),
        "urls": urls.collect::<Vec<_>>(),
        "variables": variables.collect::<Vec<_>>(),
        "segments": segments,
    })
}

fn kind(kind: AssetKind) -> &'static str {
    match kind {
        AssetKind::Still => "image",
        AssetKind::Video => "video",
        AssetKind::Audio => "audio",
        AssetKind::Font => "font",
    }
}

/// The facts as a person reads them.
fn text(facts: &Value) -> String {
    let plain = |value: &Value| match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    let mut lines = vec![format!(
        "{}x{}, {} fps, {} frames, {} s, background {}",
        facts["width"],
        facts["height"],
        facts["fps"],
        facts["frames"],
        facts["seconds"],
        plain(&facts["background"]),
    )];
    let empty = Vec::new();
    let list = |name: &str| facts[name].as_array().unwrap_or(&empty).iter();
    let mut section = |title: &str, items: Vec<String>| {
        if !items.is_empty() {
            lines.push(format!("\n{title}"));
            lines.extend(items.into_iter().map(|item| format!("  {item}")));
        }
    };
    let scenes = list("scenes").map(|scene| {
        let name = plain(&scene["name"]);
        format!(
            "{name}: from frame {}, {} frames",
            scene["firstFrame"], scene["frames"]
        )
    });
    section("scenes", scenes.collect());
    let assets = list("assets").map(|asset| {
        let span = |what: &str| match &asset[what] {
            Value::Array(span) => format!(", {what} {}–{} s", span[0], span[1]),
            _ => String::new(),
        };
        let (kind, name) = (plain(&asset["kind"]), plain(&asset["name"]));
        format!("{kind} {name}{}{}", span("shown"), span("heard"))
    });
    section("assets", assets.collect());
    section(
        "fonts",
        list("fonts").map(|font| plain(&font["family"])).collect(),
    );
    let urls = list("urls").map(|used| {
        let kept = if used["kept"] == true {
            ", kept from an earlier run"
        } else {
            ""
        };
        format!("{}: {} bytes{kept}", plain(&used["url"]), used["bytes"])
    });
    section("fetched", urls.collect());
    let variables = list("variables")
        .map(|variable| format!("{} = {}", plain(&variable["name"]), variable["default"]));
    section("variables and their defaults", variables.collect());
    let segments = list("segments").map(|segment| {
        let hash: String = plain(&segment["hash"]).chars().take(16).collect();
        format!(
            "{hash}: from frame {}, {} frames",
            segment["firstFrame"], segment["frames"]
        )
    });
    section("segments", segments.collect());
    lines.join("\n")
}
