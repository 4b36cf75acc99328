//! What a project is granted: the network, time, memory, the files around it.

use std::os::unix::fs::symlink;

use serde_json::{Value, json};

use crate::{
    server::{Manner, Server},
    studio::{Studio, interrupt, project},
};

/// A project that fetches a text and logs what it is answered.
fn fetching(url: &str) -> Studio {
    Studio::new(&format!(
        "const answer = await fetch('{url}').then(r => r.text(), error => error.message);\nconsole.log(answer);\n{}",
        project("  yield;")
    ))
}

fn inspect(studio: &Studio, args: &[&str]) -> (String, Value) {
    let told = studio
        .run(&[&["inspect", "src/project.tsx", "--json"], args].concat())
        .good();
    (told.err, serde_json::from_str(&told.out).unwrap())
}

#[test]
fn fetched_urls_are_told() {
    let mut server = Server::start(&[("/a.txt", b"hello".to_vec())]);
    let url = server.url("/moved/a.txt");
    let studio = fetching(&url);
    let (said, facts) = inspect(&studio, &[]);
    assert_eq!(said, "hello\n");
    assert_eq!(
        facts["urls"],
        json!([{"url": url, "bytes": 5, "kept": false}])
    );
    let text = studio.run(&["inspect", "src/project.tsx"]).good().out;
    assert!(
        text.contains(&format!("\nfetched\n  {url}: 5 bytes\n")),
        "{text}"
    );

    // without the network, what was fetched before is there
    server.requests();
    server.stop();
    let (said, facts) = inspect(&studio, &["--offline"]);
    assert_eq!(said, "hello\n");
    assert_eq!(
        facts["urls"],
        json!([{"url": url, "bytes": 5, "kept": true}])
    );
}

#[test]
fn without_the_network_nothing_is_fetched() {
    let server = Server::start(&[("/a.txt", b"hello".to_vec())]);
    let url = server.url("/a.txt");
    let (said, _) = inspect(&fetching(&url), &["--offline"]);
    assert_eq!(
        said,
        format!(
            "fetch failed: cannot fetch `{url}`: it was not fetched by an earlier run, and nothing is fetched now (--offline)\n"
        )
    );
    let studio = Studio::scene(&format!("  yield view.add(<Video src={{'{url}'}} />);"));
    let told = studio.render(&["--offline"]);
    assert_eq!(told.code, Some(1));
    assert!(
        told.err.contains("nothing is fetched now (--offline)"),
        "{}",
        told.err
    );
    let studio = Studio::new(&format!(
        "await fetch('{url}', {{method: 'POST', body: 'x'}}).catch(error => console.log(error.message));\n{}",
        project("  yield;")
    ));
    let (said, _) = inspect(&studio, &["--offline"]);
    assert!(
        said.ends_with(": nothing is sent now (--offline)\n"),
        "{said}"
    );
    assert!(server.requests().is_empty());
}

#[test]
fn fonts_come_from_stylesheets_on_the_network() {
    let font = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../script/fonts/Roboto-Bold.ttf"
    );
    let sheet = "/* latin */ @font-face { font-family: 'Webby'; font-weight: 700; src: url(../files/webby.ttf) format('truetype'); }";
    let mut server = Server::start(&[
        (
            "/css2?family=Webby:wght@400;700&display=swap",
            sheet.replace("../files", "/files").into_bytes(),
        ),
        (
            "/styles/direct.css",
            sheet.replace("Webby", "Direct").into_bytes(),
        ),
        ("/files/webby.ttf", std::fs::read(font).unwrap()),
    ]);
    let studio = Studio::new(&format!(
        "import './global.css';\nimport '{}';\n{}",
        server.url("/styles/direct.css"),
        project(
            "  view.add(<><Txt fontFamily={'Webby'} text={'a'} /><Txt fontFamily={'Direct'} text={'b'} /></>);\n  yield;"
        )
    ));
    studio.write(
        "src/global.css",
        &format!(
            "@import url('{}');\nbody {{ font-family: 'Webby'; }}",
            server.url("/css2?family=Webby:wght@400;700&display=swap")
        ),
    );
    let families = |facts: &Value| -> Vec<String> {
        let fonts = facts["fonts"].as_array().unwrap();
        let names = fonts.iter().map(|font| font["family"].as_str().unwrap());
        let mut own: Vec<String> = names
            .filter(|name| *name != "Roboto")
            .map(str::to_owned)
            .collect();
        own.sort();
        own
    };
    let (said, facts) = inspect(&studio, &[]);
    assert_eq!(said, "");
    assert_eq!(families(&facts), ["Direct", "Webby"]);
    assert_eq!(facts["urls"].as_array().map(Vec::len), Some(3));
    server.stop();
    let (said, facts) = inspect(&studio, &["--offline"]);
    assert_eq!(
        (said.as_str(), families(&facts)),
        ("", vec!["Direct".to_owned(), "Webby".to_owned()])
    );
}

