//! `kinora serve`: the real command, asked over HTTP.

use std::{
    collections::HashMap,
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::{TcpListener, TcpStream},
    process::{Child, Command},
    thread,
    time::{Duration, Instant},
};

use serde_json::{Value, json};

use crate::studio::{LONG, Studio, ctrl_c, files};

/// A second that shows the variable `name`.
const SHORT: &str = "
  const name = useScene().variables.get('name', 'nobody')();
  if (name === 'trouble') throw new Error('trouble was asked for');
  view.add(<Txt text={name} fill={'white'} />);
  yield* waitFor(1);";

/// How long a test waits for what has to come: much longer than it takes.
const PATIENCE: Duration = Duration::from_secs(120);

/// A service that runs.
struct Service {
    child: Option<Child>,
    address: String,
}

/// What it answered.
#[derive(Debug)]
struct Answer {
    status: u16,
    headers: HashMap<String, String>,
    body: Vec<u8>,
}

impl Answer {
    fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|_| panic!("{self:?}"))
    }

    /// The answer, which must be a refusal with this status whose message says this.
    fn refused(&self, status: u16, message: &str) {
        let told = self.json();
        assert_eq!(
            (self.status, &told["status"]),
            (status, &json!("error")),
            "{told}"
        );
        let said = told["message"].as_str().unwrap();
        assert!(said.contains(message), "{said}");
    }
}

impl Service {
    fn start(studio: &Studio, args: &[&str]) -> Self {
        Self::start_with(studio, args, |_| {})
    }

    fn start_with(studio: &Studio, args: &[&str], prepare: impl FnOnce(&mut Command)) -> Self {
        let fixed = ["serve", "src/project.tsx", "--port=0"];
        let mut command = studio.command(&[&fixed, args].concat());
        prepare(&mut command);
        command.stdout(std::process::Stdio::piped());
        let mut child = command.spawn().unwrap();
        let mut line = String::new();
        let out = child.stdout.take().unwrap();
        BufReader::new(out).read_line(&mut line).unwrap();
        let address = line.trim().strip_prefix("http://").expect(&line).to_owned();
        Self {
            child: Some(child),
            address,
        }
    }

    fn send(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> TcpStream {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        let mut head = format!("{method} {path} HTTP/1.1\r\nconnection: close\r\n");
        if !headers.iter().any(|(name, _)| *name == "host") {
            head += &format!("host: {}\r\n", self.address);
        }
        for (name, value) in headers {
            head += &format!("{name}: {value}\r\n");
        }
        if !body.is_empty() {
            head += &format!("content-length: {}\r\n", body.len());
        }
        write!(stream, "{head}\r\n{body}").unwrap();
        stream
    }

    fn ask(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Answer {
        read(self.send(method, path, headers, body))
    }

    fn get(&self, path: &str) -> Answer {
        self.ask("GET", path, &[], "")
    }

    fn post(&self, path: &str, body: &Value) -> Answer {
        let kind = [("content-type", "application/json")];
        self.ask("POST", path, &kind, &body.to_string())
    }

    /// Waits until the job has this state.
    fn wait(&self, id: &str, state: &str) -> Value {
        let begun = Instant::now();
        loop {
            let job = self.get(&format!("/v1/jobs/{id}")).json();
            if job["status"] == state {
                return job;
            }
            assert!(begun.elapsed() < PATIENCE, "{job}");
            thread::sleep(Duration::from_millis(20));
        }
    }

    /// What is behind a link to a film.
    fn fetch(&self, link: &str, headers: &[(&str, &str)]) -> Answer {
        let path = link
            .strip_prefix(&format!("http://{}", self.address))
            .expect(link);
        self.ask("GET", path, headers, "")
    }

    fn end(mut self) {
        interrupt_well(self.child.take().unwrap());
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        if let Some(mut child) = self.child.take() {
            child.kill().unwrap();
            child.wait().unwrap();
        }
    }
}

fn interrupt_well(child: Child) {
    let output = ctrl_c(child);
    assert!(output.status.success(), "{output:?}");
}

fn read(stream: TcpStream) -> Answer {
    let mut reader = BufReader::new(stream);
    let mut line = String::new();
    reader.read_line(&mut line).unwrap();
    let status = line.split(' ').nth(1).expect(&line).parse().unwrap();
    let mut headers = HashMap::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).unwrap();
        let Some((name, value)) = line.trim_end().split_once(':') else {
            break;
        };
        headers.insert(name.to_ascii_lowercase(), value.trim().to_owned());
    }
    let mut body = Vec::new();
    if headers
        .get("transfer-encoding")
        .is_some_and(|kind| kind == "chunked")
    {
        loop {
            let mut line = String::new();
            reader.read_line(&mut line).unwrap();
            let length = usize::from_str_radix(line.trim(), 16).unwrap();
            let mut part = vec![0; length + 2];
            reader.read_exact(&mut part).unwrap();
            body.extend_from_slice(&part[..length]);
            if length == 0 {
                break;
            }
        }
    } else {
        reader.read_to_end(&mut body).unwrap();
    }
    Answer {
        status,
        headers,
        body,
    }
}

