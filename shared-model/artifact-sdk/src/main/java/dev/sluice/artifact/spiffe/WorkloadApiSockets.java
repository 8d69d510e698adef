package dev.sluice.artifact.spiffe;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import javax.net.SocketFactory;

/** Creates sockets that connect to a Workload API. */
final class WorkloadApiSockets extends SocketFactory {

    private final SocketAddress address;

    WorkloadApiSockets(SocketAddress address) {
        this.address = address;
    }

    @Override
    public Socket createSocket() throws IOException {
        return address instanceof UnixDomainSocketAddress ? new UnixSocket(address) : new FixedSocket(address);
    }

    /** A TCP socket that connects to one address, whatever the client asks for. */
    private static final class FixedSocket extends Socket {

        private final SocketAddress address;

        FixedSocket(SocketAddress address) {
            this.address = address;
        }

        @Override
        public void connect(SocketAddress ignored, int timeoutMillis) throws IOException {
            super.connect(address, timeoutMillis);
        }
    }

    @Override
    public Socket createSocket(String host, int port) {
        throw new UnsupportedOperationException("not used by the client");
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) {
        throw new UnsupportedOperationException("not used by the client");
    }

    @Override
    public Socket createSocket(InetAddress host, int port) {
        throw new UnsupportedOperationException("not used by the client");
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress localHost, int localPort) {
        throw new UnsupportedOperationException("not used by the client");
    }
}
