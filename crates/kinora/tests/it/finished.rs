//! Finished files: whose film they are, what they hold, how they are put together.

use serde_json::{Value, json};

use crate::studio::{Outcome, Studio};

const SCENE: &str = "
  const square = createRef<Rect>();
  const fill = useScene().variables.get('fill', 'white')();
  view.add(<Rect ref={square} size={60} x={-60} fill={fill} />);
  view.add(<Audio src={'/clip.mp4'} play={true} />);
  yield* square().position.x(60, 1);";

fn studio() -> Studio {
    let studio = Studio::scene(SCENE);
    studio.make_clip("clip.mp4", 60);
    studio
}

fn verify(studio: &Studio, file: &str, more: &[&str]) -> Outcome {
    let args = ["verify", file, "--against", "src/project.tsx"];
    studio.run(&[&args[..], more].concat())
}

#[test]
fn a_film_is_known_by_its_project() {
    let studio = studio();
    for file in ["film.mp4", "film.fmp4", "film.webm", "film.mov"] {
        let args = [
            "render",
            "src/project.tsx",
            "--progress",
            "none",
            "-o",
            file,
        ];
        studio
            .run(&[&args[..], &["--segment-seconds", "0.3"]].concat())
            .good();
        let told = verify(&studio, file, &[]).good();
        let said = format!("`{file}` is the project's film: 32 pictures, 3 of them drawn anew");
        assert!(told.out.starts_with(&said), "{told:#?}");
    }
    let facts = verify(&studio, "film.mp4", &["--json", "--psnr", "30"]).good();
    let facts: Value = serde_json::from_str(&facts.out).unwrap();
    assert_eq!(facts["ok"], json!(true));
    assert_eq!(facts["compared"], json!([0, 15, 31]));
    let sound = facts["soundSeconds"].as_f64().unwrap();
    assert!((sound - 32.0 / 30.0).abs() < 0.05, "{sound}");
}

#[test]
fn another_film_is_not_the_project_s() {
    let studio = studio();
    studio.render(&[]).good();
    let refused = |more: &[&str], wanted: &str| {
        let told = verify(&studio, "out.mp4", more);
        assert_eq!(told.code, Some(1), "{told:#?}");
        assert!(told.out.contains(wanted), "{}", told.out);
        assert_eq!(told.err, "");
    };
    refused(&["--var", "fill=black"], "frame 15 is not the project's: ");
    refused(&["--fps", "15"], "there are 32 pictures, not 17");
    refused(&["--range", "0:0.5"], "there are 32 pictures, not 15");
    refused(
        &["--size", "320x180"],
        "the pictures have 160x90 pixels, not 320x180",
    );
    let told = verify(&studio, "absent.mp4", &[]);
    assert_eq!(told.code, Some(1));
    assert!(told.err.contains("`absent.mp4`"), "{}", told.err);
    let told = studio.run(&["verify", "out.mp4"]);
    told.refused("--against <PROJECT>");
}

#[test]
fn files_are_looked_into_joined_and_merged() {
    let studio = studio();
    studio.render(&[]).good();
    let media = |args: &[&str]| studio.run(&[&["media"], args].concat());
    let line = media(&["probe", "out.mp4"]).good().out;
    assert_eq!(
        line,
        "out.mp4: h264 160x90 video at 30 frames a second, sound at 48000 Hz in 2 channels, 1.067 s\n"
    );
    media(&["concat", "out.mp4", "out.mp4", "-o", "twice.mp4"]).good();
    media(&["silence", "0.5", "-o", "quiet.wav"]).good();
    media(&["merge", "quiet.wav", "out.mp4", "-o", "quiet.mp4"]).good();
    let facts = media(&["probe", "--json", "twice.mp4", "quiet.wav", "quiet.mp4"]);
    let facts: Value = serde_json::from_str(&facts.good().out).unwrap();
    let seconds = |index: usize| facts[index]["seconds"].as_f64().unwrap();
    assert!((seconds(0) - 64.0 / 30.0).abs() < 0.001, "{facts}");
    assert_eq!(seconds(1), 0.5);
    assert_eq!(facts[1]["video"], Value::Null);
    assert_eq!(facts[2]["video"]["codec"], json!("h264"));
    assert_eq!(facts[2]["audio"]["channels"], json!(2));
    let told = media(&["concat", "quiet.mp4", "-o", "film.avi"]);
    assert_eq!(told.code, Some(2));
    assert!(told.err.contains("does not end in `.mp4`"), "{}", told.err);
}
