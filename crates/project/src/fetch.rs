use std::{
    fs::File,
    io::{Read as _, Write as _},
    path::PathBuf,
    sync::{Arc, mpsc},
    time::Duration,
};

use kinora_farm::{Cache, Progress};
use serde_json::{Value, json};
use ureq::{
    Agent, Body,
    http::{Response, StatusCode},
    tls::{PemItem, RootCerts, TlsConfig, parse_pem},
};

/// How often a download that breaks off is taken up again.
const ATTEMPTS: u32 = 5;
/// How long a server may be silent.
const SILENCE: Duration = Duration::from_secs(30);
/// How often a waiting thread looks whether the job was asked to stop.
const TICK: Duration = Duration::from_millis(50);

/// Downloads files into the cache.
pub struct Fetcher {
    agent: Agent,
    cache: Cache,
    progress: Arc<Progress>,
}

/// A downloaded file.
pub struct Fetched {
    pub path: PathBuf,
    /// Names of the cache's files that belong to it.
    pub names: [String; 2],
    /// What the user should know, although it went well.
    pub warning: Option<String>,
}

/// What is remembered of an earlier download.
#[derive(Default)]
struct Known {
    etag: Option<String>,
    last_modified: Option<String>,
}

/// The end of one attempt.
enum Attempt {
    Whole(Known),
    NotModified,
    /// It failed for a reason that may pass.
    Broken(String),
    /// It failed for good.
    Refused(String),
}

impl Fetcher {
    /// A fetcher that keeps files in `cache` and stops when `progress` says so.
    pub fn new(cache: Cache, progress: Arc<Progress>) -> Self {
        let mut config = Agent::config_builder()
            .http_status_as_error(false)
            .user_agent(concat!("kinora/", env!("CARGO_PKG_VERSION")))
            .accept_encoding("identity")
            .timeout_connect(Some(SILENCE))
            .timeout_recv_response(Some(SILENCE))
            .timeout_per_read(Some(SILENCE));
        if let Some(roots) = own_roots() {
            config = config.tls_config(TlsConfig::builder().root_certs(roots).build());
        }
        Self {
            agent: config.build().new_agent(),
            cache,
            progress,
        }
    }

    /// The file behind an `http:` or `https:` URL. A file from an earlier run is
    /// taken if the server says that it has not changed, or does not answer.
    ///
    /// # Errors
    /// Why it cannot be had, in words that end a sentence.
    pub fn fetch(&self, url: &str) -> Result<Fetched, String> {
        let name = format!("url-{}", blake3::hash(url.as_bytes()));
        let known_name = format!("{name}.json");
        let path = self.cache.path(&name);
        let known = self.known(&name, &known_name);
        let fetched = |warning| Fetched {
            path: path.clone(),
            names: [name.clone(), known_name.clone()],
            warning,
        };
        let mut file = self
            .cache
            .unfinished()
            .map_err(|error| format!("it cannot be stored: {error}"))?;
        match self.download(url, known.as_ref(), file.as_file_mut()) {
            Attempt::Whole(new) => {
                let text = json!({
                    "url": url, "etag": new.etag, "lastModified": new.last_modified,
                });
                self.cache
                    .adopt(file, &name)
                    .and_then(|()| self.cache.put(&known_name, text.to_string().as_bytes()))
                    .map_err(|error| format!("it cannot be stored: {error}"))?;
                Ok(fetched(None))
            }
            Attempt::NotModified => Ok(fetched(None)),
            Attempt::Broken(reason) if known.is_some() && !self.progress.is_cancelled() => {
                let warning = format!(
                    "`{url}` could not be checked for changes ({reason}); the copy of an earlier run is used"
                );
                Ok(fetched(Some(warning)))
            }
            Attempt::Broken(reason) | Attempt::Refused(reason) => Err(reason),
        }
    }

    /// What an earlier run stored, if the file is still there.
    fn known(&self, name: &str, known_name: &str) -> Option<Known> {
        let text = self.cache.get(known_name).ok()??;
        let value: Value = serde_json::from_slice(&text).ok()?;
        let field = |name: &str| value[name].as_str().map(str::to_owned);
        self.cache.touch(known_name);
        self.cache.touch(name).then(|| Known {
            etag: field("etag"),
            last_modified: field("lastModified"),
        })
    }

    /// Downloads into `file`, taking up again what broke off.
    fn download(&self, url: &str, known: Option<&Known>, file: &mut File) -> Attempt {
        let mut have = 0;
        let mut current = Known::default();
        let mut reason = String::new();
        for attempt in 0..ATTEMPTS {
            if attempt > 0 && !self.pause(Duration::from_millis(200 << attempt)) {
                return Attempt::Broken("interrupted".to_owned());
            }
            let known = known.filter(|_| have == 0);
            let before = have;
            match self.attempt(url, known, file, &mut have, &mut current) {
                Attempt::Broken(broken) => reason = broken,
                ended => return ended,
            }
            // What can be had from an earlier run is not waited for.
            if known.is_some() && have == before {
                break;
            }
        }
        Attempt::Broken(reason)
    }

