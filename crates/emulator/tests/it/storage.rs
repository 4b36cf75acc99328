use std::collections::HashSet;
use std::io::{Read as _, Write as _};

use kinora_emulator::{Bucket, Emulator, EmulatorOptions};
use serde_json::json;

use crate::client::{Client, Reply};
use crate::objects::{code, element, elements, get, put};
use crate::stage::{invoke, options, s3, start};

#[test]
fn an_object_comes_back_with_what_was_said_of_it() {
    let emulator = start();
    let client = s3(&emulator);
    let headers = [
        ("content-type", "video/mp4"),
        ("cache-control", "no-store"),
        ("x-amz-meta-job", "12345"),
        ("content-disposition", "attachment"),
    ];
    let reply = put(&client, "a/b.mp4", &headers, b"hello");
    assert_eq!(reply.status, 200, "{}", reply.text());
    let etag = "\"5d41402abc4b2a76b9719d911017c592\"";
    assert_eq!(reply.header("etag"), Some(etag));
    for method in ["GET", "HEAD"] {
        let reply = client.send(method, "/kinora/a/b.mp4", &[], &[]).unwrap();
        assert_eq!(reply.status, 200);
        assert_eq!(reply.header("etag"), Some(etag));
        assert_eq!(reply.header("content-length"), Some("5"));
        for (name, value) in headers {
            assert_eq!(reply.header(name), Some(value), "{name}");
        }
        assert!(reply.header("last-modified").is_some());
        assert_eq!(reply.text(), if method == "GET" { "hello" } else { "" });
    }
    let deleted = client.send("DELETE", "/kinora/a/b.mp4", &[], &[]).unwrap();
    assert_eq!(deleted.status, 204);
    assert_eq!(
        code(&get(&client, "a/b.mp4", &[])),
        (404, "NoSuchKey".to_owned())
    );
    assert_eq!(
        client
            .send("DELETE", "/kinora/a/b.mp4", &[], &[])
            .unwrap()
            .status,
        204
    );
}

#[test]
fn an_object_is_made_once() {
    let emulator = start();
    let client = s3(&emulator);
    let once = [("if-none-match", "*")];
    assert_eq!(put(&client, "once", &once, b"first").status, 200);
    let second = put(&client, "once", &once, b"second");
    assert_eq!(code(&second), (412, "PreconditionFailed".to_owned()));
    assert_eq!(get(&client, "once", &[]).text(), "first");
}

#[test]
fn of_many_makers_at_once_one_wins() {
    let emulator = start();
    let client = s3(&emulator);
    for round in 0..10 {
        let key = format!("race/{round}");
        let replies: Vec<Reply> = std::thread::scope(|scope| {
            let makers: Vec<_> = (0..8)
                .map(|maker| {
                    let (client, key) = (&client, &key);
                    let body = vec![b'a' + maker; 300_000];
                    scope.spawn(move || put(client, key, &[("if-none-match", "*")], &body))
                })
                .collect();
            makers
                .into_iter()
                .map(|maker| maker.join().unwrap())
                .collect()
        });
        let winners: Vec<usize> = (0..8)
            .filter(|maker| replies[*maker].status == 200)
            .collect();
        assert_eq!(winners.len(), 1, "round {round}: {winners:?}");
        assert_eq!(
            get(&client, &key, &[]).body,
            vec![b'a' + winners[0] as u8; 300_000]
        );
    }
}

#[test]
fn an_object_is_replaced_only_if_it_is_still_the_same() {
    let emulator = start();
    let client = s3(&emulator);
    let first = put(&client, "state", &[], b"1");
    let etag = first.header("etag").unwrap().to_owned();
    assert_eq!(
        put(&client, "state", &[("if-match", &etag)], b"2").status,
        200
    );
    let late = put(&client, "state", &[("if-match", &etag)], b"3");
    assert_eq!(code(&late), (412, "PreconditionFailed".to_owned()));
    let none = put(&client, "none", &[("if-match", &etag)], b"4");
    assert_eq!(code(&none), (404, "NoSuchKey".to_owned()));
    assert_eq!(get(&client, "state", &[]).text(), "2");
}

