package dev.sluice.server.tomcat;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import org.junit.jupiter.api.Test;

class ConnectionWatchTest {

    /** A key that remembers what is waited for. */
    private static final class Key extends SelectionKey {

        private int interest;
        private int ready;

        @Override
        public SelectableChannel channel() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Selector selector() {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean isValid() {
            return true;
        }

        @Override
        public void cancel() {
            throw new UnsupportedOperationException();
        }

        @Override
        public int interestOps() {
            return interest;
        }

        @Override
        public SelectionKey interestOps(int operations) {
            interest = operations;
            return this;
        }

        @Override
        public int readyOps() {
            return ready;
        }

        Key ready(int operations) {
            ready = operations;
            return this;
        }
    }

    private final ConnectionWatch watch = new ConnectionWatch();
    private final Key key = new Key();

    @Test
    void whatComesFirstIsThePollers() {
        assertThat(watch.isHandlers(key.ready(SelectionKey.OP_READ))).isFalse();
        assertThat(watch.isKept()).isFalse();
    }

    @Test
    void theWatchGoesOnWhileARequestIsHandledAndNothingIsToBeDoneAtItsEnd() {
        watch.keepDuring(key);

        assertThat(key.interest).isEqualTo(SelectionKey.OP_READ);
        assertThat(watch.isKept()).isTrue();
        assertThat(watch.backToPoller()).isTrue();
        assertThat(watch.isHandlers(key.ready(SelectionKey.OP_READ))).isFalse();
    }

    /** Else the poller would see the same bytes without end. */
    @Test
    void whatComesMeanwhileIsLeftToTheHandlerAndEndsTheWatch() {
        watch.keepDuring(key);

        assertThat(watch.isHandlers(key.ready(SelectionKey.OP_READ))).isTrue();

        assertThat(key.interest).isZero();
        assertThat(watch.isKept()).isFalse();
        assertThat(watch.backToPoller()).as("has to be told").isFalse();
    }

    @Test
    void aDownloadThatWaitsForItsClientIsNotWokenByWhatTheClientSends() {
        watch.keepDuring(key);
        watch.turnToWriting(key);

        assertThat(key.interest).isZero();
        assertThat(watch.isHandlers(key.ready(SelectionKey.OP_READ))).isTrue();
        assertThat(watch.isHandlers(key.ready(SelectionKey.OP_WRITE))).isFalse();
        assertThat(watch.backToPoller()).as("has to be told").isFalse();
        assertThat(watch.isHandlers(key.ready(SelectionKey.OP_READ))).isFalse();
    }
}
