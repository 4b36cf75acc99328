//! Films behind play lists, made by the `ffmpeg` command.

use std::{fs, path::Path, process::Command, sync::Arc};

use kinora_farm::{Cache, Progress};
use kinora_film::AssetKind;
use kinora_project::{Access, Library};

fn library(root: &Path, access: Access) -> Library {
    let cache = Cache::open(&root.join("cache"), 1 << 30).unwrap();
    Library::new(root.to_owned(), cache, Arc::new(Progress::default())).granting(access)
}

/// Six seconds in segments of two, as `public/NAME.m3u8`.
fn make(root: &Path, name: &str, options: &[&str]) {
    let folder = root.join("public");
    fs::create_dir_all(&folder).unwrap();
    let status = Command::new("ffmpeg")
        .args(["-v", "error", "-y", "-nostdin"])
        .args(["-f", "lavfi", "-i", "testsrc2=s=64x36:r=30:d=6"])
        .args(["-f", "lavfi", "-i", "sine=d=6:r=48000"])
        .args([
            "-c:v",
            "libx264",
            "-preset",
            "ultrafast",
            "-g",
            "30",
            "-c:a",
            "aac",
        ])
        .args(["-f", "hls", "-hls_time", "2", "-hls_list_size", "0"])
        .args(options)
        .arg(format!("{name}.m3u8"))
        .current_dir(&folder)
        .status()
        .unwrap();
    assert!(status.success());
}

#[test]
fn a_play_list_is_the_film_that_it_lists() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    make(root, "plain", &[]);
    make(root, "ranges", &["-hls_flags", "single_file"]);
    make(
        root,
        "boxes",
        &[
            "-hls_segment_type",
            "fmp4",
            "-hls_fmp4_init_filename",
            "init.mp4",
        ],
    );
    fs::write(
        root.join("public/choice.m3u8"),
        "#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\nnone.m3u8\n#EXT-X-STREAM-INF:BANDWIDTH=9\nboxes.m3u8\n",
    )
    .unwrap();
    let library = library(root, Access::untrusted());
    for name in ["plain", "ranges", "boxes", "choice"] {
        let entry = library.asset(&format!("/{name}.m3u8"), AssetKind::Video);
        let info = &entry.unwrap().info;
        let video = info.video.as_ref().unwrap();
        assert_eq!((video.width, video.height), (64, 36), "{name}");
        assert!(
            (info.duration - 6.0).abs() < 0.1,
            "{name}: {}",
            info.duration
        );
        assert!(info.audio.is_some(), "{name}");
    }
}

#[test]
fn a_play_list_reaches_no_further_than_its_project() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("project");
    fs::create_dir_all(root.join("public")).unwrap();
    fs::write(folder.path().join("secret.ts"), "secret").unwrap();
    let library = library(&root, Access::untrusted());
    for (number, (address, told)) in [
        ("../../secret.ts", "there is no file"),
        ("/../secret.ts", "there is no file"),
        ("file:///etc/hostname", "neither a file nor"),
        ("concat:a.ts|b.ts", "neither a file nor"),
        ("http://127.0.0.1:9/a.ts", "not a public one"),
        ("list-5.m3u8", "lead to one another"),
    ]
    .into_iter()
    .enumerate()
    {
        let name = format!("list-{number}.m3u8");
        let list = if address.ends_with("m3u8") {
            format!("#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\n{address}\n")
        } else {
            format!("#EXTM3U\n#EXTINF:2,\n{address}\n#EXT-X-ENDLIST\n")
        };
        fs::write(root.join("public").join(&name), list).unwrap();
        let fault = library.asset(&format!("/{name}"), AssetKind::Video);
        let fault = fault.unwrap_err();
        assert!(fault.contains(told), "{address}: {fault}");
    }
}
