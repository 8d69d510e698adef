package dev.sluice.server.tomcat;

import dev.sluice.artifact.tls.TlsSource;
import java.io.IOException;
import java.time.Duration;
import org.apache.coyote.Processor;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.coyote.http11.Http11Processor;
import org.apache.tomcat.util.net.AbstractEndpoint.Handler.SocketState;
import org.apache.tomcat.util.net.SocketWrapperBase;

/** HTTP/1.1 protocol handler whose connections send open files. Public: Tomcat creates it by class name. */
public final class OpenFileProtocol extends Http11NioProtocol {

    /** Called by Tomcat. */
    public OpenFileProtocol() {
        this(new StallBudget());
    }

    OpenFileProtocol(StallBudget budget) {
        super(new OpenFileEndpoint(budget));
    }

    /** Serves over TLS only. Called before the start. */
    void useTls(TlsSource certificates) {
        ((OpenFileEndpoint) getEndpoint()).useTls(certificates);
    }

    @Override
    protected Processor createProcessor() {
        return new OpenFileProcessor(this);
    }

    /** Adds a deadline for a request's head, and keeps downloads alive while the connector is paused at shutdown. */
    private static final class OpenFileProcessor extends Http11Processor {

        /** Tomcat restarts its own timeout at every byte, so a slow client would never reach it. */
        private final Duration maxHeadTime;

        OpenFileProcessor(OpenFileProtocol protocol) {
            super(protocol, protocol.getAdapter());
            maxHeadTime = Duration.ofMillis(protocol.getConnectionTimeout());
        }

        @Override
        public SocketState service(SocketWrapperBase<?> socket) throws IOException {
            OpenFileConnection connection = (OpenFileConnection) socket;
            if (!connection.isClientAccepted()) {
                return SocketState.CLOSED;
            }
            SocketState state = super.service(socket);
            if (state == SocketState.LONG) {
                return connection.isHeadTimedOut(maxHeadTime) ? SocketState.CLOSED : state;
            }
            connection.headComplete();
            // a paused connector would close the connection during the download
            return state == SocketState.CLOSED && connection.isSending() ? SocketState.SENDFILE : state;
        }
    }
}
