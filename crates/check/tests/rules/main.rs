//! For each rule a scene in which it finds something, and one in which it must not.

mod expected;
mod pictures;
mod rules;
mod seen;

use std::{fs, path::Path, sync::Arc};

use kinora_check::{CheckOptions, CheckReport, Finding, Gravity, Rule, check};
use kinora_project::{Access, CacheFolder, Voice};
use kinora_script::ScriptOptions;
use kinora_session::{Session, Surroundings};

struct Silence;

impl Voice for Silence {
    fn say(&self, _: &str) {}
}

/// A project of 640 by 360 whose scene does this, with these files below `public/`.
fn report_of(body: &str, public: &[(&str, Vec<u8>)], options: &CheckOptions) -> CheckReport {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    for name in ["src", "public", "tmp"] {
        fs::create_dir(path(name)).unwrap();
    }
    fs::write(path("package.json"), "{}").unwrap();
    for (name, bytes) in public {
        fs::write(path("public").join(name), bytes).unwrap();
    }
    let source = format!(
        "import {{Audio, Circle, Icon, Img, Layout, Rect, Txt, Video, makeScene2D}} from '@revideo/2d';\n\
         import {{all, createRef, linear, makeProject, waitFor}} from '@revideo/core';\n\
         const scene = makeScene2D('scene', function* (view) {{\n  view.fill('#101018');\n{body}\n}});\n\
         export default makeProject({{scenes: [scene], settings: {{shared: {{size: {{x: 640, y: 360}}}}}}}});\n"
    );
    fs::write(path("src/project.tsx"), source).unwrap();
    check(&session(&path("src/project.tsx"), &path("tmp")), options).unwrap()
}

fn session(project: &Path, scratch: &Path) -> Session {
    Session::open(
        ScriptOptions::new(project),
        Surroundings {
            access: Access::default(),
            cache: CacheFolder::temporary().unwrap(),
            voice: Arc::new(Silence),
            progress: Arc::default(),
            scratch: scratch.to_owned(),
        },
    )
}

fn findings(body: &str) -> Vec<Finding> {
    report_of(body, &[], &CheckOptions::default()).findings
}

/// The only finding there is.
fn only(body: &str, rule: Rule, gravity: Gravity) -> Finding {
    let found = findings(body);
    let told: Vec<String> = found.iter().map(Finding::to_string).collect();
    assert_eq!(found.len(), 1, "{told:#?}");
    assert_eq!(
        (found[0].rule, found[0].gravity),
        (rule, gravity),
        "{told:#?}"
    );
    found[0].clone()
}

fn nothing(body: &str) {
    let told: Vec<String> = findings(body).iter().map(Finding::to_string).collect();
    assert_eq!(told, [] as [String; 0]);
}

const TEXT: &str = "fill={'white'} fontSize={40} fontFamily={'Roboto'}";