/// The names and data of server-sent events, read as Revideo's templates do: the first line
/// without six letters, the second without six.
fn events(answer: &Answer) -> Vec<(String, Value)> {
    let text = std::str::from_utf8(&answer.body).unwrap();
    let events = text.split_terminator("\n\n").map(|event| {
        let (name, data) = event.split_once('\n').unwrap();
        (
            name[6..].trim().to_owned(),
            serde_json::from_str(&data[6..]).unwrap(),
        )
    });
    events.collect()
}

#[test]
fn revideo_s_way_gives_the_same_film_as_the_command() {
    let studio = Studio::scene(SHORT);
    studio
        .run(&[
            "render",
            "src/project.tsx",
            "--progress=none",
            "--var=name=Ada",
            "-o",
            "own.mp4",
        ])
        .good();
    let own = studio.bytes("own.mp4");
    let service = Service::start(&studio, &["--var=name=Ada"]);
    let answer = service.post(
        "/render",
        &json!({"settings": {"outFile": "x.mp4", "workers": 2}}),
    );
    assert_eq!(answer.status, 200, "{answer:?}");
    let told = answer.json();
    assert_eq!(told["status"], "success");
    let link = told["downloadLink"].as_str().unwrap();
    let film = service.fetch(link, &[]);
    assert_eq!(film.headers["content-type"], "video/mp4");
    assert!(film.headers["content-disposition"].starts_with("attachment; filename="));
    assert!(
        film.body == own,
        "{} and {} bytes",
        film.body.len(),
        own.len()
    );
    let part = service.fetch(link, &[("range", "bytes=10-29")]);
    assert_eq!((part.status, &part.body[..]), (206, &own[10..30]));
    assert_eq!(
        part.headers["content-range"],
        format!("bytes 10-29/{}", own.len())
    );
    let path = link.rsplit_once("/download/").unwrap().1;
    let head = service.ask("HEAD", &format!("/download/{path}"), &[], "");
    assert_eq!(
        (head.headers["content-length"].as_str(), head.body.len()),
        (own.len().to_string().as_str(), 0)
    );

    let streamed = service.post(
        "/render",
        &json!({"variables": {"name": "Bob"}, "streamProgress": true,
                "settings": {"projectSettings": {"exporter": {"name": "@revideo/core/ffmpeg", "options": {"format": "webm"}}}}}),
    );
    assert_eq!(streamed.headers["content-type"], "text/event-stream");
    let events = events(&streamed);
    let (last, before) = events.split_last().unwrap();
    assert!(
        before
            .iter()
            .all(|(name, data)| name == "progress" && data["worker"] == 0)
    );
    assert_eq!(
        (last.0.as_str(), &last.1["status"]),
        ("completed", &json!("success"))
    );
    let film = service.fetch(last.1["downloadLink"].as_str().unwrap(), &[]);
    assert_eq!(film.headers["content-type"], "video/webm");
    assert_eq!(film.body[..4], [0x1a, 0x45, 0xdf, 0xa3]);

    let failed = service.post("/render", &json!({"variables": {"name": "trouble"}}));
    failed.refused(500, "trouble was asked for");
    service.end();
    assert_eq!(
        files(&studio.path("output")),
        Vec::<std::path::PathBuf>::new()
    );
    assert_eq!(studio.leftovers(), Vec::<std::path::PathBuf>::new());
}

