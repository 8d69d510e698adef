package dev.sluice.controller.source;

import dev.sluice.artifact.fetch.ArtifactFetcher;
import dev.sluice.artifact.fetch.FetchAccess;
import dev.sluice.artifact.storage.Artifact;
import dev.sluice.controller.request.ApiRequests;
import dev.sluice.toolkit.meta.LocalObjectReference;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a {@link ContentBuilder} can use while it runs. For one run, on one thread. */
public final class BuildContext {

    private final Optional<Artifact> published;
    private final Path directory;
    private final String namespace;
    private final SecretAccess secrets;
    private final BuildTools tools;
    private final Deque<Closeable> resources = new ArrayDeque<>();

    BuildContext(Optional<Artifact> published, Path directory, String namespace, BuildTools tools) {
        this.published = published;
        this.directory = directory;
        this.namespace = namespace;
        this.secrets = new SecretAccess(tools.requests(), namespace);
        this.tools = tools;
        resources.push(() -> BuildDirectories.delete(directory));
    }

    /** Returns the artifact that is published, if its file is intact; empty if the object must be built. */
    public Optional<Artifact> published() {
        return published;
    }

    /** Returns an empty directory, which is deleted after the artifact was stored. */
    public Path directory() {
        return directory;
    }

    /** Returns requests to the API server, for example to read another object. */
    public ApiRequests requests() {
        return tools.requests();
    }

    /**
     * Returns a fetcher with the proxies of the environment, and the limits and certificates of the controller's flags
     * ({@link ControllerConfig#downloads}, {@link ControllerTls}, {@link ControllerSpiffe#artifactServers}), without
     * credentials. It does not retry, because the controller does. The fetcher's host name lookups count towards the
     * limit of the object's namespace. All builds share its connections; closing it has no effect.
     */
    public ArtifactFetcher fetcher() {
        return tools.fetcher().withOwner(namespace);
    }

    /**
     * Returns a fetcher like {@link #fetcher()} with this access, for example that of Secrets. It has connections of its
     * own, which are closed at the end of the build, so use it only for this build.
     */
    public ArtifactFetcher fetcher(FetchAccess access) {
        return closing(tools.newFetcher(access)).withOwner(namespace);
    }

    /**
     * Returns the trusted authorities and the client certificate of the controller's flags ({@link ControllerTls}) for
     * downloads, without credentials. Only the hosts that the flags name see the certificate. If the flags authorize
     * SPIFFE IDs of artifact servers, all downloads with this access need one of them; for servers without SPIFFE, start
     * with {@link FetchAccess#open()}.
     */
    public FetchAccess access() {
        return tools.options().access();
    }

    /**
     * Returns access with the content of Secrets in the namespace of the object, which have the entries that Flux's
     * sources read. Each call reads the Secrets again.
     *
     * @param secretRef Secret with {@code username} and {@code password}, or {@code bearerToken}; null for none
     * @param certSecretRef Secret with {@code ca.crt}, with {@code tls.crt} and {@code tls.key}, or all of them, instead of
     *     the certificates of the controller's flags; null for those
     * @throws BuildFailure if a Secret does not exist or is invalid: {@code FetchFailed}, which is retried. The
     *     message does not contain their content
     */
    public FetchAccess access(@Nullable LocalObjectReference secretRef, @Nullable LocalObjectReference certSecretRef)
            throws IOException, BuildFailure {
        FetchAccess access =
                certSecretRef == null ? access() : secrets.withCertificates(access(), certSecretRef.name());
        return secretRef == null ? access : secrets.withCredentials(access, secretRef.name());
    }

    /**
     * Returns the data of a Secret in the namespace of the object. Each call reads it again.
     *
     * @throws BuildFailure if it does not exist: {@code FetchFailed}, which is retried
     */
    public Map<String, byte[]> secret(String name) throws IOException, BuildFailure {
        return secrets.data(name);
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
