package dev.sluice.kubeapi.server;

import dev.sluice.kubeapi.fault.Listener;
import dev.sluice.kubeapi.http.Answers;
import dev.sluice.kubeapi.status.ApiException;
import jakarta.servlet.Filter;
import java.io.Closeable;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Objects;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.tomcat.TomcatWebServer;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.function.RequestPredicates;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerResponse;
import org.springframework.web.servlet.function.support.HandlerFunctionAdapter;
import org.springframework.web.servlet.function.support.RouterFunctionMapping;

/**
 * Tomcat and Spring MVC. Beans are registered explicitly, without scanning and auto-configuration, so the server starts
 * in a fraction of a second in any process.
 */
public final class HttpServer implements Closeable, Listener {

    private static final Logger LOG = LoggerFactory.getLogger(HttpServer.class);
    private static final int MAX_CONNECTIONS = 8192;

    private final ServletWebServerApplicationContext context;
    private final Connector connector;
    private final int port;

    private HttpServer(ServletWebServerApplicationContext context) {
        this.context = context;
        TomcatWebServer server = (TomcatWebServer) Objects.requireNonNull(context.getWebServer(), "not started");
        this.connector = server.getTomcat().getConnector();
        this.port = server.getPort();
        connector.setPort(port); // a restart uses the same port
    }

    /**
     * Starts the server.
     *
     * @param port 0 for a free port
     */
    public static HttpServer start(int port, RouterFunction<ServerResponse> routes, Filter filter) {
        ServletWebServerApplicationContext context = new ServletWebServerApplicationContext();
        context.registerBean(TomcatServletWebServerFactory.class, () -> tomcat(port));
        context.registerBean(DispatcherServlet.class, () -> new DispatcherServlet());
        context.registerBean("routes", RouterFunction.class, () -> withFailures(routes));
        context.registerBean(RouterFunctionMapping.class, () -> new RouterFunctionMapping());
        context.registerBean(HandlerFunctionAdapter.class, HandlerFunctionAdapter::new);
        context.registerBean("firstFilter", FilterRegistrationBean.class, () -> new FilterRegistrationBean<>(filter));
        context.refresh();
        return new HttpServer(context);
    }

    private static TomcatServletWebServerFactory tomcat(int port) {
        TomcatServletWebServerFactory factory = new TomcatServletWebServerFactory(port);
        factory.setAddress(InetAddress.getLoopbackAddress());
        factory.setRegisterDefaultServlet(false);
        factory.addConnectorCustomizers(connector -> {
            // only the query contains parameters: a body is always an object
            connector.setProperty("bindOnInit", "false"); // a stop releases the port
            connector.setParseBodyMethods("");
            connector.setProperty("maxConnections", Integer.toString(MAX_CONNECTIONS));
            connector.setProperty("maxThreads", "64");
            connector.setProperty("minSpareThreads", "4");
            connector.setProperty("maxKeepAliveRequests", "-1");
            connector.setProperty(
                    "keepAliveTimeout", Long.toString(Duration.ofMinutes(5).toMillis()));
        });
        return factory;
    }

    private static RouterFunction<ServerResponse> withFailures(RouterFunction<ServerResponse> routes) {
        RouterFunction<ServerResponse> unknown = RouterFunctions.route(RequestPredicates.all(), request -> {
            throw ApiException.noSuchPath();
        });
        return routes.and(unknown).filter((request, next) -> {
            try {
                return next.handle(request);
            } catch (ApiException e) {
                return Answers.failure(e);
            } catch (RuntimeException e) {
                LOG.error("Request failed: {} {}", request.method(), request.path(), e);
                return Answers.failure(ApiException.internal(String.valueOf(e.getMessage())));
            }
        });
    }

    public int port() {
        return port;
    }

    @Override
    public void stop() {
        try {
            connector.stop();
        } catch (LifecycleException e) {
            throw new IllegalStateException("cannot stop listening on port " + port, e);
        }
    }

    @Override
    public void start() {
        try {
            connector.start();
        } catch (LifecycleException e) {
            throw new IllegalStateException("cannot listen on port " + port, e);
        }
    }

    @Override
    public void close() {
        context.close();
    }
}
