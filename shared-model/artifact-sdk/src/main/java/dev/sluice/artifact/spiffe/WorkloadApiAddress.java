package dev.sluice.artifact.spiffe;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnixDomainSocketAddress;
import java.util.regex.Pattern;

/** The address of a Workload API, in the syntax of {@code SPIFFE_ENDPOINT_SOCKET}. */
record WorkloadApiAddress(SocketAddress socket, String text) {

    private static final String ALLOWED = "use unix:///PATH or tcp://IP-ADDRESS:PORT";
    private static final Pattern IP_ADDRESS = Pattern.compile("[0-9.]+|\\[[0-9a-fA-F:.]+]");

    /** @throws IllegalArgumentException if the text is not valid; names it */
    static WorkloadApiAddress parse(String text) {
        try {
            URI uri = new URI(text);
            return new WorkloadApiAddress("tcp".equals(uri.getScheme()) ? tcp(uri) : unix(uri), text);
        } catch (URISyntaxException | IllegalArgumentException e) {
            throw new IllegalArgumentException("\"" + text + "\" is not an address of a Workload API; " + ALLOWED, e);
        }
    }

    private static SocketAddress tcp(URI uri) {
        String host = String.valueOf(uri.getHost());
        if (!IP_ADDRESS.matcher(host).matches()
                || uri.getPort() < 0
                || !uri.getPath().isEmpty()) {
            throw new IllegalArgumentException("neither an IP address with a port");
        }
        return new InetSocketAddress(host, uri.getPort());
    }

    private static SocketAddress unix(URI uri) {
        String path = uri.isOpaque() ? uri.getSchemeSpecificPart() : uri.getPath();
        if (!"unix".equals(uri.getScheme()) || path == null || path.length() < 2 || uri.getRawAuthority() != null) {
            throw new IllegalArgumentException("neither a path");
        }
        return UnixDomainSocketAddress.of(path);
    }
}