#[test]
fn counting_by_comparison_loses_no_step() {
    let emulator = start();
    let client = s3(&emulator);
    put(&client, "count", &[], b"0");
    std::thread::scope(|scope| {
        for _ in 0..6 {
            scope.spawn(|| {
                let mut steps = 0;
                while steps < 5 {
                    let now = get(&client, "count", &[]);
                    let next = now.text().parse::<u32>().unwrap() + 1;
                    let condition = [("if-match", now.header("etag").unwrap())];
                    let reply = put(&client, "count", &condition, next.to_string().as_bytes());
                    assert!([200, 412].contains(&reply.status), "{}", reply.text());
                    steps += u32::from(reply.status == 200);
                }
            });
        }
    });
    assert_eq!(get(&client, "count", &[]).text(), "30");
}

#[test]
fn an_object_that_did_not_change_is_not_sent_again() {
    let emulator = start();
    let client = s3(&emulator);
    let etag = put(&client, "same", &[], b"same")
        .header("etag")
        .unwrap()
        .to_owned();
    let unchanged = get(&client, "same", &[("if-none-match", &etag)]);
    assert_eq!((unchanged.status, unchanged.text().as_str()), (304, ""));
    assert_eq!(
        get(&client, "same", &[("if-none-match", "\"other\"")]).status,
        200
    );
    assert_eq!(
        get(&client, "same", &[("if-match", "\"other\"")]).status,
        412
    );
}

#[test]
fn a_part_of_an_object_is_read() {
    let emulator = start();
    let client = s3(&emulator);
    put(&client, "letters", &[], b"abcdefghij");
    let middle = get(&client, "letters", &[("range", "bytes=2-4")]);
    assert_eq!((middle.status, middle.text().as_str()), (206, "cde"));
    assert_eq!(middle.header("content-range"), Some("bytes 2-4/10"));
    assert_eq!(
        get(&client, "letters", &[("range", "bytes=-3")]).text(),
        "hij"
    );
    assert_eq!(
        get(&client, "letters", &[("range", "bytes=7-")]).text(),
        "hij"
    );
    let beyond = get(&client, "letters", &[("range", "bytes=10-")]);
    assert_eq!(code(&beyond), (416, "InvalidRange".to_owned()));
}

#[test]
fn a_damaged_upload_leaves_nothing() {
    let emulator = start();
    let client = s3(&emulator);
    let md5_of_other = base64_simd::STANDARD.encode_to_string([0; 16]);
    let reply = put(
        &client,
        "damaged",
        &[("content-md5", &md5_of_other)],
        b"hello",
    );
    assert_eq!(code(&reply), (400, "BadDigest".to_owned()));
    let reply = put(
        &client,
        "damaged",
        &[("x-amz-checksum-crc32", "AAAAAA==")],
        b"hello",
    );
    assert_eq!(code(&reply), (400, "BadDigest".to_owned()));
    assert_eq!(get(&client, "damaged", &[]).status, 404);
    // CRC-32 of `hello` is 3610a686.
    let reply = put(
        &client,
        "whole",
        &[("x-amz-checksum-crc32", "NhCmhg==")],
        b"hello",
    );
    assert_eq!(reply.header("x-amz-checksum-crc32"), Some("NhCmhg=="));
    let plain = get(&client, "whole", &[]);
    assert_eq!(plain.header("x-amz-checksum-crc32"), None);
    let asked = get(&client, "whole", &[("x-amz-checksum-mode", "ENABLED")]);
    assert_eq!(asked.header("x-amz-checksum-crc32"), Some("NhCmhg=="));
}

#[test]
fn a_folder_is_no_object() {
    let emulator = start();
    let client = s3(&emulator);
    put(&client, "jobs/1/part", &[], b"part");
    assert_eq!(
        code(&get(&client, "jobs/1", &[])),
        (404, "NoSuchKey".to_owned())
    );
    assert_eq!(
        client
            .send("DELETE", "/kinora/jobs/1", &[], &[])
            .unwrap()
            .status,
        204
    );
    // Keys are just names: one may be the beginning of another.
    for key in [
        "jobs/1",
        "jobs/1/part/deeper",
        "jobs/1/",
        "jobs//1",
        "jobs/1/../2",
        "%C3%BC/%20%25",
    ] {
        assert_eq!(put(&client, key, &[], key.as_bytes()).status, 200, "{key}");
    }
    for key in [
        "jobs/1",
        "jobs/1/part/deeper",
        "jobs/1/",
        "jobs//1",
        "jobs/1/../2",
        "%C3%BC/%20%25",
    ] {
        assert_eq!(get(&client, key, &[]).text(), key);
    }
    assert_eq!(get(&client, "jobs/1/part", &[]).text(), "part");
    let list = client
        .send("GET", "/kinora?list-type=2", &[], &[])
        .unwrap()
        .text();
    assert_eq!(elements(&list, "Key").len(), 7, "{list}");
}

