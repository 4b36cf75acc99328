/// Why a file is not a picture.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SvgError {
    /// It is not in UTF-8.
    #[error("it is not text in UTF-8")]
    Encoding,
    /// It is not well-formed XML, or a part of it is not what SVG asks for.
    #[error("line {line}, column {column}: {cause}")]
    Malformed {
        /// Counted from 1.
        line: u32,
        /// Counted from 1, in characters.
        column: u32,
        /// What is wrong there.
        cause: String,
    },
    /// There is no `svg` in it.
    #[error("there is no `<svg>` in it")]
    Missing,
    /// Its root is something else.
    #[error("its root is `<{0}>` where `<svg>` is expected")]
    Root(String),
    /// Its root is an `svg` of no namespace, which browsers do not draw either.
    #[error("its root needs `xmlns=\"http://www.w3.org/2000/svg\"`")]
    Namespace,
    /// One of its sides is zero.
    #[error("its size is {0}, so nothing of it can be seen")]
    Empty(String),
    /// It is larger than what is drawn.
    #[error("it has {0}")]
    Large(String),
}
