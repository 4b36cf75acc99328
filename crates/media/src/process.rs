use libc::{M_MMAP_THRESHOLD, c_int};

/// Blocks from this size on are given back to the system as soon as they are freed.
const LARGE: c_int = 256 * 1024;

/// Sets a program up for one encoder after another; call it once, first, while there is no
/// second thread.
///
/// - Each segment has an encoder of its own, whose pictures are megabytes each. By
///   default the C library learns from the first ones freed to keep such blocks on
///   its heap, where they leave holes; here they always go back, which saves a tenth
///   of the memory at 1080p with two workers.
/// - A file that outgrows the limit of its size (`ulimit -f`) ends the process by a signal
///   unless that is ignored; then writing fails, which is told.
/// - SVT-AV1 tells its settings on standard error unless the environment says that errors
///   alone are wanted.
pub fn prepare_process() {
    // SAFETY: it only sets an option of this process's allocator.
    unsafe {
        libc::mallopt(M_MMAP_THRESHOLD, LARGE);
    }
    // SAFETY: nothing is called when the signal comes.
    unsafe {
        libc::signal(libc::SIGXFSZ, libc::SIG_IGN);
    }
    // SAFETY: both texts end with a zero and are copied. What stands in the environment
    // already stays; nobody else reads or writes it yet.
    unsafe {
        libc::setenv(c"SVT_LOG".as_ptr(), c"1".as_ptr(), 0);
    }
}
