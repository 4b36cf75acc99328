use std::{
    env,
    path::{Path, PathBuf},
    sync::Arc,
    time::{Duration, Instant},
};

use kinora_farm::{Cache, Progress};
use kinora_media::{Container, Preset, VideoCodec};
use kinora_project::{Access, CacheFolder, UrlPrefix, Voice, WebhookSecret, visible};
use kinora_script::{ScriptOptions, project_root};
use kinora_session::{
    FramePicture, Part, PartOrder, RecordOrder, Session, SessionError, Surroundings, identity,
};
use kinora_worker::Recipe;
use serde_json::{Value, json};
use tokio::sync::watch;

use crate::{
    Account, Aim, Bucket, Caller, CloudJob, Coordinator, Deployed, Event, Fault, FaultKind,
    FullRender, JobReport, Known, LambdaFunction, Output, PartialRender, Prices, Proposal, Request,
    Requests, StillRender, Stream, Terms, Workplace, answer::FullAnswer, batch::Batch, bundle,
    keys, render_planned, report::present_ms, webhook,
};

/// How long URLs of a worker's own parts are good: a day.
const PART_EXPIRY: Duration = Duration::from_secs(24 * 3600);

/// Bytes of memory for each pixel of the largest picture that is decoded: its pixels twice
/// at 16 bits, so that at least half is left for everything else.
const BYTES_A_PIXEL: u64 = 32;

/// What a function is told of a call by its surroundings.
#[derive(Clone, Debug)]
pub struct Call {
    /// When the function will be ended.
    pub deadline: Instant,
}

/// The function: events in, answers out.
pub struct Function {
    account: Account,
    /// The function's own name, by which it calls itself.
    name: Option<String>,
    version: Option<String>,
    bucket: Option<String>,
    /// The project that is part of the function.
    project: PathBuf,
    scratch: PathBuf,
    memory_mb: u64,
    threads: usize,
    /// Beginnings of the URLs that projects may fetch, if not all.
    urls: Option<Vec<UrlPrefix>>,
    /// What webhooks are signed with.
    secret: Option<WebhookSecret>,
    /// Seconds that a script may take for a frame.
    frame_seconds: Option<f64>,
    /// Why a script could not be ended, once there is one.
    stuck: watch::Sender<Option<Fault>>,
}

impl Function {
    /// The function as the environment describes it.
    ///
    /// # Errors
    /// When no region or no credentials are set.
    pub async fn from_environment() -> Result<Self, Fault> {
        let set = |name| env::var(name).ok().filter(|value| !value.is_empty());
        let task = set("LAMBDA_TASK_ROOT").map_or_else(|| ".".into(), PathBuf::from);
        let project = set("KINORA_PROJECT").unwrap_or_else(|| "src/project.tsx".to_owned());
        let urls = set("KINORA_ALLOW_URLS").map(|list| {
            let prefixes = list.split_whitespace().map(str::parse);
            prefixes.collect::<Result<Vec<UrlPrefix>, _>>()
        });
        let urls = urls.transpose().map_err(|error| {
            Fault::field(
                "KINORA_ALLOW_URLS",
                format!("is not a list of URLs: {error}"),
            )
        })?;
        let frame_seconds = set("KINORA_MAX_FRAME_TIME").map(|text| {
            let seconds = text.parse().ok().filter(|seconds| *seconds > 0.0);
            seconds.ok_or_else(|| {
                Fault::field(
                    "KINORA_MAX_FRAME_TIME",
                    format!("is `{text}`, not a number of seconds"),
                )
            })
        });
        let frame_seconds = frame_seconds.transpose()?;
        let secret = set("KINORA_WEBHOOK_SECRET").map(|text| text.parse());
        let secret = secret
            .transpose()
            .map_err(|error| Fault::field("KINORA_WEBHOOK_SECRET", format!("is wrong: {error}")))?;
        let memory_mb: Option<u64> =
            set("AWS_LAMBDA_FUNCTION_MEMORY_SIZE").and_then(|text| text.parse().ok());
        if let Some(memory) = memory_mb {
            let most = (memory << 20) / BYTES_A_PIXEL;
            kinora_media::limit_pixels(most.min(kinora_media::DEFAULT_MOST_PIXELS));
        }
        Ok(Self {
            account: Account::from_environment().await?,
            name: set("AWS_LAMBDA_FUNCTION_NAME"),
            version: set("AWS_LAMBDA_FUNCTION_VERSION"),
            bucket: set("REVIDEO_BUCKET_NAME"),
            project: task.join(project),
            scratch: env::temp_dir(),
            memory_mb: memory_mb.unwrap_or(0),
            threads: std::thread::available_parallelism().map_or(1, usize::from),
            urls,
            secret,
            frame_seconds,
            stuck: watch::Sender::new(None),
        })
    }

