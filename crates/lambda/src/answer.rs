use std::{path::Path, time::Duration};

use kinora_media::{Container, SequenceSink};
use serde_json::{Value, json};

use crate::{Bucket, Fault, FaultKind, JobReport, pieces::put_signed};

/// URLs of pictures that an answer has room for.
const MOST_URLS: u64 = 1000;

/// What is answered of a film.
pub(crate) struct FullAnswer<'a> {
    pub made: &'a JobReport,
    pub bucket: &'a Bucket,
    /// The result's key, or the pattern of its pictures' keys.
    pub key: &'a str,
    pub container: Container,
    /// How long URLs are good.
    pub lasting: Duration,
}

impl FullAnswer<'_> {
    /// The report, and URLs that open what was made.
    pub async fn to_json(&self) -> Result<Value, Fault> {
        let mut answer = json!(self.made);
        answer["key"] = json!(self.bucket.uri(self.key));
        answer["expiresInSeconds"] = json!(self.lasting.as_secs());
        let signed = match &self.made.stream {
            Some(list) => Some(self.signed_list(list).await?),
            None => None,
        };
        if let Some(url) = &signed {
            answer["streamUrl"] = json!(url);
        }
        answer["resultUrl"] = match (self.container, signed) {
            (Container::Hls, Some(url)) => json!(url),
            (Container::Pictures, _) => {
                let urls = self.pictures().await?;
                answer["urls"] = json!(urls);
                json!(urls.first())
            }
            _ => json!(self.bucket.presign(self.key, self.lasting).await?),
        };
        Ok(answer)
    }

    /// A play list's URL, of URLs that are good from now on.
    async fn signed_list(&self, key: &str) -> Result<String, Fault> {
        let missing = || {
            let message = format!("`{}` is gone", self.bucket.uri(key));
            Fault::new(FaultKind::Passing, message)
        };
        let list = self.bucket.get(key).await?.ok_or_else(missing)?;
        put_signed(self.bucket, key, &list, self.lasting).await
    }

    /// The URLs of the first pictures.
    async fn pictures(&self) -> Result<Vec<String>, Fault> {
        let pattern = SequenceSink::pattern(Path::new(self.key))?;
        let mut urls = Vec::new();
        for number in 0..self.made.frames.min(MOST_URLS) {
            let key = pattern.path(number);
            let key = key.to_string_lossy();
            urls.push(self.bucket.presign(&key, self.lasting).await?);
        }
        Ok(urls)
    }
}
