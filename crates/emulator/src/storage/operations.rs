use std::sync::Arc;

use s3s::dto::*;
use s3s::{Body, S3, S3Error, S3Request, S3Response, S3Result, s3_error};
use time::OffsetDateTime;

use crate::signature::hex;
use crate::storage::condition::{ReadCondition, WriteCondition};
use crate::storage::index::{Draft, Storage};
use crate::storage::listing::{Page, Query};
use crate::storage::object::{Object, Sums, attributes, described};
use crate::storage::reading::Reading;
use crate::storage::staging::{Expected, Staged, expected, stage};
use crate::storage::upload::{MOST_PARTS, Part, Upload, join};

/// The most that one listing tells.
const MOST: i32 = 1000;

fn ok<T>(output: T) -> S3Result<S3Response<T>> {
    Ok(S3Response::new(output))
}

/// Where a copy comes from.
fn source(source: &CopySource) -> S3Result<(&str, &str)> {
    match source {
        CopySource::Bucket { bucket, key, .. } => Ok((bucket, key)),
        _ => Err(s3_error!(
            NotImplemented,
            "the emulator copies from buckets only"
        )),
    }
}

/// Does what may take long away from the threads that answer.
async fn aside<T: Send + 'static>(
    work: impl FnOnce() -> S3Result<T> + Send + 'static,
) -> S3Result<T> {
    tokio::task::spawn_blocking(work)
        .await
        .map_err(S3Error::internal_error)?
}

/// `a b` becomes `a+b`, as S3 encodes names on request.
fn named(name: &str, encoding: Option<&EncodingType>) -> String {
    if encoding.is_none_or(|encoding| encoding.as_str() != EncodingType::URL) {
        return name.to_owned();
    }
    let encode = |byte: u8| match byte {
        b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'*' | b'/' => {
            (byte as char).to_string()
        }
        b' ' => "+".to_owned(),
        _ => format!("%{byte:02X}"),
    };
    name.bytes().map(encode).collect()
}

fn folders(page: &Page, encoding: Option<&EncodingType>) -> Option<Vec<CommonPrefix>> {
    let folder = |name: &String| CommonPrefix {
        prefix: Some(named(name, encoding)),
    };
    Some(page.folders.iter().map(folder).collect())
}

fn contents(page: &Page, encoding: Option<&EncodingType>) -> Option<Vec<s3s::dto::Object>> {
    let object = |object: &&Object| s3s::dto::Object {
        key: Some(named(&object.key, encoding)),
        e_tag: Some(object.etag()),
        size: Some(object.size as i64),
        last_modified: Some(object.modified()),
        storage_class: Some(ObjectStorageClass::from_static(
            ObjectStorageClass::STANDARD,
        )),
        ..Default::default()
    };
    Some(page.objects.iter().map(object).collect())
}

/// A rule in S3's form.
fn lifecycle_rule(rule: &serde_json::Value) -> LifecycleRule {
    let text = |name: &str| rule[name].as_str().map(str::to_owned);
    let number = |value: &serde_json::Value| {
        let text = value.as_str().and_then(|text| text.parse().ok());
        text.or(value.as_i64().map(|number| number as i32))
    };
    let expiration = number(&rule["ExpirationInDays"]).map(|days| LifecycleExpiration {
        days: Some(days),
        ..Default::default()
    });
    LifecycleRule {
        id: text("Id"),
        prefix: text("Prefix"),
        expiration,
        status: ExpirationStatus::from_static(ExpirationStatus::ENABLED),
        abort_incomplete_multipart_upload: None,
        filter: None,
        noncurrent_version_expiration: None,
        noncurrent_version_transitions: None,
        transitions: None,
    }
}

fn is_enabled(mode: Option<&ChecksumMode>) -> bool {
    mode.is_some_and(|mode| mode.as_str() == ChecksumMode::ENABLED)
}

