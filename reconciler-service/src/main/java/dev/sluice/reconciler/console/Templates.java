package dev.sluice.reconciler.console;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.Utf8ByteOutput;
import java.nio.charset.StandardCharsets;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.function.ServerResponse;

/** Renders pages. The templates are compiled at build time and escape all values for the place where they are. */
final class Templates {

    private static final MediaType HTML = new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8);

    private final TemplateEngine engine = TemplateEngine.createPrecompiled(
            null, ContentType.Html, Templates.class.getClassLoader(), Templates.class.getPackageName());
    private final BufferedResponses responses;

    Templates(BufferedResponses responses) {
        this.responses = responses;
    }

    /** Renders the whole page before the response begins, so that a failure can still become an error response. */
    ServerResponse respond(HttpStatus status, String template, Object page) {
        return responses.of(
                ServerResponse.status(status).contentType(HTML),
                render(template, page).toByteArray());
    }

    Utf8ByteOutput render(String template, Object page) {
        Utf8ByteOutput html = new Utf8ByteOutput();
        engine.render(template + ".jte", page, html);
        return html;
    }
}
