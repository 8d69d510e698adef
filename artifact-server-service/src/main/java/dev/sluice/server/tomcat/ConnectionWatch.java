package dev.sluice.server.tomcat;

import java.nio.channels.SelectionKey;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Whose turn it is on a connection: the poller's, which waits for it, or that of the thread that handles its request. The
 * poller may go on waiting meanwhile; then the handling ends without a word to the poller, unless the client sent more
 * before that.
 */
final class ConnectionWatch {

    private enum Turn {
        /** What comes is a request, or whatever else the poller was told to wait for. */
        POLLER,
        /** A request is handled; nothing should come, and the poller would see if something did. */
        HANDLER_WATCHED,
        /** A request is handled, and the poller does not look. */
        HANDLER,
        /** The poller waits only for the client to take what is to be sent. */
        WRITING
    }

    private final AtomicReference<Turn> turn = new AtomicReference<>(Turn.POLLER);

    /** The poller has read a request and will give it away. */
    void keepDuring(SelectionKey key) {
        turn.set(Turn.HANDLER_WATCHED);
        // the poller took it off a moment ago: in sum the system is not asked for anything
        key.interestOps(SelectionKey.OP_READ);
    }

    /** Whether what the poller sees is not for it. It looks away then, or it would see that again and again. */
    boolean isHandlers(SelectionKey key) {
        if (turn.compareAndSet(Turn.HANDLER_WATCHED, Turn.HANDLER)) {
            key.interestOps(0);
            return true;
        }
        return turn.get() == Turn.WRITING && !key.isWritable();
    }

    boolean isKept() {
        return turn.get() == Turn.HANDLER_WATCHED;
    }

    /** The handling is over; whether the poller has been waiting for the next request all the time. */
    boolean backToPoller() {
        return turn.getAndSet(Turn.POLLER) == Turn.HANDLER_WATCHED;
    }

    void turnToWriting(SelectionKey key) {
        if (turn.getAndSet(Turn.WRITING) == Turn.HANDLER_WATCHED && key.isValid()) {
            key.interestOps(0);
        }
    }
}
