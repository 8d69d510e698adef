package dev.sluice.server.tomcat;

import java.util.function.BiPredicate;
import org.apache.coyote.Processor;
import org.apache.coyote.http11.Http11NioProtocol;

/** Tomcat's HTTP/1.1, sending files that are open already. Public because Tomcat creates it by its class name. */
public final class OpenFileProtocol extends Http11NioProtocol {

    private final HandedOverFiles files;
    private final OpenFileEndpoint endpoint;

    /** Called by Tomcat. */
    public OpenFileProtocol() {
        this(new HandedOverFiles());
    }

    private OpenFileProtocol(HandedOverFiles files) {
        this(files, new OpenFileEndpoint(files));
    }

    private OpenFileProtocol(HandedOverFiles files, OpenFileEndpoint endpoint) {
        super(endpoint);
        this.files = files;
        this.endpoint = endpoint;
    }

    HandedOverFiles files() {
        return files;
    }

    /** Takes what runs an answer for a path, if that can be given from memory, and tells whether it did. */
    void inMemory(BiPredicate<String, Runnable> answers) {
        endpoint.inMemory(answers);
    }

    @Override
    protected Processor createProcessor() {
        return new OpenFileProcessor(this, getAdapter());
    }
}
