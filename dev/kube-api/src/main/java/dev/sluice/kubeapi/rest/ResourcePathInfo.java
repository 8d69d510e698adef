package dev.sluice.kubeapi.rest;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The parts of a resource's URL; absent parts are empty.
 *
 * @param namespaceSet whether the path contains a namespace
 */
record ResourcePathInfo(
        String group,
        String version,
        boolean namespaceSet,
        String namespace,
        String resource,
        String name,
        String subresource) {

    /** Parses {@code /api/v1/...} and {@code /apis/<group>/<version>/...}; empty if the path has another form. */
    static Optional<ResourcePathInfo> parse(String uri) {
        List<String> parts = parts(uri);
        if (parts.isEmpty()) {
            return Optional.empty();
        }
        boolean core = parts.get(0).equals("api");
        int head = core ? 2 : 3;
        if (parts.size() <= head) {
            return Optional.empty();
        }
        String group = core ? "" : parts.get(1);
        return within(group, parts.get(head - 1), parts.subList(head, parts.size()));
    }

    private static Optional<ResourcePathInfo> within(String group, String version, List<String> parts) {
        boolean namespaced = parts.size() > 2
                && parts.get(0).equals("namespaces")
                && !(group.isEmpty() && isNamespaceSubresource(parts));
        List<String> rest = namespaced ? parts.subList(2, parts.size()) : parts;
        if (rest.size() > 3) {
            return Optional.empty();
        }
        return Optional.of(new ResourcePathInfo(
                group,
                version,
                namespaced,
                namespaced ? parts.get(1) : "",
                rest.get(0),
                rest.size() > 1 ? rest.get(1) : "",
                rest.size() > 2 ? rest.get(2) : ""));
    }

    private static boolean isNamespaceSubresource(List<String> parts) {
        return parts.size() == 3
                && (parts.get(2).equals("status") || parts.get(2).equals("finalize"));
    }

    private static List<String> parts(String uri) {
        List<String> parts = new ArrayList<>();
        for (String part : uri.split("/", -1)) {
            if (!part.isEmpty()) {
                parts.add(URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8));
            }
        }
        return parts;
    }
}
