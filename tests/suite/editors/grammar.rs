//! `editors/tree-sitter` against the grammar, and against itself.

use std::collections::BTreeSet;
use std::env;
use std::fs;
use std::ops::Range;
use std::process::Command;

use syntax::{Chunk, ChunkKind};

use super::tree::{Node, Tree, trees};
use super::{Rules, is_clean, root, rule_texts};

fn clean_texts() -> Vec<Rules> {
    let texts: Vec<_> = rule_texts().into_iter().filter(|rules| is_clean(&rules.text)).collect();
    assert!(texts.len() > 500, "only {} texts are without a mistake", texts.len());
    texts
}

#[test]
fn what_the_grammar_reads_is_read() {
    let texts = clean_texts();
    let read = trees(&texts.iter().map(|rules| rules.text.as_str()).collect::<Vec<_>>(), usize::from(u8::MAX));
    let unread = texts.iter().zip(&read).filter_map(|(rules, tree)| {
        let errors: Vec<_> =
            tree.nodes.iter().filter(|node| node.is_error).map(|node| place(&rules.text, node)).collect();
        (!errors.is_empty()).then(|| format!("{}\n    {}", rules.name, errors.join("\n    ")))
    });
    let unread: Vec<_> = unread.collect();
    assert!(unread.is_empty(), "{} of {} texts:\n{}", unread.len(), texts.len(), unread.join("\n"));
}

/// Where a node stands, and what it says.
fn place(text: &str, node: &Node) -> String {
    let line = text[..node.start].matches('\n').count() + 1;
    let written = text[node.start..node.end].lines().next().unwrap_or_default();
    format!("line {line}, {}: `{written}`", node.kind)
}

/// What is typed in the middle of an item that was whole.
const SLIPS: [&str; 5] = [" ", " > > ", " )", " \"", " ??? "];

/// Of a hundred items beside a broken one, how many must be read as if it were whole.
const KEPT: usize = 97;

#[test]
fn a_broken_item_keeps_its_neighbours() {
    let texts = clean_texts();
    let cases: Vec<_> = texts.iter().flat_map(cases).collect();
    let read = trees(&cases.iter().map(|case| case.text.as_str()).collect::<Vec<_>>(), 2);
    let mut lost = Vec::new();
    for (case, tree) in cases.iter().zip(&read) {
        let whole = whole_items(tree);
        let gone = case.neighbours.iter().filter(|range| !whole.contains(range));
        lost.extend(gone.map(|(start, end)| format!("{} loses `{}`", case.name, &case.text[*start..*end])));
    }
    let all: usize = cases.iter().map(|case| case.neighbours.len()).sum();
    let kept = all - lost.len();
    println!("{kept} of {all} neighbours of a broken item are kept");
    assert!(all > 10_000, "only {all} neighbours");
    lost.truncate(20);
    assert!(
        kept * 100 >= all * KEPT,
        "{kept} of {all} neighbours are kept; lost are, among others:\n{}",
        lost.join("\n")
    );
}

/// A text in which one item is broken, and where its other items stand now.
struct Case {
    name: String,
    text: String,
    neighbours: Vec<(usize, usize)>,
}

/// Each item of a text broken in each way.
fn cases(rules: &Rules) -> Vec<Case> {
    let items = items(&rules.text);
    let ways = (0..items.len()).flat_map(|broken| SLIPS.map(|slip| (broken, slip)));
    let case = |(broken, slip): (usize, &str)| {
        let (text, moved) = break_at(&rules.text, &items[broken], slip);
        let of = |place: usize, item: &Range<usize>| {
            let moved = if place > broken { moved } else { 0 };
            (item.start.strict_add_signed(moved), item.end.strict_add_signed(moved))
        };
        let neighbours = items.iter().enumerate().filter(|(place, _)| *place != broken);
        let neighbours = neighbours.map(|(place, item)| of(place, item)).collect();
        Case { name: format!("{}: `{slip}` in item {broken}", rules.name), text, neighbours }
    };
    ways.map(case).collect()
}

