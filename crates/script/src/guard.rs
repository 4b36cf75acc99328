//! Who ends a script: the engine asks now and then, and a watchman looks on.

use std::{
    cell::{Cell, RefCell},
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, AtomicU32, AtomicU64, Ordering::SeqCst},
        mpsc,
    },
    time::{Duration, Instant},
};

use crate::{Diagnostic, Limits, Place, ScriptError, Watch};

/// How often the watchman looks.
const TICK: Duration = Duration::from_millis(50);
/// How long a script may take to end when its time is over; the engine may be
/// collecting garbage.
const GRACE: Duration = Duration::from_secs(2);
/// The same when the user waits for it.
const GRACE_OF_USER: Duration = Duration::from_millis(600);
/// What stands for no number.
const NONE: u64 = u64::MAX;

/// What a script is stopped for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tripped {
    /// One step took longer than it may.
    Late,
    /// The user wants to stop.
    Interrupted,
    /// The script wants to.
    Exit(i32),
}

/// Watches the clock while a script runs.
pub struct Guard {
    tripped: Cell<Option<Tripped>>,
    /// What was waited for longest since the guard was armed, and how long.
    awaited: RefCell<(Duration, String)>,
    shared: Arc<Shared>,
}

/// What the watchman sees of a script. Times are microseconds since `born`.
struct Shared {
    limits: Limits,
    born: Instant,
    started: AtomicU64,
    limit: AtomicU64,
    /// Time that passed in the host, on which the limit is not spent.
    excused: AtomicU64,
    /// Whether the engine works.
    inside: AtomicBool,
    /// How many calls deep the engine waits for its surroundings.
    away: AtomicU32,
    frame: AtomicU64,
    /// Where the script was last when somebody looked.
    place: Mutex<Option<Place>>,
    /// Whether the script has to end.
    alarm: Arc<AtomicBool>,
    /// Whether that is because the user wants it.
    interrupted: AtomicBool,
}

impl Shared {
    fn now(&self) -> u64 {
        self.born.elapsed().as_micros() as u64
    }

    fn waited_out(&self) -> bool {
        let wait = Duration::try_from_secs_f64(self.limits.wait_seconds).ok();
        wait.is_some_and(|wait| u128::from(self.excused.load(SeqCst)) > wait.as_micros())
    }

    fn is_late(&self) -> bool {
        // In this order a script that is armed meanwhile has more time, never less.
        let excused = self.excused.load(SeqCst);
        let limit = self.limit.load(SeqCst);
        if limit == NONE {
            return false;
        }
        let spent = self.now().saturating_sub(self.started.load(SeqCst));
        spent.saturating_sub(excused) > limit || self.waited_out()
    }

    fn is_at_work(&self) -> bool {
        self.inside.load(SeqCst) && self.away.load(SeqCst) == 0
    }

    fn frame(&self) -> Option<u64> {
        Some(self.frame.load(SeqCst)).filter(|frame| *frame != NONE)
    }
}

impl Guard {
    /// A guard that never trips until it is armed.
    pub fn new(limits: &Limits) -> Self {
        Self {
            tripped: Cell::new(None),
            awaited: RefCell::default(),
            shared: Arc::new(Shared {
                limits: *limits,
                born: Instant::now(),
                started: AtomicU64::new(0),
                limit: AtomicU64::new(NONE),
                excused: AtomicU64::new(0),
                inside: AtomicBool::new(false),
                away: AtomicU32::new(0),
                frame: AtomicU64::new(NONE),
                place: Mutex::new(None),
                alarm: Arc::default(),
                interrupted: AtomicBool::new(false),
            }),
        }
    }

    /// Gives the script `limit` from now on, or all the time there is.
    pub fn arm(&self, limit: Option<Duration>) {
        let shared = &self.shared;
        self.awaited.take();
        shared.limit.store(NONE, SeqCst);
        shared.started.store(shared.now(), SeqCst);
        shared.excused.store(0, SeqCst);
        let limit = limit.map_or(NONE, |limit| limit.as_micros() as u64);
        shared.limit.store(limit, SeqCst);
    }

    /// Gives the script its limit anew, if it has one.
    pub fn rearm(&self) {
        self.shared.started.store(self.shared.now(), SeqCst);
    }

    /// Time that the script spent waiting for the host since it was armed.
    pub fn excuse(&self, time: Duration) {
        let time = time.as_micros() as u64;
        self.shared.excused.fetch_add(time, SeqCst);
    }

