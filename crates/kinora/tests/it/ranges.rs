//! Large films behind URLs, of which no more is read than is needed.

use std::fs;

use crate::{
    server::{Manner, Server},
    studio::{Outcome, Studio},
};

const MIB: usize = 1 << 20;

/// What `kinora frame` reads of a film at most.
const FRAME: u64 = 8_000_000;

/// The outermost boxes of an MP4 file.
fn boxes(mut bytes: &[u8]) -> Vec<(&[u8], &[u8])> {
    let mut boxes = Vec::new();
    while bytes.len() >= 8 {
        let size = u32::from_be_bytes(bytes[..4].try_into().unwrap()) as usize;
        let (own, rest) = bytes.split_at(size);
        boxes.push((&own[4..8], own));
        bytes = rest;
    }
    boxes
}

/// A film with so many bytes of nothing before and after its pictures, and its index at
/// the end.
fn large(small: &[u8], before: usize, after: usize) -> Vec<u8> {
    let found = boxes(small);
    let of = |kind: &[u8]| found.iter().find(|(own, _)| *own == kind).unwrap().1;
    let (start, mut index, media) = (of(b"ftyp"), of(b"moov").to_vec(), of(b"mdat"));
    let free = |size: usize| {
        let mut free = vec![0; size];
        free[..4].copy_from_slice(&(size as u32).to_be_bytes());
        free[4..8].copy_from_slice(b"free");
        free
    };
    let mut film = start.to_vec();
    film.extend(free(before));
    let moved = film.len() as i64 - (media.as_ptr() as i64 - small.as_ptr() as i64);
    film.extend(media);
    film.extend(free(after));
    // The places of the samples, in the tables of each track.
    let mut tables = 0;
    for place in 0..index.len() - 16 {
        if &index[place..place + 4] == b"stco" {
            let number = |at: usize| u32::from_be_bytes(index[at..at + 4].try_into().unwrap());
            let count = number(place + 8) as usize;
            let entries: Vec<u32> = (0..count).map(|n| number(place + 12 + 4 * n)).collect();
            for (n, entry) in entries.into_iter().enumerate() {
                let entry = (i64::from(entry) + moved) as u32;
                index[place + 12 + 4 * n..][..4].copy_from_slice(&entry.to_be_bytes());
            }
            tables += 1;
        }
    }
    assert_eq!(tables, 2);
    film.extend(index);
    film
}

fn clip(padding: usize) -> Vec<u8> {
    let studio = Studio::scene("");
    let small = fs::read(studio.make_clip("clip.mp4", 60)).unwrap();
    large(&small, padding, padding)
}

/// A film with other pictures that begins as this one does and is as long.
fn other(film: &[u8], padding: usize) -> Vec<u8> {
    let studio = Studio::scene("");
    let small = fs::read(studio.make_clip("clip.mp4", 90)).unwrap();
    let rest = film.len() - large(&small, padding, 8).len();
    large(&small, padding, 8 + rest)
}

fn studio(url: &str) -> Studio {
    Studio::scene(&format!(
        "  view.add(<Video src={{'{url}'}} size={{['100%', '100%']}} play={{true}} time={{1.2}} />);\n  yield* waitFor(1.5);"
    ))
}

fn frame(studio: &Studio, more: &[&str]) -> Outcome {
    let fixed = [
        "frame",
        "src/project.tsx",
        "--frames",
        "0",
        "-o",
        "first.png",
    ];
    studio.run(&[&fixed[..], more].concat())
}

/// What a local file of these bytes gives.
fn local(bytes: &[u8]) -> Vec<u8> {
    let studio = studio("/film.mp4");
    fs::create_dir_all(studio.path("public")).unwrap();
    fs::write(studio.path("public/film.mp4"), bytes).unwrap();
    studio.render(&["-o", "film.mp4"]).good();
    studio.bytes("film.mp4")
}

#[test]
fn the_first_frame_of_a_large_film_costs_few_bytes() {
    let film = clip(200 * MIB);
    let server = Server::start(&[("/film.mp4", film)]);
    let remote = studio(&server.url("/moved/film.mp4"));
    frame(&remote, &[]).good();
    let sent = server.sent();
    assert!(sent <= FRAME, "{sent} bytes for a frame");
    let small = studio("/clip.mp4");
    small.make_clip("clip.mp4", 60);
    frame(&small, &[]).good();
    assert!(remote.bytes("first.png") == small.bytes("first.png"));

    // What was read is kept: the next run asks whether the film has changed.
    frame(&remote, &[]).good();
    assert_eq!(server.sent(), 0);
    // Without the network, what was read does.
    frame(&remote, &["--offline"]).good();
    assert!(remote.bytes("first.png") == small.bytes("first.png"));
    let fresh = studio(&server.url("/film.mp4"));
    let told = frame(&fresh, &["--offline"]);
    assert_eq!(told.code, Some(1));
    assert!(told.err.contains("(--offline)"), "{}", told.err);
}