    /// Whether a script runs here that cannot be ended: its thread is busy as long as the
    /// process lives, so the process should take no further event.
    pub fn is_stuck(&self) -> bool {
        self.stuck.borrow().is_some()
    }

    /// What `work` comes to, or why the script in it could not be ended.
    async fn unless_stuck<T>(
        &self,
        work: impl Future<Output = Result<T, Fault>>,
    ) -> Result<T, Fault> {
        let mut stuck = self.stuck.subscribe();
        let told = async {
            let told = stuck.wait_for(Option::is_some).await;
            let fault = told.ok().and_then(|fault| fault.clone());
            fault.expect("the sender lives, and what is waited for is there")
        };
        tokio::select! {
            done = work => done,
            fault = told => Err(fault),
        }
    }

    /// Answers an event: a status code and a body, which is JSON in a text.
    pub async fn handle(&self, event: &str, call: Call) -> Value {
        let mut untold = None;
        let (status, mut body) = match self.answer(event, &call, &mut untold).await {
            Ok(body) => (200, body),
            Err(fault) => {
                eprintln!("error: {}", visible(&fault.to_string()));
                (
                    fault.status(),
                    json!({"error": fault.text(), "fault": fault}),
                )
            }
        };
        if let Some(fault) = untold {
            body["webhookError"] = json!(fault.text());
        }
        json!({
            "statusCode": status,
            "headers": {"content-type": "application/json"},
            "body": body.to_string(),
        })
    }

    /// The answer; `untold` becomes why it could not be posted where it was wanted.
    async fn answer(
        &self,
        event: &str,
        call: &Call,
        untold: &mut Option<Fault>,
    ) -> Result<Value, Fault> {
        let event = Event::parse(event)?;
        if let Some(line) = event.line() {
            eprintln!("{line}");
        }
        match event {
            Event::About => Ok(about()),
            Event::Full(full) => {
                let answer = self.unless_stuck(self.full(&full, call)).await;
                if let Some(url) = &full.webhook {
                    *untold = webhook::tell(url, self.secret.clone(), &full.job, &answer)
                        .await
                        .err();
                }
                answer
            }
            Event::Batch(batch) => {
                let making = Batch::new(self, &batch, call, self.bucket()?);
                let answer = self.unless_stuck(making.run()).await;
                if let Some(url) = &batch.full.webhook {
                    let told = webhook::tell(url, self.secret.clone(), &batch.full.job, &answer);
                    *untold = told.await.err();
                }
                answer
            }
            Event::Partial(part) => match &part.planned {
                Some(planned) => {
                    let place = Workplace {
                        bucket: self.bucket()?,
                        cache: self.cache()?,
                        access: self.access(),
                        threads: self.threads,
                        deadline: call.deadline,
                    };
                    let done = render_planned(place, &part.job, planned).await?;
                    Ok(json!(done))
                }
                None => self.unless_stuck(self.part(&part)).await,
            },
            Event::Still(still) => self.unless_stuck(self.still(&still)).await,
        }
    }

    fn bucket(&self) -> Result<Bucket, Fault> {
        let missing = || {
            Fault::field(
                "REVIDEO_BUCKET_NAME",
                "is not set; it names the bucket for results",
            )
        };
        Bucket::open(&self.account, self.bucket.as_deref().ok_or_else(missing)?)
    }

    /// Where files are kept between calls of the same sandbox: at most two thirds of
    /// the disk, because a coordinator's recorded segments stand there as well.
    fn cache(&self) -> Result<Cache, Fault> {
        let folder = self.scratch.join("kinora-cache");
        let fault = |error| {
            let message = format!("cannot use `{}` for files", self.scratch.display());
            Fault {
                kind: FaultKind::Passing,
                ..Fault::tool(message, &error)
            }
        };
        let size = rustix::fs::statvfs(&self.scratch);
        let size = size.map_err(|error| fault(error.into()))?;
        let limit = size.f_frsize.saturating_mul(size.f_blocks) / 3 * 2;
        Cache::open(&folder, limit).map_err(fault)
    }