#[async_trait::async_trait]
impl S3 for Storage {
    async fn list_buckets(
        &self,
        _: S3Request<ListBucketsInput>,
    ) -> S3Result<S3Response<ListBucketsOutput>> {
        let state = self.state();
        let bucket = |(name, shelf): (&String, &super::index::Shelf)| s3s::dto::Bucket {
            name: Some(name.clone()),
            creation_date: shelf.made.map(Timestamp::from),
            bucket_region: shelf.region.clone(),
        };
        let buckets = Some(state.shelves.iter().map(bucket).collect());
        ok(ListBucketsOutput {
            buckets,
            ..Default::default()
        })
    }

    async fn create_bucket(
        &self,
        request: S3Request<CreateBucketInput>,
    ) -> S3Result<S3Response<CreateBucketOutput>> {
        self.make_bucket(&request.input.bucket)?;
        let location = Some(format!("/{}", request.input.bucket));
        ok(CreateBucketOutput { location })
    }

    async fn delete_bucket(
        &self,
        request: S3Request<DeleteBucketInput>,
    ) -> S3Result<S3Response<DeleteBucketOutput>> {
        self.remove_bucket(&request.input.bucket)?;
        ok(DeleteBucketOutput::default())
    }

    async fn head_bucket(
        &self,
        request: S3Request<HeadBucketInput>,
    ) -> S3Result<S3Response<HeadBucketOutput>> {
        self.state().shelf(&request.input.bucket)?;
        ok(HeadBucketOutput::default())
    }

    async fn get_bucket_location(
        &self,
        request: S3Request<GetBucketLocationInput>,
    ) -> S3Result<S3Response<GetBucketLocationOutput>> {
        let region = self.state().shelf(&request.input.bucket)?.region.clone();
        let location_constraint = region.map(BucketLocationConstraint::from);
        ok(GetBucketLocationOutput {
            location_constraint,
        })
    }

    async fn get_bucket_lifecycle_configuration(
        &self,
        request: S3Request<GetBucketLifecycleConfigurationInput>,
    ) -> S3Result<S3Response<GetBucketLifecycleConfigurationOutput>> {
        let rules = self.state().shelf(&request.input.bucket)?.rules.clone();
        if rules.is_empty() {
            return Err(s3_error!(
                NoSuchLifecycleConfiguration,
                "The lifecycle configuration does not exist"
            ));
        }
        ok(GetBucketLifecycleConfigurationOutput {
            rules: Some(rules.iter().map(lifecycle_rule).collect()),
            ..Default::default()
        })
    }

    async fn put_object(
        &self,
        mut request: S3Request<PutObjectInput>,
    ) -> S3Result<S3Response<PutObjectOutput>> {
        let expected = expected!(request);
        let input = &mut request.input;
        self.state().writable(&input.bucket)?;
        let condition = WriteCondition {
            if_match: input.if_match.take(),
            if_none_match: input.if_none_match.take(),
        };
        let attributes = attributes!(input);
        let staged = stage(
            self.staging_path(),
            input.body.take(),
            request.trailing_headers,
            expected,
        )
        .await?;
        let (etag, sums) = (staged.etag(), staged.sums.clone());
        let draft = Draft {
            staged,
            etag,
            attributes,
            sums,
        };
        let object = self.put(
            &mut self.state(),
            &input.bucket,
            &input.key,
            draft,
            &condition,
        )?;
        ok(PutObjectOutput {
            e_tag: Some(object.etag()),
            checksum_crc32: object.sums.crc32,
            checksum_crc32c: object.sums.crc32c,
            checksum_crc64nvme: object.sums.crc64nvme,
            checksum_sha1: object.sums.sha1,
            checksum_sha256: object.sums.sha256,
            ..Default::default()
        })
    }

