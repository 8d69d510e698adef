package dev.sluice.hostile.arena;

import java.util.LinkedHashMap;
import java.util.Map;

/** Valid objects of the source kinds, and the status that source-controller would give them. */
public final class Sources {

    private Sources() {}

    /** A spec that the definition of this kind accepts. */
    public static Map<String, Object> spec(Kind kind) {
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
            default -> throw new IllegalArgumentException(kind + " is no source");
        };
    }

    /** The artifact of a status; its fields may be replaced. */
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
