package dev.sluice.kubeapi.discovery;

import dev.sluice.kubeapi.resource.Endpoint;
import java.util.List;

/** What discovery says can be done. */
final class ServedVerbs {

    static final List<String> STATUS = List.of("get", "patch", "update");

    private static final List<String> ALL =
            List.of("create", "delete", "deletecollection", "get", "list", "patch", "update", "watch");
    private static final List<String> ONE_BY_ONE =
            ALL.stream().filter(v -> !v.equals("deletecollection")).toList();

    private ServedVerbs() {}

    static List<String> of(Endpoint endpoint) {
        return endpoint.resource().behaviour().deleteCollection() ? ALL : ONE_BY_ONE;
    }
}
