package dev.sluice.reconciler.console;

import dev.sluice.runtime.ErrorText;
import dev.sluice.runtime.StartFailureException;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletContext;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import org.apache.catalina.Container;
import org.apache.catalina.valves.ErrorReportValve;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServer;
import org.springframework.boot.web.server.WebServerException;
import org.springframework.context.SmartLifecycle;
import org.springframework.http.converter.StringHttpMessageConverter;
import org.springframework.web.context.support.GenericWebApplicationContext;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.ServerResponse;
import org.springframework.web.servlet.function.support.HandlerFunctionAdapter;
import org.springframework.web.servlet.function.support.RouterFunctionMapping;

/**
 * The server of the console, on its own port with its own few threads. The first request loads Spring MVC and the
 * templates.
 */
public final class ConsoleServer implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(ConsoleServer.class);

    /** More than can wait for clients: those that read forms, and those that send downloads. */
    private static final int THREADS = 12;

    private static final int MAX_FORMS = 4;
    private static final int MAX_FORMS_OF_ADDRESS = 3;
    private static final int MAX_CONNECTIONS = 200;
    private static final int MAX_POST = 1 << 20;

    /** The longest time without progress in reading a request or writing a response. */
    private static final Duration STALL_TIMEOUT = Duration.ofSeconds(10);

    private final ConsoleOptions options;
    private final RouterFunction<ServerResponse> routes;
    private final LiveUpdates live;
    private final FileCounts counts;
    private @Nullable WebServer server;

    ConsoleServer(ConsoleOptions options, RouterFunction<ServerResponse> routes, LiveUpdates live, FileCounts counts) {
        this.options = options;
        this.routes = routes;
        this.live = live;
        this.counts = counts;
    }

    @Override
    public synchronized void start() {
        try {
            InetAddress address = InetAddress.getByName(options.host());
            WebServer started = factory(address).getWebServer(context -> configure(context, address));
            started.start();
            server = started;
            LOG.atInfo()
                    .addKeyValue("url", "http://%s:%d/".formatted(shownHost(address), started.getPort()))
                    .log("console started");
        } catch (WebServerException | UnknownHostException e) {
            throw new StartFailureException(
                    "--console-addr: cannot listen on %s: %s".formatted(options.address(), ErrorText.describe(e)), e);
        }
    }

    private static String shownHost(InetAddress address) {
        String host = address.getHostAddress();
        return host.contains(":") ? "[" + host + "]" : host;
    }

    private TomcatServletWebServerFactory factory(InetAddress address) {
        TomcatServletWebServerFactory factory =
                new TomcatServletWebServerFactory(options.address().port());
        factory.setAddress(address);
        factory.addConnectorCustomizers(connector -> {
            connector.setMaxPostSize(MAX_POST);
            if (connector.getProtocolHandler() instanceof AbstractHttp11Protocol<?> protocol) {
                protocol.setMinSpareThreads(1);
                protocol.setMaxThreads(THREADS);
                protocol.setConnectionTimeout((int) STALL_TIMEOUT.toMillis());
                protocol.setMaxConnections(MAX_CONNECTIONS);
                // a client that does not read a response cannot delay the next one
                protocol.setMaxKeepAliveRequests(1);
            }
        });
        factory.addEngineValves(new FormLimit(new ClientQuota(MAX_FORMS, MAX_FORMS_OF_ADDRESS), MAX_POST));
        factory.addContextCustomizers(context -> hideServer(context.getParent()));
        return factory;
    }

    /** The response to a malformed request does not have the version of Tomcat. */
    private static void hideServer(Container host) {
        ErrorReportValve errors = new ErrorReportValve();
        errors.setShowServerInfo(false);
        errors.setShowReport(false);
        host.getPipeline().addValve(errors);
    }

    private void configure(ServletContext servlets, InetAddress address) {
        var filter = servlets.addFilter("headers", new ConsoleFilter(address.isLoopbackAddress()));
        filter.setAsyncSupported(true);
        filter.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), false, "/*");
        var servlet = servlets.addServlet("console", new DispatcherServlet(mvc()));
        servlet.setAsyncSupported(true);
        servlet.addMapping("/");
    }

    private GenericWebApplicationContext mvc() {
        GenericWebApplicationContext context = new GenericWebApplicationContext();
        context.registerBean(RouterFunctionMapping.class, () -> {
            RouterFunctionMapping mapping = new RouterFunctionMapping(routes);
            mapping.setMessageConverters(List.of(new StringHttpMessageConverter(StandardCharsets.UTF_8)));
            return mapping;
        });
        context.registerBean(HandlerFunctionAdapter.class, HandlerFunctionAdapter::new);
        return context;
    }

    /** The port it listens on. */
    public synchronized int port() {
        return server == null ? -1 : server.getPort();
    }

    @Override
    public synchronized void stop() {
        live.close();
        counts.close();
        if (server != null) {
            server.stop();
            server.destroy();
            server = null;
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return server != null;
    }
}