#[test]
fn answers_come_with_their_status() {
    let server = Server::start(&[("/a.txt", b"hello".to_vec())]);
    server.behave(Manner::Status(404));
    let studio = Studio::new(&format!(
        "const r = await fetch('{}');\nconsole.log(r.status, r.ok, (await r.text()).length);\n{}",
        server.url("/a.txt"),
        project("  yield;")
    ));
    assert_eq!(inspect(&studio, &[]).0, "404 false 0\n");
    let studio = Studio::new(&format!(
        "console.log(await (await fetch('/data.json')).json(), await fetch('/none.json').catch(e => e.name));\n{}",
        project("  yield;")
    ));
    studio.write("public/data.json", "{\"a\": 1}");
    assert_eq!(inspect(&studio, &[]).0, "{a: 1} TypeError\n");
}

#[test]
fn only_allowed_urls_are_fetched() {
    let server = Server::start(&[("/a/x.txt", b"in".to_vec()), ("/b/x.txt", b"out".to_vec())]);
    let allowed = server.url("/a/");
    let said = |path: &str, args: &[&str]| inspect(&fetching(&server.url(path)), args).0;
    assert_eq!(said("/a/x.txt", &["--allow-url", &allowed]), "in\n");
    assert_eq!(
        said(
            "/b/x.txt",
            &[
                "--allow-url",
                "https://other.test",
                "--allow-url",
                &server.url("/b")
            ]
        ),
        "out\n"
    );
    let refused = format!(
        "`{}` is not among the URLs that may be fetched (--allow-url)\n",
        server.url("/b/x.txt")
    );
    for path in ["/b/x.txt", "/a/../b/x.txt", "/a/%2e%2e/b/x.txt"] {
        let told = said(path, &["--allow-url", &allowed]);
        assert!(told.ends_with(&refused), "{path}: {told}");
    }
    assert_eq!(server.requests().len(), 2);
    // a redirect is followed only to what is allowed
    let moved = server.url("/moved");
    let told = said("/moved/b/x.txt", &["--allow-url", &moved]);
    assert!(
        told.contains("the server redirects to `/b/x.txt`: ") && told.ends_with(&refused),
        "{told}"
    );
    let wrong = fetching(&moved).run(&["inspect", "src/project.tsx", "--allow-url", "file:///"]);
    assert_eq!(wrong.code, Some(2));
    assert!(
        wrong
            .err
            .contains("only `http:` and `https:` URLs are fetched"),
        "{}",
        wrong.err
    );
}

#[test]
fn a_stranger_s_project_reaches_no_private_address() {
    let server = Server::start(&[("/a.txt", b"hello".to_vec())]);
    let port = server.url("").rsplit_once(':').unwrap().1.to_owned();
    let own = |host: &str| format!("http://{host}:{port}/a.txt");
    for host in [
        "127.0.0.1",
        "localhost",
        "2130706433",
        "0x7f.1",
        "127.1",
        "0.0.0.0",
        "[::1]",
        "[::ffff:127.0.0.1]",
    ] {
        let (said, _) = inspect(&fetching(&own(host)), &["--untrusted"]);
        let known = said.contains("which is not a public one, and only those may be connected to")
            || said.contains("the host is not known")
            || said.contains("the server does not answer");
        assert!(known, "{host}: {said}");
    }
    assert!(server.requests().is_empty());
    // unless it is named
    let url = own("127.0.0.1");
    let (said, _) = inspect(&fetching(&url), &["--untrusted", "--allow-url", &url]);
    assert_eq!(said, "hello\n");
    let (said, _) = inspect(&fetching("file:///etc/passwd"), &["--untrusted"]);
    assert!(said.contains("there is no file"), "{said}");
    assert_eq!(server.requests().len(), 1);
}

