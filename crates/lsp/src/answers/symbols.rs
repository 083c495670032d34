//! Outlines.

use ide::{Kind, Symbol};
use tower_lsp::ls_types::{DocumentSymbol, Location, OneOf, SymbolKind, WorkspaceSymbol};

use crate::view::View;

/// The outline of a file.
pub(crate) fn document(view: &View) -> Vec<DocumentSymbol> {
    view.snapshot.symbols(&view.file).into_iter().map(|symbol| shown(view, symbol)).collect()
}

#[expect(deprecated, reason = "the protocol's type has a field that is not used any more")]
fn shown(view: &View, symbol: Symbol) -> DocumentSymbol {
    let children: Vec<DocumentSymbol> = symbol.children.into_iter().map(|child| shown(view, child)).collect();
    DocumentSymbol {
        name: symbol.name,
        detail: None,
        kind: kind(symbol.kind),
        tags: None,
        deprecated: None,
        range: view.here(symbol.range),
        selection_range: view.here(symbol.selection),
        children: (!children.is_empty()).then_some(children),
    }
}

/// What has a name in which the letters of a query stand.
pub(crate) fn workspace(views: &[View], query: &str) -> Vec<WorkspaceSymbol> {
    let of = |view: &View| -> Vec<WorkspaceSymbol> {
        let found = view.snapshot.workspace_symbols(query).into_iter();
        let shown = found.filter_map(|found| {
            let location: Location = view.location(&found.place.file, found.place.start..found.place.end)?;
            Some(WorkspaceSymbol {
                name: found.name,
                kind: kind(found.kind),
                tags: None,
                container_name: found.container,
                location: OneOf::Left(location),
                data: None,
            })
        });
        shown.collect()
    };
    views.iter().flat_map(of).collect()
}

/// What comes nearest to a kind of thing among those that the protocol knows.
pub(crate) const fn kind(kind: Kind) -> SymbolKind {
    match kind {
        Kind::Record => SymbolKind::STRUCT,
        Kind::Field => SymbolKind::FIELD,
        Kind::Derived => SymbolKind::PROPERTY,
        Kind::Reference => SymbolKind::OBJECT,
        Kind::Constant => SymbolKind::CONSTANT,
        Kind::List => SymbolKind::ARRAY,
        Kind::Target => SymbolKind::CLASS,
        Kind::Calendar => SymbolKind::EVENT,
        Kind::Set => SymbolKind::NAMESPACE,
        Kind::Rule | Kind::Function => SymbolKind::FUNCTION,
        Kind::Test => SymbolKind::METHOD,
        Kind::Table => SymbolKind::ENUM,
        Kind::Variable => SymbolKind::VARIABLE,
        Kind::Integration | Kind::Workflow => SymbolKind::INTERFACE,
        Kind::Template => SymbolKind::STRING,
    }
}
