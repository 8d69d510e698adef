package dev.sluice.controller.source;

import dev.sluice.artifact.storage.Artifact;
import dev.sluice.controller.request.ApiRequests;
import java.io.Closeable;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** What an {@link ContentBuilder} can use while it runs. For one run, on one thread. */
public final class BuildContext {

    private final Optional<Artifact> published;
    private final Path directory;
    private final ApiRequests requests;
    private final Deque<Closeable> resources = new ArrayDeque<>();

    BuildContext(Optional<Artifact> published, Path directory, ApiRequests requests) {
        this.published = published;
        this.directory = directory;
        this.requests = requests;
    }

    /** Returns the artifact that is published, if its file is intact; empty if the object must be built. */
    public Optional<Artifact> published() {
        return published;
    }

    /** Returns an empty directory, which is deleted after the artifact was stored. */
    public Path directory() {
        return directory;
    }

    /** Returns requests to the API server, for example to read a Secret. */
    public ApiRequests requests() {
        return requests;
    }

    /** Closes a resource after the artifact was stored, for example a file from which the content is read. */
    public <C extends Closeable> C closing(C resource) {
        resources.push(resource);
        return resource;
    }

    /** The resources, in the order in which they must be closed. */
    Deque<Closeable> resources() {
        return resources;
    }
}
