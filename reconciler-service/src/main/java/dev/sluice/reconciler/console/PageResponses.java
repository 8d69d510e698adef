package dev.sluice.reconciler.console;

import dev.sluice.runtime.Service;
import java.util.ArrayList;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.web.servlet.function.ServerResponse;

/** Responses that all pages need. */
final class PageResponses {

    private static final int MAX_TITLE = 300;

    private final BufferedResponses buffered = new BufferedResponses();
    private final Templates templates = new Templates(buffered);
    private final ItemReader snapshots;
    private final VisibleNamespaces namespaces;
    private final Glance glance;

    PageResponses(ItemReader snapshots, VisibleNamespaces namespaces, Glance glance) {
        this.snapshots = snapshots;
        this.namespaces = namespaces;
        this.glance = glance;
    }

    Shell shell(String title) {
        return shell(title, snapshots.read());
    }

    Shell shell(String title, CachedItems snapshot) {
        List<String> notices = new ArrayList<>();
        if (!snapshot.loaded()) {
            notices.add("The caches are being filled; objects may be missing.");
        }
        if (namespaces.isLimited()) {
            notices.add("Only the namespaces %s are shown.".formatted(String.join(", ", namespaces.patterns())));
        }
        return new Shell(
                Texts.shortened(title, MAX_TITLE),
                "%s, version %s".formatted(glance.role(), Service.version()),
                String.join(" ", notices),
                Long.toString(snapshot.version()));
    }

    ServerResponse page(String template, Object page) {
        return templates.respond(HttpStatus.OK, template, page);
    }

    /** A static file. */
    ServerResponse file(ServerResponse.BodyBuilder head, byte[] content) {
        return buffered.of(head, content);
    }

    ServerResponse notFound() {
        return problem(
                HttpStatus.NOT_FOUND,
                "Not found",
                "This object or file does not exist, is no longer kept, or is not shown by the console.");
    }

    ServerResponse busy(String message) {
        return problem(HttpStatus.SERVICE_UNAVAILABLE, "Busy", message);
    }

    ServerResponse problem(HttpStatus status, String title, String message) {
        return templates.respond(status, "problem", new ProblemPage(shell(title), message));
    }
}