#[test]
fn jobs_have_states_events_and_an_end() {
    let studio = Studio::scene(SHORT);
    let service = Service::start(&studio, &[]);
    let answer = service.post(
        "/v1/jobs",
        &json!({"variables": {"name": "Ada"}, "settings": {"crf": 30, "size": [80, 46]}}),
    );
    assert_eq!(answer.status, 202);
    let id = answer.json()["id"].as_str().unwrap().to_owned();
    let told = events(&service.get(&format!("/v1/jobs/{id}/events")));
    assert_eq!(told.last().unwrap().0, "succeeded");
    let job = service.wait(&id, "succeeded");
    assert_eq!(job["output"]["frames"], 31);
    assert_eq!(job["error"], Value::Null);
    let film = service.fetch(job["output"]["url"].as_str().unwrap(), &[]);
    assert_eq!(
        Some(film.body.len() as u64),
        job["output"]["bytes"].as_u64()
    );
    assert_eq!(service.get("/v1/jobs").json()["jobs"][0], job);

    let failed = service
        .post("/v1/jobs", &json!({"variables": {"name": "trouble"}}))
        .json();
    let failed = service.wait(failed["id"].as_str().unwrap(), "failed");
    assert_eq!(failed["error"]["kind"], "project");
    assert_eq!(failed["error"]["diagnostics"][0]["place"]["line"], 6);

    let ended = service.ask("DELETE", &format!("/v1/jobs/{id}"), &[], "");
    assert_eq!(ended.status, 200);
    service
        .get(&format!("/v1/jobs/{id}"))
        .refused(404, "no such job");
    let gone = service.fetch(job["output"]["url"].as_str().unwrap(), &[]);
    gone.refused(404, "File not found.");
}

#[test]
fn who_asks_is_told_of_the_end() {
    let studio = Studio::scene(SHORT);
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/told", listener.local_addr().unwrap());
    let secret = "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
    let service = Service::start_with(&studio, &[], |command| {
        command.env("KINORA_WEBHOOK_SECRET", secret);
    });
    let heard = thread::spawn(move || {
        let mut heard = Vec::new();
        // The first attempt fails, and comes again.
        for status in ["500 Internal Server Error", "200 OK", "200 OK"] {
            let (stream, _) = listener.accept().unwrap();
            let mut reader = BufReader::new(stream);
            let mut head = String::new();
            while !head.ends_with("\r\n\r\n") {
                reader.read_line(&mut head).unwrap();
            }
            let field = |name: &str| {
                let line = head
                    .lines()
                    .find(|line| line.to_ascii_lowercase().starts_with(name));
                line.map(|line| line.split_once(':').unwrap().1.trim().to_owned())
            };
            let length = field("content-length").unwrap().parse().unwrap();
            let mut body = vec![0; length];
            reader.read_exact(&mut body).unwrap();
            write!(
                reader.get_mut(),
                "HTTP/1.1 {status}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"
            )
            .unwrap();
            let body: Value = serde_json::from_slice(&body).unwrap();
            heard.push((field("webhook-id"), field("webhook-signature"), body));
        }
        heard
    });
    let job = service.post("/v1/jobs", &json!({"webhook": url})).json();
    let job = service.wait(job["id"].as_str().unwrap(), "succeeded");
    let promised = service
        .post(
            "/render",
            &json!({"callbackUrl": url, "variables": {"name": "x"}}),
        )
        .json();
    let heard = heard.join().unwrap();
    let name = promised["tempProjectName"].as_str().unwrap();
    let (of_job, plain): (Vec<_>, Vec<_>) = heard
        .iter()
        .partition(|(.., body)| body["type"].is_string());
    assert!(
        heard
            .iter()
            .all(|(_, signature, _)| signature.as_ref().unwrap().starts_with("v1,"))
    );
    for (id, _, body) in of_job {
        assert_eq!(
            (id.as_ref().unwrap(), &body["type"]),
            (
                &format!("msg_{}", job["id"].as_str().unwrap()),
                &json!("job.succeeded")
            )
        );
        assert_eq!(body["data"]["output"], job["output"]);
    }
    let (.., body) = plain.last().unwrap();
    assert_eq!(
        (&body["tempProjectName"], &body["status"]),
        (&json!(name), &json!("success"))
    );
}

