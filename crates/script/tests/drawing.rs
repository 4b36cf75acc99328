//! Classes that draw by themselves, recorded.

mod common;

use common::{Film, Project};

/// A scene with one node of a class whose `draw` has this body.
fn drawn(body: &str) -> Project {
    let source = format!(
        "import {{Node, makeScene2D}} from '@revideo/2d';\n\
         import {{makeProject, waitFor}} from '@revideo/core';\n\
         class Own extends Node {{\n\
         draw(ctx: any) {{\n{body}\n}}\n\
         }}\n\
         const scene = makeScene2D('one', function* (view) {{\n\
         view.add(new Own({{key: 'own'}}));\n\
         yield* waitFor(1);\n\
         }});\n\
         export default makeProject({{scenes: [scene], settings: {{rendering: {{fps: 10}}}}}});\n"
    );
    Project::new(&[("src/project.tsx", &source)])
}

fn record(body: &str) -> Film {
    let recorded = drawn(body).record("src/project.tsx", |_| {});
    recorded.unwrap_or_else(|error| panic!("{error}")).1
}

fn fault_within(seconds: f64, body: &str) -> String {
    drawn(body).record_fault("src/project.tsx", |options| {
        options.limits.frame_seconds = seconds;
        options.limits.heap_bytes = 256 << 20;
    })
}

fn fault(body: &str) -> String {
    fault_within(60.0, body)
}

#[test]
fn frames_that_draw_the_same_are_the_same_drawing() {
    let film = record(
        "for (let i = 0; i < 100; i++) { ctx.fillStyle = `hsl(${i}, 50%, 50%)`; ctx.fillRect(i, 0, 1, 9); }
         ctx.font = '20px Roboto'; ctx.fillText('same', 0, 0);",
    );
    assert_eq!(film.frames.len(), 11);
    let first = &film.frames[0].1;
    assert!(film.frames.iter().all(|(_, frame)| frame.same(first)));
}

#[test]
fn a_field_that_changes_is_seen() {
    let film = record("this.turn = (this.turn ?? 0) + 1; ctx.fillRect(this.turn, 0, 1, 1);");
    let pairs = film.frames.windows(2);
    assert!(pairs.into_iter().all(|pair| pair[0].1 != pair[1].1));
}

#[test]
fn a_canvas_kept_from_frame_to_frame_grows_no_longer_than_it_is_not_cleared() {
    let film = record(
        "const canvas = (this.canvas ??= document.createElement('canvas'));
         const inner = canvas.getContext('2d');
         inner.clearRect(0, 0, 300, 150);
         for (let i = 0; i < 400; i++) inner.fillRect(i % 290, 0, 5, 5);
         if (inner.$$tape.length > 5000) throw new Error('it grows');
         ctx.drawImage(canvas, 0, 0);",
    );
    let first = &film.frames[0].1;
    assert!(film.frames.iter().all(|(_, frame)| *frame == *first));
}

#[test]
fn a_draw_that_does_not_end_is_ended() {
    let told = fault("for (;;) ctx.lineTo(0, 0, ctx.beginPath());");
    let ended = told.contains("never cleared") || told.contains("hint: an endless loop?");
    assert!(ended && told.contains("src/project.tsx:5"), "{told}");
    let told = fault_within(1.0, "for (;;) this.x;");
    assert!(told.contains("hint: an endless loop?"), "{told}");
}

#[test]
fn more_than_can_be_drawn_names_the_node() {
    let told = fault("for (let i = 0; i < 300_000; i++) ctx.fillRect(0, 0, 1, 1);");
    assert!(
        told.contains("`own`: more than 250000 things are drawn on its canvas in one frame"),
        "{told}"
    );
    let told = fault(
        "const canvas = document.createElement('canvas'); const inner = canvas.getContext('2d');
         inner.fillRect(0, 0, 9, 9);
         for (let i = 0; i < 60; i++) { inner.drawImage(canvas, 0, 0); inner.drawImage(canvas, 1, 1); }
         ctx.drawImage(canvas, 0, 0);",
    );
    assert!(
        told.contains("canvases are drawn within one another")
            || told.contains("too much is drawn on canvases at once")
            || told.contains("more than 250000 things"),
        "{told}"
    );
}

#[test]
fn pixels_that_cannot_be_had_are_told_with_the_place() {
    for (call, cause) in [
        (
            "ctx.getImageData(0, 0, 1, 1);",
            "there is nothing to draw with here",
        ),
        (
            "document.createElement('canvas').toDataURL();",
            "there is nothing to draw with here",
        ),
        (
            "ctx.putImageData(new ImageData(1, 1), 0, 0);",
            "there is no place for pictures here",
        ),
        (
            "ctx.getImageData(0, 0, 5000, 4000);",
            "5000×4000 pixels are more than can be read or put at once",
        ),
    ] {
        let told = fault(call);
        assert!(
            told.contains(cause) && told.contains("project.tsx:5"),
            "{call} {told}"
        );
    }
}

#[test]
fn nothing_of_the_canvas_is_loaded_where_nothing_draws() {
    let project = Project::new(&[(
        "main.ts",
        "const loaded = () => Object.getOwnPropertyDescriptor(globalThis, 'Path2D')!.get === undefined;
         console.log(loaded(), typeof window, window === globalThis);
         const path = new Path2D();
         console.log(loaded(), path instanceof Path2D, typeof document.createElement('canvas').getContext('2d').fill);",
    )]);
    assert_eq!(
        project.run("main.ts").unwrap(),
        ["false object true", "true true function"]
    );
}