#[test]
fn a_stranger_s_project_stays_in_its_folder() {
    let studio = Studio::scene("  yield view.add(<Img src={'/link.png'} />);");
    let outside = studio.path("../outside.png");
    std::fs::write(&outside, "not a picture").unwrap();
    symlink(&outside, studio.path("public/link.png")).unwrap();
    let told = studio.render(&["--untrusted"]);
    assert_eq!(told.code, Some(1));
    assert!(
        told.err
            .contains("leads out of the project's folder (--untrusted)"),
        "{}",
        told.err
    );
    // one's own projects may link to where they like
    let told = studio.render(&[]);
    assert!(
        told.err.contains("is not a picture, video or sound file"),
        "{}",
        told.err
    );

    std::fs::write(studio.path("../secret.ts"), "export default 'secret';").unwrap();
    studio.write(
        "src/project.tsx",
        &format!(
            "import secret from '../../secret';\nconsole.log(secret);\n{}",
            project("  yield;")
        ),
    );
    let told = studio.run(&["inspect", "src/project.tsx", "--untrusted"]);
    assert_eq!(told.code, Some(1));
    assert!(
        told.err.contains("cannot find module `../../secret`") && !told.err.contains("\nsecret"),
        "{}",
        told.err
    );
    let told = studio.run(&["inspect", "src/project.tsx"]).good();
    assert_eq!(told.err, "secret\n");
}

#[test]
fn a_stranger_s_project_does_not_climb() {
    let studio = Studio::new("");
    std::fs::create_dir_all(studio.path("downloads/x/src")).unwrap();
    studio.write("downloads/x/own.txt", "own");
    studio.write("public/key.txt", "secret");
    let reads = |file: &str| {
        let source = "for (const name of ['../public/key.txt', '../../public/key.txt', '/key.txt', '/public/key.txt', '/own.txt'])\n  console.log(name, await fetch(name).then(r => r.text(), () => 'none'));\n";
        studio.write(file, &format!("{source}{}", project("  yield;")));
        let told = studio
            .run(&["inspect", file, "--json", "--untrusted"])
            .good();
        assert!(!told.err.contains("secret"), "{file}: {}", told.err);
        let import = format!(
            "import key from '../../../public/key.txt?raw';\nconsole.log(key);\n{}",
            project("  yield;")
        );
        studio.write(file, &import);
        let told_of_import = studio.run(&["inspect", file, "--untrusted"]);
        assert_eq!(told_of_import.code, Some(1), "{}", told_of_import.err);
        assert!(
            !told_of_import.err.contains("secret"),
            "{}",
            told_of_import.err
        );
        told.err
    };
    assert!(reads("downloads/x/project.tsx").ends_with("/own.txt own\n"));
    // what a folder `src` lies in is the project's only if it looks like one
    assert!(reads("downloads/x/src/project.tsx").ends_with("/own.txt none\n"));
    studio.write("downloads/x/package.json", "{}");
    assert!(reads("downloads/x/src/project.tsx").ends_with("/own.txt own\n"));
    // unless a root is named
    let source = "console.log(await fetch('/key.txt').then(r => r.text()));\n";
    studio.write(
        "downloads/x/project.tsx",
        &format!("{source}{}", project("  yield;")),
    );
    let args = [
        "inspect",
        "downloads/x/project.tsx",
        "--untrusted",
        "--root",
        ".",
    ];
    assert_eq!(studio.run(&args).good().err, "secret\n");
}

