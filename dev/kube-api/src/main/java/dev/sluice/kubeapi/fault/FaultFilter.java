package dev.sluice.kubeapi.fault;

import dev.sluice.kubeapi.http.Answers;
import dev.sluice.kubeapi.status.ApiException;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Stands before everything: logs each request and lets the faults strike. The switches themselves never fail. */
public final class FaultFilter implements Filter {

    private final Faults faults;

    public FaultFilter(Faults faults) {
        this.faults = faults;
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        HttpServletRequest http = (HttpServletRequest) request;
        String path = http.getRequestURI();
        if (path.startsWith(FaultRoutes.ROOT)) {
            chain.doFilter(request, response);
            return;
        }
        faults.requests().add(http.getMethod(), path, text(http.getQueryString()), text(http.getHeader("User-Agent")));
        Optional<Fault> fault = faults.active().strike(http.getMethod(), path);
        if (fault.isEmpty()) {
            chain.doFilter(request, response);
        } else {
            fail(fault.get(), http, (HttpServletResponse) response);
        }
    }

    private void fail(Fault fault, HttpServletRequest request, HttpServletResponse response) throws IOException {
        switch (fault.action()) {
            case GONE -> Answers.failure(response, ApiException.expired("too old resource version: 0 (1)"));
            case TOO_MANY_REQUESTS ->
                Answers.failure(response, ApiException.tooManyRequests((int)
                        Math.max(1, fault.delay().toSeconds())));
            case SERVER_ERROR -> Answers.failure(response, ApiException.internal("a fault was asked for"));
            case HANG -> faults.held().hold(request);
            case DELAY -> faults.held().delay(request, fault.delay());
        }
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }
}
