//! The studio from outside: what its server answers, and to whom.

use std::{
    fs,
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::TcpStream,
    path::PathBuf,
    time::{Duration, Instant},
};

use kinora_farm::Cache;
use kinora_http::Origins;
use kinora_project::{Access, CacheFolder};
use kinora_script::ScriptOptions;
use kinora_studio::{Studio, StudioOptions};
use serde_json::{Value, json};

/// How long anything may take before a test gives up.
const PATIENCE: Duration = Duration::from_secs(60);

/// A project in a folder of its own, and its studio.
struct Bench {
    folder: tempfile::TempDir,
    studio: Studio,
}

/// A square that moves to the right in a second, `color` by a variable.
const SQUARE: &str = "
  const color = useScene().variables.get('color', '#ff0000');
  const square = createRef<Rect>();
  view.add(<Rect ref={square} key={'square'} size={30} x={-60} fill={color()} />);
  console.log('drawn', color());
  yield* square().position.x(60, 1);";

fn project(body: &str) -> String {
    format!(
        "import {{Circle, Rect, Txt, makeScene2D}} from '@revideo/2d';\n\
         import {{createRef, makeProject, useScene, waitFor}} from '@revideo/core';\n\
         const scene = makeScene2D('scene', function* (view) {{\n{body}\n}});\n\
         export default makeProject({{scenes: [scene], variables: {{other: 1}}, settings: {{shared: {{background: '#000000', size: {{x: 160, y: 90}}}}}}}});\n"
    )
}

/// An answer: status, head in lower case, body.
struct Answer {
    status: u16,
    head: String,
    body: Vec<u8>,
}

impl Answer {
    fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }
}

impl Bench {
    fn new(source: &str) -> Self {
        Self::with(&[("src/project.tsx", source)])
    }

    fn with(files: &[(&str, &str)]) -> Self {
        Self::patient(files, |_| {})
    }