    /// What a project may reach: nothing on this machine but its own folder, and no
    /// private address, because Lambda's runtime answers at one.
    fn access(&self) -> Access {
        Access {
            urls: self.urls.clone(),
            download_bytes: u64::MAX,
            ..Access::untrusted()
        }
    }

    /// The project, opened in the function's surroundings.
    fn session(&self, script: ScriptOptions) -> Result<Session, Fault> {
        let mut session = Session::open(
            script,
            Surroundings {
                access: self.access(),
                cache: CacheFolder::lasting(self.cache()?),
                voice: Arc::new(Log),
                progress: Arc::new(Progress::default()),
                scratch: self.scratch.clone(),
            },
        );
        let stuck = self.stuck.clone();
        session.when_stuck(move |error| {
            stuck.send_replace(Some(SessionError::from(error).into()));
        });
        Ok(session)
    }

    /// The project that is asked for, and its files.
    async fn script(&self, request: &Request) -> Result<ScriptOptions, Fault> {
        let mut script = match &request.project {
            Some(project) => {
                let own = self.bucket()?;
                let (bucket, key) = match project.strip_prefix("s3://") {
                    Some(rest) => {
                        let (name, key) = rest.split_once('/').unwrap_or((rest, ""));
                        (Bucket::open(&self.account, name)?, key)
                    }
                    None => (own, project.as_str()),
                };
                bundle::fetch(&bucket, key, &self.scratch).await?
            }
            None if self.project.is_file() => ScriptOptions {
                root: project_root(&self.project),
                ..ScriptOptions::new(&self.project)
            },
            None => {
                let what = format!(
                    "is missing, and the function has no project of its own at `{}`",
                    self.project.display()
                );
                return Err(Fault::field("project", what));
            }
        };
        script.confined = true;
        script.variables = request.variables.clone();
        request.settings.apply(&mut script);
        if let Some(seconds) = self.frame_seconds {
            script.limits.frame_seconds = seconds;
        }
        Ok(script)
    }

    /// A film, or what it would take and cost; what is answered of it.
    async fn full(&self, full: &FullRender, call: &Call) -> Result<Value, Fault> {
        match full.aim.dry_run {
            true => self.propose(full).await,
            false => Ok(self.film(full, call, None).await?.1),
        }
    }

    /// The gigabytes times seconds of coordinating for so long, and what they cost.
    pub(crate) fn coordination(&self, seconds: f64) -> Result<(f64, f64), Fault> {
        let rates = Prices::from_environment()?.rates(self.account.region())?;
        let function = Deployed::of_size(self.memory_mb);
        let gb_seconds = seconds * function.gb();
        let usd = rates.cost(&function, gb_seconds, 1, Requests::default());
        Ok((gb_seconds, usd))
    }

    fn name(&self) -> Result<&str, Fault> {
        self.name.as_deref().ok_or_else(|| {
            Fault::field(
                "AWS_LAMBDA_FUNCTION_NAME",
                "is not set; the function calls itself by it",
            )
        })
    }

    /// Makes a film with the help of others, and with what films of the same batch have made.
    pub(crate) async fn film(
        &self,
        full: &FullRender,
        call: &Call,
        known: Option<&Arc<Known>>,
    ) -> Result<(JobReport, Value), Fault> {
        let name = self.name()?;
        let bucket = self.bucket()?;
        let script = self.script(&full.request).await?;
        let caller = LambdaFunction::new(&self.account, name, self.version.clone());
        let key = result_key(full);
        let recipe = recipe(&full.request, &key)?;
        check_kind(full, &recipe, &key)?;
        let stream = stream(full, &recipe, &key);
        let container = recipe.format.container;
        let terms = Terms {
            // A batch is coordinated once for all of its films.
            coordinated: known.is_none(),
            ..self.terms(name, &full.aim).await?
        };
        let faster = faster(full, &key);
        let project = full.request.project.as_deref().unwrap_or_default();
        let list = stream.as_ref().map_or("", |stream| &stream.key);
        let job = CloudJob {
            id: full.job.clone(),
            input: identity(&script, &recipe, &[project, &key, list]),
            record: RecordOrder::new(recipe),
            aim: full.aim,
            faster,
            terms,
            attempts: full.attempts,
            keep_parts: full.keep_parts,
            copy_sources: full.copy_sources,
            output: Output::Key(key.clone()),
            stream,
            deadline: Some(call.deadline),
            now_ms: None,
            known: known.cloned(),
        };
        let coordinator = Coordinator {
            bucket: bucket.clone(),
            caller: Arc::new(caller) as Arc<dyn Caller>,
            session: self.session(script)?,
        };
        let made = coordinator.make(job).await?;
        let answer = FullAnswer {
            made: &made,
            bucket: &bucket,
            key: &key,
            container,
            lasting: Duration::from_secs(full.expires),
        };
        let answer = answer.to_json().await?;
        Ok((made, answer))
    }

