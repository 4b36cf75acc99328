use std::{io, net::SocketAddr, path::PathBuf};

/// Why a service does not open.
#[derive(Debug, thiserror::Error)]
pub enum ServiceError {
    /// The address is taken, or not this machine's.
    #[error("cannot listen on {address}")]
    Listen {
        /// Where it was to be.
        address: SocketAddr,
        /// What the system says.
        source: io::Error,
    },
    /// The folder for the films cannot be made.
    #[error("cannot make the folder `{}`", folder.display())]
    Folder {
        /// Which.
        folder: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// The system gives no thread, or no random numbers.
    #[error("the system gives no threads or random numbers")]
    System(#[source] io::Error),
}
