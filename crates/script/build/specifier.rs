/// The path of the module that `specifier`, which begins with a dot, names from
/// `importer`: both without an ending, their parts joined by `/`.
pub fn join(importer: &str, specifier: &str) -> String {
    let mut parts: Vec<&str> = importer.split('/').collect();
    parts.pop();
    for part in specifier.split('/') {
        match part {
            "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}
