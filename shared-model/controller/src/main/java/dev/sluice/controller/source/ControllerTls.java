package dev.sluice.controller.source;

import dev.sluice.artifact.config.Flags;
import dev.sluice.artifact.tls.TlsFiles;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The PEM files for TLS, with the flags of Sluice's services. The controller reloads them when they change.
 *
 * @param server certificate and key of the artifact server ({@code --tls-cert-file}, {@code --tls-private-key-file}), and
 *     the authorities of its clients, which must then have a certificate ({@code --client-ca-file}). Without a
 *     certificate it serves plain HTTP
 * @param client for downloads ({@link BuildContext#access()}) and {@code --events-addr}: the trusted authorities ({@code
 *     --ca-file}) instead of those of the JVM, and a client certificate ({@code --client-cert-file}, {@code
 *     --client-key-file})
 * @param spiffe SPIFFE IDs; a server or client with authorized IDs uses the SVID instead of the files
 * @param clientCertificateHosts the hosts, names or addresses, to which downloads present the client certificate
 *     ({@code --client-cert-hosts}, comma-separated); no other host, because users who create objects choose the URLs
 */
public record ControllerTls(
        TlsFiles server, TlsFiles client, ControllerSpiffe spiffe, Set<String> clientCertificateHosts) {

    private static final String CERTIFICATE = "tls-cert-file";
    private static final String KEY = "tls-private-key-file";
    private static final String CLIENT_AUTHORITIES = "client-ca-file";
    private static final String AUTHORITIES = "ca-file";
    private static final String CLIENT_CERTIFICATE = "client-cert-file";
    private static final String CLIENT_KEY = "client-key-file";
    private static final String CLIENT_HOSTS = "client-cert-hosts";
    private static final Pattern HOST = Pattern.compile("[a-z0-9_-]+(\\.[a-z0-9_-]+)*|[0-9a-f]*:[0-9a-f:.]+");

    static final Set<String> FLAGS =
            Set.of(CERTIFICATE, KEY, CLIENT_AUTHORITIES, AUTHORITIES, CLIENT_CERTIFICATE, CLIENT_KEY, CLIENT_HOSTS);

    /**
     * Validates the combination.
     *
     * @throws IllegalArgumentException if the server has authorities, but no certificate; if it has SPIFFE IDs of clients
     *     and files; or if a host is not valid
     */
    public ControllerTls {
        clientCertificateHosts =
                clientCertificateHosts.stream().map(ControllerTls::host).collect(Collectors.toUnmodifiableSet());
        if (!clientCertificateHosts.isEmpty() && client.certificate().isEmpty()) {
            throw new IllegalArgumentException("--" + CLIENT_HOSTS + " requires --" + CLIENT_CERTIFICATE);
        }
        if (server.authorities().isPresent() && spiffe.artifactClients().isPresent()) {
            throw new IllegalArgumentException("--" + CLIENT_AUTHORITIES + " and --" + ControllerSpiffe.ARTIFACT_CLIENTS
                    + " cannot be set together: the Workload API sends the authorities of clients; remove --"
                    + CLIENT_AUTHORITIES);
        }
        if (server.authorities().isPresent() && server.certificate().isEmpty()) {
            throw new IllegalArgumentException("--" + CLIENT_AUTHORITIES + " requires --" + CERTIFICATE);
        }
        if (server.certificate().isPresent() && spiffe.artifactClients().isPresent()) {
            throw new IllegalArgumentException(
                    "--" + ControllerSpiffe.ARTIFACT_CLIENTS + " and --" + CERTIFICATE + " cannot be set together");
        }
    }

    /** Without a host to which downloads present the client certificate. */
    public ControllerTls(TlsFiles server, TlsFiles client, ControllerSpiffe spiffe) {
        this(server, client, spiffe, Set.of());
    }

    static ControllerTls of(Flags flags, Map<String, String> environment) {
        return new ControllerTls(
                files(flags, CERTIFICATE, KEY, CLIENT_AUTHORITIES),
                files(flags, CLIENT_CERTIFICATE, CLIENT_KEY, AUTHORITIES),
                ControllerSpiffe.of(flags, environment),
                hosts(flags.value(CLIENT_HOSTS).orElse("")));
    }

    private static Set<String> hosts(String commaSeparated) {
        return Arrays.stream(commaSeparated.split(",", -1))
                .map(String::strip)
                .filter(host -> !host.isEmpty())
                .collect(Collectors.toSet());
    }

    private static String host(String text) {
        String host = normalized(text);
        if (!HOST.matcher(host).matches()) {
            throw new IllegalArgumentException("invalid value '" + text + "' for --" + CLIENT_HOSTS
                    + ": must be host names or addresses, without a port");
        }
        return host;
    }

    private static String normalized(String host) {
        return host.toLowerCase(Locale.ROOT).replaceAll("^\\[|]$|\\.$", "");
    }

    /** Whether downloads from this host present the client certificate. */
    boolean presentsCertificateTo(String host) {
        return clientCertificateHosts.contains(normalized(host));
    }

    private static TlsFiles files(Flags flags, String certificate, String key, String authorities) {
        if (path(flags, certificate).isPresent() != path(flags, key).isPresent()) {
            throw new IllegalArgumentException("--" + certificate + " and --" + key + " must be set together");
        }
        return new TlsFiles(path(flags, certificate), path(flags, key), path(flags, authorities));
    }

    private static Optional<Path> path(Flags flags, String name) {
        return flags.value(name).filter(value -> !value.isEmpty()).map(Path::of);
    }

    /** Whether the artifact server has a certificate from files; the URLs of artifacts are then {@code https}. */
    public boolean isServer() {
        return server.certificate().isPresent();
    }
}