#[test]
fn objects_are_listed_page_by_page() {
    let emulator = start();
    let client = s3(&emulator);
    let list = |query: &str| {
        client
            .send("GET", &format!("/kinora?list-type=2{query}"), &[], &[])
            .unwrap()
            .text()
    };
    let keys = ["a/1", "a/2", "a/b/3", "a/b/4", "a/c/5", "b/6"];
    for key in keys {
        put(&client, key, &[], key.as_bytes());
    }
    assert_eq!(elements(&list(""), "Key"), keys);
    assert_eq!(
        elements(&list("&prefix=a%2Fb%2F"), "Key"),
        ["a/b/3", "a/b/4"]
    );
    let folders = list("&prefix=a%2F&delimiter=%2F");
    assert_eq!(elements(&folders, "Key"), ["a/1", "a/2"]);
    assert_eq!(elements(&folders, "Prefix"), ["a/", "a/b/", "a/c/"]);
    assert_eq!(
        elements(&list("&start-after=a%2Fb%2F3"), "Key"),
        ["a/b/4", "a/c/5", "b/6"]
    );
    assert_eq!(
        element(&list(""), "ETag"),
        put(&client, "a/1", &[], b"a/1")
            .header("etag")
            .map(str::to_owned)
    );

    let mut seen = Vec::new();
    let mut token = String::new();
    loop {
        let page = list(&format!("&delimiter=%2F&prefix=a%2F&max-keys=1{token}"));
        assert_eq!(element(&page, "KeyCount").as_deref(), Some("1"));
        seen.extend(elements(&page, "Key"));
        seen.extend(elements(&page, "Prefix").into_iter().skip(1));
        let Some(next) = element(&page, "NextContinuationToken") else {
            break;
        };
        token = format!(
            "&continuation-token={}",
            crate::client::escape(&next).replace('/', "%2F")
        );
    }
    assert_eq!(seen, ["a/1", "a/2", "a/b/", "a/c/"]);
    let old = client
        .send("GET", "/kinora?prefix=b&marker=a", &[], &[])
        .unwrap()
        .text();
    assert_eq!(elements(&old, "Key"), ["b/6"]);
    put(&client, "b/%C3%BC%20%26", &[], b"");
    let encoded = list("&prefix=b%2F%C3%BC&encoding-type=url");
    assert_eq!(elements(&encoded, "Key"), ["b/%C3%BC+%26"]);
}

#[test]
fn many_objects_are_deleted_at_once() {
    let emulator = start();
    let client = s3(&emulator);
    for key in ["a", "b", "c"] {
        put(&client, key, &[], b"x");
    }
    let body = "<Delete><Object><Key>a</Key></Object><Object><Key>c</Key></Object><Object><Key>d</Key></Object></Delete>";
    // What `aws-cli` and `boto3` send.
    let digest = [("x-amz-checksum-crc32", crc32(body.as_bytes()))];
    let headers: Vec<(&str, &str)> = digest
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    let reply = client
        .send("POST", "/kinora?delete", &headers, body.as_bytes())
        .unwrap();
    assert_eq!(
        elements(&reply.text(), "Key"),
        ["a", "c", "d"],
        "{}",
        reply.text()
    );
    let list = client
        .send("GET", "/kinora?list-type=2", &[], &[])
        .unwrap()
        .text();
    assert_eq!(elements(&list, "Key"), ["b"]);
}

fn crc32(bytes: &[u8]) -> String {
    let mut value = u32::MAX;
    for byte in bytes {
        value ^= u32::from(*byte);
        for _ in 0..8 {
            value = (value >> 1) ^ (0xEDB8_8320 & (value & 1).wrapping_neg());
        }
    }
    base64_simd::STANDARD.encode_to_string((!value).to_be_bytes())
}

