package dev.sluice.toolkit.source;

import dev.sluice.toolkit.meta.LocalObjectReference;
import dev.sluice.toolkit.meta.Required;
import org.jspecify.annotations.Nullable;

/**
 * A Security Token Service that provides the credentials for a bucket.
 *
 * <p>API: {@code source.toolkit.fluxcd.io/v1}.
 *
 * @param endpoint the HTTP/S endpoint of the Security Token Service from where temporary credentials will be fetched
 * @param provider provider of the Security Token Service; one of {@code aws}, {@code ldap}
 * @param certSecretRef a Secret with {@code ca.crt}, the authorities of the server, or {@code tls.crt} and {@code
 *     tls.key}, a client certificate, or all of them
 * @param secretRef the Secret containing authentication credentials for the STS endpoint. This Secret must contain the
 *     fields {@code username} and {@code password} and is supported only for the {@code ldap} provider
 */
public record BucketSTSSpec(
        String endpoint,
        String provider,
        @Nullable LocalObjectReference certSecretRef,
        @Nullable LocalObjectReference secretRef) {

    public BucketSTSSpec {
        Required.field(endpoint, "BucketSTSSpec", "endpoint");
        Required.field(provider, "BucketSTSSpec", "provider");
    }
}
