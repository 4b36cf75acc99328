use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};

use crate::{Bucket, Fault, FaultKind, bucket::Version, keys, report::present_ms};

/// How long a coordinator without a deadline is believed to be at it.
const LONGEST: Duration = Duration::from_secs(3600);
/// How often a claim is written when others write it at the same time.
const ATTEMPTS: usize = 20;

/// Who leads a job: one object of the bucket, written only on the condition that nobody
/// has written it meanwhile.
///
/// Coordinators with the same input may lead a job side by side, as when an event is
/// delivered twice; one with another input is refused while others lead it.
pub(crate) struct Claim {
    bucket: Bucket,
    job: String,
    leader: String,
}

/// What a job was asked for and who leads it, as it stands in the bucket.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Asked {
    input: String,
    now_ms: f64,
    #[serde(default)]
    leaders: Vec<Leader>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Leader {
    id: String,
    /// When it is over in any case, in milliseconds since 1970.
    until_ms: f64,
}

impl Asked {
    /// The coordinators that are at it.
    fn living(&self) -> impl Iterator<Item = &Leader> {
        let present = present_ms();
        let alive = move |leader: &&Leader| leader.until_ms > present;
        self.leaders.iter().filter(alive)
    }
}

impl Claim {
    /// Claims a job for an input. Also the present that its scripts see, in milliseconds
    /// since 1970: `now_ms` if it is given, else that of an earlier run with the same
    /// input, else this moment.
    ///
    /// # Errors
    /// [`FaultKind::Taken`] when others lead the job with another input; when the bucket
    /// cannot be read or written to.
    pub async fn new(
        bucket: &Bucket,
        job: &str,
        input: &str,
        now_ms: Option<f64>,
        deadline: Option<Instant>,
    ) -> Result<(Self, f64), Fault> {
        let claim = Self {
            bucket: bucket.clone(),
            job: job.to_owned(),
            leader: format!("{:016x}", fastrand::u64(..)),
        };
        let left = deadline.map(|deadline| deadline.saturating_duration_since(Instant::now()));
        let left = left.unwrap_or(LONGEST).as_millis() as f64;
        let now_ms = claim
            .change(|asked| {
                let same = asked.input == input;
                if !same && asked.living().next().is_some() {
                    let message = format!(
                        "the job `{job}` is under way for another input; wait for its end, cancel it, or take another name"
                    );
                    return Err(Fault::new(FaultKind::Taken, message));
                }
                let earlier = same.then_some(asked.now_ms);
                asked.now_ms = now_ms.or(earlier).unwrap_or_else(present_ms);
                asked.input = input.to_owned();
                // A write that was stored and not confirmed is written again.
                asked.leaders.retain(|leader| leader.id != claim.leader);
                asked.leaders.push(Leader {
                    id: claim.leader.clone(),
                    until_ms: present_ms() + left,
                });
                Ok(asked.now_ms)
            })
            .await?;
        Ok((claim, now_ms))
    }

    /// Whether nobody else leads the job. Who cannot know does not clear up after others.
    pub async fn is_alone(&self) -> bool {
        match self.read().await {
            Ok((asked, _)) => asked.living().all(|leader| leader.id == self.leader),
            Err(_) => false,
        }
    }

    /// Gives the job up; whether nobody else leads it then.
    pub async fn release(&self) -> bool {
        let left = self.change(|asked| {
            asked.leaders.retain(|leader| leader.id != self.leader);
            Ok(asked.living().count())
        });
        matches!(left.await, Ok(0))
    }

    async fn read(&self) -> Result<(Asked, Option<Version>), Fault> {
        let found = self.bucket.get_version(&keys::job(&self.job)).await?;
        let (bytes, version) = match found {
            Some((bytes, version)) => (bytes, Some(version)),
            None => return Ok((Asked::default(), None)),
        };
        // What cannot be read, such as another version's, is written anew.
        let mut asked: Asked = serde_json::from_slice(&bytes).unwrap_or_default();
        let living: Vec<Leader> = asked.living().cloned().collect();
        asked.leaders = living;
        Ok((asked, version))
    }

    async fn change<T>(&self, change: impl Fn(&mut Asked) -> Result<T, Fault>) -> Result<T, Fault> {
        for attempt in 0..ATTEMPTS {
            let (mut asked, version) = self.read().await?;
            let done = change(&mut asked)?;
            let bytes = serde_json::to_vec(&asked);
            let bytes = bytes.expect("plain data in memory always serialises");
            let key = keys::job(&self.job);
            if self.bucket.put_version(&key, bytes, version).await? {
                return Ok(done);
            }
            let pause = 5 << attempt.min(6);
            tokio::time::sleep(Duration::from_millis(fastrand::u64(0..pause))).await;
        }
        let message = format!("the job `{}` is claimed by too many at once", self.job);
        Err(Fault::new(FaultKind::Passing, message))
    }
}
