use std::{
    env, io,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, anyhow};
use kinora_farm::Cache;

use crate::Voice;

/// Bytes that the cache holds at most when nothing else is said.
const DEFAULT_SIZE: u64 = 2 << 30;

/// The folder where results and downloads are kept: the user's cache, or one
/// that goes when this value goes.
pub struct CacheFolder {
    /// What is kept there.
    pub cache: Cache,
    /// Whether it outlives the process.
    pub lasting: bool,
    _temporary: Option<tempfile::TempDir>,
}

impl CacheFolder {
    /// The user's cache, named by the environment; where that cannot be used, one for this run alone, and `voice`
    /// hears why.
    ///
    /// # Errors
    /// When its size cannot be understood, or there is no place for any folder.
    pub fn of_user_or_temporary(voice: &dyn Voice) -> anyhow::Result<Self> {
        let size = size()?;
        Self::named(size).or_else(|error| {
            voice.say(&format!(
                "warning: nothing is kept for later runs: {error:#}"
            ));
            Self::temporary()
        })
    }

    /// The user's cache, named by the environment.
    ///
    /// # Errors
    /// When its size cannot be understood, or it cannot be made or written to.
    pub fn of_user() -> anyhow::Result<Self> {
        Self::named(size()?)
    }

    fn named(size: u64) -> anyhow::Result<Self> {
        let folder = folder()?;
        let cache = Cache::open(&folder, size).with_context(|| {
            format!(
                "cannot use the cache `{}` (KINORA_CACHE_DIR names another)",
                folder.display()
            )
        })?;
        Ok(Self {
            cache,
            lasting: true,
            _temporary: None,
        })
    }

    /// A cache that stands elsewhere and outlives the process.
    pub fn lasting(cache: Cache) -> Self {
        Self {
            cache,
            lasting: true,
            _temporary: None,
        }
    }

    /// A folder for this run alone.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn temporary() -> anyhow::Result<Self> {
        let folder = tempfile::Builder::new()
            .prefix("kinora-")
            .tempdir()
            .with_context(|| {
                let place = env::temp_dir();
                format!("cannot make a temporary folder in `{}`", place.display())
            })?;
        let cache = Cache::open(folder.path(), u64::MAX)?;
        Ok(Self {
            cache,
            lasting: false,
            _temporary: Some(folder),
        })
    }
}

/// Why a file cannot be kept, in words that end a sentence, and the way out.
pub(crate) fn unstored(error: io::Error) -> String {
    let way = match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge => {
            "; KINORA_CACHE_DIR names a folder with more room"
        }
        _ => "",
    };
    format!("it cannot be stored in the cache: {error}{way}")
}

fn folder() -> anyhow::Result<PathBuf> {
    let set = |name| env::var_os(name).filter(|value| !value.is_empty());
    if let Some(folder) = set("KINORA_CACHE_DIR") {
        return Ok(folder.into());
    }
    if let Some(folder) = set("XDG_CACHE_HOME") {
        return Ok(Path::new(&folder).join("kinora"));
    }
    let home = set("HOME").ok_or_else(|| {
        anyhow!(
            "there is no cache folder: neither KINORA_CACHE_DIR, XDG_CACHE_HOME nor HOME is set"
        )
    })?;
    Ok(Path::new(&home).join(".cache/kinora"))
}

fn size() -> anyhow::Result<u64> {
    match env::var("KINORA_CACHE_SIZE") {
        Ok(text) => parse_size(&text).ok_or_else(|| {
            anyhow!("KINORA_CACHE_SIZE is `{text}`, not bytes or a number with K, M or G")
        }),
        Err(_) => Ok(DEFAULT_SIZE),
    }
}

fn parse_size(text: &str) -> Option<u64> {
    let shift = match text
        .trim_end_matches("iB")
        .trim_end_matches('B')
        .chars()
        .last()?
    {
        'K' | 'k' => 10,
        'M' | 'm' => 20,
        'G' | 'g' => 30,
        _ => 0,
    };
    let digits: &str = text.trim_end_matches(|letter: char| letter.is_ascii_alphabetic());
    digits.trim().parse::<u64>().ok()?.checked_mul(1 << shift)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_have_units() {
        assert_eq!(parse_size("0"), Some(0));
        assert_eq!(parse_size("500"), Some(500));
        assert_eq!(parse_size("64K"), Some(65_536));
        assert_eq!(parse_size("3 GiB"), Some(3 << 30));
        assert_eq!(parse_size("1g"), Some(1 << 30));
        assert_eq!(parse_size("many"), None);
        assert_eq!(parse_size(""), None);
        assert_eq!(parse_size("99999999999G"), None);
    }
}
