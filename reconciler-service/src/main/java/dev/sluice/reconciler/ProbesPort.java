package dev.sluice.reconciler;

import dev.sluice.artifact.config.ListenAddress;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Set;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.AbstractProtocol;
import org.springframework.boot.tomcat.TomcatWebServerFactory;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;

/**
 * The port of the probes: a connector of the Tomcat that serves metrics, with threads of its own, so that slow requests
 * for profiles do not delay a probe. A second Tomcat would need a second Spring context.
 */
final class ProbesPort implements WebServerFactoryCustomizer<TomcatWebServerFactory> {

    private static final Set<String> PATHS = Set.of("/healthz", "/readyz");
    private static final int IDLE_THREADS = 2;
    private static final int MAX_THREADS = 10;

    private final Connector connector = new ProbesConnector();

    /** @throws UnknownHostException if the host cannot be resolved */
    ProbesPort(ListenAddress address) throws UnknownHostException {
        connector.setPort(address.port());
        connector.setThrowOnFailure(true);
        AbstractProtocol<?> protocol = (AbstractProtocol<?>) connector.getProtocolHandler();
        if (!address.host().isEmpty()) {
            protocol.setAddress(InetAddress.getByName(address.host()));
        }
        protocol.setMinSpareThreads(IDLE_THREADS);
        protocol.setMaxThreads(MAX_THREADS);
    }

    @Override
    public void customize(TomcatWebServerFactory factory) {
        factory.addAdditionalConnectors(connector);
        factory.addEngineValves(new ProbesOnly());
    }

    /** Returns the port that is bound. */
    int port() {
        return connector.getLocalPort();
    }

    /** Reports its own port if that is in use; Spring Boot would report the port of the main connector. */
    private static final class ProbesConnector extends Connector {
        @Override
        protected void startInternal() throws LifecycleException {
            try {
                super.startInternal();
            } catch (LifecycleException e) {
                PortInUseException.ifPortBindingException(e, binding -> {
                    throw new PortInUseException(getPort());
                });
                throw e;
            }
        }
    }

    /** Answers 404 to other paths than those of the probes on this port. */
    private final class ProbesOnly extends ValveBase {

        ProbesOnly() {
            super(true);
        }

        @Override
        public void invoke(Request request, Response response) throws IOException, ServletException {
            if (request.getConnector() == connector && !PATHS.contains(request.getDecodedRequestURI())) {
                response.setStatus(HttpServletResponse.SC_NOT_FOUND);
                return;
            }
            getNext().invoke(request, response);
        }
    }
}
