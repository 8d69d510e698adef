package dev.sluice.server.tomcat;

import java.io.IOException;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.apache.tomcat.util.net.NioEndpoint;
import org.apache.tomcat.util.net.NioEndpoint.NioSocketWrapper;
import org.jspecify.annotations.Nullable;

/**
 * Watches connections as Tomcat's poller does, and goes on watching one while its request is handled: to end that and to
 * begin it anew wakes this thread once more for each request.
 */
final class OpenFilePoller extends NioEndpoint.Poller {

    private final Thread thread;

    OpenFilePoller(NioEndpoint endpoint, int number) throws IOException {
        endpoint.super();
        thread = new Thread(this, endpoint.getName() + "-Poller-" + number);
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    void end() {
        destroy();
    }

    /** Goes on watching a connection whose request this thread has read to its end and now hands on. */
    void keepWatching(OpenFileConnection connection) {
        SelectionKey key = keyOf(connection);
        if (key != null) {
            connection.watch().keepDuring(key);
        }
    }

    private @Nullable SelectionKey keyOf(NioSocketWrapper connection) {
        SocketChannel channel = connection.getSocket().getIOChannel();
        // a connection that was closed has none
        return channel == null ? null : channel.keyFor(getSelector());
    }

    @Override
    protected void processKey(SelectionKey key, NioSocketWrapper connection) {
        if (!isHandlers(key, connection)) {
            super.processKey(key, connection);
        }
    }

    /** What is thrown here would end this thread, and with it all its connections. */
    private static boolean isHandlers(SelectionKey key, NioSocketWrapper connection) {
        try {
            return watch(connection).isHandlers(key);
        } catch (CancelledKeyException e) {
            // its handler has closed it
            return false;
        }
    }

    @Override
    protected void unreg(SelectionKey key, NioSocketWrapper connection, int readyOps) {
        if (!watch(connection).isKept()) {
            super.unreg(key, connection, readyOps);
        }
    }

    @Override
    protected void reg(SelectionKey key, NioSocketWrapper connection, int operations) {
        if (operations == SelectionKey.OP_READ) {
            watch(connection).backToPoller();
        }
        super.reg(key, connection, operations);
    }

    @Override
    public void add(NioSocketWrapper connection, int operations) {
        if (operations == SelectionKey.OP_READ && watch(connection).isKept()) {
            // from here on it may time out; before the turn is the poller's, which may give the next request away at
            // once
            connection.interestOps(operations);
        }
        if (operations == SelectionKey.OP_READ && watch(connection).backToPoller()) {
            return;
        }
        SelectionKey key = operations == SelectionKey.OP_WRITE ? keyOf(connection) : null;
        if (key != null) {
            watch(connection).turnToWriting(key);
        }
        super.add(connection, operations);
    }

    private static ConnectionWatch watch(NioSocketWrapper connection) {
        return ((OpenFileConnection) connection).watch();
    }
}