#[test]
fn nobody_reads_the_system_s_state() {
    let studio = Studio::new(&format!(
        "import env from '/proc/self/environ?raw';\nconsole.log(env);\n{}",
        project("  yield;")
    ));
    let told = studio.run(&["inspect", "src/project.tsx"]);
    assert_eq!(told.code, Some(1));
    assert!(
        told.err.contains("it is no file but the system's") && !told.err.contains("HOME="),
        "{}",
        told.err
    );
    symlink("/proc/self", studio.path("public/self")).unwrap();
    symlink("/proc/self/environ", studio.path("src/env.txt")).unwrap();
    studio.write(
        "src/project.tsx",
        &format!(
            "console.log(await fetch('/self/environ').then(r => r.text(), e => e.message));\n{}",
            project("  yield;")
        ),
    );
    let (said, _) = inspect(&studio, &[]);
    assert!(said.contains("it is no file but the system's"), "{said}");
    studio.write(
        "src/project.tsx",
        &format!(
            "import env from './env.txt?raw';\nconsole.log(env);\n{}",
            project("  yield;")
        ),
    );
    let told = studio.run(&["inspect", "src/project.tsx"]);
    assert!(
        told.code == Some(1) && !told.err.contains("HOME="),
        "{}",
        told.err
    );
}

#[test]
fn a_bundle_holds_what_its_project_may_read() {
    let studio = Studio::scene("  yield;");
    std::fs::create_dir_all(studio.path("../private/deep")).unwrap();
    for name in ["../private/key.txt", "../private/deep/key.txt"] {
        studio.write(name, "the user's own secret");
    }
    studio.write("public/own.txt", "own");
    symlink(
        studio.path("../private/key.txt"),
        studio.path("public/leak.txt"),
    )
    .unwrap();
    symlink(studio.path("../private"), studio.path("public/folder")).unwrap();
    for name in ["a", "b"] {
        symlink(".", studio.path("public").join(name)).unwrap();
    }
    std::fs::remove_file(studio.path("package.json")).unwrap();
    symlink(
        studio.path("../private/key.txt"),
        studio.path("package.json"),
    )
    .unwrap();
    let told = studio
        .run(&["bundle", "src/project.tsx", "--untrusted", "-o", "b.kinora"])
        .good();
    for link in ["public/leak.txt", "public/folder"] {
        let warning =
            format!("{link}` is not in the bundle: it leads to where the project may not read\n");
        assert!(told.err.contains(&warning), "{}", told.err);
    }
    let names = listed(&studio);
    assert_eq!(names, ["public/own.txt", "src/project.tsx"]);
    // one's own goes wherever it likes, but round in circles only once
    studio
        .run(&["bundle", "src/project.tsx", "-o", "b.kinora"])
        .good();
    assert!(
        listed(&studio)
            .iter()
            .any(|name| name.ends_with("private/deep/key.txt"))
    );
}

/// The files of `b.kinora`.
fn listed(studio: &Studio) -> Vec<String> {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(studio.bytes("b.kinora"))).unwrap();
    let list: Value = serde_json::from_reader(archive.by_name("kinora.json").unwrap()).unwrap();
    list["files"].as_object().unwrap().keys().cloned().collect()
}

#[test]
fn what_was_fetched_before_is_fenced_as_well() {
    let mut server = Server::start(&[
        ("/a.txt", b"hello".to_vec()),
        ("/b/a.txt", b"other".to_vec()),
    ]);
    let studio = fetching(&server.url("/a.txt"));
    assert_eq!(inspect(&studio, &[]).0, "hello\n");
    let moved = fetching(&server.url("/moved/b/a.txt"));
    assert_eq!(inspect(&moved, &[]).0, "other\n");
    let said = inspect(&moved, &["--offline", "--allow-url", &server.url("/moved")]).0;
    assert!(
        said.contains("is not among the URLs that may be fetched (--allow-url)"),
        "{said}"
    );
    assert_eq!(
        inspect(&moved, &["--offline", "--allow-url", &server.url("/")]).0,
        "other\n"
    );
    server.stop();
    let said = inspect(&studio, &["--offline", "--untrusted"]).0;
    assert!(
        said.contains("`127.0.0.1` had an address that was not known to be public"),
        "{said}"
    );
    // nor where the server is asked first and does not answer
    let said = inspect(&studio, &["--untrusted"]).0;
    assert!(!said.contains("hello"), "{said}");
    assert_eq!(inspect(&studio, &["--offline"]).0, "hello\n");
    let url = server.url("/");
    assert_eq!(
        inspect(&studio, &["--offline", "--untrusted", "--allow-url", &url]).0,
        "hello\n"
    );
}

