package dev.sluice.server.tomcat;

import dev.sluice.artifact.server.ServedFiles;
import org.apache.coyote.Processor;
import org.apache.coyote.http11.Http11NioProtocol;

/** Tomcat's HTTP/1.1, sending files that are open already. Public because Tomcat creates it by its class name. */
public final class OpenFileProtocol extends Http11NioProtocol {

    private final HandedOverFiles files;
    private final OpenFileEndpoint endpoint;

    /** Called by Tomcat. */
    public OpenFileProtocol() {
        this(new VolumePace());
    }

    OpenFileProtocol(VolumePace pace) {
        this(new HandedOverFiles(), pace);
    }

    private OpenFileProtocol(HandedOverFiles files, VolumePace pace) {
        this(files, new OpenFileEndpoint(files, pace));
    }

    private OpenFileProtocol(HandedOverFiles files, OpenFileEndpoint endpoint) {
        super(endpoint);
        this.files = files;
        this.endpoint = endpoint;
    }

    HandedOverFiles files() {
        return files;
    }

    /** Takes where files are looked for by the threads that watch the connections. */
    void served(ServedFiles served) {
        endpoint.served(served);
    }

    @Override
    protected Processor createProcessor() {
        return new OpenFileProcessor(this, getAdapter());
    }
}
