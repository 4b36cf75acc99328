use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// The BLAKE3 hash of a file's bytes: the name under which workers find it.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct AssetId([u8; 32]);

impl AssetId {
    /// The name of a file with these bytes.
    pub fn of(bytes: &[u8]) -> Self {
        Self(*blake3::hash(bytes).as_bytes())
    }

    /// A name from a hash computed elsewhere (for example while streaming).
    pub fn from_hash(hash: [u8; 32]) -> Self {
        Self(hash)
    }

    /// The hash's bytes.
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl fmt::Display for AssetId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for AssetId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "AssetId({self})")
    }
}

/// A text that is not 64 hexadecimal digits.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("an asset id is 64 hexadecimal digits, got `{0}`")]
pub struct ParseAssetIdError(String);

impl FromStr for AssetId {
    type Err = ParseAssetIdError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let fault = || ParseAssetIdError(text.to_owned());
        if text.len() != 64 || !text.bytes().all(|b| b.is_ascii_hexdigit()) {
            return Err(fault());
        }
        let mut hash = [0; 32];
        for (byte, pair) in hash.iter_mut().zip(text.as_bytes().chunks(2)) {
            let pair = std::str::from_utf8(pair).map_err(|_| fault())?;
            *byte = u8::from_str_radix(pair, 16).map_err(|_| fault())?;
        }
        Ok(Self(hash))
    }
}

/// What a file is used as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum AssetKind {
    /// A still picture.
    Still,
    /// A moving picture, with or without sound.
    Video,
    /// Sound alone.
    Audio,
    /// A font file or collection.
    Font,
}

/// A file that the film needs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asset {
    /// The hash of its bytes.
    pub id: AssetId,
    /// What it is used as.
    pub kind: AssetKind,
    /// The name by which the user knows it (a URL, a path, a font family); for messages only.
    pub name: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_round_trip_is_identity() {
        let id = AssetId::of(b"picture");
        assert_eq!(id.to_string().parse(), Ok(id));
    }

    #[test]
    fn other_texts_are_refused() {
        for text in ["", "abc", &"g".repeat(64), &"é".repeat(32)] {
            assert!(text.parse::<AssetId>().is_err(), "{text}");
        }
    }
}
