package dev.sluice.runtime.profile;

import jakarta.servlet.http.HttpServletResponse;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/** The header Retry-After of the answer to the current request, which answers of Actuator's endpoints do not hold. */
final class RetryAfterResponse {

    private RetryAfterResponse() {}

    /** Sets it unless it is 0. */
    static void set(long seconds) {
        if (seconds > 0 && RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes attributes) {
            HttpServletResponse response = attributes.getResponse();
            if (response != null) {
                response.setHeader("Retry-After", Long.toString(seconds));
            }
        }
    }
}
