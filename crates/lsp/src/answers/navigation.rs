//! Where things are declared and used.

use diagnostics::Place;
use ide::Definition;
use tower_lsp::ls_types::{
    CallHierarchyIncomingCall, CallHierarchyItem, CallHierarchyOutgoingCall, DocumentHighlight, DocumentHighlightKind,
    GotoDefinitionResponse, Location, LocationLink, Position,
};

use super::symbols::kind;
use crate::view::View;

/// Where a name is declared.
pub(crate) fn definition(view: &View, position: Position) -> Option<GotoDefinitionResponse> {
    Some(places(view, &view.snapshot.definition(&view.file, view.offset(position))?))
}

/// Where the type of what a name stands for is declared.
pub(crate) fn type_definition(view: &View, position: Position) -> Option<GotoDefinitionResponse> {
    Some(places(view, &view.snapshot.type_definition(&view.file, view.offset(position))?))
}

fn places(view: &View, definition: &Definition) -> GotoDefinitionResponse {
    let locations = definition.places.iter().filter_map(|place| location(view, place));
    if !view.client.links {
        return GotoDefinitionResponse::Array(locations.collect());
    }
    let link = |target: Location| LocationLink {
        origin_selection_range: Some(view.here(definition.origin.clone())),
        target_uri: target.uri,
        target_range: target.range,
        target_selection_range: target.range,
    };
    GotoDefinitionResponse::Link(locations.map(link).collect())
}

fn location(view: &View, place: &Place) -> Option<Location> {
    view.location(&place.file, place.start..place.end)
}

/// Where a name is used.
pub(crate) fn references(view: &View, position: Position, with_declarations: bool) -> Vec<Location> {
    let places = view.snapshot.references(&view.file, view.offset(position), with_declarations);
    places.iter().filter_map(|place| location(view, place)).collect()
}

/// The same name in the same file.
pub(crate) fn highlights(view: &View, position: Position) -> Vec<DocumentHighlight> {
    let found = view.snapshot.highlights(&view.file, view.offset(position)).into_iter();
    let shown = found.map(|found| DocumentHighlight {
        range: view.here(found.range),
        kind: Some(if found.writes { DocumentHighlightKind::WRITE } else { DocumentHighlightKind::READ }),
    });
    shown.collect()
}

/// The derived value or rule at a position.
pub(crate) fn call_item(view: &View, position: Position) -> Option<Vec<CallHierarchyItem>> {
    let item = view.snapshot.call_item(&view.file, view.offset(position))?;
    Some(vec![hierarchy_item(view, &item)?])
}

/// Who reads a derived value.
pub(crate) fn incoming(view: &View, item: &CallHierarchyItem) -> Vec<CallHierarchyIncomingCall> {
    let calls = view.snapshot.incoming_calls(&view.file, view.offset(item.selection_range.start)).into_iter();
    let shown = calls.filter_map(|call| {
        let from_ranges = call.places.iter().map(|place| view.range(&call.item.place.file, place.clone())).collect();
        Some(CallHierarchyIncomingCall { from: hierarchy_item(view, &call.item)?, from_ranges })
    });
    shown.collect()
}

/// The derived values that an item reads.
pub(crate) fn outgoing(view: &View, item: &CallHierarchyItem) -> Vec<CallHierarchyOutgoingCall> {
    let calls = view.snapshot.outgoing_calls(&view.file, view.offset(item.selection_range.start)).into_iter();
    let shown = calls.filter_map(|call| {
        let from_ranges = call.places.iter().map(|place| view.here(place.clone())).collect();
        Some(CallHierarchyOutgoingCall { to: hierarchy_item(view, &call.item)?, from_ranges })
    });
    shown.collect()
}

fn hierarchy_item(view: &View, item: &ide::CallItem) -> Option<CallHierarchyItem> {
    let all = location(view, &item.place)?;
    Some(CallHierarchyItem {
        name: item.name.clone(),
        kind: kind(item.kind),
        tags: None,
        detail: None,
        uri: all.uri,
        range: all.range,
        selection_range: view.range(&item.place.file, item.selection.clone()),
        data: None,
    })
}
