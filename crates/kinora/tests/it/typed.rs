//! `kinora types`: what it writes and what it leaves alone.

use std::fs;

use crate::studio::Studio;

#[test]
fn declarations_of_all_packages_are_written() {
    let studio = Studio::scene("");
    let told = studio.run(&["types", "."]).good();
    let packages = [
        "@motion-canvas/2d",
        "@motion-canvas/core",
        "@revideo/2d",
        "@revideo/core",
        "@revideo/ffmpeg",
        "@revideo/renderer",
    ];
    let mut lines: Vec<String> = packages
        .iter()
        .map(|name| format!("made ./node_modules/{name}"))
        .collect();
    lines.push("made ./tsconfig.json".to_owned());
    assert_eq!(told.out.lines().collect::<Vec<_>>(), lines);
    let read = |name: &str| fs::read_to_string(studio.path("node_modules").join(name)).unwrap();
    assert!(read("@revideo/core/lib/index.d.ts").contains("export * from './tweening';"));
    assert!(read("@revideo/2d/lib/components/Rect.d.ts").contains("class Rect"));
    assert!(read("@revideo/2d/lib/jsx-runtime.d.ts").contains("jsx"));
    assert!(read("@revideo/2d/tsconfig.project.json").contains("@revideo/2d/lib"));
    assert!(read("@revideo/core/project.d.ts").contains("'*.glsl'"));
    assert!(read("@motion-canvas/core/lib/types/index.d.ts").contains("@revideo/core/lib/types"));
    for name in packages {
        let text = read(&format!("{name}/package.json"));
        let value: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert_eq!(
            (&value["name"], &value["kinora"]),
            (&name.into(), &true.into())
        );
    }
}

#[test]
fn what_is_installed_is_left_alone() {
    let studio = Studio::scene("  yield;");
    fs::create_dir_all(studio.path("node_modules/@revideo/core/lib")).unwrap();
    studio.write(
        "node_modules/@revideo/core/package.json",
        "{\"name\": \"@revideo/core\"}",
    );
    studio.write("tsconfig.json", "{}");
    fs::create_dir_all(studio.path("node_modules/@revideo/2d")).unwrap();
    studio.write(
        "node_modules/@revideo/2d/package.json",
        "{\"kinora\": true}",
    );
    studio.write("node_modules/@revideo/2d/old.d.ts", "");
    let told = studio.run(&["types", "."]).good();
    assert!(
        told.out
            .contains("kept ./node_modules/@revideo/core: it is installed\n"),
        "{}",
        told.out
    );
    assert!(
        told.out.contains("made ./node_modules/@revideo/2d\n"),
        "{}",
        told.out
    );
    assert!(!told.out.contains("tsconfig"), "{}", told.out);
    assert!(
        !studio
            .path("node_modules/@revideo/core/lib/index.d.ts")
            .exists()
    );
    assert!(!studio.path("node_modules/@revideo/2d/old.d.ts").exists());
    assert_eq!(studio.bytes("tsconfig.json"), b"{}");
    // the project runs on the built-in modules all the same
    studio.render(&[]).good();
    studio
        .run(&["types", "absent"])
        .fault(1, "`absent` is not a folder");
}
