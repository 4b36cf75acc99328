"""Drives the emulator with boto3; the endpoints and keys are in the environment."""

import json
import os
import threading
import urllib.error
import urllib.request

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

config = Config(retries={"total_max_attempts": 1}, read_timeout=120)
# Named, because boto3 before 1.28 does not know the variables for endpoints.
lambda_ = boto3.client("lambda", endpoint_url=os.environ["AWS_ENDPOINT_URL_LAMBDA"], config=config)
s3 = boto3.client("s3", endpoint_url=os.environ["AWS_ENDPOINT_URL_S3"], config=config)
MIB = 1 << 20


def invoke(event, **more):
    reply = lambda_.invoke(FunctionName="probe", Payload=json.dumps(event).encode(), **more)
    payload = reply["Payload"].read()
    return reply, json.loads(payload) if payload else None


def code(function, *arguments, **named):
    try:
        function(*arguments, **named)
    except ClientError as error:
        return error.response["Error"]["Code"]
    raise AssertionError("it succeeded")


# Calls.
reply, answer = invoke({"do": "echo", "text": "grüß dich"})
assert answer == {"do": "echo", "text": "grüß dich"}, answer
assert (reply["StatusCode"], reply["ExecutedVersion"]) == (200, "$LATEST"), reply
assert "FunctionError" not in reply, reply
reply, answer = invoke({"do": "error", "type": "Kinora.Bad", "message": "so bad"}, Qualifier="1")
assert (reply["FunctionError"], reply["ExecutedVersion"]) == ("Unhandled", "1"), reply
assert answer == {"errorType": "Kinora.Bad", "errorMessage": "so bad"}, answer
reply, answer = invoke({"do": "sleep", "ms": 60000, "killed": True})
assert answer["errorType"] == "Runtime.ExitError", answer
assert invoke({"do": "echo"}, InvocationType="Event")[0]["StatusCode"] == 202
assert invoke({"do": "echo"}, InvocationType="DryRun")[0]["StatusCode"] == 204
for kind, function in [
    (lambda_.exceptions.TooManyRequestsException, lambda: invoke({"refused": True})),
    (lambda_.exceptions.ResourceNotFoundException, lambda: invoke({}, Qualifier="77")),
    (lambda_.exceptions.RequestTooLargeException, lambda: invoke({"x": "x" * 6 * MIB})),
    (lambda_.exceptions.RequestTooLargeException, lambda: invoke({"x": "x" * MIB}, InvocationType="Event")),
]:
    try:
        function()
    except kind as error:
        print(error)
    else:
        raise AssertionError(f"no {kind.__name__}")
arn = lambda_.get_function(FunctionName="probe")["Configuration"]["FunctionArn"]
assert json.loads(lambda_.invoke(FunctionName=arn, Payload=b"[1]")["Payload"].read()) == [1]
assert lambda_.publish_version(FunctionName="probe")["Version"] == "2"
versions = lambda_.list_versions_by_function(FunctionName="probe")["Versions"]
assert [version["Version"] for version in versions] == ["$LATEST", "1", "2"], versions

stranger = boto3.client(
    "lambda",
    endpoint_url=os.environ["AWS_ENDPOINT_URL_LAMBDA"],
    aws_access_key_id=os.environ["AWS_ACCESS_KEY_ID"],
    aws_secret_access_key="wrong",
    config=config,
)
assert code(stranger.invoke, FunctionName="probe") == "InvalidSignatureException"

# Objects. Empty ones too, with others behind them on the same connection.
for sizes in [(0, 5), (0, 0, 3), (5, 0, 5)]:
    single = Config(retries={"total_max_attempts": 1}, read_timeout=20, max_pool_connections=1)
    one = boto3.client("s3", endpoint_url=os.environ["AWS_ENDPOINT_URL_S3"], config=single)
    for number, size in enumerate(sizes):
        one.put_object(Bucket="kinora", Key=f"empty/{number}", Body=b"x" * size)
        assert len(one.get_object(Bucket="kinora", Key=f"empty/{number}")["Body"].read()) == size
    for number, size in enumerate(sizes):
        one.put_object(Bucket="kinora", Key=f"empty/{number}", Body=b"x" * size)
