package dev.sluice.runtime.management;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Set;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.jspecify.annotations.Nullable;

/**
 * Allows access to profiles and other Actuator endpoints only from this host or pod, which includes {@code kubectl
 * port-forward}. Checks both ends of the connection, not headers. Health, build information and metrics are always
 * available.
 */
final class DebugAccessValve extends ValveBase {

    private static final String PPROF = "/debug/pprof";
    private static final Set<String> FOR_EVERYBODY = Set.of("", "health", "info", "prometheus");
    private static final String REFUSAL = """
            debug endpoints are available only from loopback; use kubectl port-forward, or start with --debug-endpoints
            """;

    private final String basePath;

    /** @param basePath base path of Actuator's endpoints, such as {@code /actuator} */
    DebugAccessValve(String basePath) {
        super(true);
        this.basePath = basePath;
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        if (isForDebugging(request.getDecodedRequestURI()) && !isLocal(request.getPeerAddr(), request.getLocalAddr())) {
            response.setStatus(HttpServletResponse.SC_FORBIDDEN);
            response.setContentType("text/plain;charset=UTF-8");
            response.getWriter().write(REFUSAL);
            return;
        }
        getNext().invoke(request, response);
    }

    /** @param path decoded and normalized, as Tomcat maps it to servlets; null if Tomcat has refused the request */
    boolean isForDebugging(@Nullable String path) {
        if (path == null) {
            return false;
        }
        if (path.equals(PPROF) || path.startsWith(PPROF + "/")) {
            return true;
        }
        if (!path.startsWith(basePath + "/")) {
            return false;
        }
        String endpoint = path.substring(basePath.length() + 1).split("/", 2)[0];
        return !FOR_EVERYBODY.contains(endpoint);
    }

    /**
     * Whether both ends are loopback addresses. A sidecar proxy that forwards external connections usually has only one
     * end on the loopback interface.
     */
    static boolean isLocal(@Nullable String peer, @Nullable String local) {
        return isLoopback(peer) && isLoopback(local);
    }

    /** Does not look up names, because sockets have numeric addresses; an IPv4-mapped IPv6 address counts as IPv4. */
    private static boolean isLoopback(@Nullable String address) {
        if (address == null || address.isEmpty()) {
            return false;
        }
        try {
            return InetAddress.getByName(address).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