#[test]
fn a_film_read_in_parts_is_rendered_as_the_local_file() {
    let film = clip(9 * MIB);
    let wanted = local(&film);
    let server = Server::start(&[("/film.mp4", film.clone())]);
    for manner in [
        Manner::Good,
        Manner::BreaksOff(100_000),
        Manner::WeakTags,
        Manner::WithoutParts,
    ] {
        server.behave(manner);
        let remote = studio(&server.url("/film.mp4"));
        remote.render(&["-o", "film.mp4"]).good();
        assert!(remote.bytes("film.mp4") == wanted, "{manner:?}");
        let sent = server.sent();
        let whole = matches!(manner, Manner::WeakTags | Manner::WithoutParts);
        assert_eq!(sent >= film.len() as u64, whole, "{manner:?}: {sent}");
    }
}

#[test]
fn a_film_that_changed_is_rendered_anew() {
    let film = clip(9 * MIB);
    let server = Server::start(&[("/film.mp4", film.clone())]);
    let remote = studio(&server.url("/film.mp4"));
    remote.render(&["-o", "film.mp4"]).good();
    assert!(remote.bytes("film.mp4") == local(&film));
    assert_ne!(remote.figures(&["-o", "film.mp4"])["cacheHits"], 0);

    let other = other(&film, 9 * MIB);
    assert_eq!(other.len(), film.len());
    assert!(other[..MIB] == film[..MIB], "they begin alike");
    server.replace("/film.mp4", other.clone());
    assert_eq!(remote.figures(&["-o", "film.mp4"])["cacheHits"], 0);
    assert!(remote.bytes("film.mp4") == local(&other));
    assert!(remote.bytes("film.mp4") != local(&film));
}

#[test]
fn what_goes_wrong_in_the_middle_is_told_with_the_url() {
    let server = Server::start(&[("/film.mp4", clip(9 * MIB))]);
    let url = server.url("/film.mp4?signature=x");
    for (manner, reason) in [
        (
            Manner::ChangesAfter(2),
            "it changed while it was used (its ETag was",
        ),
        (
            Manner::LongerAfter(2),
            "it changed while it was used (it had",
        ),
        (
            Manner::ExpiresAfter(2),
            "the server answered 403 Forbidden to a part of a file that it gave before: a signed URL may have expired",
        ),
        (
            Manner::WithoutPartsAfter(2),
            "the server gave the whole file where it was asked for a part",
        ),
    ] {
        server.behave(manner);
        let told = studio(&url).render(&[]);
        assert_eq!(told.code, Some(1), "{manner:?}: {told:#?}");
        assert!(told.err.contains(&url), "{manner:?}: {}", told.err);
        assert!(told.err.contains(reason), "{manner:?}: {}", told.err);
    }
}

#[test]
fn a_film_goes_on_where_a_file_ends_in_the_middle() {
    let server = Server::start(&[("/film.mp4", clip(9 * MIB))]);
    let url = server.url("/film.mp4");
    for what in ["hold", "black"] {
        server.behave(Manner::ExpiresAfter(2));
        let told = studio(&url).render(&["--on-missing", what]).good();
        assert!(told.err.starts_with("warning: "), "{}", told.err);
        assert_eq!(told.err.matches("warning: ").count(), 1, "{}", told.err);
        assert!(told.err.contains(&url), "{}", told.err);
        assert!(told.err.contains("403 Forbidden"), "{}", told.err);
    }
}

#[test]
fn a_stranger_s_film_is_read_in_parts_within_the_fence() {
    let film = clip(9 * MIB);
    let server = Server::start(&[("/film.mp4", film.clone())]);
    let remote = studio(&server.url("/moved/film.mp4"));
    let told = frame(&remote, &["--untrusted"]);
    assert_eq!(told.code, Some(1));
    assert_eq!(server.sent(), 0);
    let allowed = server.url("/");
    frame(&remote, &["--untrusted", "--allow-url", &allowed]).good();
    // Where the film is sent on to has to be allowed as well, also when it is known.
    let first = server.url("/moved/");
    for more in [&[][..], &["--offline"]] {
        let told = frame(
            &remote,
            &[&["--untrusted", "--allow-url", &first], more].concat(),
        );
        assert_eq!(told.code, Some(1), "{told:#?}");
        assert!(told.err.contains("--allow-url"), "{}", told.err);
    }
}
