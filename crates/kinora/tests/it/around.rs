//! `kinora doctor`, `completion` and `man`.

use serde_json::Value;

use crate::studio::Studio;

#[test]
fn the_doctor_tells_what_is_here() {
    let studio = Studio::scene("");
    let told = studio.run(&["doctor"]).good();
    assert!(
        told.out.ends_with("all that rendering needs is here\n"),
        "{}",
        told.out
    );
    let told = studio.run(&["doctor", "--json"]).good();
    let facts: Value = serde_json::from_str(&told.out).unwrap();
    assert!(facts["processors"].as_u64().is_some_and(|count| count > 0));
    assert!(
        facts["memory"]["megabytes"]
            .as_u64()
            .is_some_and(|count| count > 100)
    );
    let parts = facts["ffmpeg"]["parts"].as_array().unwrap();
    let encoder = parts.iter().find(|part| part["name"] == "libx264").unwrap();
    assert_eq!(encoder["present"], true);
    assert_eq!(
        facts["cache"]["folder"]
            .as_str()
            .unwrap()
            .trim_end_matches('/'),
        studio.cache().to_str().unwrap()
    );
}

#[test]
fn what_is_missing_is_told_with_the_way_out() {
    let studio = Studio::scene("");
    let mut command = studio.command(&["doctor"]);
    command.env("KINORA_CACHE_DIR", studio.path("src/project.tsx"));
    let told = crate::studio::outcome(command);
    assert_eq!(told.code, Some(2));
    assert!(
        told.out.contains("missing: cannot use the cache"),
        "{}",
        told.out
    );
    assert!(
        told.out.contains("KINORA_CACHE_DIR names another"),
        "{}",
        told.out
    );
}

#[test]
fn shells_and_man_know_the_commands() {
    let studio = Studio::scene("");
    for shell in ["bash", "zsh", "fish"] {
        let told = studio.run(&["completion", shell]).good();
        assert!(told.out.contains("segment-seconds"), "{shell}");
        assert!(told.out.contains("inspect"), "{shell}");
    }
    let told = studio.run(&["man", "pages"]).good();
    assert_eq!(told.out, "");
    let page = String::from_utf8(studio.bytes("pages/kinora-render.1")).unwrap();
    assert!(page.contains("segment\\-seconds"), "{page}");
    assert!(studio.path("pages/kinora.1").is_file());
}
