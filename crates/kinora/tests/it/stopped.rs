//! Ctrl-C, and a disk that is full.

use std::{
    path::PathBuf,
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use crate::studio::{LONG, Studio, files, interrupt, outcome};

#[test]
fn ctrl_c_stops_at_once_and_leaves_only_finished_segments() {
    let studio = Studio::scene(LONG);
    let args = [
        "--size",
        "640x360",
        "--segment-seconds",
        "1",
        "--progress",
        "none",
    ];
    let mut child = studio.start(&[&["render", "src/project.tsx"], &args[..]].concat());
    let begun = Instant::now();
    while files(&studio.cache()).len() < 3 {
        assert!(child.try_wait().unwrap().is_none() && begun.elapsed().as_secs() < 30);
        std::thread::sleep(Duration::from_millis(5));
    }
    let output = interrupt(child);
    assert_eq!(
        String::from_utf8(output.stderr).unwrap(),
        "error: interrupted\n"
    );
    assert!(!studio.path("out.mp4").exists());
    assert_eq!(studio.leftovers(), Vec::<PathBuf>::new());
    assert!(files(&studio.cache()).len() >= 3);
}

#[test]
fn ctrl_c_stops_a_script_that_never_ends() {
    let studio = Studio::scene("  while (true) {}");
    let child = studio.start(&["render", "src/project.tsx", "--progress", "none"]);
    std::thread::sleep(Duration::from_millis(500));
    let output = interrupt(child);
    assert_eq!(
        String::from_utf8(output.stderr).unwrap(),
        "error: interrupted\n"
    );
}

/// Runs the command with files limited to some kilobytes: writing on fails as on
/// a full disk, only under another name.
fn limited(studio: &Studio, kilobytes: u32, args: &[&str]) -> crate::studio::Outcome {
    let script = format!("ulimit -f {}; exec \"$0\" \"$@\"", kilobytes * 2);
    let mut shell = Command::new("sh");
    shell.args(["-c", &script, env!("CARGO_BIN_EXE_kinora")]);
    let mut command = studio.prepared(shell, args);
    command.stdout(Stdio::piped());
    outcome(command)
}

#[test]
fn an_output_that_cannot_grow_leaves_no_half_file() {
    let studio = Studio::scene(
        "  view.add(<Video src={'/clip.mp4'} size={['100%', '100%']} play={true} />);\n  yield* waitFor(1);",
    );
    studio.make_clip("clip.mp4", 60);
    let args = [
        "render",
        "src/project.tsx",
        "--progress",
        "none",
        "--segment-seconds",
        "0.2",
    ];
    let told = limited(&studio, 12, &args);
    assert_eq!(told.code, Some(2), "{told:#?}");
    assert!(
        told.err.contains("raise the limit (`ulimit -f`)"),
        "{}",
        told.err
    );
    assert!(!studio.path("out.mp4").exists());
    assert_eq!(studio.leftovers(), Vec::<PathBuf>::new());
}

#[test]
fn a_full_disk_is_called_that() {
    let studio = Studio::scene(
        "  view.add(<Video src={'/clip.mp4'} size={['100%', '100%']} play={true} />);\n  yield* waitFor(1);",
    );
    studio.make_clip("clip.mp4", 60);
    let disk = studio.path("disk");
    std::fs::create_dir(&disk).unwrap();
    let mounted = Command::new("mount")
        .args(["-t", "tmpfs", "-o", "size=8k", "tmpfs"])
        .arg(&disk)
        .stderr(Stdio::null())
        .status();
    if !mounted.is_ok_and(|status| status.success()) {
        eprintln!("not tested: no small disk can be mounted here");
        return;
    }
    let told = studio.render(&["-o", "disk/out.mp4"]);
    let left = files(&disk);
    let unmounted = Command::new("umount").arg(&disk).status();
    assert!(unmounted.unwrap().success());
    told.fault(
        2,
        "cannot write `disk/out.mp4`\n  because: no space is left on the disk for `disk/out.mp4`",
    );
    assert_eq!(left, Vec::<PathBuf>::new());
}
