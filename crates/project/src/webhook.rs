use std::{
    fmt, thread,
    time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};

use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;

use crate::{Access, fetch, url::Url};

/// How long the other side may be silent.
const SILENCE: Duration = Duration::from_secs(15);
/// How long it is waited between attempts.
const PAUSES: [Duration; 3] = [
    Duration::from_secs(1),
    Duration::from_secs(5),
    Duration::from_secs(25),
];

/// What messages are signed with: as the Standard Webhooks have it, `whsec_` and Base64 of
/// 24 to 64 bytes.
#[derive(Clone, PartialEq, Eq)]
pub struct WebhookSecret(Vec<u8>);

impl std::str::FromStr for WebhookSecret {
    type Err = String;

    /// # Errors
    /// When the text is no such secret.
    fn from_str(text: &str) -> Result<Self, String> {
        let wanted = "a webhook's secret is `whsec_` and Base64 of 24 to 64 bytes";
        let coded = text.trim().strip_prefix("whsec_").ok_or(wanted)?;
        let bytes = base64_simd::STANDARD.decode_to_vec(coded);
        let bytes = bytes.map_err(|_| wanted)?;
        match (24..=64).contains(&bytes.len()) {
            true => Ok(Self(bytes)),
            false => Err(wanted.to_owned()),
        }
    }
}

impl fmt::Debug for WebhookSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("WebhookSecret")
    }
}

impl WebhookSecret {
    /// The signature of a message, version 1 of the Standard Webhooks: HMAC-SHA256 of its
    /// name, the seconds since 1970 and its body, with points between them.
    fn sign(&self, id: &str, seconds: u64, body: &str) -> String {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.0).expect("keys may have any length");
        mac.update(format!("{id}.{seconds}.{body}").as_bytes());
        let signature = mac.finalize().into_bytes();
        format!("v1,{}", base64_simd::STANDARD.encode_to_string(signature))
    }
}

/// Where somebody wants to be told of something.
#[derive(Clone)]
pub struct Webhook {
    url: String,
    secret: Option<WebhookSecret>,
    access: Access,
}

impl Webhook {
    /// A webhook at this URL, which is reached as far as `access` goes.
    ///
    /// # Errors
    /// When the URL is not an `http:` or `https:` one, or may not be reached.
    pub fn new(url: &str, secret: Option<WebhookSecret>, access: &Access) -> Result<Self, String> {
        access.check(&Url::parse(url)?)?;
        Ok(Self {
            url: url.to_owned(),
            secret,
            access: access.clone(),
        })
    }

    /// Posts a message, JSON, four times at most should it not arrive; `id` is the same for
    /// all of them, so that who gets it twice knows. Redirects are not followed.
    ///
    /// # Errors
    /// Why it did not arrive, with the URL.
    pub fn post(&self, id: &str, body: &str) -> Result<(), String> {
        self.post_within(Duration::MAX, id, body)
    }

    /// The same for somebody who waits: no further attempt begins after `patience`.
    ///
    /// # Errors
    /// As [`Webhook::post`].
    pub fn post_within(&self, patience: Duration, id: &str, body: &str) -> Result<(), String> {
        let begun = Instant::now();
        let (agent, _) = fetch::agent(&self.access, SILENCE);
        let mut pauses = PAUSES.iter();
        loop {
            let since = SystemTime::now().duration_since(UNIX_EPOCH);
            let seconds = since.unwrap_or_default().as_secs();
            let mut request = agent
                .post(&self.url)
                .header("content-type", "application/json")
                .header("webhook-id", id)
                .header("webhook-timestamp", seconds.to_string());
            if let Some(secret) = &self.secret {
                request = request.header("webhook-signature", secret.sign(id, seconds, body));
            }
            let fault = match request.send(body) {
                Ok(answer) if answer.status().is_success() => return Ok(()),
                Ok(answer) => format!("it answered {}", answer.status()),
                Err(error) => fetch::reason(error),
            };
            let pause = pauses.next();
            match pause.filter(|pause| begun.elapsed() + **pause <= patience) {
                Some(pause) => thread::sleep(*pause),
                None => return Err(format!("the webhook `{}` was not told: {fault}", self.url)),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_is_signed_as_others_sign_it() {
        let secret = base64_simd::STANDARD.decode_to_vec("MfKQ9r8GKYqTwjUPD8ILPZIo2LaLaSw=");
        let secret = WebhookSecret(secret.unwrap());
        let id = "msg_p5jXN8AQM9LWM0D4loKWxJek";
        let signed = secret.sign(id, 1_614_265_330, "{\"test\": 2432232314}");
        assert_eq!(signed, "v1,APzAMjTmGJD1CHe1l3psPWqHBNm7LdzUn7zexTcoEpk=");
    }

    #[test]
    fn secrets_are_refused_that_are_none() {
        let good = format!("whsec_{}", base64_simd::STANDARD.encode_to_string([7; 24]));
        assert_eq!(good.parse(), Ok(WebhookSecret(vec![7; 24])));
        assert_eq!(
            format!("{:?}", good.parse::<WebhookSecret>()),
            "Ok(WebhookSecret)"
        );
        for text in ["", "whsec_", "secret", "whsec_AAAA", &good[6..], "whsec_?"] {
            assert!(text.parse::<WebhookSecret>().is_err(), "{text}");
        }
    }
}
