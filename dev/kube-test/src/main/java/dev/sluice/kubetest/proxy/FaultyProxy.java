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
 * A TCP proxy on loopback that breaks what goes through it: it cuts connections, holds them half-open, slows them
 * down, or turns new ones away. It does not look at the bytes, so it stands in front of TLS as well. All methods may
 * be called from any thread and act at once on the connections there are.
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

    /** {@code server} with our address in place of its own. */
    public URI urlFor(URI server) {
        return URI.create(server.getScheme() + "://127.0.0.1:" + port());
    }

    /** Resets every open connection; new ones pass. */
    public void cut() {
        // All are armed before the first is closed: its pump would end the other side in an orderly way.
        sockets.forEach(FaultyProxy::closeMeansReset);
        sockets.forEach(FaultyProxy::reset);
    }

    /** From now on no byte passes in either direction, on old and new connections, and none is closed. */
    public void hang() {
        gate.shut();
    }

    /**
     * No byte passes any more on the connections there are, and none is closed, as after a host has vanished; new
     * connections pass. This is not healed.
     */
    public void strand() {
        ProxyGate stranded = gate;
        shutForEver.add(stranded);
        gate = new ProxyGate();
        stranded.shut();
    }

    /** Every chunk of bytes waits this long before it is passed on. */
    public void delay(Duration delay) {
        gate.delay(delay);
    }

    /** New connections are reset at once; the open ones go on. */
    public void refuse() {
        refusing = true;
    }

    /** Ends every fault: bytes that were held back pass, connections that were cut stay cut. */
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
                    throw new UncheckedIOException("the proxy for " + target + " cannot accept", e);
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
            // The client sees what it would see without us: a connection that does not come about.
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
            // One side is gone, by our fault or its own will: closing both tells the other.
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
            // Already closed, which is what we want.
        }
    }

    private static void closeMeansReset(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
        } catch (SocketException e) {
            // Already closed.
        }
    }

    private static void daemon(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }
}
