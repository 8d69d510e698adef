package dev.sluice.artifact.fetch;

import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;

/**
 * How artifacts are downloaded.
 *
 * @param retry for {@link ArtifactFetcher#fetch}; a single attempt does not use it
 * @param connectTimeout for the connection, the TLS handshake included
 * @param idleTimeout for the time without any byte, the wait for the answer included
 * @param totalTimeout for one try
 * @param maxBytes of a download, counted as they are read; empty for no limit
 * @param hostOverride replaces the host of the URL
 * @param proxies which proxy is used for which host
 * @param access which servers are trusted, and what is shown to them
 * @param minimumRate a download that comes slower is ended
 * @param allowedUrls which URLs may be asked, those of redirects included
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
     * The retries of Flux, 10 s to connect, 60 s without a byte, 10 min a try, no size limit, no proxy, no
     * credentials, no minimum rate, all URLs.
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
     * @throws IllegalArgumentException as {@link ProxyRules#fromEnvironment}
     */
    public static FetchOptions fromEnvironment(Map<String, String> environment) {
        return defaults()
                .withHostOverride(HostOverride.fromEnvironment(environment))
                .withProxies(ProxyRules.fromEnvironment(environment));
    }

    /** The same with other retries. */
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

    /** The same with other time limits. */
    public FetchOptions withTimeouts(Duration connect, Duration idle, Duration total) {
        return new FetchOptions(
                retry, connect, idle, total, maxBytes, hostOverride, proxies, access, minimumRate, allowedUrls);
    }

    /** The same with a limit on the bytes of a download. */
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

    /** The same with another host override. */
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

    /** The same with other proxies. */
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

    /** The same with other access to servers. */
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

    /** The same with another minimum rate. */
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

    /** The same with other allowed URLs. */
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
