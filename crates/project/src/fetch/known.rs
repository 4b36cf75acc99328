use std::{fs::File, io, path::Path};

use serde_json::{Value, json};

/// What is remembered of an earlier download.
#[derive(Clone, Default)]
pub struct Known {
    pub etag: Option<String>,
    pub last_modified: Option<String>,
    /// The length of a file that is read in parts.
    pub length: Option<u64>,
    /// The hash of the content of a file that is there as a whole.
    pub content: Option<String>,
    pub way: Way,
}

/// The URLs that led to an answer.
#[derive(Clone, Default)]
pub struct Way {
    /// What servers sent the client on to, without the first URL.
    pub onward: Vec<String>,
    /// The hosts whose addresses were not known to be public, the first one's included.
    pub private: Vec<String>,
}

impl Known {
    /// What a file of the cache says, if it is one of these.
    pub fn read(text: &[u8]) -> Option<Self> {
        let value: Value = serde_json::from_slice(text).ok()?;
        let field = |name: &str| value[name].as_str().map(str::to_owned);
        let list = |name: &str| -> Option<Vec<String>> {
            let list = value[name].as_array()?.iter();
            list.map(|text| text.as_str().map(str::to_owned)).collect()
        };
        Some(Self {
            etag: field("etag"),
            last_modified: field("lastModified"),
            length: value["length"].as_u64(),
            content: field("content"),
            way: Way {
                onward: list("onward")?,
                private: list("private")?,
            },
        })
    }

    /// What is written into the cache.
    pub fn text(&self, url: &str) -> String {
        json!({
            "url": url,
            "etag": self.etag,
            "lastModified": self.last_modified,
            "length": self.length,
            "content": self.content,
            "onward": self.way.onward,
            "private": self.way.private,
        })
        .to_string()
    }

    /// The same of a file that is there as a whole.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn with_content(self, file: &Path) -> io::Result<Self> {
        let content = Some(hash(file)?);
        Ok(Self { content, ..self })
    }

    /// Whether a file is what was stored: one that was damaged since is as good as none.
    /// The parts of a larger one are looked at one by one when they are read.
    pub fn is_of(&self, file: &Path) -> bool {
        match &self.content {
            Some(content) => hash(file).is_ok_and(|found| found == *content),
            None => self.length.is_some(),
        }
    }
}

fn hash(file: &Path) -> io::Result<String> {
    let mut hasher = blake3::Hasher::new();
    io::copy(&mut File::open(file)?, &mut hasher)?;
    Ok(hasher.finalize().to_string())
}
