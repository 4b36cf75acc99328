use std::sync::Arc;

use kinora_farm::Progress;
use kinora_project::Voice as _;
use kinora_session::{Inspection, Session, Wanted};
use serde_json::{Value, json};

use crate::{args::InspectArgs, failure::Failure, interrupt, moment, project, show::Terminal};

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
    let access = project::access(&args.project);
    let surroundings = project::surroundings(access, true, &terminal, progress)?;
    let session = Session::open(script, surroundings);
    if let Some(time) = args.at {
        let trees = session.trees(&Wanted::Time(time))?;
        for tree in &trees {
            match args.json {
                true => terminal.tell(&tree.to_json()),
                false => terminal.print(tree.to_string().trim_end()),
            }
        }
        return Ok(());
    }
    let inspection = session.inspect(args.segment_seconds)?;
    let facts = facts(&inspection);
    if args.json || args.boxes.is_some() {
        terminal.tell(&facts);
    } else {
        terminal.print(text(&facts).trim_end());
    }
    Ok(())
}

/// What an inspection has found.
pub fn facts(inspection: &Inspection) -> Value {
    let mut facts = inspection.to_json();
    facts["now"] = json!(moment::show(inspection.recording.now_ms));
    facts
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
    let sounds = list("sounds").map(|sound| {
        let points = sound["volume"].as_array().map_or(0, Vec::len);
        let volume = match points {
            0 | 1 => sound["volume"][0][1].to_string(),
            points => format!("of {points} points"),
        };
        format!(
            "{}: {}–{} s, from its second {}, volume {volume}",
            plain(&sound["name"]),
            sound["start"],
            sound["end"],
            sound["from"]
        )
    });
    section("sounds", sounds.collect());
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
