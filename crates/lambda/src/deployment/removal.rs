use std::collections::BTreeMap;

use serde::Serialize;

use super::{Tell, carry::remove, settled, watch::Watch};
use crate::{
    Bucket, Fault, FaultKind,
    aws::{Aws, AwsError, Stack, Template},
};

/// Objects that are removed at once.
const BATCH: usize = 1000;
/// How films' and pictures' keys end.
const FILMS: [&str; 16] = [
    "mp4", "mov", "m4v", "mkv", "webm", "gif", "apng", "webp", "avif", "png", "jpg", "wav", "mp3",
    "m4a", "opus", "flac",
];

/// What a bucket holds.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Stored {
    /// Its name.
    pub bucket: String,
    /// All objects.
    pub objects: u64,
    /// Their bytes.
    pub bytes: u64,
    /// Objects that jobs have made: films, pictures, sounds.
    pub films: u64,
    /// Their bytes.
    pub film_bytes: u64,
}

impl Stored {
    /// What this bucket holds; none if there is no such bucket.
    pub(super) async fn of(aws: &Aws, bucket: &str) -> Result<Option<Self>, Fault> {
        let store = Bucket::open(aws.account(), bucket)?;
        let objects = match store.list("").await {
            Ok(objects) => objects,
            Err(fault) if fault.message.starts_with("there is no bucket") => return Ok(None),
            Err(fault) => return Err(fault),
        };
        let mut stored = Self {
            bucket: bucket.to_owned(),
            ..Self::default()
        };
        for (key, bytes) in objects {
            stored.objects += 1;
            stored.bytes += bytes;
            if is_film(&key) {
                stored.films += 1;
                stored.film_bytes += bytes;
            }
        }
        Ok(Some(stored))
    }
}

fn is_film(key: &str) -> bool {
    let ending = key.rsplit_once('.').map(|(_, ending)| ending);
    !key.starts_with("kinora/") && ending.is_some_and(|ending| FILMS.contains(&ending))
}

/// What removing would remove.
pub struct Removal {
    /// The stack.
    pub stack: Stack,
    /// Its resources' names, by their names in the template.
    pub resources: BTreeMap<String, String>,
    /// What its bucket holds, if it has one.
    pub stored: Option<Stored>,
}

impl Removal {
    /// Looks at what there is, once AWS is no longer at it; none if there is no such stack.
    ///
    /// # Errors
    /// When AWS refuses to tell.
    pub async fn of(aws: &Aws, name: &str, tell: Tell<'_>) -> Result<Option<Self>, Fault> {
        let stack = match settled(aws, name, tell).await {
            // What cannot be changed any more can still be removed.
            Err(_) => aws.stack(name).await?,
            Ok(stack) => stack,
        };
        let Some(stack) = stack else {
            return Ok(None);
        };
        let resources = aws.stack_resources(&stack.id).await?;
        let stored = match resources.get("Bucket") {
            Some(bucket) => Stored::of(aws, bucket).await?,
            None => None,
        };
        Ok(Some(Self {
            stack,
            resources,
            stored,
        }))
    }

    /// Removes it all, or (`keep_bucket`) all but the bucket. When it is interrupted or
    /// fails, another run goes on from there.
    ///
    /// # Errors
    /// When AWS refuses; the fault names the way out.
    pub async fn carry_out(
        &self,
        aws: &Aws,
        keep_bucket: bool,
        tell: Tell<'_>,
    ) -> Result<(), Fault> {
        match (&self.stored, keep_bucket) {
            (Some(_), true) => self.keep_bucket(aws, tell).await?,
            (Some(stored), false) => empty(aws, stored, tell).await?,
            (None, _) => {}
        }
        tell(&format!("removing the stack `{}`", self.stack.name));
        remove(aws, &self.stack, tell).await
    }

    /// Has the stack leave its bucket behind.
    async fn keep_bucket(&self, aws: &Aws, tell: Tell<'_>) -> Result<(), Fault> {
        tell("having the stack leave its bucket behind");
        let text = aws.stack_template(&self.stack.id).await?;
        let template = Template::parse(&text).unwrap_or_else(Template::own);
        let template = template.keeping(&["Bucket", "BucketPolicy"]);
        let watch = Watch::from_now(aws, &self.stack.id).await?;
        match aws
            .update_stack(&self.stack.id, &template, &self.stack.parameters)
            .await
        {
            Ok(true) => watch.end(tell).await?.done(aws.region()).map(drop),
            Ok(false) => Ok(()),
            Err(AwsError::Refused(refusal)) if refusal.code == "ValidationError" => {
                let mut fault = Fault::new(
                    FaultKind::Tool,
                    format!(
                        "the stack `{}` is in the state `{}`, in which it cannot leave its bucket behind: copy what is \
                         to be kept out of `{}`, and remove all",
                        self.stack.name,
                        self.stack.status,
                        self.resources.get("Bucket").map_or("", String::as_str),
                    ),
                );
                fault.causes.push(refusal.message);
                Err(fault)
            }
            Err(error) => Err(error.into()),
        }
    }
}

/// Removes all objects of a bucket.
async fn empty(aws: &Aws, stored: &Stored, tell: Tell<'_>) -> Result<(), Fault> {
    let bucket = Bucket::open(aws.account(), &stored.bucket)?;
    let keys: Vec<String> = bucket
        .list("")
        .await?
        .into_iter()
        .map(|(key, _)| key)
        .collect();
    if keys.is_empty() {
        return Ok(());
    }
    tell(&format!(
        "removing {} objects from the bucket `{}`",
        keys.len(),
        stored.bucket
    ));
    for batch in keys.chunks(BATCH) {
        bucket.delete(batch.to_vec()).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn films_are_what_jobs_made() {
        for film in ["first.mp4", "films/a.webm", "still.png", "a.kinora.mp4"] {
            assert!(is_film(film), "{film}");
        }
        for other in [
            "kinora/jobs/a/x.mp4",
            "kinora/code/1.zip",
            "videos/my.kinora",
            "mp4",
        ] {
            assert!(!is_film(other), "{other}");
        }
    }
}
