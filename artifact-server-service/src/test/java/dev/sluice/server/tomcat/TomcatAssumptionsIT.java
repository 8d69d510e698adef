package dev.sluice.server.tomcat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.sluice.artifact.server.RawHttp;
import dev.sluice.server.download.Downloads;
import dev.sluice.server.download.TestDownloads;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.apache.catalina.util.ServerInfo;
import org.apache.coyote.ProtocolHandler;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.NioEndpoint;
import org.apache.tomcat.util.net.NioEndpoint.NioSocketWrapper;
import org.apache.tomcat.util.net.NioEndpoint.SendfileData;
import org.apache.tomcat.util.net.SendfileState;
import org.apache.tomcat.util.net.SocketBufferHandler;
import org.apache.tomcat.util.net.SocketEvent;
import org.apache.tomcat.util.net.SocketProcessorBase;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tests the assumptions of this package about Tomcat's internals on Tomcat's own classes. A Tomcat version that breaks
 * one fails here, with the assumption as the message.
 */
class TomcatAssumptionsIT {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final byte[] CONTENT = new byte[100_000];
    private static final String BROKEN = ServerInfo.getServerInfo()
            + " breaks an assumption of dev.sluice.server.tomcat (docs/adr/0010-what-the-server-changes-in-tomcat.md): ";

    @TempDir
    private Path base;

    private final ProbedEndpoint endpoint = new ProbedEndpoint();
    private final List<AutoCloseable> open = new ArrayList<>();
    private ProbedPoller poller;

    /** Records Tomcat's calls. */
    private static final class ProbedEndpoint extends NioEndpoint {

        private final List<String> calls = new ArrayList<>();
        private final List<String> threads = new ArrayList<>();
        private NioEndpoint.@Nullable Poller given;

        @Override
        protected Poller getPoller() {
            return Objects.requireNonNull(given);
        }

        @Override
        public boolean processSocket(SocketWrapperBase<NioChannel> socket, SocketEvent event, boolean dispatch) {
            calls.add("processSocket " + event + " " + dispatch);
            return super.processSocket(socket, event, dispatch);
        }

        @Override
        protected SocketProcessorBase<NioChannel> createSocketProcessor(
                SocketWrapperBase<NioChannel> socket, SocketEvent event) {
            return new SocketProcessorBase<>(socket, event) {
                @Override
                protected void doRun() {
                    threads.add(Thread.currentThread().getName());
                }
            };
        }
    }

    private static final class ProbedPoller extends NioEndpoint.Poller {

        private final ProbedEndpoint endpoint;
        private boolean processes;
        private boolean wasSelected;
        private int processed;

        ProbedPoller(ProbedEndpoint endpoint) throws IOException {
            endpoint.super();
            this.endpoint = endpoint;
        }

        @Override
        protected void processKey(SelectionKey key, NioSocketWrapper connection) {
            processed++;
            wasSelected |= getSelector().selectedKeys().contains(key);
            if (processes) {
                super.processKey(key, connection);
            }
            throw new IllegalStateException("of processKey");
        }

        @Override
        public SendfileState processSendfile(SelectionKey key, NioSocketWrapper connection, boolean byProcessor) {
            endpoint.calls.add("processSendfile " + byProcessor);
            return SendfileState.DONE;
        }
    }

