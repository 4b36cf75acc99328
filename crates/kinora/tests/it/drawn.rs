//! Canvases whose pixels scripts read and set.

use crate::{frames::pixel, studio::Studio};

/// A node whose `draw` has this body, with a canvas of 40 by 30 pixels, `own`, in hand.
fn drawn(body: &str) -> Studio {
    let studio = Studio::scene(
        "  view.add(<Own />);
  yield* waitFor(0.1);",
    );
    let source = String::from_utf8(studio.bytes("src/project.tsx")).unwrap();
    let class = format!(
        "class Own extends Node {{
  canvas: any;
  protected override draw(ctx: any) {{
    const canvas = document.createElement('canvas');
    canvas.width = 40; canvas.height = 30;
    const own: any = canvas.getContext('2d');
    {body}
  }}
}}
export default"
    );
    let source = source.replacen("export default", &class, 1);
    let source = source.replace("{Audio,", "{Node, Audio,");
    studio.write("src/project.tsx", &source);
    studio
}

fn frame(studio: &Studio, name: &str) -> String {
    let args = ["frame", "src/project.tsx", "--frames", "0", "-o", name];
    let told = studio.run(&args).good();
    format!("{}{}", told.out, told.err)
}

#[test]
fn what_was_drawn_so_far_is_read() {
    let studio = drawn(
        "own.fillStyle = '#f00'; own.fillRect(0, 0, 20, 30);
         const before = own.getImageData(10, 10, 1, 1).data;
         own.fillStyle = 'rgba(0, 0, 255, 0.5)'; own.fillRect(0, 0, 10, 30);
         const {data, width, height} = own.getImageData(-1, 0, 22, 2);
         const at = (x: number) => [...data.slice(x * 4, x * 4 + 4)].join();
         const turned = own.getImageData(11, 1, -2, -1);
         console.log('[' + [...before].join(), width, height, at(0), at(1), at(12), at(21), turned.width + ']');",
    );
    let told = frame(&studio, "one.png");
    assert!(
        told.contains("[255,0,0,255 22 2 0,0,0,0 127,0,128,255 255,0,0,255 0,0,0,0 2]")
            || told.contains("[255,0,0,255 22 2 0,0,0,0 128,0,127,255 255,0,0,255 0,0,0,0 2]"),
        "{told}"
    );
}

#[test]
fn pixels_replace_what_is_there_whatever_the_state_says() {
    let studio = drawn(
        "own.fillStyle = '#0f0'; own.fillRect(0, 0, 40, 30);
         const image = own.createImageData(10, 10);
         for (let i = 0; i < 400; i += 4) image.data.set(i < 200 ? [255, 0, 0, 255] : [0, 0, 0, 0], i);
         own.globalAlpha = 0.2; own.translate(15, 5); own.beginPath(); own.rect(0, 0, 1, 1); own.clip();
         own.putImageData(image, 5, 5);
         own.putImageData(image, 20, 5, 0, 0, 5, 5);
         ctx.drawImage(canvas, -20, -15);",
    );
    frame(&studio, "one.png");
    let color = |x: usize, y: usize| pixel(&studio, "one.png", 60 + x, 30 + y).0;
    for (x, y, wanted) in [
        (4, 7, [0, 255, 0, 255]),
        (5, 5, [255, 0, 0, 255]),
        (14, 9, [255, 0, 0, 255]),
        (14, 10, [0; 4]),
        (14, 15, [0, 255, 0, 255]),
        (24, 9, [255, 0, 0, 255]),
        (25, 9, [0, 255, 0, 255]),
        (24, 10, [0, 255, 0, 255]),
    ] {
        assert_eq!(color(x, y), wanted, "{x} {y}");
    }
}

#[test]
fn pixels_go_the_whole_way_and_stay_pixels_where_they_are_seen_larger() {
    let studio = drawn(
        "canvas.width = 2; canvas.height = 1;
         own.putImageData(new ImageData(new Uint8ClampedArray([255, 0, 0, 255, 0, 0, 255, 255]), 2), 0, 0);
         ctx.imageSmoothingEnabled = false;
         ctx.drawImage(canvas, -40, -20, 80, 40);",
    );
    frame(&studio, "one.png");
    for (x, wanted) in [
        (41, [255, 0, 0, 255]),
        (78, [255, 0, 0, 255]),
        (82, [0, 0, 255, 255]),
    ] {
        assert_eq!(pixel(&studio, "one.png", x, 45).0, wanted, "{x}");
    }
    // in a file, by workers that run no script
    studio.render(&["-o", "film.mp4"]).good();
}