    /// Says what was waited for, and how long.
    pub fn awaited(&self, what: &str, time: Duration) {
        let mut longest = self.awaited.borrow_mut();
        if time > longest.0 {
            *longest = (time, what.to_owned());
        }
    }

    /// Stops the script at its next step.
    pub fn trip(&self, cause: Tripped) {
        self.tripped.set(Some(cause));
    }

    /// What the script was stopped for, if it was.
    pub fn tripped(&self) -> Option<Tripped> {
        let shared = &self.shared;
        self.tripped.get().or_else(|| {
            let alarm = shared.alarm.load(SeqCst);
            alarm.then(|| match shared.interrupted.load(SeqCst) {
                true => Tripped::Interrupted,
                false => Tripped::Late,
            })
        })
    }

    /// Whether the script has had all the time that it was given.
    pub fn is_late(&self) -> bool {
        self.shared.is_late()
    }

    /// Set once the script has to end, whoever finds that out.
    pub fn alarm(&self) -> Arc<AtomicBool> {
        self.shared.alarm.clone()
    }

    /// The frame that is being made, none while the project loads.
    pub fn frame(&self) -> Option<u64> {
        self.shared.frame()
    }

    /// Says which frame is being made.
    pub fn set_frame(&self, frame: Option<u64>) {
        self.shared.frame.store(frame.unwrap_or(NONE), SeqCst);
    }

    /// Says where the script is, before it does something that may last.
    pub fn enter(&self, place: Place) {
        *self.shared.place.lock().expect("no holder panics") = Some(place);
    }

    /// Says that the engine works as long as the value lives.
    pub fn inside(&self) -> Inside {
        self.shared.inside.store(true, SeqCst);
        Inside(self.shared.clone())
    }

    /// Says that the engine waits as long as the value lives.
    pub fn away(&self) -> Away {
        self.shared.away.fetch_add(1, SeqCst);
        Away(self.shared.clone())
    }
}

/// The engine works.
pub struct Inside(Arc<Shared>);

impl Drop for Inside {
    fn drop(&mut self) {
        self.0.inside.store(false, SeqCst);
    }
}

/// The engine waits for its surroundings.
pub struct Away(Arc<Shared>);

impl Drop for Away {
    fn drop(&mut self) {
        self.0.away.fetch_sub(1, SeqCst);
    }
}

/// The fault of a script that has had all its time; `told` is where it was.
pub fn late(guard: &Guard, told: Option<Diagnostic>) -> ScriptError {
    let (place, stack) = told.map_or((None, Vec::new()), |told| (told.place, told.stack));
    let mut error = of_late(&guard.shared, place, stack);
    let awaited = guard.awaited.borrow();
    if let (true, ScriptError::Project(faults)) = (guard.shared.waited_out(), &mut error)
        && let (false, Some(fault)) = (awaited.1.is_empty(), faults.first_mut())
    {
        let what = format!("it waited longest for `{}`", awaited.1);
        fault.hints.insert(0, what);
    }
    error
}

fn of_late(shared: &Shared, place: Option<Place>, stack: Vec<Place>) -> ScriptError {
    let (waited, limits) = (shared.waited_out(), shared.limits);
    let limit = match waited {
        true => limits.wait_seconds,
        false => limits.frame_seconds,
    };
    let what = match (shared.frame(), waited) {
        (Some(frame), false) => format!("frame {frame} took longer than {limit} s of script"),
        (None, false) => format!("the project took longer than {limit} s to load"),
        (Some(frame), true) => format!("frame {frame} waited longer than {limit} s for files"),
        (None, true) => format!("the project waited longer than {limit} s for files"),
    };
    let diagnostic = Diagnostic {
        place,
        stack,
        ..Diagnostic::error(what)
    };
    if waited {
        return diagnostic.hint("`--max-wait` gives more").into();
    }
    diagnostic
        .hint("an endless loop? it is here or shortly behind; a `while` in a scene needs a `yield` inside")
        .into()
}

/// A thread that looks at the clock when the engine cannot: inside of its built-ins
/// nobody asks. It goes when this value goes.
pub struct Watchman {
    /// Dropped, it ends the thread.
    _leave: mpsc::Sender<()>,
}

