package dev.sluice.reconciler.console;

import dev.sluice.reconciler.cluster.GeneratorInformers;
import dev.sluice.reconciler.cluster.SourceKey;
import dev.sluice.toolkit.source.Source;

/** Finds the sources that generators name, or the reason why one cannot be shown. */
record SourceLookup(GeneratorInformers informers, VisibleNamespaces namespaces) {

    Item find(SourceKey key) {
        if (!namespaces.includes(key.namespace())) {
            return missing(key, State.PENDING, VisibleNamespaces.NOT_SHOWN);
        }
        var informer = informers.sourcesByKind().get(key.kind());
        Source<?, ?> source = informer == null
                ? null
                : informer.getIndexer().getByKey(key.objectKey().toString());
        if (source != null) {
            return SourceItems.of(Item.Group.SOURCES, key.kind(), source);
        }
        return informers
                .whyUnreadable()
                .apply(key.kind(), key.objectKey())
                .map(reason -> missing(key, State.STALLED, "cannot be read: " + reason))
                .orElseGet(() -> missing(key, State.STALLED, "does not exist"));
    }

    private static Item missing(SourceKey key, State state, String message) {
        return new Item(
                Item.Group.SOURCES,
                key.kind(),
                key.objectKey(),
                state,
                message,
                state == State.STALLED ? "Create the source, or correct its name in the spec." : "",
                "",
                -1,
                null);
    }
}
