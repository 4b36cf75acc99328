//! Objects that arrive in parts, and copies.

use crate::client::{Client, Reply};
use crate::objects::{code, element, elements, get, put};
use crate::stage::{s3, start};

/// Begins an upload and gives its id.
fn begin(client: &Client, key: &str) -> String {
    let reply = client
        .send(
            "POST",
            &format!("/kinora/{key}?uploads"),
            &[("content-type", "video/mp4")],
            &[],
        )
        .unwrap();
    element(&reply.text(), "UploadId").unwrap_or_else(|| panic!("{}", reply.text()))
}

fn part(client: &Client, key: &str, upload: &str, number: u32, body: &[u8]) -> Reply {
    let target = format!("/kinora/{key}?partNumber={number}&uploadId={upload}");
    client.send("PUT", &target, &[], body).unwrap()
}

fn complete(
    client: &Client,
    key: &str,
    upload: &str,
    parts: &[(u32, &str)],
    headers: &[(&str, &str)],
) -> Reply {
    let parts: String = parts
        .iter()
        .map(|(number, etag)| {
            format!("<Part><PartNumber>{number}</PartNumber><ETag>{etag}</ETag></Part>")
        })
        .collect();
    let body = format!("<CompleteMultipartUpload>{parts}</CompleteMultipartUpload>");
    client
        .send(
            "POST",
            &format!("/kinora/{key}?uploadId={upload}"),
            headers,
            body.as_bytes(),
        )
        .unwrap()
}

const MIB: usize = 1 << 20;

#[test]
fn parts_become_one_object() {
    let emulator = start();
    let client = s3(&emulator);
    let upload = begin(&client, "film.mp4");
    let etag = |reply: Reply| reply.header("etag").unwrap().to_owned();
    // Out of order, with numbers left out, one of them sent twice.
    let last = etag(part(&client, "film.mp4", &upload, 9, b"the end"));
    etag(part(&client, "film.mp4", &upload, 2, &vec![b'x'; 6 * MIB]));
    let first = etag(part(&client, "film.mp4", &upload, 2, &vec![b'a'; 5 * MIB]));
    let second = etag(part(&client, "film.mp4", &upload, 4, &vec![b'b'; 5 * MIB]));
    etag(part(&client, "film.mp4", &upload, 5, b"of no use"));
    assert_eq!(get(&client, "film.mp4", &[]).status, 404);

    let parts = client
        .send(
            "GET",
            &format!("/kinora/film.mp4?uploadId={upload}"),
            &[],
            &[],
        )
        .unwrap()
        .text();
    assert_eq!(elements(&parts, "PartNumber"), ["2", "4", "5", "9"]);
    assert_eq!(element(&parts, "ETag"), Some(first.clone()));
    let uploads = client
        .send("GET", "/kinora?uploads", &[], &[])
        .unwrap()
        .text();
    assert_eq!(elements(&uploads, "UploadId"), [upload.as_str()]);
    assert_eq!(emulator.uploads("kinora"), ["film.mp4"]);

    let wrong = |parts: &[(u32, &str)]| code(&complete(&client, "film.mp4", &upload, parts, &[]));
    assert_eq!(
        wrong(&[(4, &second), (2, &first)]),
        (400, "InvalidPartOrder".to_owned())
    );
    assert_eq!(
        wrong(&[(2, &second), (4, &second)]),
        (400, "InvalidPart".to_owned())
    );
    assert_eq!(
        wrong(&[(2, &first), (3, &second)]),
        (400, "InvalidPart".to_owned())
    );
    assert_eq!(
        wrong(&[(9, &last), (10, &last)]),
        (400, "InvalidPart".to_owned())
    );
    let reply = complete(
        &client,
        "film.mp4",
        &upload,
        &[(2, &first), (4, &second), (9, &last)],
        &[],
    );
    assert_eq!(reply.status, 200, "{}", reply.text());
    assert!(
        element(&reply.text(), "ETag").unwrap().ends_with("-3\""),
        "{}",
        reply.text()
    );

    let object = get(&client, "film.mp4", &[]);
    assert_eq!(object.header("content-type"), Some("video/mp4"));
    let expected = [
        vec![b'a'; 5 * MIB],
        vec![b'b'; 5 * MIB],
        b"the end".to_vec(),
    ]
    .concat();
    assert!(object.body == expected, "{} bytes", object.body.len());
    let gone = complete(&client, "film.mp4", &upload, &[(2, &first)], &[]);
    assert_eq!(code(&gone), (404, "NoSuchUpload".to_owned()));
    let uploads = client
        .send("GET", "/kinora?uploads", &[], &[])
        .unwrap()
        .text();
    assert_eq!(elements(&uploads, "UploadId"), [""; 0]);
    assert_eq!(emulator.uploads("kinora"), [""; 0]);
    assert_eq!(
        emulator.objects("kinora"),
        [("film.mp4".to_owned(), expected.len() as u64)]
    );
}

