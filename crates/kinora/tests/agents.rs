//! The commands for those who write projects with programs: quick looks, the manual, the skill,
//! and the server of tools.

use std::{
    fs,
    io::{BufRead as _, BufReader, Write as _},
    path::Path,
    process::{Command, Stdio},
};

use serde_json::{Value, json};

const PROJECT: &str = "import {Circle, Txt, makeScene2D} from '@revideo/2d';
import {createRef, linear, makeProject, useScene} from '@revideo/core';
const scene = makeScene2D('scene', function* (view) {
  view.fill('#101018');
  const dot = createRef<Circle>();
  const title = useScene().variables.get('title', 'Hello')();
  view.add(<Txt key={'title'} fill={'white'} fontSize={30} text={title} y={-60} />);
  view.add(<Circle key={'dot'} ref={dot} size={40} fill={'red'} x={-120} y={40} />);
  yield* dot().x(120, 1, linear);
});
export default makeProject({scenes: [scene], settings: {shared: {size: {x: 320, y: 180}}}});
";

/// A folder with a project.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("project.tsx"), PROJECT).unwrap();
    folder
}

fn command(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_kinora"));
    command
        .current_dir(folder)
        .env("KINORA_CACHE_DIR", folder.join("cache"));
    command
}

/// Code and what is printed, on standard output or, if it fails, as an error.
fn run(folder: &Path, words: &[&str]) -> (i32, String) {
    let done = command(folder).args(words).output().unwrap();
    let code = done.status.code().unwrap();
    let text = if code == 0 { done.stdout } else { done.stderr };
    (code, String::from_utf8(text).unwrap())
}

fn json_of(folder: &Path, words: &[&str]) -> Value {
    let (code, text) = run(folder, words);
    assert_eq!(code, 0, "{text}");
    serde_json::from_str(&text).unwrap()
}

/// Width and height of a PNG file.
fn size(file: &Path) -> (u32, u32) {
    let bytes = fs::read(file).unwrap();
    let number = |at: usize| u32::from_be_bytes(bytes[at..at + 4].try_into().unwrap());
    (number(16), number(20))
}

#[test]
fn parts_and_small_pictures_of_frames() {
    let folder = folder();
    let folder = folder.path();
    let crop = [
        "frame",
        "project.tsx",
        "--time",
        "0.5",
        "--crop",
        "300,100,80,40",
        "-o",
        "a.png",
    ];
    assert_eq!(run(folder, &crop).0, 0);
    assert_eq!(size(&folder.join("a.png")), (20, 40));
    let told = json_of(
        folder,
        &[
            "frame",
            "project.tsx",
            "--frames",
            "3",
            "--width",
            "160",
            "--json",
            "-o",
            "b.png",
        ],
    );
    assert_eq!(told["frames"][0], json!({"frame": 3, "file": "b.png"}));
    assert_eq!(size(&folder.join("b.png")), (160, 90));
    let beside = ["frame", "project.tsx", "--time", "0", "--crop", "320,0,9,9"];
    assert!(
        run(folder, &beside)
            .1
            .contains("lies outside the frame, which has 320x180 pixels")
    );
    let sheet = json_of(
        folder,
        &[
            "frame",
            "project.tsx",
            "--sheet",
            "3",
            "--json",
            "-o",
            "s.png",
        ],
    );
    assert_eq!(sheet["frames"].as_array().unwrap().len(), 3);
}

#[test]
fn the_way_of_a_node() {
    let folder = folder();
    let folder = folder.path();
    let told = json_of(
        folder,
        &[
            "frame",
            "project.tsx",
            "--onion",
            "dot",
            "--json",
            "-o",
            "o.png",
        ],
    );
    assert_eq!(
        (&told["firstFrame"], &told["lastFrame"]),
        (&json!(0), &json!(31))
    );
    assert_eq!(told["frames"].as_array().unwrap().len(), 8);
    let (code, fault) = run(folder, &["frame", "project.tsx", "--onion", "dott"]);
    assert!(
        code != 0 && fault.contains("there are: dot, title"),
        "{fault}"
    );
}

#[test]
fn what_differs() {
    let folder = folder();
    let folder = folder.path();
    let frame = ["frame", "project.tsx", "--time", "0.5"];
    assert_eq!(run(folder, &[&frame[..], &["-o", "a.png"]].concat()).0, 0);
    let same = [&frame[..], &["--against", "a.png", "-o", "d.png", "--json"]].concat();
    let told = json_of(folder, &same);
    assert_eq!(told["frames"][0]["psnr"], Value::Null);
    assert_eq!(told["frames"][0]["share"], 0.0);
    let other = [&same[..], &["--var", "title=Goodbye"]].concat();
    let told = &json_of(folder, &other)["frames"][0];
    assert!(told["psnr"].as_f64().unwrap() < 40.0 && told["share"].as_f64().unwrap() > 0.0);
    // Only the title is another: what differs lies in the upper half.
    let part = &told["box"];
    let bottom = part["top"].as_u64().unwrap() + part["height"].as_u64().unwrap();
    assert!(bottom < 60, "{told}");
    assert_eq!(
        run(folder, &["render", "project.tsx", "-o", "film.mp4"]).0,
        0
    );
    let film = [
        &frame[..],
        &["--against", "film.mp4", "-o", "d.png", "--json"],
    ]
    .concat();
    // Where the encoder changed nothing there is no ratio to tell.
    let told = &json_of(folder, &film)["frames"][0];
    assert!(
        told["psnr"].as_f64().is_none_or(|psnr| psnr > 30.0),
        "{told}"
    );
    assert!(told["share"].as_f64().unwrap() < 0.05, "{told}");
}

