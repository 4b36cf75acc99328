use std::{
    cell::RefCell,
    ffi::{CStr, c_char, c_int, c_void},
    sync::Once,
};

use ffmpeg_sys_the_third as ff;

thread_local! {
    static LAST: RefCell<Option<String>> = const { RefCell::new(None) };
}

static QUIET: Once = Once::new();

/// Keeps FFmpeg from writing to standard error. Every call of this crate does it
/// first; a program that calls FFmpeg by other ways too may want it earlier.
///
/// The last error message of each thread is kept for this crate's own errors.
pub fn set_quiet() {
    QUIET.call_once(|| {
        // SAFETY: `remember` has the signature asked for and never unwinds.
        unsafe { ff::av_log_set_callback(Some(remember)) }
    });
}

/// Forgets what this thread's earlier calls said.
pub(crate) fn forget() {
    LAST.with_borrow_mut(|last| *last = None);
}

/// The last error that FFmpeg logged on this thread, without its context prefix.
pub(crate) fn take() -> Option<String> {
    LAST.with_borrow_mut(Option::take)
}

unsafe extern "C" fn remember(
    _context: *mut c_void,
    level: c_int,
    format: *const c_char,
    arguments: *mut ff::__va_list_tag,
) {
    if level > ff::AV_LOG_ERROR {
        return;
    }
    let mut line = [0 as c_char; 512];
    let mut prefix = 0;
    // SAFETY: the arguments are passed on as they came, the buffer's length is its
    // own, and the text in it ends with a zero. No context: it would only add a prefix.
    let line = unsafe {
        ff::av_log_format_line2(
            std::ptr::null_mut(),
            level,
            format,
            arguments,
            line.as_mut_ptr(),
            line.len() as c_int,
            &mut prefix,
        );
        CStr::from_ptr(line.as_ptr())
    };
    let line = line.to_string_lossy();
    let line = line.trim_end_matches(['\n', '.', ' ']);
    if !line.is_empty() {
        // A thread that is ending has nobody left to tell.
        let _ = LAST.try_with(|last| {
            if let Ok(mut last) = last.try_borrow_mut() {
                *last = Some(line.to_owned());
            }
        });
    }
}
