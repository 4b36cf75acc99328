use serde::Serialize;

use super::{
    Aws, AwsError,
    request::{Ask, Service},
    xml::Element,
};

/// When a bucket removes objects by itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LifecycleRule {
    /// Its name.
    pub id: String,
    /// How the keys begin that it is for.
    pub prefix: String,
    /// Days after which objects go; none if it is for something else.
    pub days: Option<u64>,
}

impl Aws {
    /// When a bucket removes objects by itself.
    ///
    /// # Errors
    /// When there is no such bucket, or S3 refuses to tell.
    pub async fn lifecycle_rules(&self, bucket: &str) -> Result<Vec<LifecycleRule>, AwsError> {
        let asked = self
            .send(Ask {
                service: Service::S3,
                action: "GetLifecycleConfiguration",
                method: "GET",
                target: format!("/{bucket}?lifecycle"),
                headers: Vec::new(),
                body: Vec::new(),
            })
            .await;
        let answer = match asked {
            Ok(answer) => answer,
            Err(AwsError::Refused(refusal)) if refusal.code == "NoSuchLifecycleConfiguration" => {
                return Ok(Vec::new());
            }
            Err(error) => return Err(error),
        };
        let root = Element::parse(&String::from_utf8_lossy(&answer.body)).unwrap_or_default();
        let rules = root.children.iter().filter(|child| child.name == "Rule");
        Ok(rules.map(read).collect())
    }
}

fn read(rule: &Element) -> LifecycleRule {
    let prefix = rule
        .text_at(&["Prefix"])
        .or(rule.text_at(&["Filter", "Prefix"]));
    LifecycleRule {
        id: rule.text_at(&["ID"]).unwrap_or_default().to_owned(),
        prefix: prefix.unwrap_or_default().to_owned(),
        days: rule
            .text_at(&["Expiration", "Days"])
            .and_then(|days| days.parse().ok()),
    }
}
