use std::collections::BTreeMap;
use std::ops::Bound;

use crate::storage::object::Object;

/// What is asked for.
#[derive(Debug, Default)]
pub struct Query<'a> {
    pub prefix: &'a str,
    /// Keys are cut behind it, and what then is the same is told once.
    pub delimiter: Option<&'a str>,
    /// Only what comes later.
    pub after: &'a str,
    pub most: usize,
}

/// One page.
#[derive(Debug, Default)]
pub struct Page<'a> {
    pub objects: Vec<&'a Object>,
    pub folders: Vec<String>,
    /// What the next page comes after; none if this is the last.
    pub next: Option<String>,
}

impl<'a> Page<'a> {
    pub fn of(objects: &'a BTreeMap<String, Object>, query: &Query<'_>) -> Self {
        let mut page = Self::default();
        let mut last: Option<String> = None;
        let from = Bound::Included(query.prefix.max(query.after));
        for (key, object) in objects.range::<str, _>((from, Bound::Unbounded)) {
            let Some(rest) = key.strip_prefix(query.prefix) else {
                break;
            };
            let folder = query
                .delimiter
                .filter(|delimiter| !delimiter.is_empty())
                .and_then(|delimiter| Some(rest.find(delimiter)? + delimiter.len()))
                .map(|end| &key[..query.prefix.len() + end]);
            let name = folder.unwrap_or(key);
            if name <= query.after || last.as_deref() == Some(name) {
                continue;
            }
            if page.objects.len() + page.folders.len() == query.most {
                page.next = last;
                break;
            }
            last = Some(name.to_owned());
            match folder {
                Some(folder) => page.folders.push(folder.to_owned()),
                None => page.objects.push(object),
            }
        }
        page
    }
}
