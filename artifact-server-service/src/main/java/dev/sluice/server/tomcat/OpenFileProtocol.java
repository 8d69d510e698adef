package dev.sluice.server.tomcat;

import java.io.IOException;
import java.time.Duration;
import org.apache.coyote.Processor;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.coyote.http11.Http11Processor;
import org.apache.tomcat.util.net.AbstractEndpoint.Handler.SocketState;
import org.apache.tomcat.util.net.SocketWrapperBase;

/** Tomcat's HTTP/1.1 with connections that send open files. Public because Tomcat creates it by its class name. */
public final class OpenFileProtocol extends Http11NioProtocol {

    /** Called by Tomcat. */
    public OpenFileProtocol() {
        this(new StallBudget());
    }

    OpenFileProtocol(StallBudget budget) {
        super(new OpenFileEndpoint(budget));
    }

    @Override
    protected Processor createProcessor() {
        return new OpenFileProcessor(this);
    }

    /** With a deadline for a request's head, and downloads that survive the pause of a shutdown. */
    private static final class OpenFileProcessor extends Http11Processor {

        /** Tomcat alone restarts its timeout with every byte, so a client that sends slowly never reaches it. */
        private final Duration maxHeadTime;

        OpenFileProcessor(OpenFileProtocol protocol) {
            super(protocol, protocol.getAdapter());
            maxHeadTime = Duration.ofMillis(protocol.getConnectionTimeout());
        }

        @Override
        public SocketState service(SocketWrapperBase<?> socket) throws IOException {
            OpenFileConnection connection = (OpenFileConnection) socket;
            SocketState state = super.service(socket);
            if (state == SocketState.LONG) {
                return connection.headTakesLongerThan(maxHeadTime) ? SocketState.CLOSED : state;
            }
            connection.headComplete();
            // a paused connector would close the connection under a file that is being sent
            return state == SocketState.CLOSED && connection.isSending() ? SocketState.SENDFILE : state;
        }
    }
}
