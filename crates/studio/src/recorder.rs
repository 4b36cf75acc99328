use std::{
    collections::HashSet,
    sync::{
        Arc, Mutex, OnceLock,
        atomic::{
            AtomicBool, AtomicU64,
            Ordering::{Relaxed, SeqCst},
        },
        mpsc,
    },
};

use kinora_film::SoundCue;
use kinora_media::Format;
use kinora_script::{Diagnostic, ScriptError};
use kinora_session::{RecordOrder, SessionError};
use kinora_worker::{ErrorKind, Recipe};
use serde_json::{Value, json};

use crate::{
    desk::{Desk, Wish},
    take::Take,
};

/// Scripts that are stuck for good, each on a thread and a processor of its own, at most.
const MOST_STUCK: usize = 4;

/// How a recording ended.
enum Ended {
    /// It has told all there is to tell.
    Told,
    /// Its script is inside of one built-in and nothing ends it.
    Stuck(ScriptError),
}

/// Records the project whenever it is wished for, until the studio ends.
///
/// Each recording has a thread of its own: one whose script is stuck is left to itself.
pub fn work(desk: &Arc<Desk>) {
    let takes = Arc::new(AtomicU64::new(0));
    let mut stuck = 0;
    while let Some(wish) = desk.next_wish() {
        let number = wish.number;
        let (tell, told) = mpsc::channel();
        let left = Arc::new(AtomicBool::new(false));
        let recording = {
            let (desk, takes, left) = (desk.clone(), takes.clone(), left.clone());
            let thread = std::thread::Builder::new().name("recording".to_owned());
            thread.spawn(move || {
                record(&desk, wish, &takes, &left, &tell);
                // Who waits no more has left.
                let _ = tell.send(Ended::Told);
            })
        };
        if let Err(error) = recording {
            let fault = plain(&format!("there is no thread to record on: {error}"));
            desk.failed(number, Some(fault));
            continue;
        }
        match told.recv() {
            Ok(Ended::Told) => {}
            Ok(Ended::Stuck(error)) => {
                left.store(true, SeqCst);
                stuck += 1;
                if stuck > MOST_STUCK {
                    eprintln!("error: {error}\n  {MOST_STUCK} scripts are stuck already");
                    std::process::exit(1);
                }
                let is_stopped = matches!(error, ScriptError::Interrupted);
                let fault = (!is_stopped).then(|| fault(&error.into()));
                desk.failed(number, fault);
            }
            Err(_) => desk.failed(number, Some(plain("the recording broke down"))),
        }
    }
}

/// Records the project once; what it comes to is shown unless it was `left`.
fn record(
    desk: &Arc<Desk>,
    wish: Wish,
    takes: &AtomicU64,
    left: &AtomicBool,
    tell: &mpsc::Sender<Ended>,
) {
    let Wish {
        number,
        mut session,
    } = wish;
    let stuck = Mutex::new(tell.clone());
    session.when_stuck(move |error| {
        let stuck = stuck.lock().expect("no holder of the lock panics");
        let _ = stuck.send(Ended::Stuck(error));
    });
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
        if begun.set(take.clone()).is_ok() && !left.load(SeqCst) {
            desk.begun(take);
        }
    });
    if left.load(SeqCst) {
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
