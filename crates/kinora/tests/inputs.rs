//! What variables may be, by the file beside a project.

use std::{fs, process::Command};

const PROJECT: &str = "import {Txt, makeScene2D} from '@revideo/2d';
import {makeProject, useScene} from '@revideo/core';
const scene = makeScene2D('scene', function* (view) {
  view.add(<Txt fill={'white'} text={useScene().variables.get('title', 'Hello')()} />);
  yield;
});
export default makeProject({scenes: [scene], settings: {shared: {size: {x: 320, y: 180}}}});
";

#[test]
fn variables_are_held_against_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let write = |name: &str, text: &str| fs::write(folder.join(name), text).unwrap();
    write("project.tsx", PROJECT);
    let run = |words: &[&str]| {
        let done = Command::new(env!("CARGO_BIN_EXE_kinora"))
            .args(words)
            .current_dir(folder)
            .env("KINORA_CACHE_DIR", folder.join("cache"))
            .output()
            .unwrap();
        (done.status.code(), String::from_utf8(done.stderr).unwrap())
    };
    let schema = r#"{"properties": {"title": {"type": "string", "maxLength": 5}},
        "required": ["title"], "additionalProperties": false}"#;
    write("project.inputs.json", schema);
    let told = "error: the variables are not as `project.inputs.json` says:\n  ";
    for (words, fault) in [
        (&["render", "project.tsx"][..], "`title` is missing\n"),
        (
            &[
                "render",
                "project.tsx",
                "--var",
                "title=Far too long",
                "--var",
                "n=1",
            ],
            "`title` is to have at most 5 characters, and has 12\n  `n` is not known: title\n",
        ),
        (
            &["frame", "project.tsx", "--time", "0", "--var", "title=3"],
            "`title` is to be of type string, and is `3`\n",
        ),
        (
            &["inspect", "project.tsx", "--at", "0"],
            "`title` is missing\n",
        ),
    ] {
        assert_eq!(run(words), (Some(1), format!("{told}{fault}")), "{words:?}");
    }
    let good = [
        "frame",
        "project.tsx",
        "--time",
        "0",
        "--var",
        "title=Hi",
        "-o",
        "a.png",
    ];
    assert_eq!(run(&good).0, Some(0));
    write(
        "project.inputs.json",
        r#"{"properties": {"title": {"pattern": "x"}}}"#,
    );
    let (code, fault) = run(&good);
    assert_eq!(code, Some(1));
    assert_eq!(
        fault,
        "error: `project.inputs.json`: `title`: the keyword `pattern` is not known here\n"
    );
}
