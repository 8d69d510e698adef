package dev.sluice.artifact.fetch;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Replaces host and port of artifact URLs, for a controller that runs outside the cluster and reaches servers in the
 * cluster through port forwarding.
 *
 * @param hostAndPort for example {@code localhost:8080}; empty to replace nothing
 */
public record HostOverride(Optional<String> hostAndPort) {

    /** The environment variable that Flux uses. */
    public static final String ENVIRONMENT = "SOURCE_CONTROLLER_LOCALHOST";

    private static final Pattern AUTHORITY = Pattern.compile("^([a-zA-Z][a-zA-Z0-9+.-]*://)[^/?#]*");

    /** Replaces nothing. */
    public static HostOverride none() {
        return new HostOverride(Optional.empty());
    }

    /** Reads {@value #ENVIRONMENT}; an empty variable counts as unset. */
    public static HostOverride fromEnvironment(Map<String, String> environment) {
        return new HostOverride(
                Optional.ofNullable(environment.get(ENVIRONMENT)).filter(host -> !host.isBlank()));
    }

    /** Returns the URL with the host replaced. Drops credentials in the URL, which are for the original host. */
    public String apply(String url) {
        return hostAndPort
                .map(host -> AUTHORITY.matcher(url).replaceFirst(m -> m.group(1) + host))
                .orElse(url);
    }
}