    async fn get_object(
        &self,
        request: S3Request<GetObjectInput>,
    ) -> S3Result<S3Response<GetObjectOutput>> {
        let input = request.input;
        let (object, file) = self.read(&self.state(), &input.bucket, &input.key)?;
        ReadCondition {
            if_match: input.if_match,
            if_none_match: input.if_none_match,
            if_modified_since: input.if_modified_since,
            if_unmodified_since: input.if_unmodified_since,
        }
        .check(&object)?;
        let range = match &input.range {
            Some(range) => range.check(object.size)?,
            None => 0..object.size,
        };
        let with_sums = is_enabled(input.checksum_mode.as_ref()) && input.range.is_none();
        let mut output = described!(GetObjectOutput, object, &object.attributes, with_sums);
        output.content_length = Some((range.end - range.start) as i64);
        output.content_range = input.range.map(|_| {
            format!(
                "bytes {}-{}/{}",
                range.start,
                range.end.saturating_sub(1),
                object.size
            )
        });
        output.cache_control = input.response_cache_control.or(output.cache_control);
        output.content_disposition = input
            .response_content_disposition
            .or(output.content_disposition);
        output.content_encoding = input.response_content_encoding.or(output.content_encoding);
        output.content_language = input.response_content_language.or(output.content_language);
        output.content_type = input.response_content_type.or(output.content_type);
        output.expires = input.response_expires.or(output.expires);
        output.body = Some(StreamingBlob::from(Body::http_body_unsync(Reading::new(
            file, range,
        ))));
        ok(output)
    }

    async fn head_object(
        &self,
        request: S3Request<HeadObjectInput>,
    ) -> S3Result<S3Response<HeadObjectOutput>> {
        let input = request.input;
        let object = self.state().object(&input.bucket, &input.key)?.clone();
        ReadCondition {
            if_match: input.if_match,
            if_none_match: input.if_none_match,
            if_modified_since: input.if_modified_since,
            if_unmodified_since: input.if_unmodified_since,
        }
        .check(&object)?;
        let with_sums = is_enabled(input.checksum_mode.as_ref());
        let mut output = described!(HeadObjectOutput, object, &object.attributes, with_sums);
        output.content_length = Some(object.size as i64);
        ok(output)
    }

    async fn delete_object(
        &self,
        request: S3Request<DeleteObjectInput>,
    ) -> S3Result<S3Response<DeleteObjectOutput>> {
        let input = request.input;
        let mut state = self.state();
        if input.if_match.is_some() {
            let there_is = state.shelf(&input.bucket)?.objects.get(&input.key);
            WriteCondition {
                if_match: input.if_match,
                if_none_match: None,
            }
            .check(there_is)?;
        }
        self.remove(&mut state, &input.bucket, &input.key)?;
        ok(DeleteObjectOutput::default())
    }

    async fn delete_objects(
        &self,
        request: S3Request<DeleteObjectsInput>,
    ) -> S3Result<S3Response<DeleteObjectsOutput>> {
        let input = request.input;
        let mut state = self.state();
        let mut deleted = Vec::new();
        for object in input.delete.objects {
            self.remove(&mut state, &input.bucket, &object.key)?;
            deleted.push(DeletedObject {
                key: Some(object.key),
                ..Default::default()
            });
        }
        let is_quiet = input.delete.quiet == Some(true);
        let deleted = Some(deleted).filter(|_| !is_quiet);
        ok(DeleteObjectsOutput {
            deleted,
            ..Default::default()
        })
    }

    async fn copy_object(
        &self,
        mut request: S3Request<CopyObjectInput>,
    ) -> S3Result<S3Response<CopyObjectOutput>> {
        let input = &mut request.input;
        let (bucket, key) = source(&input.copy_source)?;
        let (original, mut file) = {
            let mut state = self.state();
            state.writable(&input.bucket)?;
            self.read(&state, bucket, key)?
        };
        ReadCondition {
            if_match: input.copy_source_if_match.take(),
            if_none_match: input.copy_source_if_none_match.take(),
            if_modified_since: input.copy_source_if_modified_since.take(),
            if_unmodified_since: input.copy_source_if_unmodified_since.take(),
        }
        .check(&original)
        // A copy that a condition forbids is always this error.
        .map_err(|_| super::condition::precondition_failed())?;
        let replaces = input
            .metadata_directive
            .as_ref()
            .is_some_and(|directive| directive.as_str() == MetadataDirective::REPLACE);
        let attributes = if replaces {
            attributes!(input)
        } else {
            original.attributes.clone()
        };
        let path = self.staging_path();
        let staged = aside(move || {
            let mut copy = std::fs::File::create(&path).map_err(S3Error::internal_error)?;
            let mut staged = Staged::empty(path);
            staged.size = std::io::copy(&mut file, &mut copy).map_err(S3Error::internal_error)?;
            Ok(staged)
        })
        .await?;
        let draft = Draft {
            staged,
            etag: original.etag,
            attributes,
            sums: original.sums,
        };
        let object = self.put(
            &mut self.state(),
            &input.bucket,
            &input.key,
            draft,
            &WriteCondition::default(),
        )?;
        let result = CopyObjectResult {
            e_tag: Some(object.etag()),
            last_modified: Some(object.modified()),
            ..Default::default()
        };
        ok(CopyObjectOutput {
            copy_object_result: Some(result),
            ..Default::default()
        })
    }