    @BeforeEach
    void createPoller() throws IOException {
        poller = new ProbedPoller(endpoint);
        endpoint.given = poller;
        open.add(poller.getSelector());
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable one : open) {
            one.close();
        }
    }

    /** A registered connection with a byte to read. */
    private NioSocketWrapper readableConnection() throws IOException {
        try (ServerSocketChannel listening =
                ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            SocketChannel client = SocketChannel.open(listening.getLocalAddress());
            SocketChannel accepted = listening.accept();
            open.add(client);
            open.add(accepted);
            accepted.configureBlocking(false);
            NioChannel channel = new NioChannel(new SocketBufferHandler(100, 100, false));
            NioSocketWrapper connection = new NioSocketWrapper(channel, endpoint);
            channel.reset(accepted, connection);
            poller.register(connection);
            client.write(ByteBuffer.wrap(new byte[] {'x'}));
            return connection;
        }
    }

    private void runUntilProcessKeyThrows(String assumption) {
        assertThatThrownBy(poller::run).as(BROKEN + assumption).hasMessage("of processKey");
    }

    @Test
    void anExceptionOfProcessKeyEndsTheLoopAndTheLoopCanRestart() throws IOException {
        readableConnection();
        for (int i = 1; i <= 3; i++) {
            runUntilProcessKeyThrows("an exception of Poller.processKey ends Poller.run, and run can be called again");
            assertThat(poller.processed)
                    .as(BROKEN
                            + "Poller.run calls processKey for each ready key, once more after selectedKeys().clear()")
                    .isEqualTo(i);
            poller.getSelector().selectedKeys().clear();
        }
        assertThat(poller.wasSelected)
                .as(BROKEN + "Poller.run removes a key from the selected ones before processKey")
                .isFalse();
    }

    @Test
    void aReadableConnectionIsPassedToProcessSocket() throws IOException {
        readableConnection();
        poller.processes = true;
        runUntilProcessKeyThrows("Poller.run calls processKey");

        assertThat(endpoint.calls)
                .as(
                        BROKEN
                                + "Poller.processKey calls NioEndpoint.processSocket for a readable connection, to be dispatched")
                .containsExactly("processSocket OPEN_READ true");
    }

    @Test
    void aConnectionThatSendsAFileIsPassedToProcessSendfile() throws IOException {
        readableConnection().setSendfileData(new SendfileData("any", 0, 0));
        poller.processes = true;
        runUntilProcessKeyThrows("Poller.run calls processKey");

        assertThat(endpoint.calls)
                .as(BROKEN + "Poller.processKey calls processSendfile, and nothing else, while sendfile data is set")
                .containsExactly("processSendfile false");
    }

    @Test
    void aConnectionBelongsToThePollerOfGetPollerAndSendsThroughIt() throws IOException {
        NioSocketWrapper connection = readableConnection();
        runUntilProcessKeyThrows("Poller.run calls processKey");

        connection.processSendfile(connection.createSendfileData("any", 0, 0));

        assertThat(connection.getPoller())
                .as(BROKEN + "a connection belongs to the poller that NioEndpoint.getPoller returned")
                .isSameAs(poller);
        assertThat(endpoint.calls)
                .as(BROKEN + "NioSocketWrapper.processSendfile calls that of its poller")
                .containsExactly("processSendfile true");
    }

    @Test
    void processSocketRunsInTheSameThreadUnlessItDispatches() throws IOException {
        NioSocketWrapper connection = readableConnection();
        List<Runnable> dispatched = new ArrayList<>();
        Executor executor = dispatched::add;
        endpoint.setExecutor(executor);

        endpoint.processSocket(connection, SocketEvent.OPEN_READ, true);
        assertThat(dispatched)
                .as(BROKEN + "processSocket(…, true) hands the request to the executor")
                .hasSize(1);
        endpoint.processSocket(connection, SocketEvent.OPEN_READ, false);
        assertThat(endpoint.threads)
                .as(BROKEN + "processSocket(…, false) handles the request in the calling thread")
                .containsExactly(Thread.currentThread().getName());
    }

    /** {@link OpenFileEndpoint} overrides the set-up, because it creates connections of its own class. */
    @Test
    void aNewConnectionHasTheSameStateAsInTomcat() throws IOException, LifecycleException {
        assertThat(newConnection(new OpenFileEndpoint(new StallBudget())))
                .as(BROKEN + "NioEndpoint.setSocketOptions sets no more than OpenFileEndpoint.setSocketOptions")
                .isEqualTo(newConnection(new NioEndpoint()));
    }

    /** Hands a file over, and records whether the connection took it before the handler returned. */
    private static final class SendingServlet extends HttpServlet {

        private static final long serialVersionUID = 1L;
        private final transient OpenFileSender sender = new OpenFileSender();
        private final transient Downloads downloads = TestDownloads.create();
        private final AtomicLong taken = new AtomicLong(-1);

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.setContentLength(CONTENT.length);
            sender.send(request, response, downloads.begin(CONTENT));
            taken.set(downloads.openCount());
        }
    }

    @Test
    void aCommittedResponseCreatesSendfileDataAndLeavesItsHeadInTheBuffer() throws IOException, LifecycleException {
        SendingServlet servlet = new SendingServlet();
        Connector connector = connector(new OpenFileProtocol(new StallBudget()));
        TomcatConfiguration.customize(connector, servlet.sender, Optional.empty());
        Tomcat tomcat = new Tomcat();
        tomcat.setBaseDir(base.toString());
        tomcat.setConnector(connector);
        Context context = tomcat.addContext("", base.toString());
        Tomcat.addServlet(context, "sending", servlet);
        context.addServletMapping("/*", "sending");
        tomcat.start();
        try {
            RawHttp.Reply reply = RawHttp.request(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), connector.getLocalPort()), "GET", "/any");
            assertThat(reply.status())
                    .as(BROKEN + "the head is in the connection's write buffer when processSendfile is called")
                    .isEqualTo(200);
            assertThat(reply.body()).isEqualTo(CONTENT);
            assertThat(servlet.taken)
                    .as(BROKEN + "createSendfileData is called in the thread that commits the response")
                    .hasValue(1);
        } finally {
            tomcat.stop();
            tomcat.destroy();
        }
    }

    private static Connector connector(ProtocolHandler protocol) {
        Connector connector = new Connector(protocol);
        connector.setPort(0);
        connector.setProperty("address", InetAddress.getLoopbackAddress().getHostAddress());
        return connector;
    }

    private record State(
            long readTimeout, long writeTimeout, int keepAlive, boolean blocks, boolean noDelay, int ops) {}

    private State newConnection(NioEndpoint of) throws IOException, LifecycleException {
        Tomcat tomcat = new Tomcat();
        tomcat.setBaseDir(base.toString());
        Connector connector = connector(new Http11NioProtocol(of));
        connector.setProperty("connectionTimeout", "12345");
        connector.setProperty("maxKeepAliveRequests", "67");
        tomcat.setConnector(connector);
        tomcat.start();
        try (Socket client = new Socket(InetAddress.getLoopbackAddress(), connector.getLocalPort())) {
            await().atMost(LIMIT).until(() -> client.isConnected() && hasOneRegistered(of));
            return state((NioSocketWrapper) of.getConnections().iterator().next());
        } finally {
            tomcat.stop();
            tomcat.destroy();
        }
    }

    private static boolean hasOneRegistered(NioEndpoint of) {
        return of.getConnections().size() == 1
                && ((NioSocketWrapper) of.getConnections().iterator().next())
                        .getSocket()
                        .getIOChannel()
                        .isRegistered();
    }

    private static State state(NioSocketWrapper connection) throws IOException {
        SocketChannel channel = connection.getSocket().getIOChannel();
        return new State(
                connection.getReadTimeout(),
                connection.getWriteTimeout(),
                connection.decrementKeepAlive(),
                channel.isBlocking(),
                channel.getOption(StandardSocketOptions.TCP_NODELAY),
                connection.interestOps());
    }
}
