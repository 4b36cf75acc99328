mod known;
mod open;

use std::{
    fs::File,
    io::{Read as _, Write},
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering::Relaxed},
        mpsc,
    },
    time::{Duration, Instant},
};

use kinora_farm::{Cache, Progress};
use kinora_script::{ScriptRequest, ScriptResponse};
use ureq::{
    Agent, Body,
    http::{Method, Request, Response, StatusCode},
    tls::{PemItem, RootCerts, TlsConfig, parse_pem},
    unversioned::transport::DefaultConnector,
};

use crate::{
    Access,
    address::{NotPublic, Seen, WatchfulResolver},
    cache_folder::unstored,
    remote::{header, range, strong_etag},
    url::Url,
};

pub use known::{Known, Way};
pub use open::Opened;

/// How often a download that breaks off is taken up again.
pub const ATTEMPTS: u32 = 5;
/// How long a server may be silent.
const SILENCE: Duration = Duration::from_secs(30);
/// How often a waiting thread looks whether the job was asked to stop.
const TICK: Duration = Duration::from_millis(50);
/// Bytes that are read at once.
const BLOCK: usize = 1 << 16;
/// Bytes of an answer that a script is given at most.
pub const LARGEST_ANSWER: usize = 256 << 20;
/// Why nothing is fetched without the network.
pub const OFFLINE: &str =
    "it was not fetched by an earlier run, and nothing is fetched now (--offline)";
/// Files up to this length are fetched whole.
const SMALL: u64 = 8 << 20;
/// Bytes of a file that is asked for in parts that are asked for first.
const FIRST: u64 = 512 << 10;
/// How often a server may send the client elsewhere.
const REDIRECTS: usize = 10;

/// Downloads files into the cache.
pub struct Fetcher {
    agent: Agent,
    /// Whose addresses are public.
    seen: Seen,
    cache: Cache,
    progress: Arc<Progress>,
    access: Access,
    /// Bytes fetched so far.
    fetched: AtomicU64,
}

/// A downloaded file.
pub struct Fetched {
    pub path: PathBuf,
    /// Whether it is an earlier run's, whether or not the server was asked.
    pub kept: bool,
    /// Names of the cache's files that belong to it.
    pub names: [String; 2],
    /// What the user should know, although it went well.
    pub warning: Option<String>,
}

/// A file that is asked for.
#[derive(Clone, Copy)]
struct Ask<'a> {
    url: &'a Url,
    /// What an earlier run has of it.
    known: Option<&'a Known>,
    patience: Patience,
    /// Whether a large file is not to be downloaded if it can be read in parts.
    parts: bool,
}

/// When a download is given up.
#[derive(Clone, Copy)]
pub struct Patience {
    until: Instant,
    limit: Duration,
}

impl Patience {
    fn new(limit: Duration) -> Self {
        Self::within(limit, Duration::ZERO)
    }

    /// What is left of a limit.
    pub fn within(limit: Duration, spent: Duration) -> Self {
        // A limit that no clock can tell is none: a century.
        let century = Duration::from_secs(100 * 366 * 86_400);
        let limit = limit.min(century);
        Self {
            until: Instant::now() + limit.saturating_sub(spent),
            limit,
        }
    }

    pub fn is_over(&self) -> bool {
        Instant::now() >= self.until
    }

    fn reason(&self) -> String {
        let seconds = self.limit.as_secs_f64();
        format!("it took longer than {seconds} s (--max-wait)")
    }
}

/// The end of one attempt.
pub enum Attempt {
    Whole(Box<Known>),
    NotModified,
    /// The file is large and can be read in parts; its beginning.
    Parts(Box<(Known, Vec<u8>)>),
    /// Some of it has come, and the rest is to be asked for.
    Begun,
    /// It failed for a reason that may pass.
    Broken(String),
    /// It failed for good.
    Refused(String),
}

fn no_thread(error: std::io::Error) -> Attempt {
    Attempt::Refused(format!("the system gives no thread to fetch on: {error}"))
}

