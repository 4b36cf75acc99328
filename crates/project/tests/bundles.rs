//! Bundles as strangers write them: byte for byte, whatever `kinora bundle` would write.

use std::{
    fs,
    io::{Cursor, Write as _},
    path::Path,
};

use kinora_film::AssetId;
use kinora_project::{Bundle, BundleError};
use serde_json::{Value, json};
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

/// The list of a bundle that holds these files.
fn list(files: &[(&str, &[u8])]) -> Value {
    let named = files.iter().map(|(name, bytes)| {
        let content = json!({"hash": AssetId::of(bytes).to_string(), "bytes": bytes.len()});
        ((*name).to_owned(), content)
    });
    json!({
        "format": 1,
        "engine": "0",
        "project": "project.tsx",
        "root": "",
        "files": Value::Object(named.collect()),
    })
}

/// An archive with this text as its list, and these contents.
fn archive(list: &str, contents: &[&[u8]]) -> Vec<u8> {
    let stored = contents.iter().map(|bytes| {
        let name = format!("contents/{}", AssetId::of(bytes));
        (name, *bytes)
    });
    let entries = [("kinora.json".to_owned(), list.as_bytes())];
    zipped(entries.into_iter().chain(stored))
}

fn zipped<'a>(entries: impl Iterator<Item = (String, &'a [u8])>) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for (name, bytes) in entries {
        archive.start_file(name, options).unwrap();
        archive.write_all(bytes).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

/// A bundle of one file, `project.tsx`, with its list changed.
fn changed(change: impl FnOnce(&mut Value)) -> Vec<u8> {
    let mut list = list(&[("project.tsx", b"a")]);
    change(&mut list);
    archive(&list.to_string(), &[b"a"])
}

/// A bundle whose only file goes by this name.
fn named(name: &str) -> Vec<u8> {
    archive(&list(&[(name, b"a")]).to_string(), &[b"a"])
}

/// A bundle with these links.
fn linked(links: Value) -> Vec<u8> {
    changed(|list| list["links"] = links)
}

/// Unpacks into a folder that is alone in another, which it must stay.
fn unpacked(archive: &[u8], look: impl FnOnce(&Path)) -> Result<(), BundleError> {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().join("in");
    fs::create_dir(&folder).unwrap();
    let mut elsewhere = |_| Err("there is nothing elsewhere".to_owned());
    let script = Bundle::unpack(Cursor::new(archive), &folder, &mut elsewhere);
    let beside = fs::read_dir(place.path()).unwrap().count();
    assert_eq!(beside, 1, "something was written beside the folder");
    let script = script?;
    assert!(script.project.starts_with(&folder) && script.root.starts_with(&folder));
    look(&folder);
    Ok(())
}

/// What a bundle is refused with, which must be its own fault and not the disk's.
fn refused(what: &str, archive: &[u8]) -> String {
    match unpacked(archive, |_| {}) {
        Err(BundleError::Read { .. } | BundleError::Write { .. }) => {
            panic!("{what}: the surroundings were blamed")
        }
        Err(error) => error.to_string(),
        Ok(()) => panic!("{what}: it was unpacked"),
    }
}

#[test]
fn names_that_are_none_are_refused() {
    let long = "n".repeat(256);
    let deep = "d/".repeat(2048) + "f";
    let endless = "d/".repeat(1 << 20) + "f";
    let out = "leads out of its folder";
    let way = "in the way of another of its files, or no name";
    for (name, told) in [
        ("..", out),
        ("../x", out),
        ("a/../../x", out),
        ("a/..", out),
        ("/", out),
        ("/etc/x", out),
        ("//x", out),
        ("a\0b", out),
        ("\0", out),
        ("", way),
        (".", way),
        ("./.", way),
        (&long, way),
        (&format!("a/{long}/b"), way),
        (&deep, way),
        (&endless, way),
    ] {
        let shown = name.escape_debug().take(40).collect::<String>();
        let fault = refused(&shown, &named(name));
        assert!(fault.contains(told), "`{shown}`: {fault}");
        assert!(fault.len() < 5000, "`{shown}`: {} bytes", fault.len());
        let fault = refused(&shown, &linked(json!({name: "project.tsx"})));
        assert!(fault.contains(told), "a link `{shown}`: {fault}");
        let target = linked(json!({"l": name}));
        match told == out || name.len() > 4096 {
            true => assert!(
                refused(&shown, &target).contains(told),
                "a link to `{shown}`"
            ),
            // Such a link leads to the folder itself, or nowhere.
            false => unpacked(&target, |_| {}).unwrap(),
        }
        for field in ["root", "project"] {
            let archive = changed(|list| list[field] = json!(name));
            if told == out {
                assert!(
                    refused(&shown, &archive).contains(told),
                    "{field} `{shown}`"
                );
            }
        }
    }
}

#[test]
fn files_and_links_in_one_another_s_way_are_refused() {
    let two = |a: &str, b: &str| archive(&list(&[(a, b"a"), (b, b"a")]).to_string(), &[b"a"]);
    for (what, archive) in [
        ("a file below a file", two("a", "a/b")),
        ("far below", two("a/b", "a/b/c/d/e")),
        ("one path twice", two("a/b", "a//b")),
        ("one path with a dot", two("a/b", "./a/./b")),
        ("one path with a slash behind it", two("a", "a/")),
        ("a link for a file", linked(json!({"project.tsx": "b"}))),
        ("a link below a file", linked(json!({"project.tsx/b": "b"}))),
        ("a link below a link", linked(json!({"a": "b", "a/b": "c"}))),
        (
            "far below a link",
            linked(json!({"a": "a", "a/b/c/d": "c"})),
        ),
        (
            "a link by another name",
            linked(json!({"a": "b", "./a": "c"})),
        ),
    ] {
        let fault = refused(what, &archive);
        assert!(fault.contains("in the way of another"), "{what}: {fault}");
    }
    let mut crossed = list(&[("a/b", b"a")]);
    crossed["links"] = json!({"a": "c"});
    let fault = refused(
        "a file below a link",
        &archive(&crossed.to_string(), &[b"a"]),
    );
    assert!(fault.contains("in the way of another"), "{fault}");
}

#[test]
fn lists_that_are_none_are_refused() {
    let deep = "[".repeat(1 << 20);
    let good = list(&[("project.tsx", b"a")]).to_string();
    for text in [
        "",
        "{}",
        "[]",
        "null",
        "\u{feff}{}",
        &deep,
        &good[..good.len() - 1],
        &format!("{good}{good}"),
        &good.replace("\"format\":1", "\"format\":-1"),
        &good.replace("\"format\":1", "\"format\":0"),
        &good.replace("\"format\":1", "\"format\":1.5"),
        &good.replace("\"format\":1", "\"format\":4294967296"),
        &good.replace("\"format\":1", "\"format\":\"1\""),
        &good.replace("\"bytes\":1", "\"bytes\":-1"),
        &good.replace("\"bytes\":1", "\"bytes\":18446744073709551616"),
        &good.replace("\"bytes\":1", "\"bytes\":2"),
        &good.replace("\"bytes\":1", "\"bytes\":0"),
        &good
            .replace("\"files\":{", "\"files\":[{")
            .replace("}}", "}}]"),
        &good.replace("\"root\":\"\"", "\"root\":null"),
        &good.replace("\"root\":\"\",", ""),
    ] {
        assert!(text != good);
        let shown = text.chars().take(300).collect::<String>();
        let fault = refused(&shown, &archive(text, &[b"a"]));
        let right = "it is not a bundle or is damaged: ";
        assert!(fault.starts_with(right), "{shown}: {fault}");
    }
    let newer = good.replace("\"format\":1", "\"format\":4294967295");
    let fault = refused("a newer one", &archive(&newer, &[b"a"]));
    assert!(
        fault.starts_with("the bundle has format 4294967295"),
        "{fault}"
    );
    for hash in [
        "",
        "a",
        "../../x",
        "zz",
        &"0".repeat(63),
        &"0".repeat(65),
        &"é".repeat(32),
    ] {
        let archive = changed(|list| list["files"]["project.tsx"]["hash"] = json!(hash));
        let fault = refused(hash, &archive);
        assert!(fault.contains("is not a hash"), "{hash}: {fault}");
    }
}

#[test]
fn archives_that_are_none_are_refused() {
    let good = changed(|_| {});
    unpacked(&good, |_| {}).unwrap();
    for length in 0..good.len() {
        refused(&format!("cut off at {length}"), &good[..length]);
    }
    let other = |name: &str| zipped([(name.to_owned(), &b"{}"[..])].into_iter());
    for (what, archive) in [
        ("nothing", Vec::new()),
        ("zeros", vec![0; 1 << 16]),
        ("a text", b"{\"format\":1}".to_vec()),
        (
            "an archive of another kind",
            b"\x1f\x8b\x08\0\0\0\0\0\0\x03\x03\0\0\0\0\0\0\0\0\0".to_vec(),
        ),
        ("no entry", zipped(std::iter::empty())),
        ("no list", other("list.json")),
        ("a list in a folder", other("a/kinora.json")),
        ("another spelling", other("Kinora.json")),
    ] {
        let fault = refused(what, &archive);
        let right = "it is not a bundle or is damaged: ";
        assert!(fault.starts_with(right), "{what}: {fault}");
    }
}

#[test]
fn every_wrong_byte_is_refused_or_harmless() {
    let good = changed(|_| {});
    for place in 0..good.len() {
        for byte in [0, 0xff, good[place] ^ 1] {
            let mut archive = good.clone();
            archive[place] = byte;
            // Names may become others; what is under one is what was packed.
            let read = |folder: &Path| {
                for entry in fs::read_dir(folder).unwrap() {
                    assert_eq!(fs::read(entry.unwrap().path()).unwrap(), b"a");
                }
            };
            if let Err(BundleError::Read { .. } | BundleError::Write { .. }) =
                unpacked(&archive, read)
            {
                panic!("byte {place} as {byte}: the surroundings were blamed");
            }
        }
    }
}

#[test]
fn what_takes_more_room_than_allowed_is_refused() {
    let zeros = vec![0; 8 << 20];
    let many = |count: usize, bytes: &[u8]| {
        let names: Vec<String> = (0..count).map(|number| number.to_string()).collect();
        let files: Vec<(&str, &[u8])> = names.iter().map(|name| (&**name, bytes)).collect();
        list(&files)
    };
    let mut links = list(&[]);
    let named = (0..100_000).map(|number| (number.to_string(), json!("a")));
    links["links"] = Value::Object(named.collect());
    for (what, archive) in [
        (
            "megabytes of zeros",
            archive(&many(9, &zeros).to_string(), &[&zeros]),
        ),
        (
            "a hundred thousand files",
            archive(&many(100_000, b"").to_string(), &[b""]),
        ),
        ("as many links", archive(&links.to_string(), &[])),
        (
            "one file, kept elsewhere, under many names",
            archive(&many(200, &zeros).to_string(), &[]),
        ),
        (
            "all the bytes there are",
            changed(|list| list["files"]["project.tsx"]["bytes"] = json!(u64::MAX)),
        ),
        (
            "more than all",
            changed(|list| {
                let file = json!({"hash": AssetId::of(b"a").to_string(), "bytes": u64::MAX});
                list["files"]["b"] = file.clone();
                list["files"]["c"] = file;
            }),
        ),
    ] {
        let fault = refused(what, &archive);
        assert!(
            fault.contains("are the most that so small a one may hold"),
            "{what}: {fault}"
        );
    }
    // More than the list says is not read to its end.
    let text = list(&[("project.tsx", b"a")]).to_string();
    let name = format!("contents/{}", AssetId::of(b"a"));
    let entries = [
        ("kinora.json".to_owned(), text.as_bytes()),
        (name, &zeros[..]),
    ];
    let fault = refused("more than it says", &zipped(entries.into_iter()));
    assert!(fault.contains("larger than it says"), "{fault}");
}

#[test]
fn what_is_only_odd_is_unpacked_within_the_folder() {
    let read = |folder: &Path, name: &str| fs::read(folder.join(name)).unwrap();
    for (name, place) in [
        ("./project.tsx", "project.tsx"),
        ("a/./b", "a/b"),
        ("a//b", "a/b"),
        ("a/.", "a"),
        ("a/", "a"),
        ("..\\x", "..\\x"),
        ("C:\\x", "C:\\x"),
        ("...", "..."),
        ("..x/y", "..x/y"),
        ("\u{202e}x", "\u{202e}x"),
        (&"n".repeat(255), &"n".repeat(255)),
    ] {
        unpacked(&named(name), |folder| assert_eq!(read(folder, place), b"a")).unwrap();
    }
    // Links stay links; none leads out, to whatever they lead.
    let links =
        json!({"a": "", "b": ".", "loop": "loop", "c/d": "project.tsx", "c/e": "", "f": "none"});
    let within = |folder: &Path| {
        let real = fs::canonicalize(folder).unwrap();
        for link in ["a", "b", "c/d", "c/e"] {
            let to = fs::canonicalize(folder.join(link)).unwrap();
            assert!(to.starts_with(&real), "{link}");
        }
        assert_eq!(read(folder, "c/d"), b"a");
        assert!(fs::metadata(folder.join("loop")).is_err());
    };
    unpacked(&linked(links), within).unwrap();
    // What is written twice in a list counts as it stands last.
    let hash = AssetId::of(b"a").to_string();
    let good = changed(|_| {});
    let text = list(&[("project.tsx", b"a")]).to_string();
    let doubled = text.replace(
        "\"files\":{",
        &format!(
            "\"files\":{{\"project.tsx\":{{\"hash\":\"{}\",\"bytes\":9}},",
            "0".repeat(hash.len())
        ),
    );
    let same = |folder: &Path| assert_eq!(read(folder, "project.tsx"), b"a");
    unpacked(&archive(&doubled, &[b"a"]), same).unwrap();
    // A zip file may have other bytes before it and behind it.
    unpacked(&[b"#!/bin/sh\n", &good[..]].concat(), same).unwrap();
    unpacked(&[&good[..], &[0; 100]].concat(), same).unwrap();
    unpacked(&[&good[..], &good[..good.len() / 2]].concat(), same).unwrap();
}
