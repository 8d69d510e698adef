package dev.sluice.hostile.harness;

import java.util.LinkedHashMap;
import java.util.Map;

/** Valid specs of the source kinds, and statuses as source-controller writes them. */
public final class SourceObjects {

    private SourceObjects() {}

    /** A valid spec for this kind. */
    public static Map<String, Object> spec(ResourceKind kind) {
        return switch (kind) {
            case GIT_REPOSITORY -> Map.of("interval", "1m", "url", "https://example.com/repo");
            case OCI_REPOSITORY -> Map.of("interval", "1m", "url", "oci://example.com/repo");
            case BUCKET -> Map.of("interval", "1m", "endpoint", "example.com", "bucketName", "bucket");
            case HELM_CHART ->
                Map.of(
                        "interval", "1m",
                        "chart", "chart",
                        "sourceRef", Map.of("kind", "HelmRepository", "name", "charts"));
            case EXTERNAL_ARTIFACT -> Map.of("sourceRef", Map.of("kind", "Release", "name", "release"));
            default -> throw new IllegalArgumentException(kind + " is not a source kind");
        };
    }

    /** The artifact of a status, as a mutable map. */
    public static Map<String, Object> artifact(String url, String digest, String revision) {
        Map<String, Object> artifact = new LinkedHashMap<>();
        artifact.put("url", url);
        artifact.put("path", "gitrepository/any/any.tar.gz");
        artifact.put("revision", revision);
        artifact.put("digest", digest);
        artifact.put("lastUpdateTime", "2026-01-01T00:00:00Z");
        return artifact;
    }
}
