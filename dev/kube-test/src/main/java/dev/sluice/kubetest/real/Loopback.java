package dev.sluice.kubetest.real;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Loopback addresses. */
final class Loopback {

    static final String HOST = "127.0.0.1";

    private Loopback() {}

    /** Returns a port that is currently free. Another process can bind it first; callers must retry. */
    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