    /// The same with other limits of the script.
    fn patient(files: &[(&str, &str)], limit: impl FnOnce(&mut ScriptOptions)) -> Self {
        let folder = tempfile::tempdir().unwrap();
        for name in ["src", "public", "cache", "tmp"] {
            fs::create_dir(folder.path().join(name)).unwrap();
        }
        fs::write(folder.path().join("package.json"), "{}").unwrap();
        for (name, text) in files {
            fs::write(folder.path().join(name), text).unwrap();
        }
        let cache = Cache::open(&folder.path().join("cache"), 1 << 30).unwrap();
        let mut script = ScriptOptions::new(folder.path().join("src/project.tsx"));
        limit(&mut script);
        let studio = Studio::start(StudioOptions {
            script,
            access: Access::default(),
            cache: CacheFolder::lasting(cache),
            scratch: folder.path().join("tmp"),
            port: 0,
            origins: Origins::default(),
            command: vec!["kinora".to_owned()],
        });
        Self {
            folder,
            studio: studio.unwrap(),
        }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn write(&self, name: &str, text: &str) {
        fs::write(self.path(name), text).unwrap();
    }

    /// Host and port, and the path of the page.
    fn address(&self) -> (&str, &str) {
        let url = self.studio.url().strip_prefix("http://").unwrap();
        url.split_at(url.find('/').unwrap())
    }

    /// Sends these lines and what follows them.
    fn raw(&self, head: &str, body: &str) -> Answer {
        let mut stream = TcpStream::connect(self.address().0).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        write!(
            stream,
            "{head}connection: close\r\ncontent-length: {}\r\n\r\n{body}",
            body.len()
        )
        .unwrap();
        let mut all = Vec::new();
        stream.read_to_end(&mut all).unwrap();
        let end = all.windows(4).position(|four| four == b"\r\n\r\n").unwrap();
        let head = String::from_utf8_lossy(&all[..end]).to_lowercase();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        Answer {
            status,
            head,
            body: all.split_off(end + 4),
        }
    }

    fn get(&self, path: &str) -> Answer {
        let (host, page) = self.address();
        self.raw(
            &format!("GET {page}{path} HTTP/1.1\r\nhost: {host}\r\n"),
            "",
        )
    }

    fn post(&self, path: &str, fields: &Value) -> Answer {
        let (host, page) = self.address();
        let kind = "content-type: application/json";
        let head = format!("POST {page}api/{path} HTTP/1.1\r\nhost: {host}\r\n{kind}\r\n");
        self.raw(&head, &fields.to_string())
    }

    /// The state as soon as it is so.
    fn when(&self, what: &str, holds: impl Fn(&Value) -> bool) -> Value {
        let started = Instant::now();
        loop {
            let state = self.get("api/state").json();
            if holds(&state) {
                return state;
            }
            assert!(started.elapsed() < PATIENCE, "not {what}: {state:#}");
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// The state once a recording after `take` has ended well.
    fn recorded_after(&self, take: u64) -> Value {
        self.when("recorded", |state| {
            state["take"]["whole"] == true
                && state["recording"] == false
                && state["take"]["id"].as_u64() > Some(take)
        })
    }

    /// The colour in the middle of a line of a frame, and its size.
    fn pixel(&self, frame: u64, x: usize) -> ([u8; 4], (u32, u32)) {
        let answer = self.get(&format!("api/frame/{frame}?as=png"));
        assert_eq!(answer.status, 200);
        let (pixels, size) = decoded(&answer.body);
        assert_eq!(pixels.len(), (size.0 * size.1 * 4) as usize, "not RGBA");
        let place = (45 * size.0 as usize + x) * 4;
        (pixels[place..place + 4].try_into().unwrap(), size)
    }
}

fn decoded(file: &[u8]) -> (Vec<u8>, (u32, u32)) {
    let mut reader = png::Decoder::new(std::io::Cursor::new(file))
        .read_info()
        .unwrap();
    let mut bytes = vec![0; reader.output_buffer_size().unwrap()];
    let info = reader.next_frame(&mut bytes).unwrap();
    bytes.truncate(info.buffer_size());
    (bytes, (info.width, info.height))
}

fn take_of(state: &Value) -> u64 {
    state["take"]["id"].as_u64().unwrap()
}

#[test]
fn only_who_knows_the_token_is_served() {
    let bench = Bench::new(&project(SQUARE));
    let (host, page) = bench.address();
    let ask = |path: &str, host: &str, more: &str| {
        bench
            .raw(
                &format!("GET {path} HTTP/1.1\r\nhost: {host}\r\n{more}"),
                "",
            )
            .status
    };
    assert_eq!(ask(page, host, ""), 200);
    assert_eq!(ask(page, host, &format!("origin: http://{host}\r\n")), 200);
    assert_eq!(ask("/", host, ""), 404);
    assert_eq!(ask("/api/state", host, ""), 404);
    assert_eq!(ask(&format!("/{}/", "0".repeat(32)), host, ""), 404);
    assert_eq!(ask(page, "evil.example", ""), 403);
    assert_eq!(ask(page, host, "origin: http://evil.example\r\n"), 403);
    for path in [
        "src/project.tsx",
        "../package.json",
        "%2e%2e/package.json",
        "/etc/passwd",
        "main.ts",
    ] {
        assert_eq!(ask(&format!("{page}{path}"), host, ""), 404, "{path}");
    }
    // What a form of another site could send changes nothing.
    let head =
        format!("POST {page}api/record HTTP/1.1\r\nhost: {host}\r\ncontent-type: text/plain\r\n");
    assert_eq!(bench.raw(&head, "{}").status, 415);
    let page = bench.get("");
    let html = String::from_utf8(page.body).unwrap();
    let state = html
        .split("type=\"application/json\">")
        .nth(1)
        .and_then(|rest| rest.split('<').next());
    let state: Value = serde_json::from_str(state.unwrap()).unwrap();
    assert_eq!(state["command"], json!(["kinora"]));
    let policy = page.head;
    assert!(
        policy.contains("content-security-policy: default-src 'none'"),
        "{policy}"
    );
}

#[test]
fn a_frame_is_the_frame_that_the_command_draws() {
    let bench = Bench::new(&project(SQUARE));
    bench.recorded_after(0);
    let folder = CacheFolder::temporary().unwrap();
    let script = ScriptOptions::new(bench.path("src/project.tsx"));
    let session = kinora_session::Session::open(
        script,
        kinora_session::Surroundings {
            access: Access::default(),
            cache: folder,
            voice: std::sync::Arc::new(Silence),
            progress: Default::default(),
            scratch: bench.path("tmp"),
        },
    );
    let wanted = kinora_session::Wanted::Frames("0-30:3".parse().unwrap());
    let codec = kinora_media::VideoCodec::Png(Default::default());
    let mut seen = 0;
    session
        .frames::<kinora_session::SessionError>(&wanted, |picture| {
            let served = bench.get(&format!("api/frame/{}?as=png", picture.number));
            assert_eq!(
                served.body,
                picture.encode(&codec)?,
                "frame {}",
                picture.number
            );
            let bare = bench.get(&format!("api/frame/{}?as=rgba", picture.number));
            assert_eq!(bare.body, picture.rgba);
            assert!(bare.head.contains("x-size: 160x90"), "{}", bare.head);
            seen += 1;
            Ok(())
        })
        .unwrap();
    assert_eq!(seen, 11);
    let small = bench.get("api/frame/0?as=png&width=80");
    assert_eq!(decoded(&small.body).1, (80, 45));
    assert_eq!(bench.get("api/frame/0?as=jpeg").body[..2], [0xff, 0xd8]);
    assert_eq!(&bench.get("api/frame/0?as=webp").body[8..12], b"WEBP");
    for (path, status) in [
        ("32", 404),
        ("x", 400),
        ("0?as=bmp", 400),
        ("0?width=-1", 400),
    ] {
        let answer = bench.get(&format!("api/frame/{path}"));
        assert_eq!(answer.status, status, "{path}");
        assert!(answer.json()["error"].is_string());
    }
}

struct Silence;

impl kinora_project::Voice for Silence {
    fn say(&self, _: &str) {}
}

#[test]
fn an_edit_is_seen_and_a_mistake_is_told_over_the_last_good_picture() {
    let bench = Bench::new(&project(SQUARE));
    let first = take_of(&bench.recorded_after(0));
    assert_eq!(bench.pixel(0, 20).0, [255, 0, 0, 255]);
    bench.write(
        "src/project.tsx",
        &project(&SQUARE.replace("#ff0000", "#00ff00")),
    );
    let state = bench.recorded_after(first);
    assert_eq!(bench.pixel(0, 20).0, [0, 255, 0, 255]);

    bench.write(
        "src/project.tsx",
        &project(&SQUARE.replace("square()", "sqare()")),
    );
    let broken = bench.when("broken", |state| state["fault"].is_object());
    let fault = &broken["fault"]["diagnostics"][0];
    assert!(
        fault["message"].as_str().unwrap().contains("sqare"),
        "{fault}"
    );
    assert_eq!(fault["place"]["file"], "src/project.tsx");
    let code = fault["place"]["code"].as_str().unwrap();
    assert!(code.contains("yield* sqare()"), "{code}");
    assert_eq!(
        take_of(&broken),
        take_of(&state),
        "the last good one is shown"
    );
    assert_eq!(bench.pixel(0, 20).0, [0, 255, 0, 255]);

    bench.write(
        "src/project.tsx",
        &project(&SQUARE.replace("#ff0000", "#0000ff")),
    );
    let mended = bench.recorded_after(take_of(&state));
    assert_eq!(mended["fault"], Value::Null);
    assert_eq!(bench.pixel(0, 20).0, [0, 0, 255, 255]);
}

#[test]
fn a_file_that_a_mistake_names_is_waited_for() {
    let source = "import {color} from './color';\n".to_owned()
        + &project("  view.add(<Rect size={30} fill={color} />);\n  yield* waitFor(0.1);");
    let bench = Bench::new(&source);
    let state = bench.when("broken", |state| state["fault"].is_object());
    assert_eq!(state["take"], Value::Null);
    assert_eq!(bench.get("api/frame/0").status, 409);
    bench.write("src/color.ts", "export const color = '#0000ff';");
    bench.recorded_after(0);
    assert_eq!(bench.pixel(0, 80).0, [0, 0, 255, 255]);
}

#[test]
fn variables_are_told_and_replaced() {
    let bench = Bench::new(&project(SQUARE));
    let state = bench.recorded_after(0);
    let take = &state["take"];
    assert_eq!(
        take["variables"],
        json!([{"name": "color", "default": "#ff0000"}])
    );
    assert_eq!(take["own"], json!({"other": 1}));
    assert_eq!(state["console"][0]["text"], "drawn #ff0000");
    let changed = json!({"variables": {"other": 1, "color": "#00ff00"}});
    assert_eq!(bench.post("variables", &changed).status, 200);
    let state = bench.recorded_after(take_of(&state));
    assert_eq!(state["variables"], changed["variables"]);
    assert_eq!(bench.pixel(0, 20).0, [0, 255, 0, 255]);
    assert_eq!(
        bench.post("variables", &json!({"variables": 7})).status,
        400
    );
    bench.post("variables", &json!({"variables": null}));
    bench.recorded_after(take_of(&state));
    assert_eq!(bench.pixel(0, 20).0, [255, 0, 0, 255]);
}

#[test]
fn nodes_are_told_with_their_boxes_and_lines() {
    let bench = Bench::new(&project(SQUARE));
    bench.recorded_after(0);
    let nodes = bench.get("api/tree/0").json();
    let square = nodes
        .as_array()
        .unwrap()
        .iter()
        .find(|node| node["key"] == "square")
        .unwrap();
    assert_eq!(
        (&square["class"], &square["depth"]),
        (&json!("Rect"), &json!(1))
    );
    assert_eq!(
        square["corners"],
        json!([[5, 30], [35, 30], [35, 60], [5, 60]])
    );
    assert_eq!(square["place"]["line"], 7);
    let properties = square["properties"].as_array().unwrap();
    let named = |name: &str| {
        properties
            .iter()
            .find(|property| property["name"] == name)
            .unwrap()
    };
    assert_eq!(
        (&named("position")["value"], &named("position")["initial"]),
        (&json!("-60, 0"), &json!(false))
    );
    assert_eq!(named("opacity")["initial"], true);
    let moved = bench.get("api/tree/30").json();
    let square = moved
        .as_array()
        .unwrap()
        .iter()
        .find(|node| node["key"] == "square")
        .unwrap();
    assert_eq!(square["corners"][0], json!([125, 30]));
    assert_eq!(bench.get("api/tree/32").status, 409);
}

#[test]
fn what_is_wrong_is_told() {
    let bench = Bench::new(&project(
        "  view.add(<Txt fill={'white'} text={'Hello'} x={500} />);\n  yield* waitFor(1);",
    ));
    bench.recorded_after(0);
    let report = bench.get("api/check").json();
    assert_eq!(report["findings"][0]["rule"], "off-canvas");
}

#[test]
fn what_lies_where_in_time_is_told() {
    let bench = Bench::new(&project(
        "  view.add(<Circle size={20} fill={'red'} />);\n  yield* waitFor(5);",
    ));
    bench.recorded_after(0);
    let facts = bench.get("api/timeline").json();
    let segments = facts["segments"].as_array().unwrap();
    let lengths: Vec<&Value> = segments.iter().map(|segment| &segment["frames"]).collect();
    assert_eq!(lengths, [60, 60, 31]);
    assert!(
        segments
            .iter()
            .all(|segment| segment["cached"] == false && segment["fresh"] == false)
    );
    let state = bench.get("api/state").json();
    assert_eq!(
        state["take"]["scenes"],
        json!([{"name": "scene", "first": 0, "frames": 151}])
    );
    assert_eq!(state["take"]["sounds"], false);
    let silence = bench.get("api/sound?from=0&to=480");
    assert_eq!(silence.body, [0; 480 * 4]);
    assert_eq!(bench.get("api/peaks").body.len(), 252);

    // An edit of the last second makes the last segment alone stale.
    let edited = "  const disc = createRef<Circle>();\n  view.add(<Circle ref={disc} size={20} fill={'red'} />);\n  yield* waitFor(4.5);\n  disc().fill('blue');\n  yield* waitFor(0.5);";
    bench.write("src/project.tsx", &project(edited));
    bench.recorded_after(take_of(&state));
    let facts = bench.get("api/timeline").json();
    let fresh: Vec<&Value> = facts["segments"]
        .as_array()
        .unwrap()
        .iter()
        .map(|segment| &segment["fresh"])
        .collect();
    assert_eq!(fresh, [false, false, true]);
}

#[test]
fn films_are_rendered_and_stopped() {
    let bench = Bench::new(&project(SQUARE));
    bench.recorded_after(0);
    for (fields, fault) in [
        (json!({}), "`output` names no file"),
        (json!({"output": "film.xyz"}), "film.xyz"),
        (json!({"output": "film.mp4", "sise": 1}), "`sise`"),
        (json!({"output": "film.mp4", "crf": 99}), "`crf`"),
    ] {
        let answer = bench.post("render", &fields);
        assert_eq!(answer.status, 400);
        let told = answer.json()["error"].to_string();
        assert!(told.contains(fault), "{told}");
    }
    let made = bench.post(
        "render",
        &json!({"output": "out/film.png.apng", "scale": 0.5}),
    );
    assert_eq!(made.json(), json!({"id": 1}));
    let state = bench.when("rendered", |state| state["renders"][0]["stage"] == "done");
    assert_eq!(state["renders"][0]["frames"], 32);
    let file = fs::read(bench.path("out/film.png.apng")).unwrap();
    assert_eq!(decoded(&file).1, (80, 45));
    assert_eq!(state["take"]["id"], 1, "what is rendered is no edit");

    // Long enough that it is still going on when it is stopped.
    bench.write(
        "src/project.tsx",
        &project("  view.add(<Circle size={20} fill={'red'} />);\n  yield* waitFor(3600);"),
    );
    bench.when("recording", |state| state["recording"] == true);
    bench.post("render", &json!({"output": "out/long.mp4"}));
    bench.when("working", |state| state["renders"][1]["stage"] == "working");
    assert_eq!(bench.post("stop/2", &json!({})).status, 200);
    bench.when("stopped", |state| state["renders"][1]["stage"] == "stopped");
    assert!(!bench.path("out/long.mp4").exists());
    assert_eq!(bench.post("stop/2", &json!({})).status, 200);
    assert_eq!(bench.post("stop/2", &json!({})).status, 404);
}

#[test]
fn an_event_is_moved_in_the_file_beside_its_scene() {
    let scene = "import {Rect, makeScene2D} from '@motion-canvas/2d';\n\
        import {waitUntil} from '@motion-canvas/core';\n\
        export default makeScene2D(function* (view) {\n\
          view.add(<Rect size={30} fill={'red'} />);\n\
          yield* waitUntil('turn');\n  yield* waitUntil('end');\n});\n";
    let project = "import {makeProject} from '@motion-canvas/core';\n\
        import intro from './intro?scene';\nexport default makeProject({scenes: [intro]});\n";
    let meta = r#"{"timeEvents": [{"name": "turn", "targetTime": 1}, {"name": "end", "targetTime": 2}], "seed": 3}"#;
    let bench = Bench::with(&[
        ("src/project.tsx", project),
        ("src/intro.tsx", scene),
        ("src/intro.meta", meta),
    ]);
    let state = bench.recorded_after(0);
    let events = &state["take"]["events"];
    assert_eq!(events[0]["name"], "turn");
    assert_eq!(
        (&events[0]["seconds"], &events[0]["kept"]),
        (&json!(1.0), &json!(true))
    );
    assert_eq!(events[0]["place"]["line"], 5);
    let moved = json!({"scene": "intro", "name": "turn", "seconds": 1.5, "shift": true});
    let answer = bench.post("event", &moved);
    assert_eq!(answer.status, 200, "{}", answer.json());
    let state = bench.recorded_after(take_of(&state));
    assert_eq!(state["take"]["events"][1]["seconds"], 2.5);
    let text = fs::read_to_string(bench.path("src/intro.meta")).unwrap();
    let wanted = json!({"timeEvents": [{"name": "turn", "targetTime": 1.5}, {"name": "end", "targetTime": 2.5}], "seed": 3});
    assert_eq!(serde_json::from_str::<Value>(&text).unwrap(), wanted);
    let missing = json!({"scene": "intro", "name": "none", "seconds": 1});
    assert_eq!(bench.post("event", &missing).status, 404);
}

#[test]
fn pages_are_told_what_changes() {
    let bench = Bench::new(&project(SQUARE));
    let state = bench.recorded_after(0);
    let (host, page) = bench.address();
    let mut stream = TcpStream::connect(host).unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    write!(
        stream,
        "GET {page}api/events HTTP/1.1\r\nhost: {host}\r\n\r\n"
    )
    .unwrap();
    let mut lines = BufReader::new(stream).lines();
    let mut next = |holds: &dyn Fn(&Value) -> bool| {
        loop {
            let line = lines.next().unwrap().unwrap();
            let told = line
                .strip_prefix("data: ")
                .map(serde_json::from_str::<Value>);
            if let Some(Ok(told)) = told
                && holds(&told)
            {
                return;
            }
        }
    };
    next(&|told| told["take"]["id"] == state["take"]["id"]);
    bench.write("src/project.tsx", &project(&SQUARE.replace("30", "20")));
    next(&|told| told["recording"] == true);
    next(&|told| told["take"]["id"] != state["take"]["id"] && told["recording"] == false);
}

#[test]
fn a_script_that_nothing_ends_does_not_end_the_studio() {
    let bench = Bench::new(&project(SQUARE));
    let first = take_of(&bench.recorded_after(0));
    // Hours within one built-in; an edit gives it up.
    let hours = "  'a'.repeat(1 << 22).indexOf('a'.repeat(1 << 21) + 'b');\n  yield;";
    bench.write("src/project.tsx", &project(hours));
    bench.when("recording", |state| state["recording"] == true);
    bench.write(
        "src/project.tsx",
        &project(&SQUARE.replace("60, 1", "50, 1")),
    );
    let state = bench.recorded_after(first);
    assert_eq!(state["fault"], Value::Null);
}

#[test]
fn a_stuck_script_ends_all_that_runs_it_with_its_place() {
    let files = [("src/project.tsx", &*project(SQUARE))];
    let bench = Bench::patient(&files, |script| script.limits.frame_seconds = 1.0);
    bench.recorded_after(0);
    let hours = "  'a'.repeat(1 << 22).indexOf('a'.repeat(1 << 21) + 'b');\n  yield;";
    bench.write("src/project.tsx", &project(hours));
    let told = |text: &str| {
        text.contains("took longer than 1 s of script") && text.contains("src/project.tsx:4:")
    };
    let state = bench.when("stuck", |state| state["fault"] != Value::Null);
    assert!(
        told(state["fault"]["message"].as_str().unwrap()),
        "{state:#}"
    );
    // The last good take is still there; what asks for its nodes runs the script as it is.
    for path in ["api/tree/3", "api/check"] {
        let answer = bench.get(path);
        assert_eq!(answer.status, 409, "{path}");
        assert!(
            told(answer.json()["error"].as_str().unwrap()),
            "{path}: {}",
            answer.json()
        );
    }
    let asked = bench.post("render", &json!({"output": "out/film.mp4"}));
    assert_eq!(asked.status, 200);
    let state = bench.when("failed", |state| state["renders"][0]["stage"] == "failed");
    let fault = &state["renders"][0]["fault"];
    assert!(told(fault["message"].as_str().unwrap()), "{fault}");
    assert_eq!(fault["diagnostics"][0]["place"]["line"], 4);
    assert!(!bench.path("out/film.mp4").exists());
    bench.write("src/project.tsx", &project(SQUARE));
    let state = bench.when("well again", |state| {
        state["fault"] == Value::Null && state["recording"] == false
    });
    assert_eq!(bench.pixel(0, 20).1, (160, 90));
    assert_eq!(bench.get("api/tree/3").status, 200);
    assert!(take_of(&state) > 0);
}
