/// Why a property could not be set.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SetError {
    /// The node's kind has no such property.
    #[error("a `{kind}` node has no property `{name}`")]
    Unknown {
        /// The kind's name.
        kind: &'static str,
        /// The name that was written.
        name: String,
    },
    /// The value is of the wrong type or shape.
    #[error("`{name}` must be {expected}, got `{found}`")]
    Type {
        /// The property.
        name: String,
        /// What it takes.
        expected: &'static str,
        /// What was written.
        found: String,
    },
    /// The value is a word that the property does not know.
    #[error("`{name}` must be {expected}, got `{found}`")]
    Keyword {
        /// The property.
        name: String,
        /// What it takes.
        expected: &'static str,
        /// What was written.
        found: String,
    },
    /// A number is infinite or NaN.
    #[error("`{name}` is not a finite number")]
    NotFinite {
        /// The property.
        name: String,
    },
    /// The node was disposed of, or never existed.
    #[error("`{name}` was set on a node that does not exist")]
    NoSuchNode {
        /// The property.
        name: String,
    },
}
