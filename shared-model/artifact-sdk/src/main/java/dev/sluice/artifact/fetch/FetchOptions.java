package dev.sluice.artifact.fetch;

import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Options for downloading artifacts.
 *
 * @param retry retries of {@link ArtifactFetcher#fetch}; not used by a single attempt
 * @param connectTimeout limit for the look-up of the host name, and again for establishing a connection, including the
 *     TLS handshake
 * @param idleTimeout limit for the time without any data, including the wait for the response
 * @param totalTimeout limit for one attempt
 * @param maxBytes limit for the size of a download, counted while reading; empty for no limit
 * @param hostOverride replaces the host of the URL
 * @param proxies selects a proxy for a host
 * @param access TLS trust and credentials
 * @param minimumRate a slower download is ended
 * @param allowedUrls URLs that may be requested, including redirect targets
 */
public record FetchOptions(
        RetryPolicy retry,
        Duration connectTimeout,
        Duration idleTimeout,
        Duration totalTimeout,
        OptionalLong maxBytes,
        HostOverride hostOverride,
        ProxyRules proxies,
        FetchAccess access,
        MinimumRate minimumRate,
        AllowedUrls allowedUrls) {

    /**
     * Flux's retries, 10 s to connect, 60 s without data, 10 min per attempt; no size limit, proxy, credentials or
     * minimum rate; all URLs allowed.
     */
    public static FetchOptions defaults() {
        return new FetchOptions(
                RetryPolicy.FLUX,
                Duration.ofSeconds(10),
                Duration.ofSeconds(60),
                Duration.ofMinutes(10),
                OptionalLong.empty(),
                HostOverride.none(),
                ProxyRules.none(),
                FetchAccess.open(),
                MinimumRate.none(),
                AllowedUrls.any());
    }

    /**
     * The defaults, with host override and proxies from environment variables.
     *
     * @throws IllegalArgumentException see {@link ProxyRules#fromEnvironment}
     */
    public static FetchOptions fromEnvironment(Map<String, String> environment) {
        return defaults()
                .withHostOverride(HostOverride.fromEnvironment(environment))
                .withProxies(ProxyRules.fromEnvironment(environment));
    }

    /** Returns a copy with other retries. */
    public FetchOptions withRetry(RetryPolicy newRetry) {
        return new FetchOptions(
                newRetry,
                connectTimeout,
                idleTimeout,
                totalTimeout,
                maxBytes,
                hostOverride,
                proxies,
                access,
                minimumRate,
                allowedUrls);
    }

    /** Returns a copy with other timeouts. */
    public FetchOptions withTimeouts(Duration connect, Duration idle, Duration total) {
        return new FetchOptions(
                retry, connect, idle, total, maxBytes, hostOverride, proxies, access, minimumRate, allowedUrls);
    }

    /** Returns a copy with a limit for the size of a download. */
    public FetchOptions withMaxBytes(long newMaxBytes) {
        return new FetchOptions(
                retry,
                connectTimeout,
                idleTimeout,
                totalTimeout,
                OptionalLong.of(newMaxBytes),
                hostOverride,
                proxies,
                access,
                minimumRate,
                allowedUrls);
    }

    /** Returns a copy with another host override. */
    public FetchOptions withHostOverride(HostOverride newHostOverride) {
        return new FetchOptions(
                retry,
                connectTimeout,
                idleTimeout,
                totalTimeout,
                maxBytes,
                newHostOverride,
                proxies,
                access,
                minimumRate,
                allowedUrls);
    }

    /** Returns a copy with other proxies. */
    public FetchOptions withProxies(ProxyRules newProxies) {
        return new FetchOptions(
                retry,
                connectTimeout,
                idleTimeout,
                totalTimeout,
                maxBytes,
                hostOverride,
                newProxies,
                access,
                minimumRate,
                allowedUrls);
    }

    /** Returns a copy with other TLS trust and credentials. */
    public FetchOptions withAccess(FetchAccess newAccess) {
        return new FetchOptions(
                retry,
                connectTimeout,
                idleTimeout,
                totalTimeout,
                maxBytes,
                hostOverride,
                proxies,
                newAccess,
                minimumRate,
                allowedUrls);
    }

    /** Returns a copy with another minimum rate. */
    public FetchOptions withMinimumRate(MinimumRate newMinimumRate) {
        return new FetchOptions(
                retry,
                connectTimeout,
                idleTimeout,
                totalTimeout,
                maxBytes,
                hostOverride,
                proxies,
                access,
                newMinimumRate,
                allowedUrls);
    }

    /** Returns a copy with other allowed URLs. */
    public FetchOptions withAllowedUrls(AllowedUrls newAllowedUrls) {
        return new FetchOptions(
                retry,
                connectTimeout,
                idleTimeout,
                totalTimeout,
                maxBytes,
                hostOverride,
                proxies,
                access,
                minimumRate,
                newAllowedUrls);
    }
}
