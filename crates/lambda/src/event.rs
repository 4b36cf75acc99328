use std::ops::Range;

use kinora_media::Format;
use kinora_session::{FrameList, RenderSettings, Wanted};
use serde_json::{Value, json};

use crate::{
    Aim, BatchRender, Fault,
    fields::{Fields, shown},
    schema,
};

/// Workers that one job may have: as many calls as one process can hold open.
pub const MOST_WORKERS: u64 = 900;
/// How long a result's URL is good when nothing is said: a day.
const DEFAULT_EXPIRY: u64 = 24 * 3600;
/// How long it can be at most: what AWS signs for.
const LONGEST_EXPIRY: u64 = 7 * 24 * 3600;
/// Attempts at a worker's part when nothing is said, the first one included.
pub const DEFAULT_ATTEMPTS: u32 = 3;

/// What a function is asked to do.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// Render a film with the help of others.
    Full(Box<FullRender>),
    /// Render one worker's part.
    Partial(Box<PartialRender>),
    /// Render a film for each of many sets of variables.
    Batch(Box<BatchRender>),
    /// Draw one frame.
    Still(Box<StillRender>),
    /// Tell which version this is.
    About,
}

/// Render a film with the help of others.
#[derive(Clone, Debug, PartialEq)]
pub struct FullRender {
    /// Names the job and, if nothing else is said, the result.
    pub job: String,
    /// How many workers share the work, or what decides it.
    pub aim: Aim,
    /// The project and its settings.
    pub request: Request,
    /// The result's key; `JOB.mp4` if none, or [`FullRender::pictures`].
    pub output: Option<String>,
    /// Whether the result is a picture for each frame, by default `JOB/%05d.png`.
    pub pictures: bool,
    /// Whether the film can be looked at while it is made, by a play list beside it.
    pub stream: bool,
    /// How long the result's URL is good, in seconds.
    pub expires: u64,
    /// Attempts at each worker's part, at least 1.
    pub attempts: u32,
    /// Whether the workers' parts stay after success.
    pub keep_parts: bool,
    /// Whether large files behind URLs go to the bucket, instead of workers reading them
    /// from where they are.
    pub copy_sources: bool,
    /// Where the answer is posted as well.
    pub webhook: Option<String>,
}

/// Render one worker's part.
#[derive(Clone, Debug, PartialEq)]
pub struct PartialRender {
    /// Names the job.
    pub job: String,
    /// Which worker this is, from 0.
    pub worker: u64,
    /// How many workers there are.
    pub workers: u64,
    /// What a coordinator planned; none for a part that is asked for on its own, which
    /// records the project itself.
    pub planned: Option<Planned>,
    /// The project and its settings.
    pub request: Request,
}

/// Draw one frame.
#[derive(Clone, Debug, PartialEq)]
pub struct StillRender {
    /// Names the result, if nothing else is said.
    pub job: String,
    /// Which frame.
    pub wanted: Wanted,
    /// The project and its settings.
    pub request: Request,
    /// The result's key, which ends as pictures' names do; `JOB.png` if none.
    pub output: Option<String>,
    /// How long the result's URL is good, in seconds.
    pub expires: u64,
}

/// Which part of a recorded film a worker renders.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Planned {
    /// The film's folder in the bucket.
    pub folder: String,
    /// The run of segments that were stored together.
    pub run: Range<u64>,
    /// Those of them to render.
    pub segments: Vec<u64>,
}

/// A project and what replaces its own settings.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Request {
    /// A bundled project, as a key of the bucket or an `s3://` address; none for the one
    /// that is part of the function.
    pub project: Option<String>,
    /// Replaces the project's variables.
    pub variables: Option<Value>,
    /// The rest.
    pub settings: RenderSettings,
}

