use std::any::Any;

use crate::SessionError;

/// Bytes of stack that a script can be given.
pub const MOST_SCRIPT_STACK: usize = 32 << 20;
/// Room for what a script calls.
const BELOW: usize = 32 << 20;

/// Runs what runs scripts on a thread whose stack is large enough for any of them.
///
/// # Errors
/// When the system gives no thread, or the work panics.
pub fn on_script_stack<T: Send>(work: impl FnOnce() -> T + Send) -> Result<T, SessionError> {
    std::thread::scope(|scope| {
        std::thread::Builder::new()
            .name("script".to_owned())
            .stack_size(MOST_SCRIPT_STACK + BELOW)
            .spawn_scoped(scope, work)
            .map_err(|error| SessionError::Farm(kinora_farm::FarmError::Threads(error)))?
            .join()
            .map_err(|panic| SessionError::Broken(message(&*panic)))
    })
}

fn message(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().copied();
    let string = panic.downcast_ref::<String>().map(String::as_str);
    text.or(string).unwrap_or("no message").to_owned()
}