    /// On what terms this function renders films. AWS is asked only where something depends
    /// on the answer.
    async fn terms(&self, name: &str, aim: &Aim) -> Result<Terms, Fault> {
        let rates = Prices::from_environment()?.rates(self.account.region())?;
        let function = match aim.workers.is_none() || aim.is_bound() || aim.dry_run {
            true => Deployed::own(&self.account, name, self.memory_mb).await,
            false => Deployed::of_size(self.memory_mb),
        };
        Ok(Terms {
            rates,
            function,
            coordinated: true,
            before: 0.0,
        })
    }

    /// What a film would take and cost.
    async fn propose(&self, full: &FullRender) -> Result<Value, Fault> {
        let session = self.session(ScriptOptions {
            now_ms: present_ms(),
            ..self.script(&full.request).await?
        })?;
        let key = result_key(full);
        let recipe = recipe(&full.request, &key)?;
        check_kind(full, &recipe, &key)?;
        let (order, faster, aim) = (RecordOrder::new(recipe), faster(full, &key), full.aim);
        let terms = self.terms(self.name()?, &aim).await?;
        let plan = move || Proposal::of(&session, &order, faster, &aim, terms);
        let plan = tokio::task::spawn_blocking(plan).await;
        let plan = plan.map_err(|error| Fault::tool("planning broke off", &error))?;
        Ok(json!(plan?))
    }

    /// One frame, drawn here: the script runs up to it.
    async fn still(&self, still: &StillRender) -> Result<Value, Fault> {
        let bucket = self.bucket()?;
        let script = self.script(&still.request).await?;
        let key = match &still.output {
            Some(key) => key.clone(),
            None => format!("{}.png", still.job),
        };
        let codec = VideoCodec::of_picture(Path::new(&key), &still.request.settings.quality);
        let codec = codec.map_err(|error| Fault::new(FaultKind::Project, error.to_string()))?;
        let session = self.session(ScriptOptions {
            now_ms: present_ms(),
            ..script
        })?;
        let wanted = still.wanted.clone();
        let draw = move || -> Result<(FramePicture, Vec<u8>), SessionError> {
            let mut drawn = None;
            session.frames(&wanted, |picture| -> Result<(), SessionError> {
                let file = picture.encode(&codec)?;
                drawn = Some((picture, file));
                Ok(())
            })?;
            Ok(drawn.expect("one frame is wanted, and there is one"))
        };
        let drawn = tokio::task::spawn_blocking(draw).await;
        let drawn = drawn.map_err(|error| Fault::tool("drawing broke off", &error))?;
        let (picture, file) = drawn?;
        let bytes = file.len();
        bucket.put(&key, file).await?;
        let lasting = Duration::from_secs(still.expires);
        Ok(json!({
            "resultUrl": bucket.presign(&key, lasting).await?,
            "key": bucket.uri(&key),
            "frame": picture.number,
            "width": picture.size.width,
            "height": picture.size.height,
            "bytes": bytes,
            "expiresInSeconds": still.expires,
        }))
    }

