package dev.sluice.kubeapi.rest;

import dev.sluice.kubeapi.selector.FieldSelector;
import dev.sluice.kubeapi.selector.LabelQuery;
import dev.sluice.kubeapi.status.ApiException;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** The validated query of a list or watch. */
record ListOptions(
        boolean watch,
        LabelQuery labels,
        FieldSelector fields,
        int limit,
        String continueToken,
        String resourceVersion,
        Optional<Boolean> sendInitialEvents,
        boolean bookmarks,
        Optional<Integer> timeoutSeconds) {

    /** @throws ApiException 400 for an invalid query */
    static ListOptions parse(Query query, Set<String> selectableFields) {
        return new ListOptions(
                query.flag("watch"),
                selector(() -> LabelQuery.parse(query.text("labelSelector"))),
                selector(() -> FieldSelector.parse(query.text("fieldSelector"), selectableFields)),
                query.integer("limit").orElse(0),
                query.text("continue"),
                query.text("resourceVersion"),
                query.has("sendInitialEvents") ? Optional.of(query.flag("sendInitialEvents")) : Optional.empty(),
                query.flag("allowWatchBookmarks"),
                query.integer("timeoutSeconds"));
    }

    private static <T> T selector(Supplier<T> parse) {
        try {
            return parse.get();
        } catch (IllegalArgumentException e) {
            throw ApiException.badRequest(String.valueOf(e.getMessage()));
        }
    }

    boolean selectsAll() {
        return labels.isEmpty() && fields.isEmpty();
    }
}