impl Event {
    /// Reads an event.
    ///
    /// # Errors
    /// When a field is missing, unknown, of a wrong type or out of range; the fault names it.
    pub fn parse(text: &str) -> Result<Self, Fault> {
        let value: Value = serde_json::from_str(text)
            .map_err(|error| Fault::field("event", format!("is not JSON: {error}")))?;
        let Value::Object(map) = value else {
            return Err(Fault::field("event", "must be a JSON object"));
        };
        let mut fields = Fields { above: "", map };
        let kind = fields.text("jobType", 100)?;
        schema::check(kind.as_deref().unwrap_or("fullRender"), &fields.map)?;
        let event = match kind.as_deref() {
            None | Some("fullRender") => Self::Full(Box::new(full(&mut fields)?)),
            Some("frames") => Self::Full(Box::new(FullRender {
                pictures: true,
                ..full(&mut fields)?
            })),
            Some("batch") => Self::Batch(Box::new(BatchRender::read(&mut fields)?)),
            Some("partialRender") => Self::Partial(Box::new(partial(&mut fields)?)),
            Some("still") => Self::Still(Box::new(still(&mut fields)?)),
            Some("about") => Self::About,
            Some(_) => unreachable!("the schema has no such kind"),
        };
        fields.end()?;
        Ok(event)
    }
}

impl Event {
    /// The event in a line of the function's log, by which a job's calls are found; none if
    /// it is no job's.
    pub(crate) fn line(&self) -> Option<String> {
        let (job, what) = match self {
            Self::Full(full) => (&full.job, "the whole film".to_owned()),
            Self::Still(still) => (&still.job, "a frame".to_owned()),
            Self::Batch(batch) => (&batch.full.job, format!("{} films", batch.rows.len())),
            Self::Partial(part) => match &part.planned {
                Some(planned) => {
                    let Range { start, end } = planned.run;
                    let count = planned.segments.len();
                    (&part.job, format!("{count} segments of {start}..{end}"))
                }
                None => (
                    &part.job,
                    format!("part {} of {}", part.worker, part.workers),
                ),
            },
            Self::About => return None,
        };
        Some(format!("job {job}: {what}"))
    }
}

impl PartialRender {
    /// The event that a coordinator sends for its own function.
    pub fn to_json(&self) -> Value {
        let mut event = json!({
            "jobType": "partialRender",
            "jobId": self.job,
            "workerId": self.worker,
            "numWorkers": self.workers,
        });
        if let Some(planned) = &self.planned {
            event["planned"] = json!({
                "folder": planned.folder,
                "run": [planned.run.start, planned.run.end],
                "segments": planned.segments,
            });
        }
        event
    }
}

pub(crate) fn full(fields: &mut Fields) -> Result<FullRender, Fault> {
    let job = job(fields)?;
    let aim = Aim::take(fields)?;
    let output = match fields.text("outputKey", 1024)? {
        Some(key) => Some(output_key(fields, key)?),
        None => None,
    };
    let expires = expires(fields)?;
    let attempts = fields
        .whole("retries", 0..=20)?
        .map(|retries| retries as u32 + 1);
    let webhook = match fields.text("webhook", 2048)? {
        Some(url) if url.starts_with("https://") || url.starts_with("http://") => Some(url),
        Some(url) => {
            let what = format!("must be an http or https URL, got `{}`", shown(&url));
            return Err(fields.fault("webhook", what));
        }
        None => None,
    };
    Ok(FullRender {
        job,
        aim,
        output,
        pictures: false,
        stream: fields.flag("stream")?.unwrap_or(false),
        expires,
        attempts: attempts.unwrap_or(DEFAULT_ATTEMPTS),
        keep_parts: fields.flag("keepParts")?.unwrap_or(false),
        copy_sources: fields.flag("copySources")?.unwrap_or(false),
        webhook,
        request: request(fields)?,
    })
}

fn still(fields: &mut Fields) -> Result<StillRender, Fault> {
    let job = job(fields)?;
    let frame = fields.whole("frame", 0..=u64::from(u32::MAX))?;
    let wanted = match (frame, fields.take("time")) {
        (Some(_), Some(_)) => {
            return Err(fields.fault("time", "means a frame, and so does `frame`: one is enough"));
        }
        (frame, None) => Wanted::Frames(FrameList::one(frame.unwrap_or(0))),
        (None, Some(time)) => match time.as_f64().filter(|time| *time >= 0.0) {
            Some(time) => Wanted::Time(time),
            None => {
                let what = format!(
                    "must be seconds, at least 0, got `{}`",
                    shown(&time.to_string())
                );
                return Err(fields.fault("time", what));
            }
        },
    };
    let output = match fields.text("outputKey", 1024)? {
        Some(key) => Some(output_key(fields, key)?),
        None => None,
    };
    Ok(StillRender {
        job,
        wanted,
        output,
        expires: expires(fields)?,
        request: request(fields)?,
    })
}