#[test]
fn every_download_has_an_end() {
    let server = Server::start(&[("/a.png", vec![7; 1000])]);
    server.behave(Manner::Drips);
    let url = server.url("/a.png");
    for body in [
        format!("  yield view.add(<Img src={{'{url}'}} />);"),
        format!("  yield fetch('{url}');"),
        format!("  yield fetch('{url}', {{method: 'POST', body: 'x'}});"),
    ] {
        let told = Studio::scene(&body).render(&["--max-wait", "0.5s"]);
        assert_eq!(told.code, Some(1), "{}", told.err);
        assert!(
            told.err
                .starts_with("error: frame 0 waited longer than 0.5 s for files\n"),
            "{}",
            told.err
        );
        assert!(
            told.err.contains(&format!("it waited longest for `{url}`")),
            "{}",
            told.err
        );
    }
    server.behave(Manner::Silent);
    let told = Studio::scene(&format!("  yield view.add(<Img src={{'{url}'}} />);"))
        .render(&["--max-wait", "0.5s"]);
    assert!(
        told.code == Some(1) && told.err.contains(&url),
        "{}",
        told.err
    );
}

#[test]
fn what_other_files_name_has_an_end_as_well() {
    let slow = Server::start(&[("/a", vec![7; 1000]), ("/a.css", vec![b' '; 1000])]);
    slow.behave(Manner::Drips);
    let (far, far_sheet) = (slow.url("/a"), slow.url("/a.css"));
    let sheet = format!("@font-face {{ font-family: 'W'; src: url({far}); }}");
    let list = format!("#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:2,\n{far}\n#EXT-X-ENDLIST\n");
    let server = Server::start(&[
        ("/a.css", sheet.into_bytes()),
        ("/a.m3u8", list.into_bytes()),
    ]);
    let (css, list) = (server.url("/a.css"), server.url("/a.m3u8"));
    let text = "  view.add(<Txt fontFamily={'W'} text={'a'} />);\n  yield;";
    let video = format!("  yield view.add(<Video src={{'{list}'}} play={{true}} />);");
    for (what, source, named) in [
        (
            "a sheet",
            format!("import '{far_sheet}';\n{}", project(text)),
            &far_sheet,
        ),
        (
            "a font",
            format!("import '{css}';\n{}", project(text)),
            &far,
        ),
        ("a part of a play list", project(&video), &list),
    ] {
        let told = Studio::new(&source).render(&["--max-wait", "0.5s"]);
        assert_eq!(told.code, Some(1), "{what}: {}", told.err);
        let longest = format!("it waited longest for `{named}`");
        assert!(told.err.contains(&longest), "{what}: {}", told.err);
    }
}

#[test]
fn large_pictures_are_refused_before_they_are_decoded() {
    // the beginning of a PNG of 65535 by 65535 pixels of 16 bits and four channels
    let mut head = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\xff\xff\0\0\xff\xff\x10\x06\0\0\0".to_vec();
    let sum = crc32(&head[12..]);
    head.extend(sum.to_be_bytes());
    head.extend(b"\0\0\0\x0aIDAT\x78\x9c\x63\0\0\0\x02\0\x01\x73\x75\x01\x18");
    let mut gif =
        b"GIF89a\xff\xff\xff\xff\0\0\0,\0\0\0\0\xff\xff\xff\xff\0\x02\x02\x44\x01\0;".to_vec();
    gif.extend([0; 16]);
    for (what, bytes) in [("png", head), ("gif", gif)] {
        for body in ["<Img src={'/b.bin'} />", "<Video src={'/b.bin'} />"] {
            let studio = Studio::scene(&format!("  yield view.add({body});"));
            std::fs::write(studio.path("public/b.bin"), &bytes).unwrap();
            let told = studio.render(&[]);
            let right =
                "`/b.bin` has 65535x65535 pixels, and at most 67108864 are decoded (--max-picture;";
            assert!(
                told.code == Some(1) && told.err.contains(right),
                "{what} {body}: {told:?}"
            );
        }
    }
    let studio = Studio::scene("  yield view.add(<Video src={'/clip.mp4'} />);");
    studio.make_clip("clip.mp4", 10);
    studio.render(&["--max-picture", "160x90"]).good();
    let told = studio.render(&["--max-picture", "14399"]);
    assert!(
        told.code == Some(1) && told.err.contains("`/clip.mp4` has 160x90 pixels"),
        "{told:?}"
    );
    studio
        .render(&["--max-picture", "0"])
        .refused("--max-picture");
}

