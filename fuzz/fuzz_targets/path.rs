//! The data of a `Path` node: read, measured, followed and drawn.
#![no_main]

use kinora_fuzz::Project;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &str| {
    // A text as Rust shows it is one of JavaScript's as well.
    let scene = format!(
        "import {{Path, makeScene2D}} from '@revideo/2d';
         import {{makeProject}} from '@revideo/core';
         const scene = makeScene2D('scene', function* (view) {{
           const path = <Path data={{{data:?}}} lineWidth={{4}} stroke={{'red'}} end={{0.7}} />;
           view.add(path);
           path.getPointAtPercentage(0.5);
           yield;
           yield* path.data('M0 0L10 10', 0.1);
         }});
         export default makeProject({{scenes: [scene]}});"
    );
    Project::new(&[("main.tsx", scene.as_bytes())]).record();
});
