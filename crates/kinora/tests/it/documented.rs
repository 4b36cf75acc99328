//! The projects that the pages for users show: each is drawn as it stands there.

use std::{
    fs,
    path::{Path, PathBuf},
};

use crate::studio::Studio;

/// The projects in a page: what stands between fences for TSX and exports a project.
fn projects(page: &str) -> Vec<String> {
    let blocks = page.split("\n```tsx\n").skip(1);
    let blocks = blocks.map(|block| block.split("\n```").next().unwrap_or(block).to_owned());
    blocks
        .filter(|block| block.contains("export default makeProject"))
        .collect()
}

/// How many pixels of a picture in the project's folder are drawn.
fn drawn_pixels(studio: &Studio, name: &str) -> usize {
    let picture = studio.bytes(name);
    let decoder = png::Decoder::new(std::io::Cursor::new(&picture));
    let mut reader = decoder.read_info().unwrap();
    let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
    reader.next_frame(&mut pixels).unwrap();
    pixels.chunks_exact(4).filter(|pixel| pixel[3] > 0).count()
}

#[test]
fn every_example_is_drawn_without_a_word_of_warning() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let examples = fs::read_dir(root.join("examples")).unwrap();
    let examples = examples.map(|entry| entry.unwrap().path());
    // That one shows a video, which is made elsewhere.
    let examples = examples.filter(|path| path.is_dir() && !path.ends_with("hello"));
    let list = fs::read_to_string(root.join("examples/README.md")).unwrap();
    let studio = Studio::scene("");
    let mut count = 0;
    for example in examples {
        let name = example.file_name().unwrap().to_string_lossy();
        let project = example.join("src/project.tsx");
        let project = project.to_str().unwrap();
        let args = [
            "frame",
            project,
            "--frames=20,60,90",
            "--scale=0.1",
            "-o",
            "%d.png",
        ];
        let outcome = studio.run(&args);
        assert_eq!(
            (outcome.code, outcome.err.as_str()),
            (Some(0), ""),
            "{name}"
        );
        for frame in ["20.png", "60.png", "90.png"] {
            let drawn = drawn_pixels(&studio, frame);
            assert!(drawn > 50, "{name}, {frame}: {drawn} pixels are drawn");
        }
        let picture = root.join(format!("docs/gallery/{name}.jpg"));
        assert!(
            list.contains(&format!("({name}/src/project.tsx)")) && picture.is_file(),
            "{name}"
        );
        count += 1;
    }
    assert!(count >= 9, "{count} examples");
}

/// The pages for users.
fn pages() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut pages = vec![root.join("README.md"), root.join("ARCHITECTURE.md")];
    pages.extend(
        ["examples", "browser-facts", "fuzz"].map(|folder| root.join(folder).join("README.md")),
    );
    let docs = fs::read_dir(root.join("docs")).unwrap();
    let is_page = |path: &PathBuf| path.extension().is_some_and(|ending| ending == "md");
    pages.extend(docs.map(|entry| entry.unwrap().path()).filter(is_page));
    pages
}

#[test]
fn every_link_of_the_pages_leads_somewhere() {
    let mut count = 0;
    for page in pages() {
        let text = fs::read_to_string(&page).unwrap();
        // What stands between fences is no text.
        let text: String = text.split("```").step_by(2).collect();
        let ends = text.match_indices("](");
        for (at, _) in ends {
            let link = text[at + 2..]
                .split([')', ' ', '\n'])
                .next()
                .unwrap_or_default();
            let file = link.split('#').next().unwrap_or_default();
            if file.is_empty() || file.contains("://") {
                continue;
            }
            let target = page.parent().unwrap().join(file);
            assert!(target.exists(), "{}: {link}", page.display());
            count += 1;
        }
    }
    assert!(count > 100, "{count} links");
}

#[test]
fn every_project_of_the_pages_is_drawn() {
    let mut drawn = Vec::new();
    for page in pages() {
        let text = fs::read_to_string(&page).unwrap();
        for project in projects(&text) {
            let studio = Studio::new(&project);
            let args = [
                "frame",
                "src/project.tsx",
                "--time=0.9",
                "--scale=0.1",
                "-o",
                "frame.png",
            ];
            let outcome = studio.run(&args);
            assert_eq!(
                (outcome.code, outcome.err.as_str()),
                (Some(0), ""),
                "{}",
                page.display()
            );
            let seen = drawn_pixels(&studio, "frame.png");
            assert!(seen > 50, "{}: {seen} pixels are drawn", page.display());
            drawn.push(page.file_name().unwrap().to_string_lossy().into_owned());
        }
    }
    for name in [
        "README.md",
        "from-motion-canvas.md",
        "from-remotion.md",
        "guides.md",
    ] {
        assert!(drawn.iter().any(|page| page == name), "{drawn:?}");
    }
}