#[test]
fn what_waits_or_runs_can_be_cancelled_and_the_queue_has_an_end() {
    let studio = Studio::scene(LONG);
    let service = Service::start(&studio, &["--queue=1", "--max-time=10m"]);
    let order =
        |service: &Service| service.post("/v1/jobs", &json!({"settings": {"preset": "slow"}}));
    let first = order(&service).json();
    let first = first["id"].as_str().unwrap();
    service.wait(first, "running");
    let second = order(&service).json();
    let second = second["id"].as_str().unwrap();
    let third = order(&service);
    third.refused(429, "as many jobs wait as may");
    assert_eq!(third.headers["retry-after"], "5");
    assert_eq!(
        service.get("/health").json(),
        json!({"status": "ok", "queued": 1, "running": 1})
    );
    for id in [second, first] {
        let ended = service
            .ask("DELETE", &format!("/v1/jobs/{id}"), &[], "")
            .json();
        assert_eq!(ended["status"], "cancelled");
    }
    // Who waits for an answer and goes takes the job along.
    let waiting = service.send(
        "POST",
        "/render",
        &[("content-type", "application/json")],
        "{}",
    );
    let running = || service.get("/health").json()["running"] == 1;
    let begun = Instant::now();
    while !running() {
        assert!(begun.elapsed() < PATIENCE);
        thread::sleep(Duration::from_millis(20));
    }
    drop(waiting);
    while running() {
        assert!(begun.elapsed() < PATIENCE);
        thread::sleep(Duration::from_millis(20));
    }
    // A service that ends takes its jobs along.
    let last = order(&service).json();
    service.wait(last["id"].as_str().unwrap(), "running");
    service.end();
    assert_eq!(studio.leftovers(), Vec::<std::path::PathBuf>::new());
    assert_eq!(
        files(&studio.path("output")),
        Vec::<std::path::PathBuf>::new()
    );
}

#[test]
fn a_film_that_takes_too_long_is_given_up() {
    let studio = Studio::scene(LONG);
    let service = Service::start(&studio, &["--max-time=0.2"]);
    let job = service
        .post("/v1/jobs", &json!({"settings": {"preset": "slow"}}))
        .json();
    let job = service.wait(job["id"].as_str().unwrap(), "failed");
    assert_eq!(job["error"]["kind"], "time");
    assert_eq!(studio.leftovers(), Vec::<std::path::PathBuf>::new());
}

#[test]
fn strangers_and_nonsense_are_refused() {
    let studio = Studio::scene(SHORT);
    let token = "0123456789abcdef";
    studio.write("token", token);
    let service = Service::start(
        &studio,
        &["--token-file=token", "--allow-origin=https://a.example"],
    );
    let key = format!("Bearer {token}");
    let key = ("authorization", key.as_str());
    let with = |method: &str, path: &str, headers: &[(&str, &str)], body: &str| {
        service.ask(method, path, &[&[key], headers].concat(), body)
    };
    service.get("/v1/jobs").refused(401, "no token");
    assert_eq!(service.get("/health").status, 200);
    assert_eq!(with("GET", "/v1/jobs", &[], "").status, 200);
    let page = with("GET", "/v1/jobs", &[("origin", "https://a.example")], "");
    assert_eq!(
        page.headers["access-control-allow-origin"],
        "https://a.example"
    );
    with("GET", "/v1/jobs", &[("origin", "https://b.example")], "").refused(403, "--allow-origin");
    let asked = service.ask("OPTIONS", "/render", &[("origin", "https://a.example")], "");
    assert_eq!(
        (
            asked.status,
            asked.headers["access-control-allow-methods"].as_str()
        ),
        (204, "POST")
    );
    let kind = ("content-type", "application/json");
    for (body, message) in [
        ("{", "is not JSON"),
        ("[]", "no JSON object"),
        ("{\"more\": 1}", "no field `more`"),
        ("{\"variables\": 1}", "`variables` must be an object"),
        ("{\"settings\": {\"cfr\": 1}}", "no setting `cfr`"),
        (
            "{\"settings\": {\"format\": \"avi\"}}",
            "`format` must be a format",
        ),
        ("{\"webhook\": \"file:///etc/passwd\"}", "`webhook`"),
        ("{\"webhook\": 7}", "must be a URL"),
    ] {
        with("POST", "/v1/jobs", &[kind], body).refused(400, message);
    }
    with("POST", "/render", &[kind], "{\"streamProgress\": 1}").refused(400, "true or false");
    with("POST", "/render", &[], "{}").refused(415, "application/json");
    with("GET", "/render", &[], "").refused(405, "POST");
    with("GET", "/download/..%2fproject.tsx", &[], "").refused(404, "File not found.");
    with("GET", "/nowhere", &[], "").refused(404, "nothing here");
    let described = service.get("/openapi.json").json();
    for path in [
        "/render",
        "/download/{name}",
        "/v1/jobs",
        "/v1/jobs/{id}",
        "/v1/jobs/{id}/events",
    ] {
        assert!(described["paths"][path].is_object(), "{path}");
    }
    let fault = "error: others can reach `0.0.0.0`: name a token by --token-file or \
                 KINORA_SERVE_TOKEN, or say --no-token\n";
    let open = studio.run(&["serve", "src/project.tsx", "--host=0.0.0.0", "--port=0"]);
    assert_eq!((open.code, open.err.as_str()), (Some(2), fault));
}
