use std::{
    io::{BufRead as _, Write as _},
    sync::Arc,
};

use anyhow::{Context as _, anyhow};
use kinora_farm::Progress;
use kinora_media::{Png, VideoCodec};
use kinora_session::{FrameList, FrameView, SEGMENT_SECONDS, Session, Wanted};
use serde_json::{Value, json};

use super::inspect;
use crate::{args::OpenArgs, failure::Failure, interrupt, project, show::Terminal};

/// `kinora open`: answers each line of standard input, an object, with a line on standard
/// output, until there are no more.
///
/// `{"frame": 29}` and `{"time": 1.5}`, with `"as": "rgba"` if pixels are wanted instead of
/// a PNG file, are answered with an object that says how many bytes follow its line;
/// `{"inspect": true}` with `{"inspection": …}`; what cannot be done with `{"error": …}`.
/// The project is recorded once, up to the first frame asked for, and once more if a later
/// frame is.
pub fn command(args: &OpenArgs) -> Result<(), Failure> {
    let progress = Arc::new(Progress::default());
    interrupt::stop_on_interrupt(&progress);
    let terminal = Terminal::new();
    let session = project::open(&args.project, true, &terminal, &progress)?;
    let mut desk = Desk {
        session: &session,
        view: None,
    };
    for line in std::io::stdin().lock().lines() {
        let line = line.context("cannot read standard input")?;
        if line.trim().is_empty() {
            continue;
        }
        let (head, bytes) = desk.answer(&line).unwrap_or_else(|failure| {
            let error = failure.or_interrupted(&progress).to_json();
            (json!({"error": error}), Vec::new())
        });
        let mut out = std::io::stdout().lock();
        let written = writeln!(out, "{head}").and_then(|()| out.write_all(&bytes));
        // Whoever asked has gone.
        if written.and_then(|()| out.flush()).is_err() {
            break;
        }
    }
    Ok(())
}

/// An open project and what was recorded of it.
struct Desk<'a> {
    session: &'a Session,
    view: Option<FrameView<'a>>,
}

impl Desk<'_> {
    /// The line of an answer and the bytes that follow it.
    fn answer(&mut self, line: &str) -> Result<(Value, Vec<u8>), Failure> {
        let fault = || Failure::Tool(anyhow!("`{line}` asks for nothing that is known"));
        let request: Value = serde_json::from_str(line).map_err(|_| fault())?;
        let wanted = match &request {
            Value::Object(fields) if fields.contains_key("inspect") => {
                let inspection = self.session.inspect(SEGMENT_SECONDS)?;
                return Ok((
                    json!({"inspection": inspect::facts(&inspection)}),
                    Vec::new(),
                ));
            }
            _ => match (request["frame"].as_u64(), request["time"].as_f64()) {
                (Some(frame), None) => Wanted::Frames(FrameList::one(frame)),
                (None, Some(time)) if time >= 0.0 => Wanted::Time(time),
                _ => return Err(fault()),
            },
        };
        let view = match &mut self.view {
            Some(view) => view,
            None => self.view.insert(self.session.view(Some(&wanted))?),
        };
        view.reach(&wanted)?;
        let number = view.list(&wanted)?.last();
        let picture = view.draw(number)?;
        let bytes = match request["as"].as_str() {
            Some("rgba") => picture.rgba,
            None | Some("png") => picture.encode(&VideoCodec::Png(Png::default()))?,
            Some(_) => return Err(fault()),
        };
        let head = json!({
            "frame": number,
            "width": picture.size.width,
            "height": picture.size.height,
            "bytes": bytes.len(),
        });
        Ok((head, bytes))
    }
}