    async fn list_objects(
        &self,
        request: S3Request<ListObjectsInput>,
    ) -> S3Result<S3Response<ListObjectsOutput>> {
        let input = request.input;
        let most = input.max_keys.unwrap_or(MOST).clamp(0, MOST);
        let state = self.state();
        let page = Page::of(
            &state.shelf(&input.bucket)?.objects,
            &Query {
                prefix: input.prefix.as_deref().unwrap_or(""),
                delimiter: input.delimiter.as_deref(),
                after: input.marker.as_deref().unwrap_or(""),
                most: most as usize,
            },
        );
        let encoding = input.encoding_type.as_ref();
        ok(ListObjectsOutput {
            contents: contents(&page, encoding),
            common_prefixes: folders(&page, encoding),
            is_truncated: Some(page.next.is_some()),
            // Told only where the last key cannot be seen to be the last.
            next_marker: page
                .next
                .map(|next| named(&next, encoding))
                .filter(|_| input.delimiter.is_some()),
            prefix: Some(named(input.prefix.as_deref().unwrap_or(""), encoding)),
            marker: Some(named(input.marker.as_deref().unwrap_or(""), encoding)),
            delimiter: input.delimiter,
            max_keys: Some(most),
            name: Some(input.bucket),
            encoding_type: input.encoding_type,
            ..Default::default()
        })
    }

    async fn list_objects_v2(
        &self,
        request: S3Request<ListObjectsV2Input>,
    ) -> S3Result<S3Response<ListObjectsV2Output>> {
        let input = request.input;
        let most = input.max_keys.unwrap_or(MOST).clamp(0, MOST);
        let after = match &input.continuation_token {
            Some(token) => base64_simd::URL_SAFE_NO_PAD
                .decode_to_vec(token)
                .ok()
                .and_then(|key| String::from_utf8(key).ok())
                .ok_or_else(|| {
                    s3_error!(
                        InvalidArgument,
                        "The continuation token provided is incorrect"
                    )
                })?,
            None => input.start_after.clone().unwrap_or_default(),
        };
        let state = self.state();
        let page = Page::of(
            &state.shelf(&input.bucket)?.objects,
            &Query {
                prefix: input.prefix.as_deref().unwrap_or(""),
                delimiter: input.delimiter.as_deref(),
                after: &after,
                most: most as usize,
            },
        );
        let encoding = input.encoding_type.as_ref();
        ok(ListObjectsV2Output {
            contents: contents(&page, encoding),
            common_prefixes: folders(&page, encoding),
            key_count: Some((page.objects.len() + page.folders.len()) as i32),
            is_truncated: Some(page.next.is_some()),
            next_continuation_token: page
                .next
                .map(|next| base64_simd::URL_SAFE_NO_PAD.encode_to_string(next)),
            continuation_token: input.continuation_token,
            prefix: Some(named(input.prefix.as_deref().unwrap_or(""), encoding)),
            start_after: input.start_after.map(|after| named(&after, encoding)),
            delimiter: input.delimiter,
            max_keys: Some(most),
            name: Some(input.bucket),
            encoding_type: input.encoding_type,
            ..Default::default()
        })
    }