/// The checksum of PNG's chunks.
pub fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0, |sum, byte| {
        (0..8).fold(sum ^ u32::from(*byte), |sum, _| {
            (sum >> 1) ^ ((sum & 1) * 0xedb8_8320)
        })
    })
}

#[test]
fn what_scripts_say_commands_no_terminal() {
    let studio = Studio::scene(
        "  console.log('\\x1b[31mred\\x07\\rover');\n  yield;\n  throw new Error('\\x1b]0;title\\x07');",
    );
    let told = studio.render(&[]);
    assert!(
        told.err.contains("\\x1b[31mred\\x07\\x0dover\n"),
        "{}",
        told.err
    );
    assert!(
        told.err.contains("error: \\x1b]0;title\\x07"),
        "{}",
        told.err
    );
    assert!(!told.err.contains(['\x1b', '\x07', '\r']), "{}", told.err);
}

#[test]
fn a_script_inside_of_a_built_in_is_ended() {
    for body in [
        "  Array(2 ** 32 - 1).join('');",
        "  'a'.repeat(1 << 22).indexOf('a'.repeat(1 << 21) + 'b');",
    ] {
        let studio = Studio::scene(body);
        let told = studio.render(&["--max-frame-time", "2s"]);
        assert_eq!(told.code, Some(1), "{}", told.err);
        let right = "error: frame 0 took longer than 2 s of script\n  src/project.tsx:4:";
        assert!(told.err.starts_with(right), "{}", told.err);
        for words in [&["check"][..], &["inspect", "--at", "0"]] {
            let limit = ["src/project.tsx", "--max-frame-time", "2s"];
            let told = studio.run(&[words, &limit].concat());
            assert_eq!(told.code, Some(1), "{words:?}: {}", told.err);
            assert!(told.err.starts_with(right), "{words:?}: {}", told.err);
        }
        let child = studio.start(&["render", "src/project.tsx", "--progress", "none"]);
        std::thread::sleep(std::time::Duration::from_millis(3000));
        interrupt(child);
    }
}

#[test]
fn a_property_that_never_ends_is_ended_in_whatever_reads_it() {
    let studio = Studio::scene(
        "  view.add(<Txt text={'a'} opacity={0} x={() => {\n    for (;;);\n  }} />);\n  yield;",
    );
    let limit = ["src/project.tsx", "--max-frame-time", "1s"];
    for words in [&["check"][..], &["inspect", "--at", "0"]] {
        let told = studio.run(&[words, &limit].concat());
        assert_eq!(told.code, Some(1), "{words:?}: {}", told.err);
        let right = "error: frame 0 took longer than 1 s of script\n  src/project.tsx:4:";
        assert!(told.err.starts_with(right), "{words:?}: {}", told.err);
    }
}

#[test]
fn an_imported_file_is_the_project_s_wherever_it_lies() {
    let studio = Studio::new("");
    std::fs::create_dir_all(studio.path("../shared")).unwrap();
    studio.make_clip("clip.mp4", 10);
    std::fs::rename(
        studio.path("public/clip.mp4"),
        studio.path("../shared/clip.mp4"),
    )
    .unwrap();
    studio.write(
        "src/project.tsx",
        &format!(
            "import clip from '../../shared/clip.mp4';\n{}",
            project("  yield view.add(<Video src={clip} />);")
        ),
    );
    let (_, facts) = inspect(&studio, &[]);
    assert_eq!(facts["assets"][0]["kind"], "video");
}

