//! Findings for people at a terminal: the sentence, the lines of the file with the place underlined, the help.

use std::collections::BTreeMap;
use std::fmt;

use miette::{Diagnostic, GraphicalReportHandler, GraphicalTheme, LabeledSpan, SourceCode};

use super::excerpt::Excerpt;
use crate::{Finding, Place, Severity, Sources};

/// The narrowest that a report is drawn, in columns.
const NARROWEST: usize = 40;

/// Renders findings for a terminal, one after the other with an empty line between them; with colour when asked for, and
/// folded to `width` columns (source lines are never folded). Empty when there are none.
pub fn terminal(findings: &[Finding], sources: &Sources, colour: bool, width: usize) -> String {
    let handler = handler(colour, width);
    let excerpts = excerpts(findings, sources);
    let reports = findings
        .iter()
        .map(|finding| Report::of(finding, &excerpts).iter().map(|report| report.drawn(&handler)).collect::<String>());
    reports.collect::<Vec<_>>().join("\n")
}

/// Renders what was noticed at some places of one file, and is no finding about the rules themselves: a test that failed.
/// The first label is the one that matters.
pub fn notice(sentence: &str, labels: &[(Place, String)], sources: &Sources, colour: bool, width: usize) -> String {
    let first = labels.first().map(|(place, _)| place);
    let excerpt = first.and_then(|place| Some(Excerpt::new(&place.file, sources.source(&place.file)?)));
    let labelled = |excerpt: &Excerpt<'_>| {
        let own = labels.iter().filter(|(place, _)| first.is_some_and(|first| first.file == place.file));
        own.map(|(place, label)| labelled(label, excerpt, place)).collect()
    };
    let report = Report {
        code: None,
        severity: Severity::Error,
        sentence: sentence.to_owned(),
        help: None,
        excerpt: excerpt.as_ref(),
        labels: excerpt.as_ref().map_or_else(Vec::new, labelled),
    };
    report.drawn(&handler(colour, width))
}

fn handler(colour: bool, width: usize) -> GraphicalReportHandler {
    let theme = if colour { GraphicalTheme::unicode() } else { GraphicalTheme::unicode_nocolor() };
    GraphicalReportHandler::new_themed(theme)
        .with_width(width.max(NARROWEST))
        .with_links(false)
        .with_break_words(false)
        .without_syntax_highlighting()
}

type Excerpts<'a> = BTreeMap<&'a str, Excerpt<'a>>;

/// The files that any finding points into.
fn excerpts<'a>(findings: &'a [Finding], sources: &'a Sources) -> Excerpts<'a> {
    let places = findings.iter().flat_map(|finding| {
        std::iter::once(&finding.place).chain(finding.related.iter().map(|related| &related.place))
    });
    let mut excerpts = Excerpts::new();
    for place in places {
        if let Some(source) = sources.source(&place.file) {
            excerpts.entry(&place.file).or_insert_with(|| Excerpt::new(&place.file, source));
        }
    }
    excerpts
}

/// One excerpt of one file with what is said about it, as miette draws it.
struct Report<'a> {
    code: Option<String>,
    severity: Severity,
    sentence: String,
    help: Option<String>,
    excerpt: Option<&'a Excerpt<'a>>,
    labels: Vec<LabeledSpan>,
}

impl<'a> Report<'a> {
    fn drawn(&self, handler: &GraphicalReportHandler) -> String {
        let mut out = String::new();
        // Writing into a string cannot fail, and a report without its excerpt is still a report.
        let _ = handler.render_report(&mut out, self);
        out.lines().map(|line| format!("{}\n", line.trim_end())).collect()
    }

    /// The report of a finding, and after it one for each other file that explains it.
    fn of(finding: &Finding, excerpts: &'a Excerpts<'a>) -> Vec<Self> {
        let excerpt = excerpts.get(&*finding.place.file);
        let own = |place: &Place| place.file == finding.place.file;
        let mut reports = vec![Self {
            code: Some(format!("{}: {}", finding.severity().name(), finding.problem.code())),
            severity: finding.severity(),
            sentence: finding.problem.sentence(),
            help: finding.problem.help(),
            excerpt,
            labels: excerpt.map_or_else(Vec::new, |excerpt| {
                let primary =
                    LabeledSpan::new_primary_with_span(Some(finding.problem.label()), excerpt.label(&finding.place));
                let others = finding.related.iter().filter(|related| own(&related.place));
                std::iter::once(primary)
                    .chain(others.map(|related| labelled(&related.label, excerpt, &related.place)))
                    .collect()
            }),
        }];
        reports.extend(finding.related.iter().filter(|related| !own(&related.place)).map(|related| {
            let excerpt = excerpts.get(&*related.place.file);
            Self {
                code: None,
                severity: Severity::Hint,
                sentence: related.label.clone(),
                help: None,
                excerpt,
                labels: excerpt.map(|excerpt| unlabelled(excerpt, &related.place)).into_iter().collect(),
            }
        }));
        reports
    }
}

fn labelled(label: &str, excerpt: &Excerpt<'_>, place: &Place) -> LabeledSpan {
    LabeledSpan::new_with_span(Some(label.to_owned()), excerpt.label(place))
}

fn unlabelled(excerpt: &Excerpt<'_>, place: &Place) -> LabeledSpan {
    LabeledSpan::new_with_span(None, excerpt.label(place))
}

impl fmt::Display for Report<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.sentence)
    }
}

impl fmt::Debug for Report<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.sentence)
    }
}

impl std::error::Error for Report<'_> {}

impl Diagnostic for Report<'_> {
    fn code<'b>(&'b self) -> Option<Box<dyn fmt::Display + 'b>> {
        self.code.as_ref().map(|code| Box::new(code) as Box<dyn fmt::Display>)
    }

    fn severity(&self) -> Option<miette::Severity> {
        Some(match self.severity {
            Severity::Error => miette::Severity::Error,
            Severity::Warning => miette::Severity::Warning,
            Severity::Hint => miette::Severity::Advice,
        })
    }

    fn help<'b>(&'b self) -> Option<Box<dyn fmt::Display + 'b>> {
        self.help.as_ref().map(|help| Box::new(help) as Box<dyn fmt::Display>)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        self.excerpt.map(|excerpt| excerpt as &dyn SourceCode)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        Some(Box::new(self.labels.iter().cloned()))
    }
}
