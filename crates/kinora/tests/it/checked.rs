//! `kinora check`; its rules are tested in their own crate.

use serde_json::Value;

use crate::studio::Studio;

#[test]
fn new_projects_give_no_alarm() {
    let studio = Studio::scene("");
    for template in ["hello", "captions", "slideshow", "code", "data"] {
        studio
            .run(&["new", template, "--template", template])
            .good();
        let project = format!("{template}/src/project.tsx");
        let told = studio.run(&["check", &project, "--strict"]).good().out;
        assert!(
            told.starts_with("0 warnings, 0 notes in "),
            "{template}: {told}"
        );
    }
}

#[test]
fn what_is_found_is_told_and_may_end_badly() {
    let studio = Studio::scene(
        "  view.add(<Txt fill={'white'} fontSize={20} text={'Lost'} x={300} />);\n  yield* waitFor(1);",
    );
    let args = ["check", "src/project.tsx"];
    let told = studio.run(&args).good().out;
    assert!(
        told.starts_with(
            "warning[off-canvas]: the text `Lost` is never on the canvas\n  src/project.tsx:4\n"
        ),
        "{told}"
    );
    assert!(
        told.ends_with("\n1 warning, 0 notes in 31 frames\n"),
        "{told}"
    );
    let strict = studio.run(&[&args[..], &["--strict"]].concat());
    assert_eq!(
        (strict.code, strict.err.as_str()),
        (Some(1), "error: 1 warning (--strict)\n")
    );
    let ignored = [&args[..], &["--strict", "--ignore", "off-canvas"]].concat();
    studio.run(&ignored).good();
    let json = studio.run(&[&args[..], &["--json"]].concat()).good().out;
    let report: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(report["warnings"], 1);
    assert_eq!(report["findings"][0]["lastFrame"], 30);
    studio
        .run(&[&args[..], &["--ignore", "taste"]].concat())
        .refused("off-canvas");
}