    async fn create_multipart_upload(
        &self,
        mut request: S3Request<CreateMultipartUploadInput>,
    ) -> S3Result<S3Response<CreateMultipartUploadOutput>> {
        let input = &mut request.input;
        let mut state = self.state();
        state.writable(&input.bucket)?;
        let begun = OffsetDateTime::now_utc();
        let text = format!("{}/{} {} {begun}", input.bucket, input.key, self.serial());
        let id = hex(&<sha2::Sha256 as sha2::Digest>::digest(text)[..24]);
        let upload = Upload {
            bucket: input.bucket.clone(),
            key: input.key.clone(),
            attributes: attributes!(input),
            begun,
            parts: Default::default(),
        };
        state.uploads.insert(id.clone(), upload);
        ok(CreateMultipartUploadOutput {
            bucket: Some(input.bucket.clone()),
            key: Some(input.key.clone()),
            upload_id: Some(id),
            checksum_algorithm: input.checksum_algorithm.take(),
            ..Default::default()
        })
    }

    async fn upload_part(
        &self,
        mut request: S3Request<UploadPartInput>,
    ) -> S3Result<S3Response<UploadPartOutput>> {
        let expected = expected!(request);
        let input = &mut request.input;
        self.state()
            .upload(&input.bucket, &input.key, &input.upload_id)?;
        let staged = stage(
            self.staging_path(),
            input.body.take(),
            request.trailing_headers,
            expected,
        )
        .await?;
        let part = self.add_part(
            &input.bucket,
            &input.key,
            &input.upload_id,
            input.part_number,
            staged,
        )?;
        let sums = part.staged.sums.clone();
        ok(UploadPartOutput {
            e_tag: Some(ETag::Strong(part.staged.etag())),
            checksum_crc32: sums.crc32,
            checksum_crc32c: sums.crc32c,
            checksum_crc64nvme: sums.crc64nvme,
            checksum_sha1: sums.sha1,
            checksum_sha256: sums.sha256,
            ..Default::default()
        })
    }

    async fn upload_part_copy(
        &self,
        request: S3Request<UploadPartCopyInput>,
    ) -> S3Result<S3Response<UploadPartCopyOutput>> {
        let input = request.input;
        let (bucket, key) = source(&input.copy_source)?;
        let (original, file) = {
            let mut state = self.state();
            state.upload(&input.bucket, &input.key, &input.upload_id)?;
            self.read(&state, bucket, key)?
        };
        let range = match &input.copy_source_range {
            Some(text) => Range::parse(text)
                .ok()
                .and_then(|range| range.check(original.size).ok())
                .ok_or_else(|| {
                    s3_error!(
                        InvalidArgument,
                        "The x-amz-copy-source-range value is not valid"
                    )
                })?,
            None => 0..original.size,
        };
        let body = StreamingBlob::from(Body::http_body_unsync(Reading::new(file, range)));
        let staged = stage(self.staging_path(), Some(body), None, Expected::default()).await?;
        let part = self.add_part(
            &input.bucket,
            &input.key,
            &input.upload_id,
            input.part_number,
            staged,
        )?;
        let result = CopyPartResult {
            e_tag: Some(ETag::Strong(part.staged.etag())),
            last_modified: Some(part.modified.into()),
            ..Default::default()
        };
        ok(UploadPartCopyOutput {
            copy_part_result: Some(result),
            ..Default::default()
        })
    }

    async fn complete_multipart_upload(
        &self,
        request: S3Request<CompleteMultipartUploadInput>,
    ) -> S3Result<S3Response<CompleteMultipartUploadOutput>> {
        let input = request.input;
        let named = input
            .multipart_upload
            .and_then(|upload| upload.parts)
            .unwrap_or_default();
        let condition = WriteCondition {
            if_match: input.if_match,
            if_none_match: input.if_none_match,
        };
        let parts = {
            let mut state = self.state();
            let parts = state
                .upload(&input.bucket, &input.key, &input.upload_id)?
                .chosen(&named)?;
            condition.check(state.writable(&input.bucket)?.objects.get(&input.key))?;
            parts
        };
        let storage = self.clone();
        let (staged, etag) =
            aside(move || join(&storage, &parts).map_err(S3Error::internal_error)).await?;
        let mut state = self.state();
        // Somebody may have completed or aborted it meanwhile.
        let attributes = state
            .upload(&input.bucket, &input.key, &input.upload_id)?
            .attributes
            .clone();
        let draft = Draft {
            staged,
            etag,
            attributes,
            sums: Sums::default(),
        };
        let object = self.put(&mut state, &input.bucket, &input.key, draft, &condition)?;
        state.uploads.remove(&input.upload_id);
        ok(CompleteMultipartUploadOutput {
            location: Some(format!("/{}/{}", input.bucket, input.key)),
            bucket: Some(input.bucket),
            key: Some(input.key),
            e_tag: Some(object.etag()),
            ..Default::default()
        })
    }