/// What makes requests as far as `access` goes, without following redirects; `silence` is
/// how long a server may be silent. With it comes what is learnt of hosts.
pub fn agent(access: &Access, silence: Duration) -> (Agent, Seen) {
    let mut config = Agent::config_builder()
        .http_status_as_error(false)
        .user_agent(concat!("kinora/", env!("CARGO_PKG_VERSION")))
        .accept_encoding("identity")
        .max_redirects(0)
        .timeout_connect(Some(silence))
        .timeout_recv_response(Some(silence))
        .timeout_per_read(Some(silence));
    if let Some(roots) = own_roots() {
        config = config.tls_config(TlsConfig::builder().root_certs(roots).build());
    }
    let seen = Seen::default();
    let mut excepted = None;
    if !access.private_addresses {
        excepted = Some(access.named_addresses());
        // A proxy would look names up itself, behind the resolver's back.
        config = config.proxy(None);
    }
    let resolver = WatchfulResolver {
        excepted,
        seen: seen.clone(),
    };
    let agent = Agent::with_parts(config.build(), DefaultConnector::default(), resolver);
    (agent, seen)
}

/// Why a request has no answer, in words that end a sentence.
pub fn reason(error: ureq::Error) -> String {
    match error {
        ureq::Error::BadUri(_) | ureq::Error::Http(_) => format!("it is not a valid URL: {error}"),
        ureq::Error::HostNotFound => "the host is not known".to_owned(),
        ureq::Error::Other(cause) if cause.is::<NotPublic>() => cause.to_string(),
        other => format!("the server does not answer: {other}"),
    }
}

impl Fetcher {
    /// A fetcher that keeps files in `cache` and stops when `progress` says so.
    pub fn new(cache: Cache, progress: Arc<Progress>, access: Access) -> Self {
        let (agent, seen) = agent(&access, SILENCE);
        Self {
            agent,
            seen,
            cache,
            progress,
            access,
            fetched: AtomicU64::new(0),
        }
    }

    /// What is known of an earlier download, unless the way to it may not be gone now.
    ///
    /// # Errors
    /// When it may not, and nothing is fetched anew.
    fn allowed(&self, known: Option<Known>) -> Result<Option<Known>, String> {
        let Some(earlier) = known else {
            return Ok(None);
        };
        match self.allow(&earlier.way) {
            Ok(()) => Ok(Some(earlier)),
            Err(reason) if self.access.offline => Err(format!(
                "what an earlier run fetched must not be used: {reason}"
            )),
            Err(_) => Ok(None),
        }
    }

    /// The file behind an `http:` or `https:` URL. A file from an earlier run is
    /// taken if the server says that it has not changed, or does not answer.
    ///
    /// # Errors
    /// Why it cannot be had, in words that end a sentence.
    pub fn fetch(&self, url: &str) -> Result<Fetched, String> {
        let target = Url::parse(url)?;
        self.access.check(&target)?;
        let name = format!("url-{}", blake3::hash(url.as_bytes()));
        let known_name = format!("{name}.json");
        let path = self.cache.path(&name);
        let known = self.allowed(self.known(&name, &known_name))?;
        let fetched = |kept, warning| Fetched {
            path: path.clone(),
            kept,
            names: [name.clone(), known_name.clone()],
            warning,
        };
        if self.access.offline {
            return match known {
                Some(_) => Ok(fetched(true, None)),
                None => Err(OFFLINE.to_owned()),
            };
        }
        let mut file = self.cache.unfinished().map_err(unstored)?;
        let ask = Ask {
            url: &target,
            known: known.as_ref(),
            patience: Patience::new(self.access.download_time),
            parts: false,
        };
        match self.download(ask, file.as_file_mut()) {
            Attempt::Whole(new) => {
                self.store(file, *new, url, [&name, &known_name])?;
                Ok(fetched(false, None))
            }
            Attempt::NotModified => Ok(fetched(true, None)),
            Attempt::Broken(reason) if known.is_some() && !self.progress.is_cancelled() => {
                let warning = format!(
                    "`{url}` could not be checked for changes ({reason}); the copy of an earlier run is used"
                );
                Ok(fetched(true, Some(warning)))
            }
            Attempt::Broken(reason) | Attempt::Refused(reason) => Err(reason),
            Attempt::Parts(..) | Attempt::Begun => unreachable!("no part is asked for"),
        }
    }

