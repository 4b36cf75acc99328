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

/// Scenes that are as they are to be; what is true of them stands beside.
#[test]
fn what_is_as_it_should_be_gives_no_alarm() {
    let studio = Studio::scene("");
    let repository = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    for (file, known) in [
        ("examples/bar-race/src/project.tsx", &[][..]),
        ("examples/chat/src/project.tsx", &[]),
        ("examples/countdown/src/project.tsx", &[]),
        ("examples/formula/src/project.tsx", &[]),
        ("examples/line-chart/src/project.tsx", &[]),
        ("examples/logo/src/project.tsx", &[]),
        // Texts wait behind the edge of a box that clips them.
        ("examples/lower-third/src/project.tsx", &[]),
        ("examples/particles/src/project.tsx", &[]),
        ("examples/quote/src/project.tsx", &[]),
        ("browser-facts/scenes/layout-row.tsx", &[]),
        ("browser-facts/scenes/tween-layout.tsx", &[]),
        ("browser-facts/scenes/template-orbit.tsx", &[]),
        // A photo of 48×32 pixels is shown with 90×60, stretched.
        ("browser-facts/scenes/img.tsx", &["stretched", "upscaled"]),
        // Black letters, and nothing behind them.
        ("browser-facts/scenes/signals.tsx", &["contrast"]),
        // A line of 19 letters that goes past after 0.8 s; it moves behind a sign until the end.
        (
            "browser-facts/scenes/template-news-ticker.tsx",
            &["short-text"],
        ),
    ] {
        let file = repository.join(file);
        let name = file.display().to_string();
        let told = studio.run(&["check", &name, "--json"]).good().out;
        let report: Value = serde_json::from_str(&told).unwrap();
        let mut rules: Vec<&str> = report["findings"]
            .as_array()
            .unwrap()
            .iter()
            .map(|finding| finding["rule"].as_str().unwrap())
            .collect();
        rules.sort_unstable();
        rules.dedup();
        assert_eq!(rules, known, "{name}: {report:#}");
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
