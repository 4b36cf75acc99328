//! What is asked of motion in the file beside a project.

use kinora_check::{CheckOptions, Expectation, Rule};

use crate::report_of;

const SCENE: &str = "  const dot = createRef<Circle>();
  view.add(<Circle key={'dot'} ref={dot} size={50} fill={'red'} opacity={0} x={-200} />);
  yield* waitFor(1);
  dot().opacity(1);
  yield* dot().x(200, 1, linear);
  view.add(<Rect key={'box'} size={60} fill={'white'} y={100} />);
  yield* dot().x(310, 1, linear);
  yield* waitFor(1);";

/// What is told when this is asked.
fn told(wish: &str) -> Vec<String> {
    let options = CheckOptions {
        expected: Expectation::read(&format!("[{wish}]")).unwrap(),
        ..CheckOptions::default()
    };
    let report = report_of(SCENE, &[], &options);
    let findings = report.findings.into_iter();
    let findings = findings.filter(|finding| finding.rule == Rule::Expected);
    findings.map(|finding| finding.message).collect()
}

#[test]
fn what_is_so_is_not_told() {
    for wish in [
        r#"{"node": "dot", "appearsBy": 1.05}"#,
        r#"{"node": "dot", "before": "box"}"#,
        r#"{"node": "dot", "keepsMoving": {"from": 1.1, "to": 2.9}}"#,
        r#"{"node": "dot", "staysInFrame": {"to": 2}}"#,
        r#"{"node": "box", "staysInFrame": true}"#,
    ] {
        assert_eq!(told(wish), [] as [String; 0], "{wish}");
    }
}

#[test]
fn what_is_not_so_is_told() {
    for (wish, wanted) in [
        (
            r#"{"node": "dot", "appearsBy": 0.5}"#,
            "`dot` is to be seen by 0.5 s, and is first at 1.00 s",
        ),
        (
            r#"{"node": "box", "before": "dot"}"#,
            "`box` is to be seen before `dot`, and is first at 2.0",
        ),
        (
            r#"{"node": "dot", "keepsMoving": {"from": 1.1}}"#,
            "`dot` is to keep moving, and stands still for 1.0 s",
        ),
        (
            r#"{"node": "dot", "staysInFrame": true}"#,
            "`dot` is to stay on the canvas, and reaches over its edge",
        ),
        (
            r#"{"node": "dott", "staysInFrame": true}"#,
            "there is no node with the key `dott`",
        ),
    ] {
        let told = told(wish);
        assert_eq!(told.len(), 1, "{wish}: {told:?}");
        assert!(told[0].starts_with(wanted), "{told:?}");
    }
}
