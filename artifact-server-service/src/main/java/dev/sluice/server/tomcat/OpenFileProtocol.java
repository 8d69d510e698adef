package dev.sluice.server.tomcat;

import org.apache.coyote.Processor;
import org.apache.coyote.http11.Http11NioProtocol;

/** Tomcat's HTTP/1.1, sending files that are open already. Public because Tomcat creates it by its class name. */
public final class OpenFileProtocol extends Http11NioProtocol {

    private final HandedOverFiles files;

    /** Called by Tomcat. */
    public OpenFileProtocol() {
        this(new HandedOverFiles());
    }

    private OpenFileProtocol(HandedOverFiles files) {
        super(new OpenFileEndpoint(files));
        this.files = files;
    }

    HandedOverFiles files() {
        return files;
    }

    @Override
    protected Processor createProcessor() {
        return new OpenFileProcessor(this, getAdapter());
    }
}
