package dev.sluice.deploy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Assumptions;

/** A fake kube-proxy: forwards port 80 of a loopback address to a port of 127.0.0.1. */
final class FakeService implements AutoCloseable {

    /** All addresses in 127.0.0.0/8 are local. */
    static final String ADDRESS = "127.77.0.1";

    private final ServerSocket listener;
    private final int target;
    private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "service");
        thread.setDaemon(true);
        return thread;
    });

    private FakeService(ServerSocket listener, int target) {
        this.listener = listener;
        this.target = target;
    }

    /** Skips the test if port 80 is not available. */
    static FakeService orSkip(int target) throws IOException {
        try {
            FakeService service = new FakeService(new ServerSocket(80, 50, InetAddress.getByName(ADDRESS)), target);
            service.threads.execute(service::accept);
            return service;
        } catch (BindException e) {
            System.out.println("port 80 of " + ADDRESS + " is not available; pods behind a Service are not tested");
            Assumptions.abort("port 80 is not available: " + e.getMessage());
            throw e;
        }
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listener.accept();
                threads.execute(() -> connect(client));
            }
        } catch (IOException closed) {
            threads.shutdown();
        }
    }

    private void connect(Socket client) {
        try (client;
                Socket server = new Socket(InetAddress.getLoopbackAddress(), target)) {
            threads.execute(() -> copy(client, server));
            copy(server, client);
        } catch (IOException notListening) {
            // the client's connection is closed, as with a Service without endpoints
        }
    }

    private static void copy(Socket from, Socket to) {
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            in.transferTo(out);
            to.shutdownOutput();
        } catch (IOException ended) {
            // the other direction fails too
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
