package dev.sluice.reconciler.console;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Sets the security headers of every response, and rejects all methods but those that are used. On loopback it also rejects
 * other host names, against DNS rebinding: a page of another site cannot read the console after it has pointed its own
 * name at the loopback address.
 */
final class ConsoleFilter implements Filter {

    private static final String POLICY = String.join(
            "; ",
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "connect-src 'self'",
            "img-src 'self'",
            "form-action 'self'",
            "base-uri 'none'",
            "frame-ancestors 'none'");

    private static final String READ = "GET";
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String SITE = "Sec-Fetch-Site";
    private static final Pattern LOOPBACK = Pattern.compile("(?i)(localhost|127\\.[0-9.]{1,11}|\\[::1])(:[0-9]{1,5})?");

    private final boolean loopbackOnly;

    /** @param loopbackOnly whether the console listens on loopback */
    ConsoleFilter(boolean loopbackOnly) {
        this.loopbackOnly = loopbackOnly;
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        HttpServletRequest asked = (HttpServletRequest) request;
        HttpServletResponse answer = (HttpServletResponse) response;
        setHeaders(answer);
        if (!isAllowed(asked)) {
            answer.setHeader("Allow", READ);
            answer.setStatus(HttpServletResponse.SC_METHOD_NOT_ALLOWED);
        } else if (loopbackOnly && !isLoopback(asked.getHeader("Host"))) {
            reject(answer, "the console listens on loopback and answers only to localhost");
        } else if (isEmbedded(asked)) {
            reject(answer, "pages of other sites cannot load the console");
        } else {
            chain.doFilter(request, response);
        }
    }

    /** The only form is that of the preview. It changes nothing, and pages of other sites cannot submit it. */
    private static boolean isAllowed(HttpServletRequest request) throws IOException {
        if (request.getMethod().equals(READ)) {
            return true;
        }
        String site = request.getHeader(SITE);
        request.setCharacterEncoding("UTF-8");
        return request.getMethod().equals("POST")
                && String.valueOf(request.getContentType()).startsWith(FORM)
                && request.getRequestURI().endsWith("/preview")
                && (site == null || site.equals("same-origin"));
    }

    /** Whether a page of another site loads the address as a part of itself, which would cost work and show nothing. */
    private static boolean isEmbedded(HttpServletRequest request) {
        return "cross-site".equals(request.getHeader(SITE)) && !"navigate".equals(request.getHeader("Sec-Fetch-Mode"));
    }

    private static void reject(HttpServletResponse response, String why) throws IOException {
        response.setStatus(HttpServletResponse.SC_FORBIDDEN);
        response.setContentType("text/plain;charset=UTF-8");
        response.getWriter().println(why);
    }

    private static boolean isLoopback(@Nullable String host) {
        return host != null && LOOPBACK.matcher(host).matches();
    }

    private static void setHeaders(HttpServletResponse response) {
        response.setHeader("Content-Security-Policy", POLICY);
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("X-Frame-Options", "DENY");
        response.setHeader("Referrer-Policy", "no-referrer");
        response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
        response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
        response.setHeader("Cache-Control", "no-store");
    }
}