    /// A part that was asked for on its own.
    async fn part(&self, part: &PartialRender) -> Result<Value, Fault> {
        let bucket = self.bucket()?;
        let script = self.script(&part.request).await?;
        let script = ScriptOptions {
            now_ms: present_ms(),
            ..script
        };
        let format = part.request.settings.format.as_deref();
        let key = keys::part_video(&part.job, part.worker, format);
        let order = PartOrder {
            recipe: recipe(&part.request, &key)?,
            worker: part.worker,
            workers: part.workers,
            threads: self.threads,
            keep: false,
        };
        let room = |error| Fault::tool("there is no room for the part", &error);
        let folder = tempfile::TempDir::new_in(&self.scratch).map_err(room)?;
        let session = self.session(script)?;
        let place = folder.path().to_owned();
        let render = tokio::task::spawn_blocking(move || session.part(&order, &place));
        let rendered = render
            .await
            .map_err(|error| Fault::tool("rendering broke off", &error))?;
        let rendered: Part = rendered.map_err(|error| match error {
            SessionError::NoFrames { .. } => Fault::field("numWorkers", error),
            error => error.into(),
        })?;
        let put = async |key: String, path: PathBuf| {
            let read = tokio::task::spawn_blocking(move || std::fs::read(path)).await;
            let bytes = read.map_err(std::io::Error::other).and_then(|bytes| bytes);
            let bytes =
                bytes.map_err(|error| Fault::tool("cannot read the rendered part", &error))?;
            bucket.put(&key, bytes).await?;
            bucket.presign(&key, PART_EXPIRY).await
        };
        let audio = put(
            keys::part_audio(&part.job, part.worker),
            rendered.audio.clone(),
        )
        .await?;
        let video = put(key, rendered.video.clone()).await?;
        Ok(json!({
            "audioUrl": audio,
            "videoUrl": video,
            "frames": [rendered.frames.start, rendered.frames.end],
        }))
    }
}

/// How a film for this key is rendered.
fn recipe(request: &Request, key: &str) -> Result<Recipe, Fault> {
    let recipe = request.settings.recipe(Path::new(key));
    recipe.map_err(|error| Fault::new(FaultKind::Event, error.to_string()))
}

/// Where the result of an event goes.
fn result_key(full: &FullRender) -> String {
    let format = full.request.settings.format.as_deref();
    let named = || match full.pictures {
        true => keys::pictures(&full.job, format),
        false => keys::output(&full.job, format),
    };
    full.output.clone().unwrap_or_else(named)
}

/// Refuses what an event of this kind cannot make.
fn check_kind(full: &FullRender, recipe: &Recipe, key: &str) -> Result<(), Fault> {
    let container = recipe.format.container;
    if full.pictures && !container.is_sequence() {
        let what = format!(
            "must name pictures, such as `{}`, got `{key}`",
            keys::pictures(&full.job, None)
        );
        return Err(Fault::field("outputKey", what));
    }
    if full.stream && !matches!(container, Container::Mp4 | Container::Hls) {
        let what = "is for films in MP4, which its pieces are as well";
        return Err(Fault::field("stream", what));
    }
    Ok(())
}

/// How a film is rendered by faster presets, if one may be taken.
fn faster(full: &FullRender, key: &str) -> Vec<(Preset, Recipe)> {
    match full.aim.faster_preset {
        true => full.request.settings.faster(Path::new(key)),
        false => Vec::new(),
    }
}

/// The play list of an event's film, if there is to be one.
fn stream(full: &FullRender, recipe: &Recipe, key: &str) -> Option<Stream> {
    let own = recipe.format.container == Container::Hls;
    (full.stream || own).then(|| Stream {
        lasting: Duration::from_secs(full.expires),
        ..Stream::quiet(&keys::stream(key))
    })
}

/// Where a function's lines go: Lambda gathers what is written to standard error.
struct Log;

impl Voice for Log {
    fn say(&self, line: &str) {
        eprintln!("{}", visible(line));
    }
}

/// The longest that AWS lets a call last.
const LONGEST_CALL: Duration = Duration::from_secs(900);

/// The moment that lies so many milliseconds after 1970, as far as the clock is right.
///
/// AWS delivers no event whose time is over. A moment that has passed comes from a runtime
/// that counts otherwise (`cargo lambda watch` always sends 600,000): nothing is known then,
/// and a call gets the time that AWS gives at most.
pub fn instant_of(ms: u64) -> Instant {
    let present = Duration::from_millis(present_ms() as u64);
    let left = Duration::from_millis(ms).checked_sub(present);
    Instant::now() + left.unwrap_or(LONGEST_CALL)
}
/// Which version this is, for who wants to know whether it suits his own.
fn about() -> Value {
    json!({
        "version": env!("CARGO_PKG_VERSION"),
        "engine": kinora_worker::engine(),
        "architecture": env::consts::ARCH,
    })
}
