use std::net::SocketAddr;
use std::path::PathBuf;

/// Why an emulator could not start.
#[derive(Debug, thiserror::Error)]
pub enum EmulatorError {
    /// No program was named.
    #[error("the function has no command: name the program that it runs")]
    NoCommand,
    /// The function's program is not there.
    #[error("the function's command `{}` is not a file", .0.display())]
    NoSuchCommand(PathBuf),
    /// A number outside of what Lambda allows.
    #[error("`{name}` is {value}, not within {least}–{most}")]
    OutOfRange {
        /// The option.
        name: &'static str,
        /// What it was.
        value: u64,
        /// The least it may be.
        least: u64,
        /// The most it may be.
        most: u64,
    },
    /// The function's environment is larger than Lambda allows.
    #[error("the function's environment has {bytes} bytes, more than {most}")]
    EnvironmentTooLarge {
        /// Its size.
        bytes: usize,
        /// The limit.
        most: usize,
    },
    /// A variable that Lambda sets itself.
    #[error("the variable `{0}` is reserved: Lambda sets it")]
    ReservedVariable(String),
    /// A bucket's name that S3 would refuse.
    #[error("`{0}` is not a bucket's name: 3 to 63 of a–z, 0–9, `-` and `.`")]
    BucketName(String),
    /// A limit that was asked for cannot be enforced here.
    #[error("{0}")]
    NotEnforceable(String),
    /// A rule of the fault plan makes no sense.
    #[error("{0}")]
    Fault(String),
    /// A file could not be read.
    #[error("cannot read `{}`", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// A folder could not be made or emptied.
    #[error("cannot use the folder `{}`", path.display())]
    Folder {
        /// The folder.
        path: PathBuf,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// Another emulator uses the data folder.
    #[error("the folder `{}` is in use by another emulator", .0.display())]
    InUse(PathBuf),
    /// A port could not be had.
    #[error("cannot listen on `{address}`")]
    Listen {
        /// Where.
        address: SocketAddr,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// The emulator's own threads could not be started.
    #[error("cannot start the emulator's threads")]
    Threads(#[source] std::io::Error),
}
