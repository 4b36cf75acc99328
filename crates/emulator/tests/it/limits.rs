//! Limits hold where the machine allows it; the tests say when it does not.

use std::path::Path;
use std::time::Duration;

use kinora_emulator::{
    Emulator, EmulatorError, EmulatorOptions, Enforce, FunctionOptions, Limits, Outcome,
};
use serde_json::json;

use crate::stage::{invoke, options};

/// An emulator with these limits; `None`, told loudly, where they cannot hold.
fn limited(limits: Limits, change: impl FnOnce(&mut FunctionOptions)) -> Option<Emulator> {
    let mut options = EmulatorOptions {
        limits,
        ..options()
    };
    change(&mut options.function);
    match Emulator::start(options) {
        Ok(emulator) => Some(emulator),
        Err(EmulatorError::NotEnforceable(why)) => {
            assert!(
                std::env::var_os("CI").is_none(),
                "CI has to be able to: {why}"
            );
            eprintln!("skipped: {why}");
            None
        }
        Err(error) => panic!("{error}"),
    }
}

const MEMORY: Limits = Limits {
    memory: Enforce::On,
    ..Limits::OFF
};
const FILES: Limits = Limits {
    files: Enforce::On,
    ..Limits::OFF
};
const CPU: Limits = Limits {
    cpu: Enforce::On,
    ..Limits::OFF
};
const FREEZE: Limits = Limits {
    freeze: Enforce::On,
    ..Limits::OFF
};

