//! Kinora against the browser facts: what differs must be exactly what is known to.

use xtask::facts::{self, Comparison, Difference, Kind, Known};
use xtask::ours;

#[test]
fn differences_are_exactly_the_known_ones() {
    let program = ours::program().unwrap();
    let scenes = facts::scenes().unwrap();
    assert!(scenes.len() >= 80, "only {} scenes", scenes.len());
    let comparisons = facts::compare_all(&program, &scenes).unwrap();
    assert_eq!(comparisons.len(), scenes.len());
    let known = facts::known().unwrap();
    let verdict = facts::judge(&comparisons, &known);
    assert_eq!(
        verdict,
        facts::Verdict::default(),
        "of {} known differences",
        known.len()
    );
}

#[test]
fn known_differences_are_counted_and_reasoned() {
    let known = facts::known().unwrap();
    let scenes = facts::scenes().unwrap();
    for entry in &known {
        assert!(scenes.contains(&entry.scene), "no scene `{}`", entry.scene);
        assert!(entry.reason.len() > 20, "`{}` needs a reason", entry.scene);
    }
}

fn found(kinds: &[Kind]) -> Comparison {
    Comparison {
        scene: "some".to_owned(),
        differences: kinds
            .iter()
            .map(|kind| Difference {
                kind: *kind,
                detail: "off".to_owned(),
            })
            .collect(),
        pictures: Vec::new(),
    }
}

#[test]
fn new_and_mended_differences_are_told_apart() {
    let known = [Known {
        scene: "some".to_owned(),
        kind: Kind::Lines,
        reason: "because".to_owned(),
    }];
    let verdict = facts::judge(&[found(&[Kind::Boxes, Kind::Boxes])], &known);
    assert_eq!(
        verdict.new,
        [("some".to_owned(), Kind::Boxes, "off".to_owned())]
    );
    assert_eq!(verdict.mended, [("some".to_owned(), Kind::Lines)]);
    assert_eq!(
        facts::judge(&[found(&[Kind::Lines])], &known),
        facts::Verdict::default()
    );
}
