package dev.sluice.kubeapi;

import java.io.Closeable;
import java.io.IOException;
import java.util.function.UnaryOperator;
import org.apache.catalina.webresources.TomcatURLStreamHandlerFactory;

/**
 * The API behind types of the JDK, for callers that load it with a class loader of its own and cannot use its types. A
 * command returns its result as text; commands without a result return an empty text. Thread-safe.
 */
public final class EmbeddedApi implements UnaryOperator<String>, Closeable {

    private final KubeApi api;

    /** Starts an API on a free port, without persistence. */
    public EmbeddedApi() throws IOException {
        // a JVM has one factory, which is that of the caller's Tomcat, if any
        TomcatURLStreamHandlerFactory.disable();
        this.api = KubeApi.start(KubeApiOptions.defaults());
    }

    @Override
    public String apply(String command) {
        return switch (command) {
            case "url" -> api.url().toString();
            case "kubeconfig" -> api.kubeconfig();
            case "pause" -> done(api.faults()::pause);
            case "resume" -> done(api.faults()::clear);
            case "kill" -> done(api.faults()::stopListening);
            case "startAgain" -> done(api.faults()::startListening);
            case "compact" -> done(api.faults()::compactHistory);
            default -> throw new IllegalArgumentException("unknown command '" + command + "'");
        };
    }

    private static String done(Runnable action) {
        action.run();
        return "";
    }

    @Override
    public void close() throws IOException {
        api.close();
    }
}
