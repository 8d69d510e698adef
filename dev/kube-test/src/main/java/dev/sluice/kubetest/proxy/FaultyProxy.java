package dev.sluice.kubetest.proxy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A TCP proxy on loopback that injects faults: it resets connections, keeps them open without data, delays them, or
 * rejects new ones. It does not inspect the data, so it also works for TLS. Thread-safe; faults apply immediately to
 * existing connections.
 */
public final class FaultyProxy implements AutoCloseable {

    private static final int MAX_CONNECTIONS = 1_000;
    private static final int CONNECT_TIMEOUT_MILLIS = 10_000;

    private final InetSocketAddress target;
    private final ServerSocket listener;
    private final Set<ProxyGate> shutForEver = ConcurrentHashMap.newKeySet();
    private volatile ProxyGate gate = new ProxyGate();
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private volatile boolean refusing;

    private FaultyProxy(InetSocketAddress target, ServerSocket listener) {
        this.target = target;
        this.listener = listener;
    }

    /** Starts a proxy for the host and port of {@code server} on a free port. */
    public static FaultyProxy inFrontOf(URI server) throws IOException {
        ServerSocket listener = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
        FaultyProxy proxy = new FaultyProxy(
                new InetSocketAddress(InetAddress.getAllByName(server.getHost())[0], server.getPort()), listener);
        daemon("faulty-proxy-accept", proxy::accept);
        return proxy;
    }

    /** The port to connect to instead of the server's. */
    public int port() {
        return listener.getLocalPort();
    }

    /** Returns {@code server} with the address of this proxy. */
    public URI urlFor(URI server) {
        return URI.create(server.getScheme() + "://127.0.0.1:" + port());
    }

    /** Resets all open connections; new ones are accepted. */
    public void cut() {
        // Sets all to reset first: closing one ends its pump, which would otherwise close the other side gracefully.
        sockets.forEach(FaultyProxy::closeMeansReset);
        sockets.forEach(FaultyProxy::reset);
    }

    /** Stops all data in both directions, on existing and new connections, without closing any. */
    public void hang() {
        gate.shut();
    }

    /**
     * Stops all data on the existing connections without closing them, as if the host had vanished. New connections
     * work. {@link #heal} does not end this fault.
     */
    public void strand() {
        ProxyGate stranded = gate;
        shutForEver.add(stranded);
        gate = new ProxyGate();
        stranded.shut();
    }

    /** Delays every chunk of data. */
    public void delay(Duration delay) {
        gate.delay(delay);
    }

    /** Resets new connections immediately; open ones continue. */
    public void refuse() {
        refusing = true;
    }

    /** Ends all faults: held data is passed on; reset connections stay closed. */
    public void heal() {
        refusing = false;
        gate.delay(Duration.ZERO);
        gate.open();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        cut();
        gate.open();
        shutForEver.forEach(ProxyGate::open);
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                if (refusing || sockets.size() >= 2 * MAX_CONNECTIONS) {
                    reset(client);
                } else {
                    daemon("faulty-proxy-connect", () -> connect(client));
                }
            } catch (IOException e) {
                if (!listener.isClosed()) {
                    throw new UncheckedIOException("the proxy for " + target + " cannot accept connections", e);
                }
            }
        }
    }

    private void connect(Socket client) {
        ProxyGate own = gate;
        sockets.add(client);
        Socket server = new Socket();
        sockets.add(server);
        try {
            server.connect(target, CONNECT_TIMEOUT_MILLIS);
        } catch (IOException e) {
            // As without the proxy, the client sees a failed connection.
            reset(server);
            reset(client);
            sockets.remove(server);
            sockets.remove(client);
            return;
        }
        daemon("faulty-proxy-up", () -> pump(client, server, own));
        pump(server, client, own);
    }

    private void pump(Socket from, Socket to, ProxyGate own) {
        byte[] buffer = new byte[16 * 1024];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                own.pass();
                out.write(buffer, 0, read);
                out.flush();
            }
            own.pass();
        } catch (IOException e) {
            // One side is closed, by a fault or by its owner; closing both informs the other.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            sockets.remove(from);
            sockets.remove(to);
        }
    }

    private static void reset(Socket socket) {
        try (socket) {
            closeMeansReset(socket);
        } catch (IOException e) {
            // already closed
        }
    }

    private static void closeMeansReset(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
        } catch (SocketException e) {
            // already closed
        }
    }

    private static void daemon(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }
}
