use std::{
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering::SeqCst},
        mpsc,
    },
    thread,
};

use kinora_farm::FarmError;
use kinora_session::{Session, SessionError};

use crate::desk::Desk;

/// Bytes of stack of a thread that draws.
pub const STACK: usize = 16 << 20;

/// Whether nobody waits any more for work on a thread of its own.
#[derive(Clone, Default)]
pub struct Left(Arc<AtomicBool>);

impl Left {
    /// Whether what comes of the work is wanted by nobody.
    pub fn is_left(&self) -> bool {
        self.0.load(SeqCst)
    }
}

/// Does what runs a session's script, on a thread of its own: one whose script is inside of
/// one built-in and that nothing ends is left to itself, and the studio goes on.
///
/// # Errors
/// Where the script was stuck; when there is no thread, or the work breaks down.
pub fn apart<T: Send + 'static>(
    desk: &Desk,
    mut session: Session,
    work: impl FnOnce(Session, &Left) -> T + Send + 'static,
) -> Result<T, SessionError> {
    let (tell, told) = mpsc::channel();
    let stuck = Mutex::new(tell.clone());
    session.when_stuck(move |error| {
        let stuck = stuck.lock().expect("no holder of the lock panics");
        // Who waits no more has what it waited for.
        let _ = stuck.send(Err(error));
    });
    let progress = session.progress().clone();
    let left = Left::default();
    let working = {
        let left = left.clone();
        let thread = thread::Builder::new().name("apart".to_owned());
        thread.stack_size(STACK).spawn(move || {
            let done = work(session, &left);
            // Who waits no more has left.
            let _ = tell.send(Ok(done));
        })
    };
    working.map_err(|error| SessionError::Farm(FarmError::Threads(error)))?;
    match told.recv() {
        Ok(Ok(done)) => Ok(done),
        Ok(Err(error)) => {
            left.0.store(true, SeqCst);
            // What works beside the script ends.
            progress.cancel();
            desk.count_stuck(&error);
            Err(error.into())
        }
        Err(_) => Err(SessionError::Broken("a thread broke down".to_owned())),
    }
}
