package dev.sluice.server.tomcat;

import java.io.IOException;
import java.time.Duration;
import org.apache.coyote.Adapter;
import org.apache.coyote.http11.Http11Processor;
import org.apache.tomcat.util.net.AbstractEndpoint.Handler.SocketState;
import org.apache.tomcat.util.net.SocketWrapperBase;

/** Tomcat's processing of requests, with what it lacks: a deadline for a request's head, and downloads that survive a pause. */
final class OpenFileProcessor extends Http11Processor {

    /** The connection timeout: with Tomcat alone it begins anew with every byte, and a client that drips never meets it. */
    private final Duration maxHeadTime;

    OpenFileProcessor(OpenFileProtocol protocol, Adapter adapter) {
        super(protocol, adapter);
        this.maxHeadTime = Duration.ofMillis(protocol.getConnectionTimeout());
    }

    @Override
    public SocketState service(SocketWrapperBase<?> socket) throws IOException {
        OpenFileConnection connection = (OpenFileConnection) socket;
        connection.beginRequest();
        try {
            return next(connection, super.service(socket));
        } finally {
            connection.discardUnsent();
        }
    }

    private SocketState next(OpenFileConnection connection, SocketState state) {
        if (state == SocketState.LONG) {
            return connection.headTakesLongerThan(maxHeadTime) ? SocketState.CLOSED : state;
        }
        connection.headComplete();
        // A paused connector would close the connection under a file that is being sent.
        return state == SocketState.CLOSED && connection.isSending() ? SocketState.SENDFILE : state;
    }
}
