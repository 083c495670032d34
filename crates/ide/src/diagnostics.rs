//! What is wrong, as an editor shows it.

use diagnostics::{Code, Finding, Fix, NameProblem, Place, Problem, Related, Severity};

use crate::Snapshot;

/// Something that is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Where. That may be in a file that rules name: a table's, or a list's.
    pub place: Place,
    /// How much it matters.
    pub severity: Severity,
    /// What it is called, and the page that explains it.
    pub code: Code,
    /// What is wrong, and below it what to do.
    pub message: String,
    /// Other places that explain it.
    pub related: Vec<Related>,
    /// Whether it can be left out: an editor shows it faded.
    pub unnecessary: bool,
    /// The changes that would cure it, the likeliest first.
    pub fixes: Vec<Fix>,
}

impl Snapshot {
    /// What is wrong with a file so far as its items tell, each by itself: little work after an edit of the file. What
    /// needs a look at all rules is in [`diagnostics`](Self::diagnostics) alone.
    pub fn item_diagnostics(&self, path: &str) -> Vec<Diagnostic> {
        self.project().item_findings(path).into_iter().map(Diagnostic::from).collect()
    }

    /// What [`item_diagnostics`](Self::item_diagnostics) leaves out, of all files.
    pub fn late_diagnostics(&self) -> Vec<Diagnostic> {
        self.project().late_findings().into_iter().map(Diagnostic::from).collect()
    }

    /// All that is wrong with the rulebook, file by file in path order, by place: what `rulebook check` says, and hints.
    pub fn diagnostics(&self) -> Vec<Diagnostic> {
        self.project().findings().into_iter().map(Diagnostic::from).collect()
    }
}

impl From<Finding> for Diagnostic {
    fn from(finding: Finding) -> Self {
        let problem = &finding.problem;
        Self {
            severity: problem.severity(),
            code: problem.code(),
            message: match problem.help() {
                Some(help) => format!("{}\nhelp: {help}", problem.sentence()),
                None => problem.sentence(),
            },
            unnecessary: is_unnecessary(problem),
            fixes: finding.fixes(),
            place: finding.place,
            related: finding.related,
        }
    }
}

/// Whether what a problem is about changes nothing.
fn is_unnecessary(problem: &Problem) -> bool {
    matches!(problem, Problem::Name(NameProblem::Unused { .. })) || problem.code() == Code::Unreachable
}

#[cfg(test)]
mod tests {
    use crate::Workspace;

    #[test]
    fn what_needs_a_look_at_all_rules_is_told_with_the_whole() {
        let mut workspace = Workspace::new();
        workspace
            .set_file("a.rules", "team sales { \"ada\" }\nlet spare = 1\nwhen lead.score > 70 then assign sales\n");
        let snapshot = workspace.snapshot();
        assert_eq!(snapshot.item_diagnostics("a.rules"), []);
        let [unused] = &snapshot.diagnostics()[..] else { panic!("{:?}", snapshot.diagnostics()) };
        assert_eq!((unused.code.name(), unused.unnecessary), ("unused", true));
        assert_eq!(&snapshot.text("a.rules").unwrap()[unused.place.start..unused.place.end], "spare");
    }

    #[test]
    fn a_slip_comes_with_its_cure() {
        let mut workspace = Workspace::new();
        workspace.set_file("a.rules", "team sales { \"ada\" }\nwhen lead.score > 70 then asign sales\n");
        let snapshot = workspace.snapshot();
        let slip = &snapshot.item_diagnostics("a.rules")[0];
        assert_eq!(slip.fixes[0].replacement, "assign");
        assert!(slip.message.contains("\nhelp: "), "{}", slip.message);
    }
}
