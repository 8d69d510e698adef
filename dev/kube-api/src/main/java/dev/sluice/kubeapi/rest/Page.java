package dev.sluice.kubeapi.rest;

import dev.sluice.kubeapi.store.StoredObject;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** A page of a list. */
record Page(long revision, List<StoredObject> objects, String continueToken, Optional<Long> remaining) {

    Page {
        objects = List.copyOf(objects);
    }

    void describe(ObjectNode listMetadata) {
        listMetadata.put("resourceVersion", Long.toString(revision));
        if (!continueToken.isEmpty()) {
            listMetadata.put("continue", continueToken);
        }
        remaining.ifPresent(count -> listMetadata.put("remainingItemCount", count));
    }
}