#[test]
fn whoever_reads_while_others_write_sees_one_version() {
    let emulator = start();
    let client = s3(&emulator);
    let body = |version: u8| vec![version; 2 << 20];
    let etags: HashSet<(String, u8)> = (0..4)
        .map(|version| {
            (
                put(&client, "busy", &[], &body(version))
                    .header("etag")
                    .unwrap()
                    .to_owned(),
                version,
            )
        })
        .collect();
    std::thread::scope(|scope| {
        scope.spawn(|| {
            for round in 0..20 {
                assert_eq!(put(&client, "busy", &[], &body(round % 4)).status, 200);
            }
        });
        scope.spawn(|| {
            for _ in 0..20 {
                let reply = get(&client, "busy", &[]);
                let version = reply.body[0];
                assert!(reply.body == body(version), "a mixture");
                assert!(
                    etags.contains(&(reply.header("etag").unwrap().to_owned(), version)),
                    "a foreign ETag"
                );
            }
        });
    });
}

#[test]
fn a_presigned_url_is_good_until_it_expires() {
    let emulator = start();
    let client = s3(&emulator);
    put(
        &client,
        "result.mp4",
        &[("content-type", "video/mp4")],
        b"film",
    );
    let mut anybody = client.clone();
    anybody.access_key = String::new();
    let fetch = |target: &str| anybody.send("GET", target, &[], &[]).unwrap();
    let target = client.presign("GET", "/kinora/result.mp4", 60);
    assert_eq!(
        (fetch(&target).status, fetch(&target).text().as_str()),
        (200, "film")
    );
    let other = target.replace("result.mp4", "other.mp4");
    assert_eq!(
        code(&fetch(&other)),
        (403, "SignatureDoesNotMatch".to_owned())
    );
    let mut earlier = client.clone();
    earlier.skew = -120;
    let expired = earlier.presign("GET", "/kinora/result.mp4", 60);
    assert_eq!(code(&fetch(&expired)), (403, "AccessDenied".to_owned()));
    let upload = client.presign("PUT", "/kinora/sent", 60);
    assert_eq!(
        anybody
            .send("PUT", &upload, &[], b"by anybody")
            .unwrap()
            .status,
        200
    );
    assert_eq!(get(&client, "sent", &[]).text(), "by anybody");
}

#[test]
fn who_does_not_sign_is_refused() {
    let emulator = start();
    let refused = |change: &dyn Fn(&mut Client)| {
        let mut client = s3(&emulator);
        change(&mut client);
        code(&put(&client, "x", &[], b"x"))
    };
    let denied = |code: &str| (403, code.to_owned());
    assert_eq!(
        refused(&|client| client.access_key = String::new()),
        denied("AccessDenied")
    );
    assert_eq!(
        refused(&|client| client.access_key = "AKIANOBODY".to_owned()),
        denied("InvalidAccessKeyId")
    );
    assert_eq!(
        refused(&|client| client.secret_key.push('x')),
        denied("SignatureDoesNotMatch")
    );
    assert_eq!(
        refused(&|client| client.skew = 3600),
        denied("RequestTimeTooSkewed")
    );
}

#[test]
fn the_function_reaches_the_bucket_with_its_own_key() {
    let emulator = start();
    let event = json!({"do": "s3", "method": "PUT", "target": "/kinora/from-inside", "body": "hi"});
    assert_eq!(invoke(&emulator, &event).json()["status"], 200);
    assert_eq!(get(&s3(&emulator), "from-inside", &[]).text(), "hi");
    let variables = invoke(&emulator, &json!({"do": "environment"})).json();
    let variable = |name: &str| variables[name].as_str().unwrap().to_owned();
    let mut thief = s3(&emulator);
    thief.access_key = variable("AWS_ACCESS_KEY_ID");
    thief.secret_key = variable("AWS_SECRET_ACCESS_KEY");
    assert!(thief.access_key.starts_with("ASIA"));
    assert_eq!(
        code(&get(&thief, "from-inside", &[])),
        (400, "InvalidToken".to_owned())
    );
    thief.token = Some(variable("AWS_SESSION_TOKEN"));
    assert_eq!(get(&thief, "from-inside", &[]).status, 200);
    let target = thief.presign("GET", "/kinora/from-inside", 60);
    thief.access_key = String::new();
    assert_eq!(thief.send("GET", &target, &[], &[]).unwrap().text(), "hi");
}

