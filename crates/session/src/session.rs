use std::{
    collections::HashSet,
    path::{Path, PathBuf},
    sync::Arc,
};

use kinora_farm::Progress;
use kinora_project::{Access, CacheFolder, Inputs, Library, ProjectHost, ScriptRenderer, Voice};
use kinora_script::{Host, Recording, ScriptError, ScriptOptions};
use serde_json::{Map, Value};

use crate::{SessionError, on_script_stack};

/// What a project is opened with.
pub struct Surroundings {
    /// What it may reach.
    pub access: Access,
    /// Where downloads and results are kept.
    pub cache: CacheFolder,
    /// Hears what it says, and what its author should know.
    pub voice: Arc<dyn Voice>,
    /// Told how far the work is; asked whether to stop.
    pub progress: Arc<Progress>,
    /// A folder for temporary files.
    pub scratch: PathBuf,
}

/// A project opened in its surroundings.
pub struct Session {
    pub(crate) script: ScriptOptions,
    pub(crate) library: Arc<Library>,
    pub(crate) cache: CacheFolder,
    pub(crate) voice: Arc<dyn Voice>,
    pub(crate) progress: Arc<Progress>,
    pub(crate) scratch: PathBuf,
    stuck: Option<Stuck>,
}

/// What becomes of a script that nothing else can end.
type Stuck = Arc<dyn Fn(ScriptError) + Send + Sync>;

impl Session {
    /// Opens a project; nothing of it is read yet.
    pub fn open(script: ScriptOptions, surroundings: Surroundings) -> Self {
        let Surroundings {
            access,
            cache,
            voice,
            progress,
            scratch,
        } = surroundings;
        let files = cache.cache.clone();
        let library = Library::new(script.root.clone(), files, progress.clone());
        Self {
            library: Arc::new(library.granting(access)),
            script,
            cache,
            voice,
            progress,
            scratch,
            stuck: None,
        }
    }

    /// Says what becomes of a script that is inside of one built-in for so long that
    /// nothing but the end of its thread ends it; told why it had to end. Unless this is
    /// said, the process ends.
    pub fn when_stuck(&mut self, stuck: impl Fn(ScriptError) + Send + Sync + 'static) {
        self.stuck = Some(Arc::new(stuck));
    }

    /// What is recorded.
    pub fn script(&self) -> &ScriptOptions {
        &self.script
    }

    /// Sets what scripts take for the present, in milliseconds since 1970.
    pub fn set_now(&mut self, now_ms: f64) {
        self.script.now_ms = now_ms;
    }

    /// The project's files.
    pub fn library(&self) -> &Arc<Library> {
        &self.library
    }

    /// How far the work is.
    pub fn progress(&self) -> &Arc<Progress> {
        &self.progress
    }

    /// Runs the session's file as a script on its own, with what it finds in
    /// `process.argv` after its name; `renderer` renders what it asks for.
    ///
    /// # Errors
    /// When the script is at fault or ends with a code of its own.
    pub fn run(&self, arguments: &[String], renderer: ScriptRenderer) -> Result<(), SessionError> {
        let Self {
            script,
            library,
            progress,
            voice,
            ..
        } = self;
        let run = move || {
            let (library, progress) = (library.clone(), progress.clone());
            let host = ProjectHost::for_script(library, progress, voice.clone(), renderer);
            let (file, root) = (&script.project, &script.root);
            kinora_script::run_module(file, root, Box::new(host), &script.limits, arguments)
        };
        on_script_stack(run)??;
        self.prune([]);
        Ok(())
    }

    /// Refuses variables that the file beside the project does not allow.
    pub(crate) fn check_inputs(&self) -> Result<(), SessionError> {
        let ScriptOptions {
            project,
            root,
            variables,
            ..
        } = &self.script;
        let Some(inputs) =
            Inputs::beside(project, &self.script.fence()).map_err(SessionError::Asked)?
        else {
            return Ok(());
        };
        let none = Value::Object(Map::new());
        let faults = inputs.faults(variables.as_ref().unwrap_or(&none), root);
        if faults.is_empty() {
            return Ok(());
        }
        let name = project.file_stem().unwrap_or_default().to_string_lossy();
        Err(SessionError::Asked(format!(
            "the variables are not as `{name}.inputs.json` says:\n  {}",
            faults.join("\n  ")
        )))
    }

    /// Refuses a place that a stranger's project leads elsewhere.
    ///
    /// # Errors
    /// When a link of the project's is on the way there; the message names it.
    pub fn check_written(&self, path: &Path) -> Result<(), SessionError> {
        let checked = self.script.fence().check_written(path);
        let shown = path.display();
        checked.map_err(|error| SessionError::Asked(format!("cannot write `{shown}`: {error}")))
    }

    /// What the project is granted.
    pub(crate) fn host(&self) -> Box<dyn Host> {
        let (library, progress) = (self.library.clone(), self.progress.clone());
        let host = ProjectHost::new(library, progress, self.voice.clone());
        match self.stuck.clone() {
            Some(stuck) => Box::new(host.ending(move |error| stuck(error))),
            None => Box::new(host),
        }
    }

    /// Says what the project's author should know.
    pub(crate) fn warn(&self, recording: &Recording) {
        for diagnostic in &recording.diagnostics {
            self.voice.say(&format!("warning: {diagnostic}"));
        }
    }

    /// Keeps the cache to its size; what this session used stays, and the files named.
    pub(crate) fn prune(&self, keys: impl IntoIterator<Item = String>) {
        if !self.cache.lasting {
            return;
        }
        let mut kept: HashSet<String> = self.library.used();
        kept.extend(keys);
        if let Err(error) = self.cache.cache.prune(&kept) {
            self.voice.say(&format!(
                "warning: the cache cannot be kept to its size: {error}"
            ));
        }
    }
}