    async fn abort_multipart_upload(
        &self,
        request: S3Request<AbortMultipartUploadInput>,
    ) -> S3Result<S3Response<AbortMultipartUploadOutput>> {
        let input = request.input;
        let mut state = self.state();
        state.upload(&input.bucket, &input.key, &input.upload_id)?;
        state.uploads.remove(&input.upload_id);
        ok(AbortMultipartUploadOutput::default())
    }

    async fn list_parts(
        &self,
        request: S3Request<ListPartsInput>,
    ) -> S3Result<S3Response<ListPartsOutput>> {
        let input = request.input;
        let mut state = self.state();
        let upload = state.upload(&input.bucket, &input.key, &input.upload_id)?;
        let after = input.part_number_marker.unwrap_or(0);
        let most = input.max_parts.unwrap_or(MOST).clamp(0, MOST);
        let mut parts: Vec<s3s::dto::Part> = upload
            .parts
            .range(after.saturating_add(1)..)
            .map(|(number, part)| s3s::dto::Part {
                part_number: Some(*number),
                e_tag: Some(ETag::Strong(part.staged.etag())),
                size: Some(part.staged.size as i64),
                last_modified: Some(part.modified.into()),
                ..Default::default()
            })
            .collect();
        let is_truncated = parts.len() > most as usize;
        parts.truncate(most as usize);
        let next = parts
            .last()
            .and_then(|part| part.part_number)
            .filter(|_| is_truncated);
        ok(ListPartsOutput {
            bucket: Some(input.bucket),
            key: Some(input.key),
            upload_id: Some(input.upload_id),
            part_number_marker: Some(after),
            next_part_number_marker: next,
            max_parts: Some(most),
            is_truncated: Some(is_truncated),
            parts: Some(parts),
            ..Default::default()
        })
    }

    async fn list_multipart_uploads(
        &self,
        request: S3Request<ListMultipartUploadsInput>,
    ) -> S3Result<S3Response<ListMultipartUploadsOutput>> {
        let input = request.input;
        let state = self.state();
        state.shelf(&input.bucket)?;
        let prefix = input.prefix.clone().unwrap_or_default();
        let encoding = input.encoding_type.as_ref();
        let mut uploads: Vec<MultipartUpload> = state
            .uploads
            .iter()
            .filter(|(_, upload)| upload.bucket == input.bucket && upload.key.starts_with(&prefix))
            .map(|(id, upload)| MultipartUpload {
                key: Some(named(&upload.key, encoding)),
                upload_id: Some(id.clone()),
                initiated: Some(upload.begun.into()),
                ..Default::default()
            })
            .collect();
        uploads
            .sort_by(|one, other| (&one.key, &one.initiated).cmp(&(&other.key, &other.initiated)));
        ok(ListMultipartUploadsOutput {
            bucket: Some(input.bucket),
            prefix: input.prefix,
            is_truncated: Some(false),
            max_uploads: Some(MOST),
            encoding_type: input.encoding_type,
            uploads: Some(uploads),
            ..Default::default()
        })
    }
}

impl Storage {
    fn add_part(
        &self,
        bucket: &str,
        key: &str,
        id: &str,
        number: i32,
        staged: Staged,
    ) -> S3Result<Part> {
        if !(1..=MOST_PARTS).contains(&number) {
            return Err(s3_error!(
                InvalidArgument,
                "Part number must be an integer between 1 and 10000, inclusive"
            ));
        }
        let part = Part {
            staged: Arc::new(staged),
            modified: OffsetDateTime::now_utc(),
        };
        self.state()
            .upload(bucket, key, id)?
            .parts
            .insert(number, part.clone());
        Ok(part)
    }
}