/// How long a result's URL is good.
fn expires(fields: &mut Fields) -> Result<u64, Fault> {
    let expires = fields.whole("expiresInSeconds", 1..=LONGEST_EXPIRY)?;
    Ok(expires.unwrap_or(DEFAULT_EXPIRY))
}

fn partial(fields: &mut Fields) -> Result<PartialRender, Fault> {
    let job = job(fields)?;
    let workers = workers(fields)?;
    let worker = fields.whole("workerId", 0..=MOST_WORKERS)?;
    let worker = worker.ok_or_else(|| fields.missing("workerId"))?;
    if worker >= workers {
        let what = format!("must be less than `numWorkers`, which is `{workers}`, got `{worker}`");
        return Err(fields.fault("workerId", what));
    }
    let planned = match fields.object("planned")? {
        Some(mut planned) => {
            let read = read_planned(&mut planned, &job)?;
            planned.end()?;
            Some(read)
        }
        None => None,
    };
    Ok(PartialRender {
        job,
        worker,
        workers,
        planned,
        request: request(fields)?,
    })
}

fn read_planned(fields: &mut Fields, job: &str) -> Result<Planned, Fault> {
    let folder = fields.text("folder", 1024)?;
    let folder = folder.ok_or_else(|| fields.missing("folder"))?;
    let own = format!("{}/", crate::keys::job_folder(job));
    let film = folder.strip_prefix(&own).unwrap_or_default();
    if film.is_empty() || !film.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        let what = format!("must be a folder of the job, got `{}`", shown(&folder));
        return Err(fields.fault("folder", what));
    }
    let run = fields.numbers("run")?;
    let &[start, end] = &run[..] else {
        return Err(fields.fault("run", "must be two segments, from and up to"));
    };
    let segments = fields.numbers("segments")?;
    let inside = |segment: &u64| (start..end).contains(segment);
    if segments.is_empty() || !segments.iter().all(inside) || !segments.is_sorted() {
        return Err(fields.fault("segments", "must be segments of the run, in order"));
    }
    Ok(Planned {
        folder,
        run: start..end,
        segments,
    })
}

fn job(fields: &mut Fields) -> Result<String, Fault> {
    let job = fields.text("jobId", usize::MAX)?;
    let job = job.ok_or_else(|| fields.missing("jobId"))?;
    if is_job_name(&job) {
        return Ok(job);
    }
    let what = format!(
        "must be 1 to 128 letters, digits, `-`, `_` or `.`, not beginning with `.`, got `{}`",
        shown(&job)
    );
    Err(fields.fault("jobId", what))
}

/// Whether a job can have this name: 1 to 128 letters, digits, `-`, `_` or `.`, not
/// beginning with a dot.
pub fn is_job_name(name: &str) -> bool {
    let plain = |letter: char| letter.is_ascii_alphanumeric() || "._-".contains(letter);
    (1..=128).contains(&name.len()) && name.chars().all(plain) && !name.starts_with('.')
}

fn workers(fields: &mut Fields) -> Result<u64, Fault> {
    let workers = fields.whole("numWorkers", 1..=MOST_WORKERS)?;
    workers.ok_or_else(|| fields.missing("numWorkers"))
}

fn request(fields: &mut Fields) -> Result<Request, Fault> {
    let project = match fields.text("project", 1024)? {
        Some(key) => Some(project_key(fields, key)?),
        None => None,
    };
    let variables = fields.object("variables")?;
    let settings = match fields.object("settings")? {
        Some(mut settings) => {
            let read = read_settings(&mut settings)?;
            settings.end()?;
            read
        }
        None => RenderSettings::default(),
    };
    Ok(Request {
        project,
        variables: variables.map(|fields| Value::Object(fields.map)),
        settings,
    })
}

fn read_settings(fields: &mut Fields) -> Result<RenderSettings, Fault> {
    RenderSettings::take(&mut fields.map).map_err(|error| fields.fault(&error.name, error.what))
}

pub(crate) fn output_key(fields: &Fields, key: String) -> Result<String, Fault> {
    let fault =
        |what: &str| Err(fields.fault("outputKey", format!("{what}, got `{}`", shown(&key))));
    let lower = key.to_ascii_lowercase();
    let endings = || Format::names().flat_map(Format::endings);
    if !endings().any(|ending| lower.ends_with(&format!(".{ending}"))) {
        let endings: Vec<String> = endings().map(|ending| format!("`.{ending}`")).collect();
        return fault(&format!("must end in {}", endings.join(" or ")));
    }
    if key.starts_with("kinora/") {
        return fault("must not lie under `kinora/`, whose objects are removed after a while");
    }
    if !is_plain_key(&key) {
        return fault("must be a plain key: no empty parts, `.`, `..` or control characters");
    }
    Ok(key)
}