    /// Waits, unless the job is asked to stop.
    fn pause(&self, time: Duration) -> bool {
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
        url: &str,
        known: Option<&Known>,
        file: &mut File,
        have: &mut u64,
        current: &mut Known,
    ) -> Attempt {
        let mut response = match self.request(url, known, *have, current) {
            Ok(response) => response,
            Err(attempt) => return attempt,
        };
        let status = response.status();
        match status {
            StatusCode::NOT_MODIFIED if known.is_some() => return Attempt::NotModified,
            StatusCode::OK => {
                // The server does not go on where it broke off: from the start.
                *have = 0;
                if let Err(error) = file.set_len(0).and_then(|()| rewind(file)) {
                    return Attempt::Refused(format!("it cannot be stored: {error}"));
                }
            }
            StatusCode::PARTIAL_CONTENT if *have > 0 && starts_at(&response, *have) => {}
            _ if status.is_server_error() || status == StatusCode::TOO_MANY_REQUESTS => {
                return Attempt::Broken(answered(status));
            }
            _ => return Attempt::Refused(answered(status)),
        }
        let header = |name: &str| {
            let value = response.headers().get(name)?;
            value.to_str().ok().map(str::to_owned)
        };
        current.etag = header("etag");
        current.last_modified = header("last-modified");
        let length = header("content-length").and_then(|text| text.parse::<u64>().ok());
        let whole = length.map(|length| length + *have);
        if let Err(attempt) = self.body(response.body_mut(), file, have) {
            return attempt;
        }
        match whole {
            Some(whole) if *have != whole => Attempt::Broken(format!(
                "the download broke off after {have} of {whole} bytes"
            )),
            _ => Attempt::Whole(std::mem::take(current)),
        }
    }

    fn request(
        &self,
        url: &str,
        known: Option<&Known>,
        have: u64,
        current: &Known,
    ) -> Result<Response<Body>, Attempt> {
        let mut request = self.agent.get(url);
        if let Some(known) = known {
            if let Some(etag) = &known.etag {
                request = request.header("if-none-match", etag);
            }
            if let Some(time) = &known.last_modified {
                request = request.header("if-modified-since", time);
            }
        }
        if have > 0 {
            request = request.header("range", format!("bytes={have}-"));
            let validator = current.etag.as_ref().or(current.last_modified.as_ref());
            if let Some(validator) = validator {
                request = request.header("if-range", validator);
            }
        }
        // A silent server must not keep Ctrl-C waiting: another thread waits for it.
        let (sender, receiver) = mpsc::channel();
        std::thread::spawn(move || {
            // The receiver is gone only when nobody wants the answer any more.
            let _ = sender.send(request.call());
        });
        let answer = loop {
            match receiver.recv_timeout(TICK) {
                Ok(answer) => break answer,
                Err(_) if self.progress.is_cancelled() => {
                    return Err(Attempt::Refused("interrupted".to_owned()));
                }
                Err(mpsc::RecvTimeoutError::Timeout) => {}
                Err(mpsc::RecvTimeoutError::Disconnected) => {
                    return Err(Attempt::Refused("the download broke down".to_owned()));
                }
            }
        };
        answer.map_err(|error| match error {
            ureq::Error::BadUri(_) | ureq::Error::Http(_) => {
                Attempt::Refused(format!("it is not a valid URL: {error}"))
            }
            ureq::Error::TooManyRedirects => {
                Attempt::Refused("the server redirects without end".to_owned())
            }
            ureq::Error::HostNotFound => Attempt::Broken("the host is not known".to_owned()),
            other => Attempt::Broken(format!("the server does not answer: {other}")),
        })
    }

    /// Appends the body to the file.
    fn body(&self, body: &mut Body, file: &mut File, have: &mut u64) -> Result<(), Attempt> {
        let mut reader = body.as_reader();
        let mut buffer = vec![0; 1 << 16];
        loop {
            if self.progress.is_cancelled() {
                return Err(Attempt::Refused("interrupted".to_owned()));
            }
            let count = match reader.read(&mut buffer) {
                Ok(0) => return Ok(()),
                Ok(count) => count,
                Err(error) => {
                    let reason = format!("the download broke off after {have} bytes: {error}");
                    return Err(Attempt::Broken(reason));
                }
            };
            if let Err(error) = file.write_all(&buffer[..count]) {
                return Err(Attempt::Refused(format!("it cannot be stored: {error}")));
            }
            *have += count as u64;
        }
    }
}

fn rewind(file: &mut File) -> std::io::Result<()> {
    use std::io::Seek as _;
    file.rewind()
}

fn answered(status: StatusCode) -> String {
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
