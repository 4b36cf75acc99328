use std::time::Duration;

use crate::url::Url;

/// What a project may reach beyond the files of its own folder.
///
/// The default trusts the project as one's own: any URL, and links and imports
/// that lead out of the folder. [`Access::untrusted`] is for a stranger's.
#[derive(Clone, Debug, PartialEq)]
pub struct Access {
    /// Nothing is fetched; what an earlier run has kept is taken as it is.
    pub offline: bool,
    /// Beginnings of the URLs that may be fetched, redirects included; without
    /// any, all may.
    pub urls: Option<Vec<UrlPrefix>>,
    /// Whether this machine's own addresses and those of private networks may be
    /// connected to. An address that [`Access::urls`] names itself always may.
    pub private_addresses: bool,
    /// Whether symbolic links and imports may lead out of the project's folder.
    pub outside_files: bool,
    /// Whether texts may be set in the fonts of this machine: the film then depends on it.
    pub system_fonts: bool,
    /// Bytes that are fetched at most in one run.
    pub download_bytes: u64,
    /// How long one download may take, from the first byte asked for to the last one
    /// that came.
    pub download_time: Duration,
}

impl Default for Access {
    fn default() -> Self {
        Self {
            offline: false,
            urls: None,
            private_addresses: true,
            outside_files: true,
            system_fonts: false,
            download_bytes: u64::MAX,
            download_time: Duration::from_secs(3600),
        }
    }
}

impl Access {
    /// What a stranger's project may reach: its own folder, and public addresses
    /// for at most 4 GiB, and 10 minutes for a download.
    pub fn untrusted() -> Self {
        Self {
            private_addresses: false,
            outside_files: false,
            download_bytes: 4 << 30,
            download_time: Duration::from_secs(600),
            ..Self::default()
        }
    }

    /// Whether a URL may be fetched.
    ///
    /// # Errors
    /// Why not, in words that end a sentence.
    pub(crate) fn check(&self, url: &Url) -> Result<(), String> {
        match &self.urls {
            Some(urls) if !urls.iter().any(|prefix| url.begins_with(&prefix.0)) => Err(format!(
                "`{url}` is not among the URLs that may be fetched (--allow-url)"
            )),
            _ => Ok(()),
        }
    }

    /// Hosts of [`Access::urls`] that are named by their address.
    pub(crate) fn named_addresses(&self) -> Vec<String> {
        let hosts = self.urls.iter().flatten().map(|prefix| prefix.0.host());
        hosts
            .filter(|host| *host == "localhost" || host.parse::<std::net::IpAddr>().is_ok())
            .map(str::to_owned)
            .collect()
    }
}

/// The beginning of URLs: scheme, host and port in full, and the start of the path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UrlPrefix(Url);

impl std::str::FromStr for UrlPrefix {
    type Err = String;

    /// # Errors
    /// When the text is not an `http:` or `https:` URL.
    fn from_str(text: &str) -> Result<Self, String> {
        Url::parse(text).map(Self)
    }
}

impl std::fmt::Display for UrlPrefix {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_written_as_such_are_excepted() {
        let urls = [
            "https://a.test/",
            "http://127.0.0.1:80/x",
            "http://[::1]/",
            "http://localhost:9/",
        ];
        let access = Access {
            urls: Some(urls.iter().map(|url| url.parse().unwrap()).collect()),
            ..Access::untrusted()
        };
        assert_eq!(access.named_addresses(), ["127.0.0.1", "::1", "localhost"]);
        let fault = access.check(&Url::parse("https://b.test/").unwrap());
        assert_eq!(
            fault.unwrap_err(),
            "`https://b.test/` is not among the URLs that may be fetched (--allow-url)"
        );
    }
}
