package dev.sluice.toolkit.helm;

import dev.sluice.toolkit.meta.Immutable;
import dev.sluice.toolkit.meta.Required;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A version of the release in Helm's storage.
 *
 * <p>API: {@code helm.toolkit.fluxcd.io/v2}.
 *
 * @param chartName the chart name of the release object in storage
 * @param chartVersion the chart version of the release object in storage
 * @param configDigest the checksum of the config (better known as "values") of the release object in storage. It has
 *     the format of {@code <algo>:<checksum>}
 * @param digest the checksum of the release object in storage. It has the format of {@code <algo>:<checksum>}
 * @param firstDeployed when the release was first deployed
 * @param lastDeployed when the release was last deployed
 * @param name the name of the release
 * @param namespace the namespace the release is deployed to
 * @param status the current state of the release
 * @param version the release version, starting at 1
 * @param action the action that resulted in this snapshot being created; since Flux 2.8
 * @param apiVersion the API version of the Snapshot. When the calculation method of the Digest field is changed, this
 *     field will be used to distinguish between the old and new methods
 * @param appVersion the chart app version of the release object in storage
 * @param deleted when the release was deleted
 * @param ociDigest the digest of the OCI artifact associated with the release
 * @param testHooks the list of test hooks for the release as observed to be run by the controller
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
