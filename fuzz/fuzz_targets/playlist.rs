//! HLS play lists: whatever a list says, nothing but the project's own files is read.
#![no_main]

use std::{fs, path::Path};

use kinora_film::AssetKind;
use kinora_project::{Access, CacheFolder, Library};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    // Two lists in one input may lead to one another.
    let text = String::from_utf8_lossy(bytes);
    let (list, other) = text.split_once("\n----\n").unwrap_or((&text, ""));
    let place = tempfile::tempdir().expect("a temporary folder");
    let public = place.path().join("project/public");
    fs::create_dir_all(&public).expect("the folder is writable");
    let write = |path: &Path, bytes: &[u8]| fs::write(path, bytes).expect("it is writable");
    write(&place.path().join("secret.ts"), b"secret");
    write(&public.join("a.ts"), &[0; 4096]);
    write(&public.join("list.m3u8"), list.as_bytes());
    write(&public.join("b.m3u8"), other.as_bytes());
    look(place.path());
});

fn look(place: &Path) {
    let root = place.join("project");
    let folder = CacheFolder::temporary().expect("a temporary folder");
    let access = Access {
        offline: true,
        download_bytes: 4 << 20,
        ..Access::untrusted()
    };
    let library = Library::new(root.clone(), folder.cache.clone(), Default::default());
    let library = library.granting(access);
    let _ = library.asset("/list.m3u8", AssetKind::Video);
    let real = fs::canonicalize(&root).expect("it is there");
    for file in library.local_files() {
        let file = fs::canonicalize(file).expect("what was used is there");
        assert!(file.starts_with(&real), "`{}` was read", file.display());
    }
}
