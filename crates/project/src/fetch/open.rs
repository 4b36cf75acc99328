use std::sync::Arc;

use super::{Ask, Attempt, Fetched, Fetcher, Known, OFFLINE, Patience};
use crate::{
    cache_folder::unstored,
    kept_blocks::KeptBlocks,
    remote::{RemoteFile, RemoteUrl},
    url::Url,
};

/// What opening a URL gave.
pub enum Opened {
    /// All of it.
    Whole(Fetched),
    /// A large file, to be read in parts.
    Parts(Box<Parts>),
}

/// A file that is read in parts.
pub struct Parts {
    pub file: RemoteFile,
    /// Whether an earlier run has used it.
    pub kept: bool,
    /// Names of the cache's files that belong to it.
    pub names: [String; 2],
    /// Whether it is in the network at large, for everybody to reach.
    pub public: bool,
    /// What the user should know, although it went well.
    pub warning: Option<String>,
}

impl Fetcher {
    /// The file behind a URL: one that is large and whose server gives parts of it under a
    /// strong validator is not fetched but opened to be read in parts.
    ///
    /// # Errors
    /// Why it cannot be had, in words that end a sentence.
    pub fn open(self: &Arc<Self>, url: &str) -> Result<Opened, String> {
        let target = Url::parse(url)?;
        self.access.check(&target)?;
        let hash = blake3::hash(url.as_bytes());
        let whole = format!("url-{hash}");
        if self.known(&whole, &format!("{whole}.json")).is_some() {
            return self.fetch(url).map(Opened::Whole);
        }
        let names = [format!("range-{hash}"), format!("range-{hash}.json")];
        let known = self.known(&names[0], &names[1]);
        let known = known.filter(|known| known.etag.is_some() && known.length.is_some());
        let known = self.allowed(known)?;
        let parts = |known: &Known, kept, warning| {
            let opened = self.parts(url, known, kept, names.clone(), warning)?;
            Ok(Opened::Parts(Box::new(opened)))
        };
        if self.access.offline {
            let known = known.ok_or(OFFLINE)?;
            return parts(&known, true, None);
        }
        let mut file = self.cache.unfinished().map_err(unstored)?;
        let ask = Ask {
            url: &target,
            known: known.as_ref(),
            patience: Patience::new(self.access.download_time),
            parts: true,
        };
        match self.download(ask, file.as_file_mut()) {
            Attempt::Parts(first) => {
                let (new, head) = *first;
                let text = new.text(url);
                let stored = self.cache.put(&names[1], text.as_bytes());
                stored.map_err(unstored)?;
                let opened = self.parts(url, &new, false, names, None)?;
                opened.file.keep_head(&head);
                Ok(Opened::Parts(Box::new(opened)))
            }
            Attempt::Whole(new) => {
                let names = [whole.clone(), format!("{whole}.json")];
                self.store(file, *new, url, [&names[0], &names[1]])?;
                Ok(Opened::Whole(Fetched {
                    path: self.cache.path(&whole),
                    kept: false,
                    names,
                    warning: None,
                }))
            }
            Attempt::NotModified => parts(&known.unwrap_or_default(), true, None),
            Attempt::Broken(reason) if known.is_some() && !self.progress.is_cancelled() => {
                let warning = format!(
                    "`{url}` could not be checked for changes ({reason}); what an earlier run fetched of it is used"
                );
                parts(&known.unwrap_or_default(), true, Some(warning))
            }
            Attempt::Broken(reason) | Attempt::Refused(reason) => Err(reason),
            Attempt::Begun => unreachable!("what has begun is gone on with"),
        }
    }

    fn parts(
        self: &Arc<Self>,
        url: &str,
        known: &Known,
        kept: bool,
        names: [String; 2],
        warning: Option<String>,
    ) -> Result<Parts, String> {
        let remote = RemoteUrl {
            url: url.to_owned(),
            etag: known.etag.clone().unwrap_or_default(),
            length: known.length.unwrap_or_default(),
        };
        let version = blake3::hash(format!("{} {}", remote.length, remote.etag).as_bytes());
        let path = self.cache.path(&names[0]);
        let blocks = KeptBlocks::open(&path, *version.as_bytes(), self.cache.limit() / 2)
            .map_err(unstored)?;
        Ok(Parts {
            file: RemoteFile::new(self.clone(), url, remote, Some(blocks))?,
            kept,
            names,
            public: known.way.private.is_empty(),
            warning,
        })
    }
}
