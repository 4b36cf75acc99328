//! `kinora batch`: a video for each row of a table.

use std::{io::Write as _, process::Stdio};

use kinora_media::probe;
use serde_json::{Value, json};

use crate::studio::Studio;

/// A first half that all rows share, and a second one of their own.
const SCENE: &str = "
  const fill = useScene().variables.get('fill', 'white');
  const square = createRef<Rect>();
  view.add(<Rect ref={square} size={30} x={-60} fill={'grey'} />);
  yield* square().position.x(60, 2);
  if (fill() === 'wrong') throw new Error('no such colour');
  square().fill(fill());
  yield* square().position.x(-60, 1);";

fn args<'a>(more: &[&'a str]) -> Vec<&'a str> {
    let fixed = [
        "batch",
        "src/project.tsx",
        "--preset",
        "ultrafast",
        "--from",
    ];
    [&fixed[..], more].concat()
}

#[test]
fn each_row_is_a_video_and_shares_what_is_alike() {
    let studio = Studio::scene(SCENE);
    studio.write("rows.csv", "name,fill\nann,red\nbob,#00ff00\n");
    let told = studio
        .run(&args(&[
            "rows.csv",
            "-o",
            "out/{row}-{name}.mp4",
            "--stats",
            "stats.json",
        ]))
        .good();
    for name in ["out/1-ann.mp4", "out/2-bob.mp4"] {
        assert!(
            told.out.contains(&format!("{name}: 92 frames")),
            "{}",
            told.out
        );
        let length = probe(&studio.path(name)).unwrap().duration;
        assert!((length - 92.0 / 30.0).abs() < 0.1, "{length}");
    }
    assert_ne!(studio.bytes("out/1-ann.mp4"), studio.bytes("out/2-bob.mp4"));
    let stats: Value = serde_json::from_slice(&studio.bytes("stats.json")).unwrap();
    let own = |row: usize, name: &str| stats[row]["stats"][name].as_u64().unwrap();
    assert_eq!((own(0, "segments"), own(0, "cacheHits")), (2, 0));
    assert_eq!((own(1, "segments"), own(1, "cacheHits")), (2, 1));

    // The same rows once more cost nothing but to be put together.
    let again = studio
        .run(&args(&["rows.csv", "-o", "again/{name}.mp4"]))
        .good();
    assert!(
        again
            .out
            .contains("made 2 videos: 184 frames, 4 of 4 segments from the cache"),
        "{}",
        again.out
    );
    assert_eq!(studio.bytes("again/ann.mp4"), studio.bytes("out/1-ann.mp4"));
}

#[test]
fn a_row_that_fails_does_not_stop_the_rest() {
    let studio = Studio::scene(SCENE);
    let rows = "{\"fill\": \"red\"}\n{\"fill\": \"wrong\"}\n\n{\"fill\": \"blue\"}\n";
    studio.write("rows.jsonl", rows);
    let told = studio.run(&args(&["rows.jsonl", "--events"]));
    assert_eq!(told.code, Some(1));
    let read = |line| serde_json::from_str(line).unwrap();
    let events: Vec<Value> = told.err.lines().map(read).collect();
    let rows: Vec<&Value> = events
        .iter()
        .filter(|event| event["event"] == "row")
        .collect();
    let facts = |row: &Value| {
        (
            row["line"].clone(),
            row["output"].clone(),
            row["error"]["kind"].clone(),
        )
    };
    assert_eq!(facts(rows[0]), (json!(1), json!("out/1.mp4"), Value::Null));
    assert_eq!(
        facts(rows[1]),
        (json!(2), json!("out/2.mp4"), json!("project"))
    );
    assert_eq!(facts(rows[2]), (json!(4), json!("out/3.mp4"), Value::Null));
    assert_eq!(rows[1]["error"]["diagnostics"][0]["place"]["line"], 9);
    let last = events.last().unwrap();
    assert_eq!(last["message"], "1 of 3 videos could not be made");
    assert!(studio.path("out/1.mp4").is_file() && studio.path("out/3.mp4").is_file());
    assert!(!studio.path("out/2.mp4").exists());
}

#[test]
fn variables_of_all_rows_come_from_standard_input_once() {
    let studio = Studio::scene(SCENE);
    studio.write("rows.csv", "name\nann\nbob\n");
    let args = args(&["rows.csv", "-o", "{name}.mp4", "--variables", "-"]);
    let mut command = studio.command(&args);
    command.stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let mut input = child.stdin.take().unwrap();
    input.write_all(b"{\"fill\": \"red\"}").unwrap();
    drop(input);
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    // Both rows are alike but for their names.
    let told = String::from_utf8(output.stdout).unwrap();
    assert!(
        told.contains("bob.mp4: 92 frames, 2 of 2 segments"),
        "{told}"
    );
    assert_eq!(studio.bytes("ann.mp4"), studio.bytes("bob.mp4"));
}

#[test]
fn tables_that_cannot_be_are_refused_before_anything_is_made() {
    let studio = Studio::scene(SCENE);
    studio.write("same.csv", "name\nann\nbob\nann\n");
    studio.write("rows.csv", "name\na/b\n");
    studio.write("empty.csv", "name\n");
    for (more, wanted) in [
        (
            ["same.csv", "-o", "{name}.mp4"],
            "lines 2 and 4 of `same.csv` would both be `ann.mp4`; put `{row}` into the name",
        ),
        (
            ["rows.csv", "-o", "{name}.mp4"],
            "line 2 of `rows.csv`: its `name` cannot stand in a file's name: `a/b`",
        ),
        (
            ["rows.csv", "-o", "{nme}.mp4"],
            "line 2 of `rows.csv`: it has no `nme`",
        ),
        (
            ["rows.csv", "-o", "{name.mp4"],
            "a `{` is not closed in `{name.mp4`",
        ),
        (
            ["empty.csv", "-o", "{row}.mp4"],
            "the table `empty.csv` has no rows",
        ),
    ] {
        studio.run(&args(&more)).fault(1, wanted);
    }
    let told = studio.run(&args(&["none.csv"]));
    assert_eq!(told.code, Some(1));
    assert!(
        told.err
            .starts_with("error: cannot read the table `none.csv`"),
        "{}",
        told.err
    );
    studio.run(&args(&["src/project.tsx"])).fault(
        1,
        "the table `src/project.tsx` is neither .csv nor .jsonl by its name",
    );
}
