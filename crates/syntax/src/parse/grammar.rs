//! pest, and the only place that calls it.

use pest::Parser as _;
use pest::iterators::Pairs;

use crate::chunk::ChunkKind;

/// What pest makes of `grammar/rulebook.pest`.
mod generated {
    #[derive(pest_derive::Parser)]
    #[grammar = "../../grammar/rulebook.pest"]
    pub(super) struct Grammar;
}

pub(super) use generated::Rule;

/// What was read by one rule of the grammar.
pub(super) type Pair<'s> = pest::iterators::Pair<'s, Rule>;
/// Where reading stopped, and which rules could have gone on there.
pub(super) type Failure = Box<pest::error::Error<Rule>>;

/// The rule that reads a whole item of a kind, for the kinds that have one.
pub(super) fn entry(kind: ChunkKind) -> Option<Rule> {
    match kind {
        ChunkKind::Record => Some(Rule::record_item),
        ChunkKind::Let => Some(Rule::let_item),
        ChunkKind::List => Some(Rule::list_item),
        ChunkKind::Define => Some(Rule::define_item),
        ChunkKind::Reference => Some(Rule::reference_item),
        ChunkKind::Decide => Some(Rule::decide_item),
        ChunkKind::Score => Some(Rule::score_item),
        ChunkKind::Calendar => Some(Rule::calendar_item),
        ChunkKind::Target(_) => Some(Rule::target_item),
        ChunkKind::Never => Some(Rule::never_item),
        ChunkKind::RulesHeader => Some(Rule::rules_item),
        ChunkKind::Rule => Some(Rule::rule_item),
        ChunkKind::Test => Some(Rule::test_item),
        ChunkKind::Otherwise => Some(Rule::otherwise_item),
        ChunkKind::Table | ChunkKind::Close | ChunkKind::NotYet(_) | ChunkKind::Unknown => None,
    }
}

/// Reads a text by an entry point; the pair is what stands between its ends.
pub(super) fn read(entry: Rule, text: &str) -> Result<Pair<'_>, Failure> {
    let mut pairs: Pairs<'_, Rule> = generated::Grammar::parse(entry, text).map_err(Box::new)?;
    let inner = pairs.next().and_then(|pair| pair.into_inner().next());
    inner.ok_or_else(|| {
        let variant = pest::error::ErrorVariant::ParsingError { positives: Vec::new(), negatives: Vec::new() };
        Box::new(pest::error::Error::new_from_pos(variant, pest::Position::from_start(text)))
    })
}
