package dev.sluice.runtime.profile;

import jakarta.servlet.http.HttpServletResponse;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/** Sets the Retry-After header of the current response, which Actuator's endpoint responses do not support. */
final class RetryAfterResponse {

    private RetryAfterResponse() {}

    /** Sets the header unless the value is 0. */
    static void set(long seconds) {
        if (seconds > 0 && RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes attributes) {
            HttpServletResponse response = attributes.getResponse();
            if (response != null) {
                response.setHeader("Retry-After", Long.toString(seconds));
            }
        }
    }
}