    /// What requests may reach.
    pub fn access(&self) -> &Access {
        &self.access
    }

    /// What an earlier run stored, if the file is still there and the same.
    fn known(&self, name: &str, known_name: &str) -> Option<Known> {
        let known = Known::read(&self.cache.get(known_name).ok()??)?;
        self.cache.touch(known_name);
        let same = self.cache.touch(name) && known.is_of(&self.cache.path(name));
        same.then_some(known)
    }

    /// Stores a whole file and what is to be remembered of it.
    fn store(
        &self,
        file: tempfile::NamedTempFile,
        known: Known,
        url: &str,
        [name, known_name]: [&str; 2],
    ) -> Result<(), String> {
        let known = known.with_content(file.path());
        known
            .and_then(|known| {
                self.cache.adopt(file, name)?;
                self.cache.put(known_name, known.text(url).as_bytes())
            })
            .map_err(unstored)
    }

    /// Whether the way of an earlier answer may be gone now.
    fn allow(&self, way: &Way) -> Result<(), String> {
        for url in &way.onward {
            self.access.check(&Url::parse(url)?)?;
        }
        if self.access.private_addresses {
            return Ok(());
        }
        let excepted = self.access.named_addresses();
        match way.private.iter().find(|host| !excepted.contains(host)) {
            None => Ok(()),
            Some(host) => Err(format!(
                "`{host}` had an address that was not known to be public, and only those may be connected to"
            )),
        }
    }

    /// Downloads into `file`, taking up again what broke off.
    fn download(&self, mut ask: Ask<'_>, file: &mut File) -> Attempt {
        let mut have = 0;
        let mut current = Known::default();
        let mut reason = String::new();
        let mut attempt = 0;
        while attempt < ATTEMPTS {
            if attempt > 0 && !self.pause(Duration::from_millis(200 << attempt)) {
                return Attempt::Broken("interrupted".to_owned());
            }
            let before = have;
            ask.known = ask.known.filter(|_| have == 0);
            match self.attempt(ask, file, &mut have, &mut current) {
                Attempt::Broken(broken) => reason = broken,
                Attempt::Begun => {
                    ask.parts = false;
                    continue;
                }
                ended => return ended,
            }
            attempt += 1;
            if ask.patience.is_over() {
                break;
            }
            // What can be had from an earlier run is not waited for.
            if ask.known.is_some() && have == before {
                break;
            }
        }
        Attempt::Broken(reason)
    }

    /// Waits, unless the job is asked to stop.
    pub fn pause(&self, time: Duration) -> bool {
        for _ in 0..time.as_millis() / TICK.as_millis() {
            if self.progress.is_cancelled() {
                return false;
            }
            std::thread::sleep(TICK);
        }
        !self.progress.is_cancelled()
    }

