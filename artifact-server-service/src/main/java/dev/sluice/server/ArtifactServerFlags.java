package dev.sluice.server;

import dev.sluice.runtime.flag.Flag;
import dev.sluice.runtime.flag.FlagSet;
import dev.sluice.runtime.flag.FlagType;
import dev.sluice.runtime.flag.SharedFlags;

/** The command line of the artifact server. */
final class ArtifactServerFlags {

    private ArtifactServerFlags() {}

    static FlagSet all() {
        return FlagSet.of("artifact-server", "Serves the artifacts of a Sluice volume over HTTP, read-only.")
                .with(
                        "Artifacts",
                        SharedFlags.storagePath(),
                        SharedFlags.storageAddress().implying(SharedFlags::mainServer),
                        Flag.of(
                                "directory-listing",
                                FlagType.BOOLEAN,
                                "false",
                                "List directories as plain text; for debugging only, because it shows all artifacts to every client."),
                        Flag.of(
                                "small-file-cache",
                                FlagType.BYTES,
                                "16Mi",
                                "Size of the cache for files of up to 48 KiB; at most an eighth of the heap, 0 to disable."),
                        Flag.of(
                                "storage-scan-interval",
                                FlagType.DURATION,
                                "10m",
                                "Interval between scans of the volume, for the storage metrics; 0 to disable."))
                .with(
                        "TLS",
                        Flag.of(
                                "tls-cert-file",
                                FlagType.STRING,
                                "",
                                "PEM file with the certificate chain of the artifact port; empty for plain HTTP. Reloaded"
                                        + " when it changes."),
                        Flag.of(
                                "tls-private-key-file",
                                FlagType.STRING,
                                "",
                                "PEM file with the key of the certificate."),
                        Flag.of(
                                "client-ca-file",
                                FlagType.STRING,
                                "",
                                "PEM file with certificate authorities; clients must have a certificate of one of them."),
                        Flag.of(
                                "authorized-artifact-client-spiffe-id",
                                FlagType.SPIFFE_IDS,
                                "",
                                "SPIFFE ID that may download artifacts, over mutual TLS with the X.509-SVID of the"
                                        + " Workload API; can be repeated."),
                        SharedFlags.spiffeEndpointSocket())
                .with(
                        "Operations",
                        Flag.of(
                                        "management-addr",
                                        FlagType.LISTEN_ADDRESS,
                                        ":8080",
                                        "Address of health (/healthz, /readyz), metrics (/metrics) and Actuator.")
                                .implying(SharedFlags::managementServer),
                        SharedFlags.debugEndpoints())
                .with("Logging", SharedFlags.logging());
    }
}
