package dev.sluice.artifact.fetch;

import java.util.Map;

/**
 * Options for downloading artifacts.
 *
 * @param retry retries of {@link ArtifactFetcher#fetch}; not used by a single attempt
 * @param timeouts limits for the time of one attempt
 * @param hostOverride replaces the host of the URL
 * @param proxies selects a proxy for a host
 * @param access TLS trust and credentials
 * @param limits what a download may be
 */
public record FetchOptions(
        RetryPolicy retry,
        FetchTimeouts timeouts,
        HostOverride hostOverride,
        ProxyRules proxies,
        FetchAccess access,
        FetchLimits limits) {

    /**
     * Flux's retries, 10 s to connect, 60 s without data, 10 min per attempt; no size limit, proxy, credentials or
     * minimum rate; all URLs allowed.
     */
    public static FetchOptions defaults() {
        return new FetchOptions(
                RetryPolicy.FLUX,
                FetchTimeouts.DEFAULT,
                HostOverride.none(),
                ProxyRules.none(),
                FetchAccess.open(),
                FetchLimits.none());
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
        return new FetchOptions(newRetry, timeouts, hostOverride, proxies, access, limits);
    }

    /** Returns a copy with other timeouts. */
    public FetchOptions withTimeouts(FetchTimeouts newTimeouts) {
        return new FetchOptions(retry, newTimeouts, hostOverride, proxies, access, limits);
    }

    /** Returns a copy with another host override. */
    public FetchOptions withHostOverride(HostOverride newHostOverride) {
        return new FetchOptions(retry, timeouts, newHostOverride, proxies, access, limits);
    }

    /** Returns a copy with other proxies. */
    public FetchOptions withProxies(ProxyRules newProxies) {
        return new FetchOptions(retry, timeouts, hostOverride, newProxies, access, limits);
    }

    /** Returns a copy with other TLS trust and credentials. */
    public FetchOptions withAccess(FetchAccess newAccess) {
        return new FetchOptions(retry, timeouts, hostOverride, proxies, newAccess, limits);
    }

    /** Returns a copy with other limits. */
    public FetchOptions withLimits(FetchLimits newLimits) {
        return new FetchOptions(retry, timeouts, hostOverride, proxies, access, newLimits);
    }
}
