use std::path::Path;

use anyhow::anyhow;
use kinora_project::{CacheFolder, ProjectFonts, Voice as _};
use kinora_session::processors;
use serde_json::{Value, json};

use crate::{args::DoctorArgs, failure::Failure, show::Terminal};

/// Megabytes of free memory below which larger films may not render.
const LITTLE_MEMORY: u64 = 512;

/// `kinora doctor`.
pub fn command(args: &DoctorArgs) -> Result<(), Failure> {
    let facts = facts();
    let terminal = Terminal::new();
    match args.json {
        true => terminal.tell(&facts),
        false => terminal.print(&text(&facts)),
    }
    let faults = facts["faults"].as_array().map_or(0, Vec::len);
    match faults {
        0 => Ok(()),
        count => Err(Failure::Tool(anyhow!("{count} things are missing"))),
    }
}

/// What is here, what is missing, and how it is got.
fn facts() -> Value {
    let mut faults = Vec::new();
    let mut hints = Vec::new();
    let parts = kinora_media::ffmpeg_parts();
    for part in parts.iter().filter(|part| !part.present) {
        let text = format!(
            "FFmpeg has no `{}`, which is needed {}: install libraries that were built with it (Debian's and Ubuntu's are)",
            part.name, part.purpose
        );
        // Without an encoder nothing is made; a file that cannot be read is told when it
        // is used.
        match part.purpose.starts_with("to write") {
            true => faults.push(text),
            false => hints.push(text),
        }
    }
    let cache = match CacheFolder::of_user() {
        Ok(folder) => json!({
            "folder": folder.cache.path(""),
            "bytes": used(&folder.cache.path("")),
            "limit": folder.cache.limit(),
        }),
        Err(error) => {
            faults.push(format!("{error:#}"));
            Value::Null
        }
    };
    let temporary = std::env::temp_dir();
    if let Err(error) = CacheFolder::temporary() {
        faults.push(format!("{error:#}; TMPDIR names another"));
    }
    let memory = memory();
    if memory["availableMegabytes"]
        .as_u64()
        .is_some_and(|free| free < LITTLE_MEMORY)
    {
        hints.push(format!("less than {LITTLE_MEMORY} MB of memory are free"));
    }
    let fonts = ProjectFonts::of_system();
    json!({
        "version": env!("CARGO_PKG_VERSION"),
        "processors": processors(),
        "memory": memory,
        "ffmpeg": {
            "version": kinora_media::version(),
            "parts": parts.iter().map(|part| json!({
                "name": part.name, "purpose": part.purpose, "present": part.present,
            })).collect::<Vec<_>>(),
        },
        "fonts": fonts,
        "cache": cache,
        "temporary": temporary,
        "faults": faults,
        "hints": hints,
    })
}

/// Bytes of the files in a folder.
fn used(folder: &Path) -> u64 {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    entries
        .filter_map(|entry| entry.metadata().ok())
        .filter(std::fs::Metadata::is_file)
        .map(|data| data.len())
        .sum()
}

/// The memory of this machine, as far as the system tells.
fn memory() -> Value {
    let told = std::fs::read_to_string("/proc/meminfo").unwrap_or_default();
    let megabytes = |name: &str| {
        let line = told.lines().find(|line| line.starts_with(name))?;
        let kibibytes: u64 = line.split_whitespace().nth(1)?.parse().ok()?;
        Some(kibibytes / 1024)
    };
    json!({
        "megabytes": megabytes("MemTotal:"),
        "availableMegabytes": megabytes("MemAvailable:"),
    })
}

/// The facts as a person reads them.
fn text(facts: &Value) -> String {
    let plain = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let number = |value: &Value| value.as_u64().unwrap_or_default();
    let (ffmpeg, cache) = (&facts["ffmpeg"], &facts["cache"]);
    let parts = ffmpeg["parts"].as_array().map_or(&[][..], Vec::as_slice);
    let present = parts.iter().filter(|part| part["present"] == true);
    let mut lines = vec![
        format!("kinora {}", plain(&facts["version"])),
        format!(
            "processors: {}; memory: {} MB, {} MB of it free",
            facts["processors"],
            number(&facts["memory"]["megabytes"]),
            number(&facts["memory"]["availableMegabytes"]),
        ),
        format!(
            "{}: {} of {} parts",
            plain(&ffmpeg["version"]),
            present.count(),
            parts.len()
        ),
        format!("fonts of the system (--system-fonts): {}", facts["fonts"]),
        match cache {
            Value::Null => "cache: none".to_owned(),
            cache => format!(
                "cache: {}, {:.1} of {:.1} GB",
                plain(&cache["folder"]),
                number(&cache["bytes"]) as f64 / 1e9,
                number(&cache["limit"]) as f64 / 1e9
            ),
        },
        format!("temporary files: {}", plain(&facts["temporary"])),
    ];
    for (name, label) in [("faults", "missing"), ("hints", "note")] {
        let told = facts[name].as_array().into_iter().flatten();
        lines.extend(told.map(|text| format!("{label}: {}", plain(text))));
    }
    if facts["faults"].as_array().is_some_and(Vec::is_empty) {
        lines.push("all that rendering needs is here".to_owned());
    }
    lines.join("\n")
}
