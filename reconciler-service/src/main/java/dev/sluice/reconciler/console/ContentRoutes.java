package dev.sluice.reconciler.console;

import dev.sluice.toolkit.meta.ObjectKey;
import dev.sluice.toolkit.source.ExternalArtifact;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/** The addresses of pages about contents; see {@link ContentWork}. */
final class ContentRoutes {

    private static final int MAX_FIND = 300;

    /** Less than the threads of the server, because a thread waits for each client. */
    private static final int MAX_DOWNLOADS = 4;

    private static final int MAX_DOWNLOADS_OF_ADDRESS = 3;

    private final ArtifactPages artifacts;
    private final StoredRevisions stored;
    private final ArchivePages archives;
    private final ProvenancePages provenance;
    private final PreviewPages previews;
    private final PageResponses responses;
    private final ContentWork work;
    private final ClientQuota downloads = new ClientQuota(MAX_DOWNLOADS, MAX_DOWNLOADS_OF_ADDRESS);

    ContentRoutes(
            ArtifactPages artifacts,
            StoredRevisions stored,
            ArchivePages archives,
            ProvenancePages provenance,
            PreviewPages previews,
            PageResponses responses) {
        this.artifacts = artifacts;
        this.stored = stored;
        this.archives = archives;
        this.provenance = provenance;
        this.previews = previews;
        this.responses = responses;
        this.work = new ContentWork(responses);
    }

    RouterFunction<ServerResponse> all() {
        String artifact = "/artifacts/{namespace}/{name}";
        String preview = "/generators/{namespace}/{name}/preview";
        return RouterFunctions.route()
                .GET(preview, this::form)
                .POST(preview, this::preview)
                .GET(artifact + "/files", request -> artifact(request, this::files))
                .GET(artifact + "/file", request -> artifact(request, this::file))
                .GET(artifact + "/content", request -> artifact(request, this::content))
                .GET(artifact + "/diff", request -> artifact(request, this::diff))
                .GET(artifact + "/provenance", request -> artifact(request, this::provenance))
                .GET(artifact + "/download", request -> artifact(request, this::download))
                .build();
    }

    /** Makes a page about a visible artifact. */
    private interface Work {
        ServerResponse respond(ServerRequest request, ExternalArtifact object)
                throws IOException, InterruptedException, UnexplainedException;
    }

    private ServerResponse artifact(ServerRequest request, Work page) {
        ObjectKey key = key(request);
        return artifacts
                .find(key)
                .map(object -> work.respond(ClientQuota.address(request), key, () -> page.respond(request, object)))
                .orElseGet(responses::notFound);
    }

    private static ObjectKey key(ServerRequest request) {
        return new ObjectKey(request.pathVariable("namespace"), request.pathVariable("name"));
    }

    private ServerResponse form(ServerRequest request) {
        return previews.find(key(request))
                .map(generator -> responses.page("preview", previews.form(generator, responses.shell("Preview"))))
                .orElseGet(responses::notFound);
    }

    private ServerResponse preview(ServerRequest request) {
        ObjectKey key = key(request);
        String manifest = request.param("manifest").orElse("");
        return previews.find(key)
                .map(generator -> work.respond(
                        ClientQuota.address(request),
                        key,
                        () -> responses.page("preview", previews.of(generator, manifest, responses.shell("Preview")))))
                .orElseGet(responses::notFound);
    }

    private ServerResponse files(ServerRequest request, ExternalArtifact object) throws IOException {
        return responses.page(
                "files",
                archives.files(
                        object.key(),
                        revision(request, object),
                        text(request, "find"),
                        responses.shell("Files of " + object.key())));
    }

    private ServerResponse file(ServerRequest request, ExternalArtifact object) throws IOException {
        String path = request.param("path").orElse("");
        return responses.page(
                "file", archives.file(object.key(), revision(request, object), path, responses.shell(path)));
    }

    private ServerResponse diff(ServerRequest request, ExternalArtifact object) throws IOException {
        return responses.page(
                "diff",
                archives.diff(
                        object.key(),
                        text(request, "from"),
                        text(request, "to"),
                        responses.shell("Difference of " + object.key())));
    }

    private ServerResponse provenance(ServerRequest request, ExternalArtifact object)
            throws IOException, InterruptedException, UnexplainedException {
        return responses.page(
                "provenance",
                provenance.of(object, text(request, "find"), responses.shell("Provenance of " + object.key())));
    }

    private ServerResponse download(ServerRequest request, ExternalArtifact object) throws IOException {
        Path file = stored.file(object.key(), revision(request, object));
        ServerResponse archive = attachment(object.key().name() + "-" + file.getFileName(), Files.size(file))
                .build((incoming, response) -> {
                    try (InputStream content = Files.newInputStream(file)) {
                        content.transferTo(response.getOutputStream());
                    }
                    return null;
                });
        return limited(archive, () -> {});
    }

    private ServerResponse content(ServerRequest request, ExternalArtifact object)
            throws IOException, UnexplainedException {
        String path = request.param("path").orElse("");
        FileContent file = archives.content(object.key(), revision(request, object), path);
        ServerResponse content = attachment(file.name(), file.blob().size()).build((incoming, response) -> {
            try (InputStream in = file.open()) {
                in.transferTo(response.getOutputStream());
            }
            return null;
        });
        return limited(content, file);
    }

    private ServerResponse limited(ServerResponse download, Closeable content) {
        return new LimitedDownload(
                download, content, downloads, () -> responses.busy("Too many downloads are in progress; try again."));
    }

    /** A response that a browser saves and does not open. */
    private static ServerResponse.BodyBuilder attachment(String name, long size) {
        return ServerResponse.ok()
                .contentType(MediaType.APPLICATION_OCTET_STREAM)
                .contentLength(size)
                .header(
                        "Content-Disposition",
                        "attachment; filename=\"" + name.replaceAll("[^A-Za-z0-9._-]", "_") + "\"")
                .header("Content-Security-Policy", "sandbox; default-src 'none'");
    }

    /** The revision in the address; without one, the published one. */
    private static String revision(ServerRequest request, ExternalArtifact object) {
        return request.param("revision")
                .or(() -> StoredRevisions.currentFile(object))
                .orElse("");
    }

    private static String text(ServerRequest request, String name) {
        String text = request.param(name).orElse("");
        return text.substring(0, Math.min(MAX_FIND, text.length()));
    }
}
