//! The command line program under test.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

/// The `rulebook` beside the test that asks, built first where it is not up to date; or why there is none.
pub fn rulebook() -> Result<&'static Path, String> {
    static BINARY: OnceLock<Result<PathBuf, String>> = OnceLock::new();
    BINARY.get_or_init(built).as_deref().map_err(Clone::clone)
}

fn built() -> Result<PathBuf, String> {
    let test = env::current_exe().map_err(|error| error.to_string())?;
    let profile = test.parent().and_then(Path::parent).ok_or("this test lies in no build folder")?;
    let mut build = Command::new(env!("CARGO"));
    build.args(["build", "--quiet", "--workspace", "--bin", "rulebook"]).current_dir(env!("CARGO_MANIFEST_DIR"));
    build.env("CARGO_TARGET_DIR", profile.parent().unwrap_or(profile));
    if let Some(profile) = profile.file_name().filter(|name| *name != "debug") {
        build.arg("--profile").arg(profile);
    }
    match build.output() {
        Ok(done) if done.status.success() => Ok(profile.join("rulebook")),
        Ok(done) => Err(String::from_utf8_lossy(&done.stderr).into_owned()),
        Err(error) => Err(format!("cannot build `rulebook`: {error}")),
    }
}