#[test]
fn memory_has_a_limit() {
    let Some(emulator) = limited(MEMORY, |function| function.memory_mb = 200) else {
        return;
    };
    let fits = invoke(&emulator, &json!({"do": "allocate", "mb": 150}));
    assert_eq!(fits.json(), json!(150), "{}", fits.text());
    let reply = invoke(&emulator, &json!({"do": "allocate", "mb": 200}));
    assert_eq!(reply.status, 200);
    assert_eq!(reply.header("x-amz-function-error"), Some("Unhandled"));
    assert_eq!(reply.json()["errorType"], "Runtime.OutOfMemory");
    assert!(
        reply
            .text()
            .ends_with(r#"Error: Runtime exited with error: signal: killed"}"#),
        "{}",
        reply.text()
    );
    let records = emulator.records();
    assert!(
        (150..200).contains(&records[0].max_memory_mb),
        "{}",
        records[0].max_memory_mb
    );
    assert_eq!(records[1].outcome, Outcome::OutOfMemory);
    // The next call finds a new sandbox.
    assert_eq!(invoke(&emulator, &json!({"do": "calls"})).json(), json!(1));
}

#[test]
fn files_in_tmp_are_no_memory() {
    let limits = Limits {
        memory: Enforce::On,
        files: Enforce::On,
        ..Limits::OFF
    };
    let Some(emulator) = limited(limits, |function| function.memory_mb = 128) else {
        return;
    };
    let reply = invoke(
        &emulator,
        &json!({"do": "fill", "path": "/tmp/big", "mb": 400}),
    );
    assert_eq!(reply.json(), json!(400), "{}", reply.text());
    let reply = invoke(&emulator, &json!({"do": "allocate", "mb": 200}));
    assert_eq!(
        reply.json()["errorType"],
        "Runtime.OutOfMemory",
        "{}",
        reply.text()
    );
}

#[test]
fn only_tmp_is_writable_and_has_a_size() {
    let Some(emulator) = limited(FILES, |_| ()) else {
        return;
    };
    let fill =
        |path: &str, mb: u64| invoke(&emulator, &json!({"do": "fill", "path": path, "mb": mb}));
    assert_eq!(fill("/tmp/fits", 500).json(), json!(500));
    let full = fill("/tmp/fits-not", 20);
    assert_eq!(full.json()["errorType"], "StorageFull", "{}", full.text());
    assert_eq!(fill("/var/a", 1).json()["errorType"], "ReadOnlyFilesystem");
    assert_eq!(
        fill("/dev/shm/a", 1).json()["errorType"],
        "ReadOnlyFilesystem"
    );
    assert!(
        !Path::new("/tmp/fits").exists(),
        "the sandbox wrote into this machine's /tmp"
    );
    // What is in /tmp stays for as long as the sandbox does.
    assert!(
        emulator
            .records()
            .iter()
            .all(|record| record.sandbox == Some(0))
    );
}

#[test]
fn a_small_function_gets_a_small_share_of_cpu() {
    let Some(emulator) = limited(CPU, |function| function.memory_mb = 442) else {
        return;
    };
    invoke(&emulator, &json!({"do": "burn", "ms": 1000}));
    let record = &emulator.records()[0];
    let share = record.cpu_seconds / record.duration.as_secs_f64();
    assert!(
        (0.0..0.33).contains(&share),
        "{share} of a processor, not 0.25"
    );
}

#[test]
fn the_function_sees_whole_processors() {
    let limits = Limits {
        cpu: Enforce::On,
        files: Enforce::On,
        ..Limits::OFF
    };
    let Some(emulator) = limited(limits, |function| function.memory_mb = 128) else {
        return;
    };
    let here = std::thread::available_parallelism().unwrap().get();
    let seen = invoke(&emulator, &json!({"do": "processors"})).json();
    assert_eq!(seen, json!(here.min(2)));
}

#[test]
fn nothing_runs_between_two_calls() {
    let Some(emulator) = limited(FREEZE, |_| ()) else {
        return;
    };
    let ticks = || {
        invoke(&emulator, &json!({"do": "ticks"}))
            .json()
            .as_u64()
            .unwrap()
    };
    ticks();
    std::thread::sleep(Duration::from_millis(100));
    let before = ticks();
    std::thread::sleep(Duration::from_millis(1000));
    let after = ticks();
    assert!(
        after - before < 500,
        "{before} and {after} milliseconds were counted"
    );
}

#[test]
fn memory_is_watched_where_there_are_no_control_groups() {
    let limits = Limits {
        memory: Enforce::WherePossible,
        control_groups: false,
        ..Limits::OFF
    };
    let emulator = limited(limits, |function| function.memory_mb = 200).unwrap();
    assert!(
        emulator
            .warnings()
            .iter()
            .any(|warning| warning.contains("only watched"))
    );
    let event = json!({"do": "allocate", "mb": 150});
    assert_eq!(invoke(&emulator, &event).json(), json!(150));
    assert!((150..200).contains(&emulator.records()[0].max_memory_mb));
    // It stays there until it is seen.
    let event = json!({"do": "allocate", "mb": 150, "linger": 60_000});
    assert_eq!(
        invoke(&emulator, &event).json()["errorType"],
        "Runtime.OutOfMemory"
    );
    assert_eq!(emulator.records()[1].outcome, Outcome::OutOfMemory);
}

#[test]
fn signals_stop_what_no_control_group_stops() {
    for files in [Enforce::Off, Enforce::WherePossible] {
        let limits = Limits {
            freeze: Enforce::On,
            files,
            control_groups: false,
            ..Limits::OFF
        };
        let emulator = limited(limits, |_| ()).unwrap();
        let ticks = || {
            invoke(&emulator, &json!({"do": "ticks"}))
                .json()
                .as_u64()
                .unwrap()
        };
        ticks();
        std::thread::sleep(Duration::from_millis(100));
        let before = ticks();
        std::thread::sleep(Duration::from_millis(1000));
        let after = ticks();
        assert!(
            after - before < 500,
            "{before} and {after} milliseconds were counted"
        );
    }
}

#[test]
fn cpu_time_is_counted_without_control_groups() {
    let limits = Limits {
        control_groups: false,
        ..Limits::OFF
    };
    let emulator = limited(limits, |_| ()).unwrap();
    invoke(&emulator, &json!({"do": "burn", "ms": 500}));
    invoke(&emulator, &json!({"do": "sleep", "ms": 500}));
    let used: Vec<f64> = emulator
        .records()
        .iter()
        .map(|record| record.cpu_seconds)
        .collect();
    assert!(used[0] > 4.0 * used[1] && used[0] > 0.05, "{used:?}");
}

/// A root file system with the probe and the libraries that it needs, and no more.
fn rootfs(folder: &Path) {
    let probe = env!("CARGO_BIN_EXE_kinora-emulator-probe");
    for name in ["proc", "dev", "tmp", "var/task"] {
        std::fs::create_dir_all(folder.join(name)).unwrap();
    }
    std::fs::copy(probe, folder.join("var/task/bootstrap")).unwrap();
    let output = std::process::Command::new("ldd")
        .arg(probe)
        .output()
        .unwrap();
    let libraries = String::from_utf8(output.stdout).unwrap();
    for library in libraries
        .split_whitespace()
        .filter(|word| word.starts_with('/'))
    {
        let copy = folder.join(library.trim_start_matches('/'));
        std::fs::create_dir_all(copy.parent().unwrap()).unwrap();
        std::fs::copy(library, copy).unwrap();
    }
}

#[test]
fn a_function_runs_in_the_root_of_its_image() {
    let folder = tempfile::tempdir().unwrap();
    rootfs(folder.path());
    std::fs::write(folder.path().join("var/task/mark"), "of the image").unwrap();
    let emulator = limited(FILES, |function| {
        function.rootfs = Some(folder.path().to_owned());
        function.command = "/var/task/bootstrap".into();
    });
    let Some(emulator) = emulator else { return };
    let read = |path: &str| invoke(&emulator, &json!({"do": "read", "path": path})).json();
    assert_eq!(read("/var/task/mark"), json!("of the image"));
    assert_eq!(
        read("mark"),
        json!("of the image"),
        "the working directory is the task root"
    );
    assert_eq!(read("/etc/passwd")["errorType"], "NotFound");
    let write = invoke(
        &emulator,
        &json!({"do": "fill", "path": "/var/task/x", "mb": 1}),
    );
    assert_eq!(write.json()["errorType"], "ReadOnlyFilesystem");
}

#[test]
fn no_limit_is_lost_silently() {
    let emulator = Emulator::start(EmulatorOptions {
        limits: Limits::default(),
        ..options()
    })
    .unwrap();
    let all = Limits {
        cpu: Enforce::On,
        memory: Enforce::On,
        files: Enforce::On,
        freeze: Enforce::On,
        control_groups: true,
    };
    let strict = Emulator::start(EmulatorOptions {
        limits: all,
        ..options()
    });
    assert_eq!(
        emulator.warnings().is_empty(),
        strict.is_ok(),
        "{:?}",
        emulator.warnings()
    );
}