#[test]
fn variants_side_by_side() {
    let folder = folder();
    let folder = folder.path();
    fs::write(folder.join("rows.json"), r#"[{"title": "Third"}]"#).unwrap();
    let words = [
        "compare",
        "project.tsx",
        "--vary",
        "title=First",
        "--vary",
        "title=2",
        "--variants",
        "rows.json",
        "--columns",
        "2",
        "--width",
        "80",
        "--json",
        "-o",
        "v.png",
    ];
    let told = json_of(folder, &words);
    let titles: Vec<&Value> = told["rows"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| &row["variables"]["title"])
        .collect();
    assert_eq!(titles, [&json!("First"), &json!(2), &json!("Third")]);
    assert_eq!(size(&folder.join("v.png")), (2 * 84 + 4, 3 * 49 + 4));
}

#[test]
fn the_manual_and_the_nearest_word() {
    let folder = folder();
    let folder = folder.path();
    assert!(
        run(folder, &["docs", "agents"])
            .1
            .starts_with("# For agents\n")
    );
    assert!(
        run(folder, &["docs", "agent"])
            .1
            .contains("did you mean `agents`?")
    );
    assert!(
        run(folder, &["rendr", "project.tsx"])
            .1
            .contains("'render'")
    );
    assert!(
        run(folder, &["frame", "project.tsx", "--sheeet"])
            .1
            .contains("'--sheet'")
    );
}

#[test]
fn a_project_tells_agents_how_to_work_on_it() {
    let folder = folder();
    let folder = folder.path();
    fs::write(folder.join("AGENTS.md"), "# Rules\n\nBe kind.\n").unwrap();
    for _ in 0..2 {
        assert_eq!(run(folder, &["skill"]).0, 0);
    }
    let agents = fs::read_to_string(folder.join("AGENTS.md")).unwrap();
    assert!(agents.starts_with("# Rules\n\nBe kind.\n"));
    assert_eq!(agents.matches("## Video with Kinora").count(), 1);
    let skill = fs::read_to_string(folder.join("SKILL.md")).unwrap();
    assert!(skill.starts_with("---\nname: kinora\n"));
    // The example in it is a project.
    let example = skill
        .split("```tsx\n")
        .nth(1)
        .unwrap()
        .split("```")
        .next()
        .unwrap();
    fs::write(folder.join("example.tsx"), example).unwrap();
    let told = json_of(folder, &["check", "example.tsx", "--json"]);
    assert_eq!(
        (&told["warnings"], &told["notes"]),
        (&json!(0), &json!(0)),
        "{told:#}"
    );
    fs::write(folder.join("SKILL.md"), "mine").unwrap();
    assert!(
        run(folder, &["skill"])
            .1
            .contains("was not written by `kinora skill`")
    );
}

#[test]
fn tools_are_called() {
    let folder = folder();
    let mut server = command(folder.path())
        .arg("mcp")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut asked = server.stdin.take().unwrap();
    let mut answers = BufReader::new(server.stdout.take().unwrap()).lines();
    let mut ask = |message: Value| writeln!(asked, "{message}").unwrap();
    let mut answer =
        || -> Value { serde_json::from_str(&answers.next().unwrap().unwrap()).unwrap() };
    ask(
        json!({"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {
            "protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "test", "version": "1"},
        }}),
    );
    assert_eq!(answer()["result"]["serverInfo"]["name"], "kinora");
    ask(json!({"jsonrpc": "2.0", "method": "notifications/initialized"}));
    ask(json!({"jsonrpc": "2.0", "id": 2, "method": "tools/list"}));
    assert_eq!(answer()["result"]["tools"].as_array().unwrap().len(), 6);
    let mut call = |name: &str, arguments: Value| {
        ask(
            json!({"jsonrpc": "2.0", "id": 3, "method": "tools/call", "params": {
                "name": name, "arguments": arguments,
            }}),
        );
        answer()["result"].clone()
    };
    let frame = call("frame", json!({"project": "project.tsx", "time": 0.5}));
    assert_eq!(frame["isError"], false, "{frame}");
    let picture = frame["content"].as_array().unwrap();
    let picture = picture.iter().find(|part| part["type"] == "image").unwrap();
    assert_eq!(picture["mimeType"], "image/png");
    assert!(picture["data"].as_str().unwrap().starts_with("iVBORw0KGgo"));
    let check = call(
        "check",
        json!({"project": "project.tsx", "variables": {"title": "Hi"}}),
    );
    let report: Value =
        serde_json::from_str(check["content"][0]["text"].as_str().unwrap()).unwrap();
    assert_eq!(report["warnings"], 0, "{report}");
    let missing = call("inspect", json!({"project": "none.tsx"}));
    assert_eq!(missing["isError"], true);
    assert!(
        missing["content"][0]["text"]
            .as_str()
            .unwrap()
            .contains("does not exist")
    );
    let wrong = call("check", json!({"projekt": "project.tsx"}));
    assert!(
        wrong["content"][0]["text"]
            .as_str()
            .unwrap()
            .contains("`check` needs `project`")
    );
    // The end of its input is the end of the server.
    drop(asked);
    assert!(server.wait().unwrap().success());
}
