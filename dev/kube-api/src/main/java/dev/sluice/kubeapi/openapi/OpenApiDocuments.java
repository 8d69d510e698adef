package dev.sluice.kubeapi.openapi;

import dev.sluice.kubeapi.json.Json;
import dev.sluice.kubeapi.resource.Endpoint;
import dev.sluice.kubeapi.resource.ResourceRegistry;
import dev.sluice.kubeapi.resource.ServedVersion;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.node.ObjectNode;

/** One OpenAPI v3 document for each group and version, made when it is first asked for. Thread-safe. */
final class OpenApiDocuments {

    /** A document, and from what it was made. */
    private static final class Document {

        private final List<ServedVersion> sources;
        private final byte[] json;
        private final String hash;

        Document(List<ServedVersion> sources, byte[] json) {
            this.sources = sources;
            this.json = json;
            this.hash = hash(json);
        }

        /** By identity: a definition that changes makes new versions. */
        @SuppressWarnings("ReferenceEquality")
        boolean madeFrom(List<ServedVersion> versions) {
            boolean same = versions.size() == sources.size();
            for (int i = 0; same && i < versions.size(); i++) {
                same = versions.get(i) == sources.get(i);
            }
            return same;
        }
    }

    static final String VERSION = "v1.35.4";

    private final ResourceRegistry registry;
    private final Map<String, Document> documents = new ConcurrentHashMap<>();

    OpenApiDocuments(ResourceRegistry registry) {
        this.registry = registry;
    }

    /** Where the documents are; a hash in each address lets clients keep them. */
    ObjectNode index() {
        ObjectNode index = Json.object();
        ObjectNode paths = index.putObject("paths");
        entry(paths, "", "v1");
        for (String group : registry.groups()) {
            registry.versions(group).forEach(version -> entry(paths, group, version));
        }
        return index;
    }

    private void entry(ObjectNode paths, String group, String version) {
        String path = group.isEmpty() ? "api/" + version : "apis/" + group + "/" + version;
        document(group, version)
                .ifPresent(document -> paths.putObject(path)
                        .put("serverRelativeURL", "/openapi/v3/" + path + "?hash=" + document.hash));
    }

    /** Empty when the version is not served. */
    Optional<byte[]> json(String group, String version) {
        return document(group, version).map(document -> document.json);
    }

    /** Everything in one document of the older version. */
    ObjectNode swagger() {
        Swagger swagger = new Swagger();
        swagger.add(describe(registry.in("", "v1")));
        for (String group : registry.groups()) {
            registry.versions(group).forEach(version -> swagger.add(describe(registry.in(group, version))));
        }
        return swagger.document();
    }

    private Optional<Document> document(String group, String version) {
        List<Endpoint> endpoints = registry.in(group, version);
        if (endpoints.isEmpty()) {
            documents.remove(group + "/" + version);
            return Optional.empty();
        }
        List<ServedVersion> sources = endpoints.stream().map(Endpoint::version).toList();
        return Optional.of(documents.compute(
                group + "/" + version,
                (key, known) -> known != null && known.madeFrom(sources)
                        ? known
                        : new Document(sources, Json.bytes(describe(endpoints)))));
    }

    private static ObjectNode describe(List<Endpoint> endpoints) {
        ObjectNode document = Json.object().put("openapi", "3.0.0");
        document.putObject("info").put("title", "Kubernetes").put("version", VERSION);
        Operations operations = new Operations(document.putObject("paths"));
        Schemas schemas = new Schemas(document.putObject("components").putObject("schemas"));
        for (Endpoint endpoint : endpoints) {
            operations.add(endpoint);
            schemas.add(endpoint);
        }
        return document;
    }

    private static String hash(byte[] json) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-512").digest(json);
            return HexFormat.of().formatHex(digest).toUpperCase(Locale.ROOT);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-512", e);
        }
    }
}
