/// The name that is most like a word, if one is near enough to be meant.
pub fn nearest<'a>(word: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let far = |name: &str| distance(&word.to_lowercase(), &name.to_lowercase());
    let nearest = names.into_iter().map(|name| (far(name), name)).min();
    let most = (word.chars().count() / 3).max(1);
    nearest
        .filter(|(far, _)| *far <= most)
        .map(|(_, name)| name)
}

/// How many letters have to be put in, taken out or changed.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (line, from) in a.chars().enumerate() {
        let mut before = line;
        row[0] = line + 1;
        for (column, to) in b.iter().enumerate() {
            let changed = before + usize::from(from != *to);
            before = row[column + 1];
            row[column + 1] = changed.min(before + 1).min(row[column] + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_name_is_found() {
        let names = ["check", "frame", "studio"];
        assert_eq!(nearest("chek", names), Some("check"));
        assert_eq!(nearest("Frames", names), Some("frame"));
        assert_eq!(nearest("sutdio", names), Some("studio"));
        assert_eq!(nearest("batch", names), None);
        assert_eq!(distance("kitten", "sitting"), 3);
    }
}
