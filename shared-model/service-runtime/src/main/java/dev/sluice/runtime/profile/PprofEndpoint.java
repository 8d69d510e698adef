package dev.sluice.runtime.profile;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.WebEndpoint;
import org.springframework.core.io.Resource;
import org.springframework.util.MimeTypeUtils;

/** The Actuator endpoint {@code /actuator/pprof} with the profiles. */
@WebEndpoint(id = "pprof")
final class PprofEndpoint {

    private static final String BINARY = "application/octet-stream";
    private static final String TEXT = "text/plain";
    private static final String HTML = "text/html";

    private final Profiles profiles;

    PprofEndpoint(Profiles profiles) {
        this.profiles = profiles;
    }

    @ReadOperation(produces = {HTML, TEXT, BINARY})
    public WebEndpointResponse<Resource> index() {
        return response(profiles.index("pprof/"));
    }

    @ReadOperation(produces = {BINARY, TEXT, HTML})
    public WebEndpointResponse<Resource> profile(
            @Selector String name, @Nullable Integer seconds, @Nullable Integer debug, @Nullable Integer gc) {
        return response(profiles.answer(name, new ProfileQuery(seconds, debug, gc)));
    }

    private static WebEndpointResponse<Resource> response(ProfileResponse answer) {
        RetryAfterResponse.set(answer.retryAfterSeconds());
        return new WebEndpointResponse<>(
                answer.body(), answer.status(), MimeTypeUtils.parseMimeType(answer.contentType()));
    }
}
