//! What `kinora inspect` tells.

use serde_json::{Value, json};

use crate::studio::Studio;

#[test]
fn a_project_s_parts_are_told() {
    let studio = Studio::scene(
        "  const title = useScene().variables.get('title', 'Hi');
           view.add(<Video src={'/clip.mp4'} size={['100%', '100%']} play={true} time={0.5} />);
           view.add(<Txt text={title()} fontSize={20} />);
           yield* waitFor(1);",
    );
    studio.make_clip("clip.mp4", 60);
    let args = ["inspect", "src/project.tsx", "--segment-seconds", "0.5"];
    let told = studio.run(&[&args[..], &["--json"]].concat()).good();
    let facts: Value = serde_json::from_str(&told.out).unwrap();
    assert_eq!(facts["fps"], 30.0);
    assert_eq!(
        (&facts["width"], &facts["height"]),
        (&json!(160), &json!(90))
    );
    assert_eq!(facts["frames"], 31);
    assert_eq!(
        facts["scenes"],
        json!([{"name": "scene", "firstFrame": 0, "frames": 31}])
    );
    assert_eq!(
        facts["variables"],
        json!([{"name": "title", "default": "Hi"}])
    );
    assert_eq!(facts["fonts"][0]["family"], "Roboto");
    let asset = &facts["assets"][0];
    assert_eq!(
        (&asset["name"], &asset["kind"]),
        (&json!("/clip.mp4"), &json!("video"))
    );
    assert_eq!(asset["shown"][0], 0.5);
    let segments = facts["segments"].as_array().unwrap();
    let lengths: Vec<&Value> = segments.iter().map(|segment| &segment["frames"]).collect();
    assert_eq!(lengths, [15, 15, 1]);
    assert_eq!(segments[0]["hash"].as_str().map(str::len), Some(64));

    let text = studio.run(&args).good().out;
    let start = "160x90, 30.0 fps, 31 frames, ";
    assert!(text.starts_with(start), "{text}");
    assert!(
        text.contains("\nscenes\n  scene: from frame 0, 31 frames\n"),
        "{text}"
    );
    assert!(text.contains("\n  title = \"Hi\"\n"), "{text}");
}

#[test]
fn boxes_of_nodes_are_told_for_frames() {
    let studio = Studio::scene(
        "  view.add(<Rect key={'square'} size={30} x={-20} fill={'red'} />);\n  yield* waitFor(1);",
    );
    let told = studio
        .run(&["inspect", "src/project.tsx", "--boxes", "0,5"])
        .good();
    let facts: Value = serde_json::from_str(&told.out).unwrap();
    let boxes = facts["boxes"].as_array().unwrap();
    assert_eq!(boxes.len(), 2);
    assert_eq!(
        (&boxes[0]["frame"], &boxes[1]["frame"]),
        (&json!(0), &json!(5))
    );
    let nodes = boxes[0]["nodes"].as_array().unwrap();
    let square = nodes.iter().find(|node| node["key"] == "square").unwrap();
    assert_eq!(
        (&square["width"], &square["height"]),
        (&json!(30), &json!(30))
    );
}

#[test]
fn nodes_of_a_moment_are_told() {
    let studio = Studio::scene(
        "  const square = createRef<Rect>();
  view.add(<Rect ref={square} key={'square'} size={30} x={-60} fill={'red'} />);
  yield* square().position.x(60, 1);",
    );
    let args = ["inspect", "src/project.tsx", "--at"];
    let told = studio.run(&[&args[..], &["1", "--json"]].concat()).good();
    let tree: Value = serde_json::from_str(&told.out).unwrap();
    assert_eq!(tree["frame"], 30);
    let square = &tree["nodes"][1];
    assert_eq!(
        (&square["key"], &square["class"]),
        (&json!("square"), &json!("Rect"))
    );
    assert_eq!(square["corners"][0], json!([125, 30]));
    assert_eq!(square["place"]["file"], "src/project.tsx");
    let text = studio.run(&[&args[..], &["0"]].concat()).good().out;
    assert!(
        text.contains("\n  Rect square  30×30 at 5,30  src/project.tsx:5\n"),
        "{text}"
    );
    studio.run(&[&args[..], &["9"]].concat()).fault(
        1,
        "there is no frame 270: the project has frames 0..32 (the last one not included)",
    );
}
