//! A tween is the same whoever wrote its curve.
//!
//! Tweens along curves of ours take a short way: nothing in them calls the user's code,
//! so values are put where they belong, numbers reach the stage by slots, and the stage
//! blends colours by itself. Along a curve of the user's none of that is done. The same
//! scene is recorded both ways.

mod common;

use common::{Film, Project, TestHost};
use kinora_film::{Drawing, Segment};
use kinora_script::record;

/// How many scenes are made up.
const SEEDS: u32 = 30;

/// What came of a recording.
struct Outcome {
    film: Film,
    logged: Vec<String>,
    fault: Option<String>,
}

fn outcome(project: &Project, seed: u32, wrapped: bool) -> Outcome {
    let mut options = project.options("src/project.tsx");
    options.variables = Some(serde_json::json!({"seed": seed, "wrapped": wrapped}));
    let host = TestHost::default();
    let logged = host.logged.clone();
    let mut film = Film::default();
    let done = record(&options, Box::new(host), &mut film);
    let logged = logged.borrow().clone();
    Outcome {
        film,
        logged,
        fault: done.err().map(|error| project.relative(&error)),
    }
}

/// The frames as workers get them, each by itself.
fn bytes(film: &Film) -> Vec<Vec<u8>> {
    let Some(header) = film.header else {
        return Vec::new();
    };
    let alone = |(_, drawing): &(u64, Drawing)| Segment {
        header,
        frames: vec![drawing.clone()],
    };
    film.frames
        .iter()
        .map(alone)
        .map(|one| one.to_bytes())
        .collect()
}

#[test]
fn tweens_along_curves_of_ours_are_those_along_curves_of_the_users() {
    let scene = include_str!("scenes/tweens.tsx");
    let project = Project::new(&[("src/project.tsx", scene)]);
    let (mut changes, mut faults) = (0, 0);
    for seed in 1..=SEEDS {
        let [ours, theirs] = [false, true].map(|wrapped| outcome(&project, seed, wrapped));
        for (line, (a, b)) in ours.logged.iter().zip(&theirs.logged).enumerate() {
            assert_eq!(a, b, "seed {seed}, line {line}");
        }
        assert_eq!(ours.logged.len(), theirs.logged.len(), "seed {seed}");
        assert_eq!(ours.fault, theirs.fault, "seed {seed}");
        let (a, b) = (bytes(&ours.film), bytes(&theirs.film));
        assert_eq!(a.len(), b.len(), "seed {seed}");
        if let Some(frame) = (0..a.len()).find(|&frame| a[frame] != b[frame]) {
            let shown = |outcome: &Outcome| format!("{:#?}", outcome.film.frames[frame].1);
            let (a, b) = (shown(&ours), shown(&theirs));
            let lines = a.lines().zip(b.lines()).filter(|(a, b)| a != b);
            let lines: Vec<String> = lines.map(|(a, b)| format!("{a}\n{b}")).collect();
            panic!("seed {seed}, frame {frame}:\n{}", lines.join("\n"));
        }
        changes += a.windows(2).filter(|pair| pair[0] != pair[1]).count();
        faults += usize::from(ours.fault.is_some());
    }
    assert!(
        changes > 1000,
        "only {changes} frames differ from the one before"
    );
    assert!(faults < SEEDS as usize / 3, "{faults} scenes failed");
}