    fn attempt(
        &self,
        ask: Ask<'_>,
        file: &mut File,
        have: &mut u64,
        current: &mut Known,
    ) -> Attempt {
        let begin = ask.parts && *have == 0;
        let (response, way) = match self.request(ask, *have, current) {
            Ok(answer) => answer,
            Err(attempt) => return attempt,
        };
        let status = response.status();
        match status {
            StatusCode::NOT_MODIFIED if ask.known.is_some() => return Attempt::NotModified,
            StatusCode::OK => {
                // The server does not go on where it broke off: from the start.
                *have = 0;
                if let Err(error) = file.set_len(0).and_then(|()| rewind(file)) {
                    return Attempt::Refused(unstored(error));
                }
            }
            StatusCode::PARTIAL_CONTENT if (*have > 0 || begin) && starts_at(&response, *have) => {}
            // There is nothing of it, as the whole answer tells.
            StatusCode::RANGE_NOT_SATISFIABLE if begin => return Attempt::Begun,
            _ if status.is_server_error() || status == StatusCode::TOO_MANY_REQUESTS => {
                return Attempt::Broken(answered(status));
            }
            _ => return Attempt::Refused(answered(status)),
        }
        current.etag = header(&response, "etag");
        current.last_modified = header(&response, "last-modified");
        current.way = way;
        let length = header(&response, "content-length");
        let length = length.and_then(|text| text.parse::<u64>().ok());
        let begun = range(&response).filter(|_| begin && status == StatusCode::PARTIAL_CONTENT);
        let whole = match begun {
            Some((_, _, whole)) => Some(whole),
            None => length.map(|length| length + *have),
        };
        if let Some((_, _, whole)) = begun
            && whole > SMALL
            && strong_etag(&response).is_some()
        {
            let mut head = Answer(Vec::new());
            match self.body(response.into_body(), &mut head, &mut 0, ask.patience) {
                // What did not come is asked for when it is needed.
                Ok(()) | Err(Attempt::Broken(_)) => {}
                Err(attempt) => return attempt,
            }
            current.length = Some(whole);
            return Attempt::Parts(Box::new((std::mem::take(current), head.0)));
        }
        if let Err(attempt) = self.body(response.into_body(), file, have, ask.patience) {
            return attempt;
        }
        match whole {
            Some(whole) if begun.is_some() && *have < whole => {
                // Without a validator, another part might be another version's.
                if current.etag.is_none() && current.last_modified.is_none() {
                    *have = 0;
                }
                Attempt::Begun
            }
            Some(whole) if *have != whole => Attempt::Broken(format!(
                "the download broke off after {have} of {whole} bytes"
            )),
            _ => Attempt::Whole(Box::new(std::mem::take(current))),
        }
    }

    /// Asks for a file, or for what of it is missing yet.
    fn request(
        &self,
        ask: Ask<'_>,
        have: u64,
        current: &Known,
    ) -> Result<(Response<Body>, Way), Attempt> {
        let mut request = Request::get("/");
        if let Some(known) = ask.known {
            if let Some(etag) = &known.etag {
                request = request.header("if-none-match", etag);
            }
            if let Some(time) = &known.last_modified {
                request = request.header("if-modified-since", time);
            }
        }
        if ask.parts && have == 0 {
            request = request.header("range", format!("bytes=0-{}", FIRST - 1));
        }
        if have > 0 {
            request = request.header("range", format!("bytes={have}-"));
            let validator = current.etag.as_ref().or(current.last_modified.as_ref());
            if let Some(validator) = validator {
                request = request.header("if-range", validator);
            }
        }
        let request = request
            .body(Vec::new())
            .expect("the cache kept what a server sent as headers");
        self.follow(ask.url, request, ask.patience)
            .map(|(response, _, way)| (response, way))
    }

    /// Sends a request on to where servers say that it is to go; the answer, where it
    /// came from, and how.
    pub fn follow(
        &self,
        url: &Url,
        mut request: Request<Vec<u8>>,
        patience: Patience,
    ) -> Result<(Response<Body>, Url, Way), Attempt> {
        let mut url = url.clone();
        let mut way = Way::default();
        for _ in 0..=REDIRECTS {
            *request.uri_mut() = url
                .in_full()
                .parse()
                .map_err(|cause| Attempt::Refused(format!("it is not a valid URL: {cause}")))?;
            let response = self.send(request.clone(), patience)?;
            if !self.seen.is_public(url.host()) {
                way.private.push(url.host().to_owned());
            }
            let status = response.status();
            let target = response.headers().get("location");
            let Some(target) = target.filter(|_| is_redirect(status)) else {
                return Ok((response, url, way));
            };
            let target = String::from_utf8_lossy(target.as_bytes());
            let next = url
                .join(&target)
                .and_then(|next| self.access.check(&next).map(|()| next))
                .map_err(|fault| {
                    Attempt::Refused(format!("the server redirects to `{target}`: {fault}"))
                })?;
            if next.origin() != url.origin() {
                for secret in ["authorization", "cookie", "proxy-authorization"] {
                    request.headers_mut().remove(secret);
                }
            }
            let get = status == StatusCode::SEE_OTHER
                || matches!(status.as_u16(), 301 | 302) && request.method() == Method::POST;
            if get && request.method() != Method::HEAD {
                *request.method_mut() = Method::GET;
                request.body_mut().clear();
                request.headers_mut().remove("content-type");
            }
            way.onward.push(next.to_string());
            url = next;
        }
        Err(Attempt::Refused(
            "the server redirects without end".to_owned(),
        ))
    }

