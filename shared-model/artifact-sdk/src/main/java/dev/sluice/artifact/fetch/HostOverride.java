package dev.sluice.artifact.fetch;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Replaces host and port of artifact URLs, for a controller that runs outside the cluster and reaches the servers inside
 * through a forwarded port.
 *
 * @param hostAndPort for example {@code localhost:8080}; empty replaces nothing
 */
public record HostOverride(Optional<String> hostAndPort) {

    /** The variable that Flux uses for this. */
    public static final String ENVIRONMENT = "SOURCE_CONTROLLER_LOCALHOST";

    private static final Pattern AUTHORITY = Pattern.compile("^([a-zA-Z][a-zA-Z0-9+.-]*://)[^/?#]*");

    /** Replaces nothing. */
    public static HostOverride none() {
        return new HostOverride(Optional.empty());
    }

    /** From {@value #ENVIRONMENT}; an empty variable counts as unset. */
    public static HostOverride fromEnvironment(Map<String, String> environment) {
        return new HostOverride(
                Optional.ofNullable(environment.get(ENVIRONMENT)).filter(host -> !host.isBlank()));
    }

    /** The URL with the host that is really reached. Credentials in the URL were for the other host and are dropped. */
    public String apply(String url) {
        return hostAndPort
                .map(host -> AUTHORITY.matcher(url).replaceFirst(m -> m.group(1) + host))
                .orElse(url);
    }
}