impl Watchman {
    /// Watches the script of a guard. Without `watch`, what is stuck stays so.
    ///
    /// # Errors
    /// When the system gives no thread: no script runs unwatched.
    pub fn start(guard: &Guard, watch: Option<Watch>) -> Result<Self, ScriptError> {
        let (leave, left) = mpsc::channel();
        let shared = guard.shared.clone();
        let thread = std::thread::Builder::new().name("watchman".to_owned());
        thread
            .spawn(move || look(&shared, watch, &left))
            .map_err(|error| {
                ScriptError::Engine(format!(
                    "the system gives no thread to watch the script on: {error}"
                ))
            })?;
        Ok(Self { _leave: leave })
    }
}

fn look(shared: &Shared, mut watch: Option<Watch>, left: &mpsc::Receiver<()>) {
    let mut since: Option<Instant> = None;
    while let Err(mpsc::RecvTimeoutError::Timeout) = left.recv_timeout(TICK) {
        if !shared.is_at_work() {
            since = None;
            continue;
        }
        let interrupted = watch.as_ref().is_some_and(|watch| (watch.interrupted)());
        if !interrupted && !shared.is_late() && !shared.alarm.load(SeqCst) {
            since = None;
            continue;
        }
        if interrupted && !shared.alarm.load(SeqCst) {
            shared.interrupted.store(true, SeqCst);
        }
        shared.alarm.store(true, SeqCst);
        let grace = match interrupted {
            true => GRACE_OF_USER,
            false => GRACE,
        };
        if since.get_or_insert_with(Instant::now).elapsed() < grace {
            continue;
        }
        let Some(watch) = watch.take() else { return };
        let place = shared.place.lock().expect("no holder panics").clone();
        let error = match interrupted {
            true => ScriptError::Interrupted,
            false => of_late(shared, place, Vec::new()),
        };
        (watch.stuck)(error);
        return;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What even a busy machine does not need: only a test that fails waits for so long.
    const LONG: Duration = Duration::from_secs(30);

    /// A watchman of a guard, and what he tells of a script that nothing stops.
    fn watched(guard: &Guard, interrupted: bool) -> (Watchman, mpsc::Receiver<ScriptError>) {
        let (tell, told) = mpsc::channel();
        let watch = Watch {
            interrupted: Box::new(move || interrupted),
            stuck: Box::new(move |error| tell.send(error).unwrap()),
        };
        (Watchman::start(guard, Some(watch)).unwrap(), told)
    }

    #[test]
    fn who_interrupts_waits_for_less_than_a_second() {
        // He looks once before the grace begins to run and once after it has run out; what is
        // left of the second is the process's, to end.
        assert!(TICK + GRACE_OF_USER + TICK <= Duration::from_millis(750));
        let guard = Guard::new(&Limits::default());
        let _inside = guard.inside();
        let (_watchman, told) = watched(&guard, true);
        assert!(matches!(
            told.recv_timeout(LONG),
            Ok(ScriptError::Interrupted)
        ));
        // Who asks meanwhile, the engine's memory among them, is told so as well.
        assert_eq!(guard.tripped(), Some(Tripped::Interrupted));
        assert!(guard.alarm().load(SeqCst));
    }

    #[test]
    fn a_script_that_is_over_is_no_longer_waited_for() {
        let guard = Guard::new(&Limits::default());
        drop(guard.inside());
        let (_watchman, told) = watched(&guard, true);
        // Long enough for him to have looked, had he anything to look at.
        std::thread::sleep(4 * TICK);
        assert!(told.try_recv().is_err() && guard.tripped().is_none());
        let inside = guard.inside();
        let away = guard.away();
        std::thread::sleep(4 * TICK);
        assert_eq!(guard.tripped(), None, "its surroundings are at work");
        drop(away);
        assert!(matches!(
            told.recv_timeout(LONG),
            Ok(ScriptError::Interrupted)
        ));
        drop(inside);
    }

    #[test]
    fn who_waits_for_the_limit_is_told_of_it_with_its_place() {
        let limits = Limits::default();
        let guard = Guard::new(&limits);
        let _inside = guard.inside();
        guard.arm(Some(Duration::ZERO));
        let (_watchman, told) = watched(&guard, false);
        let told = told.recv_timeout(LONG).unwrap().to_string();
        let right = format!("the project took longer than {} s", limits.frame_seconds);
        assert!(told.contains(&right), "{told}");
        assert_eq!(guard.tripped(), Some(Tripped::Late));
    }
}
