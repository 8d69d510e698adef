package dev.sluice.kubetest.real;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Addresses on this machine only. */
final class Loopback {

    static final String HOST = "127.0.0.1";

    private Loopback() {}

    /** A port that was free a moment ago; whoever binds it later may find it taken and must try again. */
    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
