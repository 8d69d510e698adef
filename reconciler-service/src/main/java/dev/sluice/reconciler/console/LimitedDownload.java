package dev.sluice.reconciler.console;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.Closeable;
import java.io.IOException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.util.MultiValueMap;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * A download that is written only if a place is free, so that clients that read slowly cannot occupy all threads of the
 * server.
 *
 * @param content closed in any case
 * @param busy the response if no place is free
 */
record LimitedDownload(ServerResponse download, Closeable content, ClientQuota places, Supplier<ServerResponse> busy)
        implements ServerResponse {

    @Override
    public HttpStatusCode statusCode() {
        return download.statusCode();
    }

    @Override
    public HttpHeaders headers() {
        return download.headers();
    }

    @Override
    public MultiValueMap<String, Cookie> cookies() {
        return download.cookies();
    }

    @Override
    public @Nullable ModelAndView writeTo(HttpServletRequest request, HttpServletResponse response, Context context)
            throws ServletException, IOException {
        try (content) {
            String address = request.getRemoteAddr();
            if (!places.tryTake(address, 1)) {
                return busy.get().writeTo(request, response, context);
            }
            try {
                return download.writeTo(request, response, context);
            } finally {
                places.giveBack(address, 1);
            }
        }
    }
}