/// The items that stand alone, each from its first word to its last; what belongs to a rule set counts as a rule.
fn items(text: &str) -> Vec<Range<usize>> {
    let of = |chunk: &Chunk| {
        let range = chunk.range.clone();
        let comments: usize = text[range.clone()]
            .split_inclusive('\n')
            .take_while(|line| line.trim_start().starts_with('#') || line.trim().is_empty())
            .map(str::len)
            .sum();
        let blank = text[range.start + comments..].len() - text[range.start + comments..].trim_start().len();
        range.start + comments + blank..range.end
    };
    let chunks = syntax::split(text).chunks;
    chunks.iter().filter(|chunk| !matches!(chunk.kind, ChunkKind::RulesHeader | ChunkKind::Close)).map(of).collect()
}

/// The text with a slip in the middle of an item, between two words of it, and by how much the rest has moved.
fn break_at(text: &str, item: &Range<usize>, slip: &str) -> (String, isize) {
    let written = &text[item.clone()];
    let half = written.char_indices().map(|(at, _)| at).find(|at| *at >= written.len() / 2).unwrap_or_default();
    let at = written[half..].find(char::is_whitespace).map_or(half, |blank| half + blank);
    let mut broken = text.to_owned();
    if slip.trim().is_empty() {
        // Half-typed: the rest of the item is still to come.
        broken.replace_range(item.start + at..item.end, "");
        return (broken, -isize::try_from(item.end - item.start - at).unwrap());
    }
    broken.insert_str(item.start + at, slip);
    (broken, isize::try_from(slip.len()).unwrap())
}

/// The ranges of all nodes without a mistake in them.
fn whole_items(tree: &Tree) -> BTreeSet<(usize, usize)> {
    let whole = tree.nodes.iter().filter(|node| node.is_named && !node.is_error && !node.is_broken);
    whole.map(|node| (node.start, node.end)).collect()
}

#[test]
fn the_corpus_is_read_as_it_says() {
    let mut cases = 0;
    for file in fs::read_dir(root().join("editors/tree-sitter/test/corpus")).unwrap().flatten() {
        let text = fs::read_to_string(file.path()).unwrap();
        let line = "=".repeat(80);
        let mut parts = text.split(&line).skip(1);
        while let (Some(name), Some(case)) = (parts.next(), parts.next()) {
            let (rules, tree) = case.split_once(&"-".repeat(80)).unwrap();
            assert_eq!(plain(&trees(&[rules], 0)[0].written), plain(tree), "{}", name.trim());
            cases += 1;
        }
    }
    assert!(cases >= 10, "only {cases} cases");
}

/// A tree on one line, without the names of fields.
fn plain(tree: &str) -> String {
    let words = tree.split_whitespace().filter(|word| !word.ends_with(':'));
    words.collect::<Vec<_>>().join(" ")
}

#[test]
fn the_c_code_is_that_of_the_grammar() {
    let program = env::var_os("TREE_SITTER").unwrap_or_else(|| "tree-sitter".into());
    if Command::new(&program).arg("--version").output().is_err() {
        println!("skipped: no `tree-sitter` here; `cargo install tree-sitter-cli` brings it, TREE_SITTER names it");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    for file in ["grammar.js", "tree-sitter.json"] {
        fs::copy(root().join("editors/tree-sitter").join(file), folder.path().join(file)).unwrap();
    }
    let output = Command::new(&program).arg("generate").current_dir(folder.path()).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    for file in ["src/parser.c", "src/grammar.json", "src/node-types.json"] {
        let made = fs::read_to_string(folder.path().join(file)).unwrap();
        let kept = fs::read_to_string(root().join("editors/tree-sitter").join(file)).unwrap();
        assert!(made == kept, "{file} is not what `tree-sitter generate` makes of grammar.js");
    }
}