#[test]
fn a_small_part_that_is_not_the_last_is_refused() {
    let emulator = start();
    let client = s3(&emulator);
    let upload = begin(&client, "small");
    let small = part(&client, "small", &upload, 1, b"small")
        .header("etag")
        .unwrap()
        .to_owned();
    let last = part(&client, "small", &upload, 2, b"last")
        .header("etag")
        .unwrap()
        .to_owned();
    let refused = complete(&client, "small", &upload, &[(1, &small), (2, &last)], &[]);
    assert_eq!(code(&refused), (400, "EntityTooSmall".to_owned()));
    // The upload goes on.
    let large = part(&client, "small", &upload, 1, &vec![0; 5 * MIB])
        .header("etag")
        .unwrap()
        .to_owned();
    assert_eq!(
        complete(&client, "small", &upload, &[(1, &large), (2, &last)], &[]).status,
        200
    );
}

#[test]
fn parts_become_an_object_only_if_there_is_none() {
    let emulator = start();
    let client = s3(&emulator);
    let uploads: Vec<(String, String)> = (0..2)
        .map(|number| {
            let upload = begin(&client, "result");
            let reply = part(
                &client,
                "result",
                &upload,
                1,
                format!("from {number}").as_bytes(),
            );
            (upload, reply.header("etag").unwrap().to_owned())
        })
        .collect();
    let once = [("if-none-match", "*")];
    let finish = |(upload, etag): &(String, String)| {
        complete(&client, "result", upload, &[(1, etag)], &once)
    };
    assert_eq!(finish(&uploads[0]).status, 200);
    assert_eq!(
        code(&finish(&uploads[1])),
        (412, "PreconditionFailed".to_owned())
    );
    assert_eq!(get(&client, "result", &[]).text(), "from 0");
    let aborted = client
        .send(
            "DELETE",
            &format!("/kinora/result?uploadId={}", uploads[1].0),
            &[],
            &[],
        )
        .unwrap();
    assert_eq!(aborted.status, 204);
    assert_eq!(
        code(&part(&client, "result", &uploads[1].0, 1, b"late")),
        (404, "NoSuchUpload".to_owned())
    );
}

#[test]
fn objects_are_copied_whole_and_in_parts() {
    let emulator = start();
    let client = s3(&emulator);
    put(
        &client,
        "source",
        &[("content-type", "text/plain"), ("x-amz-meta-a", "b")],
        b"0123456789",
    );
    let reply = put(
        &client,
        "copy",
        &[("x-amz-copy-source", "/kinora/source")],
        b"",
    );
    assert_eq!(reply.status, 200, "{}", reply.text());
    let copy = get(&client, "copy", &[]);
    assert_eq!(
        (copy.text().as_str(), copy.header("content-type")),
        ("0123456789", Some("text/plain"))
    );
    assert_eq!(copy.header("x-amz-meta-a"), Some("b"));
    let missing = put(
        &client,
        "copy",
        &[("x-amz-copy-source", "/kinora/missing")],
        b"",
    );
    assert_eq!(code(&missing), (404, "NoSuchKey".to_owned()));

    let upload = begin(&client, "joined");
    let target = format!("/kinora/joined?partNumber=1&uploadId={upload}");
    let headers = [
        ("x-amz-copy-source", "kinora/source"),
        ("x-amz-copy-source-range", "bytes=3-5"),
    ];
    let reply = client.send("PUT", &target, &headers, &[]).unwrap();
    let etag = element(&reply.text(), "ETag").unwrap();
    assert_eq!(
        complete(&client, "joined", &upload, &[(1, &etag)], &[]).status,
        200
    );
    assert_eq!(get(&client, "joined", &[]).text(), "345");
}