    /// Sends a request. A silent server must not keep Ctrl-C waiting: another
    /// thread waits for it.
    fn send(
        &self,
        request: Request<Vec<u8>>,
        patience: Patience,
    ) -> Result<Response<Body>, Attempt> {
        let agent = self.agent.clone();
        let (sender, receiver) = mpsc::channel();
        let thread = std::thread::Builder::new().spawn(move || {
            let answer = match request.body().is_empty() {
                true => agent.run(request.map(|_| ())),
                false => agent.run(request),
            };
            // The receiver is gone only when nobody wants the answer any more.
            let _ = sender.send(answer);
        });
        thread.map_err(no_thread)?;
        let answer = self.wait(&receiver, patience)?;
        answer.map_err(|error| match error {
            ureq::Error::BadUri(_) | ureq::Error::Http(_) => Attempt::Refused(reason(error)),
            ureq::Error::Other(ref cause) if cause.is::<NotPublic>() => {
                Attempt::Refused(reason(error))
            }
            other => Attempt::Broken(reason(other)),
        })
    }

    /// What another thread says next, unless the job is asked to stop or it takes too
    /// long.
    fn wait<T>(&self, receiver: &mpsc::Receiver<T>, patience: Patience) -> Result<T, Attempt> {
        loop {
            match receiver.recv_timeout(TICK) {
                Ok(_) | Err(_) if self.progress.is_cancelled() => {
                    return Err(Attempt::Refused("interrupted".to_owned()));
                }
                Ok(_) | Err(_) if patience.is_over() => {
                    return Err(Attempt::Broken(patience.reason()));
                }
                Ok(said) => return Ok(said),
                Err(mpsc::RecvTimeoutError::Timeout) => {}
                Err(mpsc::RecvTimeoutError::Disconnected) => {
                    return Err(Attempt::Refused("the download broke down".to_owned()));
                }
            }
        }
    }

    /// Keeps the answer to a script's request as the file behind its URL.
    pub fn keep(
        &self,
        url: &str,
        response: &ScriptResponse,
        way: Way,
    ) -> Result<[String; 2], String> {
        let header = |name: &str| {
            let mut headers = response.headers.iter();
            let found = headers.find(|(own, _)| own == name);
            found.map(|(_, value)| value.clone())
        };
        let name = format!("url-{}", blake3::hash(url.as_bytes()));
        let known_name = format!("{name}.json");
        let known = Known {
            etag: header("etag"),
            last_modified: header("last-modified"),
            way,
            ..Known::default()
        };
        let mut file = self.cache.unfinished().map_err(unstored)?;
        file.write_all(&response.body).map_err(unstored)?;
        self.store(file, known, url, [&name, &known_name])?;
        Ok([name, known_name])
    }

    /// Sends what a script asks for, once, and keeps nothing of the answer; it, and how
    /// it was come to.
    ///
    /// # Errors
    /// Why there is no answer, in words that end a sentence.
    pub fn call(&self, request: &ScriptRequest) -> Result<(ScriptResponse, Way), String> {
        let url = Url::parse(&request.url)?;
        self.access.check(&url)?;
        if self.access.offline {
            return Err("nothing is sent now (--offline)".to_owned());
        }
        let mut sent = Request::builder().method(request.method.as_str());
        for (name, value) in &request.headers {
            sent = sent.header(name, value);
        }
        let sent = sent
            .body(request.body.clone())
            .map_err(|cause| format!("the request is not valid: {cause}"))?;
        let reason = |attempt| match attempt {
            Attempt::Broken(reason) | Attempt::Refused(reason) => reason,
            _ => unreachable!("an answer is no failure"),
        };
        let patience = Patience::new(self.access.download_time);
        let (response, from, way) = self.follow(&url, sent, patience).map_err(reason)?;
        let headers = response.headers().iter();
        let headers = headers.map(|(name, value)| {
            let value = String::from_utf8_lossy(value.as_bytes()).into_owned();
            (name.to_string(), value)
        });
        let headers = headers.collect();
        let status = response.status();
        let mut body = Answer(Vec::new());
        self.body(response.into_body(), &mut body, &mut 0, patience)
            .map_err(reason)?;
        let response = ScriptResponse {
            url: from.to_string(),
            redirected: from != url,
            status: status.as_u16(),
            status_text: status.canonical_reason().unwrap_or_default().to_owned(),
            headers,
            body: body.0,
        };
        Ok((response, way))
    }