fn project_key(fields: &Fields, key: String) -> Result<String, Fault> {
    let path = match key.strip_prefix("s3://") {
        Some(rest) => rest.split_once('/').map_or("", |(_, path)| path),
        None => &key,
    };
    if is_plain_key(path) {
        return Ok(key);
    }
    let what = format!(
        "must be a key of the bucket or `s3://BUCKET/KEY`, got `{}`",
        shown(&key)
    );
    Err(fields.fault("project", what))
}

fn is_plain_key(key: &str) -> bool {
    let part = |part: &str| !part.is_empty() && part != "." && part != "..";
    key.split('/').all(part) && !key.chars().any(char::is_control) && !key.contains('\\')
}

#[cfg(test)]
mod tests {
    use kinora_media::Preset;
    use serde_json::Map;

    use super::*;

    fn full(text: &str) -> FullRender {
        match Event::parse(text).unwrap() {
            Event::Full(full) => *full,
            other => panic!("no full render: {other:?}"),
        }
    }

    fn fault(text: &str) -> String {
        let fault = Event::parse(text).unwrap_err();
        assert_eq!(fault.status(), 400);
        assert!(fault.field.is_some());
        fault.text()
    }

    fn with(field: &str) -> String {
        format!(r#"{{"jobId":"a","numWorkers":2,{field}}}"#)
    }

    #[test]
    fn a_job_s_calls_can_be_found_in_the_log() {
        let line = |text: &str| Event::parse(text).unwrap().line();
        let full = line(r#"{"jobId":"first","numWorkers":2}"#);
        assert_eq!(full.as_deref(), Some("job first: the whole film"));
        let part = line(r#"{"jobType":"partialRender","jobId":"a","workerId":1,"numWorkers":2}"#);
        assert_eq!(part.as_deref(), Some("job a: part 1 of 2"));
        assert_eq!(line(r#"{"jobType":"about"}"#), None);
    }

    #[test]
    fn the_example_s_event_is_understood() {
        let event = full(
            r#"{"jobId":"12345","numWorkers":5,"jobType":"fullRender","variables":{"message":"Hello from Revideo!"}}"#,
        );
        assert_eq!((event.job.as_str(), event.aim), ("12345", Aim::workers(5)));
        assert_eq!(
            event.request.variables,
            Some(json!({"message": "Hello from Revideo!"}))
        );
        assert_eq!(event.expires, 86_400);
        assert_eq!(event.attempts, 3);
        assert_eq!(
            full(r#"{"jobId":"a","numWorkers":2.0}"#).aim,
            Aim::workers(2)
        );
        let aim = full(r#"{"jobId":"a","deadline":"8s","maxCost":0.02,"dryRun":true}"#).aim;
        assert_eq!(
            (aim.deadline, aim.max_cost, aim.dry_run),
            (Some(8.0), Some(0.02), true)
        );
    }

    #[test]
    fn every_optional_field_is_understood() {
        let event = full(&with(
            r#""project":"s3://other/videos/a.kinora","outputKey":"out/a.mp4","expiresInSeconds":60,
            "retries":0,"keepParts":true,"copySources":true,"webhook":"https://example.com/x","variables":null,
            "settings":{"size":{"x":640,"y":360},"fps":25,"range":[1,null],"format":"mp4",
            "crf":30,"preset":"medium","background":"red","scale":0.5}"#,
        ));
        let settings = &event.request.settings;
        assert_eq!(settings.size, Some((640, 360)));
        assert_eq!(settings.range, Some((1.0, f64::INFINITY)));
        let quality = &settings.quality;
        assert_eq!(
            (quality.crf, quality.preset),
            (Some(30), Some(Preset::Medium))
        );
        assert_eq!((event.attempts, event.keep_parts), (1, true));
        assert!(event.copy_sources);
        assert_eq!(event.output.as_deref(), Some("out/a.mp4"));
        assert_eq!(event.request.variables, None);
    }

    #[test]
    fn a_planned_part_is_read_as_it_was_written() {
        let part = PartialRender {
            job: "a".to_owned(),
            worker: 1,
            workers: 3,
            planned: Some(Planned {
                folder: "kinora/jobs/a/0123abc".to_owned(),
                run: 4..9,
                segments: vec![4, 7],
            }),
            request: Request::default(),
        };
        let read = Event::parse(&part.to_json().to_string()).unwrap();
        assert_eq!(read, Event::Partial(Box::new(part)));
    }

    #[test]
    fn wrong_events_name_their_field() {
        let long = "x".repeat(1 << 20);
        let deep = format!("{}1{}", "[".repeat(5000), "]".repeat(5000));
        let table = [
            ("[]".to_owned(), "`event` must be a JSON object"),
            ("{".to_owned(), "`event` is not JSON"),
            (r#"{"numWorkers":1}"#.to_owned(), "`jobId` is missing"),
            (r#"{"jobId":null,"numWorkers":1}"#.to_owned(), "`jobId` is missing"),
            (r#"{"jobId":5,"numWorkers":1}"#.to_owned(), "`jobId` must be a text, got `5`"),
            (r#"{"jobId":"","numWorkers":1}"#.to_owned(), "`jobId` must be 1 to 128"),
            (r#"{"jobId":"../x","numWorkers":1}"#.to_owned(), "`jobId` must be 1 to 128"),
            (r#"{"jobId":"a/b","numWorkers":1}"#.to_owned(), "`jobId` must be 1 to 128"),
            (r#"{"jobId":"..","numWorkers":1}"#.to_owned(), "`jobId` must be 1 to 128"),
            (format!(r#"{{"jobId":"{long}","numWorkers":1}}"#), "`jobId` must be 1 to 128"),
            (r#"{"jobId":"a"}"#.to_owned(), "`numWorkers` is missing"),
            (r#"{"jobId":"a","numWorkers":0}"#.to_owned(), "`numWorkers` must be a whole number from 1 to 900, got `0`"),
            (r#"{"jobId":"a","numWorkers":1e9}"#.to_owned(), "`numWorkers` must be"),
            (r#"{"jobId":"a","numWorkers":"5"}"#.to_owned(), "`numWorkers` must be"),
            (r#"{"jobId":"a","numWorkers":1.5}"#.to_owned(), "`numWorkers` must be"),
            (r#"{"jobType":"render","jobId":"a","numWorkers":1}"#.to_owned(), "`jobType` must be `"),
            (r#"{"jobId":"a","deadline":"soon"}"#.to_owned(), "`deadline` must be a time greater than 0"),
            (r#"{"jobId":"a","maxCost":"2 cents"}"#.to_owned(), "`maxCost` must be US dollars"),
            (with(r#""variables":[]"#), "`variables` must be an object, got `[]`"),
            (with(&format!(r#""variables":{deep}"#)), "`event` is not JSON"),
            (with(r#""varables":{}"#), "`varables` is not a field"),
            (with(r#""workerId":1"#), "`workerId` is not a field of `fullRender`, but of `partialRender`"),
            (with(r#""project":"../x""#), "`project` must be a key"),
            (with(r#""project":"s3://only-bucket""#), "`project` must be a key"),
            (with(r#""outputKey":"a.avi""#), "`outputKey` must end in `.mp4` or `.m4v`"),
            (with(r#""outputKey":"/a.mp4""#), "`outputKey` must be a plain key"),
            (with(r#""outputKey":"x/../a.mp4""#), "`outputKey` must be a plain key"),
            (with(r#""outputKey":"kinora/a.mp4""#), "`outputKey` must not lie under"),
            (with(&format!(r#""outputKey":"{long}.mp4""#)), "`outputKey` must be at most 1024 bytes"),
            (with(r#""expiresInSeconds":604801"#), "`expiresInSeconds` must be"),
            (with(r#""retries":-1"#), "`retries` must be"),
            (with(r#""stream":1"#), "`stream` must be true or false, got `1`"),
            (with(r#""keepParts":"yes""#), "`keepParts` must be true or false"),
            (with(r#""webhook":"ftp://x""#), "`webhook` must be an http or https URL"),
            (with(r#""settings":{"size":[0,5]}"#), "`settings.size` must be two whole numbers"),
            (with(r#""settings":{"size":"big"}"#), "`settings.size` must be two whole numbers"),
            (with(r#""settings":{"fps":0}"#), "`settings.fps` must be a number"),
            (with(r#""settings":{"fps":"fast"}"#), "`settings.fps` must be a number"),
            (with(r#""settings":{"range":[3,2]}"#), "`settings.range` must be seconds"),
            (with(r#""settings":{"format":"avi"}"#), "`settings.format` must be a format that is written, `mp4`"),
            (with(r#""settings":{"crf":64}"#), "`settings.crf` must be"),
            (with(r#""settings":{"preset":"quick"}"#), "`settings.preset` is wrong: `quick` is not an encoder preset"),
            (with(r#""settings":{"qualities":1}"#), "`settings.qualities` is not a field"),
            (with(r#""settings":7"#), "`settings` must be an object"),
            (r#"{"jobType":"partialRender","jobId":"a","numWorkers":2}"#.to_owned(), "`workerId` is missing"),
            (r#"{"jobType":"partialRender","jobId":"a","numWorkers":2,"workerId":2}"#.to_owned(), "`workerId` must be less than `numWorkers`"),
            (r#"{"jobType":"partialRender","jobId":"a","numWorkers":2,"workerId":1,"planned":{"folder":"kinora/jobs/b/x","run":[0,1],"segments":[0]}}"#.to_owned(), "`planned.folder` must be a folder of the job"),
            (r#"{"jobType":"partialRender","jobId":"a","numWorkers":2,"workerId":1,"planned":{"folder":"kinora/jobs/a/x","run":[0,1],"segments":[1]}}"#.to_owned(), "`planned.segments` must be segments of the run"),
        ];
        for (event, message) in table {
            let told = fault(&event);
            assert!(told.starts_with(message), "{told}");
            assert!(told.len() < 400, "{told}");
        }
    }

    /// Events made of right and wrong pieces: never a panic, and always a short answer.
    #[test]
    fn random_events_are_understood_or_refused_by_name() {
        let names = [
            "jobType",
            "jobId",
            "numWorkers",
            "workerId",
            "variables",
            "project",
            "settings",
            "outputKey",
            "expiresInSeconds",
            "retries",
            "keepParts",
            "copySources",
            "stream",
            "deadline",
            "maxCost",
            "dryRun",
            "fasterPreset",
            "webhook",
            "planned",
            "size",
            "fps",
            "range",
            "crf",
            "preset",
            "folder",
            "run",
            "segments",
            "jobid",
            "",
        ];
        let mut random = fastrand::Rng::with_seed(7);
        let mut understood = 0;
        for _ in 0..20_000 {
            let mut event = random_object(&mut random, &names, 3);
            if random.bool() {
                event["jobId"] = json!("a");
                event["numWorkers"] = json!(3);
            }
            let mut text = event.to_string();
            if random.u8(..10) == 0 {
                let mut bytes = text.into_bytes();
                let place = random.usize(..bytes.len());
                bytes[place] = random.u8(..);
                text = String::from_utf8_lossy(&bytes).into_owned();
            }
            match Event::parse(&text) {
                Ok(_) => understood += 1,
                Err(fault) => {
                    assert!(fault.field.is_some());
                    assert!(fault.text().len() < 1000);
                }
            }
        }
        assert!(understood > 20);
    }

    fn random_object(random: &mut fastrand::Rng, names: &[&str], depth: u32) -> Value {
        let mut map = Map::new();
        for _ in 0..random.usize(..4) {
            let name = names[random.usize(..names.len())];
            map.insert(name.to_owned(), random_value(random, names, depth));
        }
        Value::Object(map)
    }

    fn random_value(random: &mut fastrand::Rng, names: &[&str], depth: u32) -> Value {
        match random.u8(..if depth == 0 { 6 } else { 8 }) {
            0 => Value::Null,
            1 => json!(random.bool()),
            2 => json!(random.i32(-3..1000)),
            3 => json!(random.f64() * 10.0),
            4 => json!(
                [
                    "fullRender",
                    "frames",
                    "partialRender",
                    "a",
                    "../x",
                    "a.mp4",
                    "medium"
                ][random.usize(..7)]
            ),
            5 => json!(f64::MAX),
            6 => (0..random.usize(..4))
                .map(|_| random_value(random, names, depth - 1))
                .collect(),
            _ => random_object(random, names, depth - 1),
        }
    }
}
