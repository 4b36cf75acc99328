use std::time::SystemTime;

use serde::Serialize;

use super::{
    Aws, AwsError,
    request::{Ask, Service},
    xml::Element,
};

/// Whose keys are used.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Identity {
    /// The account's number.
    pub account: String,
    /// The user, or the role with its session.
    pub arn: String,
    /// How many seconds this machine's clock is ahead of AWS's, to a second.
    pub clock_ahead: Option<f64>,
}

impl Aws {
    /// Whose keys are used; everybody may ask that.
    ///
    /// # Errors
    /// When there are no keys, or AWS does not know them.
    pub async fn identity(&self) -> Result<Identity, AwsError> {
        let form_type = "application/x-www-form-urlencoded; charset=utf-8".to_owned();
        let answer = self
            .send(Ask {
                service: Service::Sts,
                action: "GetCallerIdentity",
                method: "POST",
                target: "/".to_owned(),
                headers: vec![("content-type", form_type)],
                body: b"Action=GetCallerIdentity&Version=2011-06-15".to_vec(),
            })
            .await?;
        let root = Element::parse(&String::from_utf8_lossy(&answer.body)).unwrap_or_default();
        let text = |name| {
            let text = root.text_at(&["GetCallerIdentityResult", name]);
            text.unwrap_or_default().to_owned()
        };
        Ok(Identity {
            account: text("Account"),
            arn: text("Arn"),
            clock_ahead: answer.date.map(ahead),
        })
    }
}

/// Seconds from AWS's clock to this one.
fn ahead(date: SystemTime) -> f64 {
    let now = SystemTime::now();
    match now.duration_since(date) {
        Ok(time) => time.as_secs_f64().floor(),
        Err(error) => -error.duration().as_secs_f64().floor(),
    }
}
