use serde_json::json;

use crate::stage::{invoke, s3, start};

#[test]
fn an_object_is_put_and_got() {
    let emulator = start();
    let client = s3(&emulator);
    let put = client
        .send(
            "PUT",
            "/kinora/a/b.txt",
            &[("content-type", "text/plain")],
            b"hello",
        )
        .unwrap();
    assert_eq!(put.status, 200, "{}", put.text());
    let get = client.send("GET", "/kinora/a/b.txt", &[], &[]).unwrap();
    assert_eq!((get.status, get.text().as_str()), (200, "hello"));
    assert_eq!(get.header("content-type"), Some("text/plain"));
}

#[test]
fn the_function_reaches_the_bucket() {
    let emulator = start();
    let event = json!({"do": "s3", "method": "PUT", "target": "/kinora/from-inside", "body": "hi"});
    assert_eq!(invoke(&emulator, &event).json()["status"], 200);
    let get = s3(&emulator)
        .send("GET", "/kinora/from-inside", &[], &[])
        .unwrap();
    assert_eq!(get.text(), "hi");
}
