use std::{
    collections::HashSet,
    sync::{
        Arc, Mutex, OnceLock,
        atomic::{AtomicU64, Ordering::Relaxed},
    },
};

use kinora_film::SoundCue;
use kinora_media::Format;
use kinora_script::{Diagnostic, ScriptError};
use kinora_session::{RecordOrder, Session, SessionError};
use kinora_worker::{ErrorKind, Recipe};
use serde_json::{Value, json};

use crate::{
    apart::{Left, apart},
    desk::{Desk, Wish},
    take::Take,
};

/// Records the project whenever it is wished for, until the studio ends.
pub fn work(desk: &Arc<Desk>) {
    let takes = Arc::new(AtomicU64::new(0));
    while let Some(Wish { number, session }) = desk.next_wish() {
        let (own, takes) = (desk.clone(), takes.clone());
        let recorded = apart(desk, session, move |session, left| {
            record(&own, number, session, &takes, left);
        });
        if let Err(error) = recorded {
            let is_stopped = error.kind() == ErrorKind::Cancelled;
            desk.failed(number, (!is_stopped).then(|| fault(&error)));
        }
    }
}

/// Records the project once; what it comes to is shown unless it was `left`.
fn record(desk: &Arc<Desk>, number: u64, session: Session, takes: &AtomicU64, left: &Left) {
    let session = Arc::new(session);
    let begun: OnceLock<Arc<Take>> = OnceLock::new();
    let before = desk.take();
    let keys = |take: &Arc<Take>| -> HashSet<String> {
        let segments = take.film.segments().into_iter();
        segments.map(|segment| segment.key).collect()
    };
    let keys = before.as_ref().map(keys).unwrap_or_default();
    let order = RecordOrder {
        encodes: false,
        ..RecordOrder::new(Recipe::new(Format::default()))
    };
    let done = session.record_while(&order, &|film, first| {
        let take = Arc::new(Take {
            id: takes.fetch_add(1, Relaxed) + 1,
            first,
            film: film.clone(),
            session: session.clone(),
            recording: OnceLock::new(),
            peaks: OnceLock::new(),
            trees: Mutex::default(),
            before: keys.clone(),
        });
        if begun.set(take.clone()).is_ok() && !left.is_left() {
            desk.begun(take);
        }
    });
    if left.is_left() {
        return;
    }
    match (done, begun.into_inner()) {
        (Ok(recorded), Some(take)) => {
            // Nothing else fills it.
            let _ = take.recording.set(recorded.recording);
            if let Some(before) = before.filter(|before| same_sounds(before, &take))
                && let Some(peaks) = before.peaks.get()
            {
                let _ = take.peaks.set(peaks.clone());
            }
            desk.finished(number, take);
        }
        (Ok(_), None) => desk.failed(number, Some(plain("the film has no frames"))),
        (Err(error), _) if error.kind() == ErrorKind::Cancelled => desk.failed(number, None),
        (Err(error), _) => desk.failed(number, Some(fault(&error))),
    }
}

/// Whether two films sound the same.
fn same_sounds(a: &Take, b: &Take) -> bool {
    let sounds = |take: &Take| -> Vec<SoundCue> { take.film.sounds() };
    a.film.frames() == b.film.frames()
        && a.film.header().fps == b.film.header().fps
        && sounds(a) == sounds(b)
}

/// A failure as the page shows it: what was wrong, and where in the project.
pub fn fault(error: &SessionError) -> Value {
    let diagnostics = match error {
        SessionError::Script(script) => ScriptError::diagnostics(script),
        _ => &[],
    };
    let mut message = error.to_string();
    let mut cause = std::error::Error::source(error);
    while let Some(inner) = cause {
        let inner_text = inner.to_string();
        if !message.contains(&inner_text) {
            message = format!("{message}\nbecause: {inner_text}");
        }
        cause = inner.source();
    }
    json!({
        "message": message,
        "diagnostics": diagnostics.iter().map(Diagnostic::to_json).collect::<Vec<_>>(),
    })
}

fn plain(message: &str) -> Value {
    json!({"message": message, "diagnostics": []})
}
