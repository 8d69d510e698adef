package dev.sluice.kubeapi.fault;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Objects;

/** The first filter: logs every request, and holds it while the API is paused. */
public final class FaultFilter implements Filter {

    private final Faults faults;

    public FaultFilter(Faults faults) {
        this.faults = faults;
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        HttpServletRequest http = (HttpServletRequest) request;
        faults.requests()
                .add(
                        http.getMethod(),
                        http.getRequestURI(),
                        Objects.requireNonNullElse(http.getQueryString(), ""),
                        Objects.requireNonNullElse(http.getHeader("User-Agent"), ""));
        if (!faults.hold(http)) {
            chain.doFilter(request, response);
        }
    }
}
