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
 * Lets only connections within this host or pod reach profiles and what else Actuator tells about the process; {@code
 * kubectl port-forward} makes such connections. Both ends of the connection decide, never a header. Health, information
 * about the build and metrics are for everybody.
 */
final class DebugAccessValve extends ValveBase {

    private static final String PPROF = "/debug/pprof";
    private static final Set<String> FOR_EVERYBODY = Set.of("", "health", "info", "prometheus");
    private static final String REFUSAL = """
            debug endpoints answer connections from loopback only: use kubectl port-forward, or start with --debug-endpoints
            """;

    private final String basePath;

    /** @param basePath of Actuator's endpoints, such as {@code /actuator} */
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

    /** @param path decoded and normalized, as Tomcat maps it to servlets */
    boolean isForDebugging(String path) {
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
     * Whether both ends are of the loopback interface: a proxy beside the service that redirects what comes from elsewhere
     * often has an own end there, and not the other one.
     */
    static boolean isLocal(@Nullable String peer, @Nullable String local) {
        return isLoopback(peer) && isLoopback(local);
    }

    /** An address in text, as sockets have it, is never looked up; an IPv4 address in IPv6 is that IPv4 address. */
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
