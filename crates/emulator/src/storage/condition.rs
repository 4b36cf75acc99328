use s3s::dto::{ETagCondition, Timestamp};
use s3s::{S3Error, S3ErrorCode, S3Result, s3_error};
use time::OffsetDateTime;

use crate::storage::object::Object;

pub fn precondition_failed() -> S3Error {
    s3_error!(
        PreconditionFailed,
        "At least one of the pre-conditions you specified did not hold"
    )
}

pub fn no_such_key() -> S3Error {
    s3_error!(NoSuchKey, "The specified key does not exist.")
}

/// Under which conditions an object may be written.
#[derive(Clone, Debug, Default)]
pub struct WriteCondition {
    pub if_match: Option<ETagCondition>,
    pub if_none_match: Option<ETagCondition>,
}

impl WriteCondition {
    /// Refuses to write over (or without) what there is.
    pub fn check(&self, there_is: Option<&Object>) -> S3Result<()> {
        match (&self.if_none_match, there_is) {
            (Some(ETagCondition::Any), Some(_)) => return Err(precondition_failed()),
            (Some(ETagCondition::ETag(_)), _) => {
                return Err(s3_error!(
                    NotImplemented,
                    "A header you provided implies functionality that is not implemented"
                ));
            }
            _ => {}
        }
        match (&self.if_match, there_is) {
            (Some(_), None) => Err(no_such_key()),
            (Some(ETagCondition::ETag(etag)), Some(object)) if etag.value() != object.etag => {
                Err(precondition_failed())
            }
            _ => Ok(()),
        }
    }
}

/// Under which conditions an object is sent.
#[derive(Clone, Debug, Default)]
pub struct ReadCondition {
    pub if_match: Option<ETagCondition>,
    pub if_none_match: Option<ETagCondition>,
    pub if_modified_since: Option<Timestamp>,
    pub if_unmodified_since: Option<Timestamp>,
}

impl ReadCondition {
    /// The tags decide; the dates only where there is no tag.
    pub fn check(&self, object: &Object) -> S3Result<()> {
        let is = |condition: &ETagCondition| match condition {
            ETagCondition::Any => true,
            ETagCondition::ETag(etag) => etag.value() == object.etag,
        };
        let later_than = |time: &Timestamp| {
            object.modified_second()
                > i128::from(OffsetDateTime::from(time.clone()).unix_timestamp())
        };
        let stale = match (&self.if_match, &self.if_unmodified_since) {
            (Some(condition), _) => !is(condition),
            (None, Some(time)) => later_than(time),
            (None, None) => false,
        };
        if stale {
            return Err(precondition_failed());
        }
        let known = match (&self.if_none_match, &self.if_modified_since) {
            (Some(condition), _) => is(condition),
            (None, Some(time)) => !later_than(time),
            (None, None) => false,
        };
        if known {
            return Err(S3Error::new(S3ErrorCode::NotModified));
        }
        Ok(())
    }
}