s3.put_object(Bucket="kinora", Key="a/ü b+c.txt", Body=b"hello", ContentType="text/plain", Metadata={"job": "1"})
found = s3.get_object(Bucket="kinora", Key="a/ü b+c.txt")
assert found["Body"].read() == b"hello" and found["Metadata"] == {"job": "1"}, found
listed = s3.list_objects_v2(Bucket="kinora", Prefix="a/")
assert [one["Key"] for one in listed["Contents"]] == ["a/ü b+c.txt"], listed
assert listed["Contents"][0]["ETag"] == found["ETag"], listed
assert s3.get_object(Bucket="kinora", Key="a/ü b+c.txt", Range="bytes=1-2")["Body"].read() == b"el"
assert code(s3.get_object, Bucket="kinora", Key="none") == "NoSuchKey"
assert code(s3.head_object, Bucket="kinora", Key="none") == "404"
assert code(s3.head_bucket, Bucket="no-such-bucket") == "404"
for number in range(25):
    s3.put_object(Bucket="kinora", Key=f"many/{number:02}", Body=b"")
pages = s3.get_paginator("list_objects_v2").paginate(
    Bucket="kinora", Prefix="many/", PaginationConfig={"PageSize": 7}
)
keys = [one["Key"] for page in pages for one in page["Contents"]]
assert keys == [f"many/{number:02}" for number in range(25)], keys
deleted = s3.delete_objects(Bucket="kinora", Delete={"Objects": [{"Key": key} for key in keys]})
assert len(deleted["Deleted"]) == 25, deleted

# Conditions.
once = {"Bucket": "kinora", "Key": "once", "IfNoneMatch": "*"}
s3.put_object(Body=b"1", **once)
assert code(s3.put_object, Body=b"2", **once) == "PreconditionFailed"
etag = s3.head_object(Bucket="kinora", Key="once")["ETag"]
s3.put_object(Bucket="kinora", Key="once", Body=b"3", IfMatch=etag)
assert code(s3.put_object, Bucket="kinora", Key="once", Body=b"4", IfMatch=etag) == "PreconditionFailed"

# Parts, out of order, by several at once.
upload = s3.create_multipart_upload(Bucket="kinora", Key="film", ContentType="video/mp4")["UploadId"]
named = {"Bucket": "kinora", "Key": "film", "UploadId": upload}
parts = {}


def send(number):
    body = bytes([number]) * (5 * MIB if number < 4 else 10)
    parts[number] = s3.upload_part(PartNumber=number, Body=body, **named)["ETag"]


threads = [threading.Thread(target=send, args=(number,)) for number in (4, 2, 3, 1)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
assert [part["PartNumber"] for part in s3.list_parts(**named)["Parts"]] == [1, 2, 3, 4]
complete = {"Parts": [{"PartNumber": number, "ETag": parts[number]} for number in sorted(parts)]}
s3.complete_multipart_upload(MultipartUpload=complete, IfNoneMatch="*", **named)
film = s3.get_object(Bucket="kinora", Key="film")["Body"].read()
assert film == b"".join(bytes([number]) * (5 * MIB if number < 4 else 10) for number in (1, 2, 3, 4))
assert "Uploads" not in s3.list_multipart_uploads(Bucket="kinora")

# Presigned URLs.
url = s3.generate_presigned_url("get_object", Params={"Bucket": "kinora", "Key": "film"}, ExpiresIn=60)
assert urllib.request.urlopen(url).read() == film
try:
    urllib.request.urlopen(url.replace("film", "once"))
    raise AssertionError("a URL for another key was good")
except urllib.error.HTTPError as error:
    assert error.code == 403, error

print("all is well")
