use std::{ffi::OsString, path::Path};

use super::{LimitArgs, NetworkArgs, OnShader, ProjectArgs, ScriptLimitArgs};

impl ProjectArgs {
    /// The arguments that say the same again, for a command that this one starts: the
    /// project, then options as `--name=value`. Variables are left out, which go another
    /// way.
    pub fn words(&self) -> Vec<OsString> {
        let Self {
            project,
            vars: _,
            variables: _,
            fps,
            size,
            scale,
            range,
            background,
            root,
            max_duration,
            now,
            network:
                NetworkArgs {
                    offline,
                    allow_urls,
                },
            limits:
                LimitArgs {
                    script:
                        ScriptLimitArgs {
                            max_memory,
                            max_stack,
                        },
                    max_frame_time,
                    max_wait,
                    max_picture,
                },
            on_shader,
            on_missing,
            untrusted,
            system_fonts,
        } = self;
        let mut words = Vec::new();
        let mut say = |name: &str, value: Option<String>| {
            if let Some(value) = value {
                words.push(OsString::from(format!("--{name}={value}")));
            }
        };
        let text = |number: &f64| number.to_string();
        say("fps", fps.as_ref().map(text));
        say(
            "size",
            size.map(|(width, height)| format!("{width}x{height}")),
        );
        say("scale", scale.as_ref().map(text));
        say(
            "range",
            range.map(|(from, to)| match to.is_finite() {
                true => format!("{from}:{to}"),
                false => format!("{from}:"),
            }),
        );
        say("background", background.clone());
        say("max-duration", Some(text(max_duration)));
        say("now", now.as_ref().map(text));
        for url in allow_urls {
            say("allow-url", Some(url.to_string()));
        }
        say("max-memory", Some(max_memory.to_string()));
        say("max-stack", Some(max_stack.to_string()));
        say("max-frame-time", Some(text(max_frame_time)));
        say("max-wait", max_wait.as_ref().map(text));
        say("max-picture", Some(max_picture.to_string()));
        let shader = match on_shader {
            OnShader::Error => "error",
            OnShader::Ignore => "ignore",
        };
        say("on-shader", Some(shader.to_owned()));
        say("on-missing", Some(on_missing.name().to_owned()));
        for (name, is_on) in [
            ("--offline", offline),
            ("--untrusted", untrusted),
            ("--system-fonts", system_fonts),
        ] {
            if *is_on {
                words.push(name.into());
            }
        }
        if let Some(root) = root {
            let mut word = OsString::from("--root=");
            word.push(root);
            words.push(word);
        }
        // A name that begins with a dash would be taken for an option.
        let dashed = project.to_string_lossy().starts_with('-');
        words.insert(
            0,
            match dashed {
                true => Path::new(".").join(project).into(),
                false => project.into(),
            },
        );
        words
    }
}

#[cfg(test)]
mod tests {
    use clap::{Args as _, Command, FromArgMatches as _};

    use super::*;

    fn parse(words: impl IntoIterator<Item = OsString>) -> ProjectArgs {
        let command = ProjectArgs::augment_args(Command::new("x").no_binary_name(true));
        ProjectArgs::from_arg_matches(&command.get_matches_from(words)).unwrap()
    }

    #[test]
    fn what_is_said_again_is_the_same() {
        let given = "--fps=59.94 --size=320x180 --scale=0.5 --range=1.5: --background=-red \
                     --root=a=b --max-duration=5m --now=2026-03-01T09:30:00Z --offline \
                     --allow-url=https://a.example/x --allow-url=http://127.0.0.1:80/ \
                     --max-memory=512M --max-stack=2M --max-frame-time=7 --max-wait=2m \
                     --max-picture=100x100 --on-shader=ignore \
                     --on-missing=hold --untrusted --system-fonts";
        let command = ProjectArgs::augment_args(Command::new("x"));
        for option in command
            .get_arguments()
            .filter_map(|argument| argument.get_long())
        {
            let variable = ["var", "variables"].contains(&option);
            let is_given = given.contains(&format!("--{option}"));
            assert!(variable || is_given, "--{option} is not tried");
        }
        let words = given.split_whitespace().chain(["src/project.tsx"]);
        let whole = parse(words.map(OsString::from));
        let plain = parse(["project.tsx".into()]);
        for args in [whole, plain] {
            let again = parse(args.words());
            assert_eq!(format!("{again:?}"), format!("{args:?}"));
        }
        let odd = parse(["--".into(), "-odd.tsx".into()]).words();
        assert_eq!(odd[0], "./-odd.tsx");
    }
}
