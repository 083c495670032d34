//! What comes into the project from elsewhere is held to `.ci/deny.toml`: licences, sources, nothing that speaks to a
//! network, and nothing twice but what has been looked at. And no code of ours is `unsafe`.

use std::collections::{BTreeMap, BTreeSet};
use std::env;
use std::fs;
use std::process::Command;

use toml::{Table, Value};

use super::{CRATES, none, root};

/// A package that is built here: its name, version, source if it is no registry, and licence.
struct Package {
    name: String,
    version: String,
    elsewhere: Option<String>,
    licence: String,
}

/// All packages that are built here, ours included.
fn packages() -> Vec<Package> {
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let arguments = [
        "tree",
        "--workspace",
        "--offline",
        "--locked",
        "--features",
        "parquet",
        "--edges",
        "normal,build,dev",
        "--prefix",
        "none",
    ];
    let output =
        Command::new(cargo).args(arguments).args(["--format", "{p}|{l}"]).current_dir(root()).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).unwrap();
    let lines: BTreeSet<&str> = text.lines().map(|line| line.trim_end_matches(" (*)")).collect();
    lines.into_iter().filter(|line| !line.is_empty()).map(package).collect()
}

/// `name v1.2.3 (source)|licence`
fn package(line: &str) -> Package {
    let (words, licence) = line.split_once('|').unwrap();
    let mut words = words.splitn(3, ' ');
    let name = words.next().unwrap().to_owned();
    let version = words.next().unwrap().trim_start_matches('v').to_owned();
    let elsewhere = words.next().filter(|rest| *rest != "(proc-macro)").map(str::to_owned);
    Package { name, version, elsewhere, licence: licence.to_owned() }
}

fn rules() -> Table {
    fs::read_to_string(root().join(".ci/deny.toml")).unwrap().parse().unwrap()
}

/// A list of the rules: `bans`, `deny`.
fn list(table: &str, key: &str) -> Vec<Value> {
    rules().get(table).unwrap().get(key).unwrap().as_array().unwrap().clone()
}

fn crates(values: &[Value]) -> Vec<&str> {
    values.iter().map(|value| value["crate"].as_str().unwrap()).collect()
}

#[test]
fn licences_are_allowed() {
    let allowed = list("licenses", "allow");
    let allowed: Vec<&str> = allowed.iter().filter_map(Value::as_str).collect();
    assert!(allowed.contains(&"MIT"));
    let offences = packages().into_iter().filter(|package| !is_allowed(&package.licence, &allowed));
    none("licences that are not allowed", offences.map(|package| format!("{}: {}", package.name, package.licence)));
}

/// Whether an SPDX expression can be met: by one side of an `OR`, by both of an `AND`.
fn is_allowed(expression: &str, allowed: &[&str]) -> bool {
    let expression = expression.trim();
    for (word, all) in [(" OR ", false), ("/", false), (" AND ", true)] {
        if let Some((one, other)) = split(expression, word) {
            let (one, other) = (is_allowed(one, allowed), is_allowed(other, allowed));
            return if all { one && other } else { one || other };
        }
    }
    match expression.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) {
        Some(inner) => is_allowed(inner, allowed),
        None => allowed.contains(&expression),
    }
}

/// Splits an expression at the first place of a word outside of brackets.
fn split<'e>(expression: &'e str, word: &str) -> Option<(&'e str, &'e str)> {
    let places = expression.match_indices(word).map(|(place, _)| place);
    let depth = |place: usize| expression[..place].matches('(').count() - expression[..place].matches(')').count();
    let place = places.into_iter().find(|place| depth(*place) == 0)?;
    Some((&expression[..place], &expression[place + word.len()..]))
}

#[test]
fn licences_are_understood() {
    let allowed = ["MIT", "Unicode-3.0"];
    for (licence, fits) in [
        ("MIT", true),
        ("GPL-3.0", false),
        ("GPL-3.0 OR MIT", true),
        ("Unlicense/MIT", true),
        ("GPL-3.0 AND MIT", false),
        ("(MIT OR Apache-2.0) AND Unicode-3.0", true),
        ("(GPL-3.0 OR Apache-2.0) AND Unicode-3.0", false),
        ("", false),
    ] {
        assert_eq!(is_allowed(licence, &allowed), fits, "{licence}");
    }
}

#[test]
fn packages_come_from_the_registry_and_know_no_network() {
    let banned = list("bans", "deny");
    let banned = crates(&banned);
    let packages = packages();
    assert!(packages.iter().any(|package| package.name == "jiff"));
    let strange = packages.iter().filter(|package| package.elsewhere.as_ref().is_some_and(|it| it.contains("://")));
    none("packages from elsewhere", strange.map(|package| package.name.clone()));
    let network = packages.iter().filter(|package| banned.contains(&&*package.name));
    none("packages that are banned", network.map(|package| package.name.clone()));
}

#[test]
fn nothing_is_there_twice_unseen() {
    let mut versions: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for package in packages() {
        versions.entry(package.name).or_default().insert(package.version);
    }
    let twice: BTreeSet<String> =
        versions.into_iter().filter(|(_, versions)| versions.len() > 1).map(|(name, _)| name).collect();
    let seen = list("bans", "skip");
    none(
        "reasons that are missing",
        crates(&seen)
            .iter()
            .zip(&seen)
            .filter(|(_, it)| it["reason"].as_str().is_none_or(str::is_empty))
            .map(|(name, _)| (*name).to_owned()),
    );
    let seen: BTreeSet<String> = crates(&seen).iter().map(|name| name.split('@').next().unwrap().to_owned()).collect();
    assert_eq!(twice, seen, "packages that are there twice, and those of which .ci/deny.toml says why");
}

#[test]
fn nothing_of_ours_is_unsafe() {
    let manifest = |path: &str| fs::read_to_string(root().join(path)).unwrap().parse::<Table>().unwrap();
    assert_eq!(manifest("Cargo.toml")["workspace"]["lints"]["rust"]["unsafe_code"].as_str(), Some("forbid"));
    let manifests =
        CRATES.iter().map(|name| format!("crates/{name}/Cargo.toml")).chain(["tests/Cargo.toml".to_owned()]);
    let offences = manifests.filter(|path| {
        let lints = manifest(path).get("lints").and_then(|lints| lints.get("workspace")).and_then(Value::as_bool);
        lints != Some(true)
    });
    none("crates that do not take the lints of the workspace", offences);
}