    /// Counts bytes that are stored for the project.
    ///
    /// # Errors
    /// When they are more than it may have, in words that end a sentence.
    pub fn count(&self, bytes: u64) -> Result<(), String> {
        let before = self.fetched.fetch_add(bytes, Relaxed);
        let most = self.access.download_bytes;
        match before.saturating_add(bytes) > most {
            true => Err(format!(
                "with it, more than {} MiB would be downloaded or put together",
                most >> 20
            )),
            false => Ok(()),
        }
    }

    /// Appends the body to the file. Another thread reads it, as in
    /// [`send`](Self::send).
    pub fn body(
        &self,
        body: Body,
        file: &mut impl Write,
        have: &mut u64,
        patience: Patience,
    ) -> Result<(), Attempt> {
        let (sender, receiver) = mpsc::sync_channel(4);
        let thread = std::thread::Builder::new().spawn(move || {
            let mut reader = body.into_reader();
            loop {
                let mut block = vec![0; BLOCK];
                let read = reader.read(&mut block).map(|count| {
                    block.truncate(count);
                    block
                });
                let is_last = !matches!(&read, Ok(block) if !block.is_empty());
                // The receiver is gone only when nobody wants the rest any more.
                if sender.send(read).is_err() || is_last {
                    return;
                }
            }
        });
        thread.map_err(no_thread)?;
        loop {
            let block = match self.wait(&receiver, patience)? {
                Ok(block) if block.is_empty() => return Ok(()),
                Ok(block) => block,
                Err(error) => {
                    let reason = format!("the download broke off after {have} bytes: {error}");
                    return Err(Attempt::Broken(reason));
                }
            };
            let count = block.len() as u64;
            self.count(count).map_err(Attempt::Refused)?;
            if let Err(error) = file.write_all(&block) {
                return Err(Attempt::Refused(unstored(error)));
            }
            *have += count;
        }
    }
}

/// Takes an answer that is held in memory.
struct Answer(Vec<u8>);

impl Write for Answer {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        if self.0.len() + bytes.len() > LARGEST_ANSWER {
            let most = LARGEST_ANSWER >> 20;
            return Err(std::io::Error::other(format!(
                "a script is given {most} MiB at most"
            )));
        }
        self.0.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

fn is_redirect(status: StatusCode) -> bool {
    matches!(status.as_u16(), 301 | 302 | 303 | 307 | 308)
}

fn rewind(file: &mut File) -> std::io::Result<()> {
    use std::io::Seek as _;
    file.rewind()
}

pub fn answered(status: StatusCode) -> String {
    let reason = status.canonical_reason().unwrap_or_default();
    format!("the server answered {} {reason}", status.as_u16())
        .trim_end()
        .to_owned()
}

/// Whether the answer begins at byte `have`.
fn starts_at(response: &Response<Body>, have: u64) -> bool {
    let range = response.headers().get("content-range");
    range
        .and_then(|range| range.to_str().ok())
        .is_some_and(|range| range.starts_with(&format!("bytes {have}-")))
}

/// The certificates that the user trusts instead of the usual ones.
fn own_roots() -> Option<RootCerts> {
    let path = std::env::var_os("SSL_CERT_FILE").filter(|path| !path.is_empty())?;
    let pem = std::fs::read(path).ok()?;
    let certificates: Vec<_> = parse_pem(&pem)
        .filter_map(|item| match item {
            Ok(PemItem::Certificate(certificate)) => Some(certificate),
            _ => None,
        })
        .collect();
    (!certificates.is_empty()).then(|| RootCerts::from(certificates))
}