#[test]
fn the_present_stands_still_and_is_told() {
    let studio = Studio::scene(
        "  console.log(Date.now(), new Date().toISOString(), performance.now());\n  yield;",
    );
    let (said, facts) = inspect(&studio, &["--now", "2026-03-01T09:30:00.250+01:00"]);
    assert_eq!(said, "1772353800250 2026-03-01T08:30:00.250Z 0\n");
    assert_eq!(facts["now"], "2026-03-01T08:30:00.250Z");
    let (said, _) = inspect(&studio, &["--now", "1700000000000"]);
    assert_eq!(said, "1700000000000 2023-11-14T22:13:20.000Z 0\n");
    let wrong = studio.run(&["inspect", "src/project.tsx", "--now", "noon"]);
    assert_eq!(wrong.code, Some(2));
    assert!(wrong.err.contains("2026-03-01T09:30:00Z"), "{}", wrong.err);

    // without being told, it is the moment that the recording began
    let now = || {
        std::time::SystemTime::now()
            .duration_since(std::time::UNIX_EPOCH)
            .unwrap()
            .as_millis()
    };
    let before = now();
    let (said, _) = inspect(&studio, &[]);
    let seen: u128 = said.split(' ').next().unwrap().parse().unwrap();
    assert!((before..=now()).contains(&seen), "{seen}");
}

#[test]
fn limits_are_set_by_flags() {
    let memory = Studio::scene(
        "  const all: any[] = [];\n  while (true) all.push(new Array(1000).fill(0));",
    );
    let told = memory.render(&["--max-memory", "64M"]);
    assert_eq!(told.code, Some(1));
    assert!(
        told.err.starts_with(
            "error: the script needs more than 64 MiB of memory\n  src/project.tsx:5:"
        ),
        "{}",
        told.err
    );
    let time = Studio::scene("  for (;;);");
    let told = time.render(&["--max-frame-time", "0.2s"]);
    assert!(
        told.err
            .starts_with("error: frame 0 took longer than 0.2 s of script\n  src/project.tsx:"),
        "{}",
        told.err
    );
    let depth = Studio::scene(
        "  const down = (n: number): number => (n > 0 ? 1 + down(n - 1) : 0);\n  console.log(down(30000));\n  yield;",
    );
    let told = depth.render(&[]);
    assert!(
        told.err
            .contains("Maximum call stack size exceeded\n  src/project.tsx:4:"),
        "{}",
        told.err
    );
    let (said, _) = inspect(&depth, &["--max-stack", "32M"]);
    assert_eq!(said, "30000\n");
}

#[test]
fn downloads_are_waited_for_as_long_as_may_be() {
    let server = Server::start(&[("/a.txt", b"hello".to_vec())]);
    let studio = Studio::scene(&format!(
        "  while (true) yield fetch('{}');",
        server.url("/a.txt")
    ));
    let told = studio.render(&["--max-wait", "0.2s"]);
    assert_eq!(told.code, Some(1));
    assert!(
        told.err
            .starts_with("error: frame 0 waited longer than 0.2 s for files\n  src/project.tsx:"),
        "{}",
        told.err
    );
    // a server that says nothing keeps nobody who wants to stop
    server.behave(Manner::Silent);
    let body = format!(
        "  while (true) yield fetch('{}').catch(() => 0);",
        server.url("/a.txt")
    );
    let studio = Studio::scene(&body);
    let child = studio.start(&["render", "src/project.tsx", "--progress", "none"]);
    std::thread::sleep(std::time::Duration::from_millis(500));
    interrupt(child);
}

#[test]
fn a_file_of_variables_that_is_the_system_s_is_none() {
    let studio = Studio::scene("console.log('leak', import.meta.env.VITE_LEAK);\n  yield;");
    let told = |studio: &Studio| {
        let mut command = studio.command(&["inspect", "src/project.tsx"]);
        command.env("AN_EARLY_ONE", "x\nVITE_LEAK=secret\n");
        let told = crate::studio::outcome(command).good();
        told.out + &told.err
    };
    std::os::unix::fs::symlink("/proc/self/environ", studio.path(".env")).unwrap();
    let shown = told(&studio);
    assert!(shown.contains("leak undefined"), "{shown}");
    std::fs::remove_file(studio.path(".env")).unwrap();
    studio.write(".env", "VITE_LEAK=own\n");
    let shown = told(&studio);
    assert!(shown.contains("leak own"), "{shown}");
}
