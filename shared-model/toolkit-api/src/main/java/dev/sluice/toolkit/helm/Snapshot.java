package dev.sluice.toolkit.helm;

import dev.sluice.toolkit.meta.Immutable;
import dev.sluice.toolkit.meta.Required;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A version of the release in Helm's storage.
 *
 * @param version the release version, starting at 1
 */
public record Snapshot(
        String chartName,
        String chartVersion,
        String configDigest,
        String digest,
        Instant firstDeployed,
        Instant lastDeployed,
        String name,
        String namespace,
        String status,
        Integer version,
        @Nullable String action,
        @Nullable String apiVersion,
        @Nullable String appVersion,
        @Nullable Instant deleted,
        @Nullable String ociDigest,
        Map<String, TestHookStatus> testHooks) {

    public Snapshot {
        Required.field(chartName, "Snapshot", "chartName");
        Required.field(chartVersion, "Snapshot", "chartVersion");
        Required.field(configDigest, "Snapshot", "configDigest");
        Required.field(digest, "Snapshot", "digest");
        Required.field(firstDeployed, "Snapshot", "firstDeployed");
        Required.field(lastDeployed, "Snapshot", "lastDeployed");
        Required.field(name, "Snapshot", "name");
        Required.field(namespace, "Snapshot", "namespace");
        Required.field(status, "Snapshot", "status");
        Required.field(version, "Snapshot", "version");
        testHooks = Immutable.map(testHooks);
    }
}