#[test]
fn buckets_have_faults_of_their_own() {
    let buckets = vec![
        Bucket::new("kinora"),
        Bucket {
            writable: false,
            ..Bucket::new("read-only")
        },
        Bucket {
            region: Some("eu-west-1".to_owned()),
            ..Bucket::new("far-away")
        },
    ];
    let emulator = Emulator::start(EmulatorOptions {
        buckets,
        ..options()
    })
    .unwrap();
    let client = s3(&emulator);
    let send = |client: &Client, method: &str, target: &str| {
        client.send(method, target, &[], b"").unwrap()
    };

    let absent = send(&client, "PUT", "/no-such-bucket/key");
    assert_eq!(code(&absent), (404, "NoSuchBucket".to_owned()));
    assert_eq!(send(&client, "HEAD", "/no-such-bucket").status, 404);
    assert_eq!(
        code(&send(&client, "PUT", "/read-only/key")),
        (403, "AccessDenied".to_owned())
    );
    assert_eq!(
        code(&send(&client, "POST", "/read-only/key?uploads")),
        (403, "AccessDenied".to_owned())
    );
    assert_eq!(
        code(&send(&client, "GET", "/read-only/key")),
        (404, "NoSuchKey".to_owned())
    );

    let moved = send(&client, "GET", "/far-away/key");
    assert_eq!(code(&moved), (301, "PermanentRedirect".to_owned()));
    assert_eq!(moved.header("x-amz-bucket-region"), Some("eu-west-1"));
    let near = Client {
        region: "eu-west-1".to_owned(),
        ..client.clone()
    };
    assert_eq!(
        code(&send(&near, "GET", "/far-away/key")),
        (404, "NoSuchKey".to_owned())
    );
    let wrong = send(&near, "GET", "/kinora/key");
    assert_eq!(
        code(&wrong),
        (400, "AuthorizationHeaderMalformed".to_owned())
    );
    assert_eq!(
        element(&wrong.text(), "Region").as_deref(),
        Some("us-east-1")
    );
}

#[test]
fn a_data_folder_is_opened_again() {
    let folder = tempfile::tempdir().unwrap();
    let open = || {
        let data = Some(folder.path().join("data"));
        Emulator::start(EmulatorOptions { data, ..options() }).unwrap()
    };
    let emulator = open();
    let second = EmulatorOptions {
        data: Some(emulator.data().to_owned()),
        ..options()
    };
    let error = Emulator::start(second).err().unwrap().to_string();
    assert!(error.ends_with("is in use by another emulator"), "{error}");
    put(&s3(&emulator), "kept/a", &[("x-amz-meta-a", "b")], b"kept");
    put(&s3(&emulator), "removed", &[], b"x");
    s3(&emulator)
        .send("DELETE", "/kinora/removed", &[], &[])
        .unwrap();
    assert_eq!(
        std::fs::read(emulator.data().join("s3/kinora/kept/a")).unwrap(),
        b"kept"
    );
    emulator.stop();
    let emulator = open();
    let object = get(&s3(&emulator), "kept/a", &[]);
    assert_eq!(
        (object.text().as_str(), object.header("x-amz-meta-a")),
        ("kept", Some("b"))
    );
    assert_eq!(get(&s3(&emulator), "removed", &[]).status, 404);
}

#[test]
fn who_asks_to_send_nothing_gets_a_new_connection() {
    let emulator = start();
    let client = s3(&emulator);
    let mut stream = std::net::TcpStream::connect(client.address).unwrap();
    let target = "/kinora/empty";
    let mut headers = vec![
        ("host".to_owned(), client.address.to_string()),
        ("expect".to_owned(), "100-continue".to_owned()),
        ("content-length".to_owned(), "0".to_owned()),
    ];
    client.sign("PUT", target, &mut headers, b"");
    let lines = headers
        .iter()
        .map(|(name, value)| format!("{name}: {value}\r\n"));
    let request = format!("PUT {target} HTTP/1.1\r\n{}\r\n", lines.collect::<String>());
    stream.write_all(request.as_bytes()).unwrap();
    // all of it: the other side ends the connection, which it would keep otherwise
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 200 OK\r\n"), "{answer}");
    assert_eq!(get(&client, "empty", &[]).body, b"");
}
