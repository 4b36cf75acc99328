use std::path::Path;

use anyhow::anyhow;
use kinora_media::{MediaInfo, probe, video_codec};
use kinora_project::{Voice as _, media_tool};
use serde_json::{Value, json};

use crate::{
    args::{MediaCommand, ProbeArgs},
    failure::Failure,
    show::Terminal,
};

/// `kinora media`.
pub fn command(command: &MediaCommand) -> Result<(), Failure> {
    match command {
        MediaCommand::Probe(args) => look(args),
        MediaCommand::Concat(args) => {
            call("concatenateMedia", &json!([args.files, args.output])).map(drop)
        }
        MediaCommand::Merge(args) => {
            let arguments = json!([args.audio, args.video, args.output, null]);
            call("mergeAudioWithVideo", &arguments).map(drop)
        }
        MediaCommand::Silence(args) => {
            call("createSilentAudioFile", &json!([args.output, args.seconds])).map(drop)
        }
        MediaCommand::Call(args) => {
            let answer = media_tool(&args.function, &args.arguments).map_err(tool)?;
            Terminal::new().print(&answer);
            Ok(())
        }
    }
}

fn call(function: &str, arguments: &Value) -> Result<String, Failure> {
    media_tool(function, &arguments.to_string()).map_err(tool)
}

fn tool(message: String) -> Failure {
    Failure::Tool(anyhow!(message))
}

fn look(args: &ProbeArgs) -> Result<(), Failure> {
    let terminal = Terminal::new();
    let mut all = Vec::new();
    for path in &args.files {
        let info = probe(path).map_err(|error| Failure::Tool(error.into()))?;
        let codec = match info.video {
            Some(_) => video_codec(path).ok().flatten(),
            None => None,
        };
        match args.json {
            true => all.push(facts(path, &info, codec)),
            false => terminal.print(&line(path, &info, codec)),
        }
    }
    if args.json {
        terminal.tell(&Value::from(all));
    }
    Ok(())
}

fn facts(path: &Path, info: &MediaInfo, codec: Option<String>) -> Value {
    let video = info.video.as_ref().map(|video| {
        json!({
            "codec": codec,
            "width": video.width,
            "height": video.height,
            "fps": video.fps,
            "alpha": video.alpha,
            "still": video.still,
        })
    });
    let audio = info
        .audio
        .as_ref()
        .map(|audio| json!({"sampleRate": audio.sample_rate, "channels": audio.channels}));
    json!({"file": path, "seconds": info.duration, "video": video, "audio": audio})
}

fn line(path: &Path, info: &MediaInfo, codec: Option<String>) -> String {
    let mut parts = Vec::new();
    if let Some(video) = &info.video {
        let codec = codec.map(|codec| format!("{codec} ")).unwrap_or_default();
        let alpha = if video.alpha { " with opacity" } else { "" };
        let rate = match video.still {
            true => " picture".to_owned(),
            false => format!(" video at {:.5} frames a second", video.fps),
        };
        let rate = rate.replace(".00000", "");
        parts.push(format!(
            "{codec}{}x{}{rate}{alpha}",
            video.width, video.height
        ));
    }
    if let Some(audio) = &info.audio {
        let channels = match audio.channels {
            1 => "1 channel".to_owned(),
            count => format!("{count} channels"),
        };
        parts.push(format!("sound at {} Hz in {channels}", audio.sample_rate));
    }
    if info.duration > 0.0 {
        parts.push(format!("{:.3} s", info.duration));
    }
    format!("{}: {}", path.display(), parts.join(", "))
}