#[test]
fn a_canvas_is_a_picture_file() {
    let studio = drawn(
        "own.fillStyle = '#f00'; own.fillRect(0, 0, 40, 30);
         const image = new Image();
         image.src = canvas.toDataURL();
         ctx.drawImage(image, -20, -15);
         canvas.toBlob((blob: any) => console.log('[' + blob.type, blob.size > 100, ']'), 'image/jpeg', 0.5);
         console.log(canvas.toDataURL('image/webp').slice(0, 23), canvas.toDataURL('image/x').slice(0, 22));
         canvas.width = 0;
         console.log('<' + canvas.toDataURL() + '>');",
    );
    let told = frame(&studio, "one.png");
    assert!(told.contains("[image/jpeg true ]"), "{told}");
    assert!(
        told.contains("data:image/webp;base64, data:image/png;base64,"),
        "{told}"
    );
    assert!(told.contains("<data:,>"), "{told}");
    assert_eq!(pixel(&studio, "one.png", 61, 31).0, [255, 0, 0, 255]);
    assert_eq!(pixel(&studio, "one.png", 59, 31).0, [0; 4]);
}

#[test]
fn nodes_on_a_canvas_are_read_as_they_are_now() {
    let studio = drawn(
        "const [box] = this.children() as any[];
         box.fill('#00f'); box.position.x(10);
         own.translate(20, 15);
         super.drawChildren(own);
         const at = (x: number) => [...own.getImageData(x, 15, 1, 1).data].join();
         console.log('[' + at(15), at(31), at(35) + ']');
         box.position.x(-10);
         console.log('<' + at(15), at(31) + '>');
         ctx.drawImage(canvas, -20, -15);",
    );
    let source = String::from_utf8(studio.bytes("src/project.tsx")).unwrap();
    studio.write(
        "src/project.tsx",
        &source.replace("<Own />", "<Own><Rect size={10} fill={'#f00'} /></Own>"),
    );
    let told = frame(&studio, "one.png");
    assert!(told.contains("[0,0,0,0 0,0,255,255 0,0,0,0]"), "{told}");
    assert!(told.contains("<0,0,0,0 0,0,0,0>"), "{told}");
    assert_eq!(pixel(&studio, "one.png", 70, 45).0, [0, 0, 255, 255]);
}

#[test]
fn reading_changes_nothing() {
    // Random calls, with reads between them and without; and a reading that is put back.
    let body = |read: &str| {
        format!(
            "let seed = 7;
             const random = (most: number) => (seed = (seed * 48271) % 2147483647) % most;
             for (let i = 0; i < 60; i++) {{
               switch (random(9)) {{
                 case 0: own.fillStyle = `hsl(${{random(360)}}, 80%, 50%)`; break;
                 case 1: own.globalAlpha = (1 + random(9)) / 10; break;
                 case 2: own.save(); own.translate(random(9), random(9)); break;
                 case 3: own.restore(); break;
                 case 4: own.beginPath(); own.arc(random(40), random(30), 2 + random(9), 0, 6); own.fill(); break;
                 case 5: own.clearRect(random(40), random(30), random(9), random(9)); break;
                 case 6: own.shadowBlur = random(4); own.shadowColor = '#000'; break;
                 case 7: own.lineWidth = 1 + random(5); own.strokeRect(random(40), random(30), 9, 9); break;
                 case 8: own.fillRect(random(40), random(30), random(20), random(20)); break;
               }}
               {read}
             }}
             ctx.drawImage(canvas, -40, -30, 80, 60);"
        )
    };
    let plain = drawn(&body(""));
    frame(&plain, "one.png");
    let read = drawn(&body(
        "own.getImageData(0, 0, 40, 30); if (i % 9 === 0) canvas.toDataURL();",
    ));
    frame(&read, "one.png");
    assert!(plain.bytes("one.png") == read.bytes("one.png"));
}

#[test]
fn what_was_read_and_is_put_back_looks_the_same() {
    let body = |more: &str| {
        format!(
            "for (let i = 0; i < 9; i++) {{
               own.fillStyle = `hsl(${{i * 40}}, 80%, 50%)`;
               own.beginPath(); own.arc(5 + i * 4, 4 + i * 3, 6, 0, 7); own.fill();
             }}
             {more}
             ctx.drawImage(canvas, -20, -15);"
        )
    };
    let plain = drawn(&body(""));
    frame(&plain, "one.png");
    let put = drawn(&body(
        "own.putImageData(own.getImageData(0, 0, 40, 30), 0, 0);",
    ));
    frame(&put, "one.png");
    for (x, y) in (60..100).flat_map(|x| (30..60).map(move |y| (x, y))) {
        let [a, b] = [&plain, &put].map(|studio| pixel(studio, "one.png", x, y).0);
        // A colour that is hardly there is kept in few steps.
        let near = a[3].abs_diff(b[3]) <= 1
            && (0..3).all(|at| {
                let shown = |color: [u8; 4]| i32::from(color[at]) * i32::from(color[3]) / 255;
                (shown(a) - shown(b)).abs() <= 2
            });
        assert!(near, "{x} {y}: {a:?} {b:?}");
    }
}

#[test]
fn a_script_that_only_reads_is_ended() {
    let studio = drawn("for (;;) { own.fillRect(0, 0, 1, 1); own.getImageData(0, 0, 40, 30); }");
    let args = ["frame", "src/project.tsx", "--frames", "0", "-o", "one.png"];
    let told = studio.run(&[&args[..], &["--max-frame-time", "1"]].concat());
    assert!(
        told.err.contains("took longer than 1 s of script"),
        "{}",
        told.err
    );
}
