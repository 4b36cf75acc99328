use std::io;

/// Why there is no studio.
#[derive(Debug, thiserror::Error)]
pub enum StudioError {
    /// The port cannot be listened at.
    #[error("cannot listen on 127.0.0.1:{port} (--port names another; 0 takes one that is free)")]
    Listen {
        /// The port asked for.
        port: u16,
        /// Why not.
        source: io::Error,
    },
    /// The system gives no threads or no random numbers.
    #[error("the studio cannot start")]
    System(#[source] io::Error),
    /// A file of the page cannot be made ready.
    #[error("the page's `{file}` is broken: {fault}")]
    Page {
        /// Its name.
        file: String,
        /// What is wrong with it.
        fault: String,
    },
}
