//! `kinora studio`; what it serves is tested in its own crate.

use std::{
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::TcpStream,
    process::Stdio,
};

use crate::studio::Studio;

#[test]
fn the_studio_tells_its_address_and_ends_when_asked() {
    let studio =
        Studio::scene("  view.add(<Rect size={30} fill={'red'} />);\n  yield* waitFor(1);");
    let args = ["studio", "src/project.tsx", "--no-open"];
    let mut child = studio
        .command(&args)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut url = String::new();
    let mut out = BufReader::new(child.stdout.take().unwrap());
    out.read_line(&mut url).unwrap();
    let (host, path) = url
        .trim()
        .strip_prefix("http://")
        .unwrap()
        .split_once('/')
        .unwrap();
    let mut stream = TcpStream::connect(host).unwrap();
    write!(
        stream,
        "GET /{path} HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\n\r\n"
    )
    .unwrap();
    let mut page = String::new();
    stream.read_to_string(&mut page).unwrap();
    assert!(
        page.starts_with("HTTP/1.1 200 OK") && page.contains("<title>Kinora studio</title>"),
        "{page}"
    );
    let port = host.rsplit(':').next().unwrap();
    let taken = studio.run(&[&args[..], &["--port", port]].concat());
    assert_eq!(taken.code, Some(2));
    assert!(taken.err.contains("--port names another"), "{}", taken.err);
    let stopped = std::process::Command::new("kill")
        .args(["-INT", &child.id().to_string()])
        .status();
    assert!(stopped.unwrap().success());
    assert_eq!(child.wait().unwrap().code(), Some(0));
}

#[test]
fn a_project_that_is_not_there_is_told_at_once() {
    let studio = Studio::scene("");
    studio
        .run(&["studio", "src/none.tsx"])
        .fault(1, "`src/none.tsx` does not exist");
}
