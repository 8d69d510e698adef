package dev.sluice.kubeapi.rest;

import dev.sluice.kubeapi.selector.FieldSelector;
import dev.sluice.kubeapi.selector.LabelSelector;
import dev.sluice.kubeapi.selector.SelectorSyntaxException;
import dev.sluice.kubeapi.status.ApiException;
import dev.sluice.kubeapi.status.Cause;
import dev.sluice.kubeapi.status.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** The query of a list or watch, checked. */
record ListOptions(
        boolean watch,
        LabelSelector labels,
        FieldSelector fields,
        int limit,
        String continueToken,
        String resourceVersion,
        String match,
        Optional<Boolean> sendInitialEvents,
        boolean bookmarks,
        Optional<Integer> timeoutSeconds) {

    static final String EXACT = "Exact";
    static final String NOT_OLDER_THAN = "NotOlderThan";

    /** @throws ApiException 400 for what does not parse, 422 for what does not go together */
    static ListOptions parse(Query query, Set<String> selectableFields) {
        ListOptions options = new ListOptions(
                query.flag("watch"),
                selector(() -> LabelSelector.parse(query.text("labelSelector"))),
                selector(() -> FieldSelector.parse(query.text("fieldSelector"), selectableFields)),
                query.integer("limit").orElse(0),
                query.text("continue"),
                query.text("resourceVersion"),
                query.text("resourceVersionMatch"),
                query.has("sendInitialEvents") ? Optional.of(query.flag("sendInitialEvents")) : Optional.empty(),
                query.flag("allowWatchBookmarks"),
                query.integer("timeoutSeconds"));
        List<Cause> causes = options.watch ? options.watchProblems() : options.listProblems();
        if (!causes.isEmpty()) {
            throw ApiException.invalid(new Target("meta.k8s.io", "", "ListOptions", ""), causes);
        }
        return options;
    }

    private static <T> T selector(Supplier<T> parse) {
        try {
            return parse.get();
        } catch (SelectorSyntaxException e) {
            throw ApiException.badRequest(String.valueOf(e.getMessage()));
        }
    }

    private List<Cause> listProblems() {
        List<Cause> causes = new ArrayList<>();
        if (!match.isEmpty()) {
            if (resourceVersion.isEmpty()) {
                causes.add(matchForbidden("resourceVersionMatch is forbidden unless resourceVersion is provided"));
            }
            if (!continueToken.isEmpty()) {
                causes.add(matchForbidden("resourceVersionMatch is forbidden with continue"));
            }
            if (!match.equals(EXACT) && !match.equals(NOT_OLDER_THAN)) {
                causes.add(Cause.unsupported("resourceVersionMatch", match, "\"Exact\", \"NotOlderThan\", \"\""));
            }
            if (match.equals(EXACT) && resourceVersion.equals("0")) {
                causes.add(matchForbidden("resourceVersionMatch \"exact\" is forbidden for resourceVersion \"0\""));
            }
        }
        if (sendInitialEvents.isPresent()) {
            causes.add(Cause.forbidden("sendInitialEvents", "sendInitialEvents is forbidden for list"));
        }
        return causes;
    }

    private List<Cause> watchProblems() {
        List<Cause> causes = new ArrayList<>();
        if (sendInitialEvents.isPresent() && !match.equals(NOT_OLDER_THAN)) {
            causes.add(matchForbidden("sendInitialEvents requires setting resourceVersionMatch to NotOlderThan"));
        }
        if (!match.isEmpty()) {
            if (sendInitialEvents.isEmpty()) {
                causes.add(matchForbidden(
                        "resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided"));
            }
            if (!match.equals(NOT_OLDER_THAN)) {
                causes.add(Cause.unsupported("resourceVersionMatch", match, "\"NotOlderThan\""));
            }
            if (!continueToken.isEmpty()) {
                causes.add(matchForbidden("resourceVersionMatch is forbidden with continue"));
            }
        }
        return causes;
    }

    private static Cause matchForbidden(String why) {
        return Cause.forbidden("resourceVersionMatch", why);
    }

    boolean selectsAll() {
        return labels.isEmpty() && fields.isEmpty();
    }
}
